from odoo import api, models


class HotlineJournal(models.Model):
    """Letters and the post in words."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return super()._event_words() | {
            "notice_numbered": self.env._("Letter of a decision numbered for its signature"),
            "notice_unsigned": self.env._("Letter of a decision taken back before it left"),
            "notice_signature_imported": self.env._("Electronic signature of the letter loaded"),
            "notice_dropped": self.env._("Draft deleted that had an outgoing number"),
            "letter_printed": self.env._("Letter or envelope printed"),
            "letter_returned": self.env._("Letter came back by post"),
            "letter_resent": self.env._("Letter sent again by post"),
            "outgoing_register": self.env._("Register of outgoing mail taken"),
        }

    @api.model
    def _payload_labels(self):
        return super()._payload_labels() | {
            "happened_on": self.env._("on"),
            "cause": self.env._("cause"),
            "day_from": self.env._("from"),
            "day_to": self.env._("till"),
        }

    def _payload_value(self, name, value):
        if name == "cause" and value:
            field = self.env["hotline.post.event"]._fields["cause"]
            return dict(field._description_selection(self.env)).get(value, value)
        return super()._payload_value(name, value)
