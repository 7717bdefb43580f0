from datetime import timedelta

from odoo import fields, models

from ..domain import phones

FRESH = timedelta(hours=24)  # an alarm older than that opens no telephone


class HotlineCall(models.Model):
    """What an emergency leaves in a call, and what it opens to the supervisor who comes to it."""

    _inherit = "hotline.call"

    alarm_ids = fields.One2many("hotline.alarm", "call_id", string="Alarms", readonly=True)
    emergency_id = fields.Many2one(
        "hotline.script.card",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    hold_recording = fields.Boolean(
        string="Keep the recording",
        readonly=True,
        copy=False,
        help="The recording is not deleted when its term is over.",
    )

    def _standing_alarms(self):
        """Return the alarms of this call that were not taken back, the last one first."""
        standing = self.alarm_ids.filtered(lambda one: one.state != "undone")
        return standing.sorted("id", reverse=True)

    def _alarm_vals(self):
        """Return the alarms of this call as one, as the supervisors' bar shows them.

        {id, call_id, number, causes, operator, at, state, taken_by, transferred}: `id` of the last,
        `at` in UTC of the first; raised while one waits, undone when none stands.
        """
        own = self.sudo()  # sudo: names of colleagues
        told = own.alarm_ids.filtered("card_id.alarm")
        standing = own._standing_alarms() & told
        alarms = (standing or told).sorted("id")
        waits = "raised" in standing.mapped("state")
        return {
            "id": alarms[-1:].id,
            "call_id": self.id,
            "number": own.number,
            "causes": alarms._causes(),
            "operator": alarms[-1:].operator_id.name,
            "at": fields.Datetime.to_string(alarms[:1].raised_at),
            "state": "raised" if waits else "taken" if standing else "undone",
            "taken_by": standing._takers(),
            "transferred": any(alarms.mapped("transferred_at")),
        }

    def alarm_contacts(self):
        """Return {phone, address} for the supervisor an alarm brought here, or False.

        Whole, for a day, while the alarm stands and nobody else has taken it; the look is noted.
        """
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("supervisor")
        self.check_access("read")
        if not any(alarm._opens_contacts() for alarm in self._standing_alarms()):
            return False
        self.env["hotline.sight"]._note(self, "alarm")
        whole = self.sudo()  # the look is noted
        return {
            "phone": phones.shown(whole.phone or whole.phone_raw),
            "address": whole.object_id.address or whole.account_id.address or "",
        }

    def _transfer_to(self, phone):
        """Transfer the talk to `phone`; return {done, words}. Telephony does it by itself.

        Without telephony the operator dials: `done` is False and `words` say what.
        """
        self.ensure_one()
        words = self.env._("Dial %(phone)s on the telephone and connect the caller.", phone=phone)
        return {"done": False, "words": words}


class HotlineAlarm(models.Model):
    _inherit = "hotline.alarm"

    def _causes(self):
        """Return [{name, fresh}], each cause once; fresh: pressed after somebody took the call."""
        taken = bool(self.taken_by_id)
        return [
            {"name": card.name, "fresh": taken and "raised" in alarms.mapped("state")}
            for card, alarms in self.grouped("card_id").items()
        ]

    def _opens_contacts(self):
        """Return whether this alarm, which stands, is the current supervisor's business now."""
        return (
            self.card_id.alarm
            and self.taken_by_id in (self.env["res.users"], self.env.user)
            and self.raised_at > fields.Datetime.now() - FRESH
        )
