from odoo import fields, models


class ResCompany(models.Model):
    """What the body takes by mail."""

    _inherit = "res.company"

    hotline_mail_megabytes = fields.Integer(
        string="Size of an incoming letter, megabytes", required=True, default=25
    )

    _hotline_mail_limit = models.Constraint(
        "CHECK (hotline_mail_megabytes > 0)", "The limit of a letter is a positive number."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_mail_megabytes = fields.Integer(
        related="company_id.hotline_mail_megabytes", readonly=False
    )
