from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..domain import strictness

STATES = [
    ("waiting", "About to be counted"),
    ("computing", "Being counted"),
    ("to_confirm", "To be confirmed"),
    ("applying", "Dates being moved"),
    ("applied", "Applied"),
    ("unchanged", "No date moves"),
    ("refused", "Refused"),
    ("superseded", "Superseded"),
]
DECIDERS = ("supervisor", "approver")


class HotlineRecalculation(models.Model):
    """The dates that a changed production calendar would move: a list a manager confirms (X9).

    waiting → computing → to_confirm → applying → applied. The jobs go in parts and take up where
    they were stopped; another change before the decision makes a new list in place of this one.
    """

    _name = "hotline.recalculation"
    _inherit = ["mail.thread", "mail.activity.mixin", "hotline.by.act", "hotline.in.parts"]
    _description = "Recalculation of terms"
    _order = "id desc"
    _mail_post_access = "read"  # a note that the activity is done
    _editable = frozenset({"reason", "line_ids"})  # of a line the tick alone

    company_id = fields.Many2one(
        "res.company", string="Body", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True, index=True)
    cause = fields.Text(string="What has changed", readonly=True)
    changed_at = fields.Datetime(string="Calendar changed", required=True, readonly=True)
    settled = fields.Boolean(readonly=True, help="Counted without waiting for further changes.")
    version_before = fields.Char(string="Edition before", readonly=True)
    version_after = fields.Char(string="Edition after", readonly=True)
    line_ids = fields.One2many(
        "hotline.recalculation.line", "recalculation_id", string="Terms of cases"
    )
    total = fields.Integer(string="Running terms", readonly=True)
    done = fields.Integer(readonly=True, help="Looked at by the job that is on.")
    work_count = fields.Integer(
        readonly=True, help="How many the job that moves dates goes through."
    )
    cursor = fields.Integer(readonly=True, help="The last deadline that the job has looked at.")
    progress = fields.Integer(compute="_compute_progress", string="Progress, %")
    moved_count = fields.Integer(string="Dates that move", readonly=True)
    renewed_count = fields.Integer(
        string="Same date",
        readonly=True,
        help="The certificate gets the new edition, nothing else.",
    )
    kept_count = fields.Integer(string="Left as they are", readonly=True)
    chosen_count = fields.Integer(compute="_compute_counts", string="Ticked")
    applied_count = fields.Integer(compute="_compute_counts", string="Dates moved")
    skipped_count = fields.Integer(compute="_compute_counts", string="Dates passed over")
    left_count = fields.Integer(compute="_compute_counts", string="Dates without a tick")
    summary = fields.Char(compute="_compute_summary", string="In words")
    reason = fields.Text(
        help="Why dates are moved otherwise than proposed, or not at all. "
        "It stays with the decision."
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    superseded_by_id = fields.Many2one(
        "hotline.recalculation", string="Replaced by", readonly=True, ondelete="set null"
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _undecided_uniq = models.UniqueIndex(
        "(company_id) WHERE state IN ('waiting', 'computing', 'to_confirm')",
        "A recalculation of this body is open already.",
    )

    @api.depends("changed_at", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            day = one.changed_at and one.company_id._hotline_date(one.changed_at)
            one.display_name = self.env._(
                "Recalculation of terms, %(day)s", day=day and day.strftime("%d.%m.%Y")
            )

    @api.depends("done", "total", "work_count", "state")
    def _compute_progress(self):
        for one in self:
            whole = one._work()
            one.progress = min(100, 100 * one.done // whole) if whole else 0

    def _work(self):
        """Return how many the job that is on goes through."""
        return self.work_count if self.state == "applying" else self.total

    @api.depends("line_ids.state", "line_ids.is_chosen")
    def _compute_counts(self):
        Line = self.env["hotline.recalculation.line"]
        grouped = Line._read_group(
            [("recalculation_id", "in", self.ids)],
            ["recalculation_id", "state", "is_chosen"], ["__count"],
        )  # fmt: skip
        counts = {}
        for recalculation, state, is_chosen, count in grouped:
            key = "chosen" if state == "proposed" and is_chosen else state
            counts[recalculation.id, key] = counts.get((recalculation.id, key), 0) + count
        for one in self:
            saved = one._origin
            chosen = counts.get((saved.id, "chosen"), 0)
            one.chosen_count = chosen if one == saved else chosen + one._unsaved_ticks()
            one.applied_count = counts.get((saved.id, "applied"), 0)
            one.skipped_count = counts.get((saved.id, "skipped"), 0)
            one.left_count = counts.get((saved.id, "left"), 0)

    def _unsaved_ticks(self):
        """Return by how many the form's ticks differ from the saved ones."""
        lines = self.line_ids.filtered(lambda line: line.state == "proposed")
        return sum(line.is_chosen - line._origin.is_chosen for line in lines)

    @api.depends("state", "moved_count", "renewed_count", "applied_count", "progress")
    @api.depends_context("lang")
    def _compute_summary(self):
        for one in self:
            one.summary = one._summary_words()

    def _summary_words(self):
        number = {
            name: formatLang(self.env, self[name], digits=0)
            for name in ("done", "moved_count", "applied_count", "chosen_count")
        }
        if self.state in ("computing", "applying"):
            number["total"] = formatLang(self.env, self._work(), digits=0)
            return self.env._("%(done)s of %(total)s", **number)
        if self.state == "to_confirm":
            return self.env._(
                "dates that move: %(moved_count)s, ticked: %(chosen_count)s", **number
            )
        if self.state == "applied":
            return self.env._("moved: %(applied_count)s of %(moved_count)s", **number)
        return False

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        may = bool(self.env["helpdesk.ticket"]._roles() & {*DECIDERS, "system"})
        for one in self:
            one.can_decide = may and one.state == "to_confirm"

    # Acts of the manager

    def action_confirm(self):
        """Move the ticked dates, by a job; supervisor or approver.

        A reason is needed where the ticks are not as proposed.
        """
        self._check_decider()
        self._check_ticked()
        if self._is_changed_by_hand():
            self._check_reason(self.env._("The ticks are not as proposed: write why."))
        self._decide("applying", "recalculation_confirmed", dates=self.chosen_count)
        work = self.chosen_count + self.renewed_count
        self._write_by_act({"done": 0, "cursor": 0, "work_count": work})
        self._call_job()

    def action_refuse(self):
        """Move none of the dates, for a written reason; supervisor or approver."""
        self._check_decider()
        self._check_reason(self.env._("Write why no date is moved."))
        self._decide("refused", "recalculation_refused", dates=self.moved_count)

    def action_tick_all(self):
        """Tick every date of the list."""
        self._tick(True)

    def action_untick_all(self):
        """Take off every tick."""
        self._tick(False)

    def action_tick_proposed(self):
        """Tick as proposed again."""
        self._check_decider()
        for is_proposed in (True, False):
            lines = self._open_lines().filtered_domain([("is_proposed", "=", is_proposed)])
            lines._write_by_act({"is_chosen": is_proposed})

    def action_count_now(self):
        """Do not wait for further changes of the calendar; administrator or whoever decides."""
        self.env["helpdesk.ticket"]._require_role("administrator", *DECIDERS)
        self.check_access("read")
        for one in self.filtered(lambda one: one.state == "waiting"):
            one._write_by_act({"settled": True})
            one._call_job()

    def action_continue(self):
        """Call the job again where it is gone; whoever decides. Nothing is done twice."""
        self.env["helpdesk.ticket"]._require_role("administrator", *DECIDERS)
        self.check_access("read")
        for one in self.filtered(lambda one: one._is_in_parts()):
            one._call_job()

    def _is_in_parts(self):
        return self.state in ("computing", "applying")

    def action_open_lines(self):
        """Open the dates of this recalculation as a list of its own: search, groups, export."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_recalculation_line_action"
        )
        context = {"search_default_recalculation_id": self.id}
        return {**action, "context": context, "display_name": self.display_name}

    def _tick(self, is_chosen):
        self._check_decider()
        self._open_lines()._write_by_act({"is_chosen": is_chosen})

    def _open_lines(self):
        return self.line_ids.filtered(lambda line: line.state == "proposed")

    def _is_changed_by_hand(self):
        return any(line.is_chosen != line.is_proposed for line in self._open_lines())

    def _check_decider(self):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*DECIDERS)
        self.check_access("read")
        if self.state != "to_confirm":
            raise UserError(
                self.env._("«%(name)s» does not wait for a decision.", name=self.display_name)
            )

    def _check_ticked(self):
        if not self.chosen_count:
            raise UserError(self.env._("No date is ticked. To move none, refuse the list."))

    def _check_reason(self, words):
        if not strictness.is_reason(self.reason or ""):
            raise UserError(words)

    def _decide(self, state, event, **payload):
        vals = {"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        self._write_by_act({"state": state, **vals})
        self._untell()
        self.env["hotline.journal"]._append(event, self, **payload, **self._versions())

    def _versions(self):
        return {"edition_before": self.version_before, "edition_after": self.version_after}

    def _check_editable(self, names):  # pylint: disable=missing-return
        """The reason alone is written by hand, by whoever decides, while the decision is open."""
        super()._check_editable(names)
        for one in self:
            one._check_decider()
