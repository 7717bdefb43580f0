import hashlib
import io
import wave
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .recording_common import DAY, SPEECH, RecordingCommon


@tagged("post_install", "-at_install")
class TestRecordings(RecordingCommon):
    """Fetching of recordings from the folder of the exchange."""

    def test_fetched_after_the_call(self):
        """B1: the recording is kept with its SHA-256 and both channels, byte by byte."""
        recording = self._recorded()
        self.assertRecordValues(
            recording,
            [
                {
                    "state": "stored",
                    "seconds": 2,
                    "channels": 2,
                    "left_role": "citizen",
                    "size": len(SPEECH),
                    "sha256": hashlib.sha256(SPEECH).hexdigest(),
                }
            ],
        )
        content = recording._sound().raw
        self.assertEqual(content[44:], SPEECH)
        with wave.open(io.BytesIO(content)) as sound:
            self.assertEqual((sound.getnchannels(), sound.getframerate()), (2, 8000))
        self.assertEqual(recording.call_id.recording_state, "stored")

    def test_not_while_the_call_goes_on(self):
        call = self._talk()
        self._tell(call, self._file(call))
        self._fetch()
        self.assertEqual(call.recording_ids.state, "waiting")

    def test_told_twice_is_one(self):
        call = self._ended()
        for _time in range(2):
            self._tell(call, self._file(call))
        self._fetch()
        self._fetch()
        self.assertEqual(len(call.recording_ids), 1)
        self.assertEqual(len(call.recording_ids._sound()), 1)

    def test_several_of_a_call(self):
        """After a transfer a second channel is recorded: it is found by its leg."""
        recording = self._recorded()
        call = recording.call_id
        leg = self._leg(call, "operator", "second.7")
        name = f"{DAY}/second.7.raw"
        (self.folder / name).write_bytes(SPEECH)
        told = {"CallId": "second.7", "Linkedid": "second.7", "File": name}
        self.pbx._recordings_told([("HotlineRecording", told)])
        self._fetch()
        self.assertEqual(call.recording_ids.mapped("state"), ["stored", "stored"])
        self.assertEqual(call.recording_ids[1].uniqueid, leg.uniqueid)
        self.assertEqual(call.recording_ids[1].left_role, "operator")

    def test_nothing_of_an_abandoned_call(self):
        for content in (b"", None):
            call = self._ended(answered_at=False, fate="abandoned")
            self._tell(call, self._file(call, content))
            self._fetch()
            self.assertFalse(call.recording_ids)
            self.assertFalse(call.recording_state)

    def test_header_alone_is_no_sound(self):
        call = self._ended(answered_at=False, fate="abandoned")
        self._tell(call, self._file(call, b"R" * 44, "wav"))
        self._fetch()
        self.assertFalse(call.recording_ids)

    def test_a_missing_file_is_a_fault_and_comes_late(self):
        """B1: a missing file stands in the call and at the PBX; it is looked for again."""
        call = self._ended()
        name = self._file(call, None)
        self._tell(call, name)
        for _try in range(2):
            self._fetch()
            call.recording_ids.next_try_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(call.recording_ids.state, "missing")
        self.assertEqual(call.recording_state, "missing")
        self.assertEqual(self.pbx.missing_count, 1)
        found = self.env["hotline.call"].search([("recording_state", "=", "missing")])
        self.assertIn(call, found)
        self._file(call)
        call.recording_ids.with_user(self.supervisor).action_fetch_again()
        with self.assertRaises(AccessError):
            call.recording_ids.with_user(self.operator).action_fetch_again()
        self._fetch()
        self.assertEqual(call.recording_ids.state, "stored")
        self.assertEqual(self.pbx.missing_count, 0)

    def test_an_empty_file_of_a_talk_is_a_fault(self):
        call = self._ended()
        self._tell(call, self._file(call, b""))
        for _try in range(2):
            self._fetch()
            call.recording_ids.next_try_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(call.recording_ids.state, "empty")
        self.assertEqual(call.recording_state, "missing")

    def test_found_by_a_sweep(self):
        """B1: nobody told of the file, no connector ran: the sweep finds it."""
        call = self._ended()
        today = fields.Date.today().strftime("%Y/%m/%d")
        (self.folder / today).mkdir(parents=True, exist_ok=True)
        (self.folder / today / f"{call.linkedid}.raw").write_bytes(SPEECH)
        for _time in range(2):
            self.pbx._sweep_recordings()
            self._fetch()
        self.assertEqual(call.recording_ids.mapped("state"), ["stored"])

    def test_folder_away(self):
        call = self._ended()
        self._tell(call, self._file(call))
        self.pbx.recordings_folder = str(self.folder / "away")
        self._fetch()
        self.assertTrue(self.pbx.recordings_fault)
        self.assertEqual((call.recording_ids.state, call.recording_ids.tries), ("waiting", 0))
        self.pbx.recordings_folder = str(self.folder)
        self._fetch()
        self.assertFalse(self.pbx.recordings_fault)
        self.assertEqual(call.recording_ids.state, "stored")

    @mute_logger("odoo.addons.gov_hotline_telephony.models.hotline_recording_fetch")
    def test_no_way_out_of_the_folder(self):
        secret = self.folder / "secret.raw"
        secret.write_bytes(SPEECH)
        call = self._ended()
        (self.folder / DAY / f"{call.linkedid}.raw").symlink_to(secret)
        for name in ("../secret.raw", "/etc/passwd", f"{DAY}/../../../secret.raw"):
            self._tell(call, name)
            self.assertFalse(self.env["hotline.recording"].search([("file", "=", name)]))
        self._tell(call, f"{DAY}/{call.linkedid}.raw")
        self._fetch()
        self.assertNotEqual(call.recording_ids.state, "stored")

    def test_deleted_in_the_pbx_once_kept(self):
        self.pbx.recordings_remove = True
        call = self._ended()
        name = self._file(call)
        self._tell(call, name)
        self._fetch()
        self.assertTrue((self.folder / name).exists())
        self.env.cr.postcommit.run()
        self.assertFalse((self.folder / name).exists())

    def test_without_a_recording(self):
        """The wish stands in the call; by hand nobody sets it."""
        call = self._talk()
        told = {"CallId": call.linkedid, "Linkedid": call.linkedid, "Uniqueid": call.linkedid}
        self.pbx._recordings_told([("HotlineWish", told)])
        self._fetch()
        self.assertTrue(call.no_recording)
        self.assertFalse(call.recording_ids)
        with self.assertRaises(AccessError):
            call.with_user(self.operator).write({"no_recording": False})


