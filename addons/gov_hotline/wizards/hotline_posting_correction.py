from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.hotline_posting import WAYS
from ..models.hotline_posting_correction import MARK


class HotlinePostingCorrection(models.TransientModel):
    """The window in which a slip of a posting is corrected, or its identifier added."""

    _name = "hotline.posting.correction"
    _inherit = "hotline.letter.line"
    _description = "Correction of a posting"

    letter = fields.Char(compute="_compute_letter")
    posted_on = fields.Date(string="Handed to the post on", required=True)
    posted_way = fields.Selection(WAYS, string="Kind of posting", required=True)
    posted_number = fields.Char(string="Postal identifier or No. in the register")
    is_closed = fields.Boolean(compute="_compute_letter")
    reason = fields.Text()

    @api.depends("res_model", "res_id")
    def _compute_letter(self):
        for one in self:
            letter = one._letter()
            one.letter = letter and letter._letter_title()
            one.is_closed = bool(letter) and letter.ticket_id.is_final

    def action_correct(self):
        """Write the mark anew, with the trace of what it was; officer, own windows only."""
        self.ensure_one()
        # Of a transient record Odoo checks the model only: whose it is, we do.
        if self.sudo().create_uid != self.env.user:  # sudo: whose it is
            raise AccessError(self.env._("This entry was prepared by somebody else."))
        self._letter()._correct_posting({name: self[name] for name in MARK}, self.reason)
        return {"type": "ir.actions.act_window_close"}
