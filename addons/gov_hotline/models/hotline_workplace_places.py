from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import escape_psql

from ..domain import addresses, persons
from .hotline_workplace_citizens import CITIZEN_FIELDS

FOUND = 10
OFFERED = 6


class HotlineWorkplace(models.AbstractModel):
    """Whose account and what about: what is known of one fills what is empty elsewhere (E2)."""

    _inherit = "hotline.workplace"

    @api.model
    def set_account(self, call_id, account_id):
        """Say whose account the talk is about; return the call as `open_call` does.

        The object, the citizen or the name and address of a new one are filled where empty.
        """
        call = self._own_open_call(call_id)
        account = self.env["hotline.account"].browse(account_id or []).exists()
        if account_id and not account:
            raise UserError(self.env._("This account is gone."))
        self._take_account(call, account)
        return self._call_vals(call)

    @api.model
    def set_object(self, call_id, object_id):
        """Say what the talk is about; its only account is taken; return the call."""
        call = self._own_open_call(call_id)
        place = self.env["hotline.object"].browse(object_id or []).exists()
        call.write({"object_id": place.id, "account_id": False})
        self._take_the_only(call, self._accounts_at(place))
        return self._call_vals(call)

    @api.model
    def set_address(self, call_id, address):
        """Look for what was typed as the caller's address: fill the object where it is empty."""
        call = self._own_open_call(call_id)
        if not call.object_id and not call.account_id:
            places = self._objects_by_address(addresses.parse(address))
            if len(places) == 1:
                call.object_id = places
                self._take_the_only(call, self._accounts_at(places))
        return self._call_vals(call)

    @api.model
    def get_place(self, call_id):
        """Return what the talk is about: see `_place_vals`."""
        return self._place_vals(self._own_open_call(call_id))

    # Taking

    @api.model
    def _take_the_only(self, call, accounts):
        if len(accounts) == 1 and not call.account_id:
            self._take_account(call, accounts)

    @api.model
    def _take_account(self, call, account):
        vals = {"account_id": account.id}
        if account.object_id:
            vals["object_id"] = account.object_id.id
        if not call.partner_id and account.holder_id:
            vals["partner_id"] = account.holder_id.id
        elif not call.partner_id and account:
            vals["workplace_draft"] = self._draft_of_holder(call, account)
        call.write(vals)
        partner = call.partner_id
        if account.address and partner and partner == account.holder_id and not partner.street:
            partner.street = account.address

    @api.model
    def _draft_of_holder(self, call, account):
        """Return the form of a new citizen with what the account tells; what was typed stays."""
        typed = (call.workplace_draft or {}).get("citizen", {})
        if any(typed.get(name) for name in CITIZEN_FIELDS):
            known = {}
        else:
            name = persons.split_name(account.holder_name or "")
            known = {
                "surname": name.surname or "",
                "given_name": name.given or "",
                "patronymic": name.patronymic or "",
            }
        address = typed.get("address") or account.address or ""
        empty = dict.fromkeys((*CITIZEN_FIELDS, "address"), "")
        return {"citizen": {**empty, **typed, **known, "address": address}}

    @api.model
    def set_citizen(self, call_id, partner_id):
        """Say who is calling; the only account of the citizen is taken where none is."""
        card = super().set_citizen(call_id, partner_id)
        self._take_the_citizens(self._own_open_call(call_id))
        return card

    @api.model
    def _take_the_citizens(self, call):
        """Take the only account of the citizen while nothing else is said of the place."""
        if call.partner_id and not call.object_id:
            self._take_the_only(call, self._accounts_of(call.partner_id))

    # Finding

    @api.model
    def _accounts_of(self, partner):
        domain = [("holder_id", "=", partner.id), ("state", "=", "open")]
        return self.env["hotline.account"].search(domain, limit=OFFERED)

    @api.model
    def _accounts_at(self, place):
        if not place:
            return self.env["hotline.account"]
        domain = [("object_id", "child_of", place.ids), ("state", "=", "open")]
        return self.env["hotline.account"].search(domain, limit=OFFERED)

    @api.model
    def _objects_by_address(self, parsed):
        """Return the objects whose address ends with what was typed, in its normal form."""
        key = parsed.key
        if not parsed.street:
            return self.env["hotline.object"]
        any_yo = escape_psql(key).replace("е", "_")
        found = self.env["hotline.object"].search([("address", "=ilike", f"%{any_yo}")], limit=50)
        exact = found.filtered(lambda one: f", {addresses.fold(one.address)}".endswith(f", {key}"))
        return exact[:FOUND]

    # What the screen shows

    @api.model
    def _call_vals(self, call, lookup=None):
        return {**super()._call_vals(call, lookup), "place": self._place_vals(call)}

    @api.model
    def _place_vals(self, call):
        """Return {object, account, offered}: what the talk is about, or what it may be about."""
        offered = self.env["hotline.account"]
        if not call.account_id:
            offered = self._accounts_at(call.object_id) or self._accounts_of_citizen(call)
        return {
            "object": self._object_vals(call.object_id) if call.object_id else False,
            "account": self._account_vals(call.account_id) if call.account_id else False,
            "offered": [self._account_vals(one) for one in offered],
        }

    @api.model
    def _accounts_of_citizen(self, call):
        empty = self.env["hotline.account"]
        return (
            empty if call.object_id or not call.partner_id else self._accounts_of(call.partner_id)
        )

    @api.model
    def _object_vals(self, place):
        return {
            "id": place.id,
            "address": place.address or "",
            "kind": place.kind_id.name or "",
            "company": place.responsible_id.name or "",
        }

    @api.model
    def _account_vals(self, account):
        return {
            "id": account.id,
            "number": account.number,
            "holder": account.holder_name or "",
            "address": account.address or "",
            "provider": account.provider_id.name or "",
            "is_open": account.state == "open",
            "services": ", ".join(account.service_ids.mapped("name")),
        }
