from odoo import api, models
from odoo.tools import SQL

from ..domain import retention


class HotlineExternalCase(models.Model):
    """The copy of an appeal of a document system: the appeal itself is stored there.

    While the system tells of it, the copy stands; once it is gone there, it has a term of its own.
    """

    _name = "hotline.external.case"
    _inherit = ["hotline.external.case", "hotline.kept"]
    _kept_kind = retention.EXTERNAL

    @api.model
    def _kept_columns(self, company):
        told = self._kept_day("told_at", company)
        return {
            "number": SQL("t.number"),
            "begun": SQL("COALESCE(t.day_on, %s)", told),
            "ended": SQL(
                "COALESCE(GREATEST(t.day_on, t.due_on, t.outgoing_on), %s, %s)",
                told,
                self._kept_day("create_date", company),
            ),
            "is_ended": SQL("NOT t.active"),
            "where": SQL("TRUE"),
        }
