from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import assignments as rules


class HotlineAssignment(models.Model):
    """Control dates after the date of the case has moved: changed by the officer, never alone."""

    _inherit = "hotline.assignment"

    def _with_running_dates(self):
        """Return the assignments whose control date still binds somebody, parents first."""
        waiting = self.filtered(lambda one: one.is_waiting and one.control_on)
        return waiting.sorted(lambda one: (one._depth(), one.id))

    def _depth(self):
        return 1 + self.parent_id._depth() if self.parent_id else 0

    def _move_control_dates(self, days):
        """Set new control dates, `days`: {assignment id: date}, all of them or none. Officer.

        A part stays within its parent's new date, a parent within the due date of the case.
        Raises UserError by the rules of control dates.
        """
        self._check_officer("decide_time")
        before = {one.id: one.control_on for one in self}
        for one in self:
            one._set(control_on=days[one.id], **one._given_with(days[one.id]))
        for one in self | self.child_ids._with_running_dates():
            problems = rules.control_problems(
                one.control_on or None, one._latest_control(), one._today()
            )
            if problems:
                words = "\n".join(self.env["helpdesk.ticket"]._problem_texts(problems))
                named = f"{one.partner_id.display_name}: {words}"
                raise UserError(named)
        for one in self.filtered(lambda one: one.control_on != before[one.id]):
            one._journal("control_moved", control_before_on=before[one.id],
                         control_on=one.control_on)  # fmt: skip

    def _given_with(self, day):
        """A date that reaches what the executor asked for gives the time."""
        reached = self.ask_state == "asked" and self.asked_until <= day
        return {"ask_state": "given"} if reached else {}


class HelpdeskTicket(models.Model):
    """The offer to move control dates: after an extension, or where the date moved up."""

    _inherit = "helpdesk.ticket"

    offers_dates = fields.Boolean(
        compute="_compute_offers_dates",
        help="The date of the case has moved, its assignments have not.",
    )

    @api.depends("due_on", "assignment_ids.control_on", "assignment_ids.state",
                 "extension_ids.state", "extension_ids.dates_settled")  # fmt: skip
    @api.depends_context("uid")
    def _compute_offers_dates(self):
        for ticket in self:
            ticket.offers_dates = ticket.can_edit and bool(ticket._proposed_control_dates())

    def _proposed_control_dates(self):
        """Return {assignment: proposed date} of those whose date should be looked at.

        Later ones once after each decided extension; earlier ones where the limit moved up.
        """
        proposed, found = {}, {}
        extended = self._has_unsettled_extension()
        for one in self.assignment_ids._with_running_dates():
            parent = one.parent_id
            limit = proposed.get(parent, parent.control_on) if parent else None
            day = self._control_date_within(limit or None)
            is_late = rules.is_beyond(
                one.control_on, self.due_on or None, limit or None, self._body_today()
            )
            proposed[one] = day if is_late or extended else one.control_on
            if is_late or (extended and day > one.control_on):
                found[one] = day
        return found

    def _body_today(self):
        return self.company_id._hotline_today()

    def _has_unsettled_extension(self):
        return any(one.state == "decided" and not one.dates_settled for one in self.extension_ids)

    def action_offer_dates(self):
        """Open the list of control dates, before and after, to be confirmed. Officer."""
        self.ensure_one()
        self._require_role("officer")
        self.check_access("write")
        found = self._proposed_control_dates()
        if not found:
            raise UserError(self.env._("There are no control dates to move."))
        lines = [
            fields.Command.create(
                {"assignment_id": one.id, "before_on": one.control_on, "control_on": day}
            )
            for one, day in found.items()
        ]
        dialog = self.env["hotline.assignment.dates"].create(
            {"ticket_id": self.id, "line_ids": lines}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Control dates of the assignments"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _more_acts(self):
        acts = super()._more_acts()
        if self.can_edit and self._proposed_control_dates():
            label = self.env._("Move the control dates")
            acts.append(self._act("action_offer_dates", label, step=False))
        return acts
