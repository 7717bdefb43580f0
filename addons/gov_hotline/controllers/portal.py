from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import escape_psql

from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..domain import lookup
from ..domain.transitions import FINAL_STATES

FILTERS = {
    "all": Domain.TRUE,
    "open": Domain("state", "not in", FINAL_STATES),
    "closed": Domain("state", "in", FINAL_STATES),
}
SORTINGS = {"new": "registered_on desc, id desc", "old": "registered_on, id", "due": "due_on, id"}


class HotlinePortal(CustomerPortalHelpdesk):
    """Own cases of a signed-in citizen.

    A citizen has no access to the record itself: these pages take the own cases by `_own_domain`
    and hand the templates what an applicant may see, never a record.
    """

    def _own_cases(self):
        # sudo: read access would open notes and files; the domain keeps to the own cases
        return request.env["helpdesk.ticket"].sudo()

    def _own_case(self, ticket_id):
        """Return the own case as sudo; 404 for others and for absent ones alike."""
        domain = self._own_domain() & Domain("id", "=", ticket_id)
        case = self._own_cases().search(domain, limit=1)
        if not case:
            raise request.not_found()
        return case

    def _own_domain(self):
        return request.env["helpdesk.ticket"]._own_domain()

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "ticket_count" in counters:
            values["ticket_count"] = self._own_cases().search_count(self._own_domain())
        return values

    @http.route()
    def portal_my_tickets(self, page=1, sortby=None, filterby=None, search=None, **_kw):
        """List the own cases: open or closed ones, found by number or words."""
        sortby = sortby if sortby in SORTINGS else "new"
        filterby = filterby if filterby in FILTERS else "all"
        search = (search or "").strip()
        domain = self._own_domain() & FILTERS[filterby] & self._search_domain(search)
        Case = self._own_cases()
        args = {"sortby": sortby, "filterby": filterby, "search": search}
        pager = portal_pager(
            "/my/tickets", Case.search_count(domain), page, self._items_per_page, url_args=args
        )
        cases = Case.search(
            domain, order=SORTINGS[sortby], limit=self._items_per_page, offset=pager["offset"]
        )
        values = self._prepare_portal_layout_values()
        values |= {
            "page_name": "ticket",
            "cases": [case._portal_row() for case in cases],
            "has_cases": bool(cases) or bool(Case.search_count(self._own_domain(), limit=1)),
            "pager": pager,
            **args,
        }
        return self._private(request.render("gov_hotline.portal_my_cases", values))

    def _search_domain(self, search):
        if not search:
            return Domain.TRUE
        by_words = Domain("appeal_text", "ilike", escape_psql(search))
        key = lookup.number_key(search)
        return by_words | Domain("number_key", "like", key) if key else by_words

    @http.route(auth="user")
    def portal_my_ticket(self, ticket_id, access_token=None, **_kw):
        """Show one own case. A link's token opens nothing: the citizen signs in."""
        case = self._own_case(ticket_id)
        values = {"page_name": "ticket", "case": case._portal_card()}
        return self._private(request.render("gov_hotline.portal_case", values))

    @http.route(
        "/my/ticket/<int:ticket_id>/file/<int:file_id>", type="http", auth="user", readonly=True
    )
    def portal_my_ticket_file(self, ticket_id, file_id, **_kw):
        """Download a file of a given answer to an own case."""
        files = self._own_case(ticket_id)._given_answers().attachment_ids
        file = files.filtered(lambda file: file.id == file_id)
        if not file:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file)
        return self._private(stream.get_response(as_attachment=True))

    def _private(self, response):
        response.headers["Cache-Control"] = "private, no-store"
        return response
