from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..domain import texts
from .own_files import own_files

RESULTS = [
    ("oral", "Answered orally"),
    ("written", "Written appeal taken"),
    ("out", "Out of competence: explained where to go"),
    ("repeated", "Refused: answered on the merits before"),
]
DOCUMENTS = [
    ("passport", "Passport of the Russian Federation"),
    ("foreign", "Passport of a foreign citizen"),
    ("military", "Military or service card"),
    ("temporary", "Temporary certificate"),
    ("other", "Another identity document"),
]


class HotlineReception(models.Model):
    """«Личный приём»: the card and the diary of personal reception (59-FZ, art. 13)."""

    _name = "hotline.reception"
    _inherit = "hotline.by.act"
    _description = "Personal reception"
    _order = "held_on desc, is_first_turn desc, held_at, id"
    _rec_name = "number"
    _set_by_act = frozenset({"number", "state", "ticket_id", "held_by_id"})
    _editable = frozenset(
        {
            "held_at", "duration", "official_id", "official_name", "place", "partner_id",
            "citizen_name", "citizen_address", "citizen_phone", "category_id", "topic_id",
            "document_kind", "document_checked", "document_number", "content", "has_paper",
            "has_come", "result", "oral_answer", "oral_agreed", "explanation", "agency_id",
            "earlier_ticket_id", "departure_reason", "attachment_ids",
        }
    )  # fmt: skip

    number = fields.Char(string="No.", readonly=True, copy=False, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    held_at = fields.Datetime(string="Date and time", required=True, index=True)
    held_on = fields.Date(string="Day", compute="_compute_held_on", store=True, index=True)
    duration = fields.Float(string="Lasts, hours", default=0.25)
    official_id = fields.Many2one("hotline.authority", string="Official from the directory")
    official_name = fields.Char(
        string="Who receives",
        required=True,
        compute="_compute_official_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    place = fields.Char(default=lambda self: self.env.company.partner_id.contact_address_inline)
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, index=True, ondelete="restrict"
    )
    citizen_name = fields.Char(
        string="Citizen's name", compute="_compute_citizen", store=True, readonly=False,
        precompute=True,
    )  # fmt: skip
    citizen_address = fields.Char(
        string="Address", compute="_compute_citizen", store=True, readonly=False, precompute=True
    )
    citizen_phone = fields.Char(
        string="Telephone", compute="_compute_citizen", store=True, readonly=False, precompute=True
    )
    category_id = fields.Many2one(
        "hotline.reception.category", string="Right of first turn", ondelete="restrict"
    )
    is_first_turn = fields.Boolean(
        string="Out of turn", compute="_compute_is_first_turn", store=True
    )
    has_come = fields.Boolean(string="Has come and waits", copy=False)
    document_kind = fields.Selection(DOCUMENTS, string="Identity document")
    document_checked = fields.Boolean(string="Document seen and checked")
    document_number = fields.Char(string="Number of the document")
    keeps_document_number = fields.Boolean(related="company_id.hotline_keep_document_number")
    topic_id = fields.Many2one("hotline.topic", ondelete="restrict")
    content = fields.Text(string="What the citizen came with")
    has_paper = fields.Boolean(string="A written appeal was handed over")
    result = fields.Selection(RESULTS)
    oral_answer = fields.Text(string="What was answered")
    oral_agreed = fields.Boolean(string="The facts are obvious and the citizen agrees")
    explanation = fields.Text(string="Explained where and how to go")
    agency_id = fields.Many2one("res.partner", string="Competent body")
    earlier_ticket_id = fields.Many2one("helpdesk.ticket", string="Answered earlier in")
    departure_reason = fields.Char(string="Why the rule is departed from")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal made", readonly=True, copy=False, ondelete="restrict"
    )
    held_by_id = fields.Many2one("res.users", string="Card kept by", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("booked", "Booked"),
            ("held", "Received in person"),
            ("missed", "Did not come"),
            ("cancelled", "Called off"),
        ],
        string="Reception",
        default="booked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    @api.depends("held_at", "company_id.hotline_tz")
    def _compute_held_on(self):
        """The day by the clock of the body; another time zone moves no kept card."""
        for one in self:
            if one.state == "booked" or not one.held_on:
                one.held_on = one.held_at and one.company_id._hotline_date(one.held_at)

    @api.depends("official_id")
    def _compute_official_name(self):
        for one in self:
            official = one.official_id.sudo()  # named to every reader of the diary
            if official:
                one.official_name = f"{official.name}, {official._position_words()}"

    @api.depends("partner_id")
    def _compute_citizen(self):
        for one in self.filtered("partner_id"):
            partner = one.partner_id
            one.citizen_name = partner.name
            one.citizen_address = partner.contact_address_inline
            one.citizen_phone = partner.phone

    @api.depends("category_id")
    def _compute_is_first_turn(self):
        for one in self:
            one.is_first_turn = bool(one.category_id)

    @api.depends("number", "citizen_name")
    def _compute_display_name(self):
        """The name first: an event of the diary has room for little more."""
        for one in self:
            one.display_name = ", ".join(filter(None, (one.citizen_name, one.number)))

    @api.constrains("held_at", "duration", "official_name", "state", "company_id")
    def _check_free(self):
        """One official receives one citizen at a time."""
        for one in self.filtered(lambda one: one.state == "booked"):
            if not 0 < one.duration <= 8:
                raise ValidationError(self.env._("A reception lasts up to eight hours."))
            if one._overlapping():
                raise ValidationError(
                    self.env._(
                        "%(official)s receives somebody else at this time: choose another.",
                        official=one.official_name,
                    )
                )

    @api.constrains("content", "oral_answer", "explanation")
    def _check_texts(self):
        for one in self:
            for name in ("content", "oral_answer", "explanation"):
                if len(one[name] or "") > texts.TEXT_LIMIT:
                    raise ValidationError(
                        self.env._(
                            "At most %(limit)s characters: the rest is a file.",
                            limit=texts.TEXT_LIMIT,
                        )
                    )

    def _overlapping(self):
        ends = self.held_at + timedelta(hours=self.duration)
        others = self.search(
            [
                ("id", "!=", self.id), ("company_id", "=", self.company_id.id),
                ("official_name", "=", self.official_name), ("state", "=", "booked"),
                ("held_at", "<", ends), ("held_at", ">", self.held_at - timedelta(hours=8)),
            ]
        )  # fmt: skip
        return others.filtered(
            lambda other: other.held_at + timedelta(hours=other.duration) > self.held_at
        )

    @api.model_create_multi
    def create(self, vals_list):
        receptions = super().create(vals_list)
        for one in receptions:
            # sudo: numbers are drawn by the system
            number = self.env["ir.sequence"].sudo().next_by_code("hotline.reception")
            one._write_by_act({"number": number, **one._without_number()})
        receptions._own_files()
        return receptions

    def write(self, vals):
        kept = all(company.hotline_keep_document_number for company in self.company_id)
        if "document_number" in vals and not kept:
            vals = {**vals, "document_number": False}
        done = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return done

    def _own_files(self):
        for one in self:
            own_files(one, one.attachment_ids)

    def _fixed_files(self):
        """What lies with a card that is kept."""
        return self.filtered(lambda one: one.state != "booked").attachment_ids

    def _without_number(self):
        """The number of a document is kept only where the body's own rules say so."""
        if self.document_number and not self.company_id.hotline_keep_document_number:
            return {"document_number": False}
        return {}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        if any(one.state != "booked" for one in self):
            raise UserError(self.env._("A card of the reception is kept, not deleted."))

    def _check_editable(self, names):
        result = super()._check_editable(names)
        if any(one.state != "booked" for one in self):
            raise AccessError(self.env._("The reception is over: its card does not change."))
        return result
