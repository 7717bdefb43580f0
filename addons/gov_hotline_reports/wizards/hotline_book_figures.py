from odoo import models
from odoo.fields import Domain

from ..domain import books
from ..domain.books import Section

TOTALS = ("received", "closed", "in_work", "overdue", "late")
WIDTHS = (60, 16, 16, 16)
WHOLE = {"officer", "administrator", "approver", "auditor", "system"}
TABLE_LETTERS = 2_000  # a file takes no more; a quarter of one sender never has so many


class HotlineBook(models.TransientModel):
    """The two reports of the work with appeals: numbers alone, of what the reader may count."""

    _inherit = "hotline.book"

    def _site_sections(self):
        """Return the tables for the site: what fewer than five are about is unnamed.

        The totals are of the body's own work and tell of nobody: they stand as they are.
        """
        period = (self.date_from, self.date_to)
        head = (self.env._("Indicator"), self._days_words())
        received = self._receptions_by_result(*period)
        tables = [
            (self.env._("Appeals"), self._totals(*period)),
            *((title, self._folded(self._by(name, *period), name)) for title, name in self._cuts()),
            (self.env._("Personal reception"), [*received[:1], *self._folded(received[1:])]),
        ]
        return [Section(title, head, tuple(rows), WIDTHS[:2]) for title, rows in tables if rows]

    def _folded(self, rows, name=""):
        """Return `rows` for everybody; of fewer than five in all nothing is told apart."""
        if sum(count for _name, count in rows) < books.LEAST:
            return []
        rest = self.env._("Other topics") if name == "topic_1_id" else self.env._("Others")
        return books.folded(rows, rest)

    def _higher_sections(self):
        """Return the tables for the higher body: beside last year's, and its own letters."""
        now = (self.date_from, self.date_to)
        before = books.year_before(*now)
        head = (
            self.env._("Indicator"), self._days_words(), self._days_words(*before),
            self.env._("Difference"),
        )  # fmt: skip
        tables = [
            (self.env._("Appeals"), self._beside(self._totals(*now), self._totals(*before))),
            *((title, books.compared(self._by(name, *now), self._by(name, *before)))
              for title, name in self._cuts()),
            (self.env._("Personal reception"), books.compared(
                self._receptions_by_result(*now), self._receptions_by_result(*before))),
        ]  # fmt: skip
        found = [Section(title, head, tuple(rows), WIDTHS) for title, rows in tables if rows]
        return [*found, *self._letters_section()]

    def _cuts(self):
        return [
            (self.env._("By kind"), "kind"), (self.env._("How they came"), "origin"),
            (self.env._("By topic"), "topic_1_id"), (self.env._("By result"), "outcome_id"),
        ]  # fmt: skip

    # The numbers

    def _counted(self, first, last):
        """Return (analysis, domain) of the appeals registered on these days."""
        cases = self.env["hotline.report.case"]
        domain = Domain("company_id", "=", self.company_id.id) & Domain("track", "=", "appeal")
        domain &= Domain("state", "!=", "converted")
        return cases, domain & Domain("registered_on", ">=", first) & Domain(
            "registered_on", "<=", last
        )

    def _totals(self, first, last):
        """Return (what, number or share) of the appeals as they stand today."""
        cases, domain = self._counted(first, last)
        aggregates = [f"{name}:sum" for name in TOTALS]
        ((*counts, in_term),) = cases._read_group(domain, [], [*aggregates, "in_term:avg"])
        words = (
            self.env._("Received"), self.env._("of them considered"),
            self.env._("of them being considered"), self.env._("of them overdue now"),
            self.env._("of them answered late"),
        )  # fmt: skip
        return [
            *zip(words, (count or 0 for count in counts), strict=True),
            (self.env._("Answered in term"), in_term if isinstance(in_term, float) else None),
        ]

    def _beside(self, now, before):
        """Return the totals of two periods in one order; of shares no difference is told."""
        rows = []
        for (name, one), (_same, other) in zip(now, before, strict=True):
            counted = isinstance(one, int) and isinstance(other, int)
            rows.append((name, one, other, one - other if counted else None))
        return rows

    def _by(self, name, first, last):
        """Return [(name of the value, appeals)], largest first."""
        cases, domain = self._counted(first, last)
        groups = cases._read_group(domain, [name], ["__count"])
        named = [(self._value_words(cases, name, value), count) for value, count in groups]
        return sorted(named, key=lambda pair: (-pair[1], pair[0]))

    def _value_words(self, cases, name, value):
        field = cases._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or self._none_words(name)
        return value.name or self._none_words(name)

    def _none_words(self, name):
        return {
            "topic_1_id": self.env._("No topic"),
            "outcome_id": self.env._("Not decided yet"),
        }.get(name, self.env._("Not told"))

    def _receptions_by_result(self, first, last):
        """Return [(result in words, citizens)] of the receptions held on these days."""
        receptions = self.env["hotline.reception"]
        domain = Domain("company_id", "=", self.company_id.id) & Domain("state", "=", "held")
        domain &= Domain("held_on", ">=", first) & Domain("held_on", "<=", last)
        words = dict(receptions._fields["result"]._description_selection(self.env))
        groups = receptions._read_group(domain, ["result"], ["__count"])
        counted = [(words.get(result) or self.env._("Not told"), count) for result, count in groups]
        total = [(self.env._("Received in person"), sum(count for _name, count in counted))]
        return total + counted if counted else []

    def _departments_words(self):
        """Return whose numbers these are where the reader counts those of departments alone."""
        if self.env["helpdesk.ticket"]._roles() & WHOLE:
            return ""
        teams = self.env.user._hotline_report_teams()
        return self.env._("Department: %s", ", ".join(teams.mapped("name"))) if teams else ""

    # Letters of the higher body

    def _letters_section(self):
        letters = self._letters()
        if not letters:
            return []
        title = self.body_id.sudo().name or self.env._("Letters of higher bodies")  # sudo: a body
        head = (
            self.env._("Letter"), self.env._("Appeal"), self.env._("Report by"),
            self.env._("Report to the body"),
        )  # fmt: skip
        return [Section(title, head, tuple(map(self._letter_row, letters)), (44, 22, 16, 28))]

    def _letters(self):
        """Return the covering letters of the period's appeals that the reader may read."""
        own = Domain("company_id", "=", self.company_id.id)
        period = Domain("sender_date", ">=", self.date_from) & Domain(
            "sender_date", "<=", self.date_to
        )
        sender = Domain("sender_id", "=", self.body_id.id) if self.body_id else Domain.TRUE
        return self.env["hotline.covering.letter"].search(
            own & period & sender, order="sender_date, id", limit=TABLE_LETTERS
        )

    def _letter_row(self, letter):
        day = self._cell_text(letter.sender_date)
        return (
            self.env._("%(letter)s of %(day)s", letter=letter.display_name, day=day),
            f"{letter.ticket_id.number or ''}, {letter.ticket_id._selected('state')}",
            letter.report_by or None,
            self._report_words(letter),
        )

    def _report_words(self, letter):
        if letter.state != "reported":
            return self._chosen(letter, "state")
        day = self._cell_text(letter.report_date or None)
        return self.env._("No. %(number)s of %(day)s", number=letter.report_number or "", day=day)
