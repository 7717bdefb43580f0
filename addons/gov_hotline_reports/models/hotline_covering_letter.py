from odoo import fields, models


class HotlineCoveringLetter(models.Model):
    _inherit = "hotline.covering.letter"

    came_by_medo = fields.Boolean(
        string="Came by МЭДО",
        help="Through the electronic exchange of bodies: ССТУ.РФ is told so.",
    )
