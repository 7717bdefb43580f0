from odoo import api, models


class HotlineJournal(models.Model):
    """The words of a changed calendar and its recalculation in the journal."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "calendar_changed": self.env._("Production calendar changed"),
            "calendar_loaded": self.env._("Production calendar of a year loaded"),
            "recalculation_confirmed": self.env._("Recalculation of terms confirmed"),
            "recalculation_refused": self.env._("Recalculation of terms refused"),
            "deadline_moved": self.env._("Due date moved: the calendar has changed"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "edition_before": self.env._("edition before"),
            "edition_after": self.env._("edition after"),
            "year": self.env._("year"),
            "exceptions": self.env._("exceptions to the week"),
            "dates": self.env._("dates"),
            "recalculation": self.env._("recalculation"),
        }
