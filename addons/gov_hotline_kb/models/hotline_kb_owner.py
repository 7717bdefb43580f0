from odoo import api, fields, models

from .draft_parts import BY_ARTICLE


class HotlineKbOwner(models.Model):
    """An agency that answers for a part of an article: several share one (C3)."""

    _name = "hotline.kb.owner"
    _inherit = "hotline.kb.bounded"
    _description = "Owner of an article"
    _order = "page_id, sequence, id"
    _lengths = {"part": 200}

    page_id = fields.Many2one("document.page", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    agency_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("hotline_kind", "=", "agency")],
    )
    part = fields.Char(
        string="Answers for", help="Amounts and award; forms and reception of papers."
    )
    company_id = fields.Many2one(related="page_id.company_id", store=True, index=True)

    _agency_uniq = models.Constraint(
        "UNIQUE (page_id, agency_id)", "This agency is among the owners already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        owners = super().create(vals_list)
        owners._check_may_change()
        owners.page_id._mark_owners()
        return owners

    def write(self, vals):
        pages = self.page_id
        self._check_may_change()
        done = super().write(vals)
        self._check_may_change()  # of the article it was moved to as well
        (pages | self.page_id)._mark_owners()
        return done

    def unlink(self):
        pages = self.page_id
        self._check_may_change()
        done = super().unlink()
        pages._mark_owners()
        return done

    def _check_may_change(self):
        self.page_id._check_may_write({"owner_ids"})
        if self.env.context.get("hotline_kb_shelf") is not BY_ARTICLE:
            self.page_id._check_shelf_seen({"owner_ids"}, None)
