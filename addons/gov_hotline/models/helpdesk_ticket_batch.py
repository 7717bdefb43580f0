from odoo import models
from odoo.exceptions import UserError, ValidationError

SHOWN = 10  # refusals told in words; the rest are counted


class HelpdeskTicket(models.Model):
    """Many at once: each is done whole or not at all, and the refused ones are named."""

    _inherit = "helpdesk.ticket"

    def action_register_selected(self):
        """Register the drafts among these, by date of receipt; operator or officer.

        Returns a notification that names the drafts left as they were, with the reason.
        """
        self._require_role("operator")
        drafts = self.filtered(lambda ticket: ticket.state == "draft").sorted("received_at")
        refused = [line for line in map(self._register_whole, drafts) if line]
        done = len(drafts) - len(refused)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "sticky": bool(refused),
                "title": self.env._("Registered: %(done)s of %(all)s", done=done, all=len(drafts)),
                "message": self._refused_words(refused),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _register_whole(self, ticket):
        """Register one; return why it was refused (nothing of it is left half-done), or nothing."""
        try:
            with self.env.cr.savepoint():
                ticket.action_register()
        except (UserError, ValidationError) as refusal:
            return f"{ticket.display_name} ({ticket.id}): {refusal}"
        return ""

    def _refused_words(self, refused):
        lines = refused[:SHOWN]
        if len(refused) > SHOWN:
            lines.append(self.env._("… and %(n)s more", n=len(refused) - SHOWN))
        return "\n\n".join(lines)
