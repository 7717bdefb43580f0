from odoo import api, models
from odoo.tools import SQL

from ..domain import control, steps
from ..domain.transitions import FINAL_STATES
from .hotline_step_work import OPENED

ACTIVITY = "gov_hotline.mail_activity_type_term"
TOLD = (ACTIVITY, "gov_hotline.mail_activity_type_draft")
# What must leave within seven days, and what must be answered: two steps of the day.
SHORT = ("forward", "return", "notify")
LONG = ("answer", "request", "other")
NOT_RUNNING = ("draft", *FINAL_STATES)

# `plan`: what to remind of today (days of the term, due date, mark, day of the mark).
_DUE = """
      FROM hotline_deadline one
      JOIN hotline_term term ON term.id = one.term_id AND term.purpose IN %s
      JOIN (VALUES %s) AS plan (days, due, mark, day)
        ON plan.days = term.reminder_days AND plan.due = one.due_on
      JOIN opened ON opened.id = one.ticket_id
     WHERE one.met_on IS NULL AND one.start_on < plan.day AND one.due_on BETWEEN %s AND %s
"""


class HotlineStep(models.Model):
    """Reminders of terms that run: officers are told 10, 5, 3, 1 working days before (B8)."""

    _inherit = "hotline.step"

    @api.model
    def _sweeps(self):
        return super()._sweeps() | {
            steps.FORWARDING: ("short_terms",),
            steps.REMINDERS: ("long_terms", "assignments", "approvals"),
        }

    def _find_short_terms(self, company, after, limit):
        return self._due_terms(company, SHORT, after, limit)

    def _find_long_terms(self, company, after, limit):
        return self._due_terms(company, LONG, after, limit)

    def _do_short_terms(self, run, items):
        self._do_terms(run, items)

    def _do_long_terms(self, run, items):
        self._do_terms(run, items)

    @api.model
    def _due_terms(self, company, purposes, after, limit):
        """Return the Items of running terms whose reminder is due and was not sent."""
        plan = self._plan(company)
        if not plan:
            return []
        dates = [due for _days, due, _mark, _day in plan]
        rows = SQL(", ").join(
            SQL("(%s, %s::date, %s, %s::date)", days, due, mark, day)
            for days, due, mark, day in plan
        )
        found = SQL(_DUE, purposes, rows, min(dates), max(dates))
        opened = SQL(OPENED, company.id, NOT_RUNNING)
        return self._to_do("terms", found, "due_on", after, limit, opened)

    @api.model
    def _plan(self, company):
        """Return [(days of a term, due date, mark, day of the mark)] of today at `company`."""
        today = company._hotline_today()
        calendar = self.env["hotline.day"]._calendar(company)
        query = "SELECT DISTINCT reminder_days FROM hotline_term WHERE reminder_days <> ''"
        return [
            (days, one.due, one.mark, one.on)
            for (days,) in self.env.execute_query(SQL(query))
            for one in steps.reminders(today, control.parse_days(days), calendar)
        ]

    def _do_terms(self, run, items):
        """Tell the officers, mark the terms: a batch with as many queries as one case."""
        clocks = self.env["hotline.deadline"].browse([item.id for item in items])
        tickets = clocks.ticket_id
        words = {}  # the nearest date of a case is the one that is told
        for clock in clocks.sorted("due_on", reverse=True):
            words[clock.ticket_id] = clock
        tickets._tell_of_terms({ticket: clock._reminder_words for ticket, clock in words.items()})
        self.env["hotline.step.mark"]._put(run, "terms", items)


class HotlineDeadline(models.Model):
    _inherit = "hotline.deadline"

    def _reminder_words(self, lang):
        """Return one line for the officer: what, until when."""
        words = self.with_context(lang=lang)
        facts = {"name": words.term_id.name, "day": self.due_on.strftime("%d.%m.%Y")}
        if self.due_on < self.company_id._hotline_today():
            return words.env._("Overdue since %(day)s: %(name)s", **facts)
        return words.env._("Until %(day)s: %(name)s", **facts)


class HelpdeskTicket(models.Model):
    """The officer is told of a term by one activity of the case, always with the newest words."""

    _inherit = "helpdesk.ticket"

    def _tell_of_terms(self, words):
        """Plan or freshen the activity of each case; `words`: {ticket: function of a language}.

        Called as the system; quick: Odoo mails nobody, nobody becomes a follower.
        """
        kind = self.env.ref(ACTIVITY)
        Activity = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, hotline_only_told=True
        )
        domain = [("activity_type_id", "=", kind.id), ("res_model", "=", self._name)]
        open_ones = Activity.search([*domain, ("res_id", "in", self.ids)])
        asked = {(one.res_id, one.user_id): one for one in open_ones}
        fresh, kept = [], Activity
        for ticket in self:
            for user in ticket._told_of_additions():
                text = words[ticket](user.lang)
                today = ticket.company_id._hotline_today()
                if activity := asked.get((ticket.id, user)):
                    activity.write({"summary": text, "date_deadline": today})
                    kept += activity
                else:
                    fresh.append(self._term_activity_vals(kind, ticket, user, text, today))
        (open_ones - kept).unlink()
        Activity.create(fresh)

    def _term_activity_vals(self, kind, ticket, user, text, today):
        return {
            "activity_type_id": kind.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": ticket.id,
            "user_id": user.id,
            "summary": text,
            "date_deadline": today,
            "automated": True,
        }

    def _meet_deadlines(self, deadlines, day):  # pylint: disable=missing-return
        """What is done needs no reminder; another term of the case is reminded of anew."""
        super()._meet_deadlines(deadlines, day)
        if deadlines:
            self.sudo().activity_unlink(TOLD)  # sudo: also those of colleagues
