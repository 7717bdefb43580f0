from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.gov_hotline.domain import phones

LIVE = ("ringing", "talking", "held")


class HotlineHandset(models.AbstractModel):
    """The server's side of the telephone on the screen: what it shows and what it does.

    Every public method is for operators and above and works on the user's own call alone. An act
    returns {command_id}: the command is carried out by the connector, its end comes by the bus.
    Moments are UTC strings; `now` beside them frees the screen from the clock of its machine.
    """

    _name = "hotline.handset"
    _description = "Operator's telephone"

    @api.model
    def look(self):
        """Return what the telephone shows: PBX, telephones, presence, pauses, queue, calls."""
        self._check_operator()
        extension = self._extensions()._of(self.env.user)
        call = self._live_call()
        return {
            "pbx": self._pbx_vals(extension.pbx_id),
            "extension": extension._vals() if extension else False,
            "extensions": [one._vals() for one in self._my_extensions()],
            "presence": self.env["hotline.operator.state"]._vals(self.env.user),
            "reasons": self._reasons(),
            "queue": self.env["hotline.queue"]._board(),
            "call": call._phone_vals() if call else False,
            "last": self._last_vals(),
            "ringing": [one._pop_vals() for one in self._ringing_calls()],
            "heard": self.env["bus.bus"].sudo()._bus_last_id(),  # sudo: a number, no message
        }

    @api.model
    def _check_operator(self):
        self.env["helpdesk.ticket"]._require_role("operator")

    @api.model
    def _extensions(self):
        return self.env["hotline.pbx.extension"]

    @api.model
    def _reasons(self):
        reasons = self.env["hotline.pause.reason"].search([("active", "=", True)])
        return [{"id": one.id, "name": one.name} for one in reasons]

    @api.model
    def _my_extensions(self):
        """Return where the user may come on the line: own telephones and the shared ones."""
        mine = self._extensions().search(
            ["|", ("user_id", "=", self.env.uid), ("kind", "=", "common")]
        )
        return mine.filtered(lambda one: one._may_sit(self.env.user))

    @api.model
    def _pbx_vals(self, pbx):
        pbx = pbx or self.env["hotline.pbx"].sudo().search(  # sudo: whether it is there
            [("company_id", "in", self.env.companies.ids)], limit=1
        )
        online = pbx.state == "online"
        words = self.env._("Connected") if online else self.env._("No connection with the PBX")
        return {"online": online, "words": words if pbx else self.env._("No PBX is set up")}

    @api.model
    def _extension(self):
        """Return the user's telephone on a PBX that is connected, or refuse in words."""
        extension = self._extensions()._of(self.env.user)
        if not extension:
            raise UserError(
                self.env._("You have no telephone in the PBX. Ask the administrator for one.")
            )
        extension.pbx_id._check_online()
        return extension

    # The call

    @api.model
    def _live_call(self):
        """Return the user's own call that goes on in the PBX; none."""
        calls = self.env["hotline.call"].search(
            [("operator_id", "=", self.env.uid), ("phase", "in", LIVE)],
            order="started_at desc, id desc",
        )
        return calls.filtered(lambda call: not call._has_left(self.env.user))[:1]

    @api.model
    def _last_vals(self):
        """Return the call whose card the user has still to finish; False for none."""
        now = self.env["hotline.operator.state"]._current(self.env.user)
        if now.state != "wrap_up":
            return False
        call = now.call_id.with_env(self.env)._filtered_access("read")
        if not call:
            return False
        shown = call._phone_vals()
        return {name: shown[name] for name in ("call_id", "phone", "who")}

    @api.model
    def _ringing_calls(self):
        """Return the calls that ring at the user now, the longest first: whose pop is due."""
        domain = [("phase", "=", "ringing"), ("direction", "=", "in"), ("state", "=", "open")]
        # sudo: whose telephone rings; what is shown is read with the user's rights
        ringing = self.env["hotline.call"].sudo().search(domain, order="started_at, id")
        mine = ringing.filtered(lambda call: call._rings_at(self.env.user))
        return mine.with_env(self.env)._filtered_access("read")

    @api.model
    def _own_call(self, call_id, *phases):
        """Return the user's own call of the PBX in one of `phases` (any that lasts), or refuse."""
        self._check_operator()
        call = self.env["hotline.call"].browse(call_id).exists()
        if not call or call.operator_id != self.env.user:
            raise AccessError(self.env._("This call is not yours."))
        goes_on = call.phase in (phases or LIVE) and not call._has_left(self.env.user)
        if not call.pbx_id or not goes_on:
            raise UserError(self.env._("The talk is over already."))
        call.pbx_id.sudo()._check_online()  # sudo: whether it is there
        return call

    @api.model
    def _ask(self, call, kind, payload):
        """Make a command about this call; return {command_id}."""
        command = self.env["hotline.pbx.command"]._ask(
            call.sudo().pbx_id,  # sudo: the address of the command
            kind,
            payload,
            call,
        )
        return {"command_id": command.id}

    @api.model
    def _readable(self, phone):
        return phones.display(phone) if phone else ""

    @api.model
    def _now(self):
        return fields.Datetime.to_string(fields.Datetime.now())
