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
    agency_id = fields.Many2one(
        "res.partner",
        string="From the directory",
        domain="[('hotline_kind', 'in', ('agency', 'organisation'))]",
        ondelete="set null",
        help="Its hours are shown beside the number.",
    )
    agency_name = fields.Char(string="Transfer to", required=True, translate=True)
    phone = fields.Char(string="Telephone to transfer to", required=True)
    disposition_id = fields.Many2one("hotline.disposition", ondelete="restrict")
    alarm = fields.Boolean(string="Alarm the supervisors", default=True)
    hold_recording = fields.Boolean(
        string="Keep the recording",
        default=True,
        help="The recording of such a call is not deleted when its term is over.",
    )

    @api.onchange("agency_id")
    def _onchange_agency_id(self):
        """Take name and number from the directory; both may be put otherwise."""
        for card in self.filtered("agency_id"):
            card.agency_name = card.agency_id.name
            card.phone = card.agency_id.phone or card.phone

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
                "hours": card.agency_id.hotline_hours_now or "",
                "is_open": card.agency_id.hotline_is_open,
                "alarm": card.alarm,
                "hold": card.hold_recording,
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
