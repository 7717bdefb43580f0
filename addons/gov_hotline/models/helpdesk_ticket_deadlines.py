from odoo import models


class HelpdeskTicket(models.Model):
    """The clocks of an appeal."""

    _inherit = "helpdesk.ticket"

    def _start_deadlines(self, trigger, start):
        """Start every term that `trigger` starts on date `start`; return the deadlines."""
        self.ensure_one()
        Deadline = self.env["hotline.deadline"].sudo()  # clocks are set by acts, not by users
        applicable = self.env["hotline.term"]._applicable(self, trigger, start)
        return Deadline.create([Deadline._prepare_vals(self, term, start) for term in applicable])

    def _meet_deadlines(self, deadlines, day):
        """Record that `deadlines` were met on `day` (a date of the body)."""
        # sudo: as above, a met clock follows from an act that was checked
        deadlines.sudo().filtered(lambda deadline: not deadline.met_on).write({"met_on": day})

    def _meet_main_deadline(self, day):
        self._meet_deadlines(self.deadline_ids.filtered("is_main"), day)
