from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

REFUSED, WAITING, STORED = "refused", "waiting", "stored"
MISSING, EMPTY, DELETED = "missing", "empty", "deleted"
STATES = [
    (REFUSED, "Without a recording"),
    (WAITING, "Is being fetched"),
    (STORED, "Kept"),
    (MISSING, "Recording not found"),
    (EMPTY, "The file has no sound"),
    (DELETED, "Deleted after its term"),
]
FAULTS = (MISSING, EMPTY)
SHOWN = (WAITING, STORED, *FAULTS, DELETED)
SOUND = "sound"  # no field: the files are of this model, read by no column
DOWNLOADERS = ("officer", "supervisor", "auditor")


class HotlineRecording(models.Model):
    """The sound of a talk: a file of the exchange, fetched, its SHA-256; several of one call.

    Who may hear it is decided by the rules of this model alone; the sound goes out by `_open`
    only, each time with a line in «Who looked».
    """

    _name = "hotline.recording"
    _description = "Recording"
    _order = "told_at, id"
    _rec_name = "file"

    call_id = fields.Many2one("hotline.call", readonly=True, index=True, ondelete="cascade")
    pbx_id = fields.Many2one(
        "hotline.pbx", string="PBX", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="call_id.company_id", string="Body")
    linkedid = fields.Char(readonly=True, help="Of the call, as the exchange told it.")
    uniqueid = fields.Char(readonly=True, help="Of the channel that was recorded.")
    file = fields.Char(readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default=WAITING)
    told_at = fields.Datetime(
        string="Begun", readonly=True, required=True, default=fields.Datetime.now
    )
    next_try_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    tries = fields.Integer(readonly=True)
    stored_at = fields.Datetime(string="Fetched", readonly=True)
    deleted_on = fields.Date(readonly=True)
    size = fields.Integer(string="Size, bytes", readonly=True)
    seconds = fields.Integer(string="Length, s", readonly=True)
    channels = fields.Integer(readonly=True)
    left_role = fields.Selection(
        [("citizen", "Citizen"), ("operator", "Operator")],
        string="Left channel",
        readonly=True,
        default="citizen",
    )
    sha256 = fields.Char(string="SHA-256", readonly=True, help="Of the file of the exchange.")

    _file_uniq = models.UniqueIndex(
        "(pbx_id, file) WHERE file IS NOT NULL", "This recording is known."
    )
    _due_idx = models.Index("(pbx_id, next_try_at) WHERE state IN ('waiting', 'missing', 'empty')")
    _orphan_idx = models.Index("(pbx_id) WHERE call_id IS NULL")

    def _sound(self):
        """Return the file with the sound, as the system: its doors are closed to everybody."""
        # sudo: nobody reads these files but by the road that checks and notes it
        return self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", SOUND)],
            order="id desc",
        )  # fmt: skip

    def _open(self, *, download=False):
        """Return the stream of the sound for the current user and note it (rule of issue 5.8)."""
        self.ensure_one()
        self.check_access("read")
        if download:
            self._check_download()
        sound = self._sound()[:1]
        if self.state != STORED or not sound:
            raise UserError(self.env._("There is no sound of this recording."))
        kind = "downloaded" if download else "played"
        self.env["hotline.sight"]._note(self.call_id, kind)
        # sudo: the right was checked, the look is noted above
        stream = self.env["ir.binary"].sudo()._get_stream_from(sound)
        stream.mimetype = "audio/wav"
        stream.download_name = f"{self.call_id.number}-{self.id}.wav"
        return stream

    def _check_download(self):
        if not self._may_download():
            raise AccessError(
                self.env._("A recording is carried away by an officer or the supervisor.")
            )

    @api.model
    def _may_download(self):
        return bool(self.env["helpdesk.ticket"]._roles() & set(DOWNLOADERS))

    # What the player shows

    def _player_vals(self):
        """Return the recordings as the player shows them; times are UTC."""
        may_download = self._may_download()
        words = dict(self._fields["state"]._description_selection(self.env))
        return [
            {
                "id": one.id,
                "call_id": one.call_id.id,
                "call_number": one.call_id.number,
                "begun": fields.Datetime.to_string(one.told_at),
                "operator": one.call_id.operator_id.name or "",
                "state": one.state,
                "words": words[one.state],
                "seconds": one.seconds,
                "channels": one.channels,
                "left": one.left_role,
                "sha256": one.sha256 or "",
                "may_download": may_download,
            }
            for one in self
        ]

    def action_fetch_again(self):
        """Look for a file that was not found now, not at its next turn."""
        self.check_access("read")
        self.env["helpdesk.ticket"]._require_role("supervisor", "administrator")
        faulty = self.filtered(lambda one: one.state in FAULTS)
        # sudo: only when the connector looks again
        faulty.sudo().write({"next_try_at": fields.Datetime.now()})

    # Destruction and terms

    def _delete_sound(self):
        """Take the sound away, the line stays; as the system."""
        self._sound().unlink()
        today = self.env.company._hotline_today()
        self.write({"state": DELETED, "deleted_on": today})

    @api.ondelete(at_uninstall=False)
    def _unlink_sound(self):
        self._sound().unlink()


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    recording_ids = fields.One2many(
        "hotline.recording", "call_id", string="Recordings", readonly=True,
        groups="gov_hotline.group_operator,gov_hotline.group_supervisor,gov_hotline.group_auditor",
    )  # fmt: skip
    no_recording = fields.Boolean(
        string="Without a recording",
        readonly=True,
        copy=False,
        help="The caller asked for it before the talk.",
    )
    recording_state = fields.Selection(
        [(STORED, "Recorded"), (WAITING, "Is being fetched"), (MISSING, "Recording not found")],
        string="Recording",
        compute="_compute_recording_state",
        search="_search_recording_state",
        compute_sudo=True,
    )

    @api.depends("recording_ids.state")
    def _compute_recording_state(self):
        """The worst of its recordings: a fault is not hidden by another that is well."""
        for call in self:
            states = set(call.recording_ids.mapped("state"))
            call.recording_state = next(
                (
                    shown
                    for shown, of in ((MISSING, FAULTS), (WAITING, (WAITING,)), (STORED, (STORED,)))
                    if states & set(of)
                ),
                False,
            )

    def _search_recording_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = {MISSING: FAULTS}
        wanted = [state for one in value if one for state in states.get(one, (one,))]
        query = SQL("SELECT call_id FROM hotline_recording WHERE state = ANY(%s)", wanted)
        domain = [("id", "in", query)]
        if False in value:
            every = SQL("SELECT call_id FROM hotline_recording WHERE call_id IS NOT NULL")
            domain = ["|", ("id", "not in", every), *domain]
        return domain

    @api.readonly
    def recordings(self):
        """Return what the player shows of these calls: only what the user may hear."""
        self.check_access("read")
        Recording = self.env["hotline.recording"]
        if not self.ids or not Recording.has_access("read"):
            return []
        found = Recording.search([("call_id", "in", self.ids), ("state", "in", SHOWN)])
        return found._player_vals()


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.readonly
    def recordings(self):
        """Return what the player shows of the calls of this case."""
        self.check_access("read")
        calls = self.env["hotline.call"]
        return calls.search([("ticket_id", "in", self.ids)]).recordings() if self.ids else []


class IrAttachment(models.Model):
    """The sound is behind no door of files: neither by its id nor by an administrator's list."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        found = super()._check_access(operation)
        if self.env.su or not self:
            return found
        # sudo: whose files these are
        closed = self.browse(one.id for one in self.sudo() if one.res_model == "hotline.recording")
        if not closed:
            return found
        others = found[0] if found else self.browse()
        words = self.env._("Recordings are heard in the card of the call.")
        return closed | others, lambda: AccessError(words)
