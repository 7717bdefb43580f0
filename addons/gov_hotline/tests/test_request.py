from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .acts_common import ActsCommon


@tagged("post_install", "-at_install")
class TestRequest(ActsCommon):
    def assert_refused(self, act, words="."):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def test_from_draft_to_reply(self):
        """RQ-15, X1: numbered by the series, 15 days from the receipt there, met by the reply."""
        with freeze_time("2026-11-24 05:00:00"):
            ticket = self._case()
            request = self._request(ticket)
            request.action_send()
            self.assertRegex(request.outgoing_number, r"^ИСХ-\d+/2026$")
            self.assertFalse(request.due_on, "the term runs from the receipt there")
        with freeze_time("2026-11-27 05:00:00"):
            request.received_on = date(2026, 11, 26)
            self.assertEqual(request.due_on, date(2026, 12, 11))
            told = request.with_context(lang="ru_RU").certificate_text
            self.assertIn("ч. 2 ст. 10 59-ФЗ", told)
            self.assertIn("26.11.2026", told)
            request.received_on = date(2026, 11, 27)
            self.assertEqual(request.due_on, date(2026, 12, 11), "12.12.2026 is a Saturday")
        self.assertEqual(len(ticket.deadline_ids.filtered(lambda d: d.term_id.code == "RQ-15")), 1)
        with freeze_time("2026-12-14 05:00:00"):
            self.assertTrue(request.is_overdue)
            self.assertIn(request, self.env["hotline.request"].search([("is_overdue", "=", True)]))
            self.assert_refused(request.action_answered)
            request.write({"answer_text": "Акты приложены", "answered_on": date(2026, 12, 14)})
            request.action_answered()
        self.assertEqual(request.state, "answered")
        self.assertEqual(request.deadline_id.met_on, date(2026, 12, 14))
        self.assertFalse(request.is_overdue)
        events = self._events(ticket)
        self.assertLess(events.index("request_sent"), events.index("request_answered"))

    def test_courts_and_investigators_are_not_asked(self):
        """RQ-15: courts, inquiry, preliminary investigation, and what is below them: blocked."""
        ticket = self._case()
        for kind in ("court", "inquiry", "investigation"):
            above = self.env["res.partner"].create(
                {"name": "Орган", "hotline_kind": "agency", "hotline_excluded_from_requests": kind}
            )
            below = self.env["res.partner"].create(
                {"name": "Отдел", "hotline_kind": "agency", "parent_id": above.id}
            )
            for partner in (above, below):
                request = self._request(ticket, partner_id=partner.id)
                with self.subTest(kind=kind, partner=partner.name):
                    self.assert_refused(request.action_send, "п. 2 ч. 1 ст. 10")
                    self.assertTrue(request.excluded)

    def test_the_one_complained_of_may_be_asked(self):
        """Practice 1: the request for explanations to the body complained of is always allowed."""
        ticket = self._case(complaint_against_id=self.agency.id)
        context = ticket.action_add_request()["context"]
        self.assertEqual(context["default_partner_id"], self.agency.id)
        request = self._request(ticket)
        self.assertTrue(request.is_complained_of)
        request.action_send()
        self.assertEqual(request.state, "sent")

    def test_typed_number(self):
        request = self._request(
            self._case(), outgoing_number="15/88", outgoing_date=self.today + timedelta(days=1)
        )
        self.assert_refused(request.action_send)
        request.outgoing_date = self.today
        request.action_send()
        self.assertEqual(request.outgoing_number, "15/88")

    def test_one_series_of_letters(self):
        """Requests, notices and reports share the year's series: no number is given twice."""
        ticket = self._case()
        number, _day = ticket._next_outgoing()
        n = int(number.split("-")[1].split("/")[0])
        self._request(
            ticket, outgoing_number=number.replace(str(n), str(n + 1), 1), outgoing_date=self.today
        ).action_send()
        request = self._request(ticket)
        request.action_send()
        self.assertEqual(request.outgoing_number, number.replace(str(n), str(n + 2), 1))

    def test_organisations_have_no_term_of_the_law(self):
        firm = self.env["res.partner"].create(
            {"name": "УК «Уют»", "hotline_kind": "organisation", "is_company": True}
        )
        wanted = self.today + timedelta(days=5)
        request = self._request(
            self._case(), partner_id=firm.id, received_on=self.today, wanted_on=wanted
        )
        request.action_send()
        self.assertRecordValues(request, [{"deadline_id": False, "due_on": wanted}])

    def test_withdrawn(self):
        ticket = self._case()
        request = self._request(ticket, received_on=self.today)
        request.action_send()
        self.assertTrue(request.deadline_id)
        request.action_withdraw()
        self.assertRecordValues(request, [{"state": "withdrawn", "deadline_id": False}])
        self.assertIn("request_withdrawn", self._events(ticket))

    def test_a_sent_request_is_fixed(self):
        """B4: what was sent does not change; state comes by acts; it is withdrawn, not deleted."""
        request = self._request(self._case())
        request.action_send()
        for vals in ({"text": "x"}, {"partner_id": self.citizen.id}, {"outgoing_number": "1"}):
            self.assert_refused(lambda vals=vals: request.write(vals))
        with self.assertRaises(AccessError):
            request.write({"state": "answered"})
        self.assert_refused(request.unlink)
        forged = self.env["hotline.request"].with_user(self.officer)
        forged = forged.with_context(default_state="answered")
        made = forged.create(
            {"ticket_id": request.ticket_id.id, "partner_id": self.agency.id, "text": "x"}
        )
        self.assertEqual(made.state, "draft")

    def test_closing(self):
        """A draft stands in the way; an unanswered one is a warning."""
        ticket = self._case()
        request = self._request(ticket)
        found = {one.code: one.blocks for one in ticket._closing_problems()}
        self.assertTrue(found["request_in_draft"])
        request.action_send()
        found = {one.code: one.blocks for one in ticket._closing_problems()}
        self.assertFalse(found["request_unanswered"])

    def test_roles(self):
        """B4: the officer writes, staff reads, the executor and the press see nothing."""
        ticket = self._case()
        request = self._request(ticket)
        for role in ("operator", "approver", "supervisor", "auditor"):
            mine = request.with_user(getattr(self, role))
            self.assertTrue(mine.text)
            for act in (lambda r=mine: r.write({"text": "x"}), mine.action_send):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    act()
        for role in ("executor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                request.with_user(getattr(self, role)).read(["text"])

    def test_nothing_is_added_to_a_closed_case(self):
        """B4: neither a request nor an extension nor a letter joins a closed case."""
        ticket = self._closed()
        self.assert_refused(lambda: self._request(ticket))
        self.assert_refused(lambda: self._extension(ticket))
        self.assert_refused(lambda: self._letter(ticket))

    def test_list_in_few_queries(self):
        """The list of eighty requests costs as many queries as one of ten."""
        ticket = self._case()
        for _n in range(12):
            self._request(ticket, received_on=self.today).action_send()
        requests = self.env["hotline.request"].with_user(self.officer)
        names = {"is_overdue": {}, "due_on": {}, "ticket_id": {"fields": {"display_name": {}}}}
        counts = []
        for limit in (4, 4, 12):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests.web_search_read([], names, limit=limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])  # the first call fills the caches of the registry
