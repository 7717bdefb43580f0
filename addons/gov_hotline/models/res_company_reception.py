from odoo import fields, models


class ResCompany(models.Model):
    """Whether the number of an identity document is kept; a local act must say so (152-FZ)."""

    _inherit = "res.company"

    hotline_keep_document_number = fields.Boolean(
        string="Keep the number of the identity document at the reception"
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_keep_document_number = fields.Boolean(
        related="company_id.hotline_keep_document_number", readonly=False
    )
