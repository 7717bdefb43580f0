from odoo import api, models


class HotlineJournal(models.Model):
    """The words of the mass hand-over in the journal."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return super()._event_words() | {
            "case_handed_over": self.env._("Appeal handed over to another officer"),
            "assignment_handed_over": self.env._("Assignment handed over to another executor"),
            "approval_handed_over": self.env._("Approval handed over to a substitute"),
            "task_handed_over": self.env._("Task handed over to a colleague"),
            "handover_planned": self.env._("Hand-over of cases planned"),
            "handover_begun": self.env._("Cases handed over"),
            "handover_returned": self.env._("Cases returned after the hand-over"),
        }

    @api.model
    def _payload_labels(self):
        return super()._payload_labels() | {
            "handover": self.env._("hand-over No."),
            "basis": self.env._("basis"),
            "until_on": self.env._("until"),
        }
