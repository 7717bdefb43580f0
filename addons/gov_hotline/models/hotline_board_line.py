from odoo import fields, models

from ..domain.board import Aims

USUAL = Aims()


class HotlineLine(models.Model):
    """What the body aims at on a line; the figures are judged by it."""

    _inherit = "hotline.line"

    answer_seconds = fields.Integer(
        string="Answer within, s",
        default=USUAL.seconds,
        required=True,
        help="Seconds of waiting in the queue, after the menu. A call answered within them counts "
        "for the service level.",
    )
    answer_share = fields.Integer(
        string="Service level, at least %",
        default=USUAL.level,
        required=True,
        help="Share of calls answered in time.",
    )
    lost_share = fields.Integer(
        string="Lost, at most %",
        default=USUAL.lost,
        required=True,
        help="Share of calls that nobody answered. Those that asked to be called back are not "
        "lost.",
    )
    short_seconds = fields.Integer(
        string="Not lost if given up within, s",
        default=USUAL.short,
        required=True,
        help="Who hangs up sooner has mostly dialled a wrong number: the call counts nowhere. 0: "
        "every call counts.",
    )

    _answer_seconds_range = models.Constraint(
        "CHECK (answer_seconds BETWEEN 1 AND 3600)", "Answered within 1 second to an hour."
    )
    _answer_share_range = models.Constraint(
        "CHECK (answer_share BETWEEN 0 AND 100)", "The service level is from 0 to 100 %."
    )
    _lost_share_range = models.Constraint(
        "CHECK (lost_share BETWEEN 0 AND 100)", "The share of lost calls is from 0 to 100 %."
    )
    _short_seconds_range = models.Constraint(
        "CHECK (short_seconds BETWEEN 0 AND 60)", "A call given up within 0 to 60 seconds."
    )

    def _aims(self):
        """Return the aims of this line; of no line the usual ones."""
        if not self:
            return USUAL
        return Aims(self.answer_seconds, self.answer_share, self.lost_share, self.short_seconds)
