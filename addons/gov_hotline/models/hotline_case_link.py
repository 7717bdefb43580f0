from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import transitions

KINDS = [
    ("repeat", "Repeat"),
    ("duplicate", "Duplicate"),
    ("resubmission", "Filed again after the causes were removed"),
    ("converted", "Converted from a message"),
    ("same_text", "Same text of another sender"),
]
MARKS = ("resubmission", "duplicate", "repeat")  # the first that holds is the mark of the case


class HotlineCaseLink(models.Model):
    """A later case beside an earlier one: linked, never merged. Shown on both."""

    _name = "hotline.case.link"
    _inherit = "hotline.by.act"
    _description = "Link between appeals"
    _order = "id desc"
    _rec_name = "kind"
    _set_by_act = frozenset({"user_id", "company_id", "is_undone", "undone_by_id", "undone_at"})

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "helpdesk.ticket", string="Earlier appeal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, string="What it is", required=True)
    user_id = fields.Many2one(
        "res.users", string="Linked by", readonly=True, default=lambda self: self.env.user
    )
    is_undone = fields.Boolean(string="Taken off", readonly=True)
    undone_by_id = fields.Many2one("res.users", string="Taken off by", readonly=True)
    undone_at = fields.Datetime(string="Taken off at", readonly=True)

    shown_id = fields.Many2one("helpdesk.ticket", compute="_compute_shown", string="Linked with")
    shown_kind = fields.Char(compute="_compute_shown", string="How it is linked")
    shown_name = fields.Char(compute="_compute_shown", string="What it is about")
    shown_state = fields.Char(compute="_compute_shown", string="Where it stands")
    can_undo = fields.Boolean(compute="_compute_can_undo")

    _pair_uniq = models.UniqueIndex(
        "(ticket_id, other_id) WHERE is_undone IS NOT TRUE",
        "These two appeals are linked already.",
    )

    @api.depends("ticket_id", "other_id", "kind")
    @api.depends_context("hotline_from", "lang")
    def _compute_shown(self):
        """The other end, seen from the case in the context `hotline_from`."""
        here = self.env.context.get("hotline_from")
        later, earlier = self._kind_words()
        states = dict(self.ticket_id._fields["state"]._description_selection(self.env))
        for link in self:
            is_later = link.ticket_id.id == here or not here
            shown = link.other_id if is_later else link.ticket_id
            link.shown_id = shown
            link.shown_kind = (later if is_later else earlier).get(link.kind)
            link.shown_name = shown.name
            link.shown_state = states.get(shown.state)

    def _kind_words(self):
        """Return what a link is called on the later case and on the earlier one."""
        later = {
            "repeat": self.env._("Repeat of"),
            "duplicate": self.env._("Duplicate of"),
            "resubmission": self.env._("Filed again after"),
            "converted": self.env._("Converted from"),
            "same_text": self.env._("Same text as"),
        }
        earlier = {
            "repeat": self.env._("Repeated in"),
            "duplicate": self.env._("Duplicated in"),
            "resubmission": self.env._("Filed again as"),
            "converted": self.env._("Converted into"),
            "same_text": self.env._("Same text as"),
        }
        return later, earlier

    @api.depends("is_undone", "ticket_id.state")
    @api.depends_context("uid")
    def _compute_can_undo(self):
        roles = self.env["helpdesk.ticket"]._roles()
        for link in self:
            link.can_undo = not link.is_undone and link.ticket_id._may_link(roles)

    @api.constrains("ticket_id", "other_id")
    def _check_pair(self):
        for link in self:
            if link.ticket_id == link.other_id:
                raise ValidationError(self.env._("An appeal is not linked with itself."))
            if link.ticket_id.company_id != link.other_id.company_id:
                raise ValidationError(self.env._("Appeals of two bodies are not linked."))
            if link.other_id.state == transitions.DRAFT:
                raise ValidationError(self.env._("Only registered appeals are linked with."))

    @api.model_create_multi
    def create(self, vals_list):
        # before the database's lock would say it in its own words
        for vals in vals_list:
            self.env["helpdesk.ticket"].browse(vals.get("ticket_id"))._check_may_link()
        links = super().create(vals_list)
        for link in links:
            link.ticket_id._check_may_link()
            link.other_id.check_access("read")
            link._journal("case_linked")
        return links

    def action_undo(self):
        """Take the link off; that it was there stays on record. Officer, operator in a draft."""
        for link in self:
            link.ticket_id._check_may_link()
            if link.is_undone:
                raise UserError(self.env._("This link is taken off already."))
            now = fields.Datetime.now()
            link._write_by_act({"is_undone": True, "undone_by_id": self.env.uid, "undone_at": now})
            link.flush_recordset()  # the pair is free again, also for an INSERT that comes at once
            link._journal("case_unlinked")

    def action_open(self):
        """Open the case at the other end."""
        self.ensure_one()
        return self.shown_id._open_form()

    def _journal(self, event):
        self.env["hotline.journal"]._append(
            event, self.ticket_id, link=self.id, other=self.other_id.number, link_kind=self.kind
        )
