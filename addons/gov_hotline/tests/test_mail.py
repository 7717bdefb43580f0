from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT
from odoo.addons.mail.tests.common import MailCase

from ..domain.texts import TEXT_LIMIT
from .common import HotlineCommon

LETTER = """From: "Мария" <maria@citizen.example>
To: {to}
Cc: sister@citizen.example
Subject: =?utf-8?b?0KXQvtC70L7QtNC90YvQtSDQsdCw0YLQsNGA0LXQuA==?=
Message-Id: <{message_id}@citizen.example>
Content-Type: text/plain; charset=utf-8

Третий день холодные батареи.
"""


@tagged("post_install", "-at_install")
class TestMail(HotlineCommon, MailCase):
    """Practice 6: the chatter is internal, nothing in it reaches a citizen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={k: v for k, v in cls.env.context.items() if k not in DISABLED_MAIL_CONTEXT}
        )
        cls.citizen.email = "maria@citizen.example"
        cls.officer.write({"email": "officer@body.example", "notification_type": "email"})
        cls.sister = cls.env["res.partner"].create(
            {"name": "Сестра", "email": "sister@citizen.example"}
        )

    def _addresses(self):
        """Return the addresses of all mails made since `mock_mail_gateway` began."""
        return {address for mail in self._mails for address in mail["email_to"]}

    def test_whole_case_mails_nobody(self):
        """Practice 6: registration, answer and closing send no mail. Without our override the
        contact gets the mails of the stages."""
        template = self.env.ref("helpdesk_mgmt.changed_stage_template")
        stages = self.env["helpdesk.ticket.stage"].search([("hotline_state", "!=", False)])
        stages.mail_template_id = template
        before = self.env["mail.mail"].search_count([])
        with self.mock_mail_gateway():
            ticket = self._draft(applicant_email="maria@citizen.example")
            self.flush_tracking()
            ticket.action_register()
            self.flush_tracking()
            self._answer(ticket)
            ticket.question_ids.with_user(self.officer).outcome_id = self.supported
            ticket.with_user(self.officer).action_close()
            self.flush_tracking()
        self.assertEqual(ticket.state, "closed")
        self.assertNotSentEmail()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.assertNotIn(self.citizen, ticket.message_partner_ids)

    def test_comment_reaches_staff_only(self):
        """Practice 6: a comment mails the followers of the staff and nobody else."""
        ticket = self._registered()
        ticket.message_subscribe((self.officer.partner_id | self.citizen).ids)
        with self.mock_mail_gateway():
            ticket.with_user(self.operator).message_post(
                body="Позвонить завтра",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        self.assertEqual(self._addresses(), {self.officer.email_formatted})

    def test_comment_to_an_outsider_is_refused(self):
        """Practice 6: neither the citizen nor an agency is addressed in the chatter."""
        ticket = self._registered().with_user(self.officer)
        for keys in (
            {"partner_ids": self.citizen.ids},
            {"partner_ids": self.sister.ids},
            {"outgoing_email_to": "maria@citizen.example"},
        ):
            with self.assertRaises(UserError):
                ticket.message_post(body="x", message_type="comment", **keys)
        ticket.message_post(
            body="x", message_type="comment", partner_ids=self.supervisor.partner_id.ids
        )

    def test_notifications_are_stripped(self):
        """Practice 6: what is posted by other ways loses its outside addressees."""
        ticket = self._registered()
        with self.mock_mail_gateway():
            message = ticket.message_post(body="x", partner_ids=self.citizen.ids)
            ticket.sudo().message_notify(body="x", subject="x", partner_ids=self.citizen.ids)
        self.assertFalse(message.partner_ids)
        self.assertNotSentEmail()

    def test_nobody_outside_is_suggested(self):
        """Practice 6: the composer does not propose the citizen. helpdesk_mgmt does."""
        ticket = self._registered(applicant_email="maria@citizen.example").with_user(self.officer)
        ticket.sudo().partner_email = "maria@citizen.example"
        self.assertFalse(ticket._message_get_suggested_recipients(reply_discussion=True))
        anonymous = self._draft(partner_id=False, partner_email="x@citizen.example")
        self.assertFalse(anonymous._message_get_suggested_recipients(reply_discussion=True))

    @mute_logger("odoo.addons.mail.models.mail_thread", "odoo.models")
    def test_letter_subscribes_nobody(self):
        """Practice 6: a letter and the reply to it make no follower of sender or copy."""
        Ticket = self.env["helpdesk.ticket"]
        with self.mock_mail_gateway():
            ticket_id = Ticket.message_process(
                "helpdesk.ticket", LETTER.format(to="help@body.example", message_id="one")
            )
            ticket = Ticket.browse(ticket_id)
            ticket.message_update({"to": "maria@citizen.example", "cc": self.sister.email})
        self.assertRecordValues(
            ticket, [{"state": "draft", "origin": "email", "kind": "message", "number": "/"}]
        )
        self.assertEqual(ticket.appeal_text.strip(), "Третий день холодные батареи.")
        self.assertFalse(ticket.message_partner_ids & (self.citizen | self.sister))
        self.assertNotSentEmail()

    def test_assignment_tells_number_only(self):
        """Practice 6: a draft given to somebody mails nothing, a case its number and link."""
        self.executor.write({"email": "executor@body.example", "notification_type": "email"})
        words = {"name": "Холодные батареи", "appeal_text": "Третий день холодные батареи."}
        with self.mock_mail_gateway():
            self._draft(user_id=self.executor.id, **words)
        self.assertNotSentEmail()
        ticket = self._registered(**words)
        with self.mock_mail_gateway():
            ticket.sudo().user_id = self.executor
            self.flush_tracking()
        self.assertEqual(self._addresses(), {self.executor.email_formatted})
        mail = self._mails[0]
        self.assertIn(ticket.number, mail["subject"])
        self.assertIn(f"res_id={ticket.id}", mail["body"])
        self.assertNotIn("батареи", mail["subject"] + mail["body"])

    def test_a_letter_of_any_length_is_taken(self):
        """What the text of an appeal does not take stays in the message of the letter."""
        text = "Третий день холодные батареи.\n"
        letter = LETTER.format(to="help@body.example", message_id="long")
        with self.mock_mail_gateway():
            ticket_id = self.env["helpdesk.ticket"].message_process(
                "helpdesk.ticket", letter.replace(text, text * 5_000 + "Конец письма.")
            )
        ticket = self.env["helpdesk.ticket"].browse(ticket_id)
        self.assertLessEqual(len(ticket.appeal_text), TEXT_LIMIT)
        self.assertTrue(ticket.appeal_text.endswith("(the full text is in the letter)"))
        self.assertIn("Конец письма.", ticket.message_ids[-1:].body)
