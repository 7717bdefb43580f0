from odoo import api, models


class HotlineJournal(models.Model):
    """The words of storage and of destruction by act."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "hold_placed": self.env._("Marked «Do not destroy»"),
            "hold_lifted": self.env._("Mark «Do not destroy» taken off"),
            "destruction_pick": self.env._("Cases picked for an act of destruction"),
            "destruction_propose": self.env._("Act of destruction put for approval"),
            "destruction_send_back": self.env._("Act of destruction sent back"),
            "destruction_approve": self.env._("Act of destruction approved"),
            "destruction_start": self.env._("Destruction by act begun"),
            "destruction_finish": self.env._("Act of destruction carried out"),
            "destruction_cancel": self.env._("Act of destruction cancelled"),
            "case_destroyed": self.env._("Case destroyed by act"),
            "record_destroyed": self.env._("Record destroyed by act"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "act_number": self.env._("act"),
            "kept_until_date": self.env._("kept until"),
        }
