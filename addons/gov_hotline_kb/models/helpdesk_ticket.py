from odoo import api, fields, models

SUGGESTED_AT_MOST = 5


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
