from odoo import api, fields, models

TOLD = "gov_hotline.queue"


class HotlineQueue(models.Model):
    _inherit = "hotline.queue"

    @api.model
    def _board(self, company=None):
        """Return {waiting, longest_since, now} of the queues of a body (the user's bodies).

        Who is still in the menu waits for nobody.
        """
        bodies = company.ids if company else self.env.companies.ids
        [(waiting, since)] = (
            self.env["hotline.call"]
            .sudo()  # how many wait, and how long
            ._read_group(
                [
                    *(("phase", "=", "waiting"), ("queued_at", "!=", False)),
                    ("company_id", "in", bodies),
                ],
                aggregates=["__count", "queued_at:min"],
            )
        )
        return {
            "waiting": waiting,
            "longest_since": fields.Datetime.to_string(since) or False,
            "now": fields.Datetime.to_string(fields.Datetime.now()),
        }

    @api.model
    def _tell_board(self, company):
        """Tell the operators of a body, all by one message, how many wait."""
        self.env["bus.bus"]._sendone((company, TOLD), TOLD, self._board(company))
