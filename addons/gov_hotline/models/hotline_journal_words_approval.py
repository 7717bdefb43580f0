from odoo import api, models


class HotlineJournal(models.Model):
    """The words of approvals in the journal."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "approval_sent": self.env._("Answer sent for approval"),
            "approval_approved": self.env._("Step of approval: approved"),
            "approval_refused": self.env._("Answer sent back by the approver"),
            "approval_taken_back": self.env._("Answer taken back from approval"),
            "approval_voided": self.env._("Answer changed, its approval lapsed"),
            "answer_approved": self.env._("Answer approved by all steps"),
            "answer_joined": self.env._("Letter added to a joint answer"),
            "answer_left": self.env._("Letter taken out of a joint answer"),
            "signature_imported": self.env._("Electronic signature of the answer loaded"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "round": self.env._("round of approval"),
            "together_with": self.env._("together with"),
        }
