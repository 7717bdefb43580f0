from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import addresses


class HotlineTerritory(models.Model):
    """Where objects stand: region, district, settlement (D3)."""

    _name = "hotline.territory"
    _description = "Territory"
    _order = "complete_name, id"
    _parent_name = "parent_id"
    _parent_store = True
    _rec_names_search = ["name", "complete_name", "code"]

    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("region", "Region"),
            ("district", "District"),
            ("settlement", "Settlement"),
            ("other", "Other"),
        ],
        required=True,
        default="settlement",
    )
    parent_id = fields.Many2one(
        "hotline.territory", string="Part of", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("hotline.territory", "parent_id", string="Parts")
    complete_name = fields.Char(
        string="Full name", compute="_compute_complete_name", store=True, recursive=True
    )
    code = fields.Char(string="OKTMO")
    gar_id = fields.Char(string="GAR identifier", help="Of the state register of addresses.")
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex(
        "(COALESCE(parent_id, 0), name) WHERE active",
        "A territory of this name exists already in the same place.",
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for territory in self:
            territory.complete_name = addresses.join(
                territory.parent_id.complete_name, territory.name
            )

    @api.depends("complete_name")
    def _compute_display_name(self):
        for territory in self:
            territory.display_name = territory.complete_name or territory.name

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A territory cannot be a part of itself."))
