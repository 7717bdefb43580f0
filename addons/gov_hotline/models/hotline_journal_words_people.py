from odoo import api, models


class HotlineJournal(models.Model):
    """The words of corrections, additions, links, stopped correspondence and the reception."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "correction_asked": self.env._("Correction asked for"),
            "correction_accepted": self.env._("Correction accepted"),
            "correction_refused": self.env._("Correction refused"),
            "addition": self.env._("Addition put in"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "field": self.env._("field"),
            "addition_kind": self.env._("what it is"),
        }

    def _payload_value(self, name, value):
        field = {
            "field": self.env["hotline.correction"]._fields["field_name"],
            "addition_kind": self.env["hotline.addition"]._fields["kind"],
        }.get(name)
        if field:
            return dict(field._description_selection(self.env)).get(value, value)
        return super()._payload_value(name, value)
