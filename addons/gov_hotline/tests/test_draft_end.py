from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_draft import DraftCommon


@tagged("post_install", "-at_install")
class TestDraftEnd(DraftCommon):
    """What becomes of a draft that is not filed, or is sent by another person (A4, B4)."""

    def test_a_told_code_is_never_deleted(self):
        """B4: the citizen was told it: no role deletes the draft, not even as the system."""
        ticket, told = self._issued()
        for user in (self.operator, self.officer, self.administrator):
            with self.subTest(user=user.login), self.assertRaisesRegex(UserError, told["number"]):
                ticket.with_user(user).unlink()
        with self.assertRaises(UserError):
            ticket.sudo().unlink()
        self.assertTrue(ticket.exists())

    def test_a_draft_without_a_code_is_deleted_with_a_trace(self):
        """B4: whatever is deleted has its line in the journal."""
        ticket = self._called()
        ticket.unlink()
        self.assertEqual(self._events(ticket), ["draft_deleted"])

    def test_withdrawn_with_a_reason(self):
        """A4, B4: the operator withdraws it; code, paper and a new code are over; journalled."""
        ticket, told = self._issued()
        with self.assertRaises(AccessError):
            ticket.with_user(self.auditor).action_withdraw_draft("Заявитель передумал")
        with self.assertRaises(UserError):
            ticket.action_withdraw_draft("нет")
        wizard = self.env["hotline.draft.withdrawal"].with_user(self.operator)
        wizard = wizard.with_context(**ticket.action_open_withdrawal()["context"])
        wizard.create({"reason": "Заявитель передумал подавать"}).action_withdraw()
        self.assertFalse(ticket.is_awaiting)
        self.assertFalse(ticket.search([("is_awaiting", "=", True), ("id", "=", ticket.id)]))
        self.assertTrue(ticket.search([("is_awaiting", "=", False), ("id", "=", ticket.id)]))
        self.assertEqual(self._events(ticket), ["draft_made", "draft_withdrawn"])
        self.assertEqual(self._found(told["number"], told["code"]), ticket, "to say what became")
        self.assertIn(told["number"], ticket._draft_site_refusal())
        for act in (
            lambda: self._send(ticket, self._identification()),
            lambda: self._accept(ticket, "visit", identity_shown=True),
            ticket.action_issue_draft_code,
            lambda: ticket.action_withdraw_draft("Ещё раз, для верности"),
        ):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(AccessError):
            ticket.write({"draft_withdrawn_at": False})

    def test_another_person_changes_no_applicant(self):
        """A4: sent from somebody else's account: the applicant stays, it is a message, marked."""
        ticket, _told = self._issued()
        partner = self.portal_user.partner_id
        partner.write({"surname": "Полякова", "given_name": "София", "patronymic": "Борисовна"})
        shown = ticket._draft_site_vals(self.portal_user, self._identification())
        self.assertEqual(shown["other"], partner.name)
        self.assertEqual((shown["name"], shown["identified_by"]), (ticket.applicant_name, ""))
        self._send(ticket, self._identification())
        self.assertRecordValues(
            ticket,
            [
                {
                    "kind": "message",
                    "partner_id": self.citizen.id,
                    "applicant_name": "Иванова Мария Петровна",
                    "identified_by": False,
                    "confirmed_by_id": partner.id,
                }
            ],
        )
        self.assertNotIn(ticket, self.env["helpdesk.ticket"].search(self._own_domain()))

    def test_a_slip_of_the_pen_is_no_other_person(self):
        """A4: «Ивонова» written down by ear is the account's Иванова."""
        ticket, _told = self._issued(applicant_surname="Ивонова")
        partner = self.portal_user.partner_id
        partner.write({"surname": "Иванова", "given_name": "Мария", "patronymic": "Петровна"})
        self._send(ticket, self._identification())
        self.assertFalse(ticket.confirmed_by_id)
        self.assertEqual(ticket.applicant_surname, "Иванова")
