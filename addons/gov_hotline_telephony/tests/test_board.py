from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.bus.models.bus import channel_with_db, dispatch, hashable
from odoo.addons.gov_hotline.models.hotline_live import LIVE

from .phone_common import PhoneCommon

READERS = ("supervisor", "auditor")
OTHERS = ("operator", "officer", "administrator", "approver", "executor", "press")
FIGURES = ("offered", "in_time", "late", "lost", "asked", "short", "waiting")
FIGURES += ("callbacks", "callbacks_late", "promises_late", "alarms")


class BoardCommon(PhoneCommon):
    """Calls of today as the connector leaves them, at two lines; a second body beside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hotline.call"].search([("phase", "!=", False)]).phase = False
        cls.env["hotline.task"].search([]).unlink()
        cls.env["hotline.alarm"].search([]).unlink()
        cls.other = cls.env["res.company"].create({"name": "Другой орган"})
        cls.stranger = cls.env["hotline.line"].create(
            {"name": "Чужая линия", "company_id": cls.other.id}
        )
        cls.number = 0

    @classmethod
    def _call(cls, waited=0, line=None, **vals):
        """Return a call of today, of a minute ago; over and unanswered by default."""
        cls.number += 1
        line = cls.line if line is None else line
        today = cls.env["hotline.board"]._day_begins(cls.env.company)
        began = max(today, fields.Datetime.now() - timedelta(minutes=1))
        return cls.env["hotline.call"].create(
            {
                "source": "pbx",
                "phone": "+79135550101",
                "operator_id": False,
                "line_id": line.id,
                "company_id": line.company_id.id or cls.env.company.id,
                "pbx_id": cls.pbx.id,
                "linkedid": f"board.{cls.number}",
                "started_at": began,
                "queued_at": began + timedelta(seconds=10),
                "wait_seconds": waited,
                "phase": "over",
                **vals,
            }
        )

    @classmethod
    def _answered(cls, waited, **vals):
        now = fields.Datetime.now()
        return cls._call(waited, **{"fate": "answered", "answered_at": now, **vals})

    @classmethod
    def _day(cls):
        """8 of the main line in time, 1 late, 2 lost, 1 asked, 1 short; 1 at the oral line."""
        for waited in (0, 1, 2, 3, 5, 8, 19, 20):
            cls._answered(waited)
        cls._answered(21)
        cls._call(60, fate="abandoned")
        cls._call(0, fate="cut")
        cls._call(15, fate="no_answer", callback_wish=True)
        cls._call(4, fate="abandoned")
        cls._call(0, fate=False)  # the machine alone
        cls._answered(300, line=cls.oral_line)
        cls._answered(1, line=cls.stranger)
        cls._answered(1, direction="out", queued_at=False)
        cls._answered(1, started_at=fields.Datetime.now() - timedelta(days=1))

    @classmethod
    def _live(cls):
        now = fields.Datetime.now()
        cls._call(phase="waiting", queued_at=now - timedelta(seconds=90))
        cls._call(phase="ringing", queued_at=now - timedelta(seconds=30))
        cls._call(phase="waiting", queued_at=False)  # still in the menu
        cls._call(phase="waiting", line=cls.stranger)
        tasks = [("callback", -5), ("callback", 5), ("promise", -5), ("promise", 5), ("todo", -5)]
        call = cls._answered(0, line=cls.oral_line)
        cls.env["hotline.task"].create(
            [
                {
                    "name": "Перезвонить",
                    "kind": kind,
                    "phone": f"+7913555010{number}",
                    "due_at": now + timedelta(minutes=minutes),
                    "call_id": call.id,
                }
                for number, (kind, minutes) in enumerate(tasks)
            ]
        )
        card = cls.env["hotline.script.card"].search([("alarm", "=", True)], limit=1)
        talk = cls._answered(0, phase="talking", fate=False, operator_id=cls.operator.id)
        cls.env["hotline.alarm"].with_user(cls.operator)._raise(
            talk.with_user(cls.operator), card.with_user(cls.operator)
        )

    def _look(self, user=None):
        user = user or self.supervisor
        return self.env["hotline.board"].with_user(user).with_context(lang=user.lang).look()

    def _row(self, line=None, user=None):
        return next(one for one in self._look(user)["lines"] if one["id"] == (line or self.line).id)


@tagged("post_install", "-at_install")
class TestBoard(BoardCommon):
    """The supervisor's board: figures of today by line, who waits, who is on the line."""

    def test_the_day_of_a_line(self):
        self._day()
        row = self._row()
        got = tuple(row[name] for name in ("in_time", "late", "lost", "asked", "short", "offered"))
        self.assertEqual(got, (8, 1, 2, 1, 1, 12))
        self.assertEqual((row["level"], row["lost_share"]), (66.6, 16.7))
        self.assertIs(row["keeps_level"], False)
        self.assertIs(row["keeps_lost"], False)
        self.assertEqual(row["aims"], {"seconds": 20, "level": 80, "lost": 5})
        self.assertEqual(self._look()["total"]["offered"], 13)

    def test_the_aims_of_a_line_change_its_figures(self):
        self._day()
        self.line.write({"answer_seconds": 60, "answer_share": 70, "lost_share": 20})
        self.line.short_seconds = 0
        row = self._row()
        self.assertEqual((row["in_time"], row["late"], row["lost"], row["short"]), (9, 0, 3, 0))
        self.assertEqual((row["keeps_level"], row["keeps_lost"]), (False, False))
        self.line.write({"answer_share": 69, "lost_share": 24})
        row = self._row()
        self.assertEqual((row["keeps_level"], row["keeps_lost"]), (True, True))

    def test_what_stands_now(self):
        self._live()
        row, oral = self._row(), self._row(self.oral_line)
        self.assertEqual((row["waiting"], row["ringing"], row["alarms"]), (2, 1, 1))
        waits = fields.Datetime.to_datetime(self._look()["now"]) - fields.Datetime.to_datetime(
            row["longest_since"]
        )
        self.assertAlmostEqual(waits.total_seconds(), 90, delta=5)
        got = tuple(oral[name] for name in ("waiting", "callbacks", "callbacks_late"))
        self.assertEqual((*got, oral["promises_late"]), (0, 2, 1, 1))
        self.assertFalse(oral["longest_since"])
        total = self._look()["total"]
        self.assertEqual((total["waiting"], total["callbacks"], total["alarms"]), (2, 2, 1))
        self.assertEqual(total["longest_since"], row["longest_since"])

    def test_every_figure_opens_the_records_it_counts(self):
        self._day()
        self._live()
        self._call(60, fate="abandoned", line=self.env["hotline.line"])
        mine = self.env["hotline.board"].with_user(self.supervisor)
        board = self._look()
        rows = [(None, board["total"]), *((one["id"], one) for one in board["lines"])]
        self.assertIn(0, [line for line, _row in rows])
        for line, row in rows:
            for what in FIGURES:
                action = mine.open(what, line)
                found = self.env[action["res_model"]].with_user(self.supervisor)
                with self.subTest(line=line, what=what):
                    self.assertEqual(found.search_count(action["domain"]), row[what])
        operators = mine.open("operators")
        states = self.env[operators["res_model"]].with_user(self.supervisor)
        self.assertEqual(states.search_count(operators["domain"]), len(board["operators"]))
        with self.assertRaises(UserError):
            mine.open("salaries")

    def test_a_body_without_calls_has_a_board(self):
        board = self._look()
        self.assertEqual(board["total"]["level"], None)
        self.assertEqual(board["total"]["waiting"], 0)
        self.assertIn(self.line.id, [one["id"] for one in board["lines"]])
        self.assertNotIn(0, [one["id"] for one in board["lines"]])
        self.assertNotIn(self.stranger.id, [one["id"] for one in board["lines"]])

    def test_an_archived_line_stands_while_it_has_figures(self):
        self._answered(1, line=self.oral_line)
        self.oral_line.active = False
        self.assertEqual(self._row(self.oral_line)["offered"], 1)
        self.env["hotline.call"].search([("line_id", "=", self.oral_line.id)]).phase = False
        self.assertNotIn(self.oral_line.id, [one["id"] for one in self._look()["lines"]])

    def test_what_the_machine_alone_served_is_no_row(self):
        """A call of no line that asked for nobody: no «No line» of zeros; a lost one is shown."""
        without = {"line_id": False, "company_id": self.env.company.id}
        self._call(**without)
        self.assertNotIn(0, [one["id"] for one in self._look()["lines"]])
        self._call(waited=30, fate="abandoned", **without)
        self.assertIn(0, [one["id"] for one in self._look()["lines"]])

    def test_operators_by_state(self):
        handset = self._handset()
        handset.sign_in(self.phones["101"].id)
        self._handset(self.second).sign_in(self.phones["102"].id)
        self._handset(self.second).pause(self.lunch.id)
        talk = self._talk(queued_at=fields.Datetime.now())
        self.env["hotline.operator.state"]._happened(self.operator, "answer", call=talk)
        board = self._look()
        self.assertEqual(board["total"]["operators"]["talking"], 1)
        self.assertEqual(self._row()["operators"]["paused"], 1)
        self.assertEqual(self._row(self.oral_line)["operators"]["paused"], 0)
        people = {one["user_id"]: one for one in board["operators"]}
        self.assertEqual(set(people), {self.operator.id, self.second.id})
        busy, resting = people[self.operator.id], people[self.second.id]
        self.assertEqual((busy["state"], busy["call_id"]), ("talking", talk.id))
        self.assertEqual((busy["call"], busy["line"]), (talk.number, self.line.name))
        self.assertEqual((resting["reason"], resting["lines"]), ("Обед", self.line.ids))
        self.assertTrue(board["supervises"])
        self.assertFalse(self._look(self.auditor)["supervises"])
        self.phones["109"].user_id = False
        self.assertFalse(self._look()["supervises"])

    def test_a_call_of_another_body_is_not_named(self):
        talk = self._talk(line_id=self.stranger.id, company_id=self.other.id)
        self._handset().sign_in(self.phones["101"].id)
        self.env["hotline.operator.state"]._happened(self.operator, "answer", call=talk)
        [busy] = self._look()["operators"]
        self.assertEqual((busy["call_id"], busy["call"], busy["line"]), (False, "", ""))

    def test_a_pbx_that_is_away_is_said(self):
        self.assertEqual(self._look()["troubles"], [])
        self.pbx.sudo().state = "offline"
        [words] = self._look()["troubles"]
        self.assertIn("АТС", words)
        self.assertIn("связи", words)

    def test_aims_are_in_their_range(self):
        for vals in ({"answer_seconds": 0}, {"answer_share": 101}, {"lost_share": -1}):
            with (
                self.subTest(vals),
                self.assertRaises(Exception) as caught,
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.line.write(vals)
                self.env.flush_all()
            self.assertIn(type(caught.exception).__name__, ("CheckViolation", "ValidationError"))
        self.assertTrue(issubclass(ValidationError, UserError))

    def test_as_many_statements_for_many_lines_and_operators(self):
        self._day()
        self._live()
        self._look()
        with self.assertQueryCount(22):
            self.env.invalidate_all()
            self._look()
        lines = self.env["hotline.line"].create([{"name": f"Линия {one}"} for one in range(20)])
        for line in lines:
            self._call(60, fate="abandoned", line=line)
        users = self.env["res.users"].create(
            [{"name": f"Оператор {one}", "login": f"board{one}"} for one in range(40)]
        )
        self.env["hotline.operator.state"].sudo().create(
            [
                {
                    "user_id": user.id,
                    "state": "ready",
                    "since": fields.Datetime.now(),
                    "company_id": self.env.company.id,
                }
                for user in users
            ]
        )
        self.env.flush_all()
        self._look()  # new users empty Odoo's memory of rights
        self.env.invalidate_all()
        with self.assertQueryCount(22):
            board = self._look()
        self.assertEqual(len(board["operators"]), 40)
        self.assertGreaterEqual(len(board["lines"]), 22)

    def test_rights(self):
        self._day()
        for role in READERS:
            with self.subTest(role):
                board = self._look(getattr(self, role))
                self.assertEqual(board["total"]["offered"], 13)
        for role in OTHERS:
            mine = self.env["hotline.board"].with_user(getattr(self, role))
            for ask in (mine.look, lambda mine=mine: mine.open("lost")):
                with self.subTest(role), self.assertRaises(AccessError):
                    ask()

    def test_menu_by_role(self):
        menu = self.env.ref("gov_hotline_telephony.menu_board").id
        for role in (*READERS, *OTHERS):
            visible = self.env["ir.ui.menu"].with_user(getattr(self, role))._visible_menu_ids()
            with self.subTest(role):
                self.assertEqual(menu in visible, role in READERS)

    def test_what_changes_is_told(self):
        """Tasks and alarms too, to the body, once a transaction."""
        self._sent()
        task = self.env["hotline.task"].create({"name": "Перезвонить", "kind": "todo"})
        task.name = "Перезвонить завтра"
        self.assertEqual(self._models(), ["hotline.task"])
        task.name = "Перезвонить сегодня"
        self.assertEqual(self._models(), [])
        task.action_cancel()
        self.assertEqual(self._models(), ["hotline.task"])
        talk = self._talk()
        card = self.env["hotline.script.card"].search([("alarm", "=", True)], limit=1)
        alarm = (
            self.env["hotline.alarm"]
            .with_user(self.operator)
            ._raise(talk.with_user(self.operator), card.with_user(self.operator))
        )
        self.assertIn("hotline.alarm", self._models())
        alarm.with_user(self.supervisor).action_take()
        self.assertIn("hotline.alarm", self._models())
        talk._reconciled(added=True)
        self.assertIn("hotline.call", self._models())

    def _models(self):
        return [sent["model"] for _channel, kind, sent in self._sent() if kind == LIVE]


@tagged("post_install", "-at_install")
class TestBoardBrowser(BoardCommon, HttpCase):
    """The board in a browser: figures, a message of the server, from a tile to its records."""

    def test_rpc(self):
        for role in ("auditor", "operator"):
            user = getattr(self, role)
            self.authenticate(user.login, user.login)
            asked = {"model": "hotline.board", "method": "look", "args": [], "kwargs": {}}
            if role == "auditor":
                self.assertIn("total", self.make_jsonrpc_request("/web/dataset/call_kw", asked))
                asked |= {"method": "_figures"}
            with (
                self.assertRaises(JsonRpcException),
                mute_logger("odoo.http", "odoo.addons.base.models.ir_model"),
            ):
                self.make_jsonrpc_request("/web/dataset/call_kw", asked)

    def test_board(self):
        self._day()
        self._live()
        methods = {
            "test_listens": lambda calls: bool(self._sockets()),
            "test_gives_up": lambda calls: self._gives_up(calls.env),
        }
        for name, method in methods.items():
            self.startPatcher(
                patch.object(self.env.registry["hotline.call"], name, method, create=True)
            )
        self.start_tour("/odoo/hotline-board", "hotline_board", login=self.supervisor.login)

    def _gives_up(self, env):
        """Do what the connector does when who waits hangs up; wake the page."""
        env = env(su=True)
        calls = env["hotline.call"].search([("phase", "=", "waiting"), ("queued_at", "!=", False)])
        mine = calls.filtered(lambda call: call.company_id == env.company)
        mine.write({"phase": "over", "fate": "abandoned", "wait_seconds": 95})
        mine._tell_list()
        env.cr.precommit.run()
        for socket in self._sockets():
            socket.trigger_notification_dispatching()

    def _sockets(self):
        channel = hashable(channel_with_db(self.env.cr.dbname, (self.env.company, LIVE)))
        return list(dispatch._channels_to_ws.get(channel, ()))
