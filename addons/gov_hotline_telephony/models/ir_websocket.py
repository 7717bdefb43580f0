from odoo import models

from .hotline_call_lists import LIVE
from .hotline_queue import TOLD

READERS = ("gov_hotline.group_supervisor", "gov_hotline.group_auditor")


class IrWebsocket(models.AbstractModel):
    """Who may hear that the lists of what goes on have changed: asked when a page subscribes."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """As Odoo; a page asks by a name, the channels are of its user's bodies."""
        if LIVE in channels:
            channels = [one for one in channels if one != LIVE] + self._live_channels()
        return super()._build_bus_channel_list([*channels, *self._queue_channels()])

    def _queue_channels(self):
        """How many wait in the queues of the body, told to each operator who has a page open."""
        user = self.env.user
        is_asked = user and not user._is_public() and user.has_group("gov_hotline.group_operator")
        return [(user.company_id, TOLD)] if is_asked else []

    def _live_channels(self):
        user = self.env.user
        if not any(user.has_group(group) for group in READERS):
            return []
        return [(company, LIVE) for company in user.company_ids]
