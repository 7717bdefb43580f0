from odoo import api, models


class HotlineJournal(models.Model):
    """The acts of assignments in words."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return super()._event_words() | {
            "assignment_send": self.env._("Assignment sent"),
            "assignment_answer": self.env._("Executor answered"),
            "assignment_answer_part": self.env._("Executor answered in part"),
            "assignment_accept": self.env._("Executor's answer accepted"),
            "assignment_redo": self.env._("Executor's answer returned for completion"),
            "assignment_not_ours": self.env._("Executor: not our competence"),
            "assignment_agree_return": self.env._("«Not our competence» agreed to"),
            "assignment_insist": self.env._("«Not our competence» not agreed to"),
            "assignment_ask_time": self.env._("Executor asked for time"),
            "assignment_time_given": self.env._("Executor was given time"),
            "assignment_time_refused": self.env._("Executor was refused time"),
            "assignment_control_moved": self.env._("Control date of an assignment moved"),
            "assignment_result_came": self.env._("Result of a forwarding came"),
            "assignment_remind": self.env._("Executor reminded"),
            "assignment_read": self.env._("Executor read the appeal"),
            "assignment_withdraw": self.env._("Assignment withdrawn"),
        }

    @api.model
    def _payload_labels(self):
        return super()._payload_labels() | {
            "assignment": self.env._("assignment"),
            "addressee": self.env._("addressee"),
            "control_on": self.env._("control date"),
            "control_before_on": self.env._("control date before"),
            "shown": self.env._("shown"),
            "reminder": self.env._("reminder"),
        }

    def _is_told_already(self, name, words):
        """An assignment without a letter is called by its addressee."""
        if name == "addressee":
            return words[name] == words.get("assignment")
        return super()._is_told_already(name, words)

    def _payload_value(self, name, value):
        if name == "shown":
            modes = self.env["hotline.assignment"]._fields["pd_mode"]
            return dict(modes._description_selection(self.env)).get(value, value)
        if name == "reminder":
            by_hand = value == "by_hand"
            return self.env._("by the officer") if by_hand else self.env._("by the term")
        if name == "addressee":
            # sudo: agencies are named to whoever reads the journal; the line holds the id only
            return self.env["res.partner"].sudo().browse(value).exists().name or f"№ {value}"
        return super()._payload_value(name, value)
