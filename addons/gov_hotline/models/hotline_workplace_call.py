from odoo import fields, models


class HotlineCall(models.Model):
    """What the operator's screen keeps in a call."""

    _inherit = "hotline.call"

    redirect_cause = fields.Selection(
        [
            ("competence", "Not our competence"),
            ("no_article", "No article in the knowledge base"),
            ("no_access", "No access to the data"),
            ("needs_decision", "A decision is needed"),
            ("asks_in_person", "The caller asks for this person"),
        ],
        string="Why it was transferred",
    )
    # Half-typed name and address of a citizen not yet kept: emptied when the call is closed.
    workplace_draft = fields.Json(readonly=True, copy=False)
