from odoo import api, fields, models
from odoo.exceptions import UserError


class HotlineConfirmation(models.AbstractModel):
    """A dialog in which the applicant's confirmation on paper or at the reception is noted.

    Its model has the fields `ticket_id`, `how`, `received_on`, `scan_ids` and `identity_shown`.
    """

    _name = "hotline.confirmation"
    _description = "Confirmation in writing"

    @api.model
    def _today(self):
        return self.env.company._hotline_today()

    def _check_identity(self):
        if self.how == "visit" and not self.identity_shown:
            raise UserError(
                self.env._("At the reception an identity document is needed: look at it first.")
            )

    def _received_at(self):
        """Return the moment of receipt: now, or midday of an earlier day (its hour is unknown)."""
        company = self.ticket_id.company_id
        if not self.received_on or self.received_on == company._hotline_today():
            return fields.Datetime.now()
        return self.ticket_id._midday(company, self.received_on)
