from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import books, periods
from ..report import book_sheet

ROLES = ("officer", "administrator", "supervisor", "approver", "auditor")
KINDS = [
    ("appeals", "Journal of appeals"),
    ("receptions", "Journal of personal reception"),
    ("site", "Work with appeals: for the site"),
    ("higher", "Work with appeals: for the higher body"),
]
FIGURES = ("site", "higher")


class HotlineBook(models.TransientModel):
    """A book of the body's work with appeals for a period, on paper or as a table.

    Two journals name people (59-FZ, art. 8, 13): whoever takes one leaves a trace. Two reports hold
    numbers (8-FZ, art. 13, p. 1, 9; 59-FZ, art. 14).
    """

    _name = "hotline.book"
    _description = "Book of the work with appeals"

    kind = fields.Selection(KINDS, string="What", required=True, default="appeals")
    date_from = fields.Date(
        string="Since", required=True, compute="_compute_period", store=True, readonly=False,
        precompute=True,
    )  # fmt: skip
    date_to = fields.Date(
        string="Until", required=True, compute="_compute_period", store=True, readonly=False,
        precompute=True,
    )  # fmt: skip
    with_messages = fields.Boolean(
        string="With messages", help="Messages of the hotline too, not only appeals by 59-FZ, 8-FZ."
    )
    body_id = fields.Many2one(
        "res.partner",
        string="Higher body",
        domain=[("hotline_kind", "=", "agency")],
        help="Only appeals that came with a letter of this body are listed; empty: of every body.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    count = fields.Integer(string="Lines", compute="_compute_count")

    @api.depends("kind")
    def _compute_period(self):
        """A journal begins with the month, a report tells of the quarter that has ended."""
        for book in self:
            today = book.company_id._hotline_today()
            days = (today.replace(day=1), today)
            if book.kind in FIGURES:
                days = periods.last_ended("quarter", today)
            book.date_from, book.date_to = days

    @api.depends("kind", "date_from", "date_to", "with_messages", "company_id")
    def _compute_count(self):
        for book in self:
            lined = book.kind not in FIGURES and book._is_period()
            book.count = book._count_lines() if lined else 0

    def action_print(self):
        """Return the action that prints the book."""
        self._check_book(books.PAPER_ROWS)
        return self.env.ref("gov_hotline_reports.action_report_book").report_action(self)

    def action_xlsx(self):
        """Return the address of the book as a table."""
        self._check_book(books.TABLE_ROWS)
        return {
            "type": "ir.actions.act_url",
            "url": f"/hotline/book/{self.id}.xlsx",
            "target": "download",
        }

    # Who and how much

    def _check_book(self, limit):
        """Refuse a foreign body, a wrong period and more than `limit` lines, in words."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        self.check_access("read")
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("This book is another body's."))
        if not self._is_period():
            raise UserError(self.env._("The last day of the book is before the first one."))
        if self.count > limit:
            raise UserError(
                self.env._(
                    "%(count)s lines: one file takes %(limit)s. Choose a shorter period.",
                    count=self.count,
                    limit=limit,
                )
            )

    def _is_period(self):
        return bool(self.date_from and self.date_to and self.date_from <= self.date_to)

    def _count_lines(self):
        model, domain = self._source()
        return self.env[model].search_count(domain) if self.env[model].has_access("read") else 0

    def _source(self):
        """Return (model, domain) of a journal's lines; the rules of records hold."""
        dated = "held_on" if self.kind == "receptions" else "registered_on"
        own = Domain("company_id", "=", self.company_id.id)
        period = Domain(dated, ">=", self.date_from) & Domain(dated, "<=", self.date_to)
        if self.kind == "receptions":
            return "hotline.reception", own & period & Domain("state", "!=", "booked")
        tracks = ("appeal", "message") if self.with_messages else ("appeal",)
        kept = Domain("state", "not in", ("draft", "converted")) & Domain("track", "in", tracks)
        return "helpdesk.ticket", own & period & kept

    def _lines(self):
        model, domain = self._source()
        order = "held_at, id" if self.kind == "receptions" else "registered_on, id"
        return self.env[model].search(domain, order=order)

    # The book itself

    def _title(self):
        return self._chosen(self, "kind")

    def _chosen(self, record, name):
        """Return the words of the selection `name` of `record`."""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name]) or ""

    def _period_words(self):
        """Return the days of the book, and the department where its numbers are not the body's."""
        whose = self._departments_words() if self.kind in FIGURES else ""
        return ", ".join(filter(None, (self._days_words(), whose)))

    def _days_words(self, *days):
        """Return `days` in words, those of the book without them."""
        days = days or (self.date_from, self.date_to)
        return "–".join(format_date(self.env, day) for day in dict.fromkeys(days))

    def _file_name(self):
        """Return «Журнал обращений 01.11.2026–23.11.2026»: paper and table are one document."""
        return f"{self._title()} {self._days_words()}".replace("/", "-")

    def _sections(self):
        """Return the tables of the book ([domain.books.Section])."""
        made = {
            "appeals": self._appeal_sections,
            "receptions": self._reception_sections,
            "site": self._site_sections,
            "higher": self._higher_sections,
        }
        return made[self.kind]()

    def _cell_text(self, value):
        """Return a cell as the paper shows it."""
        return book_sheet.words(value, lambda day: format_date(self.env, day))

    def _xlsx(self):
        """Return the book as XLSX (bytes)."""
        return book_sheet.workbook(f"{self._title()}, {self._period_words()}", self._sections())

    def _journal(self):
        """Leave a trace of who took the book; of a journal, at each card that is named in it."""
        days = {"day_from": self.date_from, "day_to": self.date_to}
        self.env["hotline.journal"]._append(f"book_{self.kind}", self.company_id, **days)
        if self.kind not in FIGURES:
            self.env["hotline.sight"]._note(self._lines(), "exported")
