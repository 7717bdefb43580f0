import importlib.util
from datetime import date, timedelta
from pathlib import Path

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..domain import term_choice
from .common import ROLES, HotlineCommon


class TermCommon(HotlineCommon):
    @classmethod
    def _term(cls, user=None, **vals):
        """Return a new federal term of a message, made by `user` (the administrator)."""
        return (
            cls.env["hotline.term"]
            .with_user(user or cls.administrator)
            .create(
                {
                    "code": "T-5",
                    "name": "Проверка",
                    "article": "п. 1 приказа",
                    "purpose": "answer",
                    "trigger": "registered",
                    "length": 5,
                    "track": "message",
                    **vals,
                }
            )
        )

    def _codes(self, ticket):
        return sorted(ticket.deadline_ids.term_id.mapped("code"))


@tagged("post_install", "-at_install")
class TestTermChoice(TermCommon):
    def test_each_kind_has_its_own_clocks(self):
        """B4, X10: 59-FZ, 8-FZ and messages never share a term."""
        expected = {
            "appeal_59": ["MAIN-30", "REG-3"],
            "request_8fz": ["REG-8FZ", "REQ-8FZ"],
            "message": ["MSG-10"],
        }
        for kind, codes in expected.items():
            with self.subTest(kind):
                ticket = self._registered(kind=kind, origin="paper")
                self.assertEqual(self._codes(ticket), codes)
                self.assertEqual(len(ticket.deadline_ids.filtered("is_main")), 1)

    def test_selections_are_the_codes_of_the_domain(self):
        Term = self.env["hotline.term"]
        for name, codes in (
            ("trigger", term_choice.TRIGGERS),
            ("purpose", term_choice.PURPOSES),
            ("ground", term_choice.GROUNDS),
        ):
            self.assertEqual(dict(Term._fields[name].selection).keys(), set(codes))

    def test_a_body_sets_terms_of_messages_by_topic(self):
        """B3: the nearest topic wins; what lies outside keeps the general term."""
        below = self.env["hotline.topic"].create(
            {"code": "9999.0001.0001", "name": "Батареи", "level": 3, "parent_id": self.topic.id}
        )
        other = self.env["hotline.topic"].create({"code": "9998", "name": "Дороги", "level": 2})
        self._term(code="HEAT", topic_id=self.topic.id, company_id=self.env.company.id)
        for topic, code in ((self.topic, "HEAT"), (below, "HEAT"), (other, "MSG-10")):
            self.assertEqual(self._codes(self._message(topic)), [code])
        self._term(code="RADIATOR", topic_id=below.id, length=2)
        self.assertEqual(self._codes(self._message(below)), ["RADIATOR"])
        self.assertEqual(self._codes(self._message(self.topic)), ["HEAT"])

    def _message(self, topic):
        return self._registered(kind="message", origin="phone", topic_id=topic.id)

    def test_another_body_has_its_own_act(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        self._term(user=self.env.user, code="ALIEN", company_id=other.id)
        self.assertEqual(self._codes(self._message(self.topic)), ["MSG-10"])
        self._term(code="OWN", company_id=self.env.company.id)
        self.assertEqual(self._codes(self._message(self.topic)), ["OWN"])

    def test_a_stated_ground_starts_its_term_from_registration(self):
        """B4: a court decision is appealed: return within 7 days of registration."""
        ticket = self._registered()
        ticket.sudo().registered_on -= timedelta(days=3)
        deadline = ticket._start_deadlines(
            "registered", ticket.registered_on, stated="court_decision"
        )
        self.assertEqual(deadline.term_id.code, "COURT-7")
        self.assertEqual(deadline.raw_due_on, ticket.registered_on + timedelta(days=7))
        self.assertEqual(self._codes(ticket), ["COURT-7", "MAIN-30", "REG-3"])

    def test_facts_known_at_registration_choose_the_main_term(self):
        """B4: the extension point of later acts: MIG-20 in the place of MAIN-30."""
        self.patch(
            type(self.env["helpdesk.ticket"]),
            "_term_grounds",
            lambda ticket: frozenset({"migration_head"}),
        )
        self.assertEqual(self._codes(self._registered()), ["MIG-20", "REG-3"])

    def test_a_changed_law_leaves_old_cases_alone(self):
        """C5: a new edition holds for what is registered under it, also for later clocks."""
        with freeze_time("2026-12-30 09:00:00"):
            old = self._registered()
        main = self.env.ref("gov_hotline.term_main_30").with_user(self.administrator)
        extension = self.env.ref("gov_hotline.term_ext_30").with_user(self.administrator)
        main.copy({"length": 14, "valid_from": "2027-01-01"})
        extension.copy({"length": 10, "valid_from": "2027-01-01"})
        with freeze_time("2027-01-14 09:00:00"):
            new = self._registered()
            self.assertEqual(old._extension_term().length, 30)
            self.assertEqual(new._extension_term().length, 10)
        days = [t.deadline_ids.filtered("is_main").raw_due_on - t.registered_on for t in old + new]
        self.assertEqual([delta.days for delta in days], [30, 14])

    def test_a_message_has_no_extension_until_the_body_gives_it_one(self):
        ticket = self._message(self.topic)
        self.assertFalse(ticket._extension_term())
        own = self._term(code="EXT", purpose="extend", trigger="due", length=10)
        self.assertEqual(ticket._extension_term().code, own.code)

    def test_terms_are_loaded_once(self):
        ticket = self._registered(kind="message", origin="phone")
        terms = self.env["hotline.term"]._applicable(ticket, "registered", ticket.registered_on)
        with self.assertQueryCount(0):
            self.env["hotline.term"]._applicable(ticket, "registered", ticket.registered_on)
        terms.with_user(self.administrator).valid_to = ticket.registered_on - timedelta(days=1)
        self.assertFalse(
            self.env["hotline.term"]._applicable(ticket, "registered", ticket.registered_on)
        )


@tagged("post_install", "-at_install")
class TestTermEditions(TermCommon):
    """C5: a term of the law ends only where its next edition begins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.main = cls.env.ref("gov_hotline.term_main_30").with_user(cls.administrator)
        cls.tomorrow = cls.env.company._hotline_today() + timedelta(days=1)

    def test_the_last_edition_is_neither_ended_nor_archived(self):
        """C5, B4: by the administrator, on the card and over RPC, in any order."""
        yesterday = self.tomorrow - timedelta(days=2)
        for vals in (
            {"valid_to": self.tomorrow}, {"valid_to": yesterday}, {"active": False},
            {"basis": "local"}, {"valid_from": self.tomorrow}, {"kind": "request_8fz"},
        ):  # fmt: skip
            refused = self.assertRaises(UserError)
            with self.subTest(vals=vals), refused, self.env.cr.savepoint():
                self.main.write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.main.action_archive()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.main.unlink()

    def test_a_new_edition_takes_its_place(self):
        """C5: the new edition first, then the last day of the former one; no gap of a day."""
        new = self.main.copy({"length": 20, "valid_from": self.tomorrow})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.main.valid_to = self.tomorrow - timedelta(days=2)
        self.main.valid_to = self.tomorrow - timedelta(days=1)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            new.active = False

    def test_an_own_term_of_the_body_ends_freely(self):
        self.env.ref("gov_hotline.term_msg_main").with_user(self.administrator).active = False

    def test_no_appeal_without_a_term_of_its_answer(self):
        """B4: were there none all the same, the appeal is not registered, and is told why."""
        self.main.sudo().active = False
        draft = self._draft()
        with self.assertRaisesRegex(UserError, "59-"), self.env.cr.savepoint():
            draft.action_register()
        self.assertRecordValues(draft, [{"state": "draft", "number": "/"}])


@tagged("post_install", "-at_install")
class TestTermRecord(TermCommon):
    def test_only_the_administrator_sets_terms(self):
        """C5: every role reads the terms, one changes them."""
        term = self._term()
        for role in ROLES:
            user = getattr(self, role)
            self.assertEqual(term.with_user(user).length, 5)
            if role == "administrator":
                continue
            with self.subTest(role):
                with self.assertRaises(AccessError):
                    self._term(user=user, code="X")
                with self.assertRaises(AccessError):
                    term.with_user(user).length = 6
                with self.assertRaises(AccessError):
                    term.with_user(user).unlink()
        term.with_user(self.administrator).unlink()

    def test_an_administrator_does_not_touch_the_terms_of_another_body(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        alien = self._term(user=self.env.user, code="ALIEN", company_id=other.id)
        with self.assertRaises(AccessError):
            alien.with_user(self.administrator).length = 1
        with self.assertRaises(AccessError):
            self._term(code="MINE", company_id=other.id)

    def test_what_was_counted_is_not_changed_in_place(self):
        """C5: neither length nor conditions; what only steers people may change."""
        ticket = self._registered(kind="message", origin="phone")
        term = ticket.deadline_ids.term_id.with_user(self.administrator)
        for vals in (
            {"topic_id": self.topic.id},
            {"ground": "published"},
            {"purpose": "other"},
            {"kind": "message"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                term.write(vals)
        term.write({"strictness": "block", "reminder_days": "2", "executor_days": 3})
        self.assertEqual(term.strictness, "block")

    def test_a_term_counted_for_another_body_is_not_changed_either(self):
        """C5: the administrator of one body does not see the cases of another one."""
        self._registered()
        other = self.env["res.company"].create({"name": "Другой орган"})
        administrator = new_test_user(
            self.env,
            login="administrator_of_another_body",
            groups="gov_hotline.group_administrator",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        main = self.env.ref("gov_hotline.term_main_30").with_user(administrator)
        with self.assertRaises(UserError):
            main.length = 1
        with self.assertRaises(UserError):
            main.unlink()

    def test_impossible_terms_are_refused(self):
        for vals in (
            {"kind": "appeal_59"},
            {"purpose": "extend"},
            {"trigger": "due"},
            {"reminder_days": "пять"},
            {"reminder_days": "-1"},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self._term(code="BAD", **vals)
        for vals in ({"length": 0}, {"executor_days": -1}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._term(code="BAD", **vals)

    def test_one_edition_a_day_topic_and_body(self):
        self._term(valid_from="2026-01-01")
        self._term(valid_from="2026-02-01")
        self._term(valid_from="2026-01-01", topic_id=self.topic.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._term(valid_from="2026-01-01")

    def test_the_example_follows_what_is_typed(self):
        """E4: the administrator sees what the numbers mean."""
        term = self._term(length=7).with_context(lang="ru_RU")
        with freeze_time("2026-11-24 09:00:00"):
            self.assertIn("24.11.2026", term.example)
            self.assertIn("последний день — 01.12.2026", term.example)
        term = self._term(code="T-6", length=4, shift="previous").with_context(lang="ru_RU")
        with freeze_time("2026-11-24 09:00:00"):
            self.assertIn("27.11.2026", term.example)
            self.assertIn("28.11.2026", term.example)
        self.assertFalse(self.env["hotline.term"].new({"length": 0}).example)

    def test_dates_inside_a_term(self):
        """Default of an executor: the due date minus five working days; reminders 10/5/3/1."""
        with freeze_time("2026-11-24 09:00:00"):
            main = self._registered().deadline_ids.filtered("is_main")
        self.assertEqual(main.due_on, date(2026, 12, 24))
        self.assertEqual(main._executor_date(), date(2026, 12, 17))
        self.assertEqual(
            main._reminder_dates(),
            (date(2026, 12, 10), date(2026, 12, 17), date(2026, 12, 21), date(2026, 12, 23)),
        )

    def test_an_extension_is_counted_from_the_unshifted_date(self):
        """X1: registered 05.12.2026, +30 is 04.01.2027, a holiday; +30 more is 03.02.2027."""
        ticket = self._registered()
        term = self.env.ref("gov_hotline.term_main_30")
        vals = self.env["hotline.deadline"]._prepare_vals(
            ticket, term, date(2026, 12, 5), extension=30
        )
        self.assertEqual(vals["due_on"], date(2027, 2, 3))
        self.assertEqual(vals["certificate"]["extension"], 30)

    def test_a_request_counts_from_its_receipt_there(self):
        """X1: the certificate names the event."""
        ticket = self._registered()
        deadline = ticket._start_deadlines("other_received", date(2026, 12, 1))
        self.assertEqual(deadline.term_id.code, "RQ-15")
        lines = deadline.with_context(lang="ru_RU")._certificate_lines()
        self.assertEqual(lines[1], "Получено другим органом 01.12.2026, отсчёт со следующего дня.")


@tagged("post_install", "-at_install")
class TestTermMigration(TermCommon):
    def test_terms_of_the_first_version_keep_counting(self):
        """C5: an update to 19.0.1.1.0 tells answers from registrations by what was there."""
        self.env.cr.execute("ALTER TABLE hotline_term DROP COLUMN purpose, DROP COLUMN basis")
        self._migration().migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertRecordValues(
            self.env.ref("gov_hotline.term_reg_3")
            | self.env.ref("gov_hotline.term_main_30")
            | self.env.ref("gov_hotline.term_msg_main"),
            [
                {"purpose": "register", "basis": "law", "is_main": False},
                {"purpose": "answer", "basis": "law", "is_main": True},
                {"purpose": "answer", "basis": "local", "is_main": True},
            ],
        )
        self.assertEqual(self._codes(self._registered()), ["MAIN-30", "REG-3"])

    def _migration(self):
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0" / "pre-migration.py"
        spec = importlib.util.spec_from_file_location("pre_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
