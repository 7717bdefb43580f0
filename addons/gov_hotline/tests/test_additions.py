from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_people_corrections import CorrectionsCommon


@tagged("post_install", "-at_install")
class TestNewAddition(CorrectionsCommon):
    """B4, C3: what the applicant adds is told to the officer, inside, until it is read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered()
        cls.kind = cls.env.ref("gov_hotline.mail_activity_type_addition")

    def _of_citizen(self, ticket=None):
        ticket = (ticket or self.ticket).sudo()
        self.env["hotline.addition"]._of_citizen(ticket, "И в подъезде темно.")

    def _told(self, ticket=None):
        domain = [("activity_type_id", "=", self.kind.id), ("res_id", "=", self.ticket.id)]
        return self.env["mail.activity"].search(domain).user_id

    def _filtered(self):
        domain = [("new_addition_on", "!=", False)]
        return self.env["helpdesk.ticket"].with_user(self.officer).search(domain)

    def test_the_officer_in_charge_is_told(self):
        """The activity is the officer's, the filter finds the case; no mail leaves."""
        self.ticket.sudo().user_id = self.officer
        mails = self.env["mail.mail"].search_count([])
        self.assertNotIn(self.ticket, self._filtered())
        self._of_citizen()
        self._of_citizen()
        self.assertEqual(self._told(), self.officer)
        activity = self.env["mail.activity"].search([("activity_type_id", "=", self.kind.id)])
        self.assertEqual(activity.summary, "Заявитель дополнил обращение")
        self.assertIn(self.ticket, self._filtered())
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertNotIn(self.officer.partner_id, self.ticket.message_partner_ids)
        case = self.ticket.with_user(self.officer)
        case.action_read_addition()
        self.assertFalse(self._told())
        self.assertNotIn(self.ticket, self._filtered())

    def test_without_an_officer_the_department_is_told(self):
        """Its officers, not its operators; one reads it, nobody is told any more."""
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Отдел", "user_ids": [(6, 0, (self.officer | self.operator).ids)]}
        )
        self.ticket.sudo().write({"user_id": False, "team_id": team.id})
        self._of_citizen()
        self.assertEqual(self._told(), self.officer)
        self.ticket.with_user(self.administrator).action_read_addition()
        self.assertFalse(self._told())

    def test_nobody_in_charge(self):
        """Nobody to tell: the filter still finds it."""
        self.ticket.sudo().write({"user_id": False, "team_id": False})
        self._of_citizen()
        self.assertFalse(self._told())
        self.assertIn(self.ticket, self._filtered())

    def test_an_operators_entry_is_told_the_officers_own_is_not(self):
        """By telephone too; what the officer entered needs no reading."""
        self.ticket.sudo().user_id = self.officer
        self._add(self.ticket, self.officer)
        self.assertNotIn(self.ticket, self._filtered())
        self._add(self.ticket, self.operator)
        self.assertEqual(self._told(), self.officer)

    def test_a_closed_case_is_marked_as_read(self):
        """B4: closing locks the case, not the reading of its additions."""
        case = self._registered().with_user(self.officer)
        self._of_citizen(case)
        self._answer(case)
        case.action_close()
        case.action_read_addition()
        self.assertFalse(case.new_addition_on)

    def test_who_reads(self):
        """B4: officers alone; the mark is written by nobody."""
        self._of_citizen()
        for user in (self.operator, self.supervisor, self.executor, self.auditor, self.press):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ticket.with_user(user).action_read_addition()
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.officer).new_addition_on = False
        draft = self._draft(new_addition_on="2026-01-01")
        self.assertFalse(draft.new_addition_on)
