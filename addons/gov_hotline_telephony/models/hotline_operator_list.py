from odoo import api, fields, models


class HotlineOperatorState(models.Model):
    """Operators as the supervisor sees them: for how long, and what can be done in their talk."""

    _inherit = "hotline.operator.state"

    lasts = fields.Char(string="For", compute="_compute_lasts")

    @api.depends("since", "until")
    def _compute_lasts(self):
        now = fields.Datetime.now()
        for one in self:
            one.lasts = _clock((one.until or now) - one.since) if one.since else False

    def action_listen(self):
        """Hear this operator's talk. Supervisor."""
        return self._supervise("listen")

    def action_whisper(self):
        """Speak to this operator alone. Supervisor."""
        return self._supervise("whisper")

    def action_barge(self):
        """Join this operator's talk. Supervisor."""
        return self._supervise("barge")

    def _supervise(self, kind):
        self.ensure_one()
        self.check_access("read")
        getattr(self.env["hotline.handset"], kind)(self.call_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("Your telephone rings now. Your act is noted."),
            },
        }


class HotlineCall(models.Model):
    _inherit = "hotline.call"

    waits = fields.Char(string="Waits for", compute="_compute_waits")

    @api.depends("queued_at", "started_at", "phase")
    def _compute_waits(self):
        now = fields.Datetime.now()
        for call in self:
            lasts = call.phase in ("waiting", "ringing")
            call.waits = _clock(now - (call.queued_at or call.started_at)) if lasts else False


def _clock(lasted):
    """Return a timedelta as 1:02:03 or 02:03."""
    minutes, seconds = divmod(max(0, int(lasted.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
