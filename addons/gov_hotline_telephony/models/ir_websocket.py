from odoo import models

from .hotline_queue import TOLD


class IrWebsocket(models.AbstractModel):
    """Who hears how many wait: asked when a page subscribes."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """As Odoo, with the queues of the body."""
        return super()._build_bus_channel_list([*channels, *self._queue_channels()])

    def _queue_channels(self):
        """How many wait in the queues of the body, told to each operator who has a page open."""
        user = self.env.user
        is_asked = user and not user._is_public() and user.has_group("gov_hotline.group_operator")
        return [(user.company_id, TOLD)] if is_asked else []
