from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

SHORT = 300  # seconds that a copy of a public page may live


class StatisticsController(http.Controller):
    """Public statistics, for everybody (X6): a page and the same as JSON."""

    @http.route(
        "/hotline/statistics",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        save_session=False,
    )
    def statistics(self, quarter="", **_kw):
        """Show a published quarter, the newest one without `quarter` (2026-3)."""
        quarters, shown = self._find(quarter)
        values = {"page_name": "statistics", "quarters": quarters, "shown": shown}
        response = request.render("gov_hotline_reports.statistics_page", values)
        # The head of the page names who signed in: such a copy is nobody else's.
        visitor = request.env.user._is_public()
        copies = f"public, max-age={SHORT}" if visitor else "private, no-store"
        response.headers["Cache-Control"] = copies
        response.headers["Vary"] = "Cookie"
        return response

    @http.route(
        "/hotline/statistics.json",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def statistics_json(self, quarter="", **_kw):
        """Give a published quarter: {"quarter", "topics", "districts", "cells", "total"}.

        A hidden number is null.
        """
        _quarters, shown = self._find(quarter)
        headers = [("Access-Control-Allow-Origin", "*"), ("Cache-Control", f"max-age={SHORT}")]
        return request.make_json_response(
            {"quarter": shown._public_key(), **shown.table}, headers=headers
        )

    def _find(self, quarter):
        quarters = request.env["hotline.statistics"]._published(request.env.company)
        wanted = quarters.filtered(lambda one: not quarter or one._public_key() == quarter)
        if not wanted:
            raise NotFound()
        return quarters, wanted[:1]
