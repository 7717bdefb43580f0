from odoo import models


class IrHttp(models.AbstractModel):
    """A supervisor's page opens with the alarms that wait: none is missed by a reload."""

    _inherit = "ir.http"

    def session_info(self):
        """As Odoo, with `hotline_alarms` for supervisors."""
        info = super().session_info()
        if self.env.user.has_group("gov_hotline.group_supervisor"):
            info["hotline_alarms"] = self.env["hotline.alarm"].waiting()
        return info
