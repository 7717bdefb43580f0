from odoo import fields, models
from odoo.exceptions import UserError

from ..domain import closing, ends, transitions
from ..domain.problems import Problem

ART_11_1 = "ч. 1 ст. 11 59-ФЗ"


class HelpdeskTicket(models.Model):
    """From the work to one of the ends; which one follows from the questions (practice 17)."""

    _inherit = "helpdesk.ticket"

    def action_defer(self):
        """Wait for the addressees of the resolution (block two of B3). Officer."""
        self.check_access("write")
        for ticket in self:
            ticket._raise_problems(ticket._deferring_problems())
            ticket._transition("deferred")

    def _deferring_problems(self):
        """Deferred means that somebody is to answer us (B3): an assignment or a request."""
        asked = "sent" in self.request_ids.mapped("state")
        if asked or self.assignment_ids._is_open():
            return []
        return [Problem("nobody_is_asked", way_out="give_resolution")]

    def action_resume(self):
        """Take a deferred case back to work. Officer."""
        self.check_access("write")
        for ticket in self:
            ticket._transition("in_work")

    def action_close(self):
        """End the case with the final state that follows from its questions. Officer."""
        self.check_access("write")
        for ticket in self:
            ticket._check_can_close()
            ticket._end(ticket._final_state())

    def _end(self, final, **vals):
        """Move the case to its final state; from here on it is locked."""
        self.env.flush_all()  # what was decided goes to the table before the lock shuts it
        today = self.company_id._hotline_today()
        self._transition(final, closed_on=today, closed_date=fields.Datetime.now(), **vals)

    def _close_as(self, to_state):
        """Close where the caller named the end (kanban, RPC): the one that follows, or refuse."""
        if to_state == "converted" or to_state != self._final_state():
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Appeal %(number)s: the end follows from the outcomes and grounds of its "
                    "questions, it would be «%(follows)s», not «%(wanted)s».",
                    number=self.number,
                    follows=labels[self._final_state()],
                    wanted=labels[to_state],
                )
            )
        return self.action_close()

    def _final_state(self):
        """Return the end that follows from the questions as they stand now."""
        self.ensure_one()
        return ends.final_state(self.track, self._question_ends())

    def _question_ends(self):
        """Return for each question the end its ground leads to, "" where it is considered."""
        return [question._end_state() for question in self.question_ids]

    def _needs_answer(self):
        """Whether somebody is to be answered."""
        return not self.is_anonymous

    def _is_own_part_due(self):
        """Whether we answer though the case was forwarded: an extension point."""
        return False

    def _check_can_close(self):
        """Refuse with everything that stands in the way of closing, articles and ways out."""
        final = self._final_state()
        if final not in self._allowed_states():
            self._refuse_transition(final)
        self._enforce(self._closing_problems())

    def _closing_problems(self):
        """Return the Problems of closing: an extension point, rooms call super and add."""
        questions, answers = self.question_ids, self.answer_ids
        found = []
        if not questions or any(not question.outcome_id for question in questions):
            found.append(Problem("no_outcome", fields=("question_ids",), way_out="set_outcomes"))
        own_part = self._is_own_part_due()
        if (own_part or self._needs_answer()) and "given" not in answers.mapped("state"):
            found.append(closing.unanswered(self.kind, is_heads_migration=own_part))
        if self._unlawful_act_is_kept():
            found.append(Problem("unlawful_act_kept", ART_11_1, rule="ANON", way_out="forward"))
        if set(answers.mapped("state")) - {"given"}:
            found.append(Problem("draft_answer", way_out="give_or_delete"))
        return found

    def _unlawful_act_is_kept(self):
        """ANON (art. 11 p. 1): nobody is answered, but an unlawful act goes to whom it concerns."""
        told = self.is_anonymous and self.unlawful_act == "yes"
        return told and transitions.FORWARDED not in self._question_ends()
