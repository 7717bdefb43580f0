from odoo import api, fields, models
from odoo.exceptions import UserError

# What a call-back takes over from the call that was dropped.
OF_CALL = (
    "line_id", "partner_id", "ticket_id", "topic_id", "group", "question", "object_id",
    "account_id", "workplace_draft",
)  # fmt: skip


class HotlineHandset(models.AbstractModel):
    """Click-to-call: the operator's telephone rings first, then the citizen's."""

    _inherit = "hotline.handset"

    @api.model
    def dial(self, phone, call_id=False):
        """Dial `phone`; return {command_id, call_id}. A second click finds the first one's call.

        `call_id`: of a call that was dropped: its citizen, appeal and draft go over to the new one.
        """
        self._check_operator()
        extension = self._extension()
        target = extension.pbx_id._destination(phone)
        commands = self.env["hotline.pbx.command"]
        dialling = commands._dialling()
        if not dialling:
            self._check_free()
            before = self._call_before(call_id)
            dialling = commands._once(lambda: self._dial(extension, target, phone, before))
        return self._dialled(dialling._dialled() if dialling else self._other_click(), target)

    @api.model
    def _dialled(self, dialled, target):
        """Return what a click gets: `dialled` {command_id, call_id, number} if it is its number."""
        if dialled.pop("number") != target["number"]:
            raise UserError(
                self.env._("Your telephone dials another number. Wait for the answer or hang up.")
            )
        return dialled

    @api.model
    def _check_free(self):
        if self._live_call():
            raise UserError(self.env._("Finish the talk first."))

    @api.model
    def _call_before(self, call_id):
        """Return the own call that this one goes on with; none."""
        call = self.env["hotline.call"].browse(call_id or []).exists()
        call.check_access("read")
        return call if call.operator_id == self.env.user else call.browse()

    @api.model
    def _dial(self, extension, target, phone, before):
        channel_id = self.env["hotline.pbx.command"]._new_channel()
        call = self._new_call(extension, phone, channel_id, before)
        payload = {
            "interface": extension.interface,
            "timeout": extension.pbx_id.ring_seconds,
            "caller": target["number"],
            "variables": {"HOTLINE_CALL_ID": str(call.id)},
            **target,
        }
        return self.env["hotline.pbx.command"]._ask(
            extension.pbx_id, "originate", payload, call, channel_id=channel_id
        )

    @api.model
    def _new_call(self, extension, phone, channel_id, before):
        # sudo: what the PBX tells of a call is set by the system
        calls = self.env["hotline.call"].sudo()
        call = calls.create(
            {
                **{name: _plain(before[name]) for name in OF_CALL},
                "direction": "out",
                "source": "pbx",
                "phone": phone,
                "operator_id": self.env.uid,
                "company_id": extension.company_id.id,
                "pbx_id": extension.pbx_id.id,
                "linkedid": channel_id,
                "phase": "ringing",
                "started_at": fields.Datetime.now(),
            }
        )
        return call.with_env(self.env)

    @api.model
    def _other_click(self):
        """Return what the click that was quicker dials: this transaction does not see it yet."""
        told = self.env["hotline.pbx.command"]._made_elsewhere()
        if not told:
            raise UserError(self.env._("Your telephone has dialled just now. Try again."))
        return told

    @api.model
    def hangup(self, call_id):
        """End the talk or the dialling; what no telephone has taken yet is taken back.

        Of three who talk the others go on.
        """
        call = self._own_call(call_id)
        dialling = self.env["hotline.pbx.command"]._dialling()
        if dialling.call_id == call and dialling.state == "new":
            dialling._finish("failed", "cancelled")
            return {"command_id": dialling.id}
        leg = call._live_leg("citizen") or call._live_leg("operator")
        if call._consultation().result == "joined":
            leg = call._live_leg("operator", needed=True)
        # The own telephone that is dialled from bears the number we gave it.
        channel = leg.uniqueid or (call.direction == "out" and call.linkedid)
        if not channel:
            raise UserError(self.env._("The talk is over already."))
        return self._ask(call, "hangup", {"channel": channel})


def _plain(value):
    return value.id if isinstance(value, models.BaseModel) else value
