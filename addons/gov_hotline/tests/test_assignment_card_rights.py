from odoo.exceptions import AccessError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon

CARD = "gov_hotline.report_assignment_card"


@tagged("post_install", "-at_install")
class TestAssignmentCardRights(AssignmentCommon):
    """B5: the card is printed by who may read the assignment; its number opens nobody else's."""

    def _page(self, assignment, user):
        reports = self.env["ir.actions.report"].with_user(user).with_context(lang="ru_RU")
        self.env.invalidate_all()
        return reports._render_qweb_html(CARD, assignment.ids)[0].decode()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._resolve(cls._case(), cls.department)
        cls.other = cls._resolve(cls._case(), cls.by_letter)

    def test_an_executor_prints_what_is_theirs(self):
        self.assertIn(self.own.case_number, self._page(self.own, self.executor))

    def test_the_card_of_another_is_refused(self):
        """The rules of the record hold for its printed form too."""
        for user in (self.executor, self.press):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._page(self.other, user)
        self.assertIn(self.other.case_number, self._page(self.other, self.officer))
