from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import corrections, texts, transitions

FIELDS = [
    ("applicant_surname", "Surname"),
    ("applicant_given_name", "Given name"),
    ("applicant_patronymic", "Patronymic"),
    ("applicant_address", "Postal address"),
    ("applicant_phone", "Telephone"),
    ("applicant_email", "E-mail address"),
    ("topic_id", "Topic"),
    ("complaint_against_id", "Complaint against"),
    ("appeal_text", "Text of the appeal"),
]
# Where «should be» is a record, the column that holds it.
RECORDS = {"topic_id": "topic_id", "complaint_against_id": "complaint_against_id"}
TEXT = "appeal_text"  # never changes: a correction of it stays beside it as a remark


class HotlineCorrection(models.Model):
    """«Попросить исправить»: what the operator asks of the officer after hand-over (B4)."""

    _name = "hotline.correction"
    _inherit = "hotline.by.act"
    _description = "Request to correct"
    _order = "id desc"
    _rec_name = "field_name"
    _set_by_act = frozenset(
        {"value_before", "state", "user_id", "decided_by_id", "decided_at", "company_id"}
    )
    _editable = frozenset({"refusal_reason"})

    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    field_name = fields.Selection(FIELDS, string="What is wrong", required=True)
    value_before = fields.Text(
        string="Was", compute="_compute_value_before", store=True, precompute=True
    )
    value_after = fields.Text(string="Should be")
    topic_id = fields.Many2one("hotline.topic", string="Right topic", ondelete="restrict")
    complaint_against_id = fields.Many2one("res.partner", string="Right body or official")
    after_text = fields.Char(string="Should be so", compute="_compute_after_text")
    reason = fields.Char(string="Why", required=True)
    user_id = fields.Many2one(
        "res.users", string="Asked by", default=lambda self: self.env.user, readonly=True
    )
    state = fields.Selection(
        [("asked", "Asked for"), ("accepted", "Corrected"), ("refused", "Refused")],
        string="Decision",
        default="asked",
        required=True,
        readonly=True,
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(string="Decided at", readonly=True)
    refusal_reason = fields.Char(string="Why refused")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _open_idx = models.Index("(ticket_id) WHERE state = 'asked'")

    @api.depends("field_name", "ticket_id")
    def _compute_value_before(self):
        for one in self:
            one.value_before = one._shown(one.ticket_id[one.field_name]) if one.field_name else ""

    @api.depends("field_name", "value_after", "topic_id", "complaint_against_id")
    def _compute_after_text(self):
        for one in self:
            one.after_text = one._shown(one._new_value()) if one.field_name else ""

    @api.depends("state", "ticket_id.state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for one in self:
            open_case = one.ticket_id.state not in transitions.FINAL_STATES
            one.can_decide = officer and open_case and one.state == "asked"

    @api.constrains("field_name", "value_after", "topic_id", "complaint_against_id")
    def _check_new_value(self):
        for one in self:
            new, limit = one._new_value(), corrections.limit(one.field_name)
            if not new or (isinstance(new, str) and len(new) > limit):
                raise ValidationError(
                    self.env._(
                        "Say what should stand instead, in at most %(limit)s characters.",
                        limit=limit,
                    )
                )
            if one._shown(new) == (one.value_before or ""):
                raise ValidationError(self.env._("This is what stands there already."))

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"]._require_role("operator")
        for vals in vals_list:  # before the database's lock would say it in its own words
            self._check_open_case(self.env["helpdesk.ticket"].browse(vals.get("ticket_id")))
        asked = super().create(vals_list)
        for one in asked:
            one._check_open_case(one.ticket_id)
            one._journal("correction_asked")
        return asked

    def action_accept(self):
        """Put what should be; the registered text stays, a remark is kept beside it. Officer."""
        for one in self:
            one._check_can_decide()
            one._apply()
            one._decide("accepted")

    def action_refuse(self):
        """Refuse with the written reason; without one, open the dialog that asks it. Officer."""
        self.ensure_one()
        self._check_can_decide()
        if not (self.refusal_reason or "").strip():
            return self._ask_reason()
        self._decide("refused")
        return {"type": "ir.actions.act_window_close"}

    def _ask_reason(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why the correction is refused"),
            "res_model": self._name,
            "res_id": self.id,
            "view_id": self.env.ref("gov_hotline.hotline_correction_view_refuse").id,
            "views": [(self.env.ref("gov_hotline.hotline_correction_view_refuse").id, "form")],
            "target": "new",
        }

    def _apply(self):
        if self.field_name == TEXT:
            text = self.env._("It should read: %(text)s", text=self.value_after)
            self.env["hotline.addition"]._remark(self.ticket_id, text)
        else:
            new = self._new_value()
            self.ticket_id.write({self.field_name: new if isinstance(new, str) else new.id})

    def _decide(self, state):
        now = fields.Datetime.now()
        self._write_by_act({"state": state, "decided_by_id": self.env.uid, "decided_at": now})
        self._journal(f"correction_{state}")

    def _new_value(self):
        """Return the text or the record that should stand there."""
        if self.field_name in RECORDS:
            return self[RECORDS[self.field_name]]
        return texts.tidy(self.value_after or "", multiline=self.field_name == TEXT)

    @api.model
    def _shown(self, value):
        return (value or "") if isinstance(value, str | bool) else value.display_name or ""

    def _check_can_decide(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self._check_open_case(self.ticket_id)
        if self.state != "asked":
            raise UserError(self.env._("This request was decided already."))

    @api.model
    def _check_open_case(self, ticket):
        ticket.check_access("read")
        if ticket.state == transitions.DRAFT:
            raise UserError(self.env._("A draft is corrected by hand, nobody needs to be asked."))
        if ticket.state in transitions.FINAL_STATES:
            raise UserError(
                self.env._(
                    "Appeal %(number)s is closed and locked. What has to be said goes into an "
                    "addition to the closed case.",
                    number=ticket.number,
                )
            )

    def _check_editable(self, names):  # pylint: disable=missing-return
        super()._check_editable(names)
        for one in self:
            one._check_can_decide()

    def _journal(self, event):
        self.env["hotline.journal"]._append(
            event, self.ticket_id, correction=self.id, field=self.field_name
        )
