from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ROLES, HotlineCommon

VIEWS = ("list", "form", "kanban")


@tagged("post_install", "-at_install")
class TestKept(HotlineCommon):
    """B4, B8: nothing leaves «Control» by the archive, no case is doubled by a stray click."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered()

    def _import(self, ticket):
        result = ticket.load([".id", "active"], [[str(ticket.id), "0"]])
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def test_nobody_archives(self):
        """B8: archiving a case in work would hide it while its term runs: refused to all."""
        roads = {
            "write": lambda ticket: ticket.write({"active": False}),
            "archive": lambda ticket: ticket.action_archive(),
            "import": self._import,
        }
        draft = self._draft()
        for role in (*ROLES, "system"):
            for ticket in (self.ticket, draft):
                user = self.env.user if role == "system" else getattr(self, role)
                for road, act in roads.items():
                    with (
                        self.subTest(role=role, road=road),
                        self.assertRaises(UserError),
                        self.cr.savepoint(),
                    ):
                        act(ticket.with_user(user))
        self.assertTrue(self.ticket.active and draft.active)

    def test_the_officer_reads_why(self):
        with self.assertRaisesRegex(UserError, "не архивируется"):
            self.ticket.with_user(self.officer).with_context(lang="ru_RU").action_archive()
        with self.assertRaisesRegex(UserError, "не дублируется"):
            self.ticket.with_user(self.officer).with_context(lang="ru_RU").copy()

    def test_none_is_born_archived(self):
        Ticket = self.env["helpdesk.ticket"].with_user(self.operator)
        born = Ticket.with_context(default_active=False).create({"active": False, "name": "x"})
        self.assertTrue(born.active)

    def test_what_was_archived_before_comes_back(self):
        """A case archived before this rule is brought back by its officer."""
        self.env.flush_all()
        self.cr.execute(
            "UPDATE helpdesk_ticket SET active = FALSE WHERE id = %s", (self.ticket.id,)
        )
        self.env.invalidate_all()
        self.ticket.with_user(self.officer).action_unarchive()
        self.assertTrue(self.ticket.active)

    def test_nobody_doubles_a_registered_case(self):
        """B4: neither in work nor closed; by no role."""
        for ticket in (self.ticket, self._closed()):
            before = self.env["helpdesk.ticket"].search_count([])
            for role in ROLES:
                with self.subTest(role=role, state=ticket.state), self.assertRaises(UserError):
                    ticket.with_user(getattr(self, role)).copy()
            self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_no_such_items_in_the_menus(self):
        """Every view of appeals: no «Archive», «Unarchive», «Duplicate» among the actions."""
        Ticket = self.env["helpdesk.ticket"].with_user(self.officer)
        self.assertTrue(Ticket.fields_get(["active"])["active"]["readonly"])
        views = self.env["ir.ui.view"].search(
            [("model", "=", "helpdesk.ticket"), ("type", "in", VIEWS), ("mode", "=", "primary")]
        )
        self.assertTrue({"list", "form", "kanban"} <= set(views.mapped("type")))
        for view in views:
            arch = self.env["helpdesk.ticket"]._get_view(view.id, view.type)[0]
            with self.subTest(view=view.name):
                self.assertEqual(arch.get("duplicate"), "0")
                if view.type == "kanban":
                    self.assertEqual(arch.get("archivable"), "0")
        bound = self.env["ir.actions.actions"].get_bindings("helpdesk.ticket")["action"]
        ours = self.env.ref("helpdesk_mgmt.action_duplicate_ticket")
        self.assertNotIn(ours.id, [one["id"] for one in bound])


@tagged("post_install", "-at_install")
class TestInCharge(HotlineCommon):
    """B4: a case is put in charge of an officer of its body alone, as a hand-over does it."""

    def test_who_cannot_act_is_refused(self):
        """B4: an operator in charge could change nothing, and the case would leave the desk."""
        ticket = self._registered().with_user(self.officer)
        for role in ("operator", "executor", "auditor", "press"):
            with self.subTest(role=role), self.assertRaises(UserError):
                ticket.user_id = getattr(self, role)
        self.assertFalse(ticket.user_id)
        ticket.user_id = self.officer
        self.assertEqual(ticket.user_id, self.officer)

    def test_handed_over_is_nobodys(self):
        """B4: who wrote the draft is not in charge of the case, unless an officer."""
        draft = self._draft()
        draft.sudo().user_id = self.operator
        draft.action_register()
        self.assertFalse(draft.user_id)
        own = self._draft(self.officer)
        own.sudo().user_id = self.officer
        own.with_user(self.operator).action_register()
        self.assertEqual(own.user_id, self.officer)

    def test_of_another_body(self):
        ticket = self._registered().with_user(self.officer)
        foreign = self._new_role_user("officer", "executor")
        body = self.env["res.company"].create({"name": "Другой орган"})
        foreign.sudo().write({"company_ids": [(6, 0, body.ids)], "company_id": body.id})
        with self.assertRaises(UserError):
            ticket.user_id = foreign
