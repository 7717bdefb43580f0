from odoo import api, models
from odoo.exceptions import AccessError
from odoo.http import request


class HotlineHandset(models.AbstractModel):
    """The telephone in the browser: its secret goes to its owner's own session, nowhere else."""

    _inherit = "hotline.handset"

    @api.model
    def softphone_settings(self):
        """Return {user, password, domain, ws, name} of the owner's browser telephone, or False.

        False: the user is on the line at a telephone of another kind, or at none; a supervisor has
        the own one off the line too, to listen in. A key of RPC is no session: it gets nothing,
        whoever's it is.
        """
        self.env["helpdesk.ticket"]._require_role("operator", "supervisor")
        if request and request.session.uid != self.env.uid:
            raise AccessError(self.env._("Only the owner's own session gets these settings."))
        known = self._extensions()
        extension = known._at(self.env.user) or known._ear(self.env.user)
        if extension.kind != "browser" or extension.user_id != self.env.user:
            return False
        pbx = extension.pbx_id.sudo()  # sudo: where it is, for the owner's own telephone
        return {
            "user": extension.number,
            "password": extension.sip_secret or "",
            "domain": pbx.sip_domain or pbx.host,
            "ws": pbx.ws_url or "",
            "name": self.env.user.name,
        }
