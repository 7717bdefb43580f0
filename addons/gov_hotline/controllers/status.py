from odoo import http
from odoo.http import request

from ..models.hotline_status import FOUND, WAIT


class HotlineStatus(http.Controller):
    """The status of a case by number and six-digit code, for anybody (A3)."""

    @http.route(
        "/hotline/status",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        csrf=False,  # it changes nothing and needs no session: there is no authority to misuse
        save_session=False,
    )
    def status(self, number="", code="", **_kw):
        """Show the form, or what the number and the code tell. A code in an address is ignored."""
        values = {"page_name": "status", "number": (number or "").strip()[:60], "result": None}
        if request.httprequest.method == "POST":
            values.update(self._look_up(values["number"], (code or "")[:60]))
        response = request.render("gov_hotline.status_page", values)
        if values["result"] == WAIT:
            response.status_code = 429
            response.headers["Retry-After"] = str(values["seconds"])
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _look_up(self, number, code):
        """Return {"result", …}. Absent and wrong go the same way and say the same."""
        # sudo: visitors have no rights; the service counts and checks for itself
        status = request.env["hotline.status"].sudo()
        address = request.httprequest.remote_addr  # the client's, also behind a proxy (proxy_mode)
        found = status._by_code(number, code, address)
        if found["result"] == WAIT:
            return {**found, "wait_text": status._wait_text(found["seconds"])}
        if found["result"] == FOUND:
            return {"result": FOUND, "case": found["told"]}
        return {"result": found["result"]}
