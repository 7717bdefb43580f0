from odoo import fields, models
from odoo.exceptions import UserError


class HotlineAssignmentDates(models.TransientModel):
    """Control dates before and after, ticked and confirmed by the officer."""

    _name = "hotline.assignment.dates"
    _description = "Control dates of the assignments"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, readonly=True, ondelete="cascade"
    )
    due_on = fields.Date(related="ticket_id.due_on", string="Due date")
    line_ids = fields.One2many("hotline.assignment.dates.line", "dates_id", string="Assignments")

    def action_move(self):
        """Move the ticked dates; the others stay. Officer."""
        ticket = self._checked_case()
        wanted = self.line_ids.filtered("wanted")
        if any(line.before_on != line.assignment_id.control_on for line in wanted):
            raise UserError(
                self.env._("A control date was changed meanwhile: close the window, open it anew.")
            )
        days = {line.assignment_id.id: line.control_on for line in wanted}
        wanted.assignment_id._move_control_dates(days)
        ticket.extension_ids._settle_dates()
        return {"type": "ir.actions.act_window_close"}

    def action_leave(self):
        """Leave the dates as they are; the extension offers them no more. Officer."""
        self._checked_case().extension_ids._settle_dates()
        return {"type": "ir.actions.act_window_close"}

    def _checked_case(self):
        self.ensure_one()
        ticket = self.ticket_id
        ticket._require_role("officer")
        ticket.check_access("write")
        ticket._check_open_for_resolution()
        if self.line_ids.assignment_id.ticket_id - ticket:
            raise UserError(self.env._("These are assignments of another appeal."))
        return ticket


class HotlineAssignmentDatesLine(models.TransientModel):
    """One assignment of the list."""

    _name = "hotline.assignment.dates.line"
    _description = "Control date of an assignment"

    dates_id = fields.Many2one("hotline.assignment.dates", required=True, ondelete="cascade")
    wanted = fields.Boolean(string="Move", default=True)
    assignment_id = fields.Many2one(
        "hotline.assignment", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="assignment_id.partner_id", string="Addressee")
    before_on = fields.Date(string="Was", readonly=True)
    control_on = fields.Date(string="Becomes", required=True)
