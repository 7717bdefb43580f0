from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestConversion(HotlineCommon):
    """A message becomes an appeal when the applicant confirms it in writing (practice, 4)."""

    def _message(self, **vals):
        return self._registered(**{"kind": "message", "origin": "phone", **vals})

    def _dialog(self, message, how, user=None, **vals):
        action = message.with_user(user or self.operator).action_convert()
        Conversion = self.env["hotline.conversion"].with_user(user or self.operator)
        return Conversion.with_context(**action["context"]).create({"how": how, **vals})

    def _scan(self):
        files = self.env["ir.attachment"].with_user(self.operator)
        return {"scan_ids": [(6, 0, files.create({"name": "Письмо.pdf", "raw": b"%PDF-1.4"}).ids)]}

    def _drafted(self, message, user=None, how="code", **vals):
        self._dialog(message, how, user, **vals).action_convert()
        return message.converted_to_ids[-1:].with_user(self.operator)

    def test_signed_paper_converts(self):
        """A4: the message ends as converted, its text stays, the link shows on both."""
        message = self._message()
        with self.assertRaises(UserError):
            self._drafted(message, how="paper")
        draft = self._drafted(message, how="paper", **self._scan())
        self.assertRecordValues(
            draft,
            [
                {
                    "state": "draft", "kind": "appeal_59", "origin": "paper",
                    "confirmed_how": "paper", "appeal_text": message.appeal_text,
                }
            ],
        )  # fmt: skip
        self.assertIn("Письмо.pdf", draft.attachment_ids.mapped("name"))
        draft.write({"appeal_text": "Прошу вернуть отопление. Иванова"})
        draft.action_register()
        self.assertEqual(message.state, "converted")
        self.assertEqual(message.appeal_text, "Третий день холодные батареи.")
        self.assertEqual(message.stage_id, self.env.ref("gov_hotline.stage_converted"))
        self.assertTrue(message.closed_on)
        self.assertEqual(draft.state, "in_work")
        self.assertEqual(message.converted_to_ids, draft)
        self.assertIn(message, draft.earlier_link_ids.other_id)
        self.assertEqual(message.later_link_ids.kind, "converted")
        with self.assertRaises(UserError):
            message.with_user(self.officer).applicant_phone = "+79135550101"

    def test_a_call_alone_converts_nothing(self):
        """REG-CH: whatever origin is typed (a letter, a visit), unconfirmed it is no appeal."""
        message = self._message()
        draft = self._drafted(message)
        for origin, line in (
            ("phone", self.line),
            ("phone", self.oral_line),
            ("email", self.line),
            ("social", self.line),
            ("paper", self.line),
            ("visit", self.line),
        ):
            draft.write({"origin": origin, "line_id": line.id})
            with self.subTest(origin), self.assertRaises(UserError), self.env.cr.savepoint():
                draft.action_register()
        self.assertEqual(message.state, "in_work")

    def test_reception_converts_a_deferred_message(self):
        message = self._message()
        message.with_user(self.officer)._transition("deferred")
        with self.assertRaises(UserError):
            self._drafted(message, self.officer, how="visit")
        draft = self._drafted(message, self.officer, how="visit", identity_shown=True)
        draft.action_register()
        self.assertEqual(message.state, "converted")

    def test_the_draft_offers_its_ways_of_confirmation(self):
        """A4: no dead end: paper and reception are offered, registering is not."""
        draft = self._drafted(self._message(origin="portal"))
        self.assertTrue(draft.is_awaiting)
        acts = {act["method"]: act for act in draft.acts}
        self.assertFalse(acts["action_accept_paper"]["blocked"])
        self.assertFalse(acts["action_accept_visit"]["blocked"])

    def test_one_draft_a_message(self):
        """The button opens the draft that waits already."""
        message = self._message()
        draft = self._drafted(message)
        self.assertTrue(draft.is_awaiting)
        self.assertEqual(message.with_user(self.operator).action_convert()["res_id"], draft.id)
        with self.assertRaises(UserError):
            message.with_user(self.operator)._convert_by("paper", self.env["ir.attachment"])

    def test_who_and_what_converts(self):
        """B4: no appeal, no draft, no ended case; neither readers nor a forged column."""
        closed = self._message().with_user(self.officer)
        self._answer(closed)
        closed.action_close()
        for ticket in (self._registered(), closed, self._draft(kind="message", origin="phone")):
            with self.assertRaises(UserError):
                ticket.with_user(self.operator).action_convert()
        message = self._message()
        for user in (self.supervisor, self.auditor, self.press):
            with self.assertRaises(AccessError):
                message.with_user(user).action_convert()
        forged = self._draft(converted_from_id=message.id)
        self.assertFalse(forged.converted_from_id)
        with self.assertRaises(AccessError):
            forged.converted_from_id = message
        with self.assertRaises(UserError):
            message.with_user(self.officer).stage_id = self.env.ref("gov_hotline.stage_converted")

    def test_confirmed_without_identification_stays_a_message(self):
        """A4: an ordinary login makes another message; the first one goes on."""
        message = self._message()
        draft = self._drafted(message)
        draft.kind = "message"
        draft.action_register()
        self.assertEqual(message.state, "in_work")
