from odoo import models


class IrHttp(models.AbstractModel):
    """A page asks about the telephone only where its user may have one."""

    _inherit = "ir.http"

    def session_info(self):
        """As Odoo, with `hotline_phone`: whether `hotline.handset` answers this user.

        And with `hotline_listens` for a supervisor: {extension: id of the own telephone in the
        browser, or False}.
        """
        info = super().session_info()
        if "hotline.handset" not in self.env:
            return info
        if self.env.user.has_group("gov_hotline.group_operator"):
            info["hotline_phone"] = True
        if self.env.user.has_group("gov_hotline.group_supervisor"):
            ear = self.env["hotline.pbx.extension"]._ear(self.env.user)
            info["hotline_listens"] = {"extension": ear.id}
        return info
