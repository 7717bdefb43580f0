from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gov_hotline.domain import phones

MOST = 10  # of each kind
LOOKED_AT = 30  # agencies that the one box finds: some of them have no telephone


class HotlineHandset(models.AbstractModel):
    """To whom a talk may be handed over: colleagues, experts, agencies, emergency, any number."""

    _inherit = "hotline.handset"

    @api.model
    def targets(self, call_id, words=""):
        """Return [{key, name, note, phone, free, off}] found by `words`.

        free: None where unknown; off: nobody is on the line at this telephone.
        """
        call = self._own_call(call_id)
        emergency = self._emergency(words)
        known = {self._plain_number(one) for one in emergency}
        typed, agencies = (
            [one for one in found if self._plain_number(one) not in known]
            for found in (self._typed(call, words), self._agencies(words))
        )
        return [*typed, *self._colleagues(call, words), *emergency, *agencies]

    @api.model
    def _plain_number(self, target):
        """Return the number of a target in one spelling, short ones of services, too."""
        return phones.key(target["phone"]) or "".join(filter(str.isdigit, target["phone"]))

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
        """One line a number, whichever buttons transfer to it; their words stand in the note."""
        cards = self.env["hotline.script.card"].search(
            self._holds(words, ("name", "agency_name", "phone"))
        )
        services = cards.grouped(lambda card: phones.key(card.phone) or card.phone)
        return [
            self._target_vals(
                f"card:{same[0].id}", same[0].agency_name, ", ".join(same.mapped("name")),
                same[0].phone,
            )
            for same in list(services.values())[:MOST]
        ]  # fmt: skip

    @api.model
    def _holds(self, words, names):
        """Return the domain: each word stands in one of these fields."""
        return Domain.AND(
            Domain.OR(Domain(name, "ilike", word) for name in names)
            for word in (words or "").split()
        )

    @api.model
    def _agencies(self, words):
        """By the words in their names and competence, and by what the one box would find."""
        if not (words or "").strip():
            return []
        names = ("name", "hotline_other_names", "hotline_competence")
        found = self.env["hotline.finder"]._look(words, ["agency"], limit=LOOKED_AT)[0]
        agencies = self.env["res.partner"].search(
            Domain("hotline_kind", "=", "agency")
            & Domain("phone", "!=", False)
            & (self._holds(words, names) | Domain("id", "in", [one["id"] for one in found])),
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
