from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..domain import control, steps
from .hotline_step_terms import LONG, NOT_RUNNING, SHORT
from .hotline_step_work import OPENED

# `plan`: which due dates have reached which level today.
_LATE = """
      FROM hotline_deadline one
      JOIN hotline_term term ON term.id = one.term_id AND term.purpose IN %s
      JOIN (VALUES %s) AS plan (mark, first, last)
        ON one.due_on BETWEEN plan.first AND plan.last
      JOIN opened ON opened.id = one.ticket_id
     WHERE one.met_on IS NULL AND one.due_on <= %s
"""


class HotlineStep(models.Model):
    """Escalation: the officer on the last day, then the head of the department, then the head.

    Each level is told once of a case, by an activity of the case and in the digest of the same
    morning; it is a journal line.
    """

    _inherit = "hotline.step"

    @api.model
    def _sweeps(self):
        return super()._sweeps() | {steps.ESCALATION: ("late",)}

    def _find_late(self, company, after, limit):
        calendar = self.env["hotline.day"]._calendar(company)
        bands = steps.bands(company._hotline_today(), company._escalation_days(), calendar)
        if not bands:
            return []
        rows = SQL(", ").join(
            SQL("(%s, %s::date, %s::date)", band.level, band.first, band.last) for band in bands
        )
        last = max(band.last for band in bands)
        found = SQL(_LATE, (*SHORT, *LONG), rows, last)
        opened = SQL(OPENED, company.id, NOT_RUNNING)
        return self._to_do("late", found, "due_on", after, limit, opened, upwards=True)

    def _do_late(self, run, items):
        clocks = self.env["hotline.deadline"].browse([item.id for item in items])
        nearest = {clock.ticket_id: clock for clock in clocks.sorted("due_on", reverse=True)}
        clocks.ticket_id._tell_of_terms(
            {ticket: clock._reminder_words for ticket, clock in nearest.items()}
        )
        levels = {}
        for clock, item in zip(clocks, items, strict=True):
            ticket = clock.ticket_id
            levels[ticket] = max(item.facts["mark"], levels.get(ticket, 0))
        clocks.ticket_id._tell_heads(run.company_id, nearest, levels)
        self.env["hotline.step.mark"]._put(run, "late", items)
        self.env["hotline.journal"]._append_many(
            "escalated",
            [
                (clock.ticket_id, {"level": item.facts["mark"], "due_on": item.facts["due"]})
                for clock, item in zip(clocks, items, strict=True)
            ],
        )


class ResCompany(models.Model):
    """When which level is told of a case whose term has passed; empty: the level is not told."""

    _inherit = "res.company"

    hotline_reminder_days = fields.Char(
        string="Remind executors, working days before", default="10, 5, 3, 1",
        help="Comma-separated, before the control date of an assignment. Empty: never.",
    )  # fmt: skip
    hotline_escalation_officer = fields.Boolean(string="Officer on the last day", default=True)
    hotline_escalation_department = fields.Integer(
        string="Head of the department after, working days", default=1,
        help="Working days past the due date; without a head of the department the supervisors are"
        " told. 0: nobody of this level.",
    )  # fmt: skip
    hotline_escalation_head = fields.Integer(
        string="Head after, working days", default=3,
        help="Working days past the due date. 0: nobody of this level.",
    )  # fmt: skip
    hotline_head_id = fields.Many2one(
        "res.users", string="Head",
        help="Who is told last of overdue appeals. Empty: all approvers of the body.",
    )  # fmt: skip

    hotline_digest_patience = fields.Integer(
        string="Morning digest waits for the other steps, minutes", default=60,
        help="Past its hour. Then it leaves without them and says so. 0: it waits till they end.",
    )  # fmt: skip

    _escalation_positive = models.Constraint(
        "CHECK (hotline_escalation_department >= 0 AND hotline_escalation_head >= 0)",
        "Working days past the due date: 0 or more.",
    )
    _digest_patience_positive = models.Constraint(
        "CHECK (hotline_digest_patience >= 0)", "Minutes of waiting: 0 or more."
    )

    @api.constrains("hotline_reminder_days")
    def _check_hotline_reminder_days(self):
        for company in self:
            try:
                control.parse_days(company.hotline_reminder_days or "")
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Reminders: numbers of working days up to 250, for example «10, 5, 3, 1»."
                    )
                ) from error

    def _escalation_days(self):
        """Return for each level of `steps.LEVELS` after how many working days, None for never."""
        return (
            0 if self.hotline_escalation_officer else None,
            self.hotline_escalation_department or None,
            self.hotline_escalation_head or None,
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_reminder_days = fields.Char(related="company_id.hotline_reminder_days", readonly=False)
    hotline_escalation_officer = fields.Boolean(
        related="company_id.hotline_escalation_officer", readonly=False
    )
    hotline_escalation_department = fields.Integer(
        related="company_id.hotline_escalation_department", readonly=False
    )
    hotline_escalation_head = fields.Integer(
        related="company_id.hotline_escalation_head", readonly=False
    )
    hotline_head_id = fields.Many2one(related="company_id.hotline_head_id", readonly=False)
    hotline_digest_patience = fields.Integer(
        related="company_id.hotline_digest_patience", readonly=False
    )


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    hotline_head_id = fields.Many2one(
        "res.users", string="Head of the department", index="btree_not_null",
        help="Is told of overdue appeals of the department. Empty: the supervisors are.",
    )  # fmt: skip
