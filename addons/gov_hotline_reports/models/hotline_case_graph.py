from odoo import api, models

from odoo.addons.gov_hotline.models.case_graph import LET_GO


class HotlineCaseGraph(models.AbstractModel):
    _inherit = "hotline.case.graph"

    @api.model
    def _case_relations(self):
        """A sent export is a document of the body: it stands, and forgets the case."""
        return {**super()._case_relations(), ("hotline.sstu.line", "ticket_id"): LET_GO}
