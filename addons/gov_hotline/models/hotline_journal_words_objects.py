from odoo import api, models


class HotlineJournal(models.Model):
    """The words of acts with objects."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {**super()._event_words(), "object_changed": self.env._("Object changed")}

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "object_before": self.env._("object before"),
            "object_after": self.env._("object after"),
        }

    def _payload_value(self, name, value):
        if name in ("object_before", "object_after"):
            found = self.env["hotline.object"].browse(value or []).exists()
            return found._filtered_access("read").address or (f"№ {value}" if value else "—")
        return super()._payload_value(name, value)
