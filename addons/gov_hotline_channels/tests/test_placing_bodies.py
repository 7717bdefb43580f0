from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import ROLES

from .placing_common import PlacingCommon

ACTIVITY = "gov_hotline_channels.mail_activity_type_incoming"
MAY_DECIDE = {"officer", "administrator"}
PDF = b"%PDF-1.4 act"


@tagged("post_install", "-at_install")
class TestPlacingBodies(PlacingCommon):
    """Replies of bodies: to our request (art. 10) and to our report on a covering letter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_body.email = "post@prokuratura.example"
        cls.case = cls._case(user_id=cls.officer.id)

    @classmethod
    def _asked(cls, **vals):
        """Return (request sent by mail, its letter)."""
        signer = cls._signer(cls.case.company_id, cls.case.registered_on)
        request = cls.env["hotline.request"].with_user(cls.officer).create(
            {
                "ticket_id": cls.case.id,
                "partner_id": cls.other_body.id,
                "text": "Акты осмотра тепловых сетей за ноябрь",
                "channel": "email",
                "authority_id": signer.id,
                **vals,
            }
        )  # fmt: skip
        request.action_send()
        return request, request.sudo()._mails()

    @classmethod
    def _reported(cls):
        """Return (covering letter reported on by mail, the letter with the report)."""
        signer = cls._signer(cls.case.company_id, cls.case.registered_on)
        letter = cls.env["hotline.covering.letter"].with_user(cls.officer).create(
            {
                "ticket_id": cls.case.id,
                "sender_id": cls.other_body.id,
                "sender_number": "7-12",
                "sender_date": cls.today - timedelta(days=2),
                "is_controlled": True,
                "report_by": cls.today + timedelta(days=10),
                "channel": "email",
                "authority_id": signer.id,
                "report_text": "Отопление восстановлено, заявителю дан ответ.",
            }
        )  # fmt: skip
        letter.action_report()
        return letter, letter.sudo()._mails()

    def _told(self):
        return self.case.activity_search([ACTIVITY]).user_id

    def test_reply_to_a_request(self):
        """B5, art. 10: the reply of whom we asked lands in the request; the officer accepts it."""
        request, ours = self._asked()
        mail = self._reply_to(
            ours, body=f"Исх. № 5-1 от {self.today:%d.%m.%Y}. Акты приложены.",
            files=[("Акт.pdf", PDF)],
        )  # fmt: skip
        self.assertRecordValues(
            mail,
            [
                {
                    "state": "placed",
                    "kind": "request_reply",
                    "res_model": "hotline.request",
                    "res_id": request.id,
                    "ticket_id": self.case.id,
                }
            ],
        )
        self.assertRecordValues(
            request, [{"state": "sent", "answer_number": "5-1", "answered_on": self.today}]
        )
        self.assertIn("Акты приложены", request.answer_text)
        self.assertEqual(request.answer_attachment_ids.mapped("name"), ["Акт.pdf"])
        self.assertEqual(request.answer_attachment_ids.res_model, "hotline.request")
        self.assertEqual(self._told(), self.officer)
        self.assertEqual(mail.action_open_placed()["res_id"], request.id)
        request.action_answered()
        self.assertEqual(request.state, "answered")
        self.assertFalse(self._told(), "decided: told no more")

    def test_a_second_reply_is_added(self):
        """B5: what the first letter said is not lost under the second."""
        request, ours = self._asked()
        self._reply_to(ours, body="Первая часть.", files=[("1.pdf", PDF)])
        self._reply_to(ours, body="Вторая часть.", files=[("2.pdf", PDF)])
        self.assertRegex(request.answer_text, "(?s)Первая часть.*Вторая часть")
        self.assertEqual(set(request.answer_attachment_ids.mapped("name")), {"1.pdf", "2.pdf"})

    def test_a_date_that_cannot_be_true(self):
        """Art. 10: a reply dated before the request takes the day it came."""
        request, ours = self._asked()
        self._reply_to(ours, body="Исх. № 5-1 от 01.02.2020. Акты приложены.")
        self.assertEqual(request.answered_on, self.today)

    def test_a_stranger_answers_the_request(self):
        """B5: from another address it waits; the officer attaches it as the final reply."""
        request, ours = self._asked()
        mail = self._reply_to(ours, from_address="x@elsewhere.example", files=[("А.pdf", PDF)])
        self.assertEqual((mail.state, mail.kind), ("quarantine", "request_reply"))
        self.assertFalse(request.answer_text)
        opened = mail.action_open_request()["context"]
        self.assertEqual(opened["default_request_id"], request.id)
        self._decide(mail, "request", outgoing_number="5-1")
        self.assertRecordValues(
            request, [{"state": "answered", "answer_number": "5-1", "answered_on": self.today}]
        )
        self.assertRecordValues(
            mail, [{"state": "placed", "kind": "request_reply", "decided_by": self.officer.id}]
        )
        self.assertFalse(self._told())

    def test_not_the_whole_reply(self):
        """Art. 10: a part of the reply leaves the term running."""
        request, ours = self._asked()
        mail = self._reply_to(ours, from_address="x@elsewhere.example")
        self._decide(mail, "request", is_final=False)
        self.assertEqual((request.state, mail.state), ("sent", "placed"))
        self.assertTrue(request.answer_text)

    def test_too_late(self):
        """B5: a request that awaits nothing takes nothing, by itself or by hand."""
        request, ours = self._asked()
        request.action_withdraw()
        mail = self._reply_to(ours)
        self.assertEqual((mail.state, mail.kind), ("quarantine", "request_reply"))
        self.assertIn(self.case.number, mail.why)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._decide(mail, "request")
        self.assertFalse(request.answer_text)

    def test_reply_to_a_report(self):
        """CONTROL-10: what a higher body writes on our report waits, then lies with its letter."""
        letter, ours = self._reported()
        mail = self._reply_to(ours, body="Снято с контроля.", files=[("Письмо.pdf", PDF)])
        self.assertEqual((mail.state, mail.kind), ("quarantine", "report_reply"))
        opened = mail.action_open_report()["context"]
        self.assertEqual(opened["default_covering_letter_id"], letter.id)
        self._decide(mail, "report")
        self.assertIn("Снято с контроля.", letter.reply_text)
        self.assertEqual(letter.reply_attachment_ids.mapped("name"), ["Письмо.pdf"])
        self.assertEqual(letter.state, "reported")
        self.assertEqual((mail.state, mail.res_id), ("placed", letter.id))
        self.assertFalse(self.case.addition_ids, "no addition of the applicant")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            letter.write({"reply_text": "Другое"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            letter.reply_attachment_ids.write({"name": "Другое.pdf"})

    def test_who_decides(self):
        """B5: an officer attaches; operator, auditor, executor and the rest are refused."""
        request, ours = self._asked()
        letter, _report = self._reported()
        mail = self._reply_to(ours, from_address="x@elsewhere.example")
        acts = {"request": {"request_id": request.id}, "report": {"covering_letter_id": letter.id}}
        for role in ROLES:
            for act in acts:
                one = mail.with_user(getattr(self, role))
                with self.subTest(role=role, act=act):
                    if role in MAY_DECIDE:
                        self.assertTrue(getattr(one, f"action_open_{act}")())
                        continue
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        getattr(one, f"action_open_{act}")()
        for role in set(ROLES) - MAY_DECIDE:
            for act, vals in acts.items():
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    dialog = self.env["hotline.incoming.placement"].with_user(getattr(self, role))
                    dialog.create({"mail_id": mail.id, "act": act, **vals}).action_apply()
        self.assertEqual((mail.state, request.answer_text), ("quarantine", False))

    def test_of_another_body(self):
        """Nobody attaches a letter to a request that he may not read."""
        request, ours = self._asked()
        mail = self._reply_to(ours, from_address="x@elsewhere.example")
        other = self.env["res.company"].create({"name": "Другой орган"})
        foreign = self.env["helpdesk.ticket"].create(
            {"company_id": other.id, "appeal_text": "Чужое", "kind": "message"}
        )
        self.env.cr.execute(
            "UPDATE hotline_request SET ticket_id = %s, company_id = %s WHERE id = %s",
            (foreign.id, other.id, request.id),
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._decide(mail, "request", request_id=request.id)
