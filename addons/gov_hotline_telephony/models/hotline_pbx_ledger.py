from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ..domain import call_rows, ledger
from .hotline_pbx import ADMINISTRATORS

LATE = 3  # times the interval: by then a reconciliation is missing


class HotlinePbxLedger(models.Model):
    """Until where the books of a PBX were read; the connector's own, on nobody's screen.

    A row of its own: that of the PBX is written every few seconds.
    """

    _name = "hotline.pbx.ledger"
    _description = "Place in the books of a PBX"

    pbx_id = fields.Many2one("hotline.pbx", required=True, ondelete="cascade")
    # Lines of calls that go on: telephone numbers are in them
    state = fields.Json(groups=fields.NO_ACCESS)
    checked_at = fields.Datetime()
    fault = fields.Char()

    _pbx_uniq = models.Constraint("UNIQUE (pbx_id)", "A PBX has one place.")

    @api.model
    def _of(self, pbx):
        return self.search([("pbx_id", "=", pbx.id)]) or self.create({"pbx_id": pbx.id})

    def _failed(self, fault):
        self.write({"fault": fault, "checked_at": fields.Datetime.now()})

    def _done(self, places, left, until):
        """Keep until where and when it was read, and the lines of calls that are not over."""
        kept = {"places": places, "left": left, "until": until}
        self.write({"state": kept, "fault": False, "checked_at": fields.Datetime.now()})

    def _has_told(self, moment):
        """Say whether it has told what it knows of a call that ended then, or cannot be read."""
        told = call_rows.epoch(moment) + 2 * ledger.GRACE
        return bool(self) and (bool(self.fault) or (self.state or {}).get("until", 0.0) >= told)


class HotlinePbx(models.Model):
    """Where the books of the PBX are, and how the last reconciliation ended."""

    _inherit = "hotline.pbx"

    ledger_folder = fields.Char(
        string="Folder of the books",
        copy=False,
        groups=ADMINISTRATORS,
        help="The folder of logs of the PBX as the connector sees it: /var/log/asterisk, or where "
        "it is mounted. Empty: calls are not reconciled.",
    )
    ledger_database = fields.Char(
        string="Database of the books",
        copy=False,
        groups=ADMINISTRATORS,
        help="Where the PBX writes its events (CEL) into PostgreSQL: the name of a service of "
        "pg_service.conf on the connector's server, as service=asterisk. The table is cel. Empty: "
        "the events are read from the folder.",
    )
    ledger_minutes = fields.Integer(string="Reconciled every, min", required=True, default=5)
    ledger_since = fields.Datetime(
        string="Reconciled since",
        readonly=True,
        copy=False,
        help="Calls that ended before are not looked for: the hotline was not here then.",
    )
    ledger_words = fields.Char(
        string="Last reconciliation", compute="_compute_ledger_words", groups=ADMINISTRATORS
    )
    ledger_is_well = fields.Boolean(compute="_compute_ledger_words", groups=ADMINISTRATORS)

    _ledger_minutes_range = models.Constraint(
        "CHECK (ledger_minutes BETWEEN 1 AND 60)", "Reconcile every 1 to 60 minutes."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_since(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_since(vals))

    def _with_since(self, vals):
        if not vals.get("ledger_folder"):
            return vals
        if self and self.filtered("ledger_since"):
            return vals
        return {"ledger_since": fields.Datetime.now(), **vals}

    @api.constrains("ledger_folder")
    def _check_ledger_folder(self):
        self._check_whole_path("ledger_folder")

    @api.constrains("ledger_database")
    def _check_ledger_database(self):
        for pbx in self.sudo().filtered("ledger_database"):  # sudo: whoever writes it
            if "password" in pbx.ledger_database or "=" not in pbx.ledger_database:
                raise ValidationError(
                    self.env._(
                        "Name a service: service=asterisk. Its password is kept on the server."
                    )
                )

    def _ledger(self):
        # sudo: the connector's own row; no screen reads it
        return self.env["hotline.pbx.ledger"].sudo()._of(self)

    def _ledger_is_due(self):
        """Say whether the connector is to reconcile now."""
        self.ensure_one()
        if not self.ledger_folder:
            return False
        last = self._ledger().checked_at
        now = fields.Datetime.now()
        return not last or now - last >= timedelta(minutes=self.ledger_minutes)

    @api.depends("ledger_folder", "ledger_minutes")
    @api.depends_context("lang", "tz")
    def _compute_ledger_words(self):
        places = self.env["hotline.pbx.ledger"].sudo()  # sudo: how the connector is, as its health
        of_pbx = {one.pbx_id: one for one in places.search([("pbx_id", "in", self.ids)])}
        for pbx in self:
            pbx.ledger_is_well, pbx.ledger_words = pbx._ledger_told(of_pbx.get(pbx._origin))

    def _ledger_told(self, place):
        """Return (whether all is well, in words)."""
        if not self.ledger_folder:
            return False, self.env._("Is not set up: calls lost by a fault are not found.")
        if not place or not place.checked_at:
            return False, self.env._("Has not been yet.")
        at = format_datetime(self.env, place.checked_at)
        if (place.fault or "").startswith("no_database"):
            return False, self.env._(
                "%(at)s: the connector cannot read the database of the books. Does it run, may it "
                "be read?",
                at=at,
            )
        if place.fault:
            return False, self.env._(
                "%(at)s: the connector cannot read the folder. Is it mounted, may it be read?",
                at=at,
            )
        since = fields.Datetime.now() - place.checked_at
        if since > timedelta(minutes=LATE * self.ledger_minutes):
            return False, self.env._("%(at)s, none since: does the connector run?", at=at)
        return True, self.env._("%(at)s. %(differences)s", at=at, differences=self._last_words())

    def _last_words(self):
        found = self.env["hotline.reconciliation"].sudo()  # sudo: two counts of the last one
        last = found.search([("pbx_id", "=", self.id)], limit=1)
        if not last or not last.added + last.corrected + last.failed:
            return self.env._("No differences.")
        return self.env._(
            "Added %(added)s, corrected %(corrected)s, not written %(failed)s.",
            added=last.added,
            corrected=last.corrected,
            failed=last.failed,
        )

    def action_reconcile(self):
        """Ask the connector to compare the calls with the PBX's books now."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("administrator", "supervisor")
        self.check_access("read")
        if not self.sudo().ledger_folder:  # sudo: whether it is set, not what it is
            raise UserError(
                self.env._("The folder of the books is not set: ask the administrator.")
            )
        if not self._is_served():
            raise UserError(self.env._("The connector does not run: start it first."))
        self.env["hotline.pbx.command"]._ask(self, "reconcile", {})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("The reconciliation has begun: see its line in a moment."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
