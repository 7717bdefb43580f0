from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .journal_common import JournalCase


@tagged("post_install", "-at_install")
class TestJournalScreen(JournalCase):
    """X5: a line of the journal as people read it."""

    def test_line_is_named_in_words(self):
        """X5: the page of a line is called by what was done, not by a code."""
        ticket = self._registered()
        line = self.lines.search(
            [
                ("res_ref", "=", ticket.id),
                ("model", "=", ticket._name),
                ("event", "=", "registered"),
            ]
        )
        line = line.with_user(self.auditor).with_context(lang="ru_RU")
        self.assertEqual(line.display_name, "Зарегистрировано, присвоен номер")

    def test_what_the_programme_did(self):
        """X5: the system's own acts are the programme's, under no invented name."""
        ticket = self._registered()
        self.env["hotline.journal"].with_user(SUPERUSER_ID)._append("card_printed", ticket)
        line = self.lines.search([("event", "=", "card_printed")], limit=1)
        line = line.with_user(self.auditor).with_context(lang="ru_RU")
        self.assertEqual(line.user_name, "Программа")

    def test_one_body_is_named_once(self):
        """X5: an assignment without a letter is called by its addressee: said once, not twice."""
        words = self.lines._is_told_already("addressee", {"assignment": "УК", "addressee": "УК"})
        self.assertTrue(words)
        words = self.lines._is_told_already("addressee", {"assignment": "№ 1", "addressee": "УК"})
        self.assertFalse(words)
        ticket = self._registered()
        agency = self.env["res.partner"].create({"name": "УК «Озёрная»", "is_company": True})
        payload = {"addressee": agency.id, "reminder": "by_hand"}
        self.env["hotline.journal"]._append("assignment_remind", ticket, **payload)
        line = self.lines.search([("event", "=", "assignment_remind")], limit=1)
        told = line.with_user(self.auditor).with_context(lang="ru_RU").payload_text
        self.assertEqual(told.count("Озёрная"), 1)
        self.assertIn("как напомнено исполнителю: вручную, ответственным сотрудником", told)
