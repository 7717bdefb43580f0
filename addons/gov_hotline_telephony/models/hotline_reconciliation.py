from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from odoo.addons.gov_hotline.domain import clock

from ..domain import call_rows

KEPT = timedelta(days=30)  # one that found no difference
KINDS = [
    ("added", "Was missing, added"),
    ("corrected", "Corrected"),
    ("failed", "Could not be written"),
]


class HotlineReconciliation(models.Model):
    """The PBX's books against the calls of Odoo: what was compared, what differed."""

    _name = "hotline.reconciliation"
    _description = "Reconciliation of calls"
    _order = "until desc, id desc"

    pbx_id = fields.Many2one(
        "hotline.pbx", string="PBX", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="pbx_id.company_id", store=True)
    since = fields.Datetime(string="From", readonly=True, help="The reconciliation before.")
    until = fields.Datetime(string="Till", required=True, readonly=True)
    total = fields.Integer(string="In the books", readonly=True)
    matched = fields.Integer(string="Agreed", readonly=True)
    added = fields.Integer(readonly=True)
    corrected = fields.Integer(readonly=True)
    failed = fields.Integer(string="Not written", readonly=True)
    left = fields.Integer(string="Go on", readonly=True, help="Compared when they are over.")
    faulty = fields.Integer(string="Faulty lines", readonly=True)
    lost = fields.Boolean(
        string="A file was gone",
        readonly=True,
        help="A file of the books was packed or deleted before all of it was read.",
    )
    line_ids = fields.One2many("hotline.reconciliation.line", "reconciliation_id", readonly=True)

    @api.depends("until")
    def _compute_display_name(self):
        for one in self:
            one.display_name = format_datetime(self.env, one.until)

    @api.model
    def _note(self, pbx, counts, found):
        """Write down one reconciliation; `found`: [(linkedid, kind, changes)].

        One that compared nothing is no record.
        """
        of_kind = {kind: sum(one[1] == kind for one in found) for kind, _words in KINDS}
        total = counts["matched"] + len(found)
        if not total and not counts["faulty"] and not counts["lost"]:
            return self.browse()
        last = self.search([("pbx_id", "=", pbx.id)], limit=1)
        made = self.create(
            {
                "pbx_id": pbx.id,
                "since": last.until or pbx.ledger_since,
                "total": total,
                **counts,
                **of_kind,
            }
        )
        made._note_lines(pbx, found)
        return made

    def _note_lines(self, pbx, found):
        calls = self.env["hotline.call"]._of_pbx(pbx, [one[0] for one in found])
        ids = {call.linkedid: call.id for call in calls}
        self.env["hotline.reconciliation.line"].create(
            [
                {
                    "reconciliation_id": self.id,
                    "linkedid": linkedid,
                    "call_id": ids.get(linkedid, False),
                    "kind": kind,
                    "changes": [list(change) for change in changes],
                }
                for linkedid, kind, changes in found
            ]
        )

    @api.autovacuum
    def _gc_quiet(self):
        """Those that found nothing say nothing after a month; the others are kept."""
        quiet = [("added", "=", 0), ("corrected", "=", 0), ("failed", "=", 0)]
        old = [("until", "<", fields.Datetime.now() - KEPT), ("lost", "=", False)]
        self.search([*quiet, *old, ("faulty", "=", 0)]).unlink()

    def action_reconcile(self):
        """Reconcile every PBX of the user's bodies now."""
        self.env["helpdesk.ticket"]._require_role("administrator", "supervisor")
        # sudo: whether the folder is set, not what it is
        pbxs = self.env["hotline.pbx"].search([("company_id", "in", self.env.companies.ids)])
        pbxs = pbxs.filtered(lambda pbx: pbx.sudo().ledger_folder)
        if not pbxs:
            raise UserError(
                self.env._("The folder of the books is not set: ask the administrator.")
            )
        return [pbx.action_reconcile() for pbx in pbxs][-1]


class HotlineReconciliationLine(models.Model):
    """One call that differed: what it was, what it is."""

    _name = "hotline.reconciliation.line"
    _description = "Difference of a call"
    _order = "reconciliation_id desc, id"
    _rec_name = "linkedid"

    reconciliation_id = fields.Many2one(
        "hotline.reconciliation", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="reconciliation_id.company_id", store=True)
    at = fields.Datetime(related="reconciliation_id.until", string="When")
    linkedid = fields.Char(string="Number in the PBX", required=True, readonly=True)
    call_id = fields.Many2one(
        "hotline.call", readonly=True, index="btree_not_null", ondelete="set null"
    )
    kind = fields.Selection(KINDS, string="What was done", required=True, readonly=True)
    changes = fields.Json(readonly=True)
    words = fields.Text(string="What differed", compute="_compute_words")

    @api.depends("changes", "kind", "call_id")
    @api.depends_context("lang")
    def _compute_words(self):
        for line in self:
            said = [line._change_words(*change) for change in line.changes or ()]
            line.words = "\n".join(said) or self.env._("There was no such call here.")

    def _change_words(self, what, was, now):
        if what == "fault":
            return self.env._("Fault: %(detail)s", detail=now)
        if what == "unknown":
            return self.env._("What was not known is filled in from the books.")
        named = {
            "phase": self.env._("Now"),
            "fate": self.env._("How it ended"),
            "answered": self.env._("Answered"),
            "ended": self.env._("Ended"),
            "talk": self.env._("Talked, s"),
        }
        return self.env._(
            "%(what)s: was «%(was)s», is «%(now)s»",
            what=named.get(what, what),
            was=self._value_words(what, was),
            now=self._value_words(what, now),
        )

    def _value_words(self, what, value):
        if what in ("answered", "ended") and value is not None:
            local = clock.body_time(call_rows.moment(value), self.company_id.hotline_tz)
            return local.strftime("%d.%m.%Y %H:%M:%S")
        if what in ("phase", "fate"):
            call = self.env["hotline.call"]
            told = dict(call._fields[what]._description_selection(self.env))
            return told.get(value) or self.env._("not known")
        return self.env._("not known") if value is None else str(value)
