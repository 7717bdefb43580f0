from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ..domain import desk, steps
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
# Appeals, as the desk counts them: three executors of one appeal are one row of the desk.
_AWAITED = """
    SELECT ticket.user_id, ticket.team_id, count(DISTINCT ticket.id)
      FROM hotline_assignment one
      JOIN helpdesk_ticket ticket ON ticket.id = one.ticket_id
       AND ticket.state NOT IN %s AND ticket.active
     WHERE one.state = 'sent' AND one.company_id = %s
       AND (one.addressee_kind <> 'other_body' OR (one.ask_result AND one.result_on IS NULL))
     GROUP BY ticket.user_id, ticket.team_id
"""
_ESCALATED = """
    SELECT ticket.team_id, done.mark, ticket.id
      FROM hotline_step_mark done
      JOIN hotline_step_run run ON run.id = done.run_id AND run.company_id = %s AND run.day = %s
      JOIN helpdesk_ticket ticket ON ticket.id = done.ticket_id AND ticket.state NOT IN %s
     WHERE done.sweep = 'late'
     GROUP BY ticket.team_id, done.mark, ticket.id
"""
_UNREGISTERED = """
    SELECT DISTINCT ticket.id
      FROM hotline_step_mark done
      JOIN helpdesk_ticket ticket ON ticket.id = done.ticket_id
     WHERE done.sweep = 'unregistered' AND ticket.company_id = %s AND ticket.state = 'draft'
"""


@dataclass(frozen=True)
class Counts:
    """What the morning's queries found of one body, and how each person's share is summed."""

    cases: tuple  # (officer, department, overdue, today, 3 days)
    awaited: tuple  # (officer, department, how many)
    escalated: tuple  # (department, level, case)
    unregistered: int
    decisions: int
    approvals: dict
    heads: object
    runs: object
    head: object

    def of(self, user, roles):
        """Return (scope, {name: number}) of `user`, who sees the widest of what the roles see."""
        departments = {team for team, head in self.heads.departments.items() if head == user.id}
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
            "escalated": len(self.heads.told(self.escalated, user, roles)),
            "to_register": self.unregistered if "supervisor" in roles else 0,
            "decisions": self.decisions if "approver" in roles else 0,
            "approvals": self.approvals.get(user.id, 0),
        }


@dataclass(frozen=True)
class Heads:
    """Who is told of what is late: heads of departments, the head of the body."""

    departments: dict  # {department: its head}
    body: int

    def told(self, rows, user, roles):
        """Return the ids of the cases of `rows` (department, level, case) that `user` is told of.

        From level 2 on: the head of the department, else the supervisors; level 3: the head too.

        A case that was late before the steps first ran reaches level 3 at once: nobody is left out.
        """
        is_head = self.body == user.id or (not self.body and "approver" in roles)
        return {
            case
            for team, level, case in rows
            if (level == steps.HEAD and is_head)
            or (level >= steps.HEAD_OF_DEPARTMENT and self._leads(team, user, roles))
        }

    def _leads(self, team, user, roles):
        head = self.departments.get(team)
        return head == user.id if head else "supervisor" in roles


class HotlineDigestCounts(models.AbstractModel):
    """The numbers of a morning: as many queries for a thousand people as for one."""

    _name = "hotline.digest.counts"
    _description = "Numbers of the morning digest"

    @api.model
    def _of(self, company):
        """Return the Counts of `company` today; called as the system."""
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        last = desk.last_within(today, SOON, calendar)
        cases = SQL(_CASES, today, today, today, company.id, NOT_RUNNING, last)
        return Counts(
            cases=tuple(self.env.execute_query(cases)),
            awaited=tuple(self.env.execute_query(SQL(_AWAITED, NOT_RUNNING, company.id))),
            escalated=self._escalated(company, today),
            unregistered=len(self._unregistered(company)),
            decisions=self._decisions(company),
            approvals=self._approvals(company),
            heads=self._heads(company),
            runs=self._troubled_runs(company, today),
            head=self.env["hotline.journal.head"].search([], limit=1),
        )

    @api.model
    def _unregistered(self, company):
        """Return the ids of the drafts that the morning step found waiting too long."""
        return [case for (case,) in self.env.execute_query(SQL(_UNREGISTERED, company.id))]

    @api.model
    def _escalated(self, company, day):
        """Return (department, level, case) of what was escalated on `day` and still runs."""
        return tuple(self.env.execute_query(SQL(_ESCALATED, company.id, day, NOT_RUNNING)))

    @api.model
    def _heads(self, company):
        teams = self.env["helpdesk.ticket.team"].search([("hotline_head_id", "!=", False)])
        departments = {team.id: team.hotline_head_id.id for team in teams}
        return Heads(departments, company.hotline_head_id.id)

    @api.model
    def _escalated_to_one(self, company, day, user):
        """Return the ids of the running cases that `user` was told of on `day` as a head."""
        roles = self.env["helpdesk.ticket"].with_user(user)._roles()
        rows = self._escalated(company, day)
        return sorted(self._heads(company).told(rows, user, roles))

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
