from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import escape_psql

from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk

from ..domain import lookup
from ..domain.transitions import FINAL_STATES
from .own_pages import own_bytes, own_file, own_record, page_of, render

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
        return own_record(self._own_cases(), self._own_domain(), ticket_id)

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
        where = {"url": "/my/tickets", "page": page, "size": self._items_per_page}
        cases, pager = page_of(Case, domain, SORTINGS[sortby], **where, **args)
        values = self._prepare_portal_layout_values()
        values |= {
            "page_name": "ticket",
            "cases": [case._portal_row() for case in cases],
            "has_cases": bool(cases) or bool(Case.search_count(self._own_domain(), limit=1)),
            "pager": pager,
            **args,
        }
        return render("gov_hotline.portal_my_cases", values)

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
        return render("gov_hotline.portal_case", values)

    @http.route(
        "/my/ticket/<int:ticket_id>/file/<int:file_id>", type="http", auth="user", readonly=True
    )
    def portal_my_ticket_file(self, ticket_id, file_id, **_kw):
        """Download a file of a given answer to an own case."""
        return own_file(self._own_case(ticket_id)._given_answers().attachment_ids, file_id)

    @http.route(
        [
            "/my/ticket/<int:ticket_id>/<any(answer, notice):kind>/<int:letter_id>/letter",
            "/my/ticket/<int:ticket_id>/<any(answer, notice):kind>/<int:letter_id>/signature",
        ],
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_my_ticket_letter(self, ticket_id, kind, letter_id, **_kw):
        """Download a letter to the own case as it was issued, or the signature made of it."""
        case = self._own_case(ticket_id)
        letters = case._given_answers() if kind == "answer" else case._issued_notices()
        part = request.httprequest.path.rpartition("/")[2]
        found = letters.filtered(lambda letter: letter.id == letter_id)
        parts = found._portal_parts() if found else {}
        if part not in parts:
            raise request.not_found()
        return own_bytes(*parts[part])
