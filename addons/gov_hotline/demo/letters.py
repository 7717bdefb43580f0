"""How the letters of the demonstration fared: nothing is sent, no mail server is set up.

Most are shown as taken, the last ones in each of the troubles an officer may meet.
"""

from datetime import timedelta

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


def deliver(env):
    """End the letters of all acts, each a minute after its act; no job of them is left."""
    letters = env["hotline.mail"].sudo().search([], order="id")  # sudo: as the job would
    fates = [Outcome("deliver", server=SERVER)] * max(0, len(letters) - len(LAST))
    fates += LAST[: len(letters)][::-1]
    for letter, fate in zip(letters, fates, strict=True):
        with at(letter.queued_at + timedelta(minutes=1)):
            letter._step("send", tries=1, tried_at=letter.queued_at + timedelta(minutes=1))
            getattr(letter, f"_finish_{fate.act}")(fate)
    jobs = env["queue.job"].sudo().search([("identity_key", "=like", "hotline.mail,%")])
    jobs.unlink()
