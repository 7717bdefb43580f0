from odoo import api, fields, models
from odoo.tools import SQL


class HotlineKbWord(models.Model):
    """The index of published articles: which stem is in which article, and how weighty it is."""

    _name = "hotline.kb.word"
    _description = "Word of an article"
    _log_access = False
    _rec_name = "stem"

    page_id = fields.Many2one("document.page", required=True, index=True, ondelete="cascade")
    stem = fields.Char(required=True)
    weight = fields.Float(required=True)

    _stem_idx = models.Index("(stem, page_id) INCLUDE (weight)")


class HotlineKbStem(models.Model):
    """The stems that articles hold: slips are mended by them, unfinished words are finished."""

    _name = "hotline.kb.stem"
    _description = "Known stem"
    _log_access = False
    _rec_name = "stem"

    stem = fields.Char(required=True)

    _stem_uniq = models.UniqueIndex("(stem text_pattern_ops)")
    _alike_idx = models.Index(
        lambda registry: "USING gin (stem gin_trgm_ops)" if registry.has_trigram else ""
    )

    @api.autovacuum
    def _gc_stems(self):
        """Forget stems that no article holds any more."""
        self.env.execute_query(
            SQL(
                "DELETE FROM hotline_kb_stem AS known WHERE NOT EXISTS"
                " (SELECT FROM hotline_kb_word AS word WHERE word.stem = known.stem)"
                " RETURNING id"
            )
        )
