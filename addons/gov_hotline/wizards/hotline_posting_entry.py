from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..models.hotline_posting import WAYS


class HotlinePostingEntry(models.TransientModel):
    """When and how printed letters were handed to the post, for one or for many of them."""

    _name = "hotline.posting.entry"
    _description = "Posting of letters"

    notice_ids = fields.Many2many("hotline.notice", string="Notices", readonly=True)
    assignment_ids = fields.Many2many("hotline.assignment", string="Forwardings", readonly=True)
    letters = fields.Text(compute="_compute_letters")
    count = fields.Integer(compute="_compute_letters", string="How many letters")
    posted_on = fields.Date(
        string="Handed to the post on",
        required=True,
        default=lambda self: self.env.company._hotline_today(),
    )
    posted_way = fields.Selection(
        WAYS, string="Kind of posting", required=True, default="registered"
    )
    posted_number = fields.Char(string="Postal identifier or No. in the register")

    @api.depends("notice_ids", "assignment_ids")
    def _compute_letters(self):
        for entry in self:
            named = [
                *(one._letter_title() for one in entry.assignment_ids),
                *(one._letter_title() for one in entry.notice_ids),
            ]
            entry.letters = "\n".join(named)
            entry.count = len(named)

    @api.model
    def _open_for(self, *letters):
        """Return the window of the entry for these letters; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        vals = {"notice_ids": [], "assignment_ids": []}
        for found in letters:
            found.check_access("read")
            for letter in found:
                letter._check_waits_on_paper()
            name = "notice_ids" if found._name == "hotline.notice" else "assignment_ids"
            vals[name] = [Command.set(found.ids)]
        entry = self.create(vals)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Posting of letters"),
            "res_model": self._name,
            "res_id": entry.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_enter(self):
        """Record the posting of all its letters; officer, own entries only."""
        self.ensure_one()
        # Of a transient record Odoo checks the model only: whose it is, we do.
        if self.sudo().create_uid != self.env.user:
            raise AccessError(self.env._("This entry was prepared by somebody else."))
        vals = {name: self[name] for name in ("posted_on", "posted_way", "posted_number")}
        self.assignment_ids._mark_posted(vals)
        self.notice_ids._mark_posted(vals)
        return {"type": "ir.actions.act_window_close"}
