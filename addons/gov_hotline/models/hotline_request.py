from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import requests
from .hotline_letter_sheet import KEPT

REPLY = frozenset(
    {
        "received_on", "wanted_on", "answer_text", "answer_number", "answered_on",
        "answer_attachment_ids",
    }
)  # fmt: skip
STATES = [
    ("draft", "Draft"),
    ("sent", "Sent, waiting"),
    ("answered", "Answered"),
    ("withdrawn", "Withdrawn"),
]


class HotlineRequest(models.Model):
    """A request for explanations and materials to another body (59-FZ, art. 10; practice 1)."""

    _name = "hotline.request"
    _inherit = ["hotline.case.record", "hotline.overdue"]
    _description = "Request to another body"
    _order = "id desc"
    _set_by_act = frozenset(
        {
            "state", "deadline_id", *KEPT,
            "awaits_posting", "posted_on", "posted_way", "posted_number",
        }
    )  # fmt: skip
    _files = ("attachment_ids", "answer_attachment_ids")
    _awaited = ("state", "sent")

    ticket_number = fields.Char(related="ticket_id.number", string="No. of the appeal")
    partner_id = fields.Many2one(
        "res.partner", string="Whom we ask", required=True, index=True, ondelete="restrict"
    )
    is_complained_of = fields.Boolean(compute="_compute_is_complained_of")
    excluded = fields.Char(compute="_compute_excluded", help="Why this addressee is not asked.")
    text = fields.Text(string="What is asked for", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", "hotline_request_file_rel", string="Files of the request"
    )
    outgoing_number = fields.Char(string="Outgoing No.", copy=False, index="btree_not_null")
    outgoing_date = fields.Date(string="Outgoing date", copy=False)
    received_on = fields.Date(
        string="Received there on", copy=False, help="The 15 days of the law run from this day."
    )
    wanted_on = fields.Date(
        string="Reply wanted by", help="Where the law sets no term: organisations, messages."
    )
    deadline_id = fields.Many2one("hotline.deadline", readonly=True, copy=False)
    due_on = fields.Date(string="Reply due", compute="_compute_due_on", store=True, index=True)
    certificate_text = fields.Text(
        compute="_compute_certificate_text", string="How the term was counted"
    )
    answer_text = fields.Text(string="Reply")
    answer_number = fields.Char(string="No. of the reply")
    answered_on = fields.Date(string="Date of the reply", copy=False)
    answer_attachment_ids = fields.Many2many(
        "ir.attachment", "hotline_request_answer_file_rel", string="Files of the reply"
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True
    )

    _waiting_idx = models.Index("(due_on) WHERE state = 'sent'")

    @api.depends("partner_id", "ticket_id.complaint_against_id")
    def _compute_is_complained_of(self):
        for request in self:
            against = request.ticket_id.complaint_against_id
            request.is_complained_of = bool(against) and request.partner_id == against

    @api.depends("partner_id")
    @api.depends_context("lang")
    def _compute_excluded(self):
        labels = dict(
            self.env["res.partner"]
            ._fields["hotline_excluded_from_requests"]
            ._description_selection(self.env)
        )
        for request in self:
            request.excluded = labels.get(request.partner_id._excluded_from_requests(), False)

    @api.depends("deadline_id.due_on", "wanted_on")
    def _compute_due_on(self):
        for request in self:
            request.due_on = request.deadline_id.due_on or request.wanted_on

    @api.depends("deadline_id.certificate")
    @api.depends_context("lang")
    def _compute_certificate_text(self):
        for request in self:
            deadline = request.deadline_id
            lines = deadline._staff_certificate_lines() if deadline else []
            request.certificate_text = "\n".join(lines) or False

    @api.depends("partner_id", "outgoing_number")
    def _compute_display_name(self):
        for request in self:
            number = f" № {request.outgoing_number}" if request.outgoing_number else ""
            request.display_name = f"{request.partner_id.display_name or ''}{number}"

    # Acts

    def action_send(self):
        """Record the request as sent: numbered by the series, where no number is typed. Officer."""
        self._check_act()
        for request in self:
            request._check_state("draft")
            request._send()

    def _send(self):
        typed = self.outgoing_number or self.outgoing_date
        ticket, today = self.ticket_id, self.company_id._hotline_today()
        facts = self._facts() if typed else self._facts(number="+", sent_on=today)
        found = [
            *requests.check_sending(facts, ticket.registered_on or None, today),
            *requests.check_receipt(facts, today),
        ]
        ticket._enforce(found, subject=self._subject())
        number = {}
        if not typed:
            number = dict(
                zip(("outgoing_number", "outgoing_date"), ticket._next_outgoing(), strict=True)
            )
        self._write_by_act({**number, "state": "sent"})
        self._start_term()
        self._journal("request_sent", outgoing_date=self.outgoing_date)

    def action_answered(self):
        """Record the reply of the other body. Officer."""
        self._check_act()
        for request in self:
            request._check_state("sent")
            today = request.company_id._hotline_today()
            found = requests.check_answer(request._facts(), today)
            request.ticket_id._enforce(found, subject=request._subject())
            request._write_by_act({"state": "answered"})
            request.ticket_id._meet_deadlines(request.deadline_id, request.answered_on)
            request._journal("request_answered", answered_on=request.answered_on)

    def action_withdraw(self):
        """Wait for this reply no longer; its term stops. Officer."""
        self._check_act()
        for request in self:
            request._check_state("sent")
            request.sudo().deadline_id.unlink()  # clocks are set and stopped by acts alone
            request._write_by_act({"state": "withdrawn"})
            request._journal("request_withdrawn")

    def action_open(self):
        """Open the request in a dialog."""
        self.ensure_one()
        return self.ticket_id._act_dialog(
            self._name, self.env._("Request to another body"), self.id
        )

    def _check_act(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self.ticket_id._check_open_for_acts()

    def _check_state(self, state):
        if self.state != state:
            raise UserError(
                self.env._("«%(name)s»: this was done already.", name=self.display_name)
            )

    def _facts(self, **known):
        """Return the domain's Request."""
        files = " ".join(self.answer_attachment_ids.mapped("name"))
        facts = {
            "addressee": self.partner_id.display_name or "",
            "text": self.text or "",
            "excluded": self.partner_id._excluded_from_requests(),
            "number": self.outgoing_number or "",
            "sent_on": self.outgoing_date or None,
            "received_on": self.received_on or None,
            "answered_on": self.answered_on or None,
            "answer": self.answer_text or files,
        }
        return requests.Request(**{**facts, **known})

    def _start_term(self):
        """Count the law's term anew from the receipt there: bodies only, nobody else is bound."""
        self.sudo().deadline_id.unlink()  # as above
        if not self.received_on or self.partner_id.hotline_kind == "organisation":
            return
        started = self.ticket_id._start_deadlines("other_received", self.received_on)
        self._write_by_act(
            {"deadline_id": started.filtered(lambda d: d.term_id.purpose == "request")[:1].id}
        )

    def _journal(self, event, **payload):
        self.env["hotline.journal"]._append(event, self.ticket_id, request=self.id, **payload)

    # Guards

    def write(self, vals):
        done = super().write(vals)
        if "received_on" in vals and not self._is_by_act():
            self._restart_terms()
        return done

    def _check_editable(self, names):  # pylint: disable=missing-return
        """Once sent only what comes back is written; once answered nothing is."""
        super()._check_editable(names)
        for request in self:
            free = {"draft": names, "sent": REPLY}.get(request.state, frozenset())
            if names - free:
                raise UserError(
                    self.env._(
                        "«%(name)s» was sent: only its receipt and the reply are written now.",
                        name=request.display_name,
                    )
                )

    def _restart_terms(self):
        for request in self.filtered(lambda request: request.state == "sent"):
            found = requests.check_receipt(request._facts(), request.company_id._hotline_today())
            request.ticket_id._enforce(found, subject=request._subject())
            request._start_term()

    def _fixed_files(self):
        """What has gone out with the request; the reply comes on, until it is recorded."""
        gone = self.filtered(lambda request: request.state != "draft").attachment_ids
        over = self.filtered(lambda request: request.state not in ("draft", "sent"))
        return gone | over.answer_attachment_ids

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(request.state != "draft" for request in self):
            raise UserError(self.env._("A request that was sent is withdrawn, not deleted."))
