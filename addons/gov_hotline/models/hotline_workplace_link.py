from odoo import api, models
from odoo.exceptions import UserError


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    def _is_of_an_older_case(self):
        """Say whether the case of this call was there before it: linked, not made in the talk."""
        made = self.ticket_id.create_date
        return bool(made and made < self.create_date)

    def _make_ticket(self, vals):
        """As ever; a call linked to an older case may bring a new one too."""
        if self._is_of_an_older_case():
            self.ticket_id = False
        return super()._make_ticket(vals)


class HotlineWorkplace(models.AbstractModel):
    """The running call is about a case that is there: said while the talk goes on (B1)."""

    _inherit = "hotline.workplace"

    @api.model
    def link_case(self, call_id, ticket_id):
        """Link the own open call to a registered case, or to none (False); return the link."""
        call = self._own_open_call(call_id)
        if call.ticket_id and not call._is_of_an_older_case():
            raise UserError(
                self.env._(
                    "A case was made from this call: %(name)s.", name=call.ticket_id.display_name
                )
            )
        ticket = self.env["helpdesk.ticket"]
        if ticket_id:
            ticket = self._case_to_tell(ticket_id)
        if ticket.state == "draft":
            raise UserError(self.env._("A draft is not registered yet: continue it instead."))
        call.ticket_id = ticket
        return self._linked_vals(call)

    @api.model
    def _linked_vals(self, call):
        if not call._is_of_an_older_case():
            return False
        return {"id": call.ticket_id.id, "number": call.ticket_id.number}

    @api.model
    def _registered_vals(self, call):
        """Of an older case nothing is read out as registered in this talk."""
        return False if call._is_of_an_older_case() else super()._registered_vals(call)

    @api.model
    def _call_vals(self, call, lookup=None):
        return {**super()._call_vals(call, lookup), "linked": self._linked_vals(call)}
