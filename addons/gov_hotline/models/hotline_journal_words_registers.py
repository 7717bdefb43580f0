from odoo import api, models


class HotlineJournal(models.Model):
    """The words of the registers that were loaded."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "register_loaded": self.env._("Register of accounts loaded"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "register_rows": self.env._("rows"),
            "new": self.env._("new"),
            "changed": self.env._("changed"),
            "refused_rows": self.env._("bad rows"),
            "gone": self.env._("have left"),
        }
