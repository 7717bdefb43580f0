from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import articles
from .helpdesk_ticket import SUGGESTED_AT_MOST

FOR_CITIZENS = ("both", "public")


class HotlineAnswer(models.Model):
    """Articles beside the answer; what may leave the body goes into its text by one click (E5)."""

    _inherit = "hotline.answer"

    kb_page_ids = fields.Many2many(
        "document.page", string="Knowledge base", compute="_compute_kb_page_ids"
    )

    @api.depends("ticket_id.topic_id", "ticket_id.name")
    @api.depends_context("uid")
    def _compute_kb_page_ids(self):
        Page = self.env["document.page"]
        readable = Page.has_access("read")
        for answer in self:
            case = answer.ticket_id
            place = case.sudo().territory_id  # sudo: compared alone, not every role may read it
            found = readable and Page._suggested(
                case.topic_id, case.name, 2 * SUGGESTED_AT_MOST, place
            )
            fit = found and found.filtered(lambda page: page.audience in FOR_CITIZENS)
            answer.kb_page_ids = fit and fit[:SUGGESTED_AT_MOST]

    def _insert_article(self, page):
        """Add the article's text to the draft of this answer; by the rights of the writer."""
        self.ensure_one()
        if page.audience not in FOR_CITIZENS:
            raise UserError(
                self.env._(
                    "Article «%(name)s» is for staff only: it does not go into an answer.",
                    name=page.name,
                )
            )
        if self.state != "draft":
            raise UserError(self.env._("Take the answer back to the draft first."))
        written = (self.text or "").rstrip()
        self.text = "\n\n".join(filter(None, [written, articles.letter(page.published_text or "")]))
