from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.models.case_graph import GOES, LET_GO

from .hotline_incoming_mail import PLACED


class HotlineLock(models.AbstractModel):
    """The triggers are made anew with this add-on's tables: its lists of locked records too (B4).

    The core makes them before these tables are there; inheriting runs its `init` once more.
    """

    _inherit = "hotline.lock"


class HotlineCaseGraph(models.AbstractModel):
    """A letter that was placed with a case goes with it; one that only waits there does not."""

    _inherit = "hotline.case.graph"

    @api.model
    def _case_relations(self):
        return {
            **super()._case_relations(),
            ("hotline.incoming.mail", "ticket_id"): GOES,
            ("hotline.upload.link", "incoming_id"): LET_GO,
            ("ir.attachment", "hotline_incoming_id"): LET_GO,
        }

    def _going(self, name, column, ids, case):
        if name == "hotline.incoming.mail" and column == "ticket_id":
            return self._rows_of(name, column, ids, SQL("AND state = %s", PLACED))
        return super()._going(name, column, ids, case)
