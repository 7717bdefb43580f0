from odoo import api, fields, models

from ..domain import declension

DECISIONS = [
    ("sent", "Sent for approval"),
    ("approved", "Approved"),
    ("refused", "Sent back"),
    ("taken_back", "Taken back by the author"),
    ("voided", "Approval lapsed: the answer was changed"),
]


class HotlineApproval(models.Model):
    """What happened to the approval of an answer: appended by the acts, never changed.

    Reviews of base_tier_validation live for one round; this is what the sheet of approval tells.
    """

    _name = "hotline.approval"
    _description = "Approval of an answer"
    _order = "id"

    answer_id = fields.Many2one("hotline.answer", required=True, index=True, ondelete="cascade")
    ticket_id = fields.Many2one(
        related="answer_id.ticket_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(related="answer_id.company_id", store=True, precompute=True)
    round = fields.Integer(required=True)
    step = fields.Char()
    decision = fields.Selection(DECISIONS, required=True)
    user_id = fields.Many2one("res.users", ondelete="restrict")
    user_name = fields.Char(string="Who", required=True)
    for_name = fields.Char(string="In place of")
    for_basis = fields.Char(string="By which order")
    at = fields.Datetime(string="When", required=True)
    reason = fields.Text()
    content_hash = fields.Char(string="SHA-256 of what was decided on")
    who = fields.Char(compute="_compute_who", string="Decided by")

    @api.depends("user_name", "for_name", "for_basis")
    @api.depends_context("lang")
    def _compute_who(self):
        for one in self:
            one.who = one.user_name
            if one.for_name:
                place = self._instead_of(one.for_name)
                one.who = self.env._("%(who)s for %(place)s", who=one.who, place=place)
                if one.for_basis:
                    one.who = f"{one.who} ({one.for_basis})"

    @api.model
    def _instead_of(self, name):
        """Return a name as it stands after «за»: declined where it is sure, without «(role)»."""
        name = (name or "").partition(" (")[0]
        return declension.accusative(name) if (self.env.lang or "").startswith("ru") else name
