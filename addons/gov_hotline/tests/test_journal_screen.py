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
