from odoo import api, fields, models

from ..domain import addresses


class HotlineObjectKind(models.Model):
    """What may be the subject of a request: set by the body itself (D3)."""

    _name = "hotline.object.kind"
    _inherit = ["hotline.coded"]
    _description = "Kind of object"

    prefix = fields.Char(
        string="In the address", help="What stands before the number: «д.», «кв.», «подъезд»."
    )
    parent_kind_ids = fields.Many2many(
        "hotline.object.kind",
        "hotline_object_kind_parent_rel",
        "kind_id",
        "parent_kind_id",
        string="May be a part of",
        help="Empty: stands by itself or in anything.",
    )
    properties_definition = fields.PropertiesDefinition(string="Fields of the passport")

    @api.model
    def _seed_passports(self, passports):
        """Give shipped kinds the fields of their passports, {code: fields}; a body's own stay."""
        for kind in self.with_context(active_test=False).search([("code", "in", list(passports))]):
            if not kind.properties_definition:
                kind.properties_definition = passports[kind.code]


class HotlineWorkKind(models.Model):
    """For what work a company answers at an object: heating, lifts, waste."""

    _name = "hotline.work.kind"
    _inherit = ["hotline.coded"]
    _description = "Kind of work"


class HotlineService(models.Model):
    """What an account is charged for and a meter measures."""

    _name = "hotline.service"
    _inherit = ["hotline.coded"]
    _description = "Service"

    unit = fields.Char(translate=True, help="m³, kWh, Gcal")
    other_names = fields.Char(
        string="In registers also",
        help="How companies write it in their files, by commas: «ХВС, вода холодная».",
    )

    @api.model
    def _seed_other_names(self, names):
        """Give services the usual names of registers, {code: names}; a body's own stay."""
        for service in self.with_context(active_test=False).search([("code", "in", list(names))]):
            service.other_names = service.other_names or names[service.code]

    def _other_names(self):
        """Return the folded other names, as a register's cell is compared."""
        self.ensure_one()
        names = map(addresses.fold, (self.other_names or "").split(","))
        return [name for name in names if name]
