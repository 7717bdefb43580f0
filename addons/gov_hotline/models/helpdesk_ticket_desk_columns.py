from dataclasses import replace

from odoo import api, fields, models

from ..domain import assignments as rules
from ..domain import desk
from ..domain.transitions import WORKING_STATES
from .hotline_assignment import STAFF

ORDER_OF_ANSWER = ("", "draft", "approval", "approved", "given")
SHORT_NAME = 18  # characters of the first addressee before «and 2 more»
STANDING = (rules.SENT, rules.ANSWERED, rules.ACCEPTED, rules.RETURNED)


class HelpdeskTicket(models.Model):
    """Two columns of the desk: who has the case, and what it lacks. Counted for a page at once."""

    _inherit = "helpdesk.ticket"

    addressees_text = fields.Char(
        string="Who has it", compute="_compute_desk_columns", compute_sudo=True, groups=STAFF
    )
    addressees_short = fields.Char(
        string="Who has it (short)",
        compute="_compute_desk_columns",
        compute_sudo=True,
        groups=STAFF,
    )
    missing_text = fields.Char(
        string="What is missing", compute="_compute_desk_columns", compute_sudo=True, groups=STAFF
    )
    is_executor_late = fields.Boolean(
        compute="_compute_desk_columns", compute_sudo=True, groups=STAFF
    )
    desk_summary = fields.Char(
        string="Summary and questions", compute="_compute_desk_columns", compute_sudo=True,
        groups=STAFF,
    )  # fmt: skip

    @api.depends(
        "assignment_ids.state", "assignment_ids.control_on", "assignment_ids.ask_state",
        "question_ids.outcome_id", "answer_ids.state", "state", "name", "is_anonymous",
        "assignment_ids.posted_on", "notice_ids.state",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_desk_columns(self):
        standing = {
            ticket: ticket.assignment_ids.filtered(lambda one: one.state in STANDING)
            for ticket in self
        }
        all_facts = self._all_desk_facts(standing)
        for ticket in self:
            names = [*dict.fromkeys(filter(None, standing[ticket].mapped("partner_id.name")))]
            facts = all_facts.get(ticket)
            ticket.update(
                {
                    "addressees_text": ", ".join(names),
                    "addressees_short": ticket._short_names(names),
                    "desk_summary": ticket._summary_words(),
                    "missing_text": facts and ticket._missing_words(facts),
                    "is_executor_late": bool(facts and facts.late_by),
                }
            )

    def _all_desk_facts(self, standing):
        """Return {case in work: facts}; letters are looked for where nothing else is left to do."""
        working = self.filtered(lambda ticket: ticket.state in WORKING_STATES)
        facts = {ticket: ticket._desk_facts(standing[ticket]) for ticket in working}
        ending = working.filtered(lambda ticket: desk.TO_CLOSE in desk.missing(facts[ticket]))
        letters = ending._letters_under_way()
        return {
            ticket: replace(known, letters=letters.get(ticket.id, frozenset()))
            for ticket, known in facts.items()
        }

    def _short_names(self, names):
        """Return the first of several names, cut to leave room for how many more there are."""
        if len(names) < 2:
            return ", ".join(names)
        first, more = names[0], len(names) - 1
        if len(first) > SHORT_NAME:
            first = f"{first[: SHORT_NAME - 1].rstrip()}…"
        return self.env._("%(name)s and %(count)s more", name=first, count=more)

    def _summary_words(self):
        count = len(self.question_ids)
        if count < 2:
            return self.name
        return self.env._("%(summary)s (%(count)s questions)", summary=self.name, count=count)

    def _desk_facts(self, standing):
        """Return what the domain needs to tell what the case lacks."""
        answers = self.answer_ids.mapped("state")
        facts = desk.Facts(
            questions=len(self.question_ids),
            decided=len(self.question_ids.filtered("outcome_id")),
            answer=max(answers, key=ORDER_OF_ANSWER.index, default=""),
            **(self._assignment_facts(standing) if self.assignment_ids else {}),
        )
        # dear, so only asked where nothing else stops the case
        if desk.waits_for_us(facts) and not self._needs_answer():
            return replace(facts, needs_answer=False)
        return facts

    def _assignment_facts(self, standing):
        """Return what the executors have to do with it; `standing`: assignments not taken back."""
        running = standing.filtered("is_waiting")
        states = standing.mapped("state")
        return {
            "drafts": len(self.assignment_ids.filtered(lambda one: one.state == rules.DRAFT)),
            "awaited": len(running),
            "sent": len(standing),
            "late_by": max(-min(running.mapped("days_left"), default=0), 0),
            "returned": states.count(rules.RETURNED),
            "answered": states.count(rules.ANSWERED),
            "asks_time": "asked" in running.mapped("ask_state"),
        }

    def _missing_words(self, facts):
        return ", ".join(self._missing_word(code, facts) for code in desk.missing(facts))

    def _missing_word(self, code, facts):
        if code == desk.AWAITED and facts.sent > 1:
            return self.env._(
                "%(count)s of %(all)s assignments unanswered", count=facts.awaited, all=facts.sent
            )
        return {
            desk.RETURNED: lambda: self.env._("not their competence: decide"),
            desk.ASKS_TIME: lambda: self.env._("the executor asks for time"),
            desk.ANSWERED: lambda: self.env._("take the executor's answer"),
            desk.UNSENT: lambda: self.env._("the resolution was not sent"),
            desk.EXECUTOR_LATE: lambda: self.env._(
                "the executor is %(days)s d. late", days=facts.late_by
            ),
            desk.AWAITED: lambda: self.env._("assignment unanswered"),
            desk.NO_RESOLUTION: lambda: self.env._("no resolution"),
            desk.NO_ANSWER: lambda: self.env._("answer to the applicant"),
            desk.ANSWER_DRAFT: lambda: self.env._("answer in preparation"),
            desk.ANSWER_APPROVAL: lambda: self.env._("answer in approval"),
            desk.ANSWER_APPROVED: lambda: self.env._("give the approved answer"),
            desk.LETTER_ASTRAY: lambda: self.env._("a letter did not leave: send it again"),
            desk.LETTER_TO_POST: lambda: self.env._("a letter is to be printed and sent"),
            desk.LETTER_QUEUED: lambda: self.env._("a letter is in the queue"),
            desk.TO_CLOSE: lambda: self.env._("close the case"),
            desk.QUESTIONS: lambda: self.env._(
                "%(decided)s of %(all)s questions", decided=facts.decided, all=facts.questions
            ),
        }[code]()
