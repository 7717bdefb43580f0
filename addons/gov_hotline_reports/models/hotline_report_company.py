from collections import Counter, defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.gov_hotline.domain import addresses

from ..domain import periods
from .hotline_report_figures import Between

# code of the rows asked for: {figure: what is counted of them}
MEASURES = {
    "received": {"received": "__count"},
    "done": {"done": "__count", "in_time": "in_term:sum", "judged": "judged:sum"},
    "in_work": {"in_work": "__count", "overdue": "overdue:sum"},
}


class HotlineReportCompany(models.AbstractModel):
    """The figures of a company at the portal, about its own objects: the record rules choose them.

    Received and done are those of the period; what is in work and overdue is so today.
    """

    _name = "hotline.report.company"
    _description = "Figures of a company's objects"

    @api.model
    def _look(self, period):
        """Return {days, totals, share, topics, houses} of a period by its name."""
        found = self._counted(period)
        totals = sum(found.values(), Counter())
        judged = totals["judged"]
        houses = self._houses({place for _topic, place in found})
        return {
            "days": self._days_words(period),
            "totals": totals,
            "share": judged and round(100 * totals["in_time"] / judged),
            "topics": self._rows_by(found, lambda topic, _place: topic, self._topic_name),
            "houses": self._rows_by(found, lambda _topic, place: houses[place], self._address),
        }

    @api.model
    def _names(self):
        return {
            "received": self.env._("Received"),
            "done": self.env._("Answered"),
            "in_time": self.env._("Answered in time"),
            "in_work": self.env._("In work now"),
            "overdue": self.env._("Overdue now"),
        }

    @api.model
    def _heads(self):
        """Return the names of the columns, as short as a telephone needs them."""
        return {
            "received": self.env._("Received"),
            "done": self.env._("Answered"),
            "in_time": self.env._("In time"),
            "in_work": self.env._("In work"),
            "overdue": self.env._("Overdue"),
        }

    # Counting

    @api.model
    def _domains(self, period):
        """Return {figure: the domain of its rows}."""
        today = self.env.company._hotline_today()
        span = Between.of(periods.recent(period, today), today)
        now = Between.of((today, today), today)
        return {
            "received": span.received,
            "done": span.processed,
            "in_time": span.processed & Domain("in_term", "=", 1),
            "in_work": now.awaiting,
            "overdue": now.awaiting & Domain("overdue", "=", 1),
        }

    @api.model
    def _counted(self, period):
        """Return {(topic, object): {figure: count}}; one question for each kind of rows."""
        cases, domains = self.env["hotline.report.case"], self._domains(period)
        found = defaultdict(Counter)
        for code, measures in MEASURES.items():
            groups = cases._read_group(
                domains[code], ["topic_2_id", "object_id"], measures.values()
            )
            for topic, place, *numbers in groups:
                counts = (int(number or 0) for number in numbers)
                found[topic, place].update(dict(zip(measures, counts, strict=True)))
        return found

    @api.model
    def _rows_by(self, found, row_of, name_of):
        """Return a row for each `row_of` of the counted, the largest first."""
        rows = defaultdict(Counter)
        for key, counts in found.items():
            rows[row_of(*key)].update(counts)
        told = [{"id": one.id or 0, "name": name_of(one), **rows[one]} for one in rows]
        return sorted(
            told, key=lambda row: (-row.get("received", 0), -row.get("in_work", 0), row["name"])
        )

    @api.model
    def _house_kinds(self):
        # sudo: which kind of objects houses are
        return self.env["hotline.object.kind"].sudo().search([("code", "=", "house")])

    @api.model
    def _houses(self, places):
        """Return {object: its house}, as far as the company answers for the house, else itself."""
        paths = {one: addresses.above(one.parent_path) for one in places}
        Object = self.env["hotline.object"].with_context(active_test=False)
        ids = {id_ for path in paths.values() for id_ in path}
        found = Object.search([("id", "in", ids), ("kind_id", "in", self._house_kinds().ids)])
        known = {house.id: house for house in found}
        return {
            one: next((known[id_] for id_ in reversed(path) if id_ in known), one)
            for one, path in paths.items()
        }

    # Words

    @api.model
    def _topic_name(self, topic):
        # sudo: the name of a topic is nobody's secret
        return topic.sudo().name or self.env._("Not stated")

    @api.model
    def _address(self, place):
        return place.address or ""

    @api.model
    def _days_words(self, period):
        days = periods.recent(period, self.env.company._hotline_today())
        return "–".join(dict.fromkeys(format_date(self.env, day) for day in days))

    # The appeals behind a figure

    @api.model
    def _behind(self, what, period, topic=None, house=None):
        """Return the domain of the rows behind one figure: of a topic, of a house, of all."""
        domain = self._domains(period)[what]
        if topic is not None:
            domain &= Domain("topic_2_id", "=", topic.id)
        if house:
            # sudo: what kind it is; a house stands for its parts
            is_house = house.sudo().kind_id in self._house_kinds()
            domain &= Domain("object_id", "child_of" if is_house else "=", house.id)
        return domain


class HotlineReportCase(models.Model):
    _inherit = "hotline.report.case"

    def _company_rows(self):
        """Return the lines of a company's list: number, place, topic, how it stands."""
        states = dict(self._fields["state"]._description_selection(self.env))
        assignments = self.env["hotline.assignment"]
        # sudo: closed to portal users; the domain keeps to those sent to the reader
        own = assignments.sudo().search(
            assignments._own_domain() & Domain("ticket_id", "in", self.ids), order="id"
        )
        pages = {one.ticket_id.id: one.id for one in own}
        return [
            {
                "assignment": pages.get(one.id),
                "number": one.display_name,
                "address": one.object_id.address,
                # sudo: the name of a topic is nobody's secret
                "topic": one.sudo().topic_id.name or "",
                "state": states[one.state],
                "received_on": format_date(self.env, one.received_on),
                "answered_on": format_date(self.env, one.answered_on),
                "due_on": format_date(self.env, one.due_on),
                "is_late": bool((one.overdue and not one.answered_on) or one.late),
            }
            for one in self
        ]
