import time
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

from ..models.hotline_mail_send import Outcome

ROLES = (
    "operator",
    "officer",
    "administrator",
    "approver",
    "supervisor",
    "executor",
    "auditor",
    "press",
)
DAY = 86_400
LONGEST = 90  # seconds that a class of tests may take on a busy machine


def begin_in_one_day():
    """Wait for midnight in Moscow if it is near: what was made before is not of the day after."""
    left = DAY - (int(time.time()) + 3 * 3600) % DAY
    if left < LONGEST:
        time.sleep(left)


class HotlineCommon(BaseCommon):
    """A body in Moscow, one user a role (`self.operator` …), a citizen, a line, an agency."""

    @classmethod
    def setUpClass(cls):
        begin_in_one_day()
        super().setUpClass()
        cls.env.company.write({"hotline_tz": "Europe/Moscow", "hotline_shift": "previous"})
        for role in ROLES:
            setattr(cls, role, cls._new_role_user(role))
        cls.citizen = cls.env["res.partner"].create(
            {
                "hotline_kind": "citizen",
                "surname": "Иванова",
                "given_name": "Мария",
                "patronymic": "Петровна",
                "phone": "8 (913) 555-01-01",
                "street": "ул. Ленина, 15, кв. 3",
            }
        )
        cls.agency = cls.env["res.partner"].create(
            {"name": "Теплосеть", "hotline_kind": "agency", "is_company": True}
        )
        cls.line = cls.env["hotline.line"].create({"name": "Горячая линия", "mode": "message"})
        cls.oral_line = cls.env["hotline.line"].create(
            {"name": "Устный приём", "mode": "oral", "act_number": "12-п", "act_date": "2025-01-15"}
        )
        cls.topic = cls.env["hotline.topic"].create(
            {"code": "9999.0001", "name": "Отопление", "level": 2}
        )
        cls.supported = cls.env.ref("gov_hotline.outcome_supported")

    @classmethod
    def _new_role_user(cls, *roles):
        groups = ",".join(f"gov_hotline.group_{role}" for role in roles)
        login = "test_" + "_".join(roles)
        return new_test_user(cls.env, login=login, groups=groups, name=login, lang="ru_RU")

    @classmethod
    def _draft(cls, user=None, **vals):
        """Return a draft of a written appeal made by `user` (the operator)."""
        return (
            cls.env["helpdesk.ticket"]
            .with_user(user or cls.operator)
            .create(
                {
                    "kind": "appeal_59",
                    "origin": "paper",
                    "received_at": fields.Datetime.now() - timedelta(hours=2),
                    "partner_id": cls.citizen.id,
                    "topic_id": cls.topic.id,
                    "applicant_surname": "Иванова",
                    "applicant_given_name": "Мария",
                    "applicant_patronymic": "Петровна",
                    "applicant_address": "ул. Ленина, 15, кв. 3",
                    "appeal_text": "Третий день холодные батареи.",
                    **vals,
                }
            )
        )

    @classmethod
    def _registered(cls, user=None, **vals):
        ticket = cls._draft(user, **vals)
        ticket.action_register()
        return ticket

    @classmethod
    def _answer(cls, ticket, **vals):
        """Record and give a signed answer as the officer; open questions are supported first."""
        undecided = ticket.question_ids.filtered(lambda question: not question.outcome_id)
        undecided.with_user(cls.officer).outcome_id = cls.supported
        authority = cls._signer(ticket.company_id, ticket.registered_on)
        answer = (
            cls.env["hotline.answer"]
            .with_user(cls.officer)
            .create(
                {
                    "ticket_id": ticket.id,
                    "text": "Отопление восстановлено.",
                    "outgoing_number": cls._free_number(),
                    "outgoing_date": ticket.registered_on,
                    "authority_id": authority.id,
                    **vals,
                }
            )
        )
        answer.action_give()
        return answer

    @classmethod
    def _free_number(cls):
        """Return an outgoing number no answer has: the first one is 15-04/1."""
        answers = cls.env["hotline.answer"].sudo()
        return f"15-04/{1 + answers.search_count([('outgoing_number', '=like', '15-04/%')])}"

    @classmethod
    def _signer(cls, company, day):
        """Return who may sign for `company` on `day`; the first one is made."""
        Authority = cls.env["hotline.authority"]
        return Authority._with_right(company, "sign", day)[:1] or Authority.create(
            {"name": "Кузнецов В. А.", "position": "Начальник", "company_id": company.id}
        )

    @classmethod
    def _closed(cls, **vals):
        ticket = cls._registered(**vals).with_user(cls.officer)
        cls._answer(ticket)
        ticket.question_ids.outcome_id = cls.supported
        ticket.action_close()
        return ticket

    @classmethod
    def _close(cls, ticket, user=None):
        """Close the case as the officer once all its letters have left."""
        cls._let_leave(ticket)
        ticket.with_user(user or cls.officer).action_close()

    @classmethod
    def _let_leave(cls, ticket):
        """Let the letters of a case leave: paper is posted today, the server takes the e-mail."""
        posted = {"posted_on": ticket.company_id._hotline_today(), "posted_way": "registered"}
        mine = ticket.with_user(cls.officer)
        for letters in (mine.notice_ids, mine.assignment_ids):
            letters._can_post()._mark_posted(posted)
        for mail in ticket.sudo().mail_ids.filtered(lambda one: one.state == "queued"):
            mail._step("send", tries=1, tried_at=fields.Datetime.now())
            mail._finish_deliver(Outcome("deliver", server="mail.gov.example"))
        ticket.invalidate_recordset()
