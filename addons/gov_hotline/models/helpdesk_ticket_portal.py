from odoo import api, fields, models
from odoo.tools import SQL

from ..domain import assignments as rules
from ..domain import codes, lookup
from ..domain.status_words import Letter


class HelpdeskTicket(models.Model):
    """What a citizen is told of a case: by number and code, and on the pages of the own cases."""

    _inherit = "helpdesk.ticket"

    number_key = fields.Char(
        compute="_compute_number_key",
        store=True,
        precompute=True,
        index=True,
        help="The number as it is looked up: however it is typed.",
    )

    @api.depends("number")
    def _compute_number_key(self):
        for ticket in self:
            ticket.number_key = lookup.number_key(ticket.number)

    @api.model
    def _by_number_and_code(self, number, code):
        """Return the case, as sudo, or none.

        One query and the same comparisons, whether the number is absent or the code is wrong.
        """
        self.flush_model(["number_key", "access_code", "state"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, access_code FROM helpdesk_ticket"
                " WHERE number_key = %s AND state <> 'draft' ORDER BY id LIMIT 5",
                lookup.number_key(number),
            )
        )
        found = [row_id for row_id, kept in rows or [(0, None)] if codes.codes_match(code, kept)]
        return self.sudo().browse(found[:1])  # sudo: number and code are the key

    @api.model
    def _own_domain(self):
        """Return the domain of the registered cases of the signed-in citizen, and no one else's."""
        partner = self.env.user.partner_id
        return fields.Domain("partner_id", "=", partner.id) & fields.Domain("state", "!=", "draft")

    def _status_public(self):
        """Return what anybody with number and code may know: nothing personal, not the content.

        Dates are dates of the body. Keys: number, state, state_label, received_on, registered_on,
        due_on, closed_on, body, due_text, due_level, steps, certificate, answers.
        """
        self.ensure_one()
        answers = self._given_answers()
        main = self.deadline_ids.filtered("is_main").sorted("due_on")[:1]
        return {
            "number": self.number,
            "state": self.state,
            "state_label": self._public_state_label(),
            "received_on": self.received_on,
            "registered_on": self.registered_on,
            "due_on": self.due_on,
            "closed_on": self.closed_on,
            "body": self.company_id.name,
            "due_text": self._due_text(),
            "due_level": self.due_level,
            "steps": self._public_steps(answers[-1:]),
            "certificate": main._certificate_lines(edition=False) if main else [],
            "answers": [
                {"number": answer.outgoing_number, "date": answer.outgoing_date}
                for answer in answers
            ],
        }

    def _given_answers(self):
        given = self.answer_ids.filtered(lambda answer: answer.state == "given")
        return given.sorted(lambda answer: (answer.outgoing_date, answer.id))

    def _forwarded_letters(self):
        """Return where the case was sent (a Letter each): what left, and was not taken back."""
        gone = self.assignment_ids._forwardings().filtered(
            lambda one: one.state not in (rules.DRAFT, rules.WITHDRAWN)
        )
        return [
            Letter(one.partner_id.name or "", one.outgoing_number or "", one.outgoing_date or None)
            for one in gone.sorted(lambda one: (str(one.outgoing_date or ""), one.id))
        ]

    def _public_state_label(self):
        labels = {
            "draft": self.env._("Not registered yet"),
            "in_work": self.env._("Being considered"),
            "deferred": self.env._("Being considered, agencies prepare their answers"),
            "closed": self.env._("Considered"),
            "forwarded": self.env._("Forwarded to the competent body"),
            "returned": self.env._("Returned to the applicant with an explanation"),
            "no_answer": self.env._("Left without answer on the ground of the law"),
            "stopped": self.env._("Correspondence on this question is stopped"),
            "withdrawn": self.env._("Ended at the applicant's request"),
            "converted": self.env._("Converted to an appeal, it has a number of its own"),
        }
        return labels[self.state]

    def _due_text(self):
        """Say what is left: «осталось 3 раб. дн.»; empty once answered or closed."""
        self.ensure_one()
        if self.is_final or not self.due_on or self._given_answers():
            return ""
        is_today = self.due_on == self.company_id._hotline_today()
        return self._due_words(self.env._("the last day is today") if is_today else "")

    def _public_steps(self, answer):
        """Return the bar of steps: [{code, label, date, status: done|current|todo}]."""
        finished = bool(answer) or self.is_final
        ended = self.env._("Considered") if self.state == "closed" else self._public_state_label()
        last = self.env._("Answer") if answer or not finished else ended
        date = answer.outgoing_date or self.closed_on
        return [
            self._public_step("received", self.env._("Received"), self.received_on, "done"),
            self._public_step("registered", self.env._("Registered"), self.registered_on, "done"),
            self._public_step(
                "in_work",
                self.env._("Being considered"),
                False,
                "done" if finished else "current",
            ),
            self._public_step("answer", last, date, "done" if finished else "todo"),
        ]

    def _public_step(self, code, label, date, status):
        return {"code": code, "label": label, "date": date, "status": status}

    def _portal_row(self):
        """Return a line of the applicant's list."""
        self.ensure_one()
        answer = self._given_answers()[-1:]
        return {
            "answered_on": answer.outgoing_date,
            "id": self.id,
            "number": self.number,
            "is_final": self.is_final,
            "summary": (self.appeal_text or self.name or "")[:300],  # the page cuts it to its width
            "state": self.state,
            "state_label": self._public_state_label(),
            "registered_on": self.registered_on,
            "due_on": self.due_on,
            "due_text": self._due_text(),
            "due_level": self.due_level,
        }

    def _portal_card(self):
        """Return what the applicant sees of the own case: the status, own words, given answers."""
        self.ensure_one()
        return {
            **self._status_public(),
            "id": self.id,
            "kind": dict(self._fields["kind"]._description_selection(self.env))[self.kind],
            "text": self.appeal_text or "",
            "answers": [answer._portal_values() for answer in self._given_answers()],
        }
