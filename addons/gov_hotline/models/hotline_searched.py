from odoo import api, fields, models

from ..domain import search_words
from . import search_sql

MOST_ENDINGS = 60  # of one beginning; where there are more, the index is asked for the beginning
MOST_ALIKE = 100


class HotlineSearched(models.AbstractModel):
    """A record that the one box of the operator's screen finds by words in any order.

    A model sets what its line is made of (`_search_line`), its `@api.depends` and an index
    `models.Index(search_sql.index())`. What a role may not read must not be in the line.
    """

    _name = "hotline.searched"
    _description = "Found by words"

    search_words = fields.Char(
        compute="_compute_search_words",
        store=True,
        compute_sudo=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )

    def init(self):
        """Keep the known words of this table."""
        if not self._abstract:
            search_sql.keep_words(self.env.cr, self._table)
        return super().init()

    @api.depends()  # each model states its own
    def _compute_search_words(self):
        for one in self:
            one.search_words = one._search_line() or False

    def _search_line(self):
        """Return the words of this record, as `domain.search_words.line` makes them."""
        raise NotImplementedError


class HotlineSearchWord(models.Model):
    """The words that can be found: what is typed with a slip is compared with them.

    Words alone, without whose they are. Nobody reads them but the search.
    """

    _name = "hotline.search.word"
    _description = "Known word"
    _log_access = False
    _rec_name = "word"

    word = fields.Char(required=True, readonly=True)

    _word_idx = models.Index("(word text_pattern_ops)")
    _alike_idx = models.Index(
        lambda registry: "USING gin (word gin_trgm_ops)" if registry.has_trigram else ""
    )

    @api.model
    def _known(self, typed):
        """Return {typed word: known words that begin so}, a few at most of each."""
        return search_sql.known(self.env.cr, typed, MOST_ENDINGS) if typed else {}

    @api.model
    def _near(self, typed):
        """Return the known words that `typed` may be a slip of, the nearest first."""
        if not self.env.registry.has_trigram:
            return ()
        return search_words.near(typed, search_sql.alike(self.env.cr, typed, MOST_ALIKE))

    @api.autovacuum
    def _gc_words(self):
        """Words of people whose cards are gone are forgotten too."""
        searched = self.env.registry["hotline.searched"]
        tables = [
            model._table
            for model in self.env.values()
            if isinstance(model, searched) and not model._abstract
        ]
        search_sql.forget(self.env.cr, tables)
