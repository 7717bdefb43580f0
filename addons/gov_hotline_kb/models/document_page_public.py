from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import questions
from .document_page_search import PUBLISHED

FOR_CITIZENS = Domain("audience", "in", ("both", "public"))
LISTED_AT_MOST = 100
FOUND_AT_MOST = 20


class DocumentPage(models.Model):
    """Articles for citizens: what is published for them and in force, as plain values, no record.

    A visitor has no rights on articles at all; whatever leaves here passes `_public_domain`.
    """

    _inherit = "document.page"

    @api.model
    def _public_pages(self):
        # sudo: a visitor has no rights; every reading below keeps to `_public_domain`
        pages = self.sudo()
        return pages.with_context(tz=self.env.company.hotline_tz, active_test=True)

    @api.model
    def _public_domain(self):
        bodies = [False, self.env.company.id]
        return (
            PUBLISHED & FOR_CITIZENS & self._in_force_domain() & Domain("company_id", "in", bodies)
        )

    @api.model
    def _public_situations(self):
        """Return [{id, name, count}] of the life situations that have an article for citizens."""
        pages = self._public_pages()
        domain = pages._public_domain() & Domain("situation_ids", "!=", False)
        counts = dict(pages._read_group(domain, ["situation_ids"], ["__count"]))
        known = self.env["hotline.kb.situation"].sudo().concat(*counts)  # sudo: names of shelves
        known = known.filtered("active").sorted()
        return [{"id": one.id, "name": one.name, "count": counts[one]} for one in known]

    @api.model
    def _public_found(self, query="", situation_id=0):
        """Return [{id, title, short}] for a visitor's words or of a life situation."""
        pages = self._public_pages()
        domain = pages._public_domain()
        if query:
            found = pages._found_ids(questions.typed(query), FOUND_AT_MOST, domain)
            return [one._public_row() for one in pages.browse(found)]
        domain &= Domain("situation_ids", "=", situation_id)
        listed = pages.search(domain, order="helped_count desc, name, id", limit=LISTED_AT_MOST)
        return [one._public_row() for one in listed]

    def _public_article(self):
        """Return the article of `_public_page` as a visitor reads it."""
        self.ensure_one()
        owners = self.owner_ids
        return {
            **self._public_row(),
            "html": self.published_html,
            "as_of": fields.Date.to_date(self.published_at),
            "situations": [{"id": one.id, "name": one.name} for one in self.situation_ids],
            "files": [file._public_vals() for file in self.published_file_ids],
            "owners": [{"name": one.agency_id.name, "part": one.part or ""} for one in owners],
        }

    @api.model
    def _public_page(self, page_id):
        """Return the article by its number; empty for any that is not for citizens."""
        pages = self._public_pages()
        domain = pages._public_domain() & Domain("id", "=", page_id)
        return pages.search(domain, limit=1)

    def _public_row(self):
        short, example = self.published_short or "", self.is_example
        return {"id": self.id, "title": self.name, "short": short, "example": example}
