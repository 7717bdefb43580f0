from odoo import models
from odoo.tools import SQL

from ..domain import control, steps
from .hotline_assignment_reminder import BY_TERM
from .hotline_step_work import Item

_DUE = """
    SELECT one.id, one.ticket_id, one.control_on, plan.mark
      FROM hotline_assignment one
      JOIN (VALUES %s) AS plan (due, mark, day) ON plan.due = one.control_on
     WHERE one.state = 'sent' AND one.company_id = %s AND one.id > %s
       AND one.control_on BETWEEN %s AND %s AND one.sent_on < plan.day
       AND (one.addressee_kind <> 'other_body' OR (one.ask_result AND one.result_on IS NULL))
       AND NOT EXISTS (
           SELECT FROM hotline_step_mark done
            WHERE done.sweep = 'assignments' AND done.res_id = one.id
              AND done.due_on = one.control_on AND done.mark <= plan.mark)
     ORDER BY one.id
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
        found = self.env.execute_query(
            SQL(_DUE, rows, company.id, after, plan[0].due, plan[-1].due, limit)
        )
        return [Item(row[0], row[1], {"due": row[2], "mark": row[3]}) for row in found]

    def _do_assignments(self, run, items):
        """Remind; who cannot be reached or was reminded today by hand is marked all the same."""
        assignments = self.env["hotline.assignment"].browse([item.id for item in items])
        assignments._remind(BY_TERM)
        self.env["hotline.step.mark"]._put(run, "assignments", items)

    def _find_approvals(self, company, after, limit):
        """Slow steps of approval; the answers keep their own day of the last reminder."""
        today = company._hotline_today()
        Answer = self.env["hotline.answer"]
        domain = [("state", "=", "approval"), ("company_id", "=", company.id), ("id", ">", after)]
        waiting = Answer.search(domain, order="id").filtered("is_step_slow")
        return [
            Item(answer.id, answer.ticket_id.id)
            for answer in waiting
            if answer.reminded_on != today
        ][:limit]

    def _do_approvals(self, run, items):
        for answer in self.env["hotline.answer"].browse([item.id for item in items]):
            answer._remind()
