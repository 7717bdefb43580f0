from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .own_pages import own_file, own_record, page_of, render

FILTERS = {
    "waiting": Domain("state", "=", "sent"),
    "done": Domain("state", "!=", "sent"),
}
ACTS = ("answer", "not_ours", "ask_time")


class HotlineAssignments(CustomerPortal):
    """Own assignments of an executor with a portal account; usable on a telephone.

    A portal user has no access to the record: the pages take the own assignments by
    `_own_assignments_domain`, the templates get values, never a record. The acts check whose it is
    again. Odoo makes one class of all portal controllers: names of methods must differ.
    """

    def _own_assignments_domain(self):
        return request.env["hotline.assignment"]._own_domain()

    def _all_assignments(self):
        # sudo: see the class; the domain keeps to the own ones
        return request.env["hotline.assignment"].sudo()

    def _own_assignment(self, assignment_id):
        """Return the own assignment as sudo; 404 for others and for absent ones alike."""
        return own_record(self._all_assignments(), self._own_assignments_domain(), assignment_id)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "assignment_count" in counters:
            values["assignment_count"] = self._all_assignments().search_count(
                self._own_assignments_domain()
            )
        return values

    @http.route("/my/assignments", type="http", auth="user", readonly=True, website=True)
    def my_assignments(self, page=1, filterby="waiting", **_kw):
        """List the own assignments: those that wait for an answer first."""
        filterby = filterby if filterby in FILTERS else "waiting"
        domain = self._own_assignments_domain() & FILTERS[filterby]
        where = {"url": "/my/assignments", "page": page, "size": self._items_per_page}
        found, pager = page_of(
            self._all_assignments(), domain, "control_on, id", **where, filterby=filterby
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "assignments",
            "filterby": filterby,
            "assignments": [assignment._portal_row() for assignment in found],
            "pager": pager,
        }
        return render("gov_hotline.portal_assignments", values)

    @http.route("/my/assignments/<int:assignment_id>", type="http", auth="user", website=True)
    def my_assignment(self, assignment_id, act=None, done=None, **_kw):
        """Show one own assignment with its acts."""
        assignment = self._own_assignment(assignment_id)
        return self._assignment_page(assignment, open_act=act if act in ACTS else None, done=done)

    def _assignment_page(self, assignment, **values):
        assignment._note_reading()
        values |= {
            "page_name": "assignments",
            "assignment": assignment._portal_card(),
            "file_hint": assignment._file_hint(),
        }
        values = {"open_act": None, "error": None, "done": None, "typed": {}} | values
        return render("gov_hotline.portal_assignment", values)

    @http.route(
        "/my/assignments/<int:assignment_id>/<string:act>",
        type="http", auth="user", methods=["POST"], csrf=True, website=True,
    )  # fmt: skip
    def my_assignment_act(self, assignment_id, act, **post):
        """Do an act of the executor: answer with files, «not ours», ask for time."""
        assignment = self._own_assignment(assignment_id)
        if act not in ACTS:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                assignment.with_user(request.env.user).sudo(False)._portal_act(
                    act, post, request.httprequest.files.getlist("files")
                )
        except (UserError, ValidationError) as refusal:
            return self._assignment_page(assignment, open_act=act, error=str(refusal), typed=post)
        return request.redirect(f"/my/assignments/{assignment_id}?done={act}")

    @http.route(
        "/my/assignments/<int:assignment_id>/file/<int:file_id>", type="http", auth="user",
    )  # fmt: skip
    def my_assignment_file(self, assignment_id, file_id, **_kw):
        """Download a file handed over with an own assignment, or one of the own answers."""
        assignment = self._own_assignment(assignment_id)
        files = assignment._shown_files() | assignment.answer_ids.attachment_ids
        download = own_file(files, file_id)
        assignment._note_reading()
        assignment._note_look("downloaded")
        return download
