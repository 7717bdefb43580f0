from odoo import api, models

from ..domain import search_words

SHOWN = 6


class HotlineWorkplace(models.AbstractModel):
    """The one box of the screen: «Find: surname, address, agency»."""

    _inherit = "hotline.workplace"

    @api.model
    @api.readonly
    def find(self, text):
        """Return {rows, meant, unknown} of what is typed so far; rows as `hotline.finder.find`.

        `meant`: the words looked for where they differ from the typed ones; `unknown`: the typed
        words that nobody and nothing here has. No card is opened by it, so no look is noted.
        """
        self._check_operator()
        rows, meant = self.env["hotline.finder"]._look(text, limit=SHOWN)
        return {"rows": rows, "meant": meant, "unknown": [] if rows else self._unknown(text)}

    @api.model
    def _unknown(self, text):
        names = search_words.query(text).names
        known = self.env["hotline.search.word"]._known(names)
        return [name for name in names if not known[name]]
