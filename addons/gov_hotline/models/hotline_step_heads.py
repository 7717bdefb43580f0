from odoo import api, models
from odoo.tools import SQL

from ..domain import steps
from .hotline_step_terms import NOT_RUNNING
from .hotline_step_work import Item

ESCALATED = "gov_hotline.mail_activity_type_escalation"


# What a head was told of a case that is over, or of which nothing is late any more.
_PAST = """
    SELECT told.id, told.res_id
      FROM mail_activity told
      JOIN helpdesk_ticket ticket ON ticket.id = told.res_id AND ticket.company_id = %s
     WHERE told.res_model = 'helpdesk.ticket' AND told.activity_type_id = %s AND told.active
       AND told.id > %s
       AND (ticket.state IN %s OR NOT EXISTS (
           SELECT FROM hotline_deadline clock
            WHERE clock.ticket_id = ticket.id AND clock.met_on IS NULL AND clock.due_on < %s))
     ORDER BY told.id
     LIMIT %s
"""


class HotlineStep(models.Model):
    """Whatever road took a case out of the overdue: the heads' activities go in the morning."""

    _inherit = "hotline.step"

    @api.model
    def _sweeps(self):
        sweeps = super()._sweeps()
        return sweeps | {steps.ESCALATION: ("past_heads", *sweeps[steps.ESCALATION])}

    def _find_past_heads(self, company, after, limit):
        kind, today = self.env.ref(ESCALATED).id, company._hotline_today()
        query = SQL(_PAST, company.id, kind, after, NOT_RUNNING, today, limit)
        return [Item(*row) for row in self.env.execute_query(query)]

    def _do_past_heads(self, run, items):
        self.env["mail.activity"].browse([item.id for item in items]).unlink()


class HelpdeskTicket(models.Model):
    """Heads are told of an overdue case by an activity each, of the case itself (B8).

    One open activity a case and head, with the newest words; it goes by itself as soon as nothing
    of the case is overdue.
    """

    _inherit = "helpdesk.ticket"

    def _tell_heads(self, company, clocks, levels):
        """Tell whom the level reached concerns; called as the system.

        `clocks`: {case: its most overdue term}, `levels`: {case: level of `steps.LEVELS`}.
        """
        told = self._heads_of(company, levels)
        Activity = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, hotline_only_told=True
        )
        asked = {(one.res_id, one.user_id): one for one in self._escalations()}
        today, fresh, common = company._hotline_today(), [], self._escalation_vals()
        for ticket, users in told.items():
            for user in users:
                vals = {"summary": clocks[ticket]._escalation_words(user.lang)}
                vals["date_deadline"] = today
                if activity := asked.get((ticket.id, user)):
                    activity.with_context(mail_activity_quick_update=True).write(vals)
                else:
                    fresh.append({**common, "res_id": ticket.id, "user_id": user.id, **vals})
        Activity.create(fresh)

    def _heads_of(self, company, levels):
        """Return {case: users to tell}, of those who may read the case."""
        Digest = self.env["hotline.outbox.digest"]
        supervisors = Digest._with_role(company, "supervisor")
        heads = company.hotline_head_id or Digest._with_role(company, "approver")
        wanted = {}
        for ticket in self:
            users = self.env["res.users"]
            if levels[ticket] >= steps.HEAD_OF_DEPARTMENT:
                users |= ticket.team_id.hotline_head_id or supervisors
            if levels[ticket] >= steps.HEAD:
                users |= heads
            wanted[ticket] = users.filtered("active")
        everybody = self.env["res.users"].union(*wanted.values())
        seen = {user: set(self.with_user(user)._filtered_access("read")._ids) for user in everybody}
        return {
            ticket: users.filtered(lambda user, case=ticket: case.id in seen[user])
            for ticket, users in wanted.items()
        }

    def _escalation_vals(self):
        return {
            "activity_type_id": self.env.ref(ESCALATED).id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "automated": True,
        }

    def _escalations(self):
        """Return the open activities of heads about these cases."""
        kind = self.env.ref(ESCALATED)
        domain = [("activity_type_id", "=", kind.id), ("res_model", "=", self._name)]
        # sudo: of colleagues
        return self.env["mail.activity"].sudo().search([*domain, ("res_id", "in", self.ids)])

    def _drop_escalations(self):
        """Take away what heads were told of those of these where nothing is late any more."""
        told = self._escalations() if self else None
        if not told:
            return
        cases = self.sudo().browse(told.mapped("res_id"))  # sudo: clocks follow from checked acts
        late = cases.filtered(lambda case: case._has_late_clock())
        told.filtered(lambda one: one.res_id not in late.ids).unlink()

    def _has_late_clock(self):
        return bool(self.deadline_ids.filtered(lambda clock: not clock.met_on)._past())

    def _meet_deadlines(self, deadlines, day):  # pylint: disable=missing-return
        super()._meet_deadlines(deadlines, day)
        if deadlines.sudo()._past():  # sudo: as above
            self._drop_escalations()


class HotlineDeadline(models.Model):
    _inherit = "hotline.deadline"

    def write(self, vals):
        """A date moved ahead (an extension, a changed calendar) is overdue no more."""
        late = self._past() if "due_on" in vals else self.browse()
        done = super().write(vals)
        late.ticket_id._drop_escalations()
        return done

    def _past(self):
        """Return those of these whose date is over, met or not."""
        return self.filtered(lambda clock: clock.due_on < clock.company_id._hotline_today())

    def _escalation_words(self, lang):
        """Return one line for a head: what, since when, who is in charge."""
        words, officer = self._reminder_words(lang), self.ticket_id.user_id
        if not officer:
            return words
        env = self.with_context(lang=lang).env
        return env._("%(what)s; in charge: %(name)s", what=words, name=officer.name)
