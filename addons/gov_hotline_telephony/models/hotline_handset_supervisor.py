from odoo import api, models
from odoo.exceptions import UserError

SUPERVISION = {
    "listen": "call_listened",
    "whisper": "call_prompted",
    "barge": "call_joined",
}


class HotlineHandset(models.AbstractModel):
    """A supervisor listens in, prompts or joins: by right, and never without a line about it."""

    _inherit = "hotline.handset"

    @api.model
    def listen(self, call_id):
        """Hear the talk; nobody hears the supervisor."""
        return self._supervise("listen", call_id)

    @api.model
    def whisper(self, call_id):
        """Speak to the operator; the citizen does not hear it."""
        return self._supervise("whisper", call_id)

    @api.model
    def barge(self, call_id):
        """Join the talk: both hear the supervisor."""
        return self._supervise("barge", call_id)

    @api.model
    def _supervise(self, kind, call_id):
        self.env["helpdesk.ticket"]._require_role("supervisor")
        call = self.env["hotline.call"].browse(call_id).exists()
        call.check_access("read")
        if call.phase not in ("talking", "held"):
            raise UserError(self.env._("The talk is over already."))
        if call.operator_id == self.env.user:
            raise UserError(self.env._("This is your own talk."))
        leg = call._live_leg("operator", needed=True)
        extension = self._listening_extension()
        self.env["hotline.sight"]._note(call, "listened")
        self.env["hotline.journal"]._append(SUPERVISION[kind], call)
        payload = {"interface": extension.interface, "channel": leg.uniqueid}
        command = self.env["hotline.pbx.command"]._ask(
            extension.pbx_id,
            kind,
            payload,
            call,
            channel_id=self.env["hotline.pbx.command"]._new_channel(),
        )
        return {"command_id": command.id}

    @api.model
    def _listening_extension(self):
        """Return the telephone that rings: where the supervisor sits, else a browser that is open.

        Else the first own one.
        """
        known, me = self._extensions(), self.env.user
        ear = known._ear(me)
        if not known._at(me) and ear.registered:
            ear.pbx_id._check_online()
            return ear
        extension = self._extension()
        if extension.at_id - me:  # another one sits there
            self._check_empty(extension)
        return extension


class HotlineJournal(models.Model):
    """The words of supervision."""

    _inherit = "hotline.journal"

    @api.model
    def _event_words(self):
        return {
            **super()._event_words(),
            "call_listened": self.env._("The supervisor listened in"),
            "call_prompted": self.env._("The supervisor prompted the operator in the talk"),
            "call_joined": self.env._("The supervisor joined the talk"),
        }
