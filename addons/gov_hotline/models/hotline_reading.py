from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .hidden_table import READERS
from .hotline_account import REASONS, SOURCES


class HotlineReading(models.Model):
    """A reading of a meter: appended; a wrong one is struck out by the one that corrects it.

    Made by `hotline.account._submit_readings` and by the import of registers alone.
    """

    _name = "hotline.reading"
    _description = "Meter reading"
    _order = "read_on desc, id desc"
    _rec_name = "read_on"

    meter_id = fields.Many2one("hotline.meter", required=True, index=True, ondelete="cascade")
    value = fields.Float(digits=(12, 3), required=True, aggregator=None)
    read_on = fields.Date(required=True)
    source = fields.Selection(SOURCES, string="From", required=True)
    # Who talked with whom is the hotline's own: a company is told the reading.
    user_id = fields.Many2one("res.users", string="Who entered", groups=READERS)
    call_id = fields.Many2one(
        "hotline.call", index="btree_not_null", ondelete="set null", groups=READERS
    )
    confirmed_reason = fields.Selection(REASONS, string="Why it is right")
    corrects_id = fields.Many2one("hotline.reading", index="btree_not_null", ondelete="restrict")
    correction_ids = fields.One2many("hotline.reading", "corrects_id", string="Corrected by")
    is_struck = fields.Boolean(
        string="Struck out", compute="_compute_is_struck", search="_search_is_struck"
    )
    service_id = fields.Many2one(related="meter_id.service_id", string="Utility service")
    account_id = fields.Many2one(
        related="meter_id.account_id", store=True, precompute=True, index=True, string="Account"
    )

    _meter_on_idx = models.Index("(meter_id, read_on DESC, id DESC)")
    _corrects_uniq = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL", "This reading is corrected already."
    )

    @api.depends("correction_ids")
    def _compute_is_struck(self):
        for reading in self:
            reading.is_struck = bool(reading.correction_ids)

    def _search_is_struck(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("correction_ids", "!=" if True in value else "=", False)]

    @api.model
    def _last_of(self, meters):
        """Return {id of meter: id of its last reading that stands}; one query."""
        if not meters.ids:
            return {}
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (meter_id) meter_id, id
                  FROM hotline_reading reading
                 WHERE meter_id IN %s AND NOT EXISTS (
                       SELECT FROM hotline_reading later WHERE later.corrects_id = reading.id)
                 ORDER BY meter_id, read_on DESC, id DESC
                """,
                tuple(meters.ids),
            )
        )
        return dict(rows)

    def write(self, vals):  # pylint: disable=method-required-super
        """Nothing of a reading changes; a call that is destroyed lets it go by SQL."""
        raise AccessError(
            self.env._("A reading does not change: enter the right one, it strikes out the wrong.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Readings are not deleted: enter a correcting one."))
