from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import assignments as rules
from ..domain import clock, desk
from .hotline_assignment_result import RESULT_AWAITED

SOON = 3  # working days: from here on a control date is amber
# A forwarding has left us and is waited for only where its result was asked for.
RUNNING = Domain("state", "=", rules.SENT) & (
    Domain("addressee_kind", "!=", rules.OTHER_BODY) | RESULT_AWAITED
)


def _clock(assignment):
    """What the counting of an assignment's days depends on."""
    body = assignment.sudo().company_id  # sudo: the body's clock
    return body, assignment.control_on, assignment.addressee_kind == rules.OTHER_BODY


class HotlineAssignment(models.Model):
    """What is left of an assignment's term: derived from the clock, never stored."""

    _inherit = "hotline.assignment"

    days_left = fields.Integer(compute="_compute_due")
    due_level = fields.Selection(
        [("danger", "Overdue"), ("warning", "3 working days or less"), ("ok", "In term"),
         ("done", "Done")],
        compute="_compute_due",
    )  # fmt: skip
    due_text = fields.Char(string="Left", compute="_compute_due")
    is_overdue = fields.Boolean(compute="_compute_due", search="_search_is_overdue")
    is_due_today = fields.Boolean(compute="_compute_due", search="_search_is_due_today")
    is_due_soon = fields.Boolean(compute="_compute_due", search="_search_is_due_soon")
    is_waiting = fields.Boolean(compute="_compute_due", search="_search_is_waiting")

    # Which cases wait for somebody, counted for the desk without a look at the assignments.
    _awaited_idx = models.Index(
        "(ticket_id) INCLUDE (company_id, addressee_kind, ask_result, result_on)"
        " WHERE state = 'sent'"
    )

    @api.depends("control_on", "state", "addressee_kind", "ask_result", "result_on")
    @api.depends_context("lang")
    def _compute_due(self):
        """A page of assignments has few control dates: each is counted once."""
        running = self.filtered(lambda one: one._is_running())
        running.is_waiting, (self - running).is_waiting = True, False
        dated = running.filtered("control_on")
        nothing = dict.fromkeys(("due_text", "is_overdue", "is_due_today", "is_due_soon"), False)
        (self - dated).update({"days_left": 0, "due_level": "done", **nothing})
        for same in dated.grouped(_clock).values():
            same._count_days()

    def _is_running(self):
        """Whether somebody still owes us something; a forwarding: the result we asked for."""
        if self.state != rules.SENT:
            return False
        return self.addressee_kind != rules.OTHER_BODY or self._is_result_awaited()

    def _count_days(self):
        """Set what is left of one date: these have it, their body and their kind in common."""
        first, today = self[:1], self._today()
        calendar = self.env["hotline.day"]._calendar(first.sudo().company_id)  # sudo: the calendar
        left = clock.days_left(first.control_on, today, calendar)
        is_today = first.control_on == today
        self.update(
            {
                "days_left": left,
                "due_level": clock.level(left),
                "due_text": first._due_words(left, is_today),
                "is_overdue": left < 0,
                "is_due_today": is_today,
                "is_due_soon": 0 <= left <= SOON,
            }
        )

    def _due_words(self, left, is_today):
        if left < 0 and self.addressee_kind == rules.OTHER_BODY:
            return self.env._("result: %(days)s d. overdue", days=-left)
        if left < 0:
            return self.env._("%(days)s d. overdue", days=-left)
        if is_today or not left:
            return self.env._("today") if is_today else self.env._("days off up to the date")
        return self.env._("%(days)s working d. left", days=left)

    def _search_is_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        return RUNNING if True in value else ~RUNNING

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._hotline_today()
        late = RUNNING & Domain("control_on", "<", today)
        return late if True in value else ~late

    def _search_is_due_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._due_between(0, True in value)

    def _search_is_due_soon(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._due_between(SOON, True in value)

    def _due_between(self, working_days, wanted):
        company = self.env.company
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        last = desk.last_within(today, working_days, calendar) if working_days else today
        due = RUNNING & Domain("control_on", ">=", today)
        due &= Domain("control_on", "<=", last)
        return due if wanted else ~due
