from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ..domain import steps
from .hotline_step_terms import NOT_RUNNING

SOON = 3  # working days
ROLES = ("officer", "supervisor", "approver", "auditor", "administrator")

_CASES = """
    SELECT user_id, team_id, count(*) FILTER (WHERE due_on < %s),
           count(*) FILTER (WHERE due_on = %s), count(*) FILTER (WHERE due_on >= %s)
      FROM helpdesk_ticket
     WHERE company_id = %s AND state NOT IN %s AND due_on <= %s AND active
     GROUP BY user_id, team_id
"""
_AWAITED = """
    SELECT ticket.user_id, ticket.team_id, count(*)
      FROM hotline_assignment one
      JOIN helpdesk_ticket ticket ON ticket.id = one.ticket_id
     WHERE one.state = 'sent' AND one.company_id = %s
       AND (one.addressee_kind <> 'other_body' OR (one.ask_result AND one.result_on IS NULL))
     GROUP BY ticket.user_id, ticket.team_id
"""
_ESCALATED = """
    SELECT ticket.team_id, done.mark, count(DISTINCT ticket.id)
      FROM hotline_step_mark done
      JOIN hotline_step_run run ON run.id = done.run_id AND run.company_id = %s AND run.day = %s
      JOIN helpdesk_ticket ticket ON ticket.id = done.ticket_id AND ticket.state NOT IN %s
     WHERE done.sweep = 'late'
     GROUP BY ticket.team_id, done.mark
"""
_UNREGISTERED = """
    SELECT count(DISTINCT ticket.id)
      FROM hotline_step_mark done
      JOIN helpdesk_ticket ticket ON ticket.id = done.ticket_id
     WHERE done.sweep = 'unregistered' AND ticket.company_id = %s AND ticket.state = 'draft'
"""


@dataclass(frozen=True)
class Counts:
    """What the morning's queries found of one body, and how each person's share is summed."""

    cases: tuple  # (officer, department, overdue, today, 3 days)
    awaited: tuple  # (officer, department, how many)
    escalated: tuple  # (department, level, how many)
    unregistered: int
    decisions: int
    approvals: dict
    heads: dict  # {department: its head}
    head_of_body: int
    runs: object
    head: object

    def of(self, user, roles):
        """Return (scope, {name: number}) of `user`, who sees the widest of what the roles see."""
        departments = {team for team, head in self.heads.items() if head == user.id}
        scope = "own"
        if {"supervisor", "approver", "auditor"} & roles:
            scope = "all"
        elif departments:
            scope = "department"
        mine = {
            "own": lambda row: row[0] == user.id,
            "department": lambda row: row[1] in departments or row[0] == user.id,
            "all": lambda row: True,
        }[scope]
        cases = [row for row in self.cases if mine(row)]
        return scope, {
            "overdue": sum(row[2] for row in cases),
            "due_today": sum(row[3] for row in cases),
            "due_soon": sum(row[4] for row in cases),
            "awaited": sum(row[2] for row in self.awaited if mine(row)),
            "escalated": self._escalated_to(user, roles, departments),
            "to_register": self.unregistered if "supervisor" in roles else 0,
            "decisions": self.decisions if "approver" in roles else 0,
            "approvals": self.approvals.get(user.id, 0),
        }

    def _escalated_to(self, user, roles, departments):
        """From level 2 on: the head of the department, else the supervisors; level 3: the head too.

        A case that was late before the steps first ran reaches level 3 at once: nobody is left out.
        """
        is_head = self.head_of_body == user.id or (not self.head_of_body and "approver" in roles)
        return sum(
            count
            for team, level, count in self.escalated
            if (level == steps.HEAD and is_head)
            or (
                level >= steps.HEAD_OF_DEPARTMENT
                and (team in departments or ("supervisor" in roles and not self.heads.get(team)))
            )
        )


class HotlineDigestCounts(models.AbstractModel):
    """The numbers of a morning: as many queries for a thousand people as for one."""

    _name = "hotline.digest.counts"
    _description = "Numbers of the morning digest"

    @api.model
    def _of(self, company):
        """Return the Counts of `company` today; called as the system."""
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        last = calendar.add_working_days(today, SOON)
        cases = SQL(_CASES, today, today, today, company.id, NOT_RUNNING, last)
        teams = self.env["helpdesk.ticket.team"].search([("hotline_head_id", "!=", False)])
        return Counts(
            cases=tuple(self.env.execute_query(cases)),
            awaited=tuple(self.env.execute_query(SQL(_AWAITED, company.id))),
            escalated=tuple(
                self.env.execute_query(SQL(_ESCALATED, company.id, today, NOT_RUNNING))
            ),
            unregistered=self.env.execute_query(SQL(_UNREGISTERED, company.id))[0][0],
            decisions=self._decisions(company),
            approvals=self._approvals(company),
            heads={team.id: team.hotline_head_id.id for team in teams},
            head_of_body=company.hotline_head_id.id,
            runs=self._troubled_runs(company, today),
            head=self.env["hotline.journal.head"].search([], limit=1),
        )

    @api.model
    def _decisions(self, company):
        tickets = self.env["helpdesk.ticket"].with_company(company)
        domain = [("needs_decision_today", "=", True), ("company_id", "=", company.id)]
        return tickets.search_count(domain)

    @api.model
    def _approvals(self, company):
        """Return {id of an approver or substitute: how many answers wait for a decision}."""
        found = {}
        domain = [("state", "=", "approval"), ("company_id", "=", company.id)]
        for answer in self.env["hotline.answer"].search(domain):
            for user in answer._may_decide():
                found[user.id] = found.get(user.id, 0) + 1
        return found

    @api.model
    def _troubled_runs(self, company, today):
        states = (steps.FAILED, steps.PARTLY, steps.WAITING)
        runs = self.env["hotline.step.run"]._of_day(company, today).values()
        return [run for run in runs if run.state in states]

    @api.model
    def _people(self, company):
        """Return {user: set of roles} of whoever may get a digest."""
        Digest = self.env["hotline.outbox.digest"]
        people = {}
        for role in ROLES:
            for user in Digest._with_role(company, role):
                people.setdefault(user, set()).add(role)
        teams = self.env["helpdesk.ticket.team"].search([("hotline_head_id", "!=", False)])
        heads = teams.hotline_head_id
        for user in (heads | company.hotline_head_id).filtered("active"):
            people.setdefault(user, set()).add("head")
        return people
