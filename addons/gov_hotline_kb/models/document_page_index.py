from odoo import models
from odoo.tools import SQL

# How much a word tells that stands in the title, in other words of callers, in the short form.
INDEX = """
INSERT INTO hotline_kb_word (page_id, stem, weight)
SELECT page_id, stem, sum(told) / (sum(told) + 1.5)
FROM (
    SELECT page.id AS page_id, word.lexeme AS stem,
        part.worth * (1 + ln(greatest(cardinality(word.positions), 1))) AS told
    FROM document_page AS page
    CROSS JOIN LATERAL (VALUES
        (4.0, page.name), (3.0, page.search_hints), (2.0, page.published_short),
        (1.0, left(page.published_text, 200000))
    ) AS part (worth, body)
    CROSS JOIN LATERAL unnest(
        to_tsvector('russian', translate(coalesce(part.body, ''), 'ёЁ', 'еЕ'))
    ) AS word
    WHERE page.id = ANY(%s) AND page.state = 'published'
) AS words
GROUP BY page_id, stem
"""
KNOWN = """
INSERT INTO hotline_kb_stem (stem)
SELECT DISTINCT stem FROM hotline_kb_word WHERE page_id = ANY(%s)
ON CONFLICT DO NOTHING
"""


class DocumentPage(models.Model):
    """Keeps the index of words: of the published version's title and plain text."""

    _inherit = "document.page"

    def write(self, vals):
        done = super().write(vals)
        if {"name", "search_hints"} & set(vals):
            self.filtered(lambda page: page.state == "published")._index_words()
        return done

    def _index_words(self):
        """Index the published text of these articles anew."""
        self.flush_recordset()
        self._forget_words()
        self.env.cr.execute(SQL(INDEX, self.ids))
        self.env.cr.execute(SQL(KNOWN, self.ids))

    def _forget_words(self):
        self.env.cr.execute(SQL("DELETE FROM hotline_kb_word WHERE page_id = ANY(%s)", self.ids))
