import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..connector.reconciler import Reconciliation
from .books import Books
from .common_calls import BEGAN, CallsCommon, abandoned, over, talking, waiting

LATER = BEGAN + 1000


class ReconciliationCommon(CallsCommon):
    """A PBX whose books lie in a folder of the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(tempfile.mkdtemp(prefix="hotline-books-"))
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.folder = folder

    def setUp(self):
        super().setUp()
        self.books = Books(Path(tempfile.mkdtemp(dir=self.folder)))
        self.pbx.write({"ledger_folder": str(self.books.folder), "ledger_since": "2020-01-01"})

    def _reconcile(self, now=LATER):
        """Reconcile as the connector does; return what was noted, if anything."""
        self.env.flush_all()
        notes = self.env["hotline.reconciliation"]
        last = notes.search([], limit=1)
        self.assertEqual(Reconciliation(self.env(su=True), self.pbx.id, now).run(), "ok")
        return notes.search([("id", ">", last.id or 0)])

    def _counts(self, note):
        return note.total, note.matched, note.added, note.corrected, note.failed, note.left


@tagged("post_install", "-at_install")
class TestReconciliation(ReconciliationCommon):
    def test_a_call_nobody_heard_is_added(self):
        """X8: it looks like any other: citizen, operator, times, talk; and it says what it is."""
        self.books.answered(BEGAN)
        note = self._reconcile()
        self.assertEqual(self._counts(note), (1, 0, 1, 0, 0, 0))
        self.assertRecordValues(
            self._call(),
            [
                {
                    "source": "pbx",
                    "restored": True,
                    "direction": "in",
                    "phone": "+79135550101",
                    "partner_id": self.citizen.id,
                    "queue_id": self.queue.id,
                    "line_id": self.line.id,
                    "operator_id": self.operator.id,
                    "phase": "over",
                    "fate": "answered",
                    "state": "open",
                    "talk_seconds": 60,
                    "wait_seconds": 2,
                    "ended_by": "citizen",
                }
            ],
        )
        self.assertEqual(len(self._call().leg_ids), 2)
        self.assertEqual(note.line_ids.call_id, self._call())

    def test_twice_is_once(self):
        """X8: nothing is done to what was done; nothing is noted of nothing."""
        self.books.answered(BEGAN)
        self.books.abandoned(BEGAN + 100, "2.1")
        self._reconcile()
        before = self.env["hotline.call"].search_count([])
        self.assertFalse(self._reconcile())
        # Also when the place is forgotten and all is read anew
        self.env["hotline.pbx.ledger"].search([]).state = False
        self.assertEqual(self._counts(self._reconcile()), (2, 2, 0, 0, 0, 0))
        self.assertEqual(self.env["hotline.call"].search_count([]), before)

    def test_a_call_that_agrees_is_left_alone(self):
        self._write(over())
        self.books.answered(BEGAN)
        self.env.cr.execute("UPDATE hotline_call SET write_date = '2020-01-01'")
        self.env.invalidate_all()
        self.assertEqual(self._counts(self._reconcile()), (1, 1, 0, 0, 0, 0))
        self.assertEqual(str(self._call().write_date), "2020-01-01 00:00:00")
        self.assertFalse(self._call().restored)

    def test_who_gave_up_unseen_is_added_and_closed(self):
        self.books.abandoned(BEGAN)
        self._reconcile()
        call = self._call()
        self.assertEqual((call.fate, call.state, call.wait_seconds), ("abandoned", "closed", 7))
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_abandoned"))

    def test_a_wrong_fate_is_corrected_and_said(self):
        """X8: what was, what is; the system's own disposition goes with its fate."""
        cut = replace(abandoned(), fate="cut", ended_by="", unknown_from=BEGAN + 2)
        self._write(replace(cut, unknown_until=BEGAN + 8))
        self.assertEqual(
            self._call().disposition_id, self.env.ref("gov_hotline.disposition_dropped")
        )
        self.books.abandoned(BEGAN)
        note = self._reconcile()
        self.assertEqual(self._counts(note), (1, 0, 0, 1, 0, 0))
        call = self._call()
        self.assertEqual(
            (call.fate, call.unknown_from, call.unknown_until), ("abandoned", False, False)
        )
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_abandoned"))
        words = note.line_ids.with_context(lang="ru_RU").words
        self.assertIn("было «Прервано сбоем АТС», стало", words)

    def test_how_long_was_waited_is_corrected(self):
        """X8: the next connector saw the end when it came; the books know when it was."""
        cut = replace(abandoned(), fate="cut", ended=BEGAN + 60, wait=60.0, ring=59.0, ended_by="")
        self._write(replace(cut, unknown_from=BEGAN + 2, unknown_until=BEGAN + 60))
        self.books.abandoned(BEGAN)
        self._reconcile()
        call = self._call()
        self.assertEqual((call.ended_at - call.started_at).total_seconds(), 8)
        self.assertEqual((call.wait_seconds, call.ring_seconds), (7, 7))

    def test_what_people_entered_stays(self):
        """X8: question, disposition, case and who wrote them are the operator's."""
        self._write(replace(over(), phase="over", talk=1.0, unknown_from=BEGAN + 4))
        call = self._call()
        done = self.env.ref("gov_hotline.disposition_wrong_number")
        call.with_user(self.operator).write({"question": "Холодные батареи"})
        call.with_user(self.operator).write({"disposition_id": done.id, "group": done.group})
        self.books.abandoned(BEGAN)
        self._reconcile()
        self.assertRecordValues(
            call,
            [
                {
                    "question": "Холодные батареи",
                    "disposition_id": done.id,
                    "operator_id": self.operator.id,
                    "fate": "abandoned",
                }
            ],
        )

    def test_a_disposition_chosen_by_a_person_stays(self):
        self._write(replace(abandoned(), fate="cut"))
        call = self._call()
        call.with_user(self.supervisor).disposition_id = self.env.ref(
            "gov_hotline.disposition_not_reached"
        )
        self.env.flush_all()
        self.books.abandoned(BEGAN)
        self._reconcile()
        self.assertEqual(call.fate, "abandoned")
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_not_reached"))

    def test_a_call_left_open_is_closed(self):
        """X8: the connector died in the talk; the books know how it ended."""
        self._write(talking())
        self.books.answered(BEGAN)
        self._reconcile()
        call = self._call()
        self.assertEqual((call.phase, call.fate, call.talk_seconds), ("over", "answered", 60))
        self.assertEqual(call.leg_ids.mapped("ended_at") and call.state, "open")
        self.assertFalse(call.leg_ids.filtered(lambda leg: not leg.ended_at))

    def test_what_goes_on_is_left(self):
        self.books.talks(BEGAN)
        self.assertFalse(self._reconcile(BEGAN + 60))
        self.assertFalse(self._call())
        self.books.abandoned(BEGAN + 5, "2.1")
        note = self._reconcile(BEGAN + 60)
        self.assertEqual(self._counts(note), (1, 0, 1, 0, 0, 1))

    def test_the_end_of_the_pbx_is_the_end_of_its_calls(self):
        """X8: «прервано сбоем АТС», at the moment the PBX was started again."""
        self._write(talking())
        self.books.talks(BEGAN)
        self.books.rings(BEGAN + 2, "2.1")
        self.books.started(BEGAN + 90)
        self._reconcile()
        talk, waited = self._call(), self._call("2.1")
        for call in (talk, waited):
            self.assertEqual((call.fate, call.phase, call.ended_by), ("cut", "over", False))
            self.assertEqual(call.ended_at.timestamp() % 60, (BEGAN + 90) % 60)
        self.assertEqual((talk.state, talk.operator_id), ("open", self.operator))
        self.assertEqual(waited.state, "closed")

    def test_the_live_connector_no_longer_changes_what_is_settled(self):
        self._write(talking())
        self.books.answered(BEGAN)
        self._reconcile()
        self._write(replace(over(), fate="cut", unknown_from=BEGAN, talk=0.0))
        call = self._call()
        self.assertEqual((call.fate, call.talk_seconds, call.unknown_from), ("answered", 60, False))

    def test_calls_before_the_hotline_came_are_not_its_calls(self):
        self.pbx.ledger_since = "2026-11-22"
        self.books.answered(BEGAN)
        self.assertFalse(self._reconcile())
        self.assertFalse(self._call())

    def test_files_that_are_rotated_are_read_to_their_end(self):
        """X8: renamed by the rotation of logs in the middle of a call."""
        self.books.talks(BEGAN)
        self._reconcile(BEGAN + 20)
        self.books.cel.rename(self.books.cel.with_name("hotline.csv.1"))
        self.books.abandoned(BEGAN + 30, "2.1")
        self.books.cel, new = self.books.cel.with_name("hotline.csv.1"), self.books.cel
        asked = {"hangupcause": 16, "hangupsource": "PJSIP/trunk-1"}
        for channel in "12":
            self.books.note(BEGAN + 25, "HANGUP", channel, extra=asked)
        self.books.note(BEGAN + 25, "LINKEDID_END", "1")
        self.books.cel = new
        note = self._reconcile()
        self.assertEqual((note.added, note.lost), (2, False))
        self.books.cel.unlink()
        self.books.abandoned(BEGAN + 40, "3.1")
        note = self._reconcile()
        self.assertEqual((note.added, note.lost), (1, True))

    def test_half_a_line_waits_for_its_other_half(self):
        self.books.answered(BEGAN)
        whole = self.books.cel.read_bytes()
        self.books.cel.write_bytes(whole[:-20])
        self.assertEqual(self._reconcile().added, 1)  # every telephone had hung up already
        with self.books.cel.open("ab") as stream:
            stream.write(whole[-20:])
        self.assertFalse(self._reconcile().faulty)

    def test_a_call_that_cannot_be_written_is_kept_and_said(self):
        """The others are written; its lines are read again the next time."""
        self.books.answered(BEGAN)
        self.books.abandoned(BEGAN + 100, "2.1")
        self.env.cr.execute(
            "ALTER TABLE hotline_call ADD CONSTRAINT no_two CHECK (linkedid != '2.1')"
        )
        with (
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.gov_hotline_telephony.connector.writer", "ERROR"),
        ):
            note = self._reconcile()
        self.assertEqual(self._counts(note), (2, 0, 1, 0, 1, 0))
        self.env.cr.execute("ALTER TABLE hotline_call DROP CONSTRAINT no_two")
        self.assertEqual(self._reconcile().added, 1)
        self.assertTrue(self._call("2.1"))

    def test_a_dialling_the_pbx_never_heard_of_is_ended(self):
        """The connector died with it: nobody sends it again, and it does not ring for ever."""
        call = self.env["hotline.call"].create(
            {
                "direction": "out",
                "source": "pbx",
                "phone": "+79135550101",
                "pbx_id": self.pbx.id,
                "linkedid": "click-1",
                "phase": "ringing",
                "started_at": "2026-11-21 21:05:11",
            }
        )
        command = self.env["hotline.pbx.command"].create(
            {
                "pbx_id": self.pbx.id,
                "kind": "originate",
                "payload": {},
                "call_id": call.id,
                "user_id": self.operator.id,
                "state": "sent",
                "sent_at": "2026-11-21 21:05:11",
            }
        )
        self.books.talks(BEGAN + 10)
        self.assertFalse(self._reconcile(BEGAN + 30))  # it is under way yet
        command._finish("unknown", "restarted")
        note = self._reconcile(BEGAN + 31)
        self.assertEqual((call.phase, call.fate, note.corrected), ("over", "cut", 1))

    def test_telephones_among_colleagues_are_no_calls(self):
        for kind, app in (("CHAN_START", ""), ("ANSWER", "AppDial2"), ("HANGUP", "AppDial2")):
            self.books.note(BEGAN, kind, "2", "5.2", app=app)
        self.books.note(BEGAN, "LINKEDID_END", "2", "5.2")
        self.assertFalse(self._reconcile())

    def test_a_folder_that_cannot_be_read_is_said(self):
        self.pbx.ledger_folder = "/nowhere/at/all"
        told = Reconciliation(self.env(su=True), self.pbx.id, LATER).run()
        self.assertEqual(told, "no_folder")
        self.assertFalse(self.pbx.ledger_is_well)
        words = self.pbx.with_context(lang="ru_RU").ledger_words
        self.assertIn("не может прочитать", words)

    def test_health_says_when_and_what(self):
        """X8: the administrator sees on the PBX's form how the last one ended."""
        self.assertFalse(self.pbx.ledger_is_well)
        self.books.answered(BEGAN)
        self._reconcile()
        self.pbx.invalidate_recordset()
        self.assertTrue(self.pbx.ledger_is_well)
        self.assertIn("добавлено 1", self.pbx.with_context(lang="ru_RU").ledger_words)
        place = self.env["hotline.pbx.ledger"].search([("pbx_id", "=", self.pbx.id)])
        place.checked_at = "2020-01-01"
        self.pbx.invalidate_recordset()
        self.assertFalse(self.pbx.ledger_is_well)

    def test_it_is_called_by_its_moment_as_people_write_it(self):
        self.books.answered(BEGAN)
        self._reconcile()
        made = self.env["hotline.reconciliation"].search([("pbx_id", "=", self.pbx.id)], limit=1)
        name = made.with_context(lang="ru_RU", tz="Europe/Moscow").display_name
        self.assertRegex(name, r"^\d\d\.\d\d\.\d{4} \d\d:\d\d")

    def test_a_hook_hears_what_was_added_or_ended_otherwise(self):
        heard = []
        model = type(self.env["hotline.call"])
        self.patch(
            model,
            "_reconciled",
            lambda calls, added: heard.append((calls.mapped("linkedid"), added)),
        )
        self._write(replace(waiting(), linkedid="2.1"))
        self.books.answered(BEGAN)
        self.books.abandoned(BEGAN, "2.1")
        self._reconcile()
        self.assertEqual(heard, [(["1.1"], True), (["2.1"], False)])


