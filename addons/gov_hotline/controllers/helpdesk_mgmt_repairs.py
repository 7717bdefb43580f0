from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController


class HelpdeskMgmtRepairs(HelpdeskTicketController):
    """Routes of helpdesk_mgmt that are closed here."""

    @http.route()
    def support_ticket_close(self, **_kw):
        """It let any signed-in user close any case: an officer closes, by the lawful act."""
        raise request.not_found()

    @http.route()
    def create_new_ticket(self, **_kw):
        """It files without the checks of the law; closed until our own form exists."""
        return self._filing_closed()

    @http.route()
    def submit_ticket(self, **_kw):
        """As above."""
        return self._filing_closed()

    def _filing_closed(self):
        return request.render(
            "gov_hotline.portal_filing_closed", {"page_name": "status"}, status=404
        )
