from odoo import api, fields, models
from odoo.exceptions import UserError

RAISED = "gov_hotline.alarm"


class HotlineAlarm(models.Model):
    """An emergency button was pressed in a call: the supervisors see it at once.

    Written by the acts alone. A slip is taken back, never deleted: the alarm stays with its trace.
    """

    _name = "hotline.alarm"
    _description = "Alarm"
    _order = "raised_at desc, id desc"
    _rec_name = "card_id"

    call_id = fields.Many2one(
        "hotline.call", required=True, readonly=True, index=True, ondelete="cascade"
    )
    card_id = fields.Many2one(
        "hotline.script.card", string="Cause", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", string="Body", required=True, readonly=True)
    operator_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    raised_at = fields.Datetime(string="Pressed at", required=True, readonly=True)
    transferred_at = fields.Datetime(string="Call transferred at", readonly=True)
    taken_by_id = fields.Many2one("res.users", string="Taken by", readonly=True)
    taken_at = fields.Datetime(readonly=True)
    undone_at = fields.Datetime(string="Taken back at", readonly=True)
    state = fields.Selection(
        [("raised", "Waits"), ("taken", "Taken"), ("undone", "Pressed by mistake")],
        compute="_compute_state",
        store=True,
    )

    _waiting_idx = models.Index("(company_id) WHERE taken_at IS NULL AND undone_at IS NULL")

    @api.depends("taken_at", "undone_at")
    def _compute_state(self):
        for alarm in self:
            alarm.state = "undone" if alarm.undone_at else "taken" if alarm.taken_at else "raised"

    # The operator

    @api.model
    def _raise(self, call, card):
        """Return the alarm of the user's own call; its recording is held and it is told at once."""
        call.ensure_one()
        # sudo: nobody writes alarms and the marks of a call but their acts
        alarm = self.sudo().create(
            {
                "call_id": call.id,
                "card_id": card.id,
                "company_id": call.company_id.id,
                "operator_id": self.env.uid,
                "raised_at": fields.Datetime.now(),
            }
        )
        alarm._mark_call()
        self.env["hotline.journal"]._append("emergency_raised", call, emergency=card.id)
        if card.alarm:
            alarm._tell()
        return alarm.sudo(False)

    def _undo(self):
        """Take back a slip: the call is freed of what the button did, the trace stays."""
        self.ensure_one()
        if self.transferred_at:
            raise UserError(self.env._("The call is transferred already: this was no slip."))
        own = self.sudo()  # sudo: as above
        own.undone_at = fields.Datetime.now()
        own._mark_call()
        self.env["hotline.journal"]._append(
            "emergency_undone", self.call_id, emergency=self.card_id.id
        )
        own._tell()

    def _mark_call(self):
        """Say in the call which emergency it is, and whether its recording is held."""
        standing = self.call_id._standing_alarms()
        self.call_id.write(
            {
                "emergency_id": standing[:1].card_id.id,
                "hold_recording": any(standing.card_id.mapped("hold_recording")),
            }
        )

    def _transfer(self):
        """Transfer the call; return what to tell the operator."""
        self.ensure_one()
        told = self.call_id._transfer_to(self.card_id.phone)
        self.sudo().transferred_at = fields.Datetime.now()  # sudo: as above
        self.env["hotline.journal"]._append(
            "emergency_transferred", self.call_id, emergency=self.card_id.id
        )
        self.sudo()._tell()  # sudo: who the supervisors are
        return told

    # The supervisors

    @api.model
    @api.readonly
    def waiting(self):
        """Return the calls with an alarm nobody took yet, as the supervisors' bar shows them."""
        self.env["helpdesk.ticket"]._require_role("supervisor")
        alarms = self.search([("state", "=", "raised"), ("card_id.alarm", "=", True)], limit=20)
        return [call._alarm_vals() for call in alarms.call_id]

    def action_take(self):
        """Take what stands in these calls: the others and the operator see who did. Supervisor."""
        self.env["helpdesk.ticket"]._require_role("supervisor")
        self.check_access("read")
        for call in self.call_id:
            call._standing_alarms()._take()
        return [call._alarm_vals() for call in self.call_id]

    def _take(self):
        """Take those of one call that nobody took; refuse where there are none."""
        if not self:
            raise UserError(self.env._("The operator has taken this alarm back."))
        waiting = self.filtered(lambda one: one.state == "raised").sorted("id")
        if not waiting:
            raise UserError(self.env._("%(name)s has taken it already.", name=self._takers()))
        # sudo: as above
        waiting.sudo().write({"taken_by_id": self.env.uid, "taken_at": fields.Datetime.now()})
        for alarm in waiting:
            self.env["hotline.journal"]._append(
                "emergency_taken", alarm.call_id, emergency=alarm.card_id.id
            )
        waiting[:1].sudo()._tell()  # sudo: who the supervisors are

    def _takers(self):
        """Return the names of who took these, the first one first."""
        takers = self.sorted(lambda one: (one.taken_at or fields.Datetime.now(), one.id))
        return ", ".join(takers.taken_by_id.sudo().mapped("name"))  # sudo: names of colleagues

    def action_open_call(self):
        """Return the call of the alarm."""
        self.ensure_one()
        self.check_access("read")
        return self.call_id.get_formview_action()

    def _tell(self):
        """Send the call to the supervisors of its body and to its operator; nobody else.

        Ids, the operator's name and the causes: nothing of the caller leaves the call.
        """
        call = self.call_id
        group = self.env.ref("gov_hotline.group_supervisor")
        there = group.all_user_ids.filtered(lambda one: self.company_id in one.company_ids)
        for user in there:
            told = call.with_context(lang=user.lang)._alarm_vals()
            user._bus_send(RAISED, told | {"mine": False})
        operator = self.operator_id
        told = call.with_context(lang=operator.lang)._alarm_vals()
        operator._bus_send(RAISED, told | {"mine": True})
