from odoo import Command, api, fields, models

from ..domain import grounds

EARLIER_SHOWN = 80


class HotlineGroundStatement(models.TransientModel):
    """The dialog in which the officer states a ground for questions of one case."""

    _name = "hotline.ground.statement"
    _description = "Stating a ground"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    question_ids = fields.Many2many(
        "hotline.question", "hotline_ground_statement_question_rel", required=True
    )
    available_ground_ids = fields.Many2many("hotline.ground", compute="_compute_available")
    ground_id = fields.Many2one(
        "hotline.ground", required=True, domain="[('id', 'in', available_ground_ids)]"
    )
    article = fields.Char(related="ground_id.article")
    needs_url = fields.Boolean(related="ground_id.needs_url")
    needs_statement = fields.Boolean(related="ground_id.needs_statement")
    needs_decision = fields.Boolean(related="ground_id.needs_decision")
    min_earlier_answers = fields.Integer(related="ground_id.min_earlier_answers")
    final_state = fields.Selection(related="ground_id.final_state")
    notice_kind = fields.Selection(related="ground_id.notice_kind")

    ground_note = fields.Text(string="Why")
    ground_url = fields.Char(string="Address on the site")
    statement_ids = fields.Many2many(
        "ir.attachment",
        "hotline_ground_statement_file_rel",
        string="Applicant's statement",
    )
    earlier_question_ids = fields.Many2many(
        "hotline.question", "hotline_ground_statement_earlier_rel", string="Earlier answers"
    )
    candidate_question_ids = fields.Many2many("hotline.question", compute="_compute_candidates")
    authority_id = fields.Many2one(
        "hotline.authority", string="Who decided", domain=[("may_decide", "=", True)]
    )
    signed_on = fields.Date(string="Decided on")
    partner_id = fields.Many2one(related="ticket_id.partner_id")
    is_resubmission = fields.Boolean(compute="_compute_is_resubmission")
    earlier_case_id = fields.Many2one(
        "helpdesk.ticket",
        string="Filed again after",
        help="The two appeals are linked (59-FZ, art. 11, p. 7).",
    )
    competent_body_id = fields.Many2one(
        "res.partner", string="Competent body", domain=[("hotline_kind", "=", "agency")]
    )
    reason = fields.Text(
        string="Reason for departing from a rule",
        help="Only where a rule warns: at least ten characters.",
    )

    @api.depends("ticket_id")
    def _compute_available(self):
        for one in self:
            ticket = one.ticket_id
            one.available_ground_ids = self.env["hotline.ground"]._available(
                ticket, ticket.registered_on
            )

    @api.depends("ground_id", "ticket_id")
    def _compute_is_resubmission(self):
        """Whether the earlier appeal is still to be named."""
        for one in self:
            is_again = one.ground_id.code == grounds.RESUBMITTED
            one.is_resubmission = is_again and not one.ticket_id._linked_earlier("resubmission")

    @api.depends("ticket_id", "question_ids")
    def _compute_candidates(self):
        """Questions of the applicant's other cases, on the same question, that were answered."""
        for one in self:
            partner = one.ticket_id.partner_id
            found = self.env["hotline.question"].search(
                [
                    ("ticket_id.partner_id", "=", partner.id or 0),
                    ("ticket_id", "!=", one.ticket_id.id),
                    ("ticket_id.answer_ids.state", "=", "given"),
                ],
                order="id desc",
                limit=EARLIER_SHOWN,
            )
            asked = one.question_ids._origin[:1]
            on_it = found.filtered(lambda earlier, q=asked: not q or earlier._is_earlier_of(q))
            one.candidate_question_ids = on_it

    @api.onchange("ground_id")
    def _onchange_ground_id(self):
        if self.needs_decision and not self.authority_id:
            company = self.ticket_id.company_id
            today = company._hotline_today()
            self.authority_id = self.env["hotline.authority"]._proposed(company, "decide", today)
            self.signed_on = today

    def action_state(self):
        """State the ground; open the proposed notice, if there is one, to check and send."""
        self.ensure_one()
        questions = self.question_ids & self.ticket_id.question_ids
        if self.reason:
            questions = questions.with_context(hotline_reason=self.reason)
        if self.is_resubmission and self.earlier_case_id:
            self.ticket_id.action_link(self.earlier_case_id.id, "resubmission")
        notice = questions.action_state_ground(self.ground_id.id, self._stated())
        return notice._open() if notice else {"type": "ir.actions.act_window_close"}

    def _stated(self):
        vals = {
            "ground_note": self.ground_note,
            "statement_ids": [Command.set(self.statement_ids.ids)],
            "earlier_question_ids": [Command.set(self.earlier_question_ids.ids)],
        }
        if self.needs_url:
            vals["ground_url"] = (self.ground_url or "").strip()
        if self.needs_decision:
            vals.update(authority_id=self.authority_id.id, signed_on=self.signed_on)
        if self.competent_body_id:
            vals["competent_body_id"] = self.competent_body_id.id
        return vals


class HotlineGroundRemoval(models.TransientModel):
    """The dialog in which the officer takes a ground back."""

    _name = "hotline.ground.removal"
    _description = "Taking a ground back"

    question_ids = fields.Many2many("hotline.question", "hotline_ground_removal_question_rel")
    reason = fields.Text(required=True)

    def action_remove(self):
        """Take the ground back with the reason."""
        self.ensure_one()
        self.question_ids.action_remove_ground(self.reason)
        return {"type": "ir.actions.act_window_close"}
