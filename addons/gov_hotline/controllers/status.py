from odoo import http
from odoo.http import request

FOUND, NOT_FOUND, WAIT, INCOMPLETE = "found", "not_found", "wait", "incomplete"


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
        if not number or not code.strip():
            return {"result": INCOMPLETE}
        # sudo: visitors have no rights; the counters and the lookup check for themselves
        attempts = request.env["hotline.status.attempt"].sudo()
        address = request.httprequest.remote_addr  # the client's, also behind a proxy (proxy_mode)
        seconds = attempts._admit(number, address)
        if seconds:
            return {"result": WAIT, "seconds": seconds, "wait_text": wait_text(seconds)}
        case = request.env["helpdesk.ticket"].sudo()._by_number_and_code(number, code)
        if not case:
            return {"result": NOT_FOUND}
        attempts._forgive(number, address)
        return {"result": FOUND, "case": case._status_public()}


def wait_text(seconds):
    """Return when to come back, in words."""
    if seconds < 60:
        return request.env._("Try again in %(n)s s.", n=seconds)
    return request.env._("Try again in %(n)s min.", n=-(-seconds // 60))
