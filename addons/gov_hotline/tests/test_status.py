import re
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged
from odoo.tools import config

from ..domain import lookup
from ..models import helpdesk_ticket_portal
from ..models.hotline_status_attempt import VISITORS
from .common import HotlineCommon

NOW = datetime(2026, 11, 24, 9, 0)  # noqa: DTZ001 as Odoo stores it: naive UTC
WRONG = "000000"


@tagged("post_install", "-at_install")
class TestStatus(HotlineCommon, HttpCase):
    """A3: the public look-up by number and code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gov_hotline.status_failures_per_hour", "100")
        cls.ticket = cls._registered()
        cls.number = cls.ticket.number
        cls.code = cls.ticket.sudo().access_code
        if cls.code == WRONG:
            cls.code = cls.ticket.sudo().access_code = "123456"

    def _ask(self, number, code, **headers):
        data = {"number": number, "code": code}
        headers = {"Accept-Language": "ru-RU", **headers}
        return self.url_open("/hotline/status", data=data, headers=headers)

    def _words(self, page, number):
        """Return the page without what differs at each visit."""
        return re.sub(r'csrf_token: "\w+"', "", page.text).replace(number, "?")

    def test_right_code(self):
        """A3, X1: state, dates, certificate and body are told, nothing personal."""
        page = self._ask(self.number, self.code)
        self.assertEqual(page.status_code, 200)
        for text in ("Обращение", self.number, "На исполнении", "Как посчитан срок"):
            self.assertIn(text, page.text)
        self.assertIn(self.ticket.due_on.strftime("%d.%m.%Y"), page.text)
        self.assertIn(self.env.company.name, page.text)
        for secret in ("Иванов", "Мария", "Ленина", "батареи", self.topic.name, self.code):
            self.assertNotIn(secret, page.text)

    def test_answer_is_named_not_told(self):
        """A3: outgoing number and date; not the text, nor who signed."""
        self._answer(self.ticket)
        page = self._ask(self.number, self.code).text
        self.assertIn("15-04/1", page)
        for secret in ("восстановлено", "Кузнецов"):
            self.assertNotIn(secret, page)

    def test_ways_to_type(self):
        """A3: case, spaces and Latin look-alikes of the number are one number."""
        for typed in (self.number.lower(), f" {self.number} ", self.number.replace("-", " ")):
            self.assertIn("Как посчитан срок", self._ask(typed, self.code).text, typed)
        spaced = f"{self.code[:3]} {self.code[3:]}"
        self.assertIn("Как посчитан срок", self._ask(self.number, spaced).text)

    def test_absent_and_wrong_are_the_same(self):
        """A3: the same words and headers for both, with the typed number put back."""
        wrong = self._ask(self.number, WRONG)
        absent = self._ask("Щ-999/2026", WRONG)
        self.assertEqual(self._words(wrong, self.number), self._words(absent, "Щ-999/2026"))
        self.assertEqual((wrong.status_code, absent.status_code), (200, 200))
        names = {"Content-Type", "Cache-Control", "X-Robots-Tag", "Referrer-Policy"}
        for name in names:
            self.assertEqual(wrong.headers[name], absent.headers[name])

    def test_absent_and_wrong_take_the_same_way(self):
        """A3: one query and one comparison each, so the time tells nothing."""
        Ticket = self.env["helpdesk.ticket"]
        counts = []
        for number in (self.number, "Щ-999/2026"):
            self.env.flush_all()
            with (
                patch.object(
                    helpdesk_ticket_portal.codes,
                    "codes_match",
                    side_effect=helpdesk_ticket_portal.codes.codes_match,
                ) as match,
                self.assertQueryCount(1),
            ):
                self.assertFalse(Ticket._by_number_and_code(number, WRONG))
            counts.append(match.call_count)
        self.assertEqual(counts, [1, 1])

    def test_drafts_have_no_status(self):
        """A3: what is not registered is absent, whatever the code."""
        draft = self._draft()
        self.assertFalse(draft._by_number_and_code("/", ""))
        self.assertFalse(draft._by_number_and_code("", ""))

    def test_page_is_private(self):
        """Not indexed, not cached, no session; a code in the address shows nothing."""
        page = self.url_open(f"/hotline/status?number={self.number}&code={self.code}")
        self.assertNotIn("Как посчитан срок", page.text)
        self.assertIn(self.number, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertIn("noindex", page.text)
        self.assertNotIn("session_id", page.headers.get("Set-Cookie", ""))

    def test_both_fields_are_needed(self):
        """An empty form is told so and counts as no try."""
        self.assertIn("Заполните оба поля", self._ask(self.number, " ").text)
        self.assertFalse(self.env["hotline.status.attempt"].search_count([]))

    def test_guessing_is_slowed(self):
        """A3: after three wrong tries the number waits; even the right code is not checked."""
        for _try in range(3):
            self.assertIn("кодом нет", self._ask(self.number, WRONG).text)
        refused = self._ask(self.number, self.code)
        self.assertEqual(refused.status_code, 429)
        self.assertTrue(0 < int(refused.headers["Retry-After"]) <= 30)
        self.assertIn("Повторите через", refused.text)
        other = self._registered()
        self.assertIn("Как посчитан срок", self._ask(other.number, other.sudo().access_code).text)

    def test_address_behind_a_proxy(self):
        """A3: the client's address counts; a forwarded one only where a proxy is trusted."""
        forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "hotline.example"}
        seen = []
        Attempt = type(self.env["hotline.status.attempt"])
        self.addCleanup(config.__setitem__, "proxy_mode", config["proxy_mode"])
        with patch.object(
            Attempt, "_admit", lambda _self, _n, address, *_policy: seen.append(address) or 9
        ):
            for config["proxy_mode"] in (False, True):
                self._ask(self.number, WRONG, **forwarded)
        self.assertEqual(seen, ["127.0.0.1", "203.0.113.9"])


