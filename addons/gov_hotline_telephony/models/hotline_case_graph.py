from odoo import api, models

from odoo.addons.gov_hotline.models.case_graph import LET_GO


class HotlineCaseGraph(models.AbstractModel):
    _inherit = "hotline.case.graph"

    @api.model
    def _case_relations(self):
        """What the PBX's books showed of a call names nobody: it stays and forgets the call."""
        return {
            **super()._case_relations(),
            ("hotline.reconciliation.line", "call_id"): LET_GO,
        }
