from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.reasons import ReasonNeededError
from .outbox_common import OutboxCommon, Session

NO_BOX = Session(refusal=(550, b"5.1.1 No such user"))


@tagged("post_install", "-at_install")
class TestMailLost(OutboxCommon):
    """B5: an answer whose e-mail did not leave; practice 15: it goes again after closing too."""

    def _lost(self, session=NO_BOX):
        """Return (case, answer, letter) of an answer by e-mail that did not leave."""
        mail = self._mailed_answer()
        self._run_job(mail, session)
        case = mail.ticket_id
        return case, case.answer_ids, mail

    def _again(self, answer, user=None, **vals):
        today = self.env.company._hotline_today()
        event = {"answer_id": answer.id, "kind": "resent", "happened_on": today, **vals}
        return self.env["hotline.post.event"].with_user(user or self.officer).create(event)

    def test_closing_asks_why(self):
        """ANS-FORM: the case is not locked in silence while the answer did not leave."""
        for session, state in ((NO_BOX, "failed"), (Session(breaks="in"), "unknown")):
            with self.subTest(state):
                case, _answer, mail = self._lost(session)
                self.assertEqual(mail.state, state)
                with self.assertRaises(ReasonNeededError):
                    case.action_close()
                case.with_context(hotline_reason="Заявитель забрал ответ лично").action_close()
                self.assertTrue(case.is_final)
                self.assertEqual(case.override_ids.rule_code, "ANS-FORM")

    def test_what_left_closes_without_a_word(self):
        mail = self._mailed_answer()
        self._run_job(mail)
        mail.ticket_id.action_close()
        self.assertTrue(mail.ticket_id.is_final)

    def test_to_another_address_after_closing(self):
        """The same signed letter, a new mail; the one that did not leave is given up."""
        case, answer, mail = self._lost()
        case.with_context(hotline_reason="Отправим по новому адресу").action_close()
        self.assertTrue(mail.can_elsewhere)
        action = mail.action_send_elsewhere()
        self.assertEqual(action["context"]["default_answer_id"], answer.id)
        self._again(answer, channel="email", address="new@citizen.example")
        again = case.mail_ids - mail
        self.assertRecordValues(again, [{"email_to": "new@citizen.example", "state": "queued"}])
        self.assertEqual(mail.state, "cancelled")
        self.assertFalse(case.mail_trouble)
        self.assertEqual(again.attachment_ids.mapped("raw"), mail.attachment_ids.mapped("raw"))
        self._run_job(again)
        self.assertEqual(again.state, "sent")
        self.assertIn("letter_resent", self._events(case))

    def test_another_way(self):
        case, answer, mail = self._lost()
        self._again(answer, channel="post", address="ул. Новая, 1")
        self.assertEqual(case.mail_ids, mail)
        self.assertEqual(answer._envelope_address(), "ул. Новая, 1")
        case.action_close()
        self.assertTrue(case.is_final)

    def test_what_is_refused(self):
        _case, answer, _mail = self._lost()
        for vals in (
            {"channel": "email", "address": "ул. Новая, 1"},
            {"channel": "post", "address": ""},
        ):
            with self.subTest(vals), self.assertRaises(UserError), self.env.cr.savepoint():
                self._again(answer, **vals)
        sent = self._mailed_answer()
        self._run_job(sent)
        with self.assertRaises(UserError):
            self._again(sent.ticket_id.answer_ids, channel="email", address="n@citizen.example")

    def test_a_mail_that_bounced_later_comes_back_as_post_does(self):
        mail = self._mailed_answer()
        self._run_job(mail)
        answer = mail.ticket_id.answer_ids
        today = self.env.company._hotline_today()
        self._again(answer, kind="returned", cause="address", happened_on=today)
        waiting = self.env["hotline.post.event"].search([("is_waiting", "=", True)])
        self.assertIn(answer, waiting.answer_id)
        self._again(answer, channel="email", address="new@citizen.example")
        self.assertEqual(len(mail.ticket_id.mail_ids), 2)
        waiting = self.env["hotline.post.event"].search([("is_waiting", "=", True)])
        self.assertNotIn(answer, waiting.answer_id)

    def test_roles(self):
        _case, answer, mail = self._lost()
        for user in (self.operator, self.auditor, self.executor, self.press):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._again(answer, user=user, channel="email", address="n@citizen.example")
            with self.subTest(user.login), self.assertRaises(AccessError):
                mail.with_user(user).action_send_elsewhere()

    def test_the_case_leads_to_the_letter(self):
        case, _answer, mail = self._lost()
        self.assertEqual(case.action_open_mail_trouble()["res_id"], mail.id)
        with self.assertRaises(AccessError):
            case.with_user(self.press).action_open_mail_trouble()

    def test_the_words_are_complete_without_the_letter(self):
        """Number, date, position, name, body stand in the text itself (GOST R 7.0.97)."""
        signer = self.env["hotline.authority"].create(
            {"name": "Кузнецов В. А.", "position": "Начальник отдела"}
        )
        self.env["hotline.letter.template"].search([("kind", "=", "mail")]).active = False
        case = self._mailed_case()
        notice = case._new_notice("registration", channel="email", address="m@citizen.example")
        notice.authority_id = signer
        notice.action_issue()
        body = notice._mails().body
        for word in (notice.outgoing_number, "Начальник отдела", "Кузнецов В. А."):
            self.assertIn(word, body)
