from odoo import fields, models


class HotlineObjectKind(models.Model):
    """What may be the subject of a request: set by the body itself (D3)."""

    _name = "hotline.object.kind"
    _description = "Kind of object"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, default=lambda self: self._new_code())
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
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

    _code_uniq = models.Constraint("UNIQUE (code)", "A kind with this code exists already.")

    def _new_code(self):
        return self.env["hotline.validity"]._new_code()


class HotlineWorkKind(models.Model):
    """For what work a company answers at an object: heating, lifts, waste."""

    _name = "hotline.work.kind"
    _description = "Kind of work"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, default=lambda self: self._new_code())
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A kind of work with this code exists already.")

    def _new_code(self):
        return self.env["hotline.validity"]._new_code()


class HotlineService(models.Model):
    """What an account is charged for and a meter measures."""

    _name = "hotline.service"
    _description = "Service"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, default=lambda self: self._new_code())
    unit = fields.Char(translate=True, help="m³, kWh, Gcal")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A service with this code exists already.")

    def _new_code(self):
        return self.env["hotline.validity"]._new_code()
