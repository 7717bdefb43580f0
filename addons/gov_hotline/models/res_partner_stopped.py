from odoo import fields, models


class ResPartner(models.Model):
    """The dossier: on which questions the correspondence is stopped."""

    _inherit = "res.partner"

    hotline_stopped_ids = fields.One2many(
        "hotline.stopped.topic",
        "partner_id",
        string="Stopped correspondence",
        groups="gov_hotline.group_operator,gov_hotline.group_supervisor,"
        "gov_hotline.group_approver,gov_hotline.group_auditor",
    )
