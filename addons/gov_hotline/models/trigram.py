"""Indexes for «contains»: without one each search of a part of a number reads every case."""

from odoo import models
from odoo.modules.db import FunctionStatus


def index(column, where=""):
    """Return a trigram index of `column`, nothing where PostgreSQL has no trigrams.

    The expression is the one that `ilike` asks for; a column's own `index="trigram"` cannot stand
    beside its plain index.
    """

    def definition(registry):
        if not registry.has_trigram:
            return ""
        unaccented = registry.has_unaccent == FunctionStatus.INDEXABLE
        expression = registry.unaccent(column) if unaccented else column
        return f"USING gin ({expression} gin_trgm_ops){where}"

    return models.Index(definition)
