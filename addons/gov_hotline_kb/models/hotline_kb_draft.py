from odoo import api, fields, models

from ..domain import articles

KINDS = [("unsaved", "Not saved"), ("replaced", "Replaced by a colleague")]


class HotlineKbDraft(models.Model):
    """A text of an article that its draft has not: refused to its writer, or replaced by another's.

    Nothing that somebody wrote is lost when two write at once.
    """

    _name = "hotline.kb.draft"
    _inherit = "hotline.by.act"
    _description = "Text beside the draft of an article"
    _order = "id desc"

    page_id = fields.Many2one(
        "document.page", string="Article", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="page_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, string="What it is", required=True)
    author_id = fields.Many2one("res.users", string="Written by", index=False)
    name = fields.Char(string="Title")
    short_form = fields.Text(string="To read out")
    staff_note = fields.Text(string="For the operator")
    html = fields.Html(string="Text")
    digest = fields.Char(groups=fields.NO_ACCESS)

    @api.depends("page_id.name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for draft in self:
            draft.display_name = f"{draft.page_id.name}: {kinds.get(draft.kind, '')}"

    @api.model
    def _keep(self, vals):
        """Keep a text once, however often it is refused."""
        vals = {**vals, "digest": articles.digest(vals)}
        # sudo: rows are nobody's to write; who asks may write the article
        known = self.sudo().search([(name, "=", vals[name]) for name in ("page_id", "digest")])
        return known[:1] or self._create_by_act(vals)
