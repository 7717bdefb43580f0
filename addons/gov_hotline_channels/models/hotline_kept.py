from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gov_hotline.domain import retention

from .hotline_incoming_mail import FAILED, MODEL, NOISE, PLACED, REJECTED


class HotlineDestruction(models.Model):
    _inherit = "hotline.destruction"

    @api.model
    def _kept_models(self):
        return {**super()._kept_models(), retention.INCOMING: MODEL}


class HotlineIncomingMail(models.Model):
    """A letter that came in and was registered with no case: kept on its own (152-FZ, art. 5)."""

    _name = MODEL
    _inherit = [MODEL, "hotline.kept"]
    _kept_kind = retention.INCOMING
    _kept_person = SQL("t.sender_id")

    def _kept_people(self):
        return self.sender_id.filtered(lambda card: card.hotline_kind == "citizen")

    @api.model
    def _kept_columns(self, company):
        received = self._kept_day("received_at", company)
        return {
            "number": SQL("'№ ' || t.id"),
            "begun": received,
            "ended": SQL("COALESCE(%s, %s)", self._kept_day("decided_on", company), received),
            "is_ended": SQL("t.state IN %s", (NOISE, REJECTED, FAILED)),
            "where": SQL("(t.ticket_id IS NULL OR t.state <> %s)", PLACED),
        }