@tagged("post_install", "-at_install")
class TestRecordingTerms(RecordingCommon):
    """How long recordings are kept (practice 19), and what keeps them longer."""

    def _old(self, years, **vals):
        recording = self._recorded()
        day = fields.Datetime.now() - timedelta(days=365 * years + 40)
        recording.call_id.write({"started_at": day, "ended_at": day, **vals})
        self.env.flush_all()
        return recording

    def _run(self):
        self.env["hotline.recording"]._cron_retention()
        self.env.invalidate_all()

    def test_one_year_without_an_appeal(self):
        """Practice 19: after a year the sound is gone, the line and the journal tell of it."""
        over, runs = self._old(1), self._recorded()
        self._run()
        self.assertEqual((over.state, runs.state), ("deleted", "stored"))
        self.assertFalse(over._sound())
        self.assertTrue(runs._sound())
        told = self.env["hotline.journal"].search(
            [("event", "=", "recording_deleted"), ("res_ref", "=", over.call_id.id)]
        )
        self.assertIn(over.sha256, told.payload)

    def test_five_years_with_an_appeal(self):
        """Practice 19: from the closing of the appeal; one in work keeps its recordings."""
        case = self._registered()
        open_case = self._old(6, ticket_id=case.id)
        closed = self._closed()
        young = self._old(6, ticket_id=closed.id)
        self._run()
        self.assertEqual((open_case.state, young.state), ("stored", "stored"))
        self.env.cr.execute("SELECT set_config('hotline.permit', %s, true)", [str(closed.id)])
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET closed_on = closed_on - 2200 WHERE id = %s", [closed.id]
        )
        self.env.cr.execute("SELECT set_config('hotline.permit', '', true)")
        self._run()
        self.assertEqual((open_case.state, young.state), ("stored", "deleted"))

    def test_held(self):
        """«Do not delete»: of the supervisor with a reason, of an emergency; journalled."""
        emergency = self._old(2)
        emergency.call_id.hold_recording = True
        marked = self._old(2)
        action = marked.call_id.with_user(self.supervisor).action_place_hold()
        hold = (
            self.env["hotline.hold"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
            .create({"reason": "Спор с управляющей компанией"})
        )
        self._run()
        self.assertEqual((emergency.state, marked.state), ("stored", "stored"))
        journal = self.env["hotline.journal"].search(
            [("event", "=", "hold_placed"), ("res_ref", "=", marked.call_id.id)]
        )
        self.assertTrue(journal)
        hold.lift_reason = "Спор окончен решением суда"
        hold.action_lift()
        self._run()
        self.assertEqual(marked.state, "deleted")

    def test_the_window_of_the_mark_speaks_as_what_opened_it(self):
        """«Do not delete» beside a recording, «Do not destroy» on the card, in title and button."""
        call = self._old(2).call_id.with_user(self.supervisor)
        for of_recording, words in ((False, "Do not destroy"), (True, "Do not delete")):
            with self.subTest(words):
                told = call.with_context(lang="en_US", of_recording=of_recording)
                action = told.action_place_hold()
                self.assertEqual(action["name"], words)
                holds = self.env["hotline.hold"].with_user(self.supervisor)
                arch = holds.with_context(lang="en_US").get_view(action["views"][0][0])["arch"]
                context = action["context"]
                shown = [
                    button.get("string")
                    for button in etree.fromstring(arch).iter("button")
                    if button.get("special") == "save"
                    and not safe_eval(button.get("invisible", "False"), {"context": context})
                ]
                self.assertEqual(shown, [words])

    def test_goes_with_the_case(self):
        """The act of destruction takes recordings and their files with the case's calls."""
        closed = self._closed()
        recording = self._recorded()
        recording.call_id.ticket_id = closed
        recording.call_id.started_at = closed.closed_date - timedelta(minutes=5)
        self.env.flush_all()
        files = recording._sound()
        found = self.env(su=True)["hotline.case.graph"]._collect(closed)
        self.assertIn(recording.id, found["hotline.recording"])
        self.assertLessEqual(set(files.ids), found["ir.attachment"])
        self.assertFalse(self.env["hotline.case.graph"]._undeclared())
