from odoo import api, models


class HotlineJournal(models.Model):
    """The words of requests, extensions and covering letters in the journal."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "request_sent": self.env._("Request sent to another body"),
            "request_answered": self.env._("Another body replied to the request"),
            "request_withdrawn": self.env._("Request withdrawn"),
            "extension_proposed": self.env._("Extension of the term put before the head"),
            "extension_refused": self.env._("Extension of the term refused"),
            "extended": self.env._("Term extended"),
            "covering_entered": self.env._("Covering letter entered"),
            "covering_reported": self.env._("Report made, taken off control"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "request": self.env._("request"),
            "answered_on": self.env._("date of the reply"),
            "extension": self.env._("extension"),
            "days": self.env._("days"),
            "due_before_on": self.env._("was due on"),
            "due_on": self.env._("due on"),
            "covering_letter": self.env._("covering letter"),
            "report_on": self.env._("report by"),
            "report_date": self.env._("date of the report"),
        }
