from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache, plaintext2html

from ..domain import clock, texts, transitions
from . import lock_sql, trigram
from .helpdesk_ticket_stage import STATES

KINDS = [
    ("message", "Message"),
    ("appeal_59", "Appeal under 59-FZ"),
    ("request_8fz", "Request for information (8-FZ)"),
    ("tech_support", "Technical support"),
]
TRACK_OF_KIND = {
    "message": "message",
    "appeal_59": "appeal",
    "request_8fz": "appeal",
    "tech_support": "message",
}
ORIGINS = [
    ("phone", "Telephone"),
    ("visit", "Personal visit"),
    ("paper", "Letter"),
    ("portal", "Portal"),
    ("epgu", "Gosuslugi"),
    ("site", "Site of the body"),
    ("email", "E-mail"),
    ("social", "Social network"),
    ("forwarded", "Forwarded by another body"),
]
ROLES = transitions.ROLES
FINAL = Domain("state", "in", transitions.FINAL_STATES)
NOT_FINAL = Domain("state", "not in", transitions.FINAL_STATES)


class HelpdeskTicket(models.Model):
    """The appeal: the helpdesk's ticket with what the law asks of it."""

    _inherit = "helpdesk.ticket"
    _order = "id desc"
    _rec_names_search = ["number", "applicant_name", "name"]

    # What it is
    kind = fields.Selection(KINDS, required=True, default="message", index=True)
    track = fields.Selection(
        [("appeal", "Appeal"), ("message", "Message")],
        compute="_compute_track",
        store=True,
        precompute=True,
        index=True,
    )
    origin = fields.Selection(ORIGINS, string="How it came", required=True, default="phone")
    line_id = fields.Many2one("hotline.line", index=True)
    call_ids = fields.One2many("hotline.call", "ticket_id", string="Calls")
    topic_id = fields.Many2one("hotline.topic", index=True, ondelete="restrict")
    complaint_against_id = fields.Many2one(
        "res.partner",
        string="Complaint against",
        help="The body or the official complained of: never an addressee (59-FZ, art. 8, p. 6).",
    )

    # Whose it is: a snapshot, because the citizen's card lives on
    applicant_surname = fields.Char(string="Surname")
    applicant_given_name = fields.Char(string="Given name")
    applicant_patronymic = fields.Char(string="Patronymic")
    applicant_name = fields.Char(
        string="Applicant", compute="_compute_applicant_name", store=True, precompute=True,
        index="trigram",
    )  # fmt: skip
    applicant_address = fields.Char(string="Postal address")  # groups: hidden_data
    applicant_phone = fields.Char(string="Telephone", groups="gov_hotline.group_operator")
    applicant_email = fields.Char(string="E-mail address")  # groups: hidden_data
    is_collective = fields.Boolean(string="Collective")
    is_anonymous = fields.Boolean(string="Anonymous", readonly=True)
    unlawful_act = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        string="Tells of an unlawful act",
        help="Asked when there is nobody to answer: such an appeal goes to the competent body "
        "(59-FZ, art. 11, p. 1).",
    )

    # The applicant's words
    name = fields.Char(
        string="Summary", compute="_compute_name", store=True, readonly=False, precompute=True,
        index="trigram",
    )  # fmt: skip
    appeal_text = fields.Text(string="Text of the appeal")
    text_hash = fields.Char(readonly=True, copy=False, help="SHA-256 of the registered text.")
    description = fields.Html(compute="_compute_description", store=True, required=False)

    # When
    received_at = fields.Datetime(
        string="Received", required=True, default=fields.Datetime.now, copy=False
    )
    received_on = fields.Date(
        string="Date of receipt", compute="_compute_received_on", store=True, precompute=True,
        copy=False,
    )  # fmt: skip
    registered_on = fields.Date(string="Registered", readonly=True, copy=False, index=True)
    closed_on = fields.Date(string="Closed on", readonly=True, copy=False)
    due_on = fields.Date(
        string="Due date", compute="_compute_due_on", store=True, copy=False, readonly=True
    )
    days_left = fields.Integer(compute="_compute_days_left", help="Working days, not stored.")
    due_level = fields.Selection(
        [
            ("danger", "Overdue"),
            ("warning", "3 working days or less"),
            ("ok", "In term"),
            ("done", "Done"),
        ],
        compute="_compute_days_left",
    )
    is_overdue = fields.Boolean(compute="_compute_days_left", search="_search_is_overdue")

    # Where it stands
    number = fields.Char(copy=False, index=True)
    access_code = fields.Char(
        string="Status code",
        readonly=True,
        copy=False,
        groups="gov_hotline.group_operator",  # whoever has it asks as the applicant
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True
    )
    is_final = fields.Boolean(
        string="Case ended",
        compute="_compute_is_final",
        search="_search_is_final",
        help="In one of the final states, so locked. For views and domains.",
    )
    question_ids = fields.One2many("hotline.question", "ticket_id", string="Questions")
    answer_ids = fields.One2many("hotline.answer", "ticket_id", string="Answers")
    deadline_ids = fields.One2many("hotline.deadline", "ticket_id", string="Deadlines")
    outcome_id = fields.Many2one("hotline.outcome", compute="_compute_outcome_id", store=True)
    registration_warnings = fields.Json(readonly=True, copy=False)

    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE number <> '/'", "An appeal with this number exists already."
    )
    _number_contains_idx = trigram.index("number")
    _open_due_idx = models.Index(f"(due_on, id) WHERE state NOT IN {lock_sql.FINAL}")
    _partner_idx = models.Index("(partner_id, id DESC) WHERE partner_id IS NOT NULL")

    @api.depends("state")
    def _compute_is_final(self):
        for ticket in self:
            ticket.is_final = ticket.state in transitions.FINAL_STATES

    def _search_is_final(self, operator, value):
        if operator != "in":
            return NotImplemented
        return FINAL if True in value else NOT_FINAL

    @api.depends("kind")
    def _compute_track(self):
        for ticket in self:
            ticket.track = TRACK_OF_KIND.get(ticket.kind)

    @api.depends("applicant_surname", "applicant_given_name", "applicant_patronymic")
    def _compute_applicant_name(self):
        for ticket in self:
            parts = (f"applicant_{part}" for part in ("surname", "given_name", "patronymic"))
            ticket.applicant_name = " ".join(filter(None, (ticket[name] for name in parts)))

    @api.depends("appeal_text", "topic_id")
    def _compute_name(self):
        for ticket in self:
            if not ticket.name or ticket.state == "draft":
                ticket.name = self._summary_of(ticket.appeal_text, ticket.topic_id)

    @api.depends("appeal_text")
    def _compute_description(self):
        for ticket in self:
            ticket.description = plaintext2html(ticket.appeal_text or "")

    @api.constrains("appeal_text")
    def _check_appeal_text(self):
        for ticket in self:
            if len(ticket.appeal_text or "") > texts.TEXT_LIMIT:
                raise ValidationError(
                    self.env._(
                        "The text of the appeal has %(length)s characters, the limit is"
                        " %(limit)s. Shorten it and attach the full text as a file.",
                        length=len(ticket.appeal_text),
                        limit=texts.TEXT_LIMIT,
                    )
                )

    @api.depends(
        "received_at",
        "company_id.hotline_tz",
        "company_id.hotline_after_hours_act",
        "company_id.hotline_closes_at",
    )
    def _compute_received_on(self):
        for ticket in self:
            if ticket.registered_on and ticket.received_on:
                continue  # registered: a changed time zone of the body moves it no more
            moment = ticket.received_at
            ticket.received_on = moment and ticket.company_id._hotline_receipt_date(moment)

    @api.depends("deadline_ids.due_on", "deadline_ids.term_id")
    def _compute_due_on(self):
        for ticket in self:
            main = ticket.deadline_ids.filtered("is_main")
            ticket.due_on = min(main.mapped("due_on"), default=False)

    @api.depends("due_on", "state", "company_id")
    def _compute_days_left(self):
        """Derived from the clock (rule: "overdue" is never stored); a page has few dates."""
        done = self.filtered(lambda one: one.state in transitions.FINAL_STATES or not one.due_on)
        done.update({"days_left": 0, "due_level": "done", "is_overdue": False})
        for company, tickets in (self - done).grouped("company_id").items():
            today = company._hotline_today()
            calendar = self.env["hotline.day"]._calendar(company)
            for due_on, same in tickets.grouped("due_on").items():
                left = clock.days_left(due_on, today, calendar)
                level, late = clock.level(left), due_on < today
                same.update({"days_left": left, "due_level": level, "is_overdue": late})

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._hotline_today()
        overdue = NOT_FINAL & Domain("due_on", "<", today)
        return overdue if True in value else ~overdue

    @api.depends("question_ids.outcome_id", "question_ids.sequence")
    def _compute_outcome_id(self):
        """The outcome of the whole is that of its first question."""
        for ticket in self:
            ticket.outcome_id = ticket.question_ids.sorted("sequence")[:1].outcome_id

    @api.depends("number", "name", "state")
    def _compute_display_name(self):
        for ticket in self:
            number = ticket.number if ticket.number != "/" else self.env._("Draft")
            # A draft is called a draft until it has words of its own: no «Draft Draft».
            name = ticket.name if ticket.name != number else ""
            ticket.display_name = f"{number} {name or ''}".strip()

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Fill the applicant from the citizen's card."""
        result = super()._onchange_partner_id()
        self.update(self._applicant_vals(self.partner_id))
        return result

    @api.model
    def _applicant_vals(self, partner):
        """Return the snapshot of a citizen for an appeal."""
        name = partner._person_name()
        return {
            "applicant_surname": name.surname or False,
            "applicant_given_name": name.given or False,
            "applicant_patronymic": name.patronymic or False,
            "applicant_address": partner.contact_address_inline if partner else False,
            "applicant_phone": partner.phone,
            "applicant_email": partner.email,
        }

    def _prepare_ticket_number(self, _values):
        """No number before registration."""
        return "/"

    # Roles

    @api.model
    def _roles(self):
        """Return the hotline roles of the current user."""
        return frozenset({"system", *ROLES}) if self.env.su else self._roles_of_user()

    @api.model
    @ormcache("self.env.uid")
    def _roles_of_user(self):
        """As `_roles`; forgotten with Odoo's own memory of groups."""
        return frozenset(r for r in ROLES if self.env.user.has_group(f"gov_hotline.group_{r}"))

    @api.model
    def _require_role(self, *roles):
        """Refuse who has none of `roles`."""
        if not self._roles() & {*roles, "system"}:
            raise AccessError(
                self.env._("Your role does not allow this. Ask the officer in charge.")
            )

    def _allowed_states(self):
        """Return the states the current user may bring this appeal to."""
        self.ensure_one()
        return transitions.allowed(self.track, self.state, self._roles())
