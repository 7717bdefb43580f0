from odoo import api, models
from odoo.fields import Domain

from . import search_sql
from .hotline_finder import LOOKED_AT, SHORTEST


class HotlineFinder(models.AbstractModel):
    """What the one box finds, as a domain: for lists of one kind."""

    _inherit = "hotline.finder"

    @api.model
    def _fitting(self, kind, text):
        """Return the domain of all of one kind that `text` finds, by what the one box finds them.

        What the caller may not read is neither found nor counted.
        """
        text = " ".join((text or "").split())
        if len(text) < SHORTEST:
            return Domain.FALSE
        own = self._fitting_number(kind, text)
        if self._searched_column(kind) == "search_words":
            for asked, known in self._meanings(text):
                found = self._fitting_words(kind, self._condition(asked, known))
                if not found.is_false():
                    return own | found
        return own

    @api.model
    def _fitting_number(self, kind, text):
        """Return the domain of those whose very number was typed; rooms add theirs."""
        return Domain.FALSE

    @api.model
    def _fitting_words(self, kind, condition):
        """Return the domain of what fits: by ids, found by the index, unless they are too many."""
        name, domain = self._kinds()[kind]
        model = self.env[name].with_context(active_test=False)  # the list says which it shows
        with search_sql.dear_words(self.env.cr):
            query = model._search(Domain(domain) & condition, limit=LOOKED_AT + 1)
            ids = query.get_result_ids()
        if not ids:
            return Domain.FALSE
        return Domain("id", "in", ids) if len(ids) <= LOOKED_AT else condition
