from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import escape_psql

from ..domain import addresses, persons
from .hotline_workplace_citizens import CITIZEN_FIELDS

FOUND = 10
OFFERED = 6


class HotlineWorkplace(models.AbstractModel):
    """Whose account and what about: what is known of one fills what is empty elsewhere (E2).

    Whose account it is says nothing of who is calling: the holder is offered, not taken (practice
    21: hidden, shared, service and VIP numbers are linked to nobody by themselves).
    """

    _inherit = "hotline.workplace"

    @api.model
    def set_account(self, call_id, account_id):
        """Say whose account the talk is about; return the call as `open_call` does.

        The object and the address of a new citizen are filled where empty; the holder is offered.
        """
        call = self._own_open_call(call_id)
        account = self.env["hotline.account"].browse(account_id or []).exists()
        if account_id and not account:
            raise UserError(self.env._("This account is gone."))
        self._take_account(call, account)
        return self._call_vals(call)

    @api.model
    def take_holder(self, call_id):
        """Say that the holder of the account is calling; return the call as `open_call` does.

        The card of the holder, or the name as the register writes it, for a new citizen.
        """
        call = self._own_open_call(call_id)
        account = call.account_id
        if call.partner_id or not account:
            raise UserError(self.env._("There is no holder to be taken: choose who is calling."))
        if account.holder_id:
            call.partner_id = account.holder_id
            self._fill_street(call)
        else:
            call.workplace_draft = self._draft_of_holder(call, account)
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
        if not call.partner_id and account:
            vals["workplace_draft"] = self._draft_with_address(call, account)
        call.write(vals)
        self._fill_street(call)

    @api.model
    def _fill_street(self, call):
        account, partner = call.account_id, call.partner_id
        if account.address and partner and partner == account.holder_id and not partner.street:
            partner.street = account.address

    @api.model
    def _draft_with_address(self, call, account):
        """Return the form of a new citizen at the account's address; what was typed stays."""
        typed = (call.workplace_draft or {}).get("citizen", {})
        address = typed.get("address") or account.address or ""
        empty = dict.fromkeys((*CITIZEN_FIELDS, "address"), "")
        return {"citizen": {**empty, **typed, "address": address}}

    @api.model
    def _is_typed(self, call, citizen):
        """Whether a citizen was written down: an address that only the account told is none."""
        if any(citizen.get(name) for name in CITIZEN_FIELDS):
            return True
        return citizen.get("address") != (call.account_id.address or "")

    @api.model
    def _draft_of_holder(self, call, account):
        """Return the same with the holder's name: somebody has said that it is the caller."""
        name = persons.split_name(account.holder_name or "")
        parts = (name.surname, name.given, name.patronymic)
        known = {part: text or "" for part, text in zip(CITIZEN_FIELDS, parts, strict=True)}
        citizen = self._draft_with_address(call, account)["citizen"]
        return {"citizen": {**citizen, **known}}

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
        """Return {object, account, offered, holder}: what the talk is about, or may be about.

        `holder`: the name of whose account it is, while nobody is said to be calling.
        """
        offered = self.env["hotline.account"]
        if not call.account_id:
            offered = self._accounts_at(call.object_id) or self._accounts_of_citizen(call)
        return {
            "object": self._object_vals(call.object_id) if call.object_id else False,
            "account": self._account_vals(call.account_id) if call.account_id else False,
            "holder": "" if call.partner_id else self._holder_name(call.account_id),
            "offered": [self._account_vals(one) for one in offered],
        }

    @api.model
    def _holder_name(self, account):
        """Return the name alone: the card is opened, and noted, when the holder is taken."""
        return account.holder_id.name or account.holder_name or ""

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
