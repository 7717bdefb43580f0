import json
import re

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from .report_common import NOON, ReportCommon


class WallboardCommon(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls._board()

    @classmethod
    def _board(cls, user=None, **vals):
        Board = cls.env["hotline.wallboard"].with_user(user or cls.supervisor)
        return Board.create({"name": "Зал операторов", **vals})


@tagged("post_install", "-at_install")
class TestWallboard(WallboardCommon):
    """A5: the figures of the shift for everybody in the hall."""

    @freeze_time("2026-11-20 09:02:00")
    def test_figures_equal_hand_counts(self):
        before = self.board.sudo()._figures()
        self._talk(10)
        self._call(fate="abandoned", wait_seconds=40)
        self._call(phase="waiting", queued_at=NOON)
        self._call(phase="waiting", queued_at=NOON.replace(minute=1))
        self._state(self.operator, "ready", NOON, False)
        self.env["hotline.task"].create(
            {"kind": "callback", "name": "Перезвонить", "due_at": NOON.replace(hour=8)}
        )
        told = self.board.sudo()._figures()
        gained = {
            name: told[name] - before[name]
            for name in ("waiting", "lost", "offered", "callbacks", "callbacks_late")
        }
        self.assertEqual(
            gained, {"waiting": 2, "lost": 1, "offered": 2, "callbacks": 1, "callbacks_late": 1}
        )
        self.assertEqual(told["longest"], 120)
        self.assertEqual(told["operators"]["ready"], before["operators"]["ready"] + 1)
        self.assertEqual(told["now"], "12:02:00")

    def test_fresh_within_a_second(self):
        """A5: nothing is kept between two looks, a look is few questions, the page looks often."""
        board = self.board.sudo()
        for count in range(1, 4):
            call = self._call(phase="waiting", queued_at=NOON)
            self.env.flush_all()
            self.assertEqual(board._figures()["waiting"], count)
        call.phase = "over"
        self.env.flush_all()
        self.assertEqual(board._figures()["waiting"], 2)
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            board._figures()
        with file_open("gov_hotline_reports/static/wallboard/wallboard.js") as script:
            pause = int(re.search(r"PAUSE = (\d+)", script.read())[1])
        self.assertLessEqual(pause, 700)

    def test_cases_due_today_and_overdue(self):
        case = self._registered()
        self.env.flush_all()
        with freeze_time(f"{case.due_on} 09:00:00"):
            before = self.board.sudo()._cases()
        self._registered()
        with freeze_time(f"{case.due_on} 09:00:00"):
            self.env.flush_all()
            after = self.board.sudo()._cases()
        self.assertEqual(after[0] - before[0], 1)

    @freeze_time("2026-11-20 09:02:00")
    def test_one_line_shows_its_own(self):
        board = self._board(line_id=self.road_line.id).sudo()
        self._call(phase="waiting", queued_at=NOON)
        self.assertEqual((board._figures()["waiting"], board._figures()["longest"]), (0, None))
        self._call(phase="waiting", queued_at=NOON, line_id=self.road_line.id)
        self.assertEqual(board._figures()["waiting"], 1)

    @freeze_time("2026-11-20 09:02:00")
    def test_nothing_personal(self):
        """Neither names nor numbers of citizens and operators, whatever goes on."""
        self._call(phase="talking", phone="+79135550101", partner_id=self.citizen.id)
        self._state(self.operator, "talking", NOON, False)
        told = json.dumps(self.board.sudo()._figures(), ensure_ascii=False)
        for word in ("Иванова", "9135550101", self.operator.name):
            self.assertNotIn(word, told)

    def test_made_and_revoked_by_supervisor_and_administrator(self):
        for user in (self.supervisor, self.administrator):
            board = self._board(user)
            self.assertIn(board.secret, board.link)
            self.assertGreater(len(board.secret), 30)
            board.action_revoke()
            self.assertFalse(board.secret)
            with self.assertRaises(UserError):
                board.action_open()
        for user in (self.operator, self.officer, self.auditor, self.press, self.executor):
            with self.assertRaises(AccessError, msg=user.login):
                self._board(user)
            with self.assertRaises(AccessError, msg=user.login):
                self.board.with_user(user).action_revoke()

    def test_auditor_does_not_read_the_link(self):
        board = self.board.with_user(self.auditor)
        self.assertEqual(board.name, "Зал операторов")
        for name in ("secret", "link"):
            with self.assertRaises(AccessError, msg=name):
                board.read([name])

    def test_no_caller_sets_the_secret(self):
        board = self._board(secret="x" * 8)
        self.assertNotEqual(board.secret, "x" * 8)
        with self.assertRaises(AccessError):
            board.write({"secret": "x" * 8})

    def test_making_and_revoking_leave_their_lines(self):
        self.board.action_revoke()
        lines = self.env["hotline.journal"].search(
            [("model", "=", "hotline.wallboard"), ("res_ref", "=", self.board.id)], order="id"
        )
        self.assertEqual(lines.mapped("event"), ["wallboard_made", "wallboard_revoked"])


@tagged("post_install", "-at_install")
class TestWallboardPage(WallboardCommon, HttpCase):
    """The page for whoever has the link, without signing in."""

    def test_page_and_figures(self):
        path = f"/hotline/wallboard/{self.board.secret}"
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", page.headers["Cache-Control"])
        told = self.url_open(f"{path}/figures")
        self.assertEqual(told.status_code, 200)
        self.assertIn("waiting", told.json())

    def test_wrong_and_revoked_links_look_alike(self):
        path = f"/hotline/wallboard/{self.board.secret}"
        self.board.action_revoke()
        self.env.flush_all()
        for gone in (
            path,
            f"{path}/figures",
            "/hotline/wallboard/none",
            "/hotline/wallboard/False",
        ):
            self.assertEqual(self.url_open(gone).status_code, 404, gone)
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env.company.partner_id.lang = "ru_RU"
        self.env.flush_all()
        pages = {self.url_open(gone).text for gone in (path, "/hotline/wallboard/none")}
        [page] = pages  # in words: nobody at a screen on the wall reads «Not Found»
        self.assertIn("Ссылка табло недействительна", page)
