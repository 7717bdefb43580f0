from odoo import api, models
from odoo.exceptions import AccessError, UserError


class HotlineWorkplace(models.AbstractModel):
    """«112», «Угроза», «Ребёнок», «Кризис»: what the buttons of the operator's screen do."""

    _inherit = "hotline.workplace"

    @api.model
    def emergency_state(self, call_id):
        """Return {cards, call: {id, emergency}} of the user's own open call, for any screen."""
        call = self._own_open_call(call_id)
        return {
            "cards": self.env["hotline.script.card"]._for_workplace(),
            "call": {"id": call.id, "emergency": self._emergency_vals(call)},
        }

    @api.model
    def press_emergency(self, call_id, card_id):
        """Raise the alarm in the user's own open call; return the call."""
        call = self._own_open_call(call_id)
        card = self.env["hotline.script.card"].browse(card_id).exists()
        if not card:
            raise UserError(self.env._("This script is gone. Reload the page."))
        self.env["hotline.alarm"]._raise(call, card)
        return self._call_vals(call)

    @api.model
    def transfer_emergency(self, alarm_id):
        """Hand the caller over to the service of the script; return {call, done, words}."""
        alarm, call = self._own_alarm(alarm_id)
        told = alarm._transfer()
        call.write(alarm.card_id._prepare_call_vals(call))
        return {"call": self._call_vals(call), **told}

    @api.model
    def undo_emergency(self, alarm_id):
        """Take back a button pressed by mistake; return the call."""
        alarm, call = self._own_alarm(alarm_id)
        alarm._undo()
        return self._call_vals(call)

    @api.model
    def _own_alarm(self, alarm_id):
        """Return (alarm, call) of the user's own open call; refuse any other."""
        self._check_operator()
        alarm = self.env["hotline.alarm"].browse(alarm_id).exists()
        if not alarm or alarm.operator_id != self.env.user:
            raise AccessError(self.env._("This alarm is not yours."))
        if alarm.undone_at:
            raise UserError(self.env._("This alarm was taken back already."))
        return alarm, self._own_open_call(alarm.call_id.id)

    @api.model
    def _call_vals(self, call, lookup=None):
        return {**super()._call_vals(call, lookup), "emergency": self._emergency_vals(call)}

    @api.model
    def _emergency_vals(self, call):
        """Return {id, card_id, causes, taken_by, transferred} of the last that stands, or False.

        `causes`: names of all that stand; `taken_by`: who took any of them.
        """
        standing = call._standing_alarms()
        if not standing:
            return False
        alarm = standing[0]
        return {
            "id": alarm.id,
            "card_id": alarm.card_id.id,
            "causes": [one["name"] for one in standing.sorted("id")._causes()],
            "taken_by": standing._takers(),
            "transferred": bool(alarm.transferred_at),
        }
