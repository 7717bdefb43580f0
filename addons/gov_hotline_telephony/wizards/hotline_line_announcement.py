from odoo import api, fields, models
from odoo.exceptions import UserError


class HotlineLineAnnouncement(models.TransientModel):
    """The supervisor says something to everybody who calls a line (a mass incident)."""

    _name = "hotline.line.announcement"
    _description = "Announcement on a line"

    line_id = fields.Many2one(
        "hotline.line",
        required=True,
        default=lambda self: self.env["hotline.line"].search([], limit=1),
        ondelete="cascade",
    )
    text = fields.Text(string="Announcement")
    until = fields.Datetime(string="Said until", help="Empty: until it is taken off.")

    @api.onchange("line_id")
    def _onchange_line(self):
        self.text = self.line_id.voice_announcement
        self.until = self.line_id.voice_announced_until

    def action_announce(self):
        """Say the text to everybody who calls, from now on."""
        if not (self.text or "").strip():
            raise UserError(self.env._("Write what is to be said, or take the announcement off."))
        self._put({"voice_announcement": self.text.strip(), "voice_announced_until": self.until})

    def action_take_off(self):
        """Say nothing more."""
        self._put({"voice_announcement": False, "voice_announced_until": False})

    def _put(self, vals):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("supervisor", "administrator")
        self.line_id.check_access("read")
        # sudo: of a line the supervisor sets the announcement alone
        self.line_id.sudo().write({**vals, "voice_announced_by_id": self.env.uid})
