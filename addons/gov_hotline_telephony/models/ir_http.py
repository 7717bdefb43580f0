from odoo import models


class IrHttp(models.AbstractModel):
    """A page asks about the telephone only where its user may have one."""

    _inherit = "ir.http"

    def session_info(self):
        """As Odoo, with `hotline_phone`: whether `hotline.handset` answers this user."""
        info = super().session_info()
        has_handset = "hotline.handset" in self.env
        if has_handset and self.env.user.has_group("gov_hotline.group_operator"):
            info["hotline_phone"] = True
        return info
