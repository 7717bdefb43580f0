from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HotlineLine(models.Model):
    """A called number with its legal mode (whether a call may become an oral appeal)."""

    _name = "hotline.line"
    _description = "Line"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    phone = fields.Char(help="The number citizens call.")
    mode = fields.Selection(
        [
            ("message", "Messages"),
            ("oral", "Oral appeals by a local act"),
            ("consult", "Consultation and help only"),
        ],
        required=True,
        default="message",
    )
    act_number = fields.Char(string="Local act No.")
    act_date = fields.Date(string="Date of the local act")
    team_id = fields.Many2one("helpdesk.ticket.team", string="Department")
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )
    round_the_clock = fields.Boolean(help="Operators answer at any hour, also on holidays.")
    greeting = fields.Text(help="What the operator says first.")

    @api.constrains("mode", "act_number", "act_date")
    def _check_local_act(self):
        for line in self:
            if line.mode == "oral" and not (line.act_number and line.act_date):
                raise ValidationError(
                    self.env._(
                        "Line «%(name)s»: oral appeals by telephone need the number and the date "
                        "of the body's local act.",
                        name=line.name,
                    )
                )
