from odoo import api, fields, models
from odoo.exceptions import UserError


class HotlineHandset(models.AbstractModel):
    """Hold, transfer, conference: what an operator does with the own talk."""

    _inherit = "hotline.handset"

    @api.model
    def hold(self, call_id):
        """Let the caller hear music."""
        call = self._own_call(call_id, "talking")
        return self._ask(call, "hold", call._both_legs())

    @api.model
    def unhold(self, call_id):
        """Come back to the caller."""
        call = self._own_call(call_id, "held")
        return self._ask(call, "unhold", call._both_legs())

    @api.model
    def transfer(self, call_id, key, how, cause, note=""):
        """Transfer to `key` of `targets`; `how`: blind or attended; a cause is a must."""
        call = self._own_call(call_id)
        if how not in ("blind", "attended"):
            raise UserError(self.env._("Choose how to transfer the call."))
        causes = dict(self.env["hotline.call"]._fields["redirect_cause"].selection)
        if cause not in causes:
            raise UserError(self.env._("Choose why the call is transferred."))
        return self._hand_over(call, self._target(call, key), how, cause, note)

    @api.model
    def _hand_over(self, call, target, how, cause, note=""):
        leg = call._live_leg("operator", needed=True)
        if call._consultation():
            raise UserError(self.env._("You talk with a colleague already: complete or cancel."))
        # sudo: rows of transfers are made by the act alone
        self.env["hotline.call.transfer"].sudo().create(
            {
                "call_id": call.id,
                "at": fields.Datetime.now(),
                "kind": how,
                "to": target["number"],
                "to_name": target["name"],
                "cause": cause,
                "note": note or False,
                "user_id": self.env.uid,
            }
        )
        call.redirect_cause = cause
        payload = {name: target[name] for name in ("number", "context")}
        return self._ask(call, how, {"channel": leg.uniqueid, **payload})

    @api.model
    def complete(self, call_id):
        """Leave the caller with the colleague."""
        call = self._consulting(call_id)
        return self._ask(call, "complete", self._channel_of(call))

    @api.model
    def cancel(self, call_id):
        """Let the colleague go and come back to the caller."""
        call = self._consulting(call_id)
        return self._ask(call, "cancel", self._channel_of(call))

    @api.model
    def conference(self, call_id):
        """Bring caller, colleague and operator into one talk."""
        call = self._consulting(call_id)
        colleague = call._live_leg("colleague") or call._live_leg("outside", needed=True)
        return self._ask(call, "conference", {**call._both_legs(), "colleague": colleague.uniqueid})

    @api.model
    def _consulting(self, call_id):
        call = self._own_call(call_id)
        if not call._consultation():
            raise UserError(self.env._("There is nobody to connect the caller with."))
        return call

    @api.model
    def _channel_of(self, call):
        return {"channel": call._live_leg("operator", needed=True).uniqueid}
