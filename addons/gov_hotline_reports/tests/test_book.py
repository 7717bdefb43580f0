import io
import zipfile
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.gov_hotline.tests.common import HotlineCommon

from ..domain import books

READERS = ("officer", "approver", "supervisor", "auditor")
QUARTER = {"date_from": date(2026, 7, 1), "date_to": date(2026, 9, 30)}


class BookCommon(HotlineCommon):
    def _book(self, kind="appeals", user=None, **vals):
        Book = self.env["hotline.book"].with_user(user or self.officer)
        return Book.create({"kind": kind, **vals})

    def _rows(self, book):
        return [row for section in book._sections() for row in section.rows]

    def _reception(self, **vals):
        Reception = self.env["hotline.reception"].with_user(self.officer)
        one = Reception.create(
            {
                "held_at": fields.Datetime.now(), "official_name": "Кузнецов В. А., глава",
                "partner_id": self.citizen.id, "content": "Просит светофор.",
                "document_kind": "passport", "document_checked": True, "result": "oral",
                "oral_agreed": True, "oral_answer": "Разъяснено.", **vals,
            }
        )  # fmt: skip
        one.action_hold()
        return one


@tagged("post_install", "-at_install")
class TestBook(BookCommon):
    """Journals and reports of the work with appeals."""

    def test_the_journal_has_a_line_an_appeal(self):
        """E4, art. 8: number, day, applicant, address, executor, answer of each appeal."""
        ticket = self._registered(kind="appeal_59", partner_id=self.citizen.id)
        self._answer(ticket, outgoing_date=ticket.registered_on)
        (row,) = [row for row in self._rows(self._book()) if row[1] == ticket.number]
        self.assertEqual(row[2:4], (ticket.registered_on, ticket.applicant_name))
        self.assertIn("Ленина", row[4])
        self.assertIn(ticket.answer_ids.outgoing_number, row[10])

    def test_messages_stand_in_it_when_asked_for(self):
        appeal, message = self._registered(kind="appeal_59"), self._registered(kind="message")
        numbers = [row[1] for row in self._rows(self._book())]
        self.assertIn(appeal.number, numbers)
        self.assertNotIn(message.number, numbers)
        book = self._book(with_messages=True)
        self.assertIn(message.number, [row[1] for row in self._rows(book)])
        self.assertEqual(book.count, len(self._rows(book)))

    def test_other_days_other_lines(self):
        ticket = self._registered(kind="appeal_59")
        book = self._book(date_from=date(2020, 1, 1), date_to=date(2020, 1, 31))
        self.assertNotIn(ticket.number, [row[1] for row in self._rows(book)])
        self.assertEqual(book.count, 0)

    def test_an_address_that_the_role_does_not_see_is_not_in_it(self):
        """A reader takes away what the card shows to that reader."""
        ticket = self._registered(kind="appeal_59", partner_id=self.citizen.id)
        for role in READERS:
            user = getattr(self, role)
            (row,) = [r for r in self._rows(self._book(user=user)) if r[1] == ticket.number]
            with self.subTest(role=role):
                self.assertEqual(row[4], ticket.with_user(user)._card_address() or "")

    def test_the_journal_of_reception_has_a_line_a_card(self):
        """X10, art. 13: who received whom, with what, and what was answered."""
        one = self._reception()
        (row,) = [row for row in self._rows(self._book("receptions")) if row[1] == one.number]
        self.assertEqual(row[3:5], ("Кузнецов В. А., глава", self.citizen.name))
        self.assertIn("Разъяснено.", row[9])

    def test_who_is_only_booked_was_not_received(self):
        booked = self.env["hotline.reception"].create(
            {
                "held_at": fields.Datetime.now(), "official_name": "Глава",
                "partner_id": self.citizen.id,
            }
        )  # fmt: skip
        numbers = [row[1] for row in self._rows(self._book("receptions"))]
        self.assertNotIn(booked.number, numbers)

    def test_queries_do_not_grow_with_the_lines(self):
        book = self._book()
        for _number in range(2):
            self._registered(kind="appeal_59")
        few = self._queries(book)
        for _number in range(8):
            self._registered(kind="appeal_59")
        self.assertLessEqual(self._queries(book), few)

    def _queries(self, book):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        book._sections()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestBookFigures(BookCommon):
    """The two reports: a quarter small enough to count by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for moment, count in (("2026-08-12 09:00:00", 6), ("2025-08-12 09:00:00", 2)):
            with freeze_time(moment):
                for _number in range(count):
                    cls._registered(kind="appeal_59", received_at=moment)
        cls.env.flush_all()

    def _numbers(self, book, title):
        (section,) = [one for one in book._sections() if one.title == title]
        return {name: tuple(rest) for name, *rest in section.rows}

    def test_received_and_considered_equal_hand_counts(self):
        """E4, D9: totals of the quarter as counted by hand."""
        book = self._book("site", **QUARTER).with_context(lang="en_US")
        self.assertEqual(self._numbers(book, "Appeals")["Received"], (6,))
        self.assertEqual(self._numbers(book, "Appeals")["of them considered"], (0,))

    def test_without_appeals_there_is_no_share(self):
        book = self._book("higher", date_from=date(2020, 1, 1), date_to=date(2020, 3, 31))
        shares = self._numbers(book.with_context(lang="en_US"), "Appeals")["Answered in term"]
        self.assertEqual(shares, (None, None, None))

    def test_beside_the_year_before(self):
        book = self._book("higher", **QUARTER).with_context(lang="en_US")
        self.assertEqual(self._numbers(book, "Appeals")["Received"], (6, 2, 4))
        self.assertEqual(self._numbers(book, "By kind")["Appeal under 59-FZ"], (6, 2, 4))

    def test_the_site_does_not_name_what_few_ask_of(self):
        """X6: a topic with fewer than five appeals has no name on the site."""
        rare = self.env["hotline.topic"].create({"code": "9997", "name": "Редкое", "level": 1})
        with freeze_time("2026-08-13 09:00:00"):
            self._registered(kind="appeal_59", received_at="2026-08-13 09:00:00", topic_id=rare.id)
        self.env.flush_all()
        words = str(self._book("site", **QUARTER)._sections())
        self.assertNotIn("Редкое", words)
        self.assertIn("Редкое", str(self._book("higher", **QUARTER)._sections()))

    def test_the_site_tells_of_no_few_anywhere(self):
        """X6: a kind or a way of one appeal is not told of in any table but the totals."""
        with freeze_time("2026-08-13 09:00:00"):
            self._registered(kind="request_8fz", received_at="2026-08-13 09:00:00")
        self.env.flush_all()
        book = self._book("site", **QUARTER).with_context(lang="en_US")
        totals, *others = book._sections()
        self.assertEqual(totals.title, "Appeals")
        for section in others:
            for _name, count in section.rows:
                self.assertGreaterEqual(count, 5, section.title)

    def test_an_open_appeal_has_no_result(self):
        """E4: what the officer has in mind is told neither in the report nor in the journal."""
        case = self.env["hotline.report.case"].search(
            [("state", "=", "in_work"), ("registered_on", ">=", QUARTER["date_from"])], limit=1
        ).ticket_id  # fmt: skip
        case.question_ids.outcome_id = self.supported
        self.env.flush_all()
        self.assertEqual(case.outcome_id, self.supported)
        book = self._book("higher", **QUARTER).with_context(lang="en_US")
        results = self._numbers(book, "By result")
        self.assertEqual(
            results["Not decided yet"][0], self._numbers(book, "Appeals")["Received"][0]
        )
        self.assertEqual(book._result(case), case._selected("state"))

    def test_a_book_of_one_day_names_it_once(self):
        book = self._book("appeals", date_from=date(2026, 8, 13), date_to=date(2026, 8, 13))
        self.assertEqual(book._file_name().count("2026"), 1)

    def test_a_supervisor_of_a_department_counts_its_appeals_and_the_paper_says_so(self):
        """E4: rows by role; a report of a department never passes for one of the body."""
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Отдел писем", "user_ids": [Command.link(self.supervisor.id)]}
        )
        book = self._book("site", user=self.supervisor, **QUARTER).with_context(lang="en_US")
        self.assertEqual(self._numbers(book, "Appeals")["Received"], (0,))
        self.assertIn(team.name, book._period_words())
        self.assertNotIn(team.name, self._book("site", **QUARTER)._period_words())

    def test_the_period_is_the_quarter_that_has_ended(self):
        with freeze_time("2026-11-23 09:00:00"):
            book = self._book("site")
            journal = self._book("appeals")
        self.assertEqual((book.date_from, book.date_to), tuple(QUARTER.values()))
        self.assertEqual(journal.date_from, date(2026, 11, 1))


@tagged("post_install", "-at_install")
class TestBookTaken(BookCommon, HttpCase):
    """Who may take a book, and what trace it leaves."""

    def _traces(self, event):
        return self.env["hotline.journal"].search_count([("event", "=", event)])

    def _looks(self, ticket):
        return self.env["hotline.sight"].search_count(
            [("model", "=", ticket._name), ("res_ref", "=", ticket.id), ("kind", "=", "exported")]
        )

    def test_a_print_and_a_table_leave_traces_at_each_card(self):
        """E9: whoever took the journal stands in «Кто смотрел» of each appeal."""
        ticket, book = self._registered(kind="appeal_59"), self._book()
        pdf = (
            self.env["ir.actions.report"]
            .with_user(self.officer)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("gov_hotline_reports.report_book", book.ids)[0]
        )
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        self.assertIn(ticket.number, text.replace("\n", ""))
        self.assertEqual(self._traces("book_appeals"), 1)
        self.assertEqual(self._looks(ticket), 1)
        self.authenticate(self.officer.login, self.officer.login)
        reply = self.url_open(book.action_xlsx()["url"])
        cells = [
            cell.value for row in load_workbook(io.BytesIO(reply.content)).active for cell in row
        ]
        self.assertIn(ticket.number, cells)
        self.assertEqual(self._traces("book_appeals"), 2)

    def test_a_name_that_looks_like_a_formula_is_a_name(self):
        self._registered(kind="appeal_59", name="=1+1")
        with zipfile.ZipFile(io.BytesIO(self._book()._xlsx())) as packed:
            self.assertNotIn(b"<f>", packed.read("xl/worksheets/sheet1.xml"))
            self.assertIn("=1+1", packed.read("xl/sharedStrings.xml").decode())

    def test_who_reads_no_journals_takes_none(self):
        """E4: operator, press service and executor get no book, by no door."""
        book = self._book()
        for user in (self.operator, self.press, self.executor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._book(user=user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                book.with_user(user).action_print()
            self.authenticate(user.login, user.login)
            with self.subTest(user.login), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/hotline/book/{book.id}.xlsx").status_code, 403)

    def test_another_body_has_its_own(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        book = self._book("higher", company_id=other.id)
        with self.assertRaises(AccessError):
            book.action_xlsx()

    def test_a_period_that_no_file_takes_is_refused_in_words(self):
        self._registered(kind="appeal_59")
        with patch.object(books, "PAPER_ROWS", 0), self.assertRaisesRegex(UserError, "shorter"):
            self._book().action_print()
        with self.assertRaisesRegex(UserError, "before"):
            self._book(date_from=date(2026, 2, 1), date_to=date(2026, 1, 1)).action_xlsx()
