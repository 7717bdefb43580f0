from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..domain import periods

TOP = 10
SHARES = ("in_term", "level", "lost_share", "solved", "discipline")
COUNTED = Domain("state", "!=", "converted") & Domain("kind", "!=", "tech_support")


@dataclass(frozen=True)
class Between:
    """The domains of a period: everything is told as it was at its end."""

    first: str
    last: str
    until: str  # what was due before this day is overdue: a running period has not ended

    @classmethod
    def of(cls, days, today):
        """Return the domains of two dates; as text, so that they travel to the screen."""
        until = min(days[1] + timedelta(days=1), today)
        return cls(*(fields.Date.to_string(day) for day in (*days, until)))

    def within(self, name):
        """Return that the day `name` lies in the period."""
        return Domain(name, ">=", self.first) & Domain(name, "<=", self.last)

    def _not_answered(self):
        return Domain("answered_on", "=", False) | Domain("answered_on", ">", self.last)

    @property
    def received(self):
        """Return the appeals received."""
        return COUNTED & self.within("received_on")

    @property
    def processed(self):
        """Return the appeals answered."""
        return COUNTED & self.within("answered_on")

    @property
    def closed(self):
        """Return the appeals closed."""
        return COUNTED & self.within("closed_on")

    @property
    def overdue(self):
        """Return what had not been answered at the end and was due by then."""
        return COUNTED & Domain("due_on", "<", self.until) & self._not_answered()

    @property
    def awaiting(self):
        """Return what had come by the end and was not answered then."""
        return COUNTED & Domain("received_on", "<=", self.last) & self._not_answered()

    @property
    def judged(self):
        """Return what the share answered in term is of: answered, or left unanswered when due.

        A debt of an earlier period counts in that one: a day without answers has no share.
        """
        return self.processed | (self.overdue & Domain("due_on", ">=", self.first))

    @property
    def calls(self):
        """Return the incoming calls."""
        return Domain("direction", "=", "in") & self.within("day")

    @property
    def sent(self):
        """Return the assignments sent."""
        return self.within("sent_on")


