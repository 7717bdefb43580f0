from odoo import api, models
from odoo.exceptions import UserError

from ..domain import intake, wording
from .problem_texts import problem_text

DISPOSITION_DRAFT = "gov_hotline.disposition_appeal_draft"
# Of a written appeal: what the citizen is asked for while the text is written (art. 7).
ASKED_FOR = ("no_given_name", "anonymous_no_answer")


class HotlineWorkplace(models.AbstractModel):
    """Help with the wording, and the draft appeal that the caller confirms later (A4)."""

    _inherit = "hotline.workplace"

    @api.model
    def check_intake(self, call_id, vals):
        """As before, and `wording`: {kind, unclear} by the words of the text (domain/wording)."""
        checked = super().check_intake(call_id, vals)
        text = vals.get("question")
        words = {"kind": wording.kind(text), "unclear": list(wording.unclear(text))}
        return {**checked, "wording": words}

    @api.model
    def make_draft(self, call_id, vals):
        """Make the call's text a draft appeal; `vals` as in `close_call`.

        Returns {ticket_id, number, code, until, text, name, missing}: the code is told once.
        """
        call = self._own_open_call(call_id)
        self._write_all(call, vals)
        if call.ticket_id:
            raise UserError(
                self.env._(
                    "This call has its case already: %(name)s.", name=call.ticket_id.display_name
                )
            )
        ticket = call._make_ticket({"kind": intake.APPEAL})
        told = ticket.action_issue_draft_code()
        call.write(
            {
                "disposition_id": self.env.ref(DISPOSITION_DRAFT).id,
                "workplace_draft": False,
            }
        )
        call.task_ids.write({"ticket_id": ticket.id})
        return {**told, "missing": self._missing_on_paper(ticket)}

    @api.model
    def renew_draft_code(self, call_id):
        """Give the draft of this call a new code, the old one is void; returns as `make_draft`."""
        ticket = self._own_open_call(call_id).ticket_id
        if not ticket.is_awaiting:
            raise UserError(self.env._("This call has no draft that waits for confirmation."))
        return {**ticket.action_issue_draft_code(), "missing": self._missing_on_paper(ticket)}

    @api.model
    def update_citizen(self, call_id, vals):
        """As before; the draft of this call takes the corrected name and address."""
        shown = super().update_citizen(call_id, vals)
        call = self._own_open_call(call_id)
        if call.ticket_id.is_awaiting:
            named = self.env["helpdesk.ticket"]._applicant_vals(call.partner_id)
            del named["applicant_phone"], named["applicant_email"]
            call.ticket_id.write(named)
        return shown

    @api.model
    def _missing_on_paper(self, ticket):
        facts = {**ticket._intake_facts(), "account_id": False}
        problems = intake.missing(intake.APPEAL, "paper", facts)
        return [problem_text(self.env, one) for one in problems if one.code in ASKED_FOR]

    @api.model
    def _call_vals(self, call, lookup=None):
        vals = super()._call_vals(call, lookup)
        ticket = call.ticket_id
        waits = ticket.is_awaiting and call.group == "appeal"
        draft = waits and {**ticket._draft_vals(), "missing": self._missing_on_paper(ticket)}
        return {**vals, "appeal_draft": draft or False}
