from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import control, term_choice
from ..domain.terms import Term
from .helpdesk_ticket import KINDS, TRACK_OF_KIND

LAW_COLUMNS = frozenset(
    (
        *("code", "article", "purpose", "trigger", "ground", "length", "unit", "day_one", "shift"),
        *("track", "kind", "topic_id", "valid_from", "company_id"),
    )
)
TRIGGERS = [
    ("received", "Receipt"),
    ("registered", "Registration"),
    ("due", "Due date of the answer, before it is moved off a day off"),
    ("other_received", "Receipt of our request by the other body"),
]
PURPOSES = [
    ("register", "Registration"),
    ("answer", "Answer"),
    ("forward", "Forwarding"),
    ("return", "Return to the applicant"),
    ("notify", "Notice to the applicant"),
    ("request", "Reply to our request"),
    ("extend", "Longest extension of the answer"),
    ("other", "Other"),
]
GROUNDS = [
    ("out_of_competence", "Outside the competence of the body"),
    ("several_bodies", "Several bodies are competent"),
    ("migration", "Facts of migration-law violations"),
    ("migration_head", "Facts of migration-law violations, addressed to the head of the region"),
    ("complaint_return", "Nobody is competent but the one complained of"),
    ("anonymous_unlawful", "Anonymous, tells of an unlawful act"),
    ("court_decision", "A court decision is appealed"),
    ("unreadable", "The text cannot be read"),
    ("senseless", "The substance cannot be determined"),
    ("published", "The answer has been published already"),
    ("postponed", "The answer is postponed"),
    ("not_an_appeal", "Came in a way that makes no appeal"),
]


class HotlineTerm(models.Model):
    """A term as data: what must be done within how many days, for which cases, by which article."""

    _name = "hotline.term"
    _inherit = "hotline.validity"
    _description = "Term"

    article = fields.Char(
        required=True, help="As it is quoted on screens, in certificates and answers: in Russian."
    )
    basis = fields.Selection(
        [
            ("law", "Law"),
            ("local", "Local act of the body"),
            ("practice", "Practice: the law sets no such term"),
        ],
        string="Rests on",
        required=True,
        default="local",
    )
    purpose = fields.Selection(
        PURPOSES,
        string="What must be done",
        required=True,
        default="other",
        help="Of several terms for one purpose the closest to the case runs: by ground, then by "
        "topic, kind, body, and the newest edition. «Other» terms are told apart by their code.",
    )
    trigger = fields.Selection(TRIGGERS, string="Counted from", required=True)
    ground = fields.Selection(
        GROUNDS,
        string="Only on the ground",
        help="The term runs once this has been stated about the appeal or one of its questions; "
        "its days are counted from the event above all the same. Empty: always.",
    )
    length = fields.Integer(string="Days", required=True)
    unit = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")],
        required=True,
        default="calendar",
    )
    day_one = fields.Selection(
        [("next", "Day after the event"), ("same", "Day of the event")],
        string="First day",
        help="Empty: as set for the body.",
    )
    shift = fields.Selection(
        [
            ("previous", "To the preceding working day"),
            ("next", "To the next working day"),
            ("none", "Not moved"),
        ],
        string="Last day on a day off",
        help="Empty: as set for the body.",
    )
    notify = fields.Char(string="Whom to notify", translate=True)
    reminder_days = fields.Char(
        string="Reminders, working days before",
        default="10, 5, 3, 1",
        help="Comma-separated. Empty: none.",
    )
    executor_days = fields.Integer(
        string="Executor's date, working days before",
        default=control.EXECUTOR_DAYS,
        help="The date proposed to an executor is so many working days before the due date.",
    )
    strictness = fields.Selection(
        [("block", "Block"), ("warn", "Warning")],
        required=True,
        default="warn",
        help="Block: what breaks the term cannot be done. Warning: it can, with a written reason.",
    )
    track = fields.Selection([("appeal", "Appeal"), ("message", "Message")], required=True)
    kind = fields.Selection(
        KINDS, help="Empty: every kind of the track that has no term of its own."
    )
    topic_id = fields.Many2one(
        "hotline.topic",
        ondelete="restrict",
        index="btree_not_null",
        help="Holds for the topic and all below it; the nearest topic wins. Empty: every topic.",
    )
    is_main = fields.Boolean(string="Term of the answer", compute="_compute_is_main", store=True)
    company_id = fields.Many2one("res.company", string="Body", help="Empty: every body.")

    _length_positive = models.Constraint("CHECK (length > 0)", "A term lasts at least one day.")
    _executor_days_positive = models.Constraint(
        "CHECK (executor_days >= 0)", "The executor's date is not later than the due date."
    )
    _code_from_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0), COALESCE(topic_id, 0), COALESCE(kind, ''),"
        " COALESCE(valid_from, '0001-01-01'::date))",
        "This edition of the term exists already.",
    )

    @api.depends("purpose")
    def _compute_is_main(self):
        for term in self:
            term.is_main = term.purpose == term_choice.ANSWER

    @api.constrains("kind", "track")
    def _check_kind(self):
        for term in self:
            if term.kind and TRACK_OF_KIND[term.kind] != term.track:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: this kind of appeal does not go by the chosen track, the "
                        "term would never run.",
                        name=term.name,
                    )
                )

    @api.constrains("purpose", "trigger")
    def _check_extension(self):
        for term in self:
            if (term.purpose == "extend") != (term.trigger == term_choice.DUE):
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: an extension, and nothing else, is counted from the due date "
                        "of the answer.",
                        name=term.name,
                    )
                )

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for term in self:
            try:
                term._reminders()
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: reminders are numbers of working days up to 250, for example "
                        "«10, 5, 3, 1».",
                        name=term.name,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        used = self._used() if LAW_COLUMNS & set(vals) else self.browse()
        if used:
            raise UserError(
                self.env._(
                    "«%(name)s» has been counted for appeals already and is not changed in place. "
                    "Set its last day of validity and add a new edition.",
                    name=used[0].name,
                )
            )
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self._used()
        if used:
            raise UserError(
                self.env._("«%(name)s» is used by appeals: archive it.", name=used[0].name)
            )

    def _used(self):
        """Return the terms that have been counted for a case of any body."""
        Deadline = self.env["hotline.deadline"].sudo()  # cases of other bodies count too
        return self.filtered(
            lambda term: Deadline.search_count([("term_id", "=", term.id)], limit=1)
        )

    def _reminders(self):
        """Return the working days before the due date on which to remind, greatest first."""
        return control.parse_days(self.reminder_days or "")

    def _for_company(self, company):
        """Return the domain Term: the rule's own counting, else the body's."""
        self.ensure_one()
        return Term(
            code=self.code,
            article=self.article,
            length=self.length,
            unit=self.unit,
            day_one=self.day_one or company.hotline_day_one,
            shift=self.shift or company.hotline_shift,
        )
