from odoo.tests import HttpCase, tagged

from .test_desk import DeskCommon


@tagged("post_install", "-at_install")
class TestDeskTour(DeskCommon, HttpCase):
    def test_what_burns(self):
        """B8, B3: the officer sees what burns, resolves many, reminds their executors."""
        names = ("Просроченная", "Первая", "Вторая", "Жалобная")
        cases = {
            name: self._case(user_id=self.officer.id, applicant_surname=name) for name in names
        }
        self._due(cases["Просроченная"], self.today.replace(year=self.today.year - 1))
        cases["Жалобная"].complaint_against_id = self.agency
        self.start_tour("/odoo", "hotline_desk", login=self.officer.login, timeout=300)
        resolved = cases["Первая"].assignment_ids | cases["Вторая"].assignment_ids
        self.assertRecordValues(
            resolved,
            [{"state": "sent", "text": "Восстановить отопление", "reminded_on": self.today}] * 2,
        )
        self.assertFalse((cases["Жалобная"] | cases["Просроченная"]).assignment_ids)
