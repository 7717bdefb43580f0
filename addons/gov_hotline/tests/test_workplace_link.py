from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestWorkplaceLink(HotlineCommon):
    """B1: a running call is linked to a case that is there; the talk goes on."""

    def setUp(self):
        super().setUp()
        self.case = self._draft()
        self.case.with_user(self.operator).action_register()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = create_date - interval '1 day' WHERE id = %s",
            [self.case.id],
        )
        self.case.invalidate_recordset(["create_date"])
        self.workplace = self.env["hotline.workplace"].with_user(self.operator)
        started = self.workplace.start_call({"phone": "8 913 555-01-01", "line_id": self.line.id})
        self.call = self.env["hotline.call"].browse(started["id"])

    def test_linked_and_not(self):
        linked = self.workplace.link_case(self.call.id, self.case.id)
        self.assertEqual(linked, {"id": self.case.id, "number": self.case.number})
        self.assertEqual((self.call.state, self.call.ticket_id), ("open", self.case))
        self.assertIn(self.call, self.case.call_ids)
        shown = self.workplace.open_call(self.call.id)
        self.assertEqual(shown["linked"]["id"], self.case.id)
        self.assertFalse(shown["registered"])
        self.assertFalse(self.workplace.link_case(self.call.id, False))
        self.assertFalse(self.call.ticket_id)

    def test_whose_cases_are_offered(self):
        """B1: the caller's own at once, another's by its number or words, as one types."""
        offered = self.workplace.cases_to_link(self.call.id)
        self.assertEqual(
            [(one["id"], one["title"]) for one in offered], [(self.case.id, self.case.number)]
        )
        self.call.partner_id = False
        self.assertEqual(self.workplace.cases_to_link(self.call.id, " "), [])
        for text in (self.case.number, "Иванова Мар"):
            with self.subTest(text):
                found = self.workplace.cases_to_link(self.call.id, text)
                self.assertIn(self.case.id, [one["id"] for one in found])
        second = self._new_role_user("operator", "press")
        with self.assertRaises(AccessError):
            self.workplace.with_user(second).cases_to_link(self.call.id)

    def test_a_new_case_may_come_of_the_same_call(self):
        self.workplace.link_case(self.call.id, self.case.id)
        made = self.call.with_user(self.operator)._make_ticket({})
        self.assertNotEqual(made, self.case)
        self.assertEqual(self.call.ticket_id, made)
        with self.assertRaises(UserError):
            self.workplace.link_case(self.call.id, self.case.id)
        self.assertEqual(self.call.ticket_id, made)

    def test_a_draft_is_continued_not_linked(self):
        with self.assertRaises(UserError):
            self.workplace.link_case(self.call.id, self._draft().id)

    def test_own_calls_only(self):
        second = self._new_role_user("operator", "press")
        for user in (second, self.press, self.auditor, self.executor):
            workplace = self.env["hotline.workplace"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                workplace.link_case(self.call.id, self.case.id)
        elsewhere = self.env["res.company"].create({"name": "Другой орган"})
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET company_id = %s WHERE id = %s",
            [elsewhere.id, self.case.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.workplace.link_case(self.call.id, self.case.id)
