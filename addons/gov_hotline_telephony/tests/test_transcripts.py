from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from ..recogniser import process
from .recording_common import RecordingCommon

TOLD = "odoo.addons.gov_hotline_telephony.models.hotline_transcript"
LINES = [
    [0, 1500, [[0, " Батареи"], [700, " холодные"]]],
    [2000, 4000, [[2000, " третью"], [2600, " неделю"]]],
]


@tagged("post_install", "-at_install")
class TestTranscripts(RecordingCommon):
    """X7: talks in words, found in Russian, read by those who may hear them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pbx.transcript_model = "/srv/whisper-base"

    def _recognising(self, answer):
        failed = isinstance(answer, Exception)
        kept = {"side_effect": answer} if failed else {"return_value": answer}
        return patch.object(process.recogniser, "ask", **kept)

    def _transcribed(self, user=None, answer=None, **vals):
        with trap_jobs() as jobs:
            recording = self._recorded(user, **vals)
            with self._recognising(answer or LINES):
                jobs.perform_enqueued_jobs()
        self.env.flush_all()
        return recording.transcript_ids

    def test_words_and_times(self):
        transcript = self._transcribed()
        self.assertEqual(transcript.state, "done")
        self.assertEqual(transcript.text, "Батареи холодные\nтретью неделю")
        mine = transcript.recording_id.with_user(self.operator)
        [row] = mine.call_id.recordings()
        self.assertEqual(row["transcript"], "done")
        shown = mine.transcript()
        self.assertEqual(shown["lines"][1]["words"][0], [2.0, " третью"])
        self.assertIn("read", self._looks(mine.call_id, self.operator))

    def test_off_without_a_model(self):
        self.pbx.transcript_model = False
        with trap_jobs() as jobs:
            recording = self._recorded()
            jobs.assert_jobs_count(0)
        self.assertFalse(recording.transcript_ids)
        pbx = self.pbx.with_context(lang="ru_RU")
        self.assertIn("Выключено", pbx.transcript_words)
        self.pbx.transcript_model = "/nowhere"
        self.assertIn("нет модели", pbx.transcript_words)

    def test_own_channel(self):
        with trap_jobs() as jobs:
            self._recorded()
            job = jobs.enqueued_jobs[0]
        self.assertEqual(job.channel or job.job_config.channel, "root.hotline_transcript")

    def test_found_in_russian(self):
        """X7: by any form of the words, in calls and in cases, by whom may hear the talk alone."""
        transcript = self._transcribed()
        case = self._registered()
        transcript.call_id.ticket_id = case
        self.env.flush_all()
        for words, is_found in (("холодных батарей", True), ("недели", True), ("крыша", False)):
            for user in (self.operator, self.supervisor, self.auditor):
                calls = self.env["hotline.call"].with_user(user).search([("said", "ilike", words)])
                cases = self.env["helpdesk.ticket"].with_user(user)
                with self.subTest(words=words, user=user.login):
                    self.assertEqual(calls == transcript.call_id, is_found)
                    self.assertEqual(case in cases.search([("said", "ilike", words)]), is_found)
        for text in (" ", "& | !", "'); DROP"):
            self.assertFalse(self.env["hotline.call"].search([("said", "ilike", text)]))
        stranger = self.env["hotline.call"].with_user(self.second)
        self.assertFalse(stranger.search([("said", "ilike", "холодные")]))

    def test_rights_of_the_recording(self):
        transcript = self._transcribed()
        for user in (self.second, self.officer, self.administrator, self.approver, self.press):
            with self.subTest(user.login), self.assertRaises(AccessError):
                transcript.with_user(user).read(["state"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                transcript.recording_id.with_user(user).transcript()
        self.assertEqual(transcript.with_user(self.auditor).state, "done")
        for user in (self.operator, self.auditor):  # the words by the road that notes it alone
            for name in ("text", "lines"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    transcript.with_user(user).read([name])

    def test_words_of_a_talk_for_those_who_may_hear(self):
        """C3: what was said is given for a draft to the listener alone, and the look is noted."""
        call = self._transcribed().recording_id.call_id
        self.assertEqual(
            call.with_user(self.operator)._talk_text(), " Батареи  холодные\n третью  неделю"
        )
        self.assertIn("read", self._looks(call, self.operator))
        for user in (self.second, self.officer):
            self.env.invalidate_all()  # what somebody else may see is not in this one's request
            with self.subTest(user.login):
                self.assertFalse(call.with_user(user)._talk_text())

    @mute_logger(TOLD)
    def test_failures_are_seen_and_repeated(self):
        transcript = self._transcribed(answer=process.Failed("too_long"))
        self.assertEqual((transcript.state, transcript.tries), ("failed", 1))
        shown = transcript.recording_id.with_user(self.operator).with_context(lang="ru_RU")
        self.assertIn("слишком долго", shown.transcript()["fault"])
        with trap_jobs() as jobs, self._recognising(LINES):
            transcript.with_user(self.supervisor).action_again()
            jobs.perform_enqueued_jobs()
        self.assertEqual(transcript.state, "done")
        with self.assertRaises(AccessError):
            transcript.with_user(self.operator).action_again()

    @mute_logger(TOLD)
    def test_repeated_by_itself(self):
        with trap_jobs() as jobs:
            self._recorded()
            with self._recognising(process.Failed("died")):
                jobs.perform_enqueued_jobs()
            self.assertEqual(len(jobs.enqueued_jobs), 1)
            self.assertGreater(jobs.enqueued_jobs[0].eta, fields.Datetime.now())

    def test_late_for_a_closed_case(self):
        """Practice 15: a recording and a transcript that come after the closing are taken."""
        closed = self._closed()
        call = self._ended(ticket_id=closed.id)
        self._tell(call, self._file(call))
        with trap_jobs() as jobs:
            self._fetch()
            with self._recognising(LINES):
                jobs.perform_enqueued_jobs()
        self.env.flush_all()
        self.assertEqual(call.recording_ids.transcript_ids.state, "done")
        self.assertEqual(closed.with_user(self.supervisor).recordings()[0]["transcript"], "done")

    def test_goes_with_the_sound(self):
        transcript = self._transcribed()
        day = fields.Datetime.now() - timedelta(days=500)
        transcript.call_id.write({"started_at": day, "ended_at": day})
        self.env.flush_all()
        recording = transcript.recording_id
        self.env["hotline.recording"]._cron_retention()
        self.assertEqual(recording.state, "deleted")
        self.assertFalse(transcript.exists())
