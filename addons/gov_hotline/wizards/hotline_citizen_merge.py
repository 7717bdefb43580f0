from odoo import api, fields, models


class HotlineCitizenMerge(models.TransientModel):
    """Ask which card of one citizen stays and why it is one person, before it cannot be undone."""

    _name = "hotline.citizen.merge"
    _description = "Merging of citizens' cards"

    card_ids = fields.Many2many("res.partner", string="Cards", readonly=True)
    kept_id = fields.Many2one(
        "res.partner", string="Card that stays", required=True, domain="[('id', 'in', card_ids)]"
    )
    reason = fields.Text(string="Why this is one person")
    told = fields.Char(string="What will happen", compute="_compute_told")

    @api.model
    def default_get(self, names):
        """Begin with the selected cards; the one with most appeals is proposed."""
        found = super().default_get(names)
        cards = self.env["res.partner"].browse(self.env.context.get("active_ids", []))
        found["card_ids"] = cards.ids
        most = cards.sorted(lambda card: (-len(card.hotline_ticket_ids), card.id))[:1]
        found["kept_id"] = most.id
        return found

    @api.depends("card_ids", "kept_id")
    def _compute_told(self):
        for asked in self:
            merged = asked.card_ids - asked.kept_id
            cases = merged.hotline_ticket_ids
            asked.told = self.env._(
                "Appeals to be moved: %(cases)s, of them closed: %(closed)s. The words of the "
                "appeals stay as they are.",
                cases=len(cases),
                closed=len(cases.filtered("is_final")),
            )

    def action_merge(self):
        """Merge the cards and open the one that stays; officer."""
        self.ensure_one()
        self.kept_id._merge_citizens(self.card_ids, self.reason)
        view = self.env.ref("gov_hotline.res_partner_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.kept_id.id,
            "views": [(view.id, "form")],
        }
