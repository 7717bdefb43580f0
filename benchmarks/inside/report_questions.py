"""What a page of figures asks, of the analysis and of the records themselves; in Odoo's shell.

`Ours` and `Plain` have the same questions, each answers with what JSON can hold. A plain question
is the shortest one that the ORM has for it: an appeal has no date of its answer, so that is asked
of its terms; levels of topics and districts are summed up in Python.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.fields import Domain

from odoo.addons.gov_hotline_reports.domain import periods

# About whom; the others are asked of assignments and calls, so that the aim does not speak of them
OF_CASES = (
    "received", "processed", "closed", "overdue", "awaiting", "topics", "districts", "lines",
    "trend_received", "trend_processed", "topics_by_district", "topics_by_week", "year",
)  # fmt: skip
OF_OTHERS = ("agencies", "calls", "causes", "operators", "hours")
REPORTED = OF_CASES[:10] + OF_OTHERS[:3]  # what the monthly report consists of


class Questions:
    """The month that has ended, the one before and that of last year."""

    def __init__(self, env):
        self.env = env
        self.days = periods.last_ended("month", env.company._hotline_today())
        before, year = periods.before("month", self.days), periods.year_ago("month", self.days)
        self.spans = [self.days, before, year]
        self.months = periods.trend("month", self.days)
        self.weeks = (self.days[1] - timedelta(days=27), self.days[1])

    def each(self, question):
        return [question(span) for span in self.spans]

    # Of calls: either way says in `_calls_by` how it groups them

    def calls(self):
        return self._calls_by()

    def causes(self):
        return self._calls_by("redirect_cause")

    def operators(self):
        return self._calls_by("operator_id")


class Ours(Questions):
    def __init__(self, env):
        super().__init__(env)
        self.cases, self.calls_ = env["hotline.report.case"], env["hotline.report.call"]
        self.assignments = env["hotline.report.assignment"]

    def _of(self, days):
        return self.env["hotline.report.figures"]._between(days)

    def _count(self, name):
        return self.each(lambda span: self.cases.search_count(getattr(self._of(span), name)))

    def __getattr__(self, name):
        if name in OF_CASES[:5]:
            return lambda: self._count(name)
        raise AttributeError(name)

    def _by(self, model, domain, *names):
        groups = model._read_group(domain, names, ["__count"])
        return counted([[plain(key) for key in keys], count] for *keys, count in groups)

    def _received_by(self, name):
        return self.each(lambda span: self._by(self.cases, self._of(span).received, name))

    def topics(self):
        return self._received_by("topic_2_id")

    def districts(self):
        return self._received_by("district_id")

    def lines(self):
        return self._received_by("line_id")

    def _trend(self, name, day):
        domain = getattr(self._of((self.months[0][0], self.days[1])), name)
        return self.env["hotline.report.figures"]._by_span(domain, day, self.months)

    def trend_received(self):
        return self._trend("received", "received_on")

    def trend_processed(self):
        return self._trend("processed", "answered_on")

    def topics_by_district(self):
        return self._by(self.cases, self._of(self.days).received, "topic_2_id", "district_id")

    def topics_by_week(self):
        domain = self._of(self.weeks).received
        return self._by(self.cases, domain, "topic_2_id", "received_on:week")

    def year(self):
        domain = self._of((self.months[0][0], self.days[1])).received
        return self._by(self.cases, domain, "received_on:month", "topic_2_id")

    def agencies(self):
        return self.each(lambda span: self._by(self.assignments, self._of(span).sent, "agency_id"))

    def _calls_by(self, *names):
        return self.each(lambda span: self._by(self.calls_, self._of(span).calls, *names))

    def hours(self):
        return self._calls_by("hour")


class Plain(Questions):
    def __init__(self, env):
        super().__init__(env)
        self.cases = env["helpdesk.ticket"]
        self.base = Domain("state", "not in", ("draft", "converted"))
        self.base &= Domain("kind", "!=", "tech_support")

    # When it was answered

    @staticmethod
    def _within(name, days):
        return Domain(name, ">=", days[0]) & Domain(name, "<=", days[1])

    @staticmethod
    def _term(more=Domain.TRUE):
        return Domain("deadline_ids", "any", Domain("term_id.is_main", "=", True) & more)

    def _all_met(self):
        return self._term() & ~self._term(Domain("met_on", "=", False))

    def _answered(self, days):
        by_term = self._term(Domain("met_on", ">=", days[0]))
        by_term &= ~self._term(Domain("met_on", ">", days[1]))
        met = self._all_met()
        return (met & by_term) | (~met & self._within("closed_on", days))

    def _not_answered(self, last):
        met = self._all_met()
        late = Domain("closed_on", "=", False) | Domain("closed_on", ">", last)
        return (met & self._term(Domain("met_on", ">", last))) | (~met & late)

    # Counts

    def _count(self, domain):
        [(count,)] = self.cases._read_group(self.base & domain, [], ["__count"])
        return count

    def received(self):
        return self.each(lambda span: self._count(self._within("received_on", span)))

    def processed(self):
        return self.each(lambda span: self._count(self._answered(span)))

    def closed(self):
        return self.each(lambda span: self._count(self._within("closed_on", span)))

    def overdue(self):
        def question(span):
            due = Domain("due_on", "<", span[1] + timedelta(days=1))
            return self._count(due & self._not_answered(span[1]))

        return self.each(question)

    def awaiting(self):
        def question(span):
            return self._count(Domain("received_on", "<=", span[1]) & self._not_answered(span[1]))

        return self.each(question)

    # Tables

    def _by(self, days, *names):
        domain = self.base & self._within("received_on", days)
        return self.cases._read_group(domain, names, ["__count"])

    def _level(self, topic):
        steps = (topic.sudo().parent_path or "").split("/")
        return int(steps[1]) if len(steps) > 2 else False

    def _district(self, territory):
        while territory and territory.kind != "district":
            territory = territory.parent_id
        return plain(territory)

    def topics(self):
        return self.each(
            lambda span: counted(
                [[self._level(topic)], count] for topic, count in self._by(span, "topic_id")
            )
        )

    def districts(self):
        path = "object_id.territory_id"
        return self.each(
            lambda span: counted(
                [[self._district(place)], count] for place, count in self._by(span, path)
            )
        )

    def lines(self):
        return self.each(
            lambda span: counted([[plain(line)], n] for line, n in self._by(span, "line_id"))
        )

    def trend_received(self):
        days = (self.months[0][0], self.days[1])
        found = dict(self._by(days, "received_on:month"))
        return [found.get(first, 0) for first, _last in self.months]

    def trend_processed(self):
        return [self._count(self._answered(month)) for month in self.months]

    def topics_by_district(self):
        groups = self._by(self.days, "topic_id", "object_id.territory_id")
        return counted([[self._level(one), self._district(place)], n] for one, place, n in groups)

    def topics_by_week(self):
        groups = self._by(self.weeks, "topic_id", "received_on:week")
        return counted([[self._level(topic), plain(week)], n] for topic, week, n in groups)

    def year(self):
        groups = self._by((self.months[0][0], self.days[1]), "received_on:month", "topic_id")
        return counted([[plain(month), self._level(topic)], n] for month, topic, n in groups)

    # Of assignments and calls

    def agencies(self):
        model = self.env["hotline.assignment"]

        def question(span):
            domain = self._within("sent_on", span) & Domain("state", "!=", "draft")
            groups = model._read_group(domain, ["partner_id"], ["__count"])
            return counted([[plain(agency)], count] for agency, count in groups)

        return self.each(question)

    def _calls_by(self, *names):
        def question(span):
            zone = ZoneInfo(self.env.company.hotline_tz)
            first, last = (
                datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(ZoneInfo("UTC"))
                for day in (span[0], span[1] + timedelta(days=1))
            )
            domain = Domain("started_at", ">=", first.replace(tzinfo=None))
            domain &= Domain("started_at", "<", last.replace(tzinfo=None))
            domain &= Domain("direction", "=", "in")
            groups = self.env["hotline.call"]._read_group(domain, names, ["__count"])
            return counted([[plain(key) for key in keys], count] for *keys, count in groups)

        return self.each(question)

    def hours(self):
        found = self._calls_by("started_at:hour_number")
        return [[[[f"{int(hour):02}:00"], count] for [hour], count in one] for one in found]


def plain(key):
    """A key of a group as JSON holds it."""
    if hasattr(key, "_ids"):
        return key.id
    return key.isoformat() if hasattr(key, "isoformat") else key


def counted(rows):
    """[[key, count], ...] in order, those of one key as one."""
    found = {}
    for key, count in rows:
        found[tuple(key)] = found.get(tuple(key), 0) + count
    return [[list(key), found[key]] for key in sorted(found, key=repr)]
