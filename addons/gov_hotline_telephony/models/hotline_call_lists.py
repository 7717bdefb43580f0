from odoo import models

from odoo.addons.gov_hotline.models.hotline_live import tell


class HotlineCall(models.Model):
    """Says that the supervisor's list of who waits has changed; what it holds is read by right."""

    _inherit = "hotline.call"

    def _tell_list(self):
        tell(self.env, self.company_id, self._name)
