from odoo import api, fields, models

from ..domain import persons, phones
from . import trigram

NAME_PARTS = ("surname", "given_name", "patronymic")


class ResPartner(models.Model):
    """A citizen, an agency or an organisation."""

    _inherit = "res.partner"

    hotline_kind = fields.Selection(
        [
            ("citizen", "Citizen"),
            ("agency", "Agency"),
            ("organisation", "Organisation"),
        ],
        string="Kind",
        index=True,
    )
    surname = fields.Char()
    given_name = fields.Char()
    patronymic = fields.Char()
    hotline_phone_ids = fields.One2many("hotline.phone", "partner_id", string="Telephones")
    hotline_call_ids = fields.One2many("hotline.call", "partner_id", string="Calls")

    _citizen_name_idx = trigram.index("name", " WHERE hotline_kind = 'citizen'")

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create([self._with_full_name(vals) for vals in vals_list])
        partners._remember_phones()
        return partners

    def write(self, vals):
        if not set(NAME_PARTS) & set(vals):
            done = super().write(vals)
        else:
            for partner in self:
                super(ResPartner, partner).write(partner._with_full_name(vals))
            done = True
        if "phone" in vals:
            self._remember_phones()
        return done

    def get_formview_id(self, access_uid=None):
        """A link to a citizen, an agency or an organisation opens our card, not a shop's."""
        if self.hotline_kind:
            return self.env.ref("gov_hotline.res_partner_view_form").id
        return super().get_formview_id(access_uid)

    def _with_full_name(self, vals):
        """Return `vals` with the name made of its parts, where parts are given."""
        if not set(NAME_PARTS) & set(vals):
            return vals
        parts = [vals.get(part, self[part] if self else "") or "" for part in NAME_PARTS]
        full = persons.PersonName(*parts).full
        return dict(vals, name=full) if full else vals

    def _person_name(self):
        """Return the PersonName; a person's card with one line for the name is split."""
        if self.surname or self.given_name:
            return persons.PersonName(*(self[part] or "" for part in NAME_PARTS))
        if self.is_company:
            return persons.PersonName(self.name or "")
        return persons.split_name(self.name)

    def _remember_phones(self):
        """Keep the number typed on the card among the numbers a caller is found by."""
        for partner in self.filtered(lambda partner: partner.hotline_kind and partner.phone):
            number = phones.normalise(partner.phone).e164
            if number and number not in partner.hotline_phone_ids.mapped("number"):
                partner.hotline_phone_ids.create({"partner_id": partner.id, "number": number})
