from markupsafe import Markup

from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Of roles that register nothing: why the list is empty, and where its lines come from.
EMPTY = {
    "executor": (
        _lt("Nothing is assigned to you yet"),
        _lt(
            "An appeal comes here by itself as soon as the officer assigns it to you. Take off the "
            "filter «In work» to see what is closed already."
        ),
    ),
    "press": (
        _lt("No messages from social networks"),
        _lt(
            "What citizens write in social networks comes here by itself. Take off the filter "
            "«In work» to see drafts and what is closed already."
        ),
    ),
}


class HelpdeskTicket(models.Model):
    """An empty list says the right thing to each role."""

    _inherit = "helpdesk.ticket"

    @api.model
    def get_empty_list_help(self, help_message):
        """Return the words (HTML) of the user's role; others get those of the window."""
        # The window is read with sudo: ask for the groups of the user behind it.
        roles = self.sudo(False)._roles()
        own = EMPTY.get(next(iter(roles), "")) if len(roles) == 1 else None
        if not own:
            return super().get_empty_list_help(help_message)
        title, advice = (self.env._(text) for text in own)
        return Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>") % (title, advice)
