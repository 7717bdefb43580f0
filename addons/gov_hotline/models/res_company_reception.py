from odoo import fields, models

from ..domain import stopping


class ResCompany(models.Model):
    """The reception's documents and the least number of answers before correspondence stops."""

    _inherit = "res.company"

    hotline_keep_document_number = fields.Boolean(
        string="Keep the number of the identity document at the reception",
        help="Only where a local act says so (152-FZ).",
    )
    hotline_stop_answers = fields.Integer(
        string="Earlier answers before correspondence is stopped",
        required=True,
        default=stopping.LEAST_ANSWERS,
    )

    _hotline_stop_answers_least = models.Constraint(
        "CHECK (hotline_stop_answers >= 2)",
        "Correspondence is stopped after two answers at the least (59-FZ, art. 11, p. 5).",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_keep_document_number = fields.Boolean(
        related="company_id.hotline_keep_document_number", readonly=False
    )
    hotline_stop_answers = fields.Integer(related="company_id.hotline_stop_answers", readonly=False)
