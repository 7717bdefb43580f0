import hashlib
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..connector.recording_sources import SOURCES, Unreachable
from ..domain import recording
from .hotline_pbx import ADMINISTRATORS
from .hotline_recording import EMPTY, MISSING, REFUSED, SOUND, STORED, WAITING

_logger = logging.getLogger(__name__)

SETTLED = timedelta(seconds=3)  # after the end of a call its file is closed
BATCH = 20
SWEPT = timedelta(days=7)  # so long back the folder is looked through
ORPHAN = timedelta(days=2)  # so long a recording may wait for its call


class HotlinePbx(models.Model):
    """From where the recordings of this exchange come. Called by the connector, as the system."""

    _inherit = "hotline.pbx"

    recordings_source = fields.Selection(
        [("folder", "Shared folder")],
        string="Recordings come by",
        groups=ADMINISTRATORS,
        help="Empty: recordings are not fetched, only told of.",
    )
    recordings_folder = fields.Char(
        string="Folder of recordings",
        groups=ADMINISTRATORS,
        help="As the connector's machine sees it: /var/spool/asterisk/monitor.",
    )
    recordings_remove = fields.Boolean(
        string="Delete in the PBX once fetched",
        groups=ADMINISTRATORS,
        help="The connector needs the right to write there.",
    )
    recordings_fault = fields.Char(
        string="Folder is not reachable", readonly=True, copy=False, groups=ADMINISTRATORS
    )
    missing_count = fields.Integer(
        string="Recordings not found", compute="_compute_missing_count", compute_sudo=True
    )

    @api.constrains("recordings_folder")
    def _check_recordings_folder(self):
        self._check_whole_path("recordings_folder")

    def _compute_missing_count(self):
        counts = dict(
            self.env["hotline.recording"]._read_group(
                [("pbx_id", "in", self.ids), ("state", "in", (MISSING, EMPTY))],
                ["pbx_id"],
                ["__count"],
            )
        )
        for pbx in self:
            pbx.missing_count = counts.get(pbx, 0)

    def action_missing_recordings(self):
        """Open the calls whose recording was not found."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_call_action")
        domain = [("recording_state", "=", MISSING), ("pbx_id", "=", self.id)]
        return {**action, "domain": domain, "path": False, "context": {}}

    def _recordings_told(self, told):
        """Write what the exchange told: [(HotlineRecording or HotlineWish, its values)]."""
        rows = [
            (name, values.get("Linkedid") or values.get("CallId"), values) for name, values in told
        ]
        for name, linkedid, values in rows:
            file = (values.get("File") or "")[:255]
            if name == "HotlineWish":
                self._add_recording(linkedid, values.get("Uniqueid"), None, REFUSED)
            elif recording.is_name(file):
                self._add_recording(linkedid, recording.uniqueid(file), file, WAITING)
            else:
                _logger.warning("PBX %s: no name of a recording: %r", self.code, file)

    def _add_recording(self, linkedid, uniqueid, file, state):
        self.env.cr.execute(
            """INSERT INTO hotline_recording (pbx_id, linkedid, uniqueid, file, state, told_at,
                           next_try_at, tries, left_role, create_uid, create_date)
               VALUES (%(pbx)s, %(linkedid)s, %(unique)s, %(file)s, %(state)s, %(now)s,
                       %(now)s, 0, 'citizen', %(user)s, %(now)s)
          ON CONFLICT DO NOTHING""",
            {
                "pbx": self.id,
                "linkedid": linkedid,
                "unique": uniqueid,
                "file": file,
                "state": state,
                "now": fields.Datetime.now(),
                "user": self.env.uid,
            },
        )

    def _source(self):
        """Return where the files are, None where nothing is fetched; note an unreachable folder."""
        make = SOURCES.get(self.recordings_source or "")
        if make is None or not self.recordings_folder:
            return None
        source, fault = make(self.recordings_folder), False
        try:
            source.check()
        except Unreachable as unreachable:
            source, fault = None, str(unreachable)
        if (self.recordings_fault or False) != fault:
            self.recordings_fault = fault
        return source

    def _due_recordings(self):
        """Find the calls of what was told, note who wanted none; return what is to be fetched."""
        self._find_calls()
        if not self._source():
            return self.env["hotline.recording"]
        now = fields.Datetime.now()
        query = SQL(
            """SELECT r.id FROM hotline_recording r JOIN hotline_call c ON c.id = r.call_id
                WHERE r.pbx_id = %s AND r.state IN ('waiting', 'missing', 'empty')
                  AND r.next_try_at <= %s AND c.phase = 'over'
                  AND COALESCE(c.ended_at, c.started_at) <= %s
                ORDER BY r.next_try_at, r.id LIMIT %s""",
            self.id, now, now - SETTLED, BATCH,
        )  # fmt: skip
        rows = self.env.execute_query(query)
        return self.env["hotline.recording"].browse(row[0] for row in rows)

    def _find_calls(self):
        """Give recordings their calls: by the number of the call, else by the channel."""
        self.env.cr.execute(
            """UPDATE hotline_recording r SET call_id = found.call_id
                 FROM (SELECT o.id, COALESCE(
                              (SELECT c.id FROM hotline_call c
                                WHERE c.pbx_id = o.pbx_id AND c.linkedid IN (o.linkedid, o.uniqueid)
                                ORDER BY c.id LIMIT 1),
                              (SELECT l.call_id FROM hotline_call_leg l
                                 JOIN hotline_call c ON c.id = l.call_id
                                WHERE c.pbx_id = o.pbx_id AND l.uniqueid = o.uniqueid
                                ORDER BY l.id LIMIT 1)) AS call_id
                         FROM hotline_recording o
                        WHERE o.pbx_id = %s AND o.call_id IS NULL) AS found
                WHERE r.id = found.id AND found.call_id IS NOT NULL""",
            [self.id],
        )
        if self.env.cr.rowcount:
            self.env.invalidate_all()
            self._note_refused()
        self._drop_orphans()

    def _note_refused(self):
        """Set «without a recording» on the calls of those who asked for it."""
        refused = self.env["hotline.recording"].search(
            [("pbx_id", "=", self.id), ("state", "=", REFUSED), ("call_id", "!=", False)]
        )
        refused.call_id.write({"no_recording": True})
        refused.unlink()

    def _drop_orphans(self):
        """Forget what belongs to no call of the hotline: colleagues among themselves."""
        self.env.cr.execute(
            "DELETE FROM hotline_recording WHERE pbx_id = %s AND call_id IS NULL AND told_at < %s",
            [self.id, fields.Datetime.now() - ORPHAN],
        )

    def _sweep_recordings(self):
        """Note the files of the folder that nobody told of: the connector was away then."""
        source = self._source()
        if not source:
            return
        since = (fields.Datetime.now() - SWEPT).date()
        names = [file for file, size in source.files(since) if not recording.is_empty(file, size)]
        known = {
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT file FROM hotline_recording WHERE pbx_id = %s AND file = ANY(%s)",
                    self.id, names,
                )
            )
        }  # fmt: skip
        for file in names:
            if file not in known:
                self._add_recording(None, recording.uniqueid(file), file, WAITING)


class HotlineRecording(models.Model):
    _inherit = "hotline.recording"

    def _fetch(self):
        """Take the file from the exchange, once its call has ended; as the system."""
        source = self and self.pbx_id._source()
        if not source or self.state in (STORED, REFUSED):
            return
        content = source.content(self.file)
        if content is None:
            self._not_there(MISSING)
        elif recording.is_empty(self.file, len(content)):
            self._not_there(EMPTY, source)
        else:
            self._store(content, source)

    def _not_there(self, state, source=None):
        """Where nobody talked there is nothing to keep; else it is a fault, looked at again."""
        if not self.call_id.answered_at:
            if source and self.pbx_id.recordings_remove:
                source.remove(self.file)
            self.unlink()
            return
        self._postpone()
        if self.tries >= recording.SHOWN_AFTER:
            self.state = state

    def _postpone(self):
        """Look again later, more and more seldom."""
        for one in self:
            now = fields.Datetime.now()
            again = now + recording.again_after(one.tries)
            given_up = recording.is_given_up(one.told_at, now)
            one.write({"tries": one.tries + 1, "next_try_at": False if given_up else again})

    def _store(self, content, source):
        try:
            sound = recording.sound(self.file, content)
        except ValueError:
            _logger.warning("Recording %s is no sound", self.file)
            self._not_there(EMPTY)
            return
        self._keep(sound.content)
        self.write(
            {
                "state": STORED,
                "stored_at": fields.Datetime.now(),
                "size": len(content),
                "seconds": sound.seconds,
                "channels": sound.channels,
                "left_role": self._left_role(),
                "sha256": hashlib.sha256(content).hexdigest(),
                "next_try_at": False,
            }
        )
        self._stored()
        if self.pbx_id.recordings_remove:
            # a file that goes before a commit that fails would be lost
            self.env.cr.postcommit.add(lambda: self._remove(source, self.file))

    def _stored(self):
        """Do what follows once the sound is there: an extension point."""

    @api.model
    def _remove(self, source, file):
        try:
            source.remove(file)
        except OSError as error:
            _logger.warning("Recording %s could not be deleted in the PBX: %s", file, error)

    def _keep(self, content):
        self.env["ir.attachment"].create(
            {
                "name": f"{self.uniqueid or self.id}.wav",
                "raw": content,
                "mimetype": "audio/wav",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": SOUND,
            }
        )

    def _left_role(self):
        """Return whose channel was recorded: that is the left one."""
        role = self.call_id.leg_ids.filtered(lambda leg: leg.uniqueid == self.uniqueid)[:1].role
        return "operator" if role in ("operator", "colleague") else "citizen"
