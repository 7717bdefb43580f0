from odoo import fields, models


class ResPartner(models.Model):
    """The dossier: all appeals of one person beside the calls (B7)."""

    _inherit = "res.partner"

    hotline_ticket_ids = fields.One2many(
        "helpdesk.ticket",
        "partner_id",
        string="Appeals of the citizen",
        groups="gov_hotline.group_operator,gov_hotline.group_supervisor,"
        "gov_hotline.group_approver,gov_hotline.group_auditor",
    )
