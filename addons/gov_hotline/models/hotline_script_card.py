from odoo import api, fields, models


class HotlineScriptCard(models.Model):
    """A button that is always on the operator's screen: what to say first when life is at stake."""

    _name = "hotline.script.card"
    _description = "Emergency script"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="The word on the button.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    script = fields.Text(required=True, translate=True, help="What to say, a phrase a line.")
    agency_name = fields.Char(string="Transfer to", required=True, translate=True)
    phone = fields.Char(string="Telephone to transfer to", required=True)
    disposition_id = fields.Many2one("hotline.disposition", ondelete="restrict")
    alarm = fields.Boolean(string="Alarm the supervisors", default=True)

    @api.model
    def _for_workplace(self):
        """Return the cards as the operator's screen shows them."""
        return [
            {
                "id": card.id,
                "name": card.name,
                "lines": [line.strip() for line in card.script.splitlines() if line.strip()],
                "agency_name": card.agency_name,
                "phone": card.phone,
                "disposition_id": card.disposition_id.id,
                "alarm": card.alarm,
            }
            for card in self.search([])
        ]

    def _prepare_call_vals(self, call):
        """Return what the transfer leaves in the call; the operator's own words stay."""
        said = self.env._(
            "«%(card)s»: transferred to %(agency)s, %(phone)s",
            card=self.name,
            agency=self.agency_name,
            phone=self.phone,
        )
        vals = {"result": "\n".join(filter(None, (call.result, said)))}
        if not call.ticket_id:
            vals |= {"group": "redirect", "disposition_id": self.disposition_id.id}
            vals["redirect_cause"] = False
        return vals

    def _alarm_supervisors(self, call):
        """Tell the supervisors who are online at once; no name of the caller leaves the call."""
        if not self.alarm:
            return
        # sudo: an operator may not read who is in a group
        group = self.env.ref("gov_hotline.group_supervisor").sudo()
        supervisors = group.all_user_ids.filtered(lambda one: call.company_id in one.company_ids)
        message = self.env._(
            "%(operator)s, call %(number)s: transferred to %(agency)s",
            operator=self.env.user.name,
            number=call.number,
            agency=self.agency_name,
        )
        for user in supervisors:
            user._bus_send(
                "simple_notification",
                {"type": "danger", "title": self.name, "message": message, "sticky": True},
            )
