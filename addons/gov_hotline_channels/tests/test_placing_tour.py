from odoo.tests import HttpCase, tagged

from .placing_common import PlacingCommon


@tagged("post_install", "-at_install")
class TestPlacingTour(PlacingCommon, HttpCase):
    def test_officer_places_a_letter(self):
        """B5: from the list, with what the letter says of itself, in three taps."""
        assignment, card = self._carded()
        mail = self._reply_to(
            card,
            from_address="someone@elsewhere.example",
            subject=f"RE: Поручение по обращению № {assignment.case_number}",
            body=f"Исх. № 5-114 от {self.today:%d.%m.%Y}\nТепло дано.",
            files=[("Акт.pdf", b"%PDF-1.4 act")],
        )
        self.start_tour(
            "/odoo/hotline-incoming-mail", "hotline_place_letter", login=self.officer.login
        )
        self.assertRecordValues(mail, [{"state": "placed", "decided_by": self.officer.id}])
        self.assertRecordValues(
            assignment.answer_ids, [{"came_by": "email", "outgoing_number": "5-114"}]
        )