class HotlineReportFigures(models.AbstractModel):
    """The figures of a period, as the current user may see them: for letters and dashboards."""

    _name = "hotline.report.figures"
    _description = "Figures of a period"

    @api.model
    def _of(self, period, days):
        """Return {numbers, tables, trend, first, last} as JSON; three columns: now, before, year.

        Counted with the rights of the user, for the bodies that are switched on.
        """
        self.env.flush_all()
        spans = periods.compared(period, days)
        between = [self._between(span) for span in spans]
        columns = [self._numbers(one) for one in between]
        drills, helps = self._drills(between[0]), self._helps()
        return {
            "period": period,
            "first": fields.Date.to_string(days[0]),
            "last": fields.Date.to_string(days[1]),
            "spans": [[fields.Date.to_string(day) for day in span] for span in spans],
            "numbers": [
                {
                    "code": code,
                    "name": name,
                    "share": code in SHARES,
                    "values": [column[code] for column in columns],
                    "drill": drills[code],
                    "help": helps.get(code, False),
                }
                for code, name in self._names().items()
            ],
            "trend": self._trend(period, days),
            **self._tables_told(between, columns[0]),
        }

    @api.model
    def _tables_told(self, spans, numbers):
        """Return the tables as they are shown, and what the whole of them says in words."""
        tables = self._tables(spans)
        told = self._highlights(numbers, {table["code"]: table["rows"] for table in tables})
        return {"tables": [self._shortened(table) for table in tables], **told}

    @api.model
    def _between(self, days):
        return Between.of(days, self.env.company._hotline_today())

    @api.model
    def _drills(self, span):
        """Return {code: (analysis, domain)} of the rows behind each number.

        Behind a share are the rows that it is of.
        """
        names = ("received", "processed", "closed", "overdue", "awaiting")
        found = {name: ("case", getattr(span, name)) for name in names}
        found["in_term"] = ("case", span.judged & Domain("judged", "=", 1))
        found["discipline"] = ("assignment", span.sent & Domain("judged", "=", 1))
        found["calls"] = ("call", span.calls)
        found["level"] = ("call", span.calls & Domain("offered", "=", 1))
        found["solved"] = ("call", span.calls & Domain("judged", "=", 1))
        found["lost_share"] = ("call", span.calls & Domain("offered", "=", 1))
        for name in ("transfers", "thanks"):
            found[name] = ("call", span.calls & Domain(name, "=", 1))
        return {
            code: self._drill(self.env[f"hotline.report.{name}"], domain)
            for code, (name, domain) in found.items()
        }

    @api.model
    def _drill(self, model, domain):
        return [model._name, list(domain)]

    @api.model
    def _plain(self, key):
        return key.id if isinstance(key, models.BaseModel) else key

    @api.model
    def _helps(self):
        return {
            "in_term": self.env._(
                "Of those answered in the period, and those due in it and left unanswered; "
                "withdrawn ones are left out."
            )
        }

    @api.model
    def _names(self):
        return {
            "received": self.env._("Appeals received"),
            "processed": self.env._("Processed (answered)"),
            "closed": self.env._("Done (closed)"),
            "in_term": self.env._("Answered in term"),
            "overdue": self.env._("Overdue at the end"),
            "awaiting": self.env._("Await an answer at the end"),
            "calls": self.env._("Calls"),
            "level": self.env._("Service level"),
            "lost_share": self.env._("Share of lost"),
            "solved": self.env._("Solved at once"),
            "transfers": self.env._("Transfers"),
            "thanks": self.env._("Thanks"),
            "discipline": self.env._("Executors kept the date"),
        }

    @api.model
    def _numbers(self, span):
        cases = self.env["hotline.report.case"]
        counts = ("received", "processed", "closed", "overdue", "awaiting")
        found = {name: cases.search_count(getattr(span, name)) for name in counts}
        [(found["in_term"],)] = cases._read_group(span.judged, [], ["in_term:avg"])
        names = ("calls:sum", "level:avg", "lost_share:avg", "solved:avg")
        names += ("transfers:sum", "thanks:sum")
        [row] = self.env["hotline.report.call"]._read_group(span.calls, [], names)
        found |= {name.partition(":")[0]: one for name, one in zip(names, row, strict=True)}
        assignments = self.env["hotline.report.assignment"]
        [(found["discipline"],)] = assignments._read_group(span.sent, [], ["discipline:avg"])
        plain = ("calls", "transfers", "thanks")
        return {name: one or 0 if name in plain else one for name, one in found.items()}

    # Tables

    @api.model
    def _tables(self, spans):
        cases, calls = self.env["hotline.report.case"], self.env["hotline.report.call"]
        by_case = [
            ("topics", self.env._("By topic"), "topic_2_id"),
            ("districts", self.env._("By territory"), "district_id"),
            ("lines", self.env._("By line"), "line_id"),
        ]
        received = [span.received for span in spans]
        transfers = [span.calls & Domain("transfers", "=", 1) for span in spans]
        return [
            *(self._table_of(cases, code, name, by, received) for code, name, by in by_case),
            self._table_of(
                self.env["hotline.report.assignment"],
                "agencies",
                self.env._("By agency: assignments sent"),
                "agency_id",
                [span.sent for span in spans],
                more=("in_time", "late", "overdue"),
            ),
            self._table_of(
                calls, "causes", self.env._("Transfers by cause"), "redirect_cause", transfers
            ),
        ]

    @api.model
    def _table_of(self, model, code, name, by, domains, more=()):
        """Return a table with a row of each group of any of the domains, largest first."""
        found = [self._grouped(model, domain, by, more) for domain in domains]
        nothing = (0,) * (1 + len(more))
        rows = [
            {
                "key": self._plain(key),
                "name": self._named(model, by, key),
                "is_named": bool(key),
                "values": [one.get(key, nothing)[0] for one in found],
                "more": list(found[0].get(key, nothing)[1:]),
                "drill": self._drill(model, domains[0] & Domain(by, "=", self._plain(key))),
            }
            for key in {key for one in found for key in one}
        ]
        return {
            "code": code,
            "name": name,
            "head": model._fields[by]._description_string(self.env),
            "rows": sorted(rows, key=lambda row: ([-one for one in row["values"]], row["name"])),
            "more": [model._fields[one]._description_string(self.env) for one in more],
            "by": by,
            "whole": self._drill(model, domains[0]),
        }

    @api.model
    def _shortened(self, table, top=TOP):
        """Return a table as it is shown: the first rows, the rest as one that opens its own."""
        by, (model, domain) = table["by"], table["whole"]
        shown, rest = table["rows"][:top], table["rows"][top:]
        others = [(by, "not in", [row["key"] for row in shown])]
        drill = [model, list(Domain(domain) & Domain(others))]
        names = ("name", "is_named", "values", "more", "drill")
        rows = [{name: row[name] for name in names} for row in shown]
        told = {name: table[name] for name in ("code", "name", "head", "more")}
        return {**told, "rows": [*rows, *self._rest(rest, drill)]}

    @api.model
    def _grouped(self, model, domain, by, more):
        measures = ["__count", *(f"{one}:sum" for one in more)]
        groups = model._read_group(domain, [by], measures)
        return {key: tuple(one or 0 for one in rest) for key, *rest in groups}

    @api.model
    def _named(self, model, by, key):
        if not key:
            return self.env._("Not stated")
        if isinstance(key, str):
            field = model._fields[by]
            is_coded = field.type == "selection"
            return dict(field._description_selection(self.env))[key] if is_coded else key
        known = key.sudo()  # sudo: the name of a topic, place, agency or line
        is_plain = known._name in ("hotline.topic", "hotline.territory")
        return known.name if is_plain else known.display_name

    @api.model
    def _rest(self, rows, drill):
        if not rows:
            return []
        summed = [sum(one) for one in zip(*(row["values"] for row in rows), strict=True)]
        more = [sum(one) for one in zip(*(row["more"] for row in rows), strict=True)]
        vals = {"name": self.env._("Others"), "is_named": False, "drill": drill}
        return [{**vals, "values": summed, "more": more}]
