from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..domain import board

CALLS = "gov_hotline.hotline_call_action"
TASKS = "gov_hotline.hotline_task_action"
ALARMS = "gov_hotline.hotline_alarm_action"

LINE = {
    "hotline.call": "line_id",
    "hotline.task": "call_id.line_id",
    "hotline.alarm": "call_id.line_id",
}
ANSWERED = Domain("answered_at", "!=", False) | Domain("fate", "=", "answered")
OVER_UNANSWERED = ~ANSWERED & Domain("fate", "!=", False)
WAITING = (
    Domain("direction", "=", "in")
    & Domain("phase", "in", ("waiting", "ringing"))
    & (Domain("queued_at", "!=", False) | Domain("phase", "=", "ringing"))
)
CALLBACKS = Domain([("state", "=", "open"), ("kind", "=", "callback")])
PROMISES = Domain([("state", "=", "open"), ("kind", "=", "promise")])
LATE = Domain("due_at", "<", "now")


class HotlineBoard(models.AbstractModel):
    """Each figure of the board opens the very records it counts."""

    _inherit = "hotline.board"

    @api.model
    def open(self, what, line_id=None):
        """Return the action that shows the records behind a figure. Supervisor and auditor.

        what: name of a figure of `look`; line_id: of one line (0: of none), by default of all.
        """
        self.env["helpdesk.ticket"]._require_role("supervisor", "auditor")
        shown = self._drills().get(what)
        if not shown:
            raise UserError(self.env._("The board has no such figure."))
        action, name, domain = shown
        opened = self.env["ir.actions.act_window"]._for_xml_id(action)
        domain = domain() & Domain("company_id", "in", self.env.companies.ids)
        path = LINE.get(opened["res_model"])
        if path and line_id is not None:
            domain &= Domain(path, "=", line_id or False)
        changes = {"name": name, "display_name": name, "path": False, "context": {}}
        return {**opened, **changes, "domain": list(domain), "target": "current"}

    @api.model
    def _drills(self):
        """Return {figure: (action, its name, its domain as a function)}: an extension point."""
        return {
            "waiting": (CALLS, self.env._("Who waits"), lambda: WAITING),
            "offered": (CALLS, self.env._("Calls of today"), self._offered),
            "in_time": (CALLS, self.env._("Answered in time"), lambda: self._ended("in_time")),
            "late": (CALLS, self.env._("Answered late"), lambda: self._ended("late")),
            "lost": (CALLS, self.env._("Lost calls of today"), lambda: self._ended("lost")),
            "asked": (CALLS, self.env._("Asked to be called back"), lambda: self._ended("asked")),
            "short": (CALLS, self.env._("Given up at once"), lambda: self._ended("short")),
            "callbacks": (TASKS, self.env._("To call back"), lambda: CALLBACKS),
            "callbacks_late": (TASKS, self.env._("Late call-backs"), lambda: CALLBACKS & LATE),
            "promises_late": (TASKS, self.env._("Late promises"), lambda: PROMISES & LATE),
            "alarms": (ALARMS, self.env._("Alarms"), self._raised),
        }

    @api.model
    def _raised(self):
        return Domain([("state", "=", "raised"), ("card_id.alarm", "=", True)])

    @api.model
    def _today(self):
        """Return the incoming calls of the PBX of each body's own today."""
        since = Domain.OR(
            Domain(
                [("company_id", "=", body.id), ("started_at", ">=", str(self._day_begins(body)))]
            )
            for body in self.env.companies
        )
        return since & Domain([("direction", "=", "in"), ("phase", "!=", False)])

    @api.model
    def _offered(self):
        return Domain.OR(self._ended(one) for one in ("in_time", "late", "lost", "asked"))

    @api.model
    def _asked(self):
        """Return which calls asked to be called back: an extension point."""
        return Domain.FALSE

    @api.model
    def _ended(self, end):
        """Return the calls that `board.end` counts so; each by the aims of its line."""
        return self._today() & Domain.OR(
            Domain("line_id", "in", lines) & self._end_domain(end, aims)
            for aims, lines in self._lines_by_aims().items()
        )

    @api.model
    def _lines_by_aims(self):
        # sudo: the aims of lines, archived ones too
        lines = self.env["hotline.line"].sudo().with_context(active_test=False)
        found = {board.Aims(): [False]}
        for line in lines.search([("company_id", "in", self.env.companies.ids)]):
            found.setdefault(line._aims(), []).append(line.id)
        return found

    @api.model
    def _end_domain(self, end, aims):
        waited = Domain("wait_seconds", "<=", aims.seconds) | Domain("wait_seconds", "=", False)
        short = Domain([("fate", "=", board.GAVE_UP), ("wait_seconds", "<", aims.short)])
        return {
            "in_time": ANSWERED & waited,
            "late": ANSWERED & Domain("wait_seconds", ">", aims.seconds),
            "asked": OVER_UNANSWERED & self._asked(),
            "short": OVER_UNANSWERED & ~self._asked() & short,
            "lost": OVER_UNANSWERED & ~self._asked() & ~short,
        }[end]
