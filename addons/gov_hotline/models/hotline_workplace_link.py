from odoo import api, models
from odoo.exceptions import UserError

SHOWN = 8


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
    def cases_to_link(self, call_id, text=""):
        """Return the registered cases the own open call may be about, as rows of the finder.

        By its number, or by the words of whose it is, as one types; before anything is typed the
        caller's own. Open ones first.
        """
        call = self._own_open_call(call_id)
        text = (text or "").strip()
        cases = self._cases_found(text) if text else self._cases_of(call.partner_id)
        registered = cases.filtered(lambda case: case.state != "draft")
        return self.env["hotline.finder"]._rows("case", registered.sorted("is_final")[:SHOWN])

    @api.model
    def _cases_found(self, text):
        found = {"case": [], "citizen": []}
        for row in self.env["hotline.finder"].find(text, list(found), SHOWN):
            found[row["kind"]].append(row["id"])
        cases = self.env["helpdesk.ticket"].browse(found["case"])
        return cases | self._cases_of(self.env["res.partner"].browse(found["citizen"]))

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