@tagged("post_install", "-at_install")
class TestStatusPublic(HotlineCommon):
    """Practice 22: what is told of a case to whoever may know its status."""

    def _told(self, ticket):
        return ticket.with_context(lang="ru_RU")._status_public()

    def test_nothing_personal(self):
        """Practice 22: state, dates, term, outgoing number; never the person or the content."""
        ticket = self._closed(applicant_phone="+79135550101")
        told = self._told(ticket)
        self.assertEqual(told["state_label"], "Рассмотрено")
        self.assertEqual(told["closed_on"], ticket.closed_on)
        self.assertEqual(
            told["answers"], [{"number": "15-04/1", "date": ticket.answer_ids.outgoing_date}]
        )
        words = str(told)
        for secret in ("Иванов", "Мария", "Ленина", "батареи", "Отоплен", "555", "Кузнецов"):
            self.assertNotIn(secret, words)

    def test_steps(self):
        """A3: received, registered, in work, answer: each done, current or still to come."""
        ticket = self._registered()
        steps = [(step["code"], step["status"]) for step in self._told(ticket)["steps"]]
        self.assertEqual(
            steps,
            [
                ("received", "done"),
                ("registered", "done"),
                ("in_work", "current"),
                ("answer", "todo"),
            ],
        )
        answer = self._answer(ticket)
        ticket.invalidate_recordset()
        last = self._told(ticket)["steps"][-1]
        self.assertEqual((last["status"], last["date"]), ("done", answer.outgoing_date))

    def test_what_is_left(self):
        """A3: working days left, the last day, overdue; nothing once answered."""
        ticket = self._registered(received_at="2026-11-20 09:00:00")
        due = ticket.due_on
        for today, text in (
            (due, "сегодня последний день"),
            (due + timedelta(days=2), "просрочено на 2\u00a0дн."),
        ):
            with freeze_time(datetime.combine(today, datetime.min.time()) + timedelta(hours=9)):
                ticket.invalidate_recordset()
                self.assertEqual(self._told(ticket)["due_text"], text)
        ticket.invalidate_recordset()
        self.assertIn("раб.\u00a0дн.", self._told(ticket)["due_text"])
        self._answer(ticket)
        ticket.invalidate_recordset()
        self.assertEqual(self._told(ticket)["due_text"], "")