@tagged("post_install", "-at_install")
class TestReconciliationRights(ReconciliationCommon):
    def test_who_sees_it(self):
        """X8: administrator, supervisor and auditor see it; an operator does not; nobody writes."""
        self.books.answered(BEGAN)
        note = self._reconcile()
        for user in (self.administrator, self.supervisor, self.auditor):
            seen = note.with_user(user)
            self.assertEqual(seen.added, 1)
            self.assertTrue(seen.line_ids.words)
            with self.assertRaises(AccessError):
                seen.write({"added": 2})
        with self.assertRaises(AccessError):
            note.with_user(self.operator).read(["added"])

    def test_the_place_is_on_nobodys_screen(self):
        self._reconcile()
        for user in (self.administrator, self.supervisor, self.auditor):
            with self.assertRaises(AccessError):
                self.env["hotline.pbx.ledger"].with_user(user).search_read([])

    def test_the_button_asks_the_connector(self):
        self.patch(type(self.env["hotline.pbx"]), "_is_served", lambda _self: True)
        for user in (self.administrator, self.supervisor):
            self.pbx.with_user(user).action_reconcile()
        asked = self.env["hotline.pbx.command"].search([("kind", "=", "reconcile")])
        self.assertEqual(asked.user_id, self.administrator | self.supervisor)
        for user in (self.operator, self.auditor):
            with self.assertRaises(AccessError):
                self.pbx.with_user(user).action_reconcile()

    def test_the_button_says_what_is_missing(self):
        with self.assertRaises(UserError):
            self.pbx.with_user(self.supervisor).action_reconcile()  # nobody serves
        self.pbx.ledger_folder = False
        with self.assertRaises(UserError):
            self.pbx.with_user(self.supervisor).action_reconcile()

    def test_the_folder_is_a_whole_path(self):
        with self.assertRaises(ValidationError):
            self.pbx.ledger_folder = "logs"

    def test_the_first_folder_begins_the_books(self):
        """What ended before the hotline came is not looked for."""
        pbx = self.env["hotline.pbx"].create({"name": "АТС 2", "code": "second"})
        self.assertFalse(pbx.ledger_since)
        pbx.ledger_folder = "/var/log/asterisk"
        since = pbx.ledger_since
        self.assertTrue(since)
        pbx.ledger_folder = "/mnt/asterisk"
        self.assertEqual(pbx.ledger_since, since)

    def test_nobody_marks_a_call_by_hand(self):
        self.books.answered(BEGAN)
        self._reconcile()
        with self.assertRaises(AccessError):
            self._call().with_user(self.supervisor).restored = False
