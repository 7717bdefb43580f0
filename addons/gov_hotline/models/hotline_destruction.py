from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import retention
from .helpdesk_ticket import KINDS
from .hotline_retention import OTHER_KINDS

STATES = [
    (retention.DRAFT, "Being prepared"),
    (retention.PROPOSED, "Awaits approval"),
    (retention.APPROVED, "Act approved"),
    (retention.RUNNING, "Being carried out"),
    (retention.DONE, "Act carried out"),
    (retention.CANCELLED, "Act cancelled"),
]
CONTENT = frozenset({"kind", "year_to", "reason", "place", "member_ids", "line_ids", "company_id",
                     "expert_number", "expert_date"})  # fmt: skip
SHORTEST_REASON = 10


class HotlineDestruction(models.Model):
    """The act by which cases are destroyed after their term: prepared, approved, carried out.

    Neither the act nor its lines hold a name of a citizen: they outlive the cases.
    """

    _name = "hotline.destruction"
    _inherit = ["hotline.by.act", "hotline.in.parts", "mail.thread", "mail.activity.mixin"]
    _description = "Act of destruction"
    _order = "id desc"
    _rec_name = "number"
    _editable = CONTENT
    _set_by_act = frozenset(
        {
            "number", "state", "act_date", "proposed_by_id", "proposed_at", "approved_by_id",
            "approved_at", "approver_words", "approver_name", "started_by_id", "started_at",
            "done_at", "refusal",
        }
    )  # fmt: skip

    number = fields.Char(readonly=True, copy=False, index=True)
    act_date = fields.Date(string="Date", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        string="Body",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    state = fields.Selection(STATES, required=True, default=retention.DRAFT, index=True)
    kind = fields.Selection(
        [*KINDS, *OTHER_KINDS],
        string="What is destroyed",
        help="Empty: appeals of every kind. Calls, receptions, letters, tasks and citizens' cards "
        "go by acts of their own.",
    )
    year_to = fields.Integer(
        string="Closed up to the year",
        default=lambda self: self._last_year(),
        help="The last year whose shortest term of storage has ended is proposed.",
    )
    reason = fields.Text(
        string="Ground",
        required=True,
        default=lambda self: self.env._("The terms of storage have ended."),
    )
    place = fields.Char(string="Place of the act")
    expert_number = fields.Char(string="Record of the expert commission, No.")
    expert_date = fields.Date(string="Date of the record")
    needs_expert = fields.Boolean(compute="_compute_counts", string="Expert commission needed")
    member_ids = fields.One2many("hotline.destruction.member", "act_id", string="Commission")
    line_ids = fields.One2many("hotline.destruction.line", "act_id", string="Cases")
    line_count = fields.Integer(string="Cases in the act", compute="_compute_counts")
    destroyed_count = fields.Integer(string="Destroyed", compute="_compute_counts")
    kept_count = fields.Integer(string="Left alone", compute="_compute_counts")
    percent = fields.Float(string="Progress", compute="_compute_counts")

    proposed_by_id = fields.Many2one("res.users", string="Put for approval by", readonly=True)
    proposed_at = fields.Datetime(string="Put for approval", readonly=True)
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True)
    approved_at = fields.Datetime(string="Approved on", readonly=True)
    approver_words = fields.Char(string="Position of the approver", readonly=True)
    approver_name = fields.Char(string="Name of the approver in the directory", readonly=True)
    refusal = fields.Text(string="Why it was sent back", readonly=True)
    started_by_id = fields.Many2one("res.users", string="Carried out by", readonly=True)
    started_at = fields.Datetime(string="Begun", readonly=True)
    done_at = fields.Datetime(string="Carried out on", readonly=True)

    _number_uniq = models.UniqueIndex("(number)", "This number of an act is taken.")

    @api.depends("line_ids.state", "line_ids.retention_id")
    def _compute_counts(self):
        """One grouped query for all acts: they hold thousands of lines."""
        Line = self.env["hotline.destruction.line"]
        groups = Line._read_group(
            [("act_id", "in", self.ids)], ["act_id", "state", "retention_id"], ["__count"]
        )
        counted, expert = {}, set()
        for act, state, term, count in groups:
            counted[act.id, state] = counted.get((act.id, state), 0) + count
            if term.needs_expert:
                expert.add(act.id)
        for act in self:
            destroyed = counted.get((act.id, retention.DESTROYED), 0)
            kept = counted.get((act.id, retention.KEPT), 0)
            total = destroyed + kept + counted.get((act.id, retention.PLANNED), 0)
            act.line_count, act.destroyed_count, act.kept_count = total, destroyed, kept
            act.percent = 100 * (destroyed + kept) / total if total else 0
            act.needs_expert = act.id in expert

    @api.depends("number", "act_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for act in self:
            act.display_name = act.number or self.env._("Draft of an act")

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare an act; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        vals_list = [
            {"year_to": self._last_year(vals["kind"]), **vals} if vals.get("kind") else vals
            for vals in vals_list
        ]
        return super().create(vals_list)

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        if names & CONTENT:
            self._check_draft()

    def _check_draft(self):
        """Refuse once the act is put for approval: what is approved is what was read."""
        if any(act.state != retention.DRAFT for act in self):
            raise UserError(
                self.env._("The act is put for approval: have it sent back to change it.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drafts(self):
        if any(act.number for act in self):
            raise UserError(self.env._("A numbered act is not deleted: cancel it."))

    # Steps

    def _step(self, act, **vals):
        """Take a step of domain/retention.py; raises UserError where there is none."""
        self.ensure_one()
        state = retention.next_state(act, self.state)
        if state is None:
            label = dict(self._fields["state"]._description_selection(self.env))[self.state]
            raise UserError(
                self.env._("This cannot be done with an act that is «%(state)s».", state=label)
            )
        self._write_by_act({"state": state, **vals})
        facts = {"act_number": self.number or "", "cases": self.line_count}
        self.env["hotline.journal"]._append(f"destruction_{act}", self, **facts)

    def action_propose(self):
        """Number the act and put it before the approver; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for act in self:
            act._check_complete()
            act._drop_kept_now()
            # sudo: numbers are drawn by acts
            number = act.number or self.env["ir.sequence"].sudo().next_by_code(act._name)
            act._step(
                "propose",
                number=number,
                act_date=act.company_id._hotline_today(),
                proposed_by_id=self.env.uid,
                proposed_at=fields.Datetime.now(),
                refusal=False,
            )
            act._tell_approvers()

    def _check_complete(self):
        """Refuse an act that nobody could approve, with everything that is missing."""
        missing = [words for holds, words in self._wanted() if not holds]
        if missing:
            raise UserError("\n".join(missing))

    def _wanted(self):
        """Yield (whether it is there, what is to be done)."""
        members = self.member_ids
        yield bool(self.line_ids), self.env._("Pick the cases of the act.")
        yield (
            len(members) >= retention.LEAST_COMMISSION,
            self.env._(
                "Name the commission: %(least)s people at least.", least=retention.LEAST_COMMISSION
            ),
        )
        yield (
            len(members.filtered("is_chair")) == 1,
            self.env._("Mark the one who chairs the commission."),
        )
        yield (
            len((self.reason or "").strip()) >= SHORTEST_REASON,
            self.env._("Write the ground of the destruction (ten characters at least)."),
        )
        yield (
            not self.needs_expert or bool(self.expert_number and self.expert_date),
            self.env._(
                "Their term of storage says «ЭПК»: enter number and date of the record of the "
                "expert commission."
            ),
        )

    def action_approve(self):
        """Approve the act; an approver who has not prepared it."""
        self.env["helpdesk.ticket"]._require_role("approver")
        self.check_access("read")
        for act in self:
            act._check_second_person()
            company, day = act.company_id, act.company_id._hotline_today()
            authority = self.env["hotline.authority"]._proposed(company, "sign", day)
            # sudo: position and name, below
            own = authority.sudo() if authority.sudo().user_id == self.env.user else None
            act._step(
                "approve",
                approved_by_id=self.env.uid,
                approved_at=fields.Datetime.now(),
                approver_words=own._position_words() if own else False,
                approver_name=own.name if own else False,
            )
            # sudo: the activities are of other people
            act.sudo().activity_unlink(["gov_hotline.mail_activity_type_destruction"])

    def _check_second_person(self):
        # sudo: who prepared it is told to whoever approves
        mine = self.sudo().proposed_by_id | self.sudo().create_uid
        if self.env.user in mine:
            raise AccessError(
                self.env._("Whoever prepared the act does not approve it: a second person does.")
            )

    def action_ask_send_back(self):
        """Open the window that asks why the act is sent back; approver."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("approver")
        return self.env["hotline.refusal"]._ask(self, self.env._("Send the act back"))

    def action_refuse(self, reason):
        """Send the act back to whoever prepared it, with a reason; approver."""
        self.env["helpdesk.ticket"]._require_role("approver")
        self.check_access("read")
        for act in self:
            if len((reason or "").strip()) < SHORTEST_REASON:
                raise UserError(self.env._("Write the reason (ten characters at least)."))
            act._step("send_back", refusal=reason, approved_by_id=False, approved_at=False,
                      approver_words=False, approver_name=False)  # fmt: skip
            act.sudo().activity_unlink(["gov_hotline.mail_activity_type_destruction"])  # as above

    def action_cancel(self):
        """Cancel an act that was not begun; its cases are free for another; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for act in self:
            act._step("cancel")
            # sudo: lines are written by acts alone
            act.sudo().line_ids._write_by_act({"state": retention.KEPT, "why": False})

    def _tell_approvers(self):
        """Ask every approver of the body who did not prepare it."""
        group = self.env.ref("gov_hotline.group_approver")
        # sudo: the directory of users
        users = group.sudo().all_user_ids.filtered(lambda user: self.company_id in user.company_ids)
        for user in users - self.env.user:
            # sudo: the right was checked by the act
            self.sudo().with_context(mail_activity_quick_update=True).activity_schedule(
                "gov_hotline.mail_activity_type_destruction",
                user_id=user.id,
                summary=self.env._("Approve the act of destruction"),
            )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Internal: an activity makes nobody a follower."""
        return True

    def _file_name(self):
        """Return the name of the printed file, without what file systems dislike."""
        return self.env._("Act %(number)s", number=(self.number or "").replace("/", "-"))

    def action_print(self):
        """Print the act; who reads it."""
        self.check_access("read")
        return self.env.ref("gov_hotline.action_report_destruction").report_action(self)
