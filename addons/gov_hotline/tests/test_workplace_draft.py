from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestDraftAtWorkplace(HotlineCommon):
    """A4: from «Рабочее место»."""

    def setUp(self):
        super().setUp()
        self.workplace = self.env["hotline.workplace"].with_user(self.operator)

    def _start(self):
        return self.workplace.start_call({"phone": "8 913 555-01-01", "line_id": self.line.id})

    def test_help_with_the_wording(self):
        """A4: what the text does not tell yet, and which kind it is by article 4."""
        started = self._start()
        vals = {"group": "appeal", "question": "Предлагаю поставить скамейки возле нашего дома"}
        wording = self.workplace.check_intake(started["id"], vals)["wording"]
        self.assertEqual(wording["kind"], "proposal")
        self.assertEqual(wording["unclear"], ["when"])

    def test_draft_from_a_call(self):
        """A4: the code is told once; a reload shows the draft without it; the call is closed."""
        started = self._start()
        vals = {"group": "appeal", "question": "Третий день холодные батареи"}
        told = self.workplace.make_draft(started["id"], vals)
        self.assertRegex(told["code"], r"^\d{6}$")
        shown = self.workplace.open_call(started["id"])["appeal_draft"]
        self.assertEqual(shown["number"], told["number"])
        self.assertNotIn("code", shown)
        renewed = self.workplace.renew_draft_code(started["id"])
        self.assertEqual(renewed["number"], told["number"])
        with self.assertRaises(UserError):
            self.workplace.make_draft(started["id"], vals)
        self.workplace.close_call(started["id"], {})
        call = self.env["hotline.call"].browse(started["id"])
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_appeal_draft"))
        self.assertTrue(call.ticket_id.is_awaiting)

    def test_what_a_written_appeal_lacks(self):
        """A4: the caller has no address: a letter would be anonymous (art. 11)."""
        line = self.workplace.start_call({"phone": "8 913 555-01-79", "line_id": self.line.id})
        vals = {"group": "appeal", "question": "Третий день холодные батареи"}
        told = self.workplace.make_draft(line["id"], vals)
        self.assertTrue(any("ст. 11" in text for text in told["missing"]))

    def test_corrected_address_reaches_the_draft(self):
        """A4: what was missing is asked for after the draft was made, too."""
        started = self._start()
        vals = {"group": "appeal", "question": "Третий день холодные батареи"}
        told = self.workplace.make_draft(started["id"], vals)
        citizen = {"surname": "Иванова", "given_name": "Мария", "address": "ул. Мира, 7"}
        self.workplace.update_citizen(started["id"], citizen)
        draft = self.env["helpdesk.ticket"].browse(told["ticket_id"])
        self.assertIn("ул. Мира, 7", draft.applicant_address)

    def test_no_draft_without_words(self):
        started = self._start()
        with self.assertRaises(UserError):
            self.workplace.make_draft(started["id"], {"group": "appeal", "question": " "})
        self.assertFalse(self.env["hotline.call"].browse(started["id"]).ticket_id)
