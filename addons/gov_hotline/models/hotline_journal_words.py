import json

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date

# Codes in a payload and the field that has their words.
JOURNALLED_CODES = {
    "notice_kind": ("hotline.notice", "kind"),
    "strictness": ("hotline.rule", "strictness"),
    "confirmed_how": ("helpdesk.ticket", "confirmed_how"),
}


class HotlineJournal(models.Model):
    """The journal as people read it: who did what with which appeal."""

    _inherit = "hotline.journal"

    user_name = fields.Char(compute="_compute_words", string="Who")
    event_text = fields.Char(compute="_compute_words", string="What was done")
    record_name = fields.Char(compute="_compute_words", string="With what")
    payload_text = fields.Char(compute="_compute_words", string="Details")

    @api.depends("user_ref", "event", "model", "res_ref", "payload")
    @api.depends_context("lang")
    def _compute_words(self):
        # sudo: names are only shown here, the line itself holds ids and outlives its user
        users = self.env["res.users"].sudo().browse(self.mapped("user_ref")).exists()
        names = {user.id: user.name for user in users}
        names[SUPERUSER_ID] = self.env._("The programme")
        events, titles = self._event_words(), self._record_titles()
        for line in self:
            line.user_name = names.get(line.user_ref, f"№ {line.user_ref}")
            line.event_text = events.get(line.event, line.event)
            line.record_name = titles.get((line.model, line.res_ref), f"№ {line.res_ref}")
            line.payload_text = line._payload_words()

    @api.depends("event")
    @api.depends_context("lang")
    def _compute_display_name(self):
        events = self._event_words()
        for line in self:
            line.display_name = events.get(line.event, line.event)

    @api.model
    def _event_words(self):
        """Return {event: what it is called on the screen}."""
        return {
            "transition": self.env._("State changed"),
            "registered": self.env._("Registered, number given"),
            "answer_given": self.env._("Answer given"),
            "ground_stated": self.env._("Ground stated"),
            "ground_removed": self.env._("Ground taken back"),
            "converted": self.env._("Message converted to an appeal"),
            "card_printed": self.env._("Card printed"),
            "classifier_loaded": self.env._("Classifier loaded"),
            "publication_ready": self.env._("Publication of an answer allowed"),
            "publication_withdrawn": self.env._("Publication of an answer taken back"),
            "override": self.env._("Departed from a rule, with a reason"),
            "rule_strictness": self.env._("Strictness of a rule changed"),
            "notice_issued": self.env._("Notice numbered and queued"),
            "task_taken_over": self.env._("Task taken over from a colleague"),
            "task_cancelled": self.env._("Promise or call-back put away, with a reason"),
            "draft_made": self.env._("Draft appeal made, code told"),
            "draft_renewed": self.env._("New code of a draft appeal"),
            "draft_confirmed": self.env._("Draft appeal confirmed by the applicant"),
            "draft_withdrawn": self.env._("Draft appeal withdrawn"),
            "draft_deleted": self.env._("Draft deleted"),
            "draft_expired": self.env._("Draft appeal expired"),
            "escalated": self.env._("Escalated: the term has come or passed"),
            "lock_opened": self.env._("Lock opened by an act"),
        }

    def _record_titles(self):
        """Return {(model, id): name} of what the reader may read."""
        titles = {}
        for model in set(self.mapped("model")) & set(self.env.registry):
            ids = self.filtered(lambda line, model=model: line.model == model).mapped("res_ref")
            records = self.env[model].browse(ids).exists()._filtered_access("read")
            titles.update({(model, record.id): record.display_name for record in records})
        return titles

    def _payload_words(self):
        """Return the payload as «name: value»; digests stay in the line, they tell nothing."""
        try:
            payload = json.loads(self.payload or "{}")
        except ValueError:
            return self.payload
        labels = self._payload_labels()
        words = {
            name: self._payload_value(name, payload[name]) for name in labels if name in payload
        }
        return "; ".join(
            f"{labels[name]}: {value}"
            for name, value in words.items()
            if not self._is_told_already(name, words)
        )

    def _is_told_already(self, name, words):
        """Tell whether another of the `words` says what `name` says."""
        return False

    def _payload_value(self, name, value):
        if name in ("source", "target"):
            states = self.env["helpdesk.ticket"]._fields["state"]._description_selection(self.env)
            return dict(states).get(value, value)
        if name in JOURNALLED_CODES:
            field = self.env[JOURNALLED_CODES[name][0]]._fields[JOURNALLED_CODES[name][1]]
            return dict(field._description_selection(self.env)).get(value, value)
        if name.endswith(("_on", "_date")) and value:
            return format_date(self.env, value, date_format="dd.MM.yyyy")
        if name == "taken_from":
            return self.env["res.users"].browse(value).exists().sudo().name or value  # a name only
        if name == "ground":
            grounds = self.env["hotline.ground"].with_context(active_test=False)
            return grounds.search([("code", "=", value)], limit=1).name or value
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return value

    @api.model
    def _payload_labels(self):
        return {
            "source": self.env._("from"),
            "target": self.env._("to"),
            "number": self.env._("number"),
            "registered_on": self.env._("registered"),
            "closed_on": self.env._("closed"),
            "outgoing_date": self.env._("outgoing date"),
            "answer": self.env._("answer"),
            "ground": self.env._("ground"),
            "confirmation": self.env._("confirmed by"),
            "for_citizen": self.env._("for the applicant"),
            "edition": self.env._("edition"),
            "rule": self.env._("rule"),
            "strictness": self.env._("strictness"),
            "notice": self.env._("notice"),
            "notice_kind": self.env._("kind of notice"),
            "confirmed_how": self.env._("how"),
            "received_on": self.env._("received"),
            "identified": self.env._("identified"),
            "taken_from": self.env._("taken from"),
            "level": self.env._("level"),
        }
