from odoo import fields, models


class HotlineRefusal(models.TransientModel):
    _inherit = "hotline.refusal"

    res_model = fields.Selection(
        selection_add=[("hotline.kb.version", "Version of an article")],
        ondelete={"hotline.kb.version": "cascade"},
    )
