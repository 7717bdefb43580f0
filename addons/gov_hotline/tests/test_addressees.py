from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestAddressees(AssignmentCommon):
    """Who may be given a resolution, and who is offered in its dialog."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen_user = new_test_user(cls.env, login="a_citizen", groups="base.group_portal")
        cls.citizen_user.partner_id.hotline_kind = "citizen"
        cls.case = cls._case()

    def _line(self, user, partner=None):
        line = {"partner_id": (partner or self.department).id, "executor_user_id": user.id}
        return {"addressee_ids": [], "line_ids": [(0, 0, line)]}

    def test_a_citizens_account_never_executes(self):
        """B4: a citizen would read a stranger's appeal: refused by dialog, RPC and the card."""
        strangers = self.citizen_user, self.other_portal
        for user in strangers:
            with self.subTest(user=user.login):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self._resolve(self.case, self.department, **self._line(user))
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self.env["hotline.assignment"].with_user(self.officer).create(
                        {
                            "ticket_id": self.case.id,
                            "partner_id": self.department.id,
                            "executor_user_id": user.id,
                        }
                    )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.department.with_user(self.officer).hotline_executor_id = self.citizen_user
        self.assertFalse(self.case.assignment_ids)

    def test_a_citizen_is_no_addressee(self):
        """B4: the card of a citizen gets no assignment either, with an account or without."""
        for partner in (self.citizen_user.partner_id, self.citizen):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._resolve(self.case, partner)
            self.assertFalse(partner.with_user(self.officer).is_addressee)

    def test_a_person_of_the_agency_executes(self):
        """B4: the agency's own portal account, and one that its card names, are taken."""
        sent = self._resolve(self.case, self.agency)
        self.assertEqual(sent.executor_user_id, self.portal_user)
        self.department.with_user(self.officer).hotline_executor_id = self.other_portal
        sent = self._resolve(self._case(), self.department)
        self.assertEqual(sent.executor_user_id, self.other_portal)

    def test_who_is_offered(self):
        """B3: agencies and colleagues who may execute; nobody who would be refused afterwards."""
        Partner = self.env["res.partner"].with_user(self.officer)
        offered = Partner.search([("is_addressee", "=", True)])
        self.assertIn(self.department, offered)
        self.assertIn(self.executor.partner_id, offered)
        for user in (self.approver, self.auditor, self.press, self.citizen_user):
            self.assertNotIn(user.partner_id, offered)
        choice = self.agency.with_user(self.officer).executor_choice_ids
        self.assertIn(self.portal_user, choice)
        self.assertIn(self.executor, choice)
        self.assertFalse(choice & (self.citizen_user | self.other_portal | self.approver))

    def test_namesakes_are_told_apart(self):
        """B3: two cards of one name are not two equal lines of the choice."""
        twin = self._agency("Дорожная служба", kind="other_body")
        pair = (twin | self.by_letter).with_user(self.officer).with_context(hotline_addressee=True)
        first, second = pair.mapped("display_name")
        self.assertNotEqual(first, second)
        self.assertEqual(twin.display_name, "Дорожная служба")

    def test_the_kind_follows_the_agency(self):
        """B3, practice 5: a deputy and a town's administration are another body at once."""
        town = self._agency("Администрация города Светлоозёрска", kind=False)
        opened = self.case.action_resolution()
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        form = Form(dialog.with_context(**opened["context"]))
        form.addressee_ids.add(town)
        form.addressee_ids.add(self.department)
        kinds = [form.line_ids.edit(n).addressee_kind for n in range(2)]
        self.assertEqual(kinds, ["other_body", "own"])
