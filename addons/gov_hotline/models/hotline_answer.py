from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domain import approval, notices
from ..domain.problems import Problem
from .guards import without_defaults, without_names
from .hotline_letter_sheet import KEPT
from .own_files import own_files
from .tier_review import BY_ACT as REVIEW_ACT

# Set by the acts alone; `validation_status` follows the reviews.
BY_ACT = frozenset(
    {
        "state", "given_at", "content_hash", "approval_round", "approved_at", "sent_by_id",
        "refusal", "review_ids", "validation_status", "approval_ids",
        *KEPT,
        "sent_name", "sent_address", "reminded_on", "reminder_ids",
        "awaits_posting", "posted_on", "posted_way", "posted_number",
    }
)  # fmt: skip
STATES = [
    (approval.DRAFT, "Draft"),
    (approval.APPROVAL, "In approval"),
    (approval.APPROVED, "Approved"),
    (approval.GIVEN, "Given"),
]
# In the context of our own acts alone: an object cannot be forged over RPC.
_BY_ACT = object()
DERIVED = frozenset({"company_id"})  # the body is that of the appeal, whatever a caller says


class HotlineAnswer(models.Model):
    """What reaches the citizen. Given once, signed, never changed afterwards."""

    _name = "hotline.answer"
    _inherit = ["hotline.signature", "tier.validation"]
    _description = "Answer"
    _order = "ticket_id, id"
    _rec_name = "outgoing_number"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    text = fields.Text(required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    channel = fields.Selection(
        [
            ("post", "Post"),
            ("email", "E-mail"),
            ("portal", "Portal"),
            ("phone", "By telephone"),
            ("hand", "In person"),
        ],
        required=True,
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
    )
    outgoing_number = fields.Char(string="Outgoing No.")
    outgoing_date = fields.Date(string="Outgoing date")
    state = fields.Selection(
        STATES, default=approval.DRAFT, required=True, readonly=True, index=True, copy=False
    )
    given_at = fields.Datetime(readonly=True)

    @api.depends("ticket_id")
    def _compute_channel(self):
        """The way the appeal came, where there is an address for it (59-FZ, art. 10, p. 4)."""
        for answer in self:
            ticket = answer.ticket_id
            road, _address = notices.channel(ticket.origin or "", **ticket._reply_addresses())
            told = not notices.check_form(ticket.kind or "", ticket.origin or "", notices.TOLD)
            if road == notices.HAND and ticket.phone_end and told:
                road = notices.TOLD
            answer.channel = answer.channel or road

    def action_give(self):
        """Record the answer as signed and given; officer.

        Unsigned (59-FZ, art. 10, p. 3), signed by whom the complaint is about (art. 8, p. 6) or
        sent where there is no address (art. 10, p. 4) it is refused by UserError.
        """
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        for answer in self:
            answer._check_approved()
            answer._check_signed()
            answer.signed_on = answer.signed_on or answer.outgoing_date
            subject = f"{answer._name},{answer.id}"
            answer.ticket_id._enforce(answer._give_problems(), subject=subject)
            answer._mark_given()

    def _give_problems(self):
        """Return the domain problems that stand in the way of giving this answer."""
        signer = self.authority_id.sudo()  # the signer is named to every reader
        complained = self.ticket_id._self_no_problems(signer.partner_id, "signer")
        road = self._road_problems()
        undecided = self._undecided_problems()
        foreign = self._foreign_data_problems()
        return [*undecided, *self._check_signature("sign"), *complained, *road, *foreign]

    def _road_problems(self):
        """ANS-FORM: there is an address for the road, and it is the road the law names."""
        ticket = self.ticket_id
        return [
            *notices.check_road(self.channel, **ticket._reply_addresses()),
            *notices.check_form(ticket.kind, ticket.origin, self.channel),
        ]

    def _check_signed(self):
        if self.state == "given":
            raise UserError(self.env._("This answer was given already."))
        self._check_formal()
        if self.outgoing_date < self.ticket_id.registered_on:
            raise UserError(self.env._("The answer is dated before the registration."))
        if self.outgoing_date > self.company_id._hotline_today():
            raise UserError(self.env._("The answer is dated in the future: correct its date."))

    def _check_formal(self):
        names = ("outgoing_number", "outgoing_date", "signer_name")
        empty = [name for name in names if not self[name]]
        if not empty:
            return
        fields_ = ", ".join(self._fields[name]._description_string(self.env) for name in empty)
        if empty == ["signer_name"]:
            raise UserError(
                self.env._(
                    "An answer is not given unsigned (59-FZ, art. 10, p. 3). Fill in: %(fields)s.",
                    fields=fields_,
                )
            )
        raise UserError(
            self.env._("Before the answer is given, fill in: %(fields)s.", fields=fields_)
        )

    def _undecided_problems(self):
        """X2: nothing is sent while a question has neither an outcome nor a ground."""
        if all(question._is_decided() for question in self.ticket_id.question_ids):
            return []
        return [Problem("question_open", "ч. 1 ст. 10 59-ФЗ", way_out="decide_questions")]

    def _answer_questions(self):
        """Name this answer on the questions that it answers: those without one of their own."""
        due = self.ticket_id.question_ids.filtered(
            lambda one: not one.answer_id and one._is_answer_due()
        )
        due.answer_id = self

    def _mark_given(self):
        digest = self._content_digest()
        self._by_act({"state": "given", "given_at": fields.Datetime.now(), "content_hash": digest})
        self._freeze_letter()
        self._answer_questions()
        self.ticket_id._meet_main_deadline(self.outgoing_date)
        self.env["hotline.journal"]._append(
            "answer_given",
            self.ticket_id,
            answer=self.id,
            outgoing_date=self.outgoing_date,
            content_hash=digest,
            letter_sha256=self.letter_sha256,
        )

    def _is_by_act(self):
        return self.env.context.get("hotline_by") is _BY_ACT

    def _by_act(self, vals):
        # sudo: the state is nobody's to write, the act has checked role and state
        self.sudo().with_context(hotline_by=_BY_ACT, hotline_review_act=REVIEW_ACT).write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        # before the database's lock would say it in its own words
        ticket_ids = [vals["ticket_id"] for vals in vals_list if vals.get("ticket_id")]
        self.env["helpdesk.ticket"].browse(ticket_ids)._check_open_for_answer()
        clean = super(HotlineAnswer, without_defaults(self, BY_ACT | DERIVED))
        answers = clean.create([without_names(vals, BY_ACT | DERIVED) for vals in vals_list])
        answers = answers.with_env(self.env)
        answers.ticket_id._check_open_for_answer()
        answers._own_files()
        return answers

    def write(self, vals):
        if self._is_by_act():
            return super().write(vals)
        if any(answer.state == "given" for answer in self):
            raise UserError(self.env._("A given answer is not changed. Add another one."))
        if BY_ACT & set(vals):
            raise AccessError(self.env._("Use the buttons of the answer."))
        done = super().write(without_names(vals, DERIVED))
        if "ticket_id" in vals:
            self.ticket_id._check_open_for_answer()
        if "attachment_ids" in vals:
            self._own_files()
        self._void_if_changed()
        return done

    def _own_files(self):
        for answer in self:
            own_files(answer, answer.attachment_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        if any(answer.state == "given" for answer in self):
            raise UserError(self.env._("A given answer is not deleted."))
