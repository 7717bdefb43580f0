from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import control_moves
from ..domain import recalculation as recounting
from .hotline_assignment_due import RUNNING as AWAITED


class HotlineRecalculation(models.Model):
    """Control dates of assignments that the changed calendar leaves impossible (X9).

    They stand in the same list as the due dates, after them, and move with the same confirmation.
    """

    _inherit = "hotline.recalculation"

    changed_days = fields.Json(readonly=True, help="Days of the calendar that have changed: ISO.")

    def _counted(self):  # pylint: disable=missing-return
        proposed = self._propose_controls()
        self._write_by_act({"moved_count": self.moved_count + proposed})
        return super()._counted()

    def _propose_controls(self):
        """Add the lines of control dates; return how many. One look at all, by sets."""
        limits = self._new_limits()
        controls = self._controls(set(limits))
        found = control_moves.moves(
            self._domain_controls(controls, limits),
            self.env["hotline.day"]._calendar(self.company_id),
            self._changed_dates(),
            self.company_id._hotline_today(),
        )
        vals = [
            self._prepare_control_vals(one, found[one.id]) for one in controls if one.id in found
        ]
        self.env["hotline.recalculation.line"]._create_by_act(vals)
        looked = len(controls)
        self._write_by_act({"total": self.total + looked, "done": self.done + looked})
        return len(vals)

    def _changed_dates(self):
        return {date.fromisoformat(day) for day in self.changed_days or ()}

    def _new_limits(self):
        """Return {case id: its proposed due date} of the cases whose answer's term moves."""
        lines = self.env["hotline.recalculation.line"].search_fetch(
            [
                ("recalculation_id", "=", self.id),
                ("state", "=", "proposed"),
                ("deadline_id.term_id.is_main", "=", True),
            ],
            ["ticket_id", "due_after"],
        )
        return {line.ticket_id.id: line.due_after for line in lines}

    def _controls(self, moved):
        """Return what is awaited in the cases that move or have a date on a changed day."""
        Assignment = self.env["hotline.assignment"].sudo()  # sudo: of every department
        awaited = AWAITED & Domain("company_id", "=", self.company_id.id)
        awaited &= Domain("control_on", "!=", False)
        touched = Assignment.search_fetch(
            awaited & Domain("control_on", "in", sorted(self._changed_dates())), ["ticket_id"]
        )
        cases = moved | set(touched.ticket_id.ids)
        controls = Assignment.search_fetch(
            awaited & Domain("ticket_id", "in", sorted(cases)),
            ["ticket_id", "parent_id", "control_on"],
        )
        return controls.sorted(lambda one: (one._depth(), one.id))

    def _domain_controls(self, controls, limits):
        """Return the domain's controls: within the new date of the case, or the report's."""
        tickets = controls.ticket_id
        reports = self._dates(
            "hotline.covering.letter",
            "report_by",
            Domain("ticket_id", "in", tickets.ids) & Domain("state", "=", "control"),
        )
        dues = {one.id: limits.get(one.id) or one.due_on or None for one in tickets}
        lead = {
            key: min(filter(None, [due, *reports.get(key, ())]), default=None)
            for key, due in dues.items()
        }
        return [
            control_moves.Control(
                one.id, one.control_on, lead[one.ticket_id.id], one.parent_id.id or None
            )
            for one in controls
        ]

    def _prepare_control_vals(self, assignment, move):
        return {
            "recalculation_id": self.id,
            "company_id": self.company_id.id,
            "assignment_id": assignment.id,
            "ticket_id": assignment.ticket_id.id,
            "user_id": assignment.ticket_id.user_id.id,
            "due_before": assignment.control_on,
            "due_after": move.day,
            "days_moved": (move.day - assignment.control_on).days,
            "is_noted": True,
            "is_proposed": True,
            "is_chosen": True,
            "state": "proposed",
            "why": move.why,
        }

    # Moving

    def _move(self, lines):  # pylint: disable=missing-return
        controls = lines.filtered("assignment_id")
        if lines - controls:
            super()._move(lines - controls)
        if controls:
            self._move_controls(controls)

    def _move_controls(self, lines):
        """Set the control dates that still stand as they were counted; tell the executors."""
        self._lock_deadlines(lines.assignment_id)
        moved = lines.browse()
        for line in lines:
            why = line._why_not_control()
            if why:
                line._write_by_act({"state": "skipped", "why": why})
                continue
            line.assignment_id._set(control_on=line.due_after, control_was_on=line.due_before)
            moved |= line
        moved._write_by_act({"state": "applied"})
        self._journal_controls(moved)
        moved.assignment_id._tell_new_dates()
        self.env.flush_all()

    def _journal_controls(self, lines):
        self.env["hotline.journal"]._append_many(
            "assignment_control_moved",
            [
                (
                    line.ticket_id,
                    {
                        "assignment": line.assignment_id.id,
                        "addressee": line.assignment_id.partner_id.id,
                        "control_before_on": line.due_before,
                        "control_on": line.due_after,
                        "recalculation": self.id,
                    },
                )
                for line in lines
            ],
        )


class HotlineRecalculationLine(models.Model):
    _inherit = "hotline.recalculation.line"

    assignment_id = fields.Many2one(
        "hotline.assignment", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    what = fields.Char(string="Whose date", compute="_compute_what")

    _one_date = models.Constraint(
        "CHECK ((deadline_id IS NULL) <> (assignment_id IS NULL))",
        "A line is of a due date or of a control date.",
    )

    @api.depends("term_id", "assignment_id")
    @api.depends_context("lang")
    def _compute_what(self):
        for line in self:
            # sudo: who decides on the list is told whose date it is
            addressee = line.assignment_id.sudo().partner_id
            line.what = line.term_id.name or self.env._(
                "Control date: %(addressee)s", addressee=addressee.display_name
            )

    def _why_words(self):
        texts = {
            control_moves.BEYOND: self.env._("Would pass the date of the case."),
            control_moves.DAY_OFF: self.env._("Falls on a new day off."),
        }
        return [texts[self.why]] if self.why in texts else super()._why_words()

    def _why_not_control(self):
        """Return why the control date does not move any more, or an empty text."""
        one = self.assignment_id.sudo()  # sudo: of every department
        if self.ticket_id.is_final:
            return recounting.CLOSED
        if not one.is_waiting:
            return recounting.MET
        latest = one._latest_control()
        within = not latest or self.due_after <= latest
        if one.control_on != self.due_before or not within or self.due_after < one._today():
            return recounting.CHANGED
        return ""
