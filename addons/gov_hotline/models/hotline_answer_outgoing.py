from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import approval


class HotlineAnswer(models.Model):
    """What an answer went out with stays: its number is its own, its addressee is kept.

    The address of the case may be corrected later; what was given went where it went.
    """

    _inherit = "hotline.answer"

    sent_name = fields.Char(string="Given to", readonly=True, copy=False)
    sent_address = fields.Char(string="Given at", readonly=True, copy=False)

    @api.depends("state", "sent_address")
    def _compute_reply_address(self):  # pylint: disable=missing-return
        super()._compute_reply_address()
        for answer in self.filtered(lambda one: one.state == approval.GIVEN and one.sent_name):
            answer.reply_address = answer.sent_address

    def _mark_given(self):  # pylint: disable=missing-return
        vals = {"sent_name": self._addressee(), "sent_address": self.reply_address}
        self._by_act(vals)
        super()._mark_given()

    def _addressee(self):
        return self.sent_name or super()._addressee()

    def _address(self):
        if not self.sent_name or self.channel not in ("post", "email"):
            return super()._address()
        return self.sudo().sent_address or ""  # on the sheet, whoever prints it

    def _check_signed(self):  # pylint: disable=missing-return
        super()._check_signed()
        self._check_number_is_free()

    def _check_number_is_free(self):
        """Refuse a number that another letter of the year has: one register, one number."""
        year = self.outgoing_date.year
        if self.ticket_id._is_outgoing_used(self.outgoing_number, year, but=self):
            raise UserError(
                self.env._(
                    "Outgoing number %(number)s was given in %(year)s already. Clear the number "
                    "and press «Give a number».",
                    number=self.outgoing_number,
                    year=year,
                )
            )
