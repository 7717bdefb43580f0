from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..domain import lookup, search_words
from . import search_sql

MODEL = "hotline.external.case"


class HotlineExternalCase(models.Model):
    """Appeals of a document system are found by number, applicant and address."""

    _name = MODEL
    _inherit = [MODEL, "hotline.searched"]

    _search_idx = models.Index(search_sql.index(" WHERE active"))

    @api.depends("number", "applicant_name", "applicant_address")
    def _compute_search_words(self):
        return super()._compute_search_words()

    def _search_line(self):
        names = (self.applicant_name,)
        return search_words.account_line(self.number, names, self.applicant_address)


class HotlineFinder(models.AbstractModel):
    """Appeals of a document system in the same list, after our own."""

    _inherit = "hotline.finder"

    @api.model
    def _kinds(self):
        found = {}
        for kind, told in super()._kinds().items():
            found[kind] = told
            if kind == "case":
                found["external"] = (MODEL, [("active", "=", True)])
        return found

    @api.model
    def _searched_column(self, kind):
        """One is found by applicant and address at once: by its number alone then."""
        if kind == "external" and self.env["hotline.hidden"]._hides("address"):
            return ""
        return super()._searched_column(kind)

    @api.model
    def _by_number(self, text, kinds, limit):
        rows = super()._by_number(text, kinds, limit)
        key = lookup.number_key(text)
        if "external" not in kinds or not any(sign.isdecimal() for sign in key):
            return rows
        if not self._may_read(MODEL):
            return rows
        begins = Domain("number_key", "=like", f"{escape_psql(key)}%")  # in any spelling
        found = self.env[MODEL].search(begins, limit=limit)
        return rows + self._rows("external", found)

    @api.model
    def _external_rows(self, cases):
        cases.fetch(["number", "applicant_name", "state"])
        states = dict(cases._fields["state"]._description_selection(self.env))
        return [
            {
                "title": one.number,
                "subtitle": ", ".join(filter(None, (one.applicant_name, states[one.state]))),
                "source": one.sudo().source_id.told_name or "",  # sudo: its name, as in the words
            }
            for one in cases
        ]
