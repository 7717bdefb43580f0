from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gov_hotline.domain import phones

MOST = 10  # of each kind


class HotlineHandset(models.AbstractModel):
    """To whom a talk may be handed over: colleagues, experts, agencies, emergency, any number."""

    _inherit = "hotline.handset"

    @api.model
    def targets(self, call_id, words=""):
        """Return [{key, name, note, phone, free, off}] found by `words`.

        free: None where unknown; off: nobody is on the line at this telephone.
        """
        call = self._own_call(call_id)
        return [
            *self._typed(call, words),
            *self._colleagues(call, words),
            *self._emergency(words),
            *self._agencies(words),
        ]

    @api.model
    def _typed(self, call, words):
        """A number that was typed whole, if it may be dialled."""
        digits = "".join(filter(str.isdigit, words or ""))
        if len(digits) < 3 or any(sign.isalpha() for sign in words):
            return []
        try:
            number = call.sudo().pbx_id._destination(words)["number"]  # sudo: allowed numbers
        except UserError:
            return []
        shown = phones.display(number)
        return [self._target_vals(f"number:{number}", shown, "", shown)]

    @api.model
    def _target_vals(self, key, name, note, phone, free=None, off=False):
        named = {"key": key, "name": name, "note": note, "phone": phone}
        return {**named, "free": free, "off": off}

    @api.model
    def _colleagues(self, call, words):
        """Colleagues on the line first; an expert's telephone needs nobody on the line."""
        found = self._extensions()._reached(call, words)[:MOST]
        labels = dict(self._extensions()._fields["kind"]._description_selection(self.env))
        people = {one: one._person() for one in found}
        everybody = self.env["res.users"].union(*people.values())
        states = self.env["hotline.operator.state"]._currents(everybody)
        told = [
            self._colleague_vals(one, person, labels, states.get(person.id))
            for one, person in people.items()
        ]
        return sorted(told, key=lambda one: one["free"] is not True)

    @api.model
    def _colleague_vals(self, extension, person, labels, state):
        name = person.name or extension.name or extension.number
        place = extension.name if extension.name != name else ""  # where it stands, if anything
        expert = extension.kind == "expert"
        return self._target_vals(
            f"user:{person.id}" if person else f"extension:{extension.id}",
            name,
            labels[extension.kind] if expert else place or "",
            extension.number,
            state == "ready" if state else None,
            off=not expert and state in (None, "offline"),
        )

    @api.model
    def _emergency(self, words):
        cards = self.env["hotline.script.card"].search(
            Domain.OR(
                [[(name, "ilike", words or "")] for name in ("name", "agency_name", "phone")]
            ),
            limit=MOST,
        )
        return [
            self._target_vals(f"card:{card.id}", card.agency_name, card.name, card.phone)
            for card in cards
        ]

    @api.model
    def _agencies(self, words):
        if not (words or "").strip():
            return []
        named = [[(name, "ilike", words)] for name in ("name", "hotline_other_names")]
        agencies = self.env["res.partner"].search(
            Domain("hotline_kind", "=", "agency") & Domain("phone", "!=", False) & Domain.OR(named),
            limit=MOST,
        )
        return [
            self._target_vals(
                f"agency:{one.id}", one.name, one.hotline_hours_now or "", one.phone,
                one.hotline_is_open if one.hotline_hours_now else None,
            )
            for one in agencies
        ]  # fmt: skip

    # One of them

    @api.model
    def _target(self, call, key):
        """Return {name, number, context} of a key of `targets`, or refuse."""
        kind, _colon, rest = (key or "").partition(":")
        find = {
            "user": self._target_user, "extension": self._target_extension,
            "agency": self._target_agency, "card": self._target_card,
            "number": self._target_number,
        }.get(kind)  # fmt: skip
        if not find or (kind != "number" and not rest.isdecimal()):
            raise UserError(self.env._("Choose to whom the call is transferred."))
        return find(call, rest)

    @api.model
    def _target_user(self, call, rest):
        reached = self._extensions()._reached(call)
        found = reached.sudo().filtered(  # sudo: who sits there
            lambda one: one._person().id == int(rest)
        )
        return self._inside(call, found.sorted(lambda one: not one.at_id)[:1])

    @api.model
    def _target_extension(self, call, rest):
        reached = self._extensions()._reached(call)
        return self._inside(call, reached.filtered(lambda one: one.id == int(rest)))

    @api.model
    def _inside(self, call, extension):
        if not extension:
            raise UserError(self.env._("This colleague has no telephone in the PBX."))
        person = extension._person()
        return {
            "name": person.name or extension.name or extension.number,
            "number": extension.number,
            "context": call.sudo().pbx_id.context_operators,  # sudo: where it is dialled
        }

    @api.model
    def _target_agency(self, call, rest):
        agency = self.env["res.partner"].browse(int(rest)).exists()
        agency.check_access("read")
        return self._outside(call, agency.name, agency.phone)

    @api.model
    def _target_card(self, call, rest):
        card = self.env["hotline.script.card"].browse(int(rest)).exists()
        return self._outside(call, card.agency_name, card.phone)

    @api.model
    def _target_number(self, call, rest):
        return self._outside(call, phones.display(rest), rest)

    @api.model
    def _outside(self, call, name, phone):
        # sudo: allowed numbers
        return {"name": name or "", **call.sudo().pbx_id._destination(phone)}
