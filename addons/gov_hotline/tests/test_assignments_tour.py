from odoo.tests import HttpCase, tagged

from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestAssignmentsTour(AssignmentCommon, HttpCase):
    def test_resolution_and_answer(self):
        """B3, C1: the officer gives a resolution to two agencies, one answers from the portal."""
        case = self._case()
        path = f"/odoo/hotline-appeals/{case.id}"
        self.start_tour(path, "hotline_resolution", login=self.officer.login)
        self.assertEqual(case.state, "deferred")
        self.assertEqual(case.assignment_ids.partner_id, self.department | self.agency)
        self.start_tour("/my/assignments", "hotline_assignment_portal", login="portal_a")
        answered = case.assignment_ids.filtered(lambda one: one.partner_id == self.agency)
        self.assertRecordValues(answered, [{"state": "answered"}])
        self.assertEqual(answered.answer_ids.text, "Тепло дано")

    def test_registered_from_the_form(self):
        """B3: saved and registered by one click on a changed draft, no dialog of an error."""
        draft = self._draft(self.officer)
        self.start_tour(
            f"/odoo/hotline-appeals/{draft.id}", "hotline_register_form", login=self.officer.login
        )
        self.assertEqual(draft.state, "in_work")
        self.assertTrue(draft.appeal_text.endswith("прошу дать тепло."))
