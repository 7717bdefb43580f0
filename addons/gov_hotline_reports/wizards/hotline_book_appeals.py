from odoo import models

from odoo.addons.gov_hotline.domain import assignments
from odoo.addons.gov_hotline.domain.transitions import FINAL_STATES

from ..domain.books import Section

WIDTHS = (5, 16, 11, 26, 30, 22, 44, 30, 11, 22, 20, 26)
STANDING = (assignments.SENT, assignments.ANSWERED, assignments.ACCEPTED, assignments.RETURNED)


class HotlineBook(models.TransientModel):
    """The journal of appeals: a line a registered case, as its reader may see it."""

    _inherit = "hotline.book"

    def _appeal_sections(self):
        rows = (self._appeal_row(n, ticket) for n, ticket in enumerate(self._lines(), start=1))
        return [Section(self._title(), self._appeal_headings(), tuple(rows), WIDTHS)]

    def _appeal_headings(self):
        return (
            self.env._("No."), self.env._("Registration No."), self.env._("Date"),
            self.env._("Applicant"), self.env._("Address"), self.env._("Kind, how it came"),
            self.env._("What it is about"), self.env._("Who considers it"),
            self.env._("Due date"), self.env._("Result"), self.env._("Answer"),
            self.env._("Control"),
        )  # fmt: skip

    def _appeal_row(self, n, ticket):
        return (
            n, ticket.number or "", ticket.registered_on or None, ticket._card_applicant(),
            ticket._card_address() or "", self._kind_words(ticket), self._about(ticket),
            self._who(ticket), ticket.due_on or None, self._result(ticket), self._answers(ticket),
            self._control(ticket),
        )  # fmt: skip

    def _kind_words(self, ticket):
        return ", ".join(filter(None, (ticket._selected("kind"), ticket._selected("origin"))))

    def _about(self, ticket):
        return "\n".join(filter(None, (ticket.name, ticket.topic_id.name)))

    def _who(self, ticket):
        given = ticket.assignment_ids.filtered(lambda one: one.state in STANDING)
        names = [ticket.team_id.name, ticket.user_id.name, *given.mapped("partner_id.name")]
        return "; ".join(dict.fromkeys(filter(None, names)))

    def _result(self, ticket):
        """Return the result; what is chosen beforehand for an open appeal is none yet."""
        outcome = ticket.outcome_id if ticket.state in FINAL_STATES else ticket.outcome_id.browse()
        return outcome.name or ticket._selected("state")

    def _answers(self, ticket):
        given = ticket.answer_ids.filtered(lambda one: one.state == "given")
        return "\n".join(
            self.env._(
                "No. %(number)s of %(day)s",
                number=one.outgoing_number or "",
                day=self._cell_text(one.outgoing_date or None),
            )
            for one in given
        )

    def _control(self, ticket):
        letters = ticket.covering_letter_ids.filtered(lambda one: one.state != "open")
        return "\n".join(f"{one.display_name}: {self._chosen(one, 'state')}" for one in letters)
