from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from .own_pages import own_file, render
from .portal import HotlinePortal


class HotlinePortalAdditions(HotlinePortal):
    """«Дополнить»: the citizen adds words and files to the own open case (59-FZ, art. 5)."""

    @http.route(
        "/my/ticket/<int:ticket_id>/addition",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_my_ticket_addition(self, ticket_id, text="", **_kw):
        """Take an addition and show the case again; what is refused is said there."""
        case = self._own_case(ticket_id)
        files = [
            (file.filename, file.read())
            for file in request.httprequest.files.getlist("files")
            if file.filename
        ]
        try:
            with request.env.cr.savepoint():
                request.env["hotline.addition"]._of_citizen(case, text.strip(), files)
        except (UserError, ValidationError) as refusal:
            card = {**case._portal_card(), "refusal": str(refusal), "typed": text}
            values = {"page_name": "ticket", "case": card}
            return render("gov_hotline.portal_case", values)
        return request.redirect(f"/my/ticket/{case.id}?added=1#additions")

    @http.route(
        "/my/ticket/<int:ticket_id>/addition/<int:file_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_my_ticket_addition_file(self, ticket_id, file_id, **_kw):
        """Download a file of an own addition."""
        own = self._own_case(ticket_id).addition_ids._of_applicant()
        return own_file(own.attachment_ids, file_id)
