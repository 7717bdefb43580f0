from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import addresses
from .hidden_table import READERS


class HotlineObject(models.Model):
    """What a request is about: street, house, entrance, flat, playground (D3).

    Objects are of no body: a house has its cases in every one of them.
    """

    _name = "hotline.object"
    _description = "Object"
    _order = "sort_key, id"
    _parent_name = "parent_id"
    _parent_store = True
    _rec_name = "address"
    _rec_names_search = ["address"]

    kind_id = fields.Many2one("hotline.object.kind", required=True, index=True, ondelete="restrict")
    name = fields.Char(string="Name or number", help="Its own part only: «Ленина», «15», «3».")
    parent_id = fields.Many2one("hotline.object", string="Part of", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("hotline.object", "parent_id", string="Parts")
    territory_id = fields.Many2one(
        "hotline.territory",
        compute="_compute_territory_id",
        store=True,
        readonly=False,
        precompute=True,
        recursive=True,
        index=True,
        ondelete="restrict",
        help="Of a part: that of the whole.",
    )
    address = fields.Char(
        compute="_compute_address", store=True, precompute=True, recursive=True, index="trigram"
    )
    sort_key = fields.Char(compute="_compute_sort_key", store=True, precompute=True, index=True)
    postal_code = fields.Char(string="Postal code")
    gar_id = fields.Char(string="GAR identifier", help="Of the state register of addresses.")
    external_key = fields.Char(
        string="Key in the register", index="btree_not_null", copy=False, readonly=True
    )
    properties = fields.Properties(
        definition="kind_id.properties_definition", string="Passport", copy=True
    )
    note = fields.Text(groups=READERS)  # notes of the hotline for itself
    active = fields.Boolean(default=True)
    company_ids = fields.One2many(
        "hotline.object.company", "object_id", string="Responsible companies"
    )
    account_ids = fields.One2many("hotline.account", "object_id", string="Accounts")

    _place_uniq = models.UniqueIndex(
        "(COALESCE(parent_id, 0), COALESCE(territory_id, 0), kind_id, COALESCE(name, ''))"
        " WHERE active",
        "This object exists already in the same place.",
    )

    @api.depends("parent_id.territory_id")
    def _compute_territory_id(self):
        for one in self:
            if one.parent_id:
                one.territory_id = one.parent_id.territory_id

    @api.depends("name", "kind_id.prefix", "parent_id.address", "territory_id.name")
    def _compute_address(self):
        for one in self:
            above = one.parent_id.address if one.parent_id else one.territory_id.name
            kind = one.kind_id
            one.address = addresses.of_part(above, kind.prefix, one.name, kind.name)

    @api.depends("address")
    def _compute_sort_key(self):
        for one in self:
            one.sort_key = addresses.sort_key(one.address)

    @api.constrains("parent_id", "kind_id", "territory_id")
    def _check_place(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An object cannot be a part of itself."))
        for one in self:
            allowed = one.kind_id.parent_kind_ids
            if one.parent_id and allowed and one.parent_id.kind_id not in allowed:
                raise ValidationError(
                    self.env._(
                        "«%(kind)s» may be a part of: %(allowed)s. «%(parent)s» is none of these.",
                        kind=one.kind_id.name,
                        allowed=", ".join(allowed.mapped("name")),
                        parent=one.parent_id.address,
                    )
                )
            if one.parent_id and one.territory_id != one.parent_id.territory_id:
                raise ValidationError(
                    self.env._(
                        "«%(name)s» is in the territory of the whole it belongs to.",
                        name=one.address,
                    )
                )
