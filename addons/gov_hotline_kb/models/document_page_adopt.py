from odoo import api, models

from ..domain import articles


class DocumentPage(models.Model):
    """Articles published before there were versions."""

    _inherit = "document.page"

    @api.model
    def _adopt_published(self):
        """Give each published article without a version its first one; used by the migration."""
        domain = [("state", "=", "published"), ("version_id", "=", False)]
        pages = self.with_context(active_test=False).search(domain)
        for page in pages:
            page.version_id = self.env["hotline.kb.version"]._create_by_act(
                page._prepare_adopted_vals()
            )
        pages._index_words()

    def _prepare_adopted_vals(self):
        shown = dict.fromkeys(articles.PARTS, "")
        shown |= {"content": self.published_html, "short": self.published_short}
        return {
            "page_id": self.id,
            "number": 1,
            "name": self.name,
            "short_form": self.published_short,
            "html": self.published_html,
            "text": self.published_text,
            "digest": articles.digest({**shown, "sources": "", "checked": ""}),
            "state": "published",
            "author_id": self.published_by_id.id,
            "approved_by_id": self.published_by_id.id,
            "published_at": self.published_at,
        }
