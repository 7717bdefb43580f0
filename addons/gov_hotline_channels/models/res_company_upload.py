from odoo import fields, models


class ResCompany(models.Model):
    """How long a link for large files lives and how much it takes."""

    _inherit = "res.company"

    hotline_upload_days = fields.Integer(
        string="Days that a link for files lives", required=True, default=10
    )
    hotline_upload_megabytes = fields.Integer(
        string="Megabytes by one link", required=True, default=200
    )

    _hotline_upload_limits = models.Constraint(
        "CHECK (hotline_upload_days BETWEEN 1 AND 90 "
        "AND hotline_upload_megabytes BETWEEN 1 AND 2000)",
        "A link for files lives from 1 to 90 days and takes from 1 to 2000 megabytes.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_upload_days = fields.Integer(related="company_id.hotline_upload_days", readonly=False)
    hotline_upload_megabytes = fields.Integer(
        related="company_id.hotline_upload_megabytes", readonly=False
    )
