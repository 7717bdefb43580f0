from odoo import fields, models
from odoo.exceptions import UserError

from ..domain import strictness
from .problem_texts import problem_text
from .reasons import ReasonNeededError


class HelpdeskTicket(models.Model):
    """Blocks and warnings: what the rules say of an act, and the written reasons for departing."""

    _inherit = "helpdesk.ticket"

    override_ids = fields.One2many(
        "hotline.override",
        "ticket_id",
        string="Departures from rules",
        groups="gov_hotline.group_officer,gov_hotline.group_supervisor,gov_hotline.group_auditor",
    )

    def action_override(self, rule_code, reason, subject=""):
        """Record why rule `rule_code` is departed from (officer); return nothing.

        `subject`: "model,id" of the record it is about, empty for the whole case. Raises UserError
        for a rule that blocks or for a reason of less than ten characters.
        """
        self.ensure_one()
        self._require_role("officer")
        self.check_access("write")
        rules = self.env["hotline.rule"]._in_force(self._rule_day())
        rule = rules.get(rule_code)
        if rule is None or rule.value == "block":
            raise UserError(
                self.env._("This rule cannot be departed from: %(rule)s.", rule=rule_code)
            )
        self.env["hotline.override"]._record(self, [{"rule_code": rule_code}], [reason], subject)

    def _enforce(self, problems, subject=""):
        """Refuse what the rules block; each warning passes with its own written reason.

        A reason recorded before for the same `subject` counts; so do those of the context, which
        are recorded: `hotline_reasons` ({key of the warning: reason}, see `strictness.key`) and
        `hotline_reason` (for all that have none). Raises UserError (ReasonNeededError).
        """
        self.ensure_one()
        found = self._applied(problems)
        blocks = [problem for problem in found if problem.blocks]
        if blocks:
            raise UserError("\n".join(self._problem_lines(blocks)))
        warnings = strictness.without_reason(found, self._reasons_given(subject))
        if not warnings:
            return
        reasons = [self._reason_in_context(problem) for problem in warnings]
        if None in reasons:
            self._ask_reason(warnings, subject)
        self._require_role("officer", "approver", "administrator")
        departures = [
            {
                "rule_code": problem.rule or problem.code,
                "finding": strictness.key(problem),
                "warning": words,
            }
            for problem, words in zip(warnings, self._problem_lines(warnings), strict=True)
        ]
        self.env["hotline.override"]._record(self, departures, reasons, subject)

    def _reason_in_context(self, problem):
        """Return the reason given with the act for this warning, None where there is none."""
        own = (self.env.context.get("hotline_reasons") or {}).get(strictness.key(problem))
        reason = own or self.env.context.get("hotline_reason")
        return None if reason is None else str(reason)

    def _ask_reason(self, warnings, subject):
        lines = self._problem_lines(warnings)
        keys = [strictness.key(problem) for problem in warnings]
        head = self.env._("A written reason is needed to go on:")
        message = "\n".join([head, *lines])
        raise ReasonNeededError(message, dict(zip(keys, lines, strict=True)), self.id, subject)

    def _applied(self, problems):
        """Return the problems with the severity of the rules in force for this case."""
        return self.env["hotline.rule"]._applied(problems, self._rule_day())

    def _why_blocked(self, problems):
        """Return what the rules forbid, in words for a grey button; False where only warned."""
        blocks = [problem for problem in self._applied(problems) if problem.blocks]
        return "\n".join(self._problem_lines(blocks)) or False

    def _problem_lines(self, problems):
        return [problem_text(self.env, problem) for problem in problems]

    def _rule_day(self):
        """Return the day whose rules bind the act: today's of the body."""
        return (self.company_id or self.env.company)._hotline_today()

    def _reasons_given(self, subject):
        """Return what a reason was recorded for, of `subject` or the whole case.

        Keys of warnings, and codes of the rules that were departed from as a whole.
        """
        # sudo: a reason given counts, whoever acts on
        given = self.sudo().override_ids.filtered(lambda one: (one.subject or "") in (subject, ""))
        return frozenset(one.finding or one.rule_code for one in given)
