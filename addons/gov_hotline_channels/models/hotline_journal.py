from odoo import api, models


class HotlineJournal(models.Model):
    """Incoming letters in words."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return super()._event_words() | {
            "incoming_placed": self.env._("Incoming letter attached"),
            "incoming_taken_off": self.env._("Incoming letter taken off the case"),
            "incoming_rejected": self.env._("Incoming letter put aside"),
            "incoming_reopened": self.env._("Incoming letter taken back for a decision"),
        }

    @api.model
    def _payload_labels(self):
        return super()._payload_labels() | {
            "incoming": self.env._("incoming letter"),
            "placed_as": self.env._("as"),
            "spam": self.env._("spam"),
        }

    def _payload_value(self, name, value):
        if name == "placed_as":
            field = self.env["hotline.incoming.mail"]._fields["kind"]
            return dict(field._description_selection(self.env)).get(value, value)
        return super()._payload_value(name, value)
