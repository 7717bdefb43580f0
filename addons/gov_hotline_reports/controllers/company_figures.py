from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.gov_hotline.controllers.own_pages import own_record, page_of, render
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..domain import periods

TOP = 50  # rows of a table, until all are asked for


class HotlineCompanyFigures(CustomerPortal):
    """A management company at the portal: how the appeals about its objects stand.

    The analysis is read with the user's own rights: the record rules keep companies apart. Odoo
    makes one class of all portal controllers.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotline_figure_count" in counters:
            values["hotline_figure_count"] = request.env["hotline.object"].search_count([], limit=1)
        return values

    def _figures_values(self, period):
        """Return the values of both pages; 404 for whoever answers for no objects."""
        values = self._prepare_portal_layout_values()
        if not values["of_organisation"] or not request.env.user._is_portal():
            raise request.not_found()
        period = period if period in periods.RECENT else periods.RECENT[0]
        figures = request.env["hotline.report.company"]
        names = {"names": figures._names(), "heads": figures._heads(), "period": period}
        return figures, values | {"page_name": "hotline_figures", **names}

    @http.route("/my/figures", type="http", auth="user", readonly=True, website=True)
    def my_figures(self, period=None, full=None, **_kw):
        """Show the figures of the company's objects: whole, by topic, by house."""
        figures, values = self._figures_values(period)
        told = figures._look(values["period"])
        tables = [self._figures_table(by, told.pop(by), full) for by in ("topics", "houses")]
        has_objects = bool(request.env["hotline.object"].search_count([], limit=1))
        values |= told | {"tables": tables, "has_objects": has_objects}
        return render("gov_hotline_reports.portal_figures", values)

    def _figures_table(self, by, rows, full):
        """Return a table as it is shown: the first rows, how many more there are."""
        shown = rows if full else rows[:TOP]
        return {"by": by, "rows": shown, "more": len(rows) - len(shown)}

    @http.route("/my/figures/appeals", type="http", auth="user", readonly=True, website=True)
    def my_figure_appeals(
        self, what="received", period=None, topics=None, houses=None, page=1, **_kw
    ):
        """List the appeals behind one figure, those of a topic or of a house."""
        figures, values = self._figures_values(period)
        if what not in values["names"]:
            raise request.not_found()
        topic, house = self._figure_topic(topics), self._figure_house(houses)
        domain = figures._behind(what, values["period"], topic, house)
        args = {"what": what, "period": values["period"], "topics": topics, "houses": houses}
        where = {"url": "/my/figures/appeals", "page": page, "size": self._items_per_page}
        found, pager = page_of(
            request.env["hotline.report.case"],
            domain,
            "received_on desc, id desc",
            **where,
            **{name: value for name, value in args.items() if value is not None},
        )
        values |= {
            "what": what,
            "about": figures._topic_name(topic) if topic is not None else house and house.address,
            "days": figures._days_words(values["period"]),
            "appeals": found._company_rows(),
            "pager": pager,
        }
        return render("gov_hotline_reports.portal_figure_appeals", values)

    def _figure_id(self, text):
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise request.not_found()
        return int(text)

    def _figure_topic(self, text):
        """Return the topic of a link (an empty one: not stated); None where none is asked for."""
        # sudo: whether there is such a topic; its name is nobody's secret
        topics = request.env["hotline.topic"].sudo().with_context(active_test=False)
        if text is None:
            return None
        topic_id = self._figure_id(text)
        return own_record(topics, Domain.TRUE, topic_id) if topic_id else topics

    def _figure_house(self, text):
        """Return the object of a link, of those that the company answers for; 404 for others."""
        Object = request.env["hotline.object"].with_context(active_test=False)
        return None if text is None else own_record(Object, Domain.TRUE, self._figure_id(text))
