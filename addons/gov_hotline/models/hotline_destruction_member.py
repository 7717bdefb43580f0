from odoo import api, fields, models


class HotlineDestructionMember(models.Model):
    """One of the commission that has looked at the list."""

    _name = "hotline.destruction.member"
    _description = "Member of the commission"
    _order = "is_chair desc, sequence, id"

    act_id = fields.Many2one("hotline.destruction", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Surname and initials", required=True)
    position = fields.Char(required=True)
    is_chair = fields.Boolean(string="Chairs")

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.act_id._check_draft()
        return members

    def write(self, vals):
        self.act_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_put(self):
        self.act_id._check_draft()
