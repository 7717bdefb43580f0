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
    def get_status(self, ticket_id, external_id=False):
        """Return what may be told about a case, and what to compare first (practice: no code).

        `external_id`: an appeal of a document system instead.
        """
        self._check_operator()
        record = self._record_to_tell(ticket_id, external_id)
        if record.state == "draft":
            raise UserError(self.env._("A draft has no status: it is not registered."))
        self.env["hotline.sight"]._note(record, "status")
        is_ours = record._name == "helpdesk.ticket"
        filed = record.received_on if is_ours else record.day_on
        return {
            **self.env["hotline.status"]._screen_vals(record),
            "id": record.id,
            "state": record.state,
            "kind_label": self._label(record, "kind") if is_ours else record.kind_text or "",
            "applicant": record.applicant_name or "",
            "address": record.applicant_address or "",
            "filed": format_date(self.env, filed, date_format="LLLL yyyy") if filed else "",
        }

    @api.model
    def _record_to_tell(self, ticket_id, external_id):
        if not external_id:
            return self._case_to_tell(ticket_id)
        record = self.env[EXTERNAL].browse(external_id).exists()
        if not record:
            raise UserError(self.env._("This case is gone."))
        record.check_access("read")
        return record

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
        record = self._record_to_tell(ticket_id, external_id)
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
