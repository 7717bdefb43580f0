from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..domain import periods

# Who has which page; the first one of a user is shown.
PAGES = {
    "head": ("approver", "auditor", "administrator", "officer"),
    "supervisor": ("supervisor", "auditor", "administrator"),
    "operator": ("operator",),
}
DAYS = 14
HOURS = 24


class HotlineReportDashboard(models.AbstractModel):
    """Pages of figures: the own day, the line, the region. One reading a page.

    Everything is counted from the analyses with the rights of the user, and opens its records.
    """

    _name = "hotline.report.dashboard"
    _description = "Pages of figures"

    @api.model
    @api.readonly
    def look(self, page=None, period="month"):
        """Return what a page shows: {pages, page, numbers, trend, tables, matrices, …}.

        The page and the period are checked; without `page` the first one of the user's roles.
        """
        pages = self._pages()
        if not pages:
            self.env["helpdesk.ticket"]._require_role(*PAGES["head"])
        page = page or pages[0]
        if page not in PAGES or period not in periods.PERIODS:
            raise UserError(self.env._("There is no such page."))
        self.env["helpdesk.ticket"]._require_role(*PAGES[page])
        self.env.flush_all()
        found = getattr(self, f"_look_{page}")(period)
        told = {"pages": pages, "page": page, "period": period}
        return {"matrices": [], "problems": [], "achievements": [], **found, **told}

    @api.model
    def _pages(self):
        roles = self.env["helpdesk.ticket"]._roles()
        return [page for page, allowed in PAGES.items() if roles & set(allowed)]

    @api.model
    def _between(self, days):
        return self.env["hotline.report.figures"]._between(days)

    @api.model
    def _look_head(self, period):
        """Return the region: the running period against the one before and a year ago."""
        Figures = self.env["hotline.report.figures"]
        days = periods.running(period, self.env.company._hotline_today())
        figures = Figures._of(period, days)
        matrices = [self._topics_by_district(days), self._topics_by_week()]
        return {**figures, "matrices": matrices}

    @api.model
    def _look_supervisor(self, period):
        """Return the line: the running period, and who talked how much."""
        Figures = self.env["hotline.report.figures"]
        figures = Figures._of(period, periods.running(period, self.env.company._hotline_today()))
        spans = [
            self._between([fields.Date.to_date(day) for day in span]).calls
            for span in figures["spans"]
        ]
        operators = Figures._table_of(
            self.env["hotline.report.call"], "operators", self.env._("Calls by operator"),
            "operator_id", spans, more=("talks", "transfers", "thanks"),
        )  # fmt: skip
        hours = Figures._table_of(
            self.env["hotline.report.call"], "hours", self.env._("Calls by hour"), "hour", spans
        )
        hours = Figures._shortened(hours, HOURS)
        hours["rows"] = self._day_long(hours["rows"])
        tables = [Figures._shortened(operators), hours, *figures["tables"]]
        return {**figures, "problems": [], "achievements": [], "tables": tables}

    @api.model
    def _day_long(self, rows):
        """Return the rows of hours as the day goes."""
        return sorted(rows, key=lambda row: row["name"])

    # The own day

    @api.model
    def _look_operator(self, _period):
        """Return the own day of an operator, against the day before."""
        today = self.env.company._hotline_today()
        days = [(day, day) for day in (today, today - timedelta(days=1))]
        mine = [self._between(span).within("day") & self._mine() for span in days]
        columns = [self._own_numbers(domain) for domain in mine]
        numbers = [
            {**one, "values": [one["values"][0], before["values"][0]]}
            for one, before in zip(*columns, strict=True)
        ]
        Figures = self.env["hotline.report.figures"]
        calls = self.env["hotline.report.call"]
        tables = [
            Figures._table_of(calls, "groups", self.env._("By group"), "group", mine),
            Figures._table_of(calls, "topics", self.env._("By topic"), "topic_2_id", mine),
        ]
        tables = [Figures._shortened(table) for table in tables]
        text = fields.Date.to_string(today)
        return {
            "numbers": numbers, "tables": tables, "trend": self._own_trend(today),
            "first": text, "last": text, "spans": [[text, text]],
        }  # fmt: skip

    @api.model
    def _mine(self):
        return Domain("operator_id", "=", self.env.uid)

    @api.model
    def _own_numbers(self, mine):
        names = self.env["hotline.report.figures"]._names()
        calls, shifts = self.env["hotline.report.call"], self.env["hotline.report.shift"]
        measures = ("calls:sum", "talks:sum", "solved:avg", "transfers:sum", "thanks:sum")
        measures += ("talk_minutes:sum",)
        [(count, talks, solved, transfers, thanks, minutes)] = calls._read_group(mine, [], measures)
        [(on_line, paused)] = shifts._read_group(mine, [], ("on_line:sum", "paused:sum"))
        rows = [
            ("calls", names["calls"], count or 0, False, "calls"),
            ("talks", self.env._("Talks"), talks or 0, False, "talks"),
            ("minutes", self.env._("Talked, min"), round(minutes or 0), False, "talks"),
            ("solved", names["solved"], solved, True, "judged"),
            ("transfers", names["transfers"], transfers or 0, False, "transfers"),
            ("thanks", names["thanks"], thanks or 0, False, "thanks"),
        ]
        found = [
            {
                "code": code, "name": name, "values": [value], "share": share,
                "drill": [calls._name, list(mine & Domain(told, "=", 1))],
            }
            for code, name, value, share, told in rows
        ]  # fmt: skip
        drill = [shifts._name, list(mine)]
        for name, value in (
            (self.env._("Shift, h"), on_line), (self.env._("Pause, h"), paused),
        ):  # fmt: skip
            vals = {"code": name, "name": name, "share": False, "drill": drill}
            found.append({**vals, "values": [round(value or 0, 1)]})
        return found

    @api.model
    def _own_trend(self, today):
        first = fields.Date.to_string(today - timedelta(days=DAYS - 1))
        groups = self.env["hotline.report.call"]._read_group(
            self._mine() & Domain("day", ">=", first), ["day:day"], ["calls:sum", "talks:sum"]
        )
        found = {day: (calls, talks) for day, calls, talks in groups}
        days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
        return [
            {"name": day.strftime("%d.%m"), "received": calls or 0, "processed": talks or 0}
            for day in days
            for calls, talks in [found.get(day, (0, 0))]
        ]
