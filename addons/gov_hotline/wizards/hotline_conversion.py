from odoo import fields, models
from odoo.exceptions import UserError

HOW = [
    ("code", "The applicant signs in with identification and confirms"),
    ("paper", "A signed letter has come"),
    ("visit", "At the reception, with an identity document"),
]


class HotlineConversion(models.TransientModel):
    """On which ground a message becomes an appeal under 59-FZ (practice 4)."""

    _name = "hotline.conversion"
    _inherit = "hotline.confirmation"
    _description = "Conversion of a message"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Message", required=True, readonly=True)
    how = fields.Selection(HOW, string="How the applicant confirms", required=True)
    received_on = fields.Date(string="Date of receipt", default=lambda self: self._today())
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the signed letter")
    identity_shown = fields.Boolean(
        string="The applicant showed an identity document",
        help="The name in the draft is that of the document.",
    )

    def action_convert(self):
        """Make the draft appeal; with a code to read out, or open it to be registered; operator."""
        self.ensure_one()
        self.ticket_id._require_role("operator")
        self.ticket_id.check_access("read")
        self._check_complete()
        draft = self.ticket_id._convert_by(self.how, self.scan_ids, self._received_at())
        return draft.action_draft_dialog() if self.how == "code" else draft._open_form()

    def _check_complete(self):
        if self.how == "paper" and not self.scan_ids:
            raise UserError(self.env._("Attach the scan of the signed letter."))
        self._check_identity()
        company = self.ticket_id.company_id
        if self.how == "code":
            return
        if not self.received_on or not (
            self.ticket_id.received_on <= self.received_on <= company._hotline_today()
        ):
            raise UserError(
                self.env._(
                    "The date of receipt is not before the message came and not in the future."
                )
            )
