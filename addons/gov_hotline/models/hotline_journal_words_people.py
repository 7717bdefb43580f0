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
            "reception_held": self.env._("Personal reception held"),
            "reception_missed": self.env._("Did not come to the reception"),
            "reception_cancelled": self.env._("Reception called off"),
            "reception_printed": self.env._("Card of the reception printed"),
            "topic_stopped": self.env._("Correspondence stopped"),
            "topic_resumed": self.env._("Correspondence taken up again"),
            "case_linked": self.env._("Linked with another appeal"),
            "citizens_merged": self.env._("Cards of one citizen merged"),
            "citizen_merged": self.env._("Card of the citizen replaced by a merger"),
            "case_unlinked": self.env._("Link with another appeal taken off"),
        }

    @api.model
    def _payload_labels(self):
        return {
            **super()._payload_labels(),
            "field": self.env._("field"),
            "addition_kind": self.env._("what it is"),
            "other": self.env._("with"),
            "result": self.env._("result"),
            "since": self.env._("since"),
            "link_kind": self.env._("what it is"),
            "merged": self.env._("card merged"),
            "kept": self.env._("card that stays"),
            "cases": self.env._("appeals"),
        }

    def _payload_value(self, name, value):
        field = {
            "field": self.env["hotline.correction"]._fields["field_name"],
            "addition_kind": self.env["hotline.addition"]._fields["kind"],
            "link_kind": self.env["hotline.case.link"]._fields["kind"],
            "result": self.env["hotline.reception"]._fields["result"],
        }.get(name)
        if field:
            return dict(field._description_selection(self.env)).get(value, value)
        return super()._payload_value(name, value)
