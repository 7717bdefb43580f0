from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .acts_common import ActsCommon
from .common import ROLES


@tagged("post_install", "-at_install")
class TestExtension(ActsCommon):
    def assert_refused(self, act, words):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def test_signed_in_one_click(self):
        """X1, EXT-30: the head signs; date, certificate, notice and journal move together."""
        ticket = self._case()
        main = ticket.deadline_ids.filtered("is_main")
        raw, before = main.raw_due_on, ticket.due_on
        one = self._extension(ticket)
        preview = one.new_due_on
        one.action_propose()
        self.assertEqual(one.was_due_on, before)
        toast = one.with_user(self.approver).action_sign()["params"]["message"]
        for words in (ticket.number, one.notice_id.outgoing_number, f"{preview:%d.%m.%Y}"):
            self.assertIn(words, toast)
        self.assertEqual((one.was_due_on, one.new_due_on), (before, preview))
        self.assertRecordValues(
            one,
            [
                {
                    "state": "decided",
                    "due_before": before,
                    "due_after": preview,
                    "signer_name": "Орлов И. И.",
                    "signed_on": self.today,
                }
            ],
        )
        self.assertEqual(ticket.due_on, preview)
        self.assertEqual(main.raw_due_on, raw + timedelta(days=30))
        self.assertTrue(one.notice_id.is_issued)
        self.assertEqual(one.notice_id.kind, "extension")
        self.assertIn(preview.strftime("%d.%m.%Y"), one.notice_id.text)
        self.assertIn("экспертиза", one.notice_id.text)
        self.assertIn("extended", self._events(ticket))
        told = "\n".join(main.with_context(lang="ru_RU")._certificate_lines())
        self.assertIn(
            f"Продлено: 30 календарных дней (ч. 2 ст. 12 59-ФЗ), отсчёт после {raw:%d.%m.%Y}. "
            f"Решение: Орлов И. И., {self.today:%d.%m.%Y}.",
            told,
        )

    def test_certificate_on_screen_portal_and_paper(self):
        """X1: the same certificate with the extension on the form, in the portal, in the PDF."""
        ticket = self._case()
        one = self._extension(ticket)
        one.action_propose()
        one.with_user(self.approver).action_sign()
        words = "Продлено: 30 календарных дней"
        russian = ticket.with_context(lang="ru_RU")
        self.assertIn(words, russian.certificate_html)
        card = russian.sudo()._portal_card()
        self.assertIn(words, "\n".join(card["certificate"]))
        self.assertEqual(card["extensions"][0]["until"], one.due_after)
        self.assertEqual(card["extensions"][0]["number"], one.notice_id.outgoing_number)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "gov_hotline.report_card", ticket.ids
        )
        paper = html.decode()
        self.assertIn("Орлов И. И.", paper)
        self.assertIn(one.due_after.strftime("%d.%m.%Y"), paper)

    def test_decided_on_paper(self):
        """EXT-30: the officer records a decision signed on paper and a notice already posted."""
        ticket = self._case()
        one = self._extension(
            ticket,
            authority_id=self.head.id,
            signed_on=self.today,
            decision_number="44-р",
            notice_number="15-09/77",
            notice_date=self.today,
        )
        one.action_record()
        self.assertEqual(one.state, "decided")
        self.assertEqual(one.notice_id.outgoing_number, "15-09/77")
        self.assertTrue(one.notice_id.entered_by_post)

    def test_longer_than_the_law(self):
        """EXT-30: over 30 days is refused with the article."""
        one = self._extension(self._case(), days=31)
        self.assert_refused(one.action_propose, "ч. 2 ст. 12 59-ФЗ")

    def test_only_once(self):
        """EXT-30: a second extension is refused, by the act and by the database."""
        ticket = self._case()
        first = self._extension(ticket, authority_id=self.head.id)
        first.action_record()
        second = self._extension(ticket, authority_id=self.head.id)
        self.assert_refused(second.action_record, "ч. 2 ст. 12")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE hotline_extension SET state = 'decided' WHERE id = %s", (second.id,)
            )

    def test_no_reason(self):
        one = self._extension(self._case(), reason="надо", authority_id=self.head.id)
        self.assert_refused(one.action_record, "ч. 2 ст. 12")

    def test_a_request_as_the_ground(self):
        """EXT-30, RQ-15: a sent request is a ground; without one that ground is refused."""
        ticket = self._case()
        one = self._extension(ticket, ground="request")
        self.assert_refused(one.action_propose, "ч. 2 ст. 12")
        self._request(ticket).action_send()
        one.action_propose()
        self.assertEqual(one.state, "proposed")
        self.assertEqual(
            ticket.action_extend()["res_id"], one.id, "the one begun is opened, not a second"
        )

    def test_no_right(self):
        """EXT-30: neither an approver without authority nor an expired one decides."""
        ticket = self._case()
        one = self._extension(ticket)
        one.action_propose()
        self.head.may_extend = False
        self.assert_refused(one.with_user(self.approver).action_sign, "ч. 2 ст. 12")
        self.head.write({"may_extend": True, "valid_to": self.today - timedelta(days=1)})
        self.assert_refused(one.with_user(self.approver).action_sign, "ч. 2 ст. 12")
        for role in set(ROLES) - {"approver"}:
            with self.subTest(role=role), self.assertRaises(AccessError):
                one.with_user(getattr(self, role)).action_sign()
        self.head.valid_to = False
        one.with_user(self.approver).action_sign()
        self.assertEqual(one.state, "decided")

    def test_the_one_complained_of_does_not_sign(self):
        """SELF-NO: whoever the complaint is against does not extend its term."""
        ticket = self._case(complaint_against_id=self.approver.partner_id.id)
        one = self._extension(ticket)
        one.action_propose()
        self.assert_refused(one.with_user(self.approver).action_sign, "ч. 6 ст. 8")

    def test_no_notice_no_extension(self):
        """EXT-30: where the notice cannot go out, nothing is extended."""
        ticket = self._case(applicant_address="ул. Ленина, 15")
        ticket.sudo().with_context(hotline_by=None).env.cr.execute(
            "UPDATE helpdesk_ticket SET applicant_address = NULL, applicant_email = NULL,"
            " partner_id = NULL WHERE id = %s",
            (ticket.id,),
        )
        ticket.invalidate_recordset()
        due = ticket.due_on
        one = self._extension(ticket, authority_id=self.head.id)
        self.env["hotline.letter.template"].search([("kind", "=", "extension")]).write(
            {"text": "{решение.адрес_страницы}!"}
        )
        self.assert_refused(one.action_record, ".")
        self.assertEqual((one.state, ticket.due_on, ticket.notice_ids.ids), ("draft", due, []))

    def test_last_minute_of_the_body(self):
        """EXT-30: 23:59 in Kaliningrad and Vladivostok is in time, 00:01 is overdue for good."""
        for tz, last, late in (
            ("Europe/Kaliningrad", "2026-12-24 21:59:00", "2026-12-24 22:01:00"),
            ("Asia/Vladivostok", "2026-12-24 13:59:00", "2026-12-24 14:01:00"),
        ):
            self.env.company.hotline_tz = tz
            with freeze_time("2026-11-24 05:00:00"):
                ticket, other = self._case(), self._case()
            self.assertEqual(ticket.due_on, date(2026, 12, 24))
            with self.subTest(tz=tz), freeze_time(last):
                self.assertEqual(ticket.extension_alert, "last_day")
                one = self._extension(ticket, authority_id=self.head.id)
                one.action_record()
                self.assertEqual(one.state, "decided")
            with self.subTest(tz=tz, late=True), freeze_time(late):
                one = self._extension(other, authority_id=self.head.id)
                self.assert_refused(one.action_record, "ч. 2 ст. 12")
                other.invalidate_recordset(["extension_alert", "extension_alert_text"])
                self.assertEqual(other.extension_alert, "too_late")
                act = next(a for a in other.acts if a["method"] == "action_extend")
                self.assertTrue(act["blocked"])
                other.overdue_cause = "Экспертиза не готова"
                self.assertFalse(other.extension_alert_text)

    def test_alerts_name_who_decides(self):
        """Practice 14: three working days before; on the last day red, with the substitute."""
        with freeze_time("2026-11-24 05:00:00"):
            ticket = self._case()
        acting = self.env["hotline.authority"].create(
            {
                "name": "Сидорова А. А.",
                "position": "руководителя",
                "is_acting": True,
                "may_extend": True,
                "valid_from": "2026-12-20",
            }
        )
        ticket = ticket.with_context(lang="ru_RU")
        for day, wanted in (("18", False), ("21", "soon"), ("24", "last_day")):
            ticket.invalidate_recordset()
            with freeze_time(f"2026-12-{day} 08:00:00"):
                self.assertEqual(ticket.extension_alert, wanted, day)
                text = ticket.extension_alert_text
                found = self.env["helpdesk.ticket"].search([("needs_decision_today", "=", True)])
                self.assertEqual(ticket.id in found.ids, wanted == "last_day")
        self.assertRegex(text, r"Решение нужно сегодня до 23:59")
        self.assertLess(text.index(acting.name), text.index(self.head.name))

    def test_request_for_information(self):
        """REQ-EXT-15, REQ-POST-7: 15 days at most; the notice within seven days, then never."""
        with freeze_time("2026-11-24 05:00:00"):
            ticket = self._case(kind="request_8fz")
            late = self._case(kind="request_8fz")
            one = self._extension(ticket, days=16, authority_id=self.head.id)
            self.assertEqual(one.longest, 15)
            self.assert_refused(one.action_record, "8-ФЗ")
            one.days = 15
            one.action_record()
        self.assertEqual(one.notice_id.kind, "postponement")
        self.assertEqual(one.due_after, date(2026, 12, 30))  # 08.01.2027 is a day off
        notice_clock = ticket.deadline_ids.filtered(lambda d: d.term_id.code == "REQ-POST-7")
        self.assertEqual(notice_clock.met_on, date(2026, 11, 24))
        with freeze_time("2026-12-03 05:00:00"):
            other = self._extension(late, days=15, authority_id=self.head.id)
            self.assert_refused(other.action_record, "8-ФЗ")

    def test_a_message_is_not_extended(self):
        ticket = self._case(kind="message", origin="phone")
        one = self._extension(ticket, authority_id=self.head.id)
        self.assert_refused(one.action_record, ".")
        self.assertNotIn("action_extend", [act["method"] for act in ticket.acts])

    def test_nobody_to_notify(self):
        """ANON: an anonymous case has nobody to notify; the decision stands without a notice."""
        ticket = self._case(applicant_surname=False, partner_id=False, unlawful_act="no")
        self.assertTrue(ticket.is_anonymous)
        one = self._extension(ticket, authority_id=self.head.id)
        one.action_record()
        self.assertRecordValues(one, [{"state": "decided", "notice_id": False}])

    def test_refused_with_words(self):
        ticket = self._case()
        one = self._extension(ticket)
        one.action_propose()
        asked = one.with_user(self.approver).action_ask_refusal()
        wizard = self.env[asked["res_model"]].with_user(self.approver)
        wizard = wizard.with_context(**asked["context"])
        self.assert_refused(wizard.create({"reason": "нет"}).action_refuse, ".")
        wizard.create({"reason": "Ответ может быть дан в срок"}).action_refuse()
        self.assertEqual(one.state, "refused")
        self.assertIn("extension_refused", self._events(ticket))
        self.assertEqual(ticket.due_on, ticket.law_due_on)

    def test_roles(self):
        """B4: the officer writes, the approver only decides, others read, some see nothing."""
        ticket = self._case()
        one = self._extension(ticket)
        for role in ("operator", "approver", "supervisor", "auditor"):
            mine = one.with_user(getattr(self, role))
            self.assertTrue(mine.reason)
            with self.subTest(role=role), self.assertRaises(AccessError):
                mine.write({"days": 5})
            for act in (mine.action_propose, mine.action_record):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    act()
        for role in ("executor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                one.with_user(getattr(self, role)).read(["reason"])

    def test_state_is_set_by_acts_alone(self):
        """B4: neither a write nor a default of the context makes a decision."""
        ticket = self._case()
        one = self._extension(ticket)
        with self.assertRaises(AccessError):
            one.write({"state": "decided"})
        forged = self.env["hotline.extension"].with_user(self.officer)
        forged = forged.with_context(default_state="decided", default_due_after="2030-01-01")
        made = forged.create({"ticket_id": ticket.id, "reason": "x", "days": 5})
        self.assertRecordValues(made, [{"state": "draft", "due_after": False}])
        one.authority_id = self.head
        one.action_record()
        self.assert_refused(lambda: one.write({"reason": "Другая причина"}), ".")
        self.assert_refused(one.unlink, ".")

    def test_undecided_stands_in_the_way_of_closing(self):
        ticket = self._case()
        one = self._extension(ticket)
        one.action_propose()
        codes = [problem.code for problem in ticket._closing_problems()]
        self.assertIn("extension_undecided", codes)
        one.unlink()
        codes = [problem.code for problem in ticket._closing_problems()]
        self.assertNotIn("extension_undecided", codes)

    def test_overdue_wants_its_cause(self):
        """Practice 14: an overdue case closes with the cause written down."""
        with freeze_time("2026-11-24 05:00:00"):
            ticket = self._case()
        with freeze_time("2026-12-28 05:00:00"):
            codes = [problem.code for problem in ticket._closing_problems()]
            self.assertIn("overdue_no_cause", codes)
            ticket.overdue_cause = "Экспертиза не готова"
            codes = [problem.code for problem in ticket._closing_problems()]
            self.assertNotIn("overdue_no_cause", codes)
            with self.assertRaises(AccessError):
                ticket.with_user(self.operator).overdue_cause = "x"

    def test_answered_in_time_closed_later_is_not_late(self):
        with freeze_time("2026-11-24 05:00:00"):
            ticket = self._case()
            self._answer(ticket)
        with freeze_time("2026-12-28 05:00:00"):
            self.assertFalse(ticket.is_late)
            codes = [problem.code for problem in ticket._closing_problems()]
            self.assertNotIn("overdue_no_cause", codes)

    def test_nothing_is_extended_once_answered(self):
        ticket = self._case()
        self._answer(ticket)
        one = self._extension(ticket, authority_id=self.head.id)
        self.assert_refused(one.action_record, ".")
