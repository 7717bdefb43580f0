from datetime import timedelta

from odoo import fields

from .phone_common import PhoneCommon

PHONE = "+79135550101"


class CallbackCommon(PhoneCommon):
    """A line round the clock, ended calls of a citizen, operators who sit or do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line.round_the_clock = True
        cls.now = fields.Datetime.now()
        cls.engine = cls.env["hotline.callback"]
        cls.states = cls.env["hotline.operator.state"].sudo()

    def _ended(self, fate="abandoned", minutes=3, **vals):
        """Return a call of a citizen that ended so many minutes ago, as the connector wrote it."""
        number = self.env["hotline.call"].sudo().search_count([])
        ended = self.now - timedelta(minutes=minutes)
        return self.env["hotline.call"].create(
            {
                "direction": "in", "source": "pbx", "phone": PHONE, "operator_id": False,
                "line_id": self.line.id, "pbx_id": self.pbx.id, "linkedid": f"9.{number}",
                "phase": "over", "fate": fate, "ended_by": "citizen", "wait_seconds": 180,
                "started_at": ended - timedelta(minutes=3), "ended_at": ended,
                "partner_id": self.citizen.id, **vals,
            }
        )  # fmt: skip

    def _sits(self, user, state="ready", minutes=5):
        self.phones["101" if user == self.operator else "102"].at_id = user
        self.states.search([("user_id", "=", user.id), ("until", "=", False)]).until = self.now
        self.env.flush_all()
        self.states.create(
            {
                "user_id": user.id,
                "state": state,
                "since": self.now - timedelta(minutes=minutes),
                "company_id": self.env.company.id,
            }
        )

    def _tick(self):
        self.engine._tick(self.pbx)
        self.env.flush_all()

    def _task(self):
        return self.env["hotline.task"].search([("by_system", "=", True)])

    def _dialled(self):
        return self.env["hotline.pbx.command"].search([("kind", "=", "originate")], order="id")

    def _ends(self, state="done", result="ok", fate="no_answer", citizen=True, **vals):
        """End the last dialling: its command, then its call."""
        command = self._dialled()[-1]
        call = command.call_id
        if citizen:
            self._leg(call, "citizen", f"c{call.id}")
        command._finish(state, result)
        if state != "failed":
            call.write({"phase": "over", "fate": fate, "ended_at": self.now, **vals})
        self._tick()
        return call
