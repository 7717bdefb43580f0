from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ROLES, HotlineCommon

READS_APPEALS = {"operator", "officer", "administrator", "approver", "supervisor", "auditor"}
READS_CALLS = READS_APPEALS
READS_JOURNAL = {"officer", "administrator", "auditor"}


@tagged("post_install", "-at_install")
class TestRoles(HotlineCommon):
    def _readers(self, record):
        return {role for role in ROLES if record.with_user(getattr(self, role)).has_access("read")}

    def test_who_reads_what(self):
        """Role matrix: appeals, calls, journal, numbers."""
        ticket = self._registered()
        call = self.env["hotline.call"].with_user(self.operator).create({"phone": "89135550101"})
        line = self.env["hotline.journal"].search([("res_ref", "=", ticket.id)], limit=1)
        number = self.env["hotline.number"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual(self._readers(ticket), READS_APPEALS)
        self.assertEqual(self._readers(call), READS_CALLS)
        self.assertEqual(self._readers(line), READS_JOURNAL)
        self.assertEqual(self._readers(number), {"administrator", "auditor"})

    def test_executor_and_press_see_their_own(self):
        """The executor sees the assigned case, the press service those of social networks."""
        ticket = self._registered()
        ticket.with_user(self.officer).user_id = self.executor
        self.assertTrue(ticket.with_user(self.executor).has_access("read"))
        social = self._draft(kind="message", origin="social")
        self.assertTrue(social.with_user(self.press).has_access("read"))
        self.assertFalse(self.env["hotline.call"].with_user(self.press).has_access("read"))

    def test_auditor_changes_nothing(self):
        ticket = self._draft()
        for model in ("helpdesk.ticket", "hotline.call", "hotline.task", "hotline.answer"):
            for operation in ("write", "create", "unlink"):
                Model = self.env[model].with_user(self.auditor)
                self.assertFalse(Model.has_access(operation), (model, operation))
        with self.assertRaises(AccessError):
            ticket.with_user(self.auditor).appeal_text = "x"

    def test_nobody_writes_the_journal_or_the_clocks(self):
        for model in ("hotline.journal", "hotline.number", "hotline.deadline"):
            for role in ROLES:
                for operation in ("write", "create", "unlink"):
                    Model = self.env[model].with_user(getattr(self, role))
                    self.assertFalse(Model.has_access(operation), (model, role, operation))

    def test_code_is_not_for_everybody(self):
        """The status code is read by staff and audit only."""
        ticket = self._registered()
        ticket.with_user(self.officer).user_id = self.executor
        with self.assertRaises(AccessError):
            ticket.with_user(self.executor).read(["access_code"])
        self.assertTrue(ticket.with_user(self.auditor).access_code)

    def test_one_person_two_roles(self):
        user = self._new_role_user("officer", "approver")
        roles = self.env["helpdesk.ticket"].with_user(user)._roles()
        self.assertLessEqual({"operator", "officer", "approver"}, roles)

    def test_plain_employee_and_portal_see_nothing(self):
        ticket = self._registered()
        for group in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, login=f"stranger_{group[-4:]}", groups=group)
            self.assertFalse(ticket.with_user(user).has_access("read"), group)
            self.assertFalse(self.env["hotline.call"].with_user(user).has_access("read"), group)
