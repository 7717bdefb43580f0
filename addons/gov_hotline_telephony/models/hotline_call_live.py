from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import persons, phones

from .hotline_call_leg import LASTING

# What is offered in a word with a colleague, beside the end of the call.
_CONSULTING = {
    "ringing": ("cancel",),
    "talking": ("complete", "conference", "cancel"),
    "joined": ("complete",),
}


class HotlineCall(models.Model):
    """A call that goes on: its live channels, and how the operator's screen shows it."""

    _inherit = "hotline.call"

    def _live_leg(self, role, *, needed=False):
        """Return the last participant of this role who is still there; refuse if `needed`."""
        legs = self.sudo().leg_ids  # sudo: ids of channels
        found = legs.filtered(lambda one: one.role == role and not one.ended_at)[-1:]
        if needed and not found:
            raise UserError(self.env._("The talk is over already."))
        return found

    def _both_legs(self):
        return {
            "citizen": self._live_leg("citizen", needed=True).uniqueid,
            "operator": self._live_leg("operator", needed=True).uniqueid,
        }

    def _consultation(self):
        """Return the transfer after a word that is under way, a talk of three too; none."""
        lasting = self.sudo().transfer_ids.filtered(  # sudo: of the own call
            lambda one: one.result in LASTING and one.kind == "attended"
        )
        return lasting[-1:]

    def _has_left(self, user):
        """Say whether `user` hung up while others of this call go on: an expert, a colleague."""
        legs = self.sudo().leg_ids.filtered(lambda one: one.role != "citizen")  # sudo: who is there
        mine = legs.filtered(lambda one: one.user_id == user)
        lives = legs.filtered(lambda one: not one.ended_at)
        return bool(mine and lives and not mine & lives)

    def _phone_vals(self):
        """Return how the operator's screen shows this call (moments UTC, `now` beside them)."""
        self.ensure_one()
        consult = self._consult_vals()
        return {
            "call_id": self.id,
            "number": self.number,
            "phase": self.phase or "over",
            "direction": self.direction,
            "own_rings": self._own_rings(),
            "phone": phones.shown(self.phone or self.phone_raw),
            "who": self._who() if self.partner_id else "",
            "since": _moment(self.answered_at or self.started_at),
            "started": _moment(self.started_at),
            "now": _moment(fields.Datetime.now()),
            "case": self.ticket_id.number if self._is_of_an_older_case() else "",
            "consult": consult,
            "may": self._phone_acts(consult),
        }

    def _own_rings(self):
        """Say whether the operator's telephone, dialled before the citizen's, is not lifted yet."""
        leg = self._live_leg("operator")
        return self.direction == "out" and bool(leg) and not leg.answered_at

    def _who(self):
        person = self.partner_id
        return persons.PersonName(
            person.surname or person.name or "", person.given_name or "", person.patronymic or ""
        ).short

    def _consult_vals(self):
        transfer = self._consultation()
        if not transfer:
            return False
        leg = self._live_leg("colleague") or self._live_leg("outside")
        phase = "talking" if leg.answered_at else "ringing"
        return {
            "to": transfer.to_name or phones.display(transfer.to),
            "phase": "joined" if transfer.result == "joined" else phase,
        }

    def _phone_acts(self, consult):
        """Return which acts the screen offers now, in this `consult`; each checks again."""
        if consult:
            return [*_CONSULTING[consult["phase"]], "hangup"]
        return {
            "ringing": ["hangup"] if self.direction == "out" else [],
            "talking": ["hold", "transfer", "hangup"],
            "held": ["unhold", "transfer", "hangup"],
        }.get(self.phase, [])

    def _transfer_to(self, phone):
        """Hand the caller over to `phone` at once, where the PBX carries this talk."""
        self.ensure_one()
        # sudo: whether the PBX carries it
        if self.phase not in ("talking", "held") or self.sudo().pbx_id.state != "online":
            return super()._transfer_to(phone)
        target = self.sudo().pbx_id._destination(phone)  # sudo: the list of allowed numbers
        handset = self.env["hotline.handset"]
        handset._hand_over(self, {"name": phone, **target}, "blind", False)
        words = self.env._("The call is being transferred to %(phone)s.", phone=phone)
        return {"done": True, "words": words}

    def write(self, vals):
        done = super().write(vals)
        if vals.get("state") == "closed":
            self._finish_wrap_up()
        return done

    def _is_finished(self, user):
        """Say whether nothing of this talk is left to `user`: closed, or handed over.

        Who leaves a talk of three has the card of it still.
        """
        if not self:
            return False
        known = self.sudo()  # sudo: asked by the connector
        handed = known.transfer_ids.filtered(
            lambda one: one.user_id == user and one.result in ("trying", "done")
        )
        if known.state == "closed" or known.operator_id != user:
            return True
        return bool(handed) and not self._was_of_three()

    def _was_of_three(self):
        """Say whether the last act of the screen in this call was to bring three together."""
        kinds = ("conference", "complete", "blind", "attended")
        acts = [("call_id", "=", self.id), ("kind", "in", kinds), ("state", "=", "done")]
        # sudo: asked by the connector
        last = self.env["hotline.pbx.command"].sudo().search(acts, order="id desc", limit=1)
        return last.kind == "conference"

    def _finish_wrap_up(self):
        """The closed card ends the work after its talk: the next caller may come (C2)."""
        states = self.env["hotline.operator.state"]
        for call in self.filtered("pbx_id"):
            now = states._current(call.operator_id)
            if now.state == "wrap_up" and now.call_id == call:
                states._happened(call.operator_id, "finish", call)


def _moment(value):
    return fields.Datetime.to_string(value) or False
