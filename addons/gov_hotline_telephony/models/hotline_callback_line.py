from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain.callback import Rules


class HotlineLine(models.Model):
    """How a line calls back those who did not wait for an answer (D1)."""

    _inherit = "hotline.line"

    callback_on = fields.Boolean(
        string="Call back by itself",
        default=True,
        help="An operator who is free is rung, then the citizen. Without it the task waits for a "
        "person.",
    )
    callback_tries = fields.Integer(string="Tries", default=3, required=True)
    callback_interval = fields.Integer(string="Minutes between tries", default=10, required=True)
    callback_from = fields.Float(
        string="Citizens are called from", default=9.0, required=True, help="Time of the body."
    )
    callback_until = fields.Float(string="until", default=21.0, required=True)
    callback_same = fields.Integer(
        string="Own operator first, minutes",
        default=2,
        required=True,
        help="A dropped talk goes back to its operator; after these minutes to anybody.",
    )
    dispatch = fields.Boolean(
        string="Emergency dispatch service",
        help="Government resolution 416, item 13: answered within 5 minutes, else called back "
        "within 10 minutes of the call.",
    )

    _callback_tries_range = models.Constraint(
        "CHECK (callback_tries BETWEEN 1 AND 10)", "From 1 to 10 tries."
    )
    _callback_interval_range = models.Constraint(
        "CHECK (callback_interval BETWEEN 1 AND 1440)", "From 1 minute to a day between tries."
    )
    _callback_same_range = models.Constraint(
        "CHECK (callback_same BETWEEN 0 AND 60)", "From 0 to 60 minutes for the own operator."
    )

    @api.constrains("callback_from", "callback_until")
    def _check_callback_hours(self):
        for line in self:
            if not 0 <= line.callback_from < line.callback_until <= 24:
                raise ValidationError(
                    self.env._(
                        "Line «%(name)s»: the hours in which citizens are called begin before they "
                        "end, within one day.",
                        name=line.name,
                    )
                )

    def _callback_rules(self):
        """Return the rules of this line; of no line the usual ones."""
        if not self:
            return Rules()
        return Rules(
            tries=self.callback_tries,
            interval=self.callback_interval,
            opens=self.callback_from,
            closes=self.callback_until,
            always=self.round_the_clock,
            same_minutes=self.callback_same,
            dispatch=self.dispatch,
        )
