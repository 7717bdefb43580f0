from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..domain import post, postal
from ..models.hotline_posting import WAYS

WITHOUT_NUMBER = (postal.PLAIN, post.HAND)


class HotlinePostingEntry(models.TransientModel):
    """When and how printed letters were handed to the post: one day and way, own identifiers."""

    _name = "hotline.posting.entry"
    _description = "Posting of letters"

    line_ids = fields.One2many("hotline.posting.entry.line", "entry_id", string="Letters")
    count = fields.Integer(compute="_compute_count", string="How many letters")
    posted_on = fields.Date(
        string="Handed to the post on",
        required=True,
        default=lambda self: self.env.company._hotline_today(),
    )
    posted_way = fields.Selection(
        WAYS, string="Kind of posting", required=True, default=postal.REGISTERED
    )
    pasted = fields.Text(string="Paste a column")
    left_over = fields.Char(string="Of no letter", readonly=True)

    @api.depends("line_ids")
    def _compute_count(self):
        for entry in self:
            entry.count = len(entry.line_ids)

    @api.onchange("pasted")
    def _onchange_pasted(self):
        """Lay the pasted identifiers to the letters: by their numbers, else in their order."""
        found, left = postal.laid(self.pasted or "", self.line_ids.mapped("number"))
        for place, line in enumerate(self.line_ids):
            line.posted_number = found.get(place, line.posted_number)
        self.left_over = "; ".join(left)
        self.pasted = self.pasted if left else False

    @api.model
    def _open_for(self, *letters):
        """Return the window of the entry for these letters, in their order; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        lines = []
        for found in letters:
            found.check_access("read")
            for letter in found:
                letter._check_waits_on_paper()
                lines.append(Command.create({"res_model": letter._name, "res_id": letter.id}))
        entry = self.create({"line_ids": lines})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Posting of letters"),
            "res_model": self._name,
            "res_id": entry.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_enter(self):
        """Record the posting of all its letters, or of none; officer, own entries only."""
        self.ensure_one()
        # Of a transient record Odoo checks the model only: whose it is, we do.
        if self.sudo().create_uid != self.env.user:  # sudo: whose it is
            raise AccessError(self.env._("This entry was prepared by somebody else."))
        if not self.line_ids:
            raise UserError(self.env._("None of these letters waits to be posted."))
        numbers = {line._letter(): line._number(self.posted_way) for line in self.line_ids}
        if self.posted_way == postal.REGISTERED:
            self.env["hotline.posting"]._check_identifiers(numbers)
        common = {"posted_on": self.posted_on, "posted_way": self.posted_way}
        for letter, number in numbers.items():
            letter._mark_posted({**common, "posted_number": number})
        return {"type": "ir.actions.act_window_close"}


class HotlinePostingEntryLine(models.TransientModel):
    """One letter of the entry and its own identifier."""

    _name = "hotline.posting.entry.line"
    _inherit = "hotline.letter.line"
    _description = "Posting of a letter"
    _order = "id"

    entry_id = fields.Many2one("hotline.posting.entry", required=True, ondelete="cascade")
    number = fields.Char(compute="_compute_letter", string="No.")
    what = fields.Char(compute="_compute_letter", string="Letter")
    addressee = fields.Char(compute="_compute_letter")
    posted_number = fields.Char(string="Identifier or No. in the register")

    @api.depends("res_model", "res_id")
    def _compute_letter(self):
        for line in self:
            letter = line._letter()
            line.number = letter._outgoing_mark()[0]
            line.what, line.addressee = letter._what_and_whom()

    def _number(self, way):
        """Return the number as it is kept for a posting of this `way`, False for none."""
        if way in WITHOUT_NUMBER:
            return False
        number = (self.posted_number or "").strip()
        return (postal.cleaned(number) if way == postal.REGISTERED else number) or False
