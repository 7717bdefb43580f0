from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..domain import opening

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class HotlineOpening(models.Model):
    """Hours of one weekday of an agency, by the clock of the body."""

    _name = "hotline.opening"
    _description = "Opening hours"
    _order = "partner_id, weekday"
    _rec_name = "weekday"

    partner_id = fields.Many2one(
        "res.partner",
        string="Agency",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('hotline_kind', 'in', ('agency', 'organisation'))]",
    )
    weekday = fields.Selection(WEEKDAYS, required=True, default="0")
    opens = fields.Float(required=True, default=9)
    closes = fields.Float(required=True, default=18)
    lunch_from = fields.Float(string="Break from")
    lunch_to = fields.Float(string="Break until", help="0:00: without a break.")

    _day_uniq = models.Constraint(
        "UNIQUE (partner_id, weekday)", "The hours of this weekday stand in the table already."
    )

    @api.constrains("opens", "closes", "lunch_from", "lunch_to")
    def _check_hours(self):
        for one in self:
            if not one._hours().is_possible:
                day = dict(self._fields["weekday"]._description_selection(self.env))[one.weekday]
                raise ValidationError(
                    self.env._(
                        "«%(agency)s», %(day)s: it must close later than it opens, both between "
                        "0:00 and 24:00, and the break must lie between.",
                        agency=one.partner_id.name,
                        day=day,
                    )
                )

    def _hours(self):
        times = (self.opens, self.closes, self.lunch_from, self.lunch_to)
        return opening.Hours(*map(opening.minutes, times))
