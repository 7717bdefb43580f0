from odoo import api, models
from odoo.tools import SQL, format_date

from ..domain import articles
from .document_page_examples import ADDON


class DocumentPage(models.Model):
    """Shipped articles that people edited had the day they were written for a day of a check."""

    _inherit = "document.page"

    @api.model
    def _forget_unstated_checks(self):
        """Take the shipped date off the articles; used by the migration. Other dates stay."""
        for article in self._shipped():
            page = self.env.ref(f"{ADDON}.page_{article['id']}", raise_if_not_found=False)
            if page and page.checked_on == article["written"]:
                page._forget_check(self._example_review(article))

    def _forget_check(self, review_on):
        day = format_date(self.env, self.checked_on, "ru_RU", "dd.MM.yyyy")
        before = self._draft_digest()
        # the draft stays its author's: nothing that he wrote changes
        self.flush_recordset()
        self.env.execute_query(
            SQL("UPDATE document_page SET checked_on = NULL WHERE id = %s RETURNING id", self.id)
        )
        self.invalidate_recordset()
        for version in self.version_id | self.awaiting_version_id:
            version._say_unchecked(day, version.digest == before and self._draft_digest())
        # whoever said «still right» moved the day of the next check
        if self.state == "published":
            example = self.is_example or self.review_on == review_on
            shown = self.version_id
            self.write(
                {
                    "is_example": example, "published_html": shown.html,
                    "published_text": shown.text,
                }
            )  # fmt: skip


class HotlineKbVersion(models.Model):
    _inherit = "hotline.kb.version"

    def _say_unchecked(self, day, digest):
        """Put «not checked» in place of `day`; `digest`: the new one of an unchanged draft."""
        html = (self.html or "").replace(f"Сведения на {day}.", f"{articles.UNCHECKED}.")
        self._write_by_act(
            {"html": html, "text": articles.plain(html), "digest": digest or self.digest}
        )
