import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import commands

TOLD = "gov_hotline.command"
WAITS = timedelta(seconds=30)  # a command nobody took by then is not carried out later
LOST = timedelta(minutes=10)  # a telephone rings two minutes at most
HISTORY = timedelta(days=1)
KEPT = timedelta(days=30)
DIALLING = 0x484C5044  # "HLPD": our locks among all advisory locks of the database

KINDS = [
    ("originate", "Dial"),
    ("hangup", "Hang up"),
    ("blind", "Transfer at once"),
    ("attended", "Transfer after a word"),
    ("complete", "Complete the transfer"),
    ("cancel", "Take the transfer back"),
    ("hold", "Hold"),
    ("unhold", "Take off hold"),
    ("conference", "Conference"),
    ("listen", "Listen in"),
    ("whisper", "Prompt the operator"),
    ("barge", "Join the talk"),
    ("queue_add", "Come on the line"),
    ("queue_remove", "Leave the line"),
    ("pause", "Pause"),
    ("unpause", "End of the pause"),
    ("check", "Check"),
    ("extensions", "List of extensions"),
    ("reconcile", "Reconciliation"),
]
STATES = [
    ("new", "Waits"),
    ("sent", "Sent"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("unknown", "Fate unknown"),
]


class HotlinePbxCommand(models.Model):
    """An act asked of the PBX: made by a screen, carried out once by the connector, or never."""

    _name = "hotline.pbx.command"
    _description = "Command to the PBX"
    _order = "id desc"
    _rec_name = "kind"

    pbx_id = fields.Many2one(
        "hotline.pbx", string="PBX", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pbx_id.company_id", store=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    payload = fields.Json(readonly=True, groups=fields.NO_ACCESS)  # has telephone numbers
    call_id = fields.Many2one(
        "hotline.call", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Who asked", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="new")
    result = fields.Char(readonly=True, help="Code of how it ended.")
    result_data = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    made_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    sent_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    channel_id = fields.Char(readonly=True, help="Of a call that is dialled: its Linkedid.")

    _waiting_idx = models.Index("(pbx_id, id) WHERE state IN ('new', 'sent')")
    _dialling_uniq = models.UniqueIndex(
        "(user_id) WHERE kind = 'originate' AND state IN ('new', 'sent')",
        "Your telephone dials already.",
    )

    # What asks

    @api.model
    def _ask(self, pbx, kind, payload, call=None, **vals):
        """Make a command and wake the connector when this transaction is committed.

        The caller has checked who asks; the payload is checked here.
        """
        vals = {"call_id": call.id if call else False, **vals}
        return self._ask_all([(pbx, self.env.uid, kind, payload)], **vals)

    @api.model
    def _ask_all(self, asked, **vals):
        """As `_ask`, at once for several; `asked`: [(PBX, user's id, kind, payload)]."""
        for _pbx, _user, kind, payload in asked:
            self._check_payload(kind, payload)
        # sudo: screens make commands by their acts only
        made = self.sudo().create(
            [
                {"pbx_id": pbx.id, "kind": kind, "payload": payload, "user_id": user, **vals}
                for pbx, user, kind, payload in asked
            ]
        )
        for pbx in made.pbx_id:
            self.env.cr.execute("SELECT pg_notify('hotline_pbx', %s)", [str(pbx.id)])
        return made

    @api.model
    def _check_payload(self, kind, payload):
        try:
            commands.check(kind, payload)
        except commands.BadCommand as error:
            raise UserError(self.env._("The PBX does not take this: a faulty value.")) from error

    @api.model
    def _dialling(self):
        """Return the user's dialling that has not ended; a double click finds it."""
        self._expire()
        return self._open_dialling()

    @api.model
    def _open_dialling(self):
        domain = [("user_id", "=", self.env.uid), ("kind", "=", "originate")]
        # sudo: own commands of the user
        return self.sudo().search([*domain, ("state", "in", commands.OPEN)], limit=1)

    def _dialled(self):
        return {
            "command_id": self.id,
            "call_id": self.call_id.id,
            "number": self.payload["number"],
        }

    @api.model
    def _new_channel(self):
        return f"hotline-{uuid.uuid4().hex}"

    @api.model
    def _once(self, make):
        """Return what `make` makes, or None where the user's other click was quicker.

        The slower click waits here until the quicker one is committed. Its own transaction began
        before and does not see that one: it looks into a fresh one.
        """
        self.env.cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DIALLING, self.env.uid])
        return None if self._made_elsewhere() else make()

    @api.model
    def _made_elsewhere(self):
        """Return {command_id, call_id, number} of the other click's dialling; none."""
        with self.env.registry.cursor() as cr:
            other = self.env(cr=cr)["hotline.pbx.command"]._open_dialling()
            told = other._dialled() if other else None
        # What is too old is ended in this transaction and seems to go on in a fresh one.
        mine = self.sudo().browse(other.id).exists()  # sudo: own commands of the user
        return None if mine and mine.state not in commands.OPEN else told

    # How it ends

    def _finish(self, state, result, data=None):
        """End these commands once: store how, tell who asked, follow it up. States go forward."""
        now = fields.Datetime.now()
        known = self.sudo()  # sudo: the connector's, and the acts'
        ended = known.filtered(lambda one: commands.may_become(one.state, state))
        ended.write({"state": state, "result": result, "result_data": data, "done_at": now})
        for command in ended:
            command._follow_up()
            command._tell()

    def _follow_up(self):
        """Do what the end of a command means for the call: an extension point."""

    def _tell(self):
        """Send how the command stands to who asked, in the own language."""
        for command in self:
            told = command.with_context(lang=command.user_id.lang)
            command.user_id._bus_send(TOLD, told._vals())

    def _vals(self):
        return {
            "command_id": self.id,
            "kind": self.kind,
            "state": self.state,
            "call_id": self.call_id.id or False,
            "words": self._words(),
        }

    @api.model
    def _expire(self):
        """End what nobody took in time: it is not carried out later, when nobody expects it.

        What was taken by a connector that never came back has a fate nobody knows.
        """
        now = fields.Datetime.now()
        asked = self.sudo()  # sudo: of everybody
        late = [("state", "=", "new"), ("made_at", "<", now - WAITS)]
        asked.search(late)._finish("failed", "expired")
        lost = [("state", "=", "sent"), ("sent_at", "<", now - LOST)]
        forgotten = asked.search(lost)
        forgotten._finish("unknown", "silent")
        forgotten.filtered(lambda one: one.kind == "originate")._forget_call()
        # sent, then the connection broke: of what never began the PBX has nothing to tell
        unheard = [
            *(("kind", "=", "originate"), ("state", "=", "unknown")),
            *(("sent_at", "<", now - LOST), ("sent_at", ">", now - HISTORY)),
            *(("call_id.phase", "=", "ringing"), ("call_id.leg_ids", "=", False)),
        ]
        asked.search(unheard)._forget_call()

    @api.autovacuum
    def _gc_ended(self):
        """Ended commands hold telephone numbers: they are not kept."""
        ended = fields.Datetime.now() - KEPT
        self.search([("made_at", "<", ended), ("state", "not in", commands.OPEN)]).unlink()
