from odoo import api, models

from odoo.addons.gov_hotline.models.case_graph import KEEPS


class HotlineCaseGraph(models.AbstractModel):
    _inherit = "hotline.case.graph"

    @api.model
    def _case_relations(self):
        """An agency that answers for an article is not destroyed under it."""
        return {**super()._case_relations(), ("hotline.kb.owner", "agency_id"): KEEPS}
