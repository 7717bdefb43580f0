from odoo import api, models


class HotlineJournal(models.Model):
    """The words of emergencies."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "emergency_raised": self.env._("Emergency button pressed, supervisors alarmed"),
            "emergency_undone": self.env._("Emergency button taken back: pressed by mistake"),
            "emergency_transferred": self.env._("Call transferred by an emergency button"),
            "emergency_taken": self.env._("Alarm taken by a supervisor"),
        }

    @api.model
    def _payload_labels(self):
        return {**super()._payload_labels(), "emergency": self.env._("emergency")}

    def _payload_value(self, name, value):
        if name == "emergency":
            # sudo: the name of a button
            card = self.env["hotline.script.card"].sudo().browse(value or []).exists()
            return card.name or f"№ {value}"
        return super()._payload_value(name, value)
