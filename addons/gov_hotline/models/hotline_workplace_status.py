from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..domain.transitions import FINAL_STATES
from .hotline_status_find import EXTERNAL

TOLD = "gov_hotline.disposition_status_told"
REFUSED = "gov_hotline.disposition_status_refused"


class HotlineWorkplace(models.AbstractModel):
    """What is told about a case in a talk (A3): the words come from `hotline.status`."""

    _inherit = "hotline.workplace"

    @api.model
    def get_status(self, ticket_id):
        """Return what may be told about a case, and what to compare first (practice: no code)."""
        self._check_operator()
        ticket = self._case_to_tell(ticket_id)
        if ticket.state == "draft":
            raise UserError(self.env._("A draft has no status: it is not registered."))
        self.env["hotline.sight"]._note(ticket, "status")
        return {
            **self.env["hotline.status"]._screen_vals(ticket),
            "id": ticket.id,
            "state": ticket.state,
            "kind_label": self._label(ticket, "kind"),
            "applicant": ticket.applicant_name or "",
            "address": ticket.applicant_address or "",
            "filed": format_date(self.env, ticket.received_on, date_format="LLLL yyyy"),
        }

    @api.model
    def _case_to_tell(self, ticket_id):
        ticket = self.env["helpdesk.ticket"].browse(ticket_id).exists()
        if not ticket:
            raise UserError(self.env._("This case is gone."))
        ticket.check_access("read")
        return ticket

    @api.model
    def tell_status(self, call_id, ticket_id=False, external_id=False):
        """Close the call: its status was told (A3). A case of ours is linked to the call."""
        call = self._own_open_call(call_id)
        if external_id:
            record = self.env[EXTERNAL].browse(external_id).exists()
            record.check_access("read")
        else:
            record = self._case_to_tell(ticket_id)
        result = self._status_words(self.env["hotline.status"]._screen_vals(record), record.state)
        is_ours = record._name == "helpdesk.ticket"
        return self._end_with_status(call, TOLD, result, ticket_id=is_ours and record.id)

    @api.model
    def refuse_status(self, call_id):
        """Close the call: a third person asked, nothing was told (practice 22)."""
        call = self._own_open_call(call_id)
        result = self.env._("Nothing was told: it was not the applicant who called.")
        return self._end_with_status(call, REFUSED, result)

    @api.model
    def _end_with_status(self, call, disposition, result, **vals):
        """Add the words to the call and close it; what it stands as already is kept.

        A call with a standing alarm stays open: {number, promises, call, words}, else {number,
        promises}.
        """
        told = {"result": "\n".join(filter(None, (call.result, result)))}
        if not self._stands(call):
            told |= {"group": "status", "disposition_id": self.env.ref(disposition).id}
            told |= {} if call.ticket_id else vals
        call.write(told)
        ended = {"number": call.number, "promises": self._count_promises()}
        if call._standing_alarms():
            words = self.env._(
                "The status is written down. Call %(number)s stays open: its alarm stands. End the"
                " emergency, then close the call.",
                number=call.number,
            )
            return {**ended, "call": self._call_vals(call), "words": words}
        call.workplace_draft = False
        call.action_close()
        return ended

    @api.model
    def _stands(self, call):
        """Return whether the call is an emergency, a transfer or the call of a case."""
        if call._standing_alarms():
            return True
        is_other = call.ticket_id or call.group == "redirect"
        return bool(is_other and call.disposition_id and call.group != "status")

    @api.model
    def _status_words(self, status, state):
        """Return what is kept in the call of what was told: number, state, date, whose data."""
        source = f" ({status['as_of']})" if status["as_of"] else ""
        if state in FINAL_STATES or not status["due_on"]:
            return f"{status['number']}: {status['state_label']}{source}"
        told = self.env._(
            "%(number)s: %(state)s, answer by %(date)s",
            number=status["number"],
            state=status["state_label"],
            date=status["due_on"],
        )
        return told + source
