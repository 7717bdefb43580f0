from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .own_pages import own_record, page_of, render

LONGEST_SEARCH = 100


class HotlineCompanyPages(CustomerPortal):
    """A management company at the portal: its objects and what was assigned to it about them.

    Objects and accounts are read with the user's own rights: the record rules keep companies
    apart. Assignments are closed to portal users: the pages take those of `_company_domain`, the
    templates get values, never a record. Odoo makes one class of all portal controllers.
    """

    def _company_cases(self):
        """Return (assignments as the system, the domain of those of the user's company)."""
        assignments = request.env["hotline.assignment"]
        # sudo: see the class; the domain keeps to what was sent to the company
        return assignments.sudo(), assignments._company_domain()

    def _prepare_portal_layout_values(self):
        """Add whether the user works for an organisation: links of citizens are not theirs."""
        # sudo: what kind of card their organisation is
        kind = request.env.user.sudo().commercial_partner_id.hotline_kind
        of_organisation = kind in ("organisation", "agency")
        return super()._prepare_portal_layout_values() | {"of_organisation": of_organisation}

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotline_object_count" in counters:
            values["hotline_object_count"] = request.env["hotline.object"].search_count([])
        if "hotline_company_case_count" in counters:
            cases, own = self._company_cases()
            values["hotline_company_case_count"] = cases.search_count(own)
        return values

    @http.route("/my/objects", type="http", auth="user", readonly=True, website=True)
    def my_objects(self, page=1, search="", **_kw):
        """List the objects that the user's company answers for today."""
        search = " ".join((search or "")[:LONGEST_SEARCH].split())
        domain = Domain.AND([Domain("address", "ilike", word) for word in search.split()])
        where = {"url": "/my/objects", "page": page, "size": self._items_per_page}
        found, pager = page_of(
            request.env["hotline.object"], domain, "sort_key, id", **where, search=search
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "hotline_objects",
            "objects": [one._portal_row() for one in found],
            "searched": search,
            "pager": pager,
        }
        return render("gov_hotline.portal_objects", values)

    @http.route("/my/objects/<int:object_id>", type="http", auth="user", website=True)
    def my_object(self, object_id, **_kw):
        """Show one object: its parts, the company's accounts there, what was assigned about it."""
        place = own_record(request.env["hotline.object"], Domain.TRUE, object_id)
        cases, own = self._company_cases()
        about = cases.search(
            own & Domain("ticket_id.object_id", "child_of", place.id), order="id desc", limit=80
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "hotline_objects",
            "object": place._portal_card(),
            "cases": [one._company_row() for one in about],
        }
        return render("gov_hotline.portal_object", values)

    @http.route("/my/company-cases", type="http", auth="user", readonly=True, website=True)
    def my_company_cases(self, page=1, **_kw):
        """List what was assigned to the user's company about its objects."""
        cases, own = self._company_cases()
        where = {"url": "/my/company-cases", "page": page, "size": self._items_per_page}
        found, pager = page_of(cases, own, "id desc", **where)
        values = self._prepare_portal_layout_values() | {
            "page_name": "hotline_company_cases",
            "cases": [one._company_row() for one in found],
            "pager": pager,
        }
        return render("gov_hotline.portal_company_cases", values)
