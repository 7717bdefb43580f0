from odoo import http
from odoo.http import request

from ..domain import phones


class HotlineFrontDoor(http.Controller):
    """`/hotline` as a citizen types it (A3): the doors that are open, and the telephones."""

    @http.route(
        "/hotline",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        website=True,
        sitemap=False,
        save_session=False,
    )
    def front_door(self, **_kw):
        """Show where to go; what stands in the address beside it is ignored."""
        body = request.env.company.sudo()  # sudo: how to reach the body is told to everybody
        values = {"page_name": "front_door", "phones": self._phones(body)}
        response = request.render("gov_hotline.front_door", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _phones(self, body):
        """Return [{name, phone, call, always}] of the body's lines, else of the body itself."""
        lines = request.env["hotline.line"].sudo()  # sudo: as above
        known = lines.search([("company_id", "=", body.id), ("phone", "!=", False)])
        told = [(one.name, one.phone, one.round_the_clock) for one in known]
        if not told and body.phone:
            told = [("", body.phone, False)]
        return [
            {
                "name": name,
                "phone": phones.on_paper(phone),
                "call": phones.key(phone) or phone,
                "always": always,
            }
            for name, phone, always in told
        ]
