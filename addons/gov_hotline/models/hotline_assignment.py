from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..domain import assignments as rules
from .guards import without_defaults, without_names
from .hotline_letter_sheet import KEPT

# Passed in the context by the acts alone: an object cannot be forged over RPC.
BY_ACT = object()
# Who reads the case reads its assignments whole, executors what the mode allows.
STAFF = (
    "gov_hotline.group_operator,gov_hotline.group_approver,"
    "gov_hotline.group_supervisor,gov_hotline.group_auditor"
)
KINDS = [
    (rules.OWN, "Ours or a subordinate one"),
    (rules.OTHER_BODY, "Another body"),
    (rules.ORGANISATION, "Organisation"),
]
PD_MODES = [
    (rules.FULL, "The whole appeal"),
    (rules.NO_PERSONAL_DATA, "Without personal data"),
    (rules.LINK_ONLY, "Link only"),
]
STATES = [
    (rules.DRAFT, "Draft"),
    (rules.SENT, "Awaiting the answer"),
    (rules.ANSWERED, "Answered"),
    (rules.ACCEPTED, "Accepted"),
    (rules.RETURNED, "Not their competence"),
    (rules.WITHDRAWN, "Withdrawn"),
]
SET_BY_ACTS = frozenset(
    {
        "state", "sent_on", "closed_on", "return_reason", "withdraw_reason", "redo_reason",
        "asked_until", "ask_reason", "ask_state", "answer_ids", "case_number", "notice_id",
        "result_on", "posted_on", "posted_way", "posted_number", *KEPT,
    }
)  # fmt: skip
DERIVED = frozenset({"company_id", "case_number"})


