import logging
import re
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, config

from ..domain import transcript
from ..recogniser import process
from .hotline_pbx import ADMINISTRATORS
from .hotline_recording import STORED

_logger = logging.getLogger(__name__)

WAITING, DONE, FAILED = "waiting", "done", "failed"
STATES = [(WAITING, "In the queue"), (DONE, "Done"), (FAILED, "Failed")]
TRIES = 4
SEARCHED = 200000  # characters: a tsvector holds at most 1 MB of words
WORDS_AT_MOST = 12
FOUND_AT_MOST = 2000
VECTOR = f"to_tsvector('russian', translate(left(coalesce(text, ''), {SEARCHED}), 'ёЁ', 'еЕ'))"


class HotlineTranscript(models.Model):
    """The words of a recording with their times, made by a programme without people.

    In a table of its own: that of a case already closed may come late (practice 15).
    """

    _name = "hotline.transcript"
    _description = "Transcript"
    _order = "id"
    _rec_name = "recording_id"

    recording_id = fields.Many2one(
        "hotline.recording", required=True, readonly=True, ondelete="cascade"
    )
    call_id = fields.Many2one(
        "hotline.call", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(STATES, required=True, readonly=True, default=WAITING, index=True)
    # On no screen and no road of RPC: `transcript` of the recording gives them and notes the look.
    text = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    # [[from, until, [[at, word], …]], …], milliseconds
    lines = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    model = fields.Char(readonly=True, help="Name of the folder of the model.")
    done_at = fields.Datetime(readonly=True)
    took_seconds = fields.Integer(string="Took, s", readonly=True)
    tries = fields.Integer(readonly=True)
    fault = fields.Char(string="What went wrong", readonly=True)

    _recording_uniq = models.UniqueIndex("(recording_id)", "A recording has one transcript.")
    _words_idx = models.Index(f"USING gin ({VECTOR}) WHERE state = 'done'")

    @api.model
    def _wanted(self, recordings):
        """Put these recordings into the queue, where a model is set; as the system."""
        for recording in recordings.filtered("pbx_id.transcript_model"):
            vals = {"recording_id": recording.id, "call_id": recording.call_id.id}
            self.create(vals)._enqueue()

    def _enqueue(self, wait=0):
        for one in self:
            job = one.with_user(SUPERUSER_ID).with_delay(
                description=f"{self._description} {one.id}",
                identity_key=f"{self._name},{one.id},{one.tries}",
                eta=wait or None,
                max_retries=0,
            )
            job._transcribe()

    def _transcribe(self):
        """Recognise the words; called by the job. A failure stands in the row and is repeated."""
        self.ensure_one()
        if not self.exists() or self.state == DONE or self.recording_id.state != STORED:
            return
        began = time.monotonic()
        try:
            lines = self._recognised()
        except process.Failed as failed:
            self._fail(str(failed))
            return
        self.write(
            {
                "state": DONE,
                "lines": lines,
                "text": transcript.text(lines),
                "model": Path(self.recording_id.pbx_id.transcript_model or "").name,
                "done_at": fields.Datetime.now(),
                "took_seconds": round(time.monotonic() - began),
                "fault": False,
            }
        )

    def _recognised(self):
        pbx = self.recording_id.pbx_id
        if not pbx.transcript_model:
            raise process.Failed("no_model")
        setting = process.Setting(
            config.get("hotline_voice_python") or "",
            pbx.transcript_model,
            max(1, pbx.transcript_threads),
        )
        with tempfile.NamedTemporaryFile(prefix="hotline-talk-", suffix=".wav") as sound:
            # the file of the attachment may lie on another storage
            sound.write(self.recording_id._sound()[:1].raw or b"")
            sound.flush()
            limit = transcript.patience(self.recording_id.seconds, setting.threads)
            return process.recogniser.ask(setting, sound.name, limit)

    def _fail(self, why):
        tries = self.tries + 1
        _logger.warning("Transcript %s failed: %s", self.id, why)
        last = tries >= TRIES
        self.write({"state": FAILED, "tries": tries, "fault": why[:200]})
        if not last:
            self._enqueue(timedelta(minutes=5 * 4**tries))

    def action_again(self):
        """Put failed ones into the queue once more."""
        self.check_access("read")
        self.env["helpdesk.ticket"]._require_role("supervisor", "administrator")
        # sudo: the row is the system's; the role was checked
        failed = self.sudo().filtered(lambda one: one.state == FAILED)
        for one in failed:
            one.write({"state": WAITING, "tries": one.tries + 1})
        failed._enqueue()

    def _fault_words(self):
        code, _colon, detail = (self.fault or "").partition(": ")
        words = {
            "no_model": self.env._("no model is set"),
            "no_package": self.env._("the recogniser is not installed on the server"),
            "too_long": self.env._("it took too long"),
            "died": self.env._("the recogniser ended by itself"),
            "model": self.env._("the folder has no model that can be read"),
        }
        return words.get(code, detail or code)

    # Finding

    @api.model
    def _calls_saying(self, text):
        """Return the query of the calls in which all these words are said, as the user may read."""
        words = re.findall(r"[^\W_]+", (text or "").replace("ё", "е").replace("Ё", "Е"))
        if not words or not self.has_access("read"):
            return SQL("SELECT 0 WHERE FALSE")
        tsquery = " & ".join(words[:WORDS_AT_MOST]) + ":*"
        readable = self._search(Domain("state", "=", DONE))
        self.flush_model()
        return SQL(
            """SELECT call_id FROM hotline_transcript
                WHERE state = 'done' AND %s @@ to_tsquery('russian', %s) AND id IN %s LIMIT %s""",
            SQL(VECTOR), tsquery, readable.subselect(), FOUND_AT_MOST,
        )  # fmt: skip


class HotlineRecording(models.Model):
    _inherit = "hotline.recording"

    transcript_ids = fields.One2many("hotline.transcript", "recording_id", readonly=True)

    def _stored(self):
        done = super()._stored()
        self.env["hotline.transcript"]._wanted(self)
        return done

    def _delete_sound(self):
        self.transcript_ids.unlink()
        return super()._delete_sound()

    def _player_vals(self):
        rows = super()._player_vals()
        for row, one in zip(rows, self, strict=True):
            found = one.transcript_ids[:1]
            row["transcript"] = found.state or ""
            row["transcript_words"] = self._transcript_words(found)
        return rows

    def _transcript_words(self, found):
        words = {
            WAITING: self.env._("Transcript: in the queue"),
            DONE: self.env._("Transcript"),
            FAILED: self.env._("Transcript failed"),
        }
        return words.get(found.state, "")

    def transcript(self):
        """Return the words of one recording to who may hear it; the look is noted."""
        self.ensure_one()
        self.check_access("read")
        found = self.transcript_ids[:1]
        if found.state != DONE:
            words = self._transcript_words(found)
            fault = f"{words}: {found._fault_words()}" if found.fault else words
            return {"lines": [], "fault": fault}
        self.env["hotline.sight"]._note(self.call_id, "read")
        lines = found.sudo().lines  # sudo: the right was checked, the look is noted
        return {"lines": transcript.shown(lines or []), "fault": ""}


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    said = fields.Char(
        string="Words of the talk", store=False, search="_search_said",
        groups="gov_hotline.group_operator,gov_hotline.group_supervisor,gov_hotline.group_auditor",
    )  # fmt: skip

    def _search_said(self, operator, value):
        if operator not in ("ilike", "="):
            return NotImplemented
        return Domain("id", "in", self.env["hotline.transcript"]._calls_saying(value))

    def _talk_text(self):
        """The words of the recordings that the user may hear; the look is noted."""
        lines = [line for one in self.recording_ids for line in one.transcript()["lines"]]
        said = "\n".join(" ".join(word for _at, word in line["words"]) for line in lines)
        return said or super()._talk_text()


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    said = fields.Char(
        string="Words of the talk", store=False, search="_search_said",
        groups="gov_hotline.group_operator,gov_hotline.group_supervisor,gov_hotline.group_auditor",
    )  # fmt: skip

    def _search_said(self, operator, value):
        if operator not in ("ilike", "="):
            return NotImplemented
        calls = self.env["hotline.transcript"]._calls_saying(value)
        query = SQL(
            "SELECT ticket_id FROM hotline_call WHERE id IN (%s) AND ticket_id IS NOT NULL", calls
        )
        return Domain("id", "in", query)


class HotlinePbx(models.Model):
    _inherit = "hotline.pbx"

    transcript_model = fields.Char(
        string="Folder of the speech model",
        groups=ADMINISTRATORS,
        help="On the server, a Whisper model in the form of CTranslate2 (model.bin, config.json). "
        "Empty: talks are not put into words.",
    )
    transcript_threads = fields.Integer(
        string="Processor threads for speech",
        required=True,
        default=1,
        groups=ADMINISTRATORS,
    )
    transcript_words = fields.Char(
        string="Speech to text", compute="_compute_transcript_words", groups=ADMINISTRATORS
    )

    _transcript_threads_range = models.Constraint(
        "CHECK (transcript_threads BETWEEN 1 AND 64)", "From 1 to 64 threads."
    )

    @api.constrains("transcript_model")
    def _check_transcript_model(self):
        self._check_whole_path("transcript_model")

    @api.depends("transcript_model")
    @api.depends_context("lang")
    def _compute_transcript_words(self):
        for pbx in self:
            pbx.transcript_words = pbx._transcript_state()

    def _transcript_state(self):
        if not self.transcript_model:
            return self.env._("Off: no folder of a model is set.")
        if not process.has_model(self.transcript_model):
            return self.env._("On, but there is no model in this folder.")
        return self.env._("On.")

    def action_failed_transcripts(self):
        """Put what failed into the queue once more."""
        self.check_access("read")
        domain = [("recording_id.pbx_id", "in", self.ids), ("state", "=", FAILED)]
        # sudo: which rows; the act checks the role
        failed = self.env["hotline.transcript"].sudo().search(domain)
        self.env["helpdesk.ticket"]._require_role("supervisor", "administrator")
        failed.action_again()
