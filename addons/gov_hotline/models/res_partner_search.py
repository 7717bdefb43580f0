from odoo import api, models

from ..domain import search_words
from . import search_sql


class ResPartner(models.Model):
    """Citizens by name and address, agencies by all their names and competence.

    A telephone is not in the line: who may read telephones finds by them (hotline.finder).
    """

    _name = "res.partner"
    _inherit = ["res.partner", "hotline.searched"]

    # One index for each kind: a few agencies are not looked for among all citizens.
    _search_citizen_idx = models.Index(search_sql.index(" WHERE hotline_kind = 'citizen'"))
    _search_agency_idx = models.Index(
        search_sql.index(" WHERE hotline_kind IN ('agency', 'organisation')")
    )

    @api.depends(
        "hotline_kind",
        "name",
        "hotline_other_names",
        "hotline_competence",
        "city",
        "street",
        "street2",
    )
    def _compute_search_words(self):
        return super()._compute_search_words()

    def _search_line(self):
        if not self.hotline_kind:
            return ""
        address = (self.city, self.street, self.street2)
        if self.hotline_kind == "citizen":
            return search_words.citizen_line(self.name, *address)
        own = (self.name, self.hotline_other_names, self.hotline_competence)
        return search_words.line((*own, ", ".join(filter(None, address))))
