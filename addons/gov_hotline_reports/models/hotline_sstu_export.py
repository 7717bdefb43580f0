from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import periods, sstu

MAKERS = ("officer", "supervisor")
STATES = [
    ("draft", "Period chosen"),
    ("checking", "Being checked"),
    ("checked", "Checked"),
    ("making", "Files being made"),
    ("made", "Files are ready"),
    ("sent", "Sent"),
]
RUNNING = ("checking", "making")


class HotlineSstuExport(models.Model):
    """What the body tells ССТУ.РФ of its appeals for a period (Decree 171 of 17.04.2017).

    draft → checking → checked → making → made → sent. A sent export stands byte for byte; the next
    one says what is new and what has changed since. Nothing is exchanged with ССТУ.РФ here: the
    files are loaded there by hand.
    """

    _name = "hotline.sstu.export"
    _inherit = ["hotline.report.step", "hotline.in.parts"]
    _description = "Export to ССТУ.РФ"
    _order = "id desc"
    _makers = MAKERS
    _set_by_act = frozenset(
        {
            "state", "total", "done", "cursor", "line_ids", "part_ids", "made_by_id", "made_at",
            "sent_by_id", "sent_at",
        }
    )  # fmt: skip
    _editable = None

    company_id = fields.Many2one(
        "res.company",
        string="Body",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    date_from = fields.Date(
        string="Since", required=True, default=lambda self: self._last_month()[0]
    )
    date_to = fields.Date(string="Until", required=True, default=lambda self: self._last_month()[1])
    only_changes = fields.Boolean(
        string="New and changed alone",
        default=True,
        help="Appeals told of in a sent export and not changed since are left out.",
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, index=True)
    total = fields.Integer(string="Appeals", readonly=True)
    done = fields.Integer(readonly=True)
    cursor = fields.Integer(readonly=True, help="The last appeal that the job has looked at.")
    progress = fields.Integer(compute="_compute_progress", string="Progress, %")
    is_running = fields.Boolean(compute="_compute_progress")
    line_ids = fields.One2many("hotline.sstu.line", "export_id", string="Appeals of the period")
    part_ids = fields.One2many("hotline.sstu.part", "export_id", string="Files")
    new_count = fields.Integer(compute="_compute_counts", string="New")
    changed_count = fields.Integer(compute="_compute_counts", string="Changed")
    same_count = fields.Integer(compute="_compute_counts", string="Unchanged")
    skipped_count = fields.Integer(compute="_compute_counts", string="Left out by their number")
    faulty_count = fields.Integer(compute="_compute_counts", string="Something is missing")
    to_tell_count = fields.Integer(compute="_compute_counts")
    packed_count = fields.Integer(compute="_compute_counts", string="In the files")
    made_by_id = fields.Many2one("res.users", string="Made by", readonly=True)
    made_at = fields.Datetime(string="Made on", readonly=True)
    sent_by_id = fields.Many2one("res.users", string="Marked as sent by", readonly=True)
    sent_at = fields.Datetime(string="Marked as sent on", readonly=True)

    _sent_idx = models.Index("(company_id) WHERE state = 'sent'")

    @api.model
    def _last_month(self):
        """Return the first and the last day of the month that is told of by now."""
        return periods.last_ended("month", self.env.company._hotline_today())

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for export in self:
            if export.date_from > export.date_to:
                raise ValidationError(
                    self.env._("The period ends before it begins: correct its days.")
                )

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for export in self:
            days = (export.date_from, export.date_to)
            export.display_name = self.env._(
                "ССТУ.РФ, %(days)s",
                days="–".join(day.strftime("%d.%m.%Y") for day in days if day),
            )

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        for export in self:
            export.is_running = export.state in RUNNING
            export.progress = min(100, 100 * export.done // export.total) if export.total else 0

    @api.depends("line_ids.change", "line_ids.is_faulty", "line_ids.part_id")
    def _compute_counts(self):
        Line = self.env["hotline.sstu.line"]
        mine = [("export_id", "in", self.ids)]
        changes = Line._read_group(mine, ["export_id", "change"], ["__count"])
        counts = {(export.id, change): count for export, change, count in changes}
        faulty = dict(
            Line._read_group([*mine, ("is_faulty", "=", True)], ["export_id"], ["__count"])
        )
        packed = dict(
            Line._read_group([*mine, ("part_id", "!=", False)], ["export_id"], ["__count"])
        )
        for export in self:
            for change in ("new", "changed", "same", "skipped"):
                export[f"{change}_count"] = counts.get((export._origin.id, change), 0)
            export.faulty_count = faulty.get(export._origin, 0)
            export.to_tell_count = export._count_to_tell(counts)
            export.packed_count = packed.get(export._origin, 0)

    def _count_to_tell(self, counts):
        """Return how many appeals the files would hold, were nothing missing."""
        changes = ("new", "changed") if self.only_changes else ("new", "changed", "same")
        return sum(counts.get((self._origin.id, change), 0) for change in changes)

    # Acts

    def action_check(self):
        """Go through the appeals of the period and list what is missing; officer, supervisor."""
        self._require("draft", "checked")
        self._check_body()
        self._drop_lines()
        self._begin("checking", self.env["helpdesk.ticket"].search_count(self._cases()))

    def action_make(self):
        """Make the files; appeals that lack something are left out. Officer, supervisor."""
        self._require("checked")
        packed = self.env["hotline.sstu.line"].search_count(self._to_pack())
        if not packed:
            raise UserError(
                self.env._(
                    "There is nothing to tell: no appeal of the period is new or changed, or each "
                    "lacks something. See the list."
                )
            )
        vals = {"made_by_id": self.env.uid, "made_at": fields.Datetime.now()}
        self._begin("making", packed, **vals)

    def action_sent(self):
        """Note that the files were loaded into ССТУ.РФ; nothing of them changes any more."""
        self._require("made")
        vals = {"sent_by_id": self.env.uid, "sent_at": fields.Datetime.now()}
        self._write_by_act({"state": "sent", **vals})
        self._journal("sstu_sent")

    def action_again(self):
        """Begin anew where nothing was sent yet: the files made so far are dropped."""
        self._require("checked", "made")
        self._drop_lines()
        self._write_by_act(
            {"state": "draft", "made_by_id": False, "made_at": False, "total": 0, "done": 0}
        )

    def action_continue(self):
        """Call the job again where it is gone; nothing is done twice."""
        self._require(*RUNNING)
        self._call_part()

    def action_open_lines(self):
        """Open the appeals of this export as a list of its own: search, groups, export."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline_reports.hotline_sstu_line_action"
        )
        wanted = self.env.context.get("sstu_filter")
        context = {f"search_default_{wanted}": 1} if wanted else {}
        domain = [("export_id", "=", self.id)]
        return {**action, "domain": domain, "context": context, "display_name": self.display_name}

    def _check_body(self):
        if not sstu.is_guid(self.company_id.hotline_sstu_department or ""):
            raise UserError(
                self.env._(
                    "The code of the body in ССТУ.РФ is not set: the administrator enters it in "
                    "Settings, «Hotline», «ССТУ.РФ»."
                )
            )

    def _begin(self, state, total, **vals):
        self._write_by_act({"state": state, "total": total, "done": 0, "cursor": 0, **vals})
        self._call_part()

    def _drop_lines(self):
        # sudo: nobody deletes them by hand; the step was checked
        self.sudo().part_ids.unlink()
        self.sudo().line_ids.unlink()  # as above

    def _is_in_parts(self):
        return self.state in RUNNING

    def _journal(self, event, **payload):
        counts = {"appeals": self.packed_count, "parts": len(self.part_ids)}
        days = {"day_from": self.date_from, "day_to": self.date_to}
        self.env["hotline.journal"]._append(event, self, **days, **counts, **payload)

    # Guards

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        if any(export.state != "draft" for export in self):
            raise UserError(self.env._("The period was checked already: begin anew to change it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        if any(export.state in ("making", "made", "sent") for export in self):
            raise UserError(self.env._("An export whose files were made is kept."))
