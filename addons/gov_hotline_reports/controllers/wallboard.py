from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

HEADERS = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),  # the address is the secret
    ("X-Robots-Tag", "noindex, nofollow"),
]


class WallboardController(http.Controller):
    """The screen on the wall, for whoever has its link; wrong and revoked links look alike."""

    @http.route(
        "/hotline/wallboard/<string:secret>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
    )
    def wallboard(self, secret):
        """Show the page; it asks for its figures itself."""
        board = self._find(secret)
        values = {
            "board": board,
            "states": board.env["hotline.board"]._state_words(),
            "lang": (board.env.lang or "ru").partition("_")[0],
        }
        html = board.env["ir.qweb"]._render("gov_hotline_reports.wallboard_page", values)
        headers = [*HEADERS, ("Content-Type", "text/html; charset=utf-8")]
        return request.make_response(html, headers=headers)

    @http.route(
        "/hotline/wallboard/<string:secret>/figures",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
    )
    def figures(self, secret):
        """Give the figures of this moment as JSON: nothing personal."""
        return request.make_json_response(self._find(secret)._figures(), headers=HEADERS)

    def _find(self, secret):
        board = request.env["hotline.wallboard"]._by_secret(secret)
        if not board:
            raise NotFound()
        return board
