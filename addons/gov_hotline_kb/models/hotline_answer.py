from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .helpdesk_ticket import SUGGESTED_AT_MOST

FOR_CITIZENS = ("both", "public")
FOUND_AT_MOST = 8


class HotlineAnswer(models.Model):
    """Articles beside the answer; what may leave the body goes into its text by one click (E5)."""

    _inherit = "hotline.answer"

    @api.readonly
    def find_articles(self, query=""):
        """Return what may go into this answer, as `search_text` does: suggested, or found."""
        self.ensure_one()
        self.check_access("read")
        self.env["document.page"].check_access("read")
        return self._fitting_articles(query)._article_vals()

    def _fitting_articles(self, query=""):
        case, Page = self.ticket_id, self.env["document.page"]
        place = case.sudo().territory_id  # sudo: compared alone, not every role may read it
        if query:
            told = Domain("audience", "in", FOR_CITIZENS)
            found = Page._found_ids(query, FOUND_AT_MOST, told, case.topic_id, place)
            return Page.browse(found)
        near = Page._suggested(case.topic_id, case.name, 2 * SUGGESTED_AT_MOST, place)
        return near.filtered(lambda page: page.audience in FOR_CITIZENS)[:SUGGESTED_AT_MOST]

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
        self.text = "\n\n".join(filter(None, [written, page._letter()]))
