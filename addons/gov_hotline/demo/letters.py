"""How the letters of the demonstration fared: nothing is sent, no mail server is set up.

Most are shown as taken, the last ones in each of the troubles an officer may meet.
"""

from datetime import timedelta

from odoo import fields

from ..domain import declension, mails
from ..models.hotline_mail_send import Outcome
from .clock import at

SERVER = "Почтовый сервер (демонстрация)"
REFUSED = "550 5.1.1 Нет такого получателя"
BROKEN = "Сервер остановился во время отправки письма"
WAITS = "Не удалось соединиться с почтовым сервером"
# The fates of the last letters, the newest first; all others were taken.
LAST = (
    Outcome("delay", WAITS, SERVER),
    Outcome("fail", REFUSED, SERVER),
    Outcome("lose", BROKEN, SERVER),
)


def addressed(ticket, text):
    """Return `text` under the line that addresses the applicant of the case."""
    return f"{declension.greeting(ticket._applicant_person())}!\n\n{text}"


def leave(ticket):
    """Let the letters of a case leave before it is closed: paper is posted, e-mail is taken."""
    now = fields.Datetime.now()
    posted = {"posted_on": ticket.company_id._hotline_today(), "posted_way": "registered"}
    for letters in (ticket.notice_ids, ticket.assignment_ids):
        letters._can_post()._mark_posted(posted)
    # sudo: as the job would
    for letter in ticket.sudo().mail_ids.filtered(lambda one: one.state == mails.QUEUED):
        _end(letter, Outcome("deliver", server=SERVER), now)
    ticket.invalidate_recordset()


def deliver(env):
    """End the letters that are left, as taken a minute after each act; leave no job.

    The journal runs with the time, so its lines are of the last moment there is.
    """
    # sudo: the journal's time alone
    moment = env["hotline.journal"].sudo().search([], order="at desc", limit=1).at
    # sudo: as the job would
    letters = env["hotline.mail"].sudo().search([("state", "=", mails.QUEUED)], order="id")
    fates = [Outcome("deliver", server=SERVER)] * max(0, len(letters) - len(LAST))
    fates += LAST[: len(letters)][::-1]
    with at(moment):
        for letter, fate in zip(letters, fates, strict=True):
            _end(letter, fate, moment)
    _forget_jobs(env)


def take(mails_):
    """Let these letters be taken now; leave no job."""
    for letter in mails_:
        _end(letter, Outcome("deliver", server=SERVER), fields.Datetime.now())
    _forget_jobs(mails_.env)


def _forget_jobs(env):
    # sudo: the queue is nobody's to read
    jobs = env["queue.job"].sudo().search([("identity_key", "=like", "hotline.mail,%")])
    jobs.unlink()


def _end(letter, fate, moment):
    if fate.act == "delay":  # put into the queue just now: it is not given up yet
        letter._write_by_act({"queued_at": moment})
    soon = letter.queued_at + timedelta(minutes=1)
    letter._step("send", tries=1, tried_at=soon)
    getattr(letter, f"_finish_{fate.act}")(fate)
    if fate.act == "deliver":
        letter._write_by_act({"sent_at": soon})
