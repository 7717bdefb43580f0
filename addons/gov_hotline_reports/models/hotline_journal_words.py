from odoo import api, models


class HotlineJournal(models.Model):
    """The words of exports and publications."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "sstu_made": self.env._("Export to ССТУ.РФ made"),
            "sstu_downloaded": self.env._("File of an export to ССТУ.РФ downloaded"),
            "sstu_sent": self.env._("Export marked as sent to ССТУ.РФ"),
            "statistics_published": self.env._("Public statistics published"),
            "book_appeals": self.env._("Journal of appeals taken"),
            "book_receptions": self.env._("Journal of personal reception taken"),
            "book_site": self.env._("Report for the site taken"),
            "book_higher": self.env._("Report for the higher body taken"),
            "report_queued": self.env._("Report made, its letter put into the queue"),
            "report_sent": self.env._("Letter with a report sent"),
            "report_failed": self.env._("Letter with a report did not leave"),
            "report_unknown": self.env._("Unknown whether a letter with a report left"),
            "report_again": self.env._("Letter with a report put into the queue again"),
            "report_confirmed": self.env._("Letter with a report: confirmed that it arrived"),
            "report_cancelled": self.env._("Letter with a report given up"),
            "wallboard_made": self.env._("Link of a screen on the wall made"),
            "wallboard_revoked": self.env._("Link of a screen on the wall revoked"),
            "statistics_withdrawn": self.env._("Public statistics taken off the site"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "appeals": self.env._("appeals"),
            "letter": self.env._("letter"),
            "parts": self.env._("files"),
        }
