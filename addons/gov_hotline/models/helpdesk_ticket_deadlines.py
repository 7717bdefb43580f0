from odoo import models

from ..domain import term_choice


class HelpdeskTicket(models.Model):
    """The clocks of an appeal."""

    _inherit = "helpdesk.ticket"

    def _start_deadlines(self, trigger, start, stated=""):
        """Start the terms that `trigger` starts on date `start`; return the deadlines.

        With `stated`, the ground that has just been stated, only the terms of that ground:
        `_start_deadlines("registered", ticket.registered_on, stated="court_decision")`.
        """
        self.ensure_one()
        Deadline = self.env["hotline.deadline"].sudo()  # clocks are set by acts, not by users
        return Deadline.create(self._deadline_vals(trigger, start, stated))

    def _start_first_deadlines(self):
        """Start the terms of the receipt, met by the registration, and the registration's own.

        Returns the deadlines of the receipt. All are made at once: a registration waits for it.
        """
        received, registered = [], []
        for ticket in self:
            day = ticket.registered_on
            met = ticket._deadline_vals("received", ticket.received_on)
            received += [{**vals, "met_on": day} for vals in met]
            registered += ticket._deadline_vals("registered", day)
        if not received + registered:
            return self.env["hotline.deadline"]
        made = self.env["hotline.deadline"]._create_by_case(received + registered)
        return made[: len(received)]

    def _deadline_vals(self, trigger, start, stated=""):
        prepare = self.env["hotline.deadline"]._prepare_vals
        applicable = self._applicable_terms(trigger, start, stated)
        return [prepare(self, term, start) for term in applicable]

    def _applicable_terms(self, trigger, start, stated=""):
        """Return the terms of a clock that starts on `start`, in the edition of the case's law."""
        day = term_choice.law_day(start, self.registered_on or None)
        return self.env["hotline.term"]._applicable(self, trigger, day, stated)

    def _extension_term(self):
        """Return the term that limits an extension of the answer; none, if there can be none."""
        return self._applicable_terms(term_choice.DUE, self.registered_on)[:1]

    def _term_grounds(self):
        """Return the codes of the grounds known about the case: an extension point.

        What a column of a later act records (migration facts addressed to the head of the region,
        the category of the applicant) is named here and in `hotline.term.ground`.
        """
        return frozenset()

    def _term_topics(self):
        """Return the ids of the topics from the root of the classifier down to the case's own."""
        path = self.topic_id.sudo().parent_path or ""  # sudo: read for every role
        return tuple(int(topic) for topic in path.split("/") if topic)

    def _meet_deadlines(self, deadlines, day):
        """Record that `deadlines` were met on `day` (a date of the body)."""
        # sudo: as above, a met clock follows from an act that was checked
        deadlines.sudo().filtered(lambda deadline: not deadline.met_on).write({"met_on": day})

    def _meet_main_deadline(self, day):
        self._meet_deadlines(self.deadline_ids.filtered("is_main"), day)
