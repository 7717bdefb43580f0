from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain import search_words

from ..domain import questions
from . import search_sql

LISTED_AT_MOST = 200
ASKED_BY = ("ilike", "=")  # operators of the search box
ALIKE_AT_MOST = 60
PUBLISHED = Domain("state", "=", "published") & Domain("type", "=", "content")
FOR_STAFF = Domain("audience", "!=", "public")


class DocumentPage(models.Model):
    """Finding the right article while the citizen speaks (A2)."""

    _inherit = "document.page"

    search_words = fields.Char(string="Text", store=False, search="_search_search_words")

    def _search_search_words(self, operator, value):
        if operator not in ASKED_BY:
            return NotImplemented
        return Domain("id", "in", self._found_ids(questions.typed(value), LISTED_AT_MOST))

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **options):
        """What a text finds comes best first, unless a column was chosen to sort by."""
        found = []
        if order == self._order:  # what a search without an order asks for, a count does not
            domain = Domain(domain).map_conditions(lambda one: self._with_found(one, found))
        query = super()._search(domain, offset, limit, order, **options)
        if found and not query.is_empty():
            place = SQL.identifier(self._table, "id")
            query.order = SQL("array_position(%s::int[], %s)", found, place)
        return query

    @api.model
    def _with_found(self, condition, found):
        """Return what stands for a condition on the text; its ids go into `found`, best first."""
        if condition.field_expr != "search_words" or condition.operator not in ASKED_BY:
            return condition
        found += self._found_ids(questions.typed(condition.value), LISTED_AT_MOST)
        return Domain("id", "in", found)

    @api.model
    @api.readonly
    def search_text(self, query, limit=8, topic_id=False, object_id=False):
        """Return the published articles found, best first: [{id, title, short, text}].

        Russian in any form, synonyms, slips and the other layout of the keyboard; what is of the
        topic and of the territory comes first. Only what the user may read.
        """
        topic = self.env["hotline.topic"].browse(topic_id)
        place = self._territory_of(object_id)
        found = self._found(questions.typed(query), limit, FOR_STAFF, topic, place)
        return self._found_vals(found)

    @api.model
    def _found_vals(self, found):
        """Return what is told of {id: whether it answers enough of the question}."""
        similar = self.browse(key for key, sure in found.items() if not sure)
        return self.browse(found)._article_vals(similar)

    @api.model
    def _territory_of(self, object_id):
        """Return where the object of a talk stands; it is read with the caller's rights."""
        place = self.env["hotline.object"].browse(object_id or ())
        return place.territory_id

    def _article_vals(self, similar=()):
        return [
            {
                "id": page.id,
                "title": page.name,
                "short": page.published_short or "",
                "note": page.published_note or "",
                "text": page.published_text or "",
                "example": page.is_example,
                "similar": page in similar,
                "files": [file._public_vals() for file in page.published_file_ids],
            }
            for page in self
        ]

    @api.model
    def _found_ids(self, query, limit, domain=Domain.TRUE, topic=None, territory=None):
        """Return ids of readable published articles, best first."""
        return list(self._found(query, limit, domain, topic, territory))

    @api.model
    def _found(self, query, limit, domain=Domain.TRUE, topic=None, territory=None):
        """Return {id: whether it answers enough of the question}, best first."""
        terms = self._asked(query)
        if not terms:
            return {}
        self.flush_model()
        readable = self._search(PUBLISHED & self._in_force_domain() & domain)
        sql = search_sql.ranked(terms, readable.subselect(), topic, territory, limit)
        return dict(self.env.execute_query(sql))

    @api.model
    def _asked(self, query):
        """Return the terms of a question, in the layout of the keyboard it was meant in."""
        query = query[: questions.READ_AT_MOST]
        meant = [questions.words(query), questions.words(search_words.other_layout(query))]
        meant = [words for words in meant if words]
        if not meant:
            return ()
        told = search_sql.told(self.env, {word for words in meant for word in words})
        words = max(meant, key=lambda words: sum(told[word].known for word in words) / len(words))
        other = self._other_stems(words, told, finished=query[-1:].isspace())
        stems = {word: told[word].stems for word in words}
        return questions.terms(words, stems, self.env["hotline.kb.synonym"]._thesaurus(), other)

    @api.model
    def _other_stems(self, words, told, finished):
        """Return {word: {stem: weight}} of what an unfinished or a mistyped word may be."""
        other = {}
        for word in words:
            other[word] = {}
            begun = told[word].begun if word == words[-1] and not finished else ()
            if begun and questions.may_be_begun(word, told[word].known):
                other[word] = dict.fromkeys(begun, questions.BEGUN)
            elif not told[word].known:
                other[word] = dict.fromkeys(self._mended(told[word].stems), questions.MENDED)
            other[word].update(dict.fromkeys(told[word].kin, questions.MENDED))
        return other

    @api.model
    def _mended(self, stems):
        """Return the known stems that unknown ones may be slips of; needs pg_trgm."""
        if not self.env.registry.has_trigram:
            return ()
        return [
            one
            for stem in stems
            for one in search_words.near(stem, search_sql.alike(self.env, stem, ALIKE_AT_MOST))
            if questions.is_slip(stem, one, search_words.slips)
        ]
