import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from odoo import fields

from .phone_common import PhoneCommon

DAY = "2026/11/21"
SPEECH = b"\x01\x00\x02\x00" * 16000  # two seconds, left and right


class RecordingCommon(PhoneCommon):
    """A PBX whose recordings lie in a folder; calls that have ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pbx.recordings_source = "folder"

    def setUp(self):
        super().setUp()
        self.folder = Path(tempfile.mkdtemp(prefix="hotline-recordings-"))
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / DAY).mkdir(parents=True)
        self.pbx.recordings_folder = str(self.folder)

    def _ended(self, user=None, **vals):
        ended = fields.Datetime.now() - timedelta(minutes=1)
        facts = {"phase": "over", "fate": "answered", "ended_at": ended}
        call = self._talk(user, **{**facts, **vals})
        if not call.answered_at:
            call.leg_ids.answered_at = False
        return call

    def _file(self, call, content=SPEECH, suffix="raw"):
        """Lay the file of a call into the folder; return its name."""
        name = f"{DAY}/{call.linkedid}.{suffix}"
        if content is not None:
            (self.folder / name).write_bytes(content)
        return name

    def _tell(self, call, name):
        values = {"CallId": call.linkedid, "Linkedid": call.linkedid, "File": name}
        self.pbx._recordings_told([("HotlineRecording", values)])

    def _fetch(self):
        """Do what the connector does every two seconds."""
        self.env.flush_all()
        for recording in self.pbx._due_recordings():
            recording._fetch()
        self.env.flush_all()
        self.env.invalidate_all()

    def _recorded(self, user=None, content=SPEECH, **vals):
        """Return the recording of a call that has ended, fetched."""
        call = self._ended(user, **vals)
        self._tell(call, self._file(call, content))
        self._fetch()
        return call.recording_ids

    def _looks(self, call, user):
        found = self.env["hotline.sight"].search(
            [("model", "=", "hotline.call"), ("res_ref", "=", call.id), ("user_ref", "=", user.id)]
        )
        return found.mapped("kind")
