import io
import zipfile
from datetime import timedelta

from openpyxl import load_workbook
from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import HotlineCommon


class PostCommon(HotlineCommon):
    """A closed case whose answer went by post."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.today = cls.env.company._hotline_today()
        cls.notice = cls.ticket._new_notice("registration")
        cls.notice.action_issue()
        cls.answer = cls._answer(cls.ticket, channel="post")

    def _event(self, letter=None, user=None, **vals):
        letter = self.answer if letter is None else letter
        link = "answer_id" if letter._name == "hotline.answer" else "notice_id"
        Event = self.env["hotline.post.event"].with_user(user or self.officer)
        return Event.create({link: letter.id, "happened_on": self.today, **vals})

    def _returned(self, **vals):
        return self._event(kind="returned", cause="left", **vals)


@tagged("post_install", "-at_install")
class TestPostEvent(PostCommon):
    """B5: post that came back and went again; practice 15: it lives on after closing."""

    def test_a_return_and_a_new_sending_are_entered_after_closing(self):
        self._close(self.ticket)
        self.assertTrue(self.ticket.is_final)
        action = self.answer.action_post_returned()
        self.assertEqual(action["context"]["default_answer_id"], self.answer.id)
        self._returned()
        self.assertEqual(self.answer.post_state, "returned")
        self._event(kind="resent", address="ул. Новая, 1", track="80080000000000")
        self.assertEqual(self.answer.post_state, "resent")
        self.assertEqual(self.answer._envelope_address(), "ул. Новая, 1")
        events = self.env["hotline.journal"].search([("res_ref", "=", self.ticket.id)])
        self.assertLessEqual({"letter_returned", "letter_resent"}, set(events.mapped("event")))

    def test_the_letter_itself_does_not_change(self):
        before = self.answer.read(["text", "channel", "outgoing_number"])
        self._returned()
        self._event(kind="resent", address="ул. Новая, 1")
        self.assertEqual(self.answer.read(["text", "channel", "outgoing_number"]), before)
        self.assertNotIn("Новая", self.answer._address())

    def test_what_cannot_have_happened_is_refused(self):
        draft = self.ticket._new_notice("registration")
        by_hand = self.ticket._new_notice("registration", channel="hand")
        by_hand.action_issue()
        for letter, vals in (
            (draft, {"kind": "returned", "cause": "left"}),
            (by_hand, {"kind": "returned", "cause": "left"}),
            (self.notice, {"kind": "resent", "address": "ул. Новая, 1"}),
            (self.notice, {"kind": "returned"}),
            (self.notice, {"kind": "returned", "cause": "left", "happened_on": "2020-01-01"}),
            (
                self.notice,
                {
                    "kind": "returned",
                    "cause": "left",
                    "happened_on": self.today + timedelta(days=1),
                },
            ),
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self._event(letter, **vals)
        self._event(self.notice, kind="returned", cause="left")
        with self.assertRaises(UserError):
            self._event(self.notice, kind="resent", address=" ")
        with self.assertRaises(UserError):
            self._event(self.notice, kind="returned", cause="left")

    def test_it_is_never_changed(self):
        """X5: neither by a role nor past the code, by SQL."""
        event = self._returned()
        for user in (self.officer, self.administrator):
            with self.subTest(user.login), self.assertRaises(UserError):
                event.with_user(user).write({"cause": "refused"})
        with self.assertRaises(AccessError):
            event.with_user(self.officer).unlink()
        self.env.flush_all()
        for statement in (
            "UPDATE hotline_post_event SET cause = 'refused' WHERE id = %s",
            "DELETE FROM hotline_post_event WHERE id = %s",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(RestrictViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, (event.id,))

    def test_roles(self):
        event = self._returned()
        for user in (self.operator, self.supervisor, self.approver, self.auditor):
            self.assertEqual(event.with_user(user).cause, "left")
        for user in (self.operator, self.supervisor, self.auditor, self.press, self.executor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._event(self.notice, user=user, kind="returned", cause="left")
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.notice.with_user(user).action_post_returned()


@tagged("post_install", "-at_install")
class TestOutgoingRegister(PostCommon, HttpCase):
    """E4: the journal «Исходящие» by day, on paper and as a table."""

    def _register(self, user=None, **vals):
        Register = self.env["hotline.outgoing.register"].with_user(user or self.officer)
        return Register.create({"date_from": self.today, "date_to": self.today, **vals})

    def _numbers(self, register):
        return [one.number for _day, entries in register._days() for one in entries]

    def test_letters_of_the_day_stand_in_it(self):
        register = self._register()
        numbers = self._numbers(register)
        self.assertIn(self.notice.outgoing_number, numbers)
        self.assertIn(self.answer.outgoing_number, numbers)
        self.assertEqual(register.count, len(numbers))
        yesterday = self.today - timedelta(days=1)
        self.assertEqual(self._numbers(self._register(date_from=yesterday, date_to=yesterday)), [])

    def test_by_post_or_by_any_road(self):
        by_hand = self.ticket._new_notice("registration", channel="hand")
        by_hand.action_issue()
        self.assertNotIn(by_hand.outgoing_number, self._numbers(self._register()))
        every = self._numbers(self._register(by_post_only=False))
        self.assertIn(by_hand.outgoing_number, every)

    def test_what_was_sent_again_stands_in_it_with_its_new_address(self):
        self._returned()
        self._event(kind="resent", address="ул. Новая, 1")
        found = [one for _day, entries in self._register()._days() for one in entries]
        (again,) = [one for one in found if one.address == "ул. Новая, 1"]
        self.assertEqual(again.number, self.answer.outgoing_number)

    def test_the_table_holds_texts_no_formulas(self):
        """A name that looks like a formula is a name."""
        notice = self.ticket._new_notice("registration", addressee_name="=1+1")
        notice.action_issue()
        content = self._register()._xlsx()
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.assertNotIn(b"<f>", packed.read("xl/worksheets/sheet1.xml"))
            self.assertIn("=1+1", packed.read("xl/sharedStrings.xml").decode())
        self.assertEqual(load_workbook(io.BytesIO(content)).active.freeze_panes, "A2")

    def test_paper_and_table_are_for_those_who_see_letters(self):
        journal = self.env["hotline.journal"]
        before = journal.search_count([("event", "=", "outgoing_register")])
        register = self._register()
        Report = self.env["ir.actions.report"].with_user(self.officer)
        html = Report._render_qweb_html("gov_hotline.report_outgoing", register.ids)[0].decode()
        self.assertIn(self.answer.outgoing_number, html)
        self.authenticate(self.officer.login, self.officer.login)
        reply = self.url_open(register.action_xlsx()["url"])
        self.assertEqual(reply.content[:2], b"PK")
        self.assertEqual(journal.search_count([("event", "=", "outgoing_register")]), before + 2)
        for user in (self.operator, self.press, self.executor):
            self.authenticate(user.login, user.login)
            with self.subTest(user.login), mute_logger("odoo.http"):
                self.assertEqual(
                    self.url_open(f"/hotline/outgoing/{register.id}.xlsx").status_code, 403
                )

    def test_the_last_day_is_not_before_the_first(self):
        register = self._register(date_to=self.today - timedelta(days=1))
        with self.assertRaises(UserError):
            register.action_print()
