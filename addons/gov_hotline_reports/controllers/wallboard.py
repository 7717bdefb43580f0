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
        board = request.env["hotline.wallboard"]._by_secret(secret)
        if not board:
            return self._gone()
        values = {
            "board": board,
            "states": board.env["hotline.board"]._state_words(),
            "lang": (board.env.lang or "ru").partition("_")[0],
        }
        html = board.env["ir.qweb"]._render("gov_hotline_reports.wallboard_page", values)
        return self._page(html)

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
        board = request.env["hotline.wallboard"]._by_secret(secret)
        if not board:
            raise NotFound()
        return request.make_json_response(board._figures(), headers=HEADERS)

    def _gone(self):
        """Say in words, on a screen that nobody has a keyboard at, that the link is not valid."""
        lang = request.env.company._hotline_lang()
        qweb = request.env["ir.qweb"].with_context(lang=lang)
        values = {"lang": (lang or "ru").partition("_")[0]}
        return self._page(qweb._render("gov_hotline_reports.wallboard_gone", values), status=404)

    def _page(self, html, status=200):
        headers = [*HEADERS, ("Content-Type", "text/html; charset=utf-8")]
        return request.make_response(html, headers=headers, status=status)