@tagged("post_install", "-at_install")
class TestStatusAttempts(HotlineCommon):
    """A3: counters of failed look-ups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.attempts = cls.env["hotline.status.attempt"]

    @contextmanager
    def _at(self, seconds):
        with freeze_time(NOW + timedelta(seconds=seconds)), self.enter_registry_test_mode():
            yield

    def _admit(self, seconds=0, number="И-1/2026", address="198.51.100.7"):
        with self._at(seconds):
            return self.attempts._admit(number, address)

    def test_delay_of_a_number_grows(self):
        """A3: 3 free tries, then 30 s, 1 min, 2 min …; a refused try is not counted."""
        self.assertEqual([self._admit() for _try in range(4)], [0, 0, 0, 30])
        self.assertEqual([self._admit(29), self._admit(30)], [1, 0])
        self.assertEqual([self._admit(31), self._admit(90)], [59, 0])
        self.assertEqual(self._admit(91), 119)

    def test_other_spelling_is_the_same_number(self):
        """A3: spelling a number in other ways gives no more tries."""
        for typed in ("И-1/2026", "и 1 2026", "I-01/2026"):
            self._admit(number=typed)
        self.assertEqual(self._admit(), 30)

    def test_address_has_a_limit(self):
        """A3: 20 failures an hour from one address, whatever the numbers."""
        for n in range(20):
            self.assertEqual(self._admit(number=f"И-{n}/2026"), 0)
        self.assertEqual(self._admit(600, number="К-1/2026"), 3000)
        self.assertEqual(self._admit(600, number="К-1/2026", address="198.51.100.8"), 0)
        self.assertEqual(self._admit(3600, number="К-2/2026"), 0)

    def test_limit_is_a_setting(self):
        """A3: the administrator sets the limit of an address; nonsense keeps the default."""
        Param = self.env["ir.config_parameter"]
        for value, limit in (("2", 2), ("", 20), ("many", 20), ("0", 20)):
            Param.set_param("gov_hotline.status_failures_per_hour", value)
            policy = self.attempts._policy(VISITORS, lookup.LookupPolicy())
            self.assertEqual(policy.address_failures, limit)

    def test_right_code_clears_the_number(self):
        """A3: a right code is no failure of the number; the address loses that one only."""
        for _try in range(3):
            self._admit()
        with self._at(0):
            self.attempts._forgive("и 1 2026", "198.51.100.7")
        self.assertEqual(self._admit(), 0)
        self.assertRecordValues(
            self.attempts.search([], order="kind"),
            [{"kind": "address", "failures": 3}, {"kind": "number", "failures": 1}],
        )

    def test_nothing_personal_is_kept(self):
        """A3: digests only."""
        self._admit()
        kept = str(self.attempts.search_read([]))
        self.assertNotIn("198.51", kept)
        self.assertNotIn("2026'", kept.replace("'first_at'", ""))

    def test_forgotten_ones_are_deleted(self):
        """A3: the table is cleaned daily of what no longer counts."""
        self._admit()
        with self._at(86_000):
            self.attempts._gc_forgotten()
            self.assertEqual(self.attempts.search_count([]), 2)
        with self._at(86_401):
            self.attempts._gc_forgotten()
            self.assertFalse(self.attempts.search_count([]))

    def test_counters_are_no_ones_business(self):
        """A3: not read or reset by anybody but the administrator."""
        for user in (self.operator, self.officer, self.auditor):
            self.assertFalse(self.attempts.with_user(user).has_access("read"))
        for user in (self.operator, self.administrator):
            self.assertFalse(self.attempts.with_user(user).has_access("write"))
