from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import similar, transitions
from .hotline_case_link import KINDS, MARKS


class HelpdeskTicket(models.Model):
    """Repeats, duplicates and the same text of several: linked by one click, never merged."""

    _inherit = "helpdesk.ticket"

    later_link_ids = fields.One2many("hotline.case.link", "other_id", string="Later appeals")
    earlier_link_ids = fields.One2many("hotline.case.link", "ticket_id", string="Earlier appeals")
    case_link_ids = fields.Many2many(
        "hotline.case.link", compute="_compute_case_link_ids", string="Linked appeals"
    )
    repetition = fields.Selection(
        [
            ("primary", "Primary"),
            ("repeat", "Repeat"),
            ("duplicate", "Duplicate"),
            ("resubmission", "Filed again"),
        ],
        string="Primary or repeat",
        compute="_compute_repetition",
        store=True,
        index=True,
    )
    similar_key = fields.Char(
        compute="_compute_similar_key",
        store=True,
        precompute=True,
        help="The beginning of the text, as compared.",
    )

    _topic_recent_idx = models.Index("(topic_id, id DESC) WHERE state <> 'draft'")
    _text_hash_idx = models.Index("(text_hash) WHERE text_hash IS NOT NULL")

    @api.depends("earlier_link_ids.is_undone", "later_link_ids.is_undone")
    def _compute_case_link_ids(self):
        for ticket in self:
            links = ticket.earlier_link_ids | ticket.later_link_ids
            ticket.case_link_ids = links.filtered(lambda link: not link.is_undone)

    @api.depends("earlier_link_ids.kind", "earlier_link_ids.is_undone")
    def _compute_repetition(self):
        for ticket in self:
            standing = ticket.earlier_link_ids.filtered(lambda link: not link.is_undone)
            kinds = set(standing.mapped("kind"))
            ticket.repetition = next((mark for mark in MARKS if mark in kinds), "primary")

    @api.depends("appeal_text")
    def _compute_similar_key(self):
        for ticket in self:
            ticket.similar_key = similar.key(ticket.appeal_text or "")

    # Linking

    def _may_link(self, roles):
        """Whether somebody with `roles` links this case: the later one, while it is open."""
        if self.state in transitions.FINAL_STATES:
            return False
        return ("operator" if self.state == transitions.DRAFT else "officer") in roles

    def _check_may_link(self):
        self.ensure_one()
        if self.state in transitions.FINAL_STATES:
            raise UserError(
                self.env._(
                    "Appeal %(number)s is closed and locked: its links stand.", number=self.number
                )
            )
        self._require_role("operator" if self.state == transitions.DRAFT else "officer")
        self.check_access("read")

    def action_link(self, other_id, kind):
        """Link this case with the earlier case `other_id` as `kind` (hotline.case.link)."""
        self.ensure_one()
        if kind not in dict(KINDS):
            raise UserError(self.env._("Choose how the appeals are linked."))
        vals = {"ticket_id": self.id, "other_id": other_id, "kind": kind}
        self.env["hotline.case.link"].create(vals)
        return True

    def _linked_earlier(self, *kinds):
        """Return the earlier cases linked with this one as `kinds`, and those linked with them."""
        found, ring = self.browse(), self
        while ring:
            links = ring.earlier_link_ids.filtered(
                lambda link: not link.is_undone and link.kind in kinds
            )
            ring = links.other_id - found - self
            found |= ring
        return found

    def _more_acts(self):
        acts = super()._more_acts()
        if self.id and self._may_link(self._roles()):
            label = self.env._("Link with an earlier appeal")
            acts.append(self._act("action_link_by_hand", label, step=False))
        return acts

    def action_link_by_hand(self):
        """Open the dialog that links with any earlier appeal; who may: see `_may_link`."""
        self._check_may_link()
        name = self.env._("Link with an earlier appeal")
        return self._dialog("hotline.case.link", name, kind="repeat")

    # Words

    def _card_rows(self):
        rows = super()._card_rows()
        standing = self.case_link_ids.with_context(hotline_from=self.id)
        words = [f"{link.shown_kind} {link.shown_id.number}" for link in standing]
        if words:
            label = self.env._("Primary or repeat")
            rows.append((label, self._card_cell("; ".join(words))))
        return rows
