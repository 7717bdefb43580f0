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
    def find_articles(self, query="", ticket_id=False):
        """Return what may go into this answer, as `search_text` does: suggested, or found.

        An answer that is not kept yet is none; it is of the case `ticket_id`. With each article
        comes the `letter` that goes into the text.
        """
        case = self.ticket_id if self else self.env["helpdesk.ticket"].browse(ticket_id)
        case.ensure_one()
        (self or case).check_access("read")
        self.env["document.page"].check_access("read")
        told = self._fitting_articles(case, query)
        pages = {page.id: page for page in self.env["document.page"].browse(o["id"] for o in told)}
        return [{**one, "letter": pages[one["id"]]._letter()} for one in told]

    def _fitting_articles(self, case, query=""):
        Page = self.env["document.page"]
        place = case.sudo().territory_id  # sudo: compared alone, not every role may read it
        if query:
            told = Domain("audience", "in", FOR_CITIZENS)
            found = Page._found(query, FOUND_AT_MOST, told, case.topic_id, place)
            return Page._found_vals(found)
        near, similar = Page._suggested_parts(
            case.topic_id, case.name, 2 * SUGGESTED_AT_MOST, place
        )
        told = near.filtered(lambda page: page.audience in FOR_CITIZENS)[:SUGGESTED_AT_MOST]
        return told._article_vals(similar)

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
