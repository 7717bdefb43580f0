from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import notices
from .hotline_letter_sheet import KEPT
from .hotline_letter_template import NOTICE_KINDS
from .hotline_signed_letter import CERTIFICATE

STATES = [
    ("draft", "Draft"),
    ("signing", "Being signed"),
    ("queued", "In the queue"),
    ("sent", "Sent"),
    ("failed", "Not delivered"),
]
UNISSUED = ("draft", "signing")  # nobody outside has it yet
CHANNELS = [
    ("post", "Post"),
    ("email", "E-mail"),
    ("portal", "Portal"),
    ("hand", "In person"),
]
# In the context of our own acts alone: an object cannot be forged over RPC.
_OF_ACT = object()
PROPOSED = (
    *("addressee_name", "address", "channel", "authority_id", "text"),
    *("template_id", "with_certificate"),
)


class HotlineNotice(models.Model):
    """A letter to the citizen about the course of the case: numbered, signed, never changed."""

    _name = "hotline.notice"
    _inherit = ["hotline.by.act", "hotline.signature"]
    _description = "Notice"
    _order = "id desc"
    _set_by_act = frozenset(
        {
            "state", "issued_at", "sent_at", "failure", "entered_by_post",
            *KEPT,
            "posted_on", "posted_way", "posted_number",
        }
    ) | CERTIFICATE  # fmt: skip
    _derived = frozenset({"company_id"})
    _editable = None

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    kind = fields.Selection(NOTICE_KINDS, required=True, index=True)
    ground = fields.Char(help="Code of the ground, for the choice of the text.")
    question_ids = fields.Many2many("hotline.question", string="Questions")
    text = fields.Text(required=True)
    addressee_name = fields.Char(string="Addressee", required=True)
    address = fields.Char()
    channel = fields.Selection(CHANNELS, string="Sent by", required=True, default="post")
    outgoing_number = fields.Char(string="Outgoing No.", copy=False, index="btree_not_null")
    outgoing_date = fields.Date(string="Outgoing date", copy=False)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True
    )
    entered_by_post = fields.Boolean(
        string="From the journal of outgoing post", readonly=True, copy=False
    )
    is_issued = fields.Boolean(compute="_compute_is_issued", string="Numbered and on its way")
    issued_at = fields.Datetime(readonly=True, copy=False)
    sent_at = fields.Datetime(string="Sent on", readonly=True, copy=False)
    failure = fields.Char(string="Why not delivered", readonly=True, copy=False)

    free_kinds = fields.Json(compute="_compute_free_kinds", string="Kinds written by hand")

    _number_uniq = models.UniqueIndex(
        "(company_id, outgoing_number, EXTRACT(YEAR FROM outgoing_date))"
        " WHERE outgoing_number IS NOT NULL AND state <> 'draft'",
        "This outgoing number was given this year already.",
    )

    @api.depends("ticket_id.kind")
    def _compute_free_kinds(self):
        """What tells of a decision is prepared by that decision alone."""
        for notice in self:
            notice.free_kinds = list(notices.free_kinds(notice.ticket_id.kind or ""))

    @api.depends("state", "outgoing_number")
    def _compute_is_issued(self):
        for notice in self:
            going = notice.state in ("queued", "sent")
            notice.is_issued = bool(going and notice.outgoing_number)

    @api.depends("kind", "outgoing_number", "outgoing_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for notice in self:
            number = f" № {notice.outgoing_number}" if notice.outgoing_number else ""
            notice.display_name = f"{kinds.get(notice.kind, '')}{number}"

    @api.onchange("kind", "question_ids")
    def _onchange_kind(self):
        """Propose addressee, way and text by the kind; what was written by hand gives way."""
        if self.ticket_id and self.kind:
            questions = self.question_ids._origin or None
            vals = self.ticket_id._prepare_notice_vals(self.kind, questions=questions)
            self.update({name: vals[name] for name in PROPOSED if name in vals})

    # Acts

    def action_issue(self):
        """Number the notices and put them into the queue; officer."""
        self._check_may_issue()
        for notice in self:
            notice._issue()

    def action_enter_by_post(self):
        """Record that the letter went by the body's own journal of outgoing post; officer.

        Its number and date are those written in that journal.
        """
        self._check_may_issue()
        for notice in self:
            notice._enter_by_post()

    def _check_may_issue(self):
        """Officer, and drafts: what is numbered already says so, not that it is out of reach."""
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        for notice in self:
            notice._check_draft()
        self.check_access("write")

    def _issue(self):
        """Give a number, unless there is one, and queue. Raises UserError by the rules."""
        self.ensure_one()
        self._check_draft()
        self.ticket_id._enforce(self._issue_problems(), subject=self._subject())
        number = {} if self.outgoing_number else self._next_number()
        self._set_issued("queued", **number)

    def _enter_by_post(self):
        self.ensure_one()
        self._check_draft()
        problems = [*self._issue_problems(), *self._post_problems()]
        self.ticket_id._enforce(problems, subject=self._subject())
        self._check_number_is_free()
        self._set_issued("sent", entered_by_post=True, sent_at=fields.Datetime.now())

    def _set_issued(self, state, **vals):
        today = self.company_id._hotline_today()
        vals = {"signed_on": self.signed_on or today, **vals}
        self._write_by_act({**vals, "state": state, "issued_at": fields.Datetime.now()})
        self._freeze_letter()
        self.env["hotline.journal"]._append(
            "notice_issued", self.ticket_id, notice=self.id, notice_kind=self.kind,
            outgoing_date=self.outgoing_date, letter_sha256=self.letter_sha256,
        )  # fmt: skip
        self.ticket_id._notice_issued(self)

    # Checks

    def _issue_problems(self):
        """Return the domain problems that stand in the way of sending this letter."""
        letter = notices.Letter(
            text=self.text or "", channel=self.channel, address=self.address or ""
        )
        signature = self._signer_problems() if self._needs_signer() else []
        if self.kind == "forwarding":  # who resolved signs it, by the right to resolve
            signature = [problem for problem in signature if problem.blocks]
        return [*notices.check(letter), *signature]

    def _signer_problems(self):
        """Whoever signs has the right to, and is not the one complained of (SELF-NO)."""
        signer = self.authority_id.sudo().partner_id  # sudo: named to every reader
        complained = self.ticket_id._self_no_problems(signer, "signer")
        return [*self._check_signature("sign"), *complained]

    def _needs_signer(self):
        """Whether a signature is wanted, or somebody is named who then must have the right."""
        return self.kind not in notices.UNSIGNED or bool(self.authority_id or self.signer_name)

    def _post_problems(self):
        return notices.check_post(
            self.outgoing_number or "",
            self.outgoing_date or None,
            registered_on=self.ticket_id.registered_on or None,
            today=self.company_id._hotline_today(),
        )

    def _check_draft(self):
        if self.state not in UNISSUED:
            raise UserError(self.env._("This notice has its number already."))

    def _subject(self):
        return f"{self._name},{self.id}"

    # Numbers

    def _left_on(self):
        """Return the day the letter left: that of its number, unless it was signed meanwhile."""
        return self.outgoing_date

    def _next_number(self):
        """Take the next number of the year's series of outgoing letters."""
        number, day = self.ticket_id._next_outgoing()
        return {"outgoing_number": number, "outgoing_date": day}

    def _check_number_is_free(self):
        year = self.outgoing_date.year
        if self.ticket_id._is_outgoing_used(self.outgoing_number, year, but=self):
            raise UserError(
                self.env._(
                    "Outgoing number %(number)s was given in %(year)s already. Check the journal "
                    "of outgoing post.",
                    number=self.outgoing_number,
                    year=year,
                )
            )

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made._check_kind()
        made._check_questions()
        return made

    def write(self, vals):
        done = super().write(vals)
        if "kind" in vals:
            self._check_kind()
        if not self._is_by_act():
            self._check_questions()
        return done

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        if not all(notice._is_open_for(names) for notice in self):
            raise UserError(self.env._("A numbered notice is not changed. Send another one."))

    def _is_open_for(self, _names):
        """Whether these columns may still be written by hand."""
        return self.state == "draft"

    @api.model
    def _of_act(self):
        """Return the model as the acts use it that decide what a notice tells of."""
        return self.with_context(hotline_notice_of=_OF_ACT)

    def _check_kind(self):
        """Refuse a letter about a decision that nobody took."""
        if self.env.context.get("hotline_notice_of") is _OF_ACT:
            return
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for notice in self.filtered(lambda one: one.kind not in one.free_kinds):
            raise UserError(
                self.env._(
                    "«%(kind)s» tells of a decision: take it on the case, its letter is prepared "
                    "with it.",
                    kind=kinds[notice.kind],
                )
            )

    def _check_questions(self):
        for notice in self:
            if notice.question_ids.ticket_id - notice.ticket_id:
                raise UserError(self.env._("A notice tells of questions of its own appeal."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        if any(notice.state != "draft" for notice in self):
            raise UserError(self.env._("A numbered notice is not deleted."))
