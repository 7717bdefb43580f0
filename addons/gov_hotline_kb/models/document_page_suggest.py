from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import questions
from .document_page_search import FOR_STAFF, LISTED_AT_MOST, PUBLISHED

WORDS_OF_A_QUESTION = 2  # that tell something


class DocumentPage(models.Model):
    """Articles beside the case and the talk, without a word typed (A2)."""

    _inherit = "document.page"

    helped_count = fields.Integer(string="Helped", default=0, readonly=True, copy=False)
    not_helped_count = fields.Integer(string="Did not help", default=0, readonly=True, copy=False)

    example_mark = fields.Char(string="Mark", compute="_compute_example_mark")

    @api.depends("is_example")
    @api.depends_context("lang")
    def _compute_example_mark(self):
        for page in self:
            page.example_mark = page.is_example and self.env._("Example")

    @api.model
    @api.readonly
    def suggest(self, topic_id=False, text="", limit=5, object_id=False):
        """Return articles for a topic and a question in the caller's words, as `search_text` does.

        First those of the topic or of its parts, where the words fit ahead of the others; then
        those found by words; then those of wider topics.
        """
        topic = self.env["hotline.topic"].browse(topic_id)
        territory = self._territory_of(object_id)
        return self._suggested_vals(topic, text, limit, territory)

    def action_insert_into_answer(self):
        """Add the article's text to the answer that is being written (its id is in the context)."""
        self.ensure_one()
        self.check_access("read")
        answer = self.env["hotline.answer"].browse(self.env.context.get("hotline_answer_id"))
        answer.check_access("write")
        answer._insert_article(self)

    def _letter(self):
        """Return the article as it goes into a letter; an example says that it is one."""
        mark = self.is_example and self.env._(
            "[Example from the knowledge base: compare it with the law and delete this line.]"
        )
        return "\n\n".join(filter(None, [mark, self.published_text]))

    def _suggested(self, topic, text, limit, territory=None):
        return self._suggested_parts(topic, text, limit, territory)[0]

    def _suggested_vals(self, topic, text, limit, territory=None):
        pages, similar = self._suggested_parts(topic, text, limit, territory)
        return pages._article_vals(similar)

    def _suggested_parts(self, topic, text, limit, territory=None):
        """Return the articles and those of them that share a word by chance: these come last."""
        of_topic, found = self._of_topic(topic, territory), {}
        if len(questions.words(text)) >= WORDS_OF_A_QUESTION:
            found = self._found(text, LISTED_AT_MOST, FOR_STAFF, topic, territory)
        by_words = self.browse(found)._near(topic)
        wider = self._of_wider_topics(topic, limit)
        sure = by_words.filtered(lambda page: found[page.id])
        fitting = (by_words & of_topic) | of_topic | sure | wider
        return (fitting | by_words)[:limit], by_words - fitting

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

    @api.model
    def _suggested_domain(self):
        return PUBLISHED & FOR_STAFF & self._in_force_domain()

    def _of_topic(self, topic, territory=None):
        """Return the articles of the topic: those of the place first, those of others not at all.

        Among equals what helped and what was used more often.
        """
        if not topic:
            return self.browse()
        domain = self._suggested_domain() & Domain("topic_ids", "child_of", topic.id)
        order = "helped_count desc, used_count desc, name, id"
        pages = self.search(domain, order=order, limit=LISTED_AT_MOST)
        if not territory:
            return pages
        around = {int(part) for part in (territory.parent_path or "").split("/") if part}
        # sudo: places are compared, not told; the press service may not read them
        places = {page: set(page.sudo().territory_ids.ids) for page in pages}
        local = pages.filtered(lambda page: around & places[page])
        return local | pages.filtered(lambda page: not places[page])

    def _of_wider_topics(self, topic, limit):
        above = [int(part) for part in (topic.parent_path or "").split("/")[:-2]]
        if not above:
            return self.browse()
        domain = self._suggested_domain() & Domain("topic_ids", "in", above)
        pages = self.search(domain, limit=limit)
        nearness = {topic_id: depth for depth, topic_id in enumerate(above)}
        return pages.sorted(lambda page: -max(nearness.get(one.id, -1) for one in page.topic_ids))
