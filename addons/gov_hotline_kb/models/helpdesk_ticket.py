from odoo import api, fields, models

from .document_page_search import FOR_STAFF

SUGGESTED_AT_MOST = 5
FOUND_AT_MOST = 8


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    kb_page_ids = fields.Many2many(
        "document.page", string="Knowledge base", compute="_compute_kb_page_ids"
    )

    @api.depends("topic_id", "name", "territory_id")
    @api.depends_context("uid")
    def _compute_kb_page_ids(self):
        """Suggest articles by the topic and the summary, those the user may read."""
        Page = self.env["document.page"]
        readable = Page.has_access("read")
        for ticket in self:
            # sudo: the place is compared alone; the press service may not read it
            place = ticket.sudo().territory_id
            ticket.kb_page_ids = readable and Page._suggested(
                ticket.topic_id, ticket.name, SUGGESTED_AT_MOST, place
            )

    @api.readonly
    def find_articles(self, query=""):
        """Return the articles beside this case, as `search_text` does: suggested, or found."""
        self.ensure_one()
        self.check_access("read")
        Page = self.env["document.page"]
        if not Page.has_access("read"):
            return []
        place = self.sudo().territory_id  # sudo: as in `_compute_kb_page_ids`
        if not query:
            return Page._suggested_vals(self.topic_id, self.name, SUGGESTED_AT_MOST, place)
        return Page._found_vals(Page._found(query, FOUND_AT_MOST, FOR_STAFF, self.topic_id, place))

    def action_note_gap(self):
        """Note that no article answers what this case is about; whoever talks."""
        self.ensure_one()
        self.check_access("read")
        # sudo: as for the place; the name is left out of the words
        names = self.sudo().partner_id.mapped("name")
        self.env["hotline.kb.gap"]._note(self.name, self.topic_id, names)
        message = self.env._("Noted: an article will be written.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message},
        }

    def action_pick_measures(self):
        """Open the questionnaire about measures of support beside this case (C6)."""
        self.ensure_one()
        self.check_access("read")
        self.env["hotline.kb.measure"].check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "gov_hotline_kb.questionnaire",
            "name": self.env._("Pick measures of support"),
            "params": {"ticket_id": self.id},
        }

    def _paper_acts(self):
        acts = super()._paper_acts()
        if self.id and self._roles() & {"operator", "supervisor"}:
            label = self.env._("Pick measures of support")
            acts.append(self._act("action_pick_measures", label, step=False))
        return acts