class HotlineAssignment(models.Model):
    """One addressee of a resolution: an assignment, a forwarding or a request (C1)."""

    _name = "hotline.assignment"
    _inherit = "hotline.signature"
    _description = "Assignment"
    _order = "control_on, id"

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade",
        groups=STAFF,
    )  # fmt: skip
    case_number = fields.Char(
        related="ticket_id.number", store=True, string="No. of the appeal", index="trigram"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    question_ids = fields.Many2many("hotline.question", string="Questions", groups=STAFF)
    parent_id = fields.Many2one(
        "hotline.assignment", string="Part of the assignment", index=True, groups=STAFF
    )
    child_ids = fields.One2many(
        "hotline.assignment", "parent_id", string="Parts of the assignment", groups=STAFF
    )

    # To whom
    addressee_kind = fields.Selection(
        KINDS, string="Whose", required=True, default=rules.OWN, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Addressee", required=True, index=True, ondelete="restrict"
    )
    executor_user_id = fields.Many2one(
        "res.users", string="Executor", index=True, ondelete="restrict",
        help="Who answers here or on the portal. Empty: by letter or e-mail only.",
    )  # fmt: skip
    role = fields.Selection(
        [(rules.MAIN, "Main"), (rules.CO, "Co-executor")],
        string="Part",
        required=True,
        default=rules.MAIN,
    )
    answer_by = fields.Selection(
        [(rules.US, "We"), (rules.EXECUTOR, "The executor, a copy to us")],
        string="Who answers the applicant",
        required=True,
        default=rules.US,
    )
    pd_mode = fields.Selection(
        PD_MODES, string="What the executor is shown", required=True, default=rules.FULL
    )
    pd_consent = fields.Boolean(
        string="The applicant agreed",
        help="To an organisation name and telephone go only with the applicant's consent, or for a"
        " visit that the applicant asked for (59-FZ, art. 6, p. 2).",
    )

    # What and until when
    text = fields.Text(string="What to do")
    file_ids = fields.Many2many(
        "ir.attachment", "hotline_assignment_file_rel", string="Files handed over", groups=STAFF
    )
    control_on = fields.Date(string="Control date", index=True)
    sent_on = fields.Date(string="Date of sending", readonly=True)
    own_part = fields.Boolean(
        string="Our part stays on control",
        help="Several bodies are competent, we among them (59-FZ, art. 8, p. 4).",
    )
    ask_result = fields.Boolean(
        string="Ask for the result", help="Documents on the result (59-FZ, art. 8, p. 5)."
    )
    outgoing_number = fields.Char(string="Outgoing No.")
    outgoing_date = fields.Date(string="Outgoing date")

    notice_id = fields.Many2one(
        "hotline.notice", string="Notice to the applicant", readonly=True, copy=False,
        index="btree_not_null", groups=STAFF,
    )  # fmt: skip
    authority_id = fields.Many2one(groups=STAFF)

    # How it goes
    state = fields.Selection(
        STATES, required=True, default=rules.DRAFT, readonly=True, index=True, copy=False
    )
    answer_ids = fields.One2many("hotline.assignment.answer", "assignment_id", string="Answers")
    asked_until = fields.Date(string="Asks for time until", readonly=True, copy=False)
    ask_reason = fields.Text(string="Why more time is needed", readonly=True, copy=False)
    ask_state = fields.Selection(
        [("asked", "Asked"), ("given", "Given"), ("refused", "Refused")],
        string="Time asked for",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    return_reason = fields.Text(string="Why not their competence", readonly=True, copy=False)
    redo_reason = fields.Text(string="What to complete", readonly=True, copy=False)
    withdraw_reason = fields.Text(string="Why withdrawn", readonly=True, copy=False)
    closed_on = fields.Date(string="Finished on", readonly=True, copy=False)

    _waiting_idx = models.Index("(control_on, id) WHERE state = 'sent'")
    _executor_idx = models.Index(
        "(executor_user_id, control_on) WHERE executor_user_id IS NOT NULL AND state <> 'draft'"
    )

    @api.depends("case_number", "partner_id")
    def _compute_display_name(self):
        for assignment in self:
            # sudo: an executor may not read a person's card, only be told whose it is
            name = assignment.sudo().partner_id.name or ""
            assignment.display_name = f"{assignment.case_number or ''}: {name}".strip(": ")

    @api.constrains("question_ids", "ticket_id", "parent_id", "file_ids")
    def _check_same_case(self):
        for assignment in self.sudo():  # sudo: whoever acts, the lines are compared
            case = assignment.ticket_id
            foreign = (assignment.question_ids.ticket_id | assignment.parent_id.ticket_id) - case
            if foreign or not assignment._files_of_the_case():
                raise ValidationError(
                    self.env._("An assignment holds questions and files of its own appeal only.")
                )

    @api.constrains("executor_user_id", "partner_id")
    def _check_executor_user(self):
        """Who executes reads the case: an own executor or officer, or a person of the addressee."""
        for assignment in self.sudo():  # sudo: roles and contacts of another account
            partner, user = assignment.partner_id, assignment.executor_user_id
            if partner._is_citizen_only():
                raise ValidationError(
                    self.env._(
                        "%(name)s is a citizen: a resolution goes to agencies, organisations and "
                        "colleagues.",
                        name=partner.name,
                    )
                )
            if user and not partner._may_be_executed_by(user):
                raise ValidationError(partner._not_an_executor_text(user))

    def _files_of_the_case(self):
        case = ("helpdesk.ticket", self.ticket_id.id)
        return all((file.res_model, file.res_id) == case for file in self.file_ids)

    @api.constrains("text", "withdraw_reason", "return_reason", "ask_reason", "redo_reason")
    def _check_lengths(self):
        limit = 20_000
        for assignment in self:
            for name in ("text", "withdraw_reason", "return_reason", "ask_reason", "redo_reason"):
                if len(assignment[name] or "") > limit:
                    raise ValidationError(
                        self.env._(
                            "«%(field)s» is longer than %(limit)s characters: attach a file.",
                            field=self._fields[name]._description_string(self.env),
                            limit=limit,
                        )
                    )

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        """Make drafts; state and dates are set by the acts."""
        # before the database's lock would say it in its own words
        case_ids = {vals["ticket_id"] for vals in vals_list if vals.get("ticket_id")}
        self.env["helpdesk.ticket"].browse(case_ids)._check_open_for_resolution()
        names = SET_BY_ACTS | DERIVED
        clean = super(HotlineAssignment, without_defaults(self, names))
        assignments = clean.create([without_names(vals, names) for vals in vals_list])
        assignments = assignments.with_env(self.env)
        assignments.ticket_id._check_open_for_resolution()
        assignments._ask_all_questions()
        return assignments

    def _ask_all_questions(self):
        """An assignment without questions is about all of them."""
        for assignment in self.filtered(lambda one: not one.question_ids):
            assignment.question_ids = assignment.ticket_id.question_ids

    def write(self, vals):
        if self.env.context.get("hotline_by") is not BY_ACT:
            self._check_write(set(vals))
        return super().write(without_names(vals, DERIVED))

    def _check_write(self, names):
        if names & SET_BY_ACTS and not self.env.su:
            raise AccessError(self.env._("The state of an assignment is changed by its buttons."))
        if names - {"answer_ids"} and any(one.state != rules.DRAFT for one in self):
            raise UserError(
                self.env._(
                    "A sent assignment is not rewritten: withdraw it and give another one, or "
                    "decide on the time the executor asks for."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(assignment.state != rules.DRAFT for assignment in self):
            raise UserError(self.env._("A sent assignment is not deleted: withdraw it."))

    # Checks and steps shared by all acts

    def _set(self, **vals):
        """Write as an act: past the guard, and as the system: rights were checked by the act."""
        self.sudo().with_context(hotline_by=BY_ACT).write(vals)  # sudo: as said

    def _check_act(self, act, who):
        """Refuse `act` for `who` (officer or executor) where the table has no such step."""
        for assignment in self.sudo():  # sudo: state and number only
            if not rules.may(act, assignment.state, who):
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s: this cannot be done while it is «%(state)s».",
                        name=assignment.display_name,
                        state=labels[assignment.state],
                    )
                )
            assignment.ticket_id._check_open_for_resolution()

    def _step(self, act, **vals):
        """Take `act`'s step by the table and write its journal line."""
        by_state = self.grouped(lambda one: rules.next_state(act, one.sudo().state))  # no more
        for state, assignments in by_state.items():
            assignments._set(state=state, **vals)
        for assignment in self:
            assignment._journal(act)

    def _journal(self, act, **payload):
        self.ensure_one()
        self_sudo = self.sudo()  # the line tells ids only, of whatever the act was allowed on
        self.env["hotline.journal"]._append(
            f"assignment_{act}",
            self_sudo.ticket_id,
            assignment=self.id,
            addressee=self_sudo.partner_id.id,
            **payload,
        )

    def _check_officer(self, act):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self._check_act(act, rules.OFFICER)

    def _raise_problems(self, problems):
        """Raise what blocks, in words."""
        self.env["helpdesk.ticket"]._raise_problems(problems)

    def _today(self):
        return self.sudo().company_id[:1]._hotline_today()  # sudo: the body's clock

    def _latest_control(self):
        """Return the latest lawful control date: the parent's, else the due date of the case."""
        self.ensure_one()
        one = self.sudo()  # dates only
        dates = (one.ticket_id.due_on or None, one.parent_id.control_on or None)
        return rules.latest_control(*dates, self._today())

    def _is_open(self):
        """Return the assignments that the case still waits for."""
        return self.filtered(lambda one: rules.is_open(one.state, one.addressee_kind))
