from datetime import datetime, time, timedelta

from odoo import models
from odoo.tools import SQL

from ..domain import clock, control, steps
from .hotline_assignment_reminder import BY_TERM
from .hotline_step_work import Item

_DUE = """
      FROM hotline_assignment one
      JOIN (VALUES %s) AS plan (due, mark, day) ON plan.due = one.control_on
     WHERE one.state = 'sent' AND one.company_id = %s
       AND one.control_on BETWEEN %s AND %s AND one.sent_on < plan.day
       AND (one.addressee_kind <> 'other_body' OR (one.ask_result AND one.result_on IS NULL))
"""
# Answers in approval whose step came on before a moment and that nobody was reminded of today.
_SLOW = """
    SELECT answer.id, answer.ticket_id
      FROM hotline_answer answer
     WHERE answer.state = 'approval' AND answer.company_id = %s AND answer.id > %s
       AND answer.reminded_on IS DISTINCT FROM %s
       AND (SELECT line.at FROM hotline_approval line
             WHERE line.answer_id = answer.id ORDER BY line.id DESC LIMIT 1) < %s
     ORDER BY answer.id
     LIMIT %s
"""


class HotlineStep(models.Model):
    """Reminders of control dates to the executors, and of slow approvals to the approvers."""

    _inherit = "hotline.step"

    def _find_assignments(self, company, after, limit):
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        days = control.parse_days(company.hotline_reminder_days or "")
        plan = steps.reminders(today, days, calendar)
        if not plan:
            return []
        rows = SQL(", ").join(
            SQL("(%s::date, %s, %s::date)", one.due, one.mark, one.on) for one in plan
        )
        found = SQL(_DUE, rows, company.id, plan[0].due, plan[-1].due)
        return self._to_do("assignments", found, "control_on", after, limit)

    def _do_assignments(self, run, items):
        """Remind; who cannot be reached or was reminded today by hand is marked all the same."""
        assignments = self.env["hotline.assignment"].browse([item.id for item in items])
        assignments._remind(BY_TERM)
        self.env["hotline.step.mark"]._put(run, "assignments", items)

    def _find_approvals(self, company, after, limit):
        """Slow steps of approval; the answers keep their own day of the last reminder."""
        today, days = company._hotline_today(), company.hotline_approval_days
        if not days:
            return []
        calendar = self.env["hotline.day"]._calendar(company)
        # what came on on the last such day, up to its end in the body's time, is slow today
        after_last = steps.last_past(today, days, calendar) + timedelta(days=1)
        since = clock.utc_of_body(datetime.combine(after_last, time.min), company.hotline_tz)
        query = SQL(_SLOW, company.id, after, today, since, limit)
        return [Item(*row) for row in self.env.execute_query(query)]

    def _do_approvals(self, run, items):
        for answer in self.env["hotline.answer"].browse([item.id for item in items]):
            answer._remind()
