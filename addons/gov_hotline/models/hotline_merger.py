from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

SHORTEST_REASON = 10
MOST_CARDS = 10


class HotlineMerger(models.Model):
    """The act by which a second card of the same citizen became one with the first.

    It goes with the card: whatever is left of it holds no name.
    """

    _name = "hotline.merger"
    _inherit = "hotline.by.act"
    _description = "Merger of two citizens' cards"
    _order = "id desc"
    _rec_name = "merged_name"
    _set_by_act = frozenset({"kept_id", "merged_ref", "merged_name", "reason", "case_count"})

    kept_id = fields.Many2one(
        "res.partner", string="Card that stays", required=True, index=True, ondelete="cascade"
    )
    merged_ref = fields.Integer(string="Card merged, No.", required=True)
    merged_name = fields.Char(string="Name on the merged card")
    reason = fields.Text(required=True)
    case_count = fields.Integer(string="Appeals moved")

    @api.model_create_multi
    def create(self, vals_list):
        """Made by the act alone."""
        if not self._is_by_act():
            raise AccessError(self.env._("Cards are merged by the act «Merge the cards»."))
        return super().create(vals_list)


class ResPartner(models.Model):
    """One person, one card: a merger by act passes the lock of closed cases (B4, B7)."""

    _inherit = "res.partner"

    hotline_merger_ids = fields.One2many("hotline.merger", "kept_id", string="Merged cards")

    def _merge_citizens(self, cards, reason):
        """Make `cards` one with this card that stays; officer. Each is an act of its own.

        Everything that names them names this card: open and closed cases, calls, receptions. What
        was written in the cases (name, address) stays as it was. Raises UserError, AccessError.
        """
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("officer")
        self._check_mergeable(cards, reason)
        for card in cards - self:
            # sudo: the records that name the card are of every department; the role was checked
            self.sudo()._merge_citizen(card.sudo(), reason)

    def _check_mergeable(self, cards, reason):
        both = self | cards
        both.check_access("write")
        if len(both) < 2 or len(both) > MOST_CARDS:
            raise UserError(
                self.env._("Choose from two to %(most)s cards of one citizen.", most=MOST_CARDS)
            )
        if set(both.mapped("hotline_kind")) != {"citizen"}:
            raise UserError(self.env._("Only cards of citizens are merged."))
        if len((reason or "").strip()) < SHORTEST_REASON:
            raise UserError(self.env._("Write why this is one person (ten characters at least)."))

    def _merge_citizen(self, card, reason):
        """Merge one card, as the system."""
        cases = self.env["helpdesk.ticket"].with_context(active_test=False)
        moved = cases.search([("partner_id", "=", card.id)])
        self.env["hotline.merger"]._create_by_act(
            {
                "kept_id": self.id,
                "merged_ref": card.id,
                "merged_name": card.name,
                "reason": reason,
                "case_count": len(moved),
            }
        )
        self._drop_same_phones(card)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with self.env["hotline.lock"]._permitted_merger(card, self):
            self._journal_merger(card, moved)
            wizard._merge((self | card).ids, self, extra_checks=False)

    def _drop_same_phones(self, card):
        """A number that both have stays once."""
        known = set(self.hotline_phone_ids.mapped("number"))
        card.hotline_phone_ids.filtered(lambda phone: phone.number in known).unlink()

    def _journal_merger(self, card, moved):
        journal = self.env["hotline.journal"]
        journal._append("citizens_merged", self, merged=card.id, cases=len(moved))
        for case in moved.filtered("is_final"):
            journal._append("citizen_merged", case, merged=card.id, kept=self.id)
