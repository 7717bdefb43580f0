from odoo import api, fields, models
from odoo.tools import SQL

from ..connector.lock import CLASS
from .hotline_pbx import ADMINISTRATORS

STATES = [
    ("never", "Has never been connected"),
    ("online", "Connected"),
    ("offline", "No connection"),
]


class HotlinePbx(models.Model):
    """How the connector is: written by it, read by people."""

    _inherit = "hotline.pbx"

    state = fields.Selection(
        STATES, string="Connection", required=True, readonly=True, default="never", copy=False
    )
    connected_at = fields.Datetime(string="Connected since", readonly=True, copy=False)
    last_event_at = fields.Datetime(string="Last event", readonly=True, copy=False)
    lag_ms = fields.Integer(string="Lag, ms", readonly=True, copy=False)
    dropped_events = fields.Integer(string="Events merged in storms", readonly=True, copy=False)
    # Code and text of the connector ("refused: 127.0.0.1:5038"), or words of ours
    last_error = fields.Char(readonly=True, copy=False, groups=ADMINISTRATORS)
    trouble = fields.Char(string="What is wrong", compute="_compute_trouble", groups=ADMINISTRATORS)
    connector = fields.Char(
        readonly=True, copy=False, groups=ADMINISTRATORS, help="Machine and process."
    )
    clock_skew_s = fields.Integer(string="Clocks differ by, s", readonly=True, copy=False)
    version = fields.Char(string="Version of the PBX", readonly=True, copy=False)

    @api.depends("last_error")
    @api.depends_context("lang")
    def _compute_trouble(self):
        for pbx in self:
            code, _colon, detail = (pbx.last_error or "").partition(": ")
            pbx.trouble = pbx._words_of_trouble(detail).get(code, pbx.last_error)

    def _words_of_trouble(self, detail):
        """Return what the connector's codes mean, and what to do."""
        return self._words_of_connection() | {
            "stopped": self.env._("The connector was ended. Start it again."),
            "database": self.env._(
                "The connector cannot write calls into the database: %(detail)s", detail=detail
            ),
            "broken_call": self.env._("A call could not be written: %(detail)s", detail=detail),
            "denied": self.env._("The account lacks a right: check the connection."),
            "failed": self.env._("The PBX refuses what it is asked: check the connection."),
            "unknown": self.env._("The PBX did not answer in time."),
        }

    @api.model
    def _cron_watch(self):
        """Say of a connector that was killed that it is gone; end what nobody took in time.

        A living one holds a lock of the database; a killed one leaves «connected» behind it.
        """
        for pbx in self.search([("state", "=", "online")]):
            if not pbx._is_served():
                pbx.write(
                    {
                        "state": "offline",
                        "connected_at": False,
                        "last_error": self.env._("The connector does not run."),
                    }
                )
        self.env["hotline.pbx.command"]._expire()

    def _is_served(self):
        """Return whether a connector holds the lock of this PBX."""
        held = SQL(
            """SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
                  AND d.datname = current_database() AND l.classid = %s AND l.objid = %s""",
            CLASS,
            self.id,
        )
        return bool(self.env.execute_query(held))
