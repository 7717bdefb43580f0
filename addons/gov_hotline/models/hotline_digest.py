from odoo import fields, models

from ..domain import steps
from .hotline_step_work import Item

ACTIVITY = "gov_hotline.mail_activity_type_outbox"
SCOPES = [("own", "My appeals"), ("department", "My department"), ("all", "The whole body")]
STEP_READERS = {"supervisor", "administrator"}
COUNTS = (
    "awaited", "due_today", "due_soon", "overdue", "escalated", "to_register", "decisions",
    "approvals", "count",
)  # fmt: skip


class HotlineStep(models.Model):
    """The last step of the morning: one digest a person, at half past eight."""

    _inherit = "hotline.step"

    def _sweeps(self):
        return super()._sweeps() | {steps.DIGEST: ("past_digests", "digests")}

    def _find_past_digests(self, company, after, limit):
        """Digests of days before that are still in somebody's bell."""
        domain = [
            ("company_id", "=", company.id), ("day", "<", company._hotline_today()),
            ("activity_ids", "!=", False), ("id", ">", after),
        ]  # fmt: skip
        found = self.env["hotline.outbox.digest"].search(domain, order="id", limit=limit)
        return [Item(digest.id, 0) for digest in found]

    def _do_past_digests(self, run, items):
        digests = self.env["hotline.outbox.digest"].browse([item.id for item in items])
        digests.activity_unlink([ACTIVITY])

    def _find_digests(self, company, after, limit):
        """Whoever has something to read this morning and has no digest of today."""
        vals = self.env["hotline.outbox.digest"]._prepare_all(company)
        todo = sorted(user for user in vals if user.id > after)[:limit]
        return [Item(user.id, 0, vals[user]) for user in todo]

    def _do_digests(self, run, items):
        Digest = self.env["hotline.outbox.digest"]
        Digest.create([item.facts for item in items])._tell(run.day)


class HotlineOutboxDigest(models.Model):
    """What a digest says: counted for everybody at once, by who asks."""

    _inherit = "hotline.outbox.digest"

    scope = fields.Selection(SCOPES, readonly=True, required=True, default="own")
    awaited = fields.Integer(string="Answers awaited", readonly=True)
    due_today = fields.Integer(string="Due today", readonly=True)
    due_soon = fields.Integer(string="3 days", readonly=True)
    overdue = fields.Integer(readonly=True)
    escalated = fields.Integer(string="Escalated to you", readonly=True)
    to_register = fields.Integer(string="Wait for registration", readonly=True)
    decisions = fields.Integer(string="To be decided today", readonly=True)
    approvals = fields.Integer(string="Wait for your approval", readonly=True)
    steps_text = fields.Text(string="Scheduled steps", readonly=True)
    unfinished_text = fields.Text(string="What the digest did not wait for", readonly=True)
    head_text = fields.Char(string="Control mark of the journal", readonly=True)

    def _prepare_all(self, company):
        """Return {user: values of the digest of today} of whoever has something to read."""
        counts = self.env["hotline.digest.counts"]._of(company)
        troubled = self._by_user(company, self._troubled(company))
        day = company._hotline_today()
        told = self.search([("company_id", "=", company.id), ("day", "=", day)]).user_id
        people = self.env["hotline.digest.counts"]._people(company)
        return {
            user: vals
            for user, roles in people.items()
            if user not in told
            and (vals := self._prepare_one(company, user, roles, counts, troubled.get(user, [])))
        }

    def _prepare_one(self, company, user, roles, counts, troubled):
        """Return the values of one digest; None where there is nothing to say."""
        words = self.with_context(lang=user.lang)
        scope, numbers = counts.of(user, roles)
        vals = {
            **numbers,
            "count": len(troubled),
            "steps_text": words._steps_words(counts.runs) if STEP_READERS & roles else False,
            "head_text": words._head_words(counts.head) if "auditor" in roles else False,
        }
        if not any(vals.values()):
            return None
        return {
            "company_id": company.id,
            "user_id": user.id,
            "day": company._hotline_today(),
            "scope": scope,
            "text": words._lines(troubled),
            "unfinished_text": words._unfinished_words(company),
            "ticket_ids": [fields.Command.set(self._cases_of(troubled).ids)],
            **vals,
        }

    def _cases_of(self, troubled):
        """Return the appeals; a letter with a report is of none."""
        return self.env["helpdesk.ticket"].union(*(one.ticket_id for one in troubled))

    def _steps_words(self, runs):
        """Return a line for each step of the day that did not go well."""
        labels = dict(
            self.env["hotline.step.run"]._fields["state"]._description_selection(self.env)
        )
        return "\n".join(
            " — ".join(
                filter(None, (run.with_env(self.env).step_id.name, labels[run.state], run.why))
            )
            for run in runs
        )

    def _unfinished_words(self, company):
        """Say which step before the digest has not come to its end, and why; False where none."""
        Step, Run = self.env["hotline.step"], self.env["hotline.step.run"]
        runs = Run._of_day(company, company._hotline_today())
        active = Step.search([("is_on", "=", True)])
        states = {code: run.state for code, run in runs.items()}
        codes = steps.unfinished(steps.DIGEST, states, active.mapped("code"))
        if not codes:
            return False
        names = {step.code: step.name for step in active}
        first = runs.get(codes[0], Run)
        labels = dict(Run._fields["state"]._description_selection(self.env))
        state = labels[first.state or steps.WAITING]
        lines = [
            self.env._("This digest did not wait for all steps: something may be missing in it."),
            " — ".join(filter(None, (names[codes[0]], state, first.why))),
        ]
        if codes[1:]:
            rest = ", ".join(names[code] for code in codes[1:])
            lines.append(self.env._("Not done after it: %(names)s", names=rest))
        return "\n".join(lines)

    def _head_words(self, head):
        """Return the journal's last control mark, to be kept outside the server."""
        if not head:
            return False
        return self.env._(
            "No. %(number)s of %(day)s: %(hash)s",
            number=head.number,
            day=head.day.strftime("%d.%m.%Y"),
            hash=head.seal_hash,
        )

    def _tell(self, today):
        """Plan the activities; quick: Odoo mails nobody about them."""
        for digest in self:
            digest.with_context(mail_activity_quick_update=True).activity_schedule(
                ACTIVITY,
                date_deadline=today,
                summary=digest.with_context(lang=digest.user_id.lang)._headline(),
                user_id=digest.user_id.id,
            )

    def _headline(self):
        """Return the digest in one line: what burns first."""
        words = {
            "awaited": self.env._("answers awaited today: %(count)s", count=self.awaited),
            "overdue": self.env._("overdue: %(count)s", count=self.overdue),
            "due_today": self.env._("due today: %(count)s", count=self.due_today),
            "due_soon": self.env._("3 days: %(count)s", count=self.due_soon),
            "escalated": self.env._("escalated to you: %(count)s", count=self.escalated),
            "to_register": self.env._("wait for registration: %(count)s", count=self.to_register),
            "decisions": self.env._("to be decided today: %(count)s", count=self.decisions),
            "approvals": self.env._("wait for your approval: %(count)s", count=self.approvals),
            "count": self.env._("letters and SMS that did not leave: %(count)s", count=self.count),
        }
        told = [text for name, text in words.items() if self[name]]
        if self.steps_text:
            told.append(self.env._("scheduled steps did not go well"))
        if self.head_text:
            told.append(self.env._("control mark of the journal"))
        line = " · ".join(told)
        return line[:1].upper() + line[1:]
