from odoo import fields, models

from .hotline_call_leg import LASTING

FATES = ("busy", "no_answer", "rejected", "offline")


class HotlinePbxCommand(models.Model):
    """What the end of a command means for its call and its transfer."""

    _inherit = "hotline.pbx.command"

    def _follow_up(self):
        if self.kind == "originate" and self.state == "failed":
            self._end_call()
        if self.kind in ("blind", "attended", "complete", "cancel"):
            self._end_transfer()
        return super()._follow_up()

    def _end_call(self):
        """A call that never left the operator's telephone: the PBX tells nothing of it."""
        call = self.call_id
        if not call or call.phase == "over" or call.answered_at:
            return
        fate = self.result if self.result in FATES else "failed"
        now = fields.Datetime.now()
        call.write({"phase": "over", "fate": fate, "ended_at": now})
        if call.state == "open" and not call.disposition_id:
            not_reached = self.env.ref("gov_hotline.disposition_not_reached")
            call.write(
                {"disposition_id": not_reached.id, "group": not_reached.group, "state": "closed"}
            )

    def _forget_call(self):
        """A dialling nobody told of again rings no more; the operator says what came of it."""
        now = fields.Datetime.now()
        for call in self.call_id.filtered(lambda one: one.phase == "ringing"):
            call.write(
                {"phase": "over", "fate": "cut", "ended_at": now, "unknown_until": now}
                | {"unknown_from": call.started_at}
            )

    def _end_transfer(self):
        lasting = self.call_id.transfer_ids.filtered(lambda one: one.result in LASTING)
        transfer = lasting[-1:]
        if self.state != "done":
            if self.kind in ("blind", "attended"):
                transfer.result = self.result if self.result in FATES else "failed"
        elif self.kind != "attended":
            transfer.result = "cancelled" if self.kind == "cancel" else "done"
