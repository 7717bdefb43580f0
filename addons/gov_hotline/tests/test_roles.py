from lxml import etree

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
        """The executor sees assignments, no case; the press service those of social networks."""
        ticket = self._registered()
        ticket.sudo().user_id = self.executor
        self.assertFalse(ticket.with_user(self.executor).has_access("read"))
        social = self._draft(kind="message", origin="social")
        self.assertTrue(social.with_user(self.press).has_access("read"))
        self.assertFalse(self.env["hotline.call"].with_user(self.press).has_access("read"))

    def test_the_press_service_gets_no_contacts(self):
        """The press service reads a case of the networks, but no address, telephone or e-mail."""
        social = self._draft(
            kind="message",
            origin="social",
            applicant_phone="+79135550101",
            applicant_email="maria@citizen.example",
        )
        contacts = ["applicant_phone", "applicant_email", "applicant_address", "partner_email"]
        seen = social.with_user(self.press)
        self.assertTrue(seen.read(["appeal_text"]))
        for name in contacts:
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    seen.read([name])
                with self.assertRaises(AccessError):
                    seen.search([(name, "ilike", "9135550101")])
        self.assertFalse(set(contacts) & set(seen.fields_get()))
        form = seen.get_view(self.env.ref("gov_hotline.helpdesk_ticket_view_form").id, "form")
        shown = {node.get("name") for node in etree.fromstring(form["arch"]).iter("field")}
        self.assertIn("appeal_text", shown)
        self.assertFalse(set(contacts) & shown)
        for role in sorted(READS_APPEALS):
            user = getattr(self, role)
            in_part = role in ("supervisor", "auditor")
            names = ["email_part", "address_part"] if in_part else contacts[1:]
            told = social.with_user(user).read([*names, "phone_end"])[0]
            self.assertEqual(told["phone_end"], "••• 0101", role)

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
        """The status code is read and searched by operators and officers only."""
        ticket = self._registered()
        for role in ("executor", "approver", "supervisor", "auditor"):
            own = ticket.with_user(getattr(self, role))
            with self.subTest(role), self.assertRaises(AccessError):
                own.read(["access_code"])
            with self.subTest(role), self.assertRaises(AccessError):
                own.search([("access_code", "=", ticket.sudo().access_code)])
        self.assertTrue(ticket.with_user(self.operator).access_code)

    def test_a_role_given_or_taken_counts_at_once(self):
        """B1: what is remembered of the groups is forgotten when they change."""
        user = new_test_user(self.env, "role_changes", "gov_hotline.group_operator")
        cases = self.env["helpdesk.ticket"].with_user(user)
        self.assertEqual(cases._roles(), {"operator"})
        user.group_ids += self.env.ref("gov_hotline.group_auditor")
        self.assertEqual(cases._roles(), {"operator", "auditor"})
        user.group_ids -= self.env.ref("gov_hotline.group_operator")
        self.assertEqual(cases._roles(), {"auditor"})

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
