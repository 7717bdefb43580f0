from odoo import models

from .hotline_call_lists import LIVE

READERS = ("gov_hotline.group_supervisor", "gov_hotline.group_auditor")


class IrWebsocket(models.AbstractModel):
    """Who may hear that the lists of what goes on have changed: asked when a page subscribes."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """As Odoo; a page asks by a name, the channels are of its user's bodies."""
        if LIVE in channels:
            channels = [one for one in channels if one != LIVE] + self._live_channels()
        return super()._build_bus_channel_list(channels)

    def _live_channels(self):
        user = self.env.user
        if not any(user.has_group(group) for group in READERS):
            return []
        return [(company, LIVE) for company in user.company_ids]
