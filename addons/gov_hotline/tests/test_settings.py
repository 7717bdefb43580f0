from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .acts_common import ActsCommon


@tagged("post_install", "-at_install")
class TestSettings(ActsCommon):
    """Settings of the body that people fill in on a form."""

    def _save(self, **vals):
        settings = self.env["res.config.settings"].create(vals)
        settings.execute()

    def test_life_of_a_draft(self):
        """A4: the days that a draft with a code waits are a field of the settings."""
        self.assertEqual(self.env["res.config.settings"].create({}).hotline_draft_days, 30)
        self._save(hotline_draft_days=14)
        self.assertEqual(self.env["helpdesk.ticket"]._draft_days(), 14)
        for days in (0, -1, 366):
            with self.subTest(days=days), self.assertRaises(ValidationError):
                self._save(hotline_draft_days=days)
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(self.officer).create({})

    def test_only_settings_that_hold_are_offered(self):
        """A1: the helpdesk's own portal form and duplicates are closed, so are their switches."""
        view = self.env["res.config.settings"].get_view(view_type="form")["arch"]
        self.assertIn('name="gov_hotline"', view)
        self.assertNotIn('name="helpdesk_mgmt"', view)

    def test_prefix_of_outgoing_numbers(self):
        """A new prefix for new letters, given numbers stay, the count goes on."""
        ticket = self._case()
        first, _day = ticket._next_outgoing()
        self.assertTrue(first.startswith("ИСХ-"))
        sent = self._request(ticket)
        sent.action_send()
        given = sent.outgoing_number
        self._save(hotline_outgoing_prefix="01-15")
        second, _day = ticket._next_outgoing()
        n = int(given.removeprefix("ИСХ-").partition("/")[0])
        self.assertEqual(second, f"01-15-{n + 1}/{self.today.year}")
        self.assertEqual(sent.outgoing_number, given)
        for wrong in ("И Х", "ИСХ/", "<b>"):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self._save(hotline_outgoing_prefix=wrong)
        with self.assertRaises(AccessError):
            self.env.company.with_user(self.officer).hotline_outgoing_prefix = "X"
        self._save(hotline_outgoing_prefix=False)
        self.assertTrue(ticket._next_outgoing()[0].startswith("ИСХ-"))
