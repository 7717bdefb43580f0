import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

WORDS_AT_MOST = 12
WORDS_OF_A_QUESTION = 3
LISTED_AT_MOST = 200
LIKE_ENOUGH = 0.4
# A tsvector holds at most 1 MB of words: a longer text would make the article impossible to save.
VECTOR = """(
    setweight(to_tsvector('russian', translate(coalesce(name, ''), 'ёЁ', 'еЕ')), 'A')
    || setweight(to_tsvector('russian', translate(coalesce(published_short, ''), 'ёЁ', 'еЕ')), 'B')
    || setweight(
        to_tsvector('russian', translate(left(coalesce(published_text, ''), 200000), 'ёЁ', 'еЕ')),
        'C')
)"""
PUBLISHED = Domain("state", "=", "published") & Domain("type", "=", "content")


class DocumentPage(models.Model):
    """Finding the right article while the citizen speaks (A2)."""

    _inherit = "document.page"

    search_words = fields.Char(string="Text", store=False, search="_search_search_words")

    _search_idx = models.Index(f"USING gin ({VECTOR}) WHERE state = 'published'")

    def _search_search_words(self, operator, value):
        if operator not in ("ilike", "="):
            return NotImplemented
        return Domain("id", "in", self._found_ids(value or "", LISTED_AT_MOST))

    @api.model
    @api.readonly
    def search_text(self, query, limit=8):
        """Return the published articles found, best first: [{id, title, short, text}].

        Full text in Russian, every word; then any word; then titles written alike. Only what the
        user may read.
        """
        return self.browse(self._found_ids(query, limit))._article_vals()

    @api.model
    @api.readonly
    def suggest(self, topic_id=False, text="", limit=5):
        """Return articles for a topic and a question in the caller's words, as `search_text` does.

        First those of the topic or of its parts, where the words fit ahead of the others; then
        those found by words; then those of wider topics.
        """
        return self._suggested(
            self.env["hotline.topic"].browse(topic_id), text, limit
        )._article_vals()

    def _suggested(self, topic, text, limit):
        of_topic = self._of_topic(topic)
        by_words = self.browse()
        if len(_words(text)) >= WORDS_OF_A_QUESTION:
            by_words = self.browse(self._found_ids(text, LISTED_AT_MOST))._near(topic)
        wider = self._of_wider_topics(topic, limit)
        return ((by_words & of_topic) | of_topic | by_words | wider)[:limit]

    def _near(self, topic):
        """Keep what may fit the topic: one section of the classifier, or articles of no topic."""
        if not topic:
            return self
        section = (topic.parent_path or "").split("/")[0]
        return self.filtered(
            lambda page: (
                not page.topic_ids
                or section in {(one.parent_path or "").split("/")[0] for one in page.topic_ids}
            )
        )

    def _of_topic(self, topic):
        if not topic:
            return self.browse()
        domain = PUBLISHED & Domain("topic_ids", "child_of", topic.id)
        return self.search(domain, limit=LISTED_AT_MOST)

    def _of_wider_topics(self, topic, limit):
        above = [int(part) for part in (topic.parent_path or "").split("/")[:-2]]
        if not above:
            return self.browse()
        pages = self.search(PUBLISHED & Domain("topic_ids", "in", above), limit=limit)
        nearness = {topic_id: depth for depth, topic_id in enumerate(above)}
        return pages.sorted(lambda page: -max(nearness.get(one.id, -1) for one in page.topic_ids))

    def _article_vals(self):
        return [
            {
                "id": page.id,
                "title": page.name,
                "short": page.published_short or "",
                "text": page.published_text or "",
            }
            for page in self
        ]

    @api.model
    def _found_ids(self, query, limit):
        words = _words(query)
        if not words:
            return []
        return (
            self._ranked(" & ".join(words) + ":*", limit)
            or self._ranked(" | ".join(words), limit)
            or self._similar(query, limit)
        )

    def _ranked(self, tsquery, limit):
        """Return ids by full text. `tsquery` holds only letters, digits and its operators."""
        vector = SQL(VECTOR)
        words = SQL("to_tsquery('russian', %s)", tsquery)
        return self._readable_ids(
            where=SQL("%s @@ %s", vector, words),
            rank=SQL("ts_rank(%s, %s)", vector, words),
            limit=limit,
        )

    def _similar(self, query, limit):
        """Return ids by likeness of the title, for what was misspelt; needs pg_trgm."""
        if not self.env.registry.has_trigram:
            return []
        likeness = SQL("word_similarity(%s, lower(name))", query.lower())
        return self._readable_ids(
            where=SQL("%s >= %s", likeness, LIKE_ENOUGH), rank=likeness, limit=limit
        )

    def _readable_ids(self, where, rank, limit):
        readable = self._search(PUBLISHED)
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM document_page
                WHERE state = 'published' AND %s AND id IN %s
                ORDER BY %s DESC, id LIMIT %s""",
                where,
                readable.subselect(),
                rank,
                limit,
            )
        )
        return [row[0] for row in rows]


def _words(text):
    """Return the words of a question, fit for to_tsquery: no operator survives."""
    return re.findall(r"[^\W_]+", (text or "").replace("ё", "е").replace("Ё", "Е"))[:WORDS_AT_MOST]
