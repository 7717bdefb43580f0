from odoo import api, fields, models
from odoo.fields import Command

from ..domain import assignments as rules
from ..models.hotline_assignment import KINDS, PD_MODES

COPIED = (
    "addressee_kind", "role", "answer_by", "pd_mode", "pd_consent", "control_on", "outgoing_number",
    "outgoing_date",
)  # fmt: skip


class HotlineResolution(models.TransientModel):
    """The resolution in one dialog: to whom, what, until when; signed and sent at once (B3, C1)."""

    _name = "hotline.resolution"
    _description = "Resolution"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", required=True, readonly=True)
    parent_id = fields.Many2one(
        "hotline.assignment", string="Part of the assignment", readonly=True
    )
    company_id = fields.Many2one(related="ticket_id.company_id")
    question_ids = fields.Many2many(
        "hotline.question", string="Questions", default=lambda self: self._default_questions()
    )
    has_questions = fields.Boolean(compute="_compute_proposed")
    topic_id = fields.Many2one(related="ticket_id.topic_id")
    proposed_ids = fields.Many2many("res.partner", compute="_compute_proposed")
    proposed_why = fields.Text(string="Whose question", compute="_compute_proposed")
    picked_ids = fields.Many2many(
        "res.partner", "hotline_resolution_picked_rel", string="Usually on this topic"
    )
    addressee_ids = fields.Many2many(
        "res.partner", "hotline_resolution_addressee_rel", string="To whom"
    )
    text = fields.Text(string="What to do", default=lambda self: self._default_text())
    control_on = fields.Date(string="Control date", default=lambda self: self._default_control_on())
    line_ids = fields.One2many("hotline.resolution.line", "resolution_id", string="Addressees")
    has_forwardings = fields.Boolean(compute="_compute_has_forwardings")
    own_part = fields.Boolean(string="Our part stays on control")
    ask_result = fields.Boolean(string="Ask for documents on the result")
    file_ids = fields.Many2many(
        "ir.attachment", "hotline_resolution_file_rel", string="Files handed over",
        default=lambda self: self._default_files(),
    )  # fmt: skip

    authority_id = fields.Many2one(
        "hotline.authority", string="Signer", default=lambda self: self._default_authority()
    )
    has_authorities = fields.Boolean(compute="_compute_has_authorities")

    # Defaults: what the officer would write anyway

    def _case(self):
        return self.env["helpdesk.ticket"].browse(self.env.context.get("default_ticket_id"))

    def _parent(self):
        parent_id = self.env.context.get("default_parent_id")
        return self.env["hotline.assignment"].browse(parent_id or [])

    def _default_questions(self):
        return self._case().question_ids

    def _default_text(self):
        return self.env._(
            "Please consider it on the merits and send us the materials for the answer."
        )

    def _default_control_on(self):
        case = self._case()
        return case and case._default_control_on(self._parent())

    def _default_files(self):
        """Propose the files of the letter; those of internal notes stay."""
        case = self._case()
        return case.attachment_ids - case.message_ids.attachment_ids

    def _default_authority(self):
        company = self._case().company_id or self.env.company
        today = company._hotline_today()
        return self.env["hotline.authority"]._proposed(company, "resolve", today)

    @api.depends("ticket_id")
    def _compute_has_authorities(self):
        """Whether the body keeps a directory of who may resolve."""
        for resolution in self:
            company = resolution.ticket_id.company_id or self.env.company
            today = company._hotline_today()
            kept = self.env["hotline.authority"]._with_right(company, "resolve", today)
            resolution.has_authorities = bool(kept)

    @api.depends("ticket_id")
    def _compute_proposed(self):
        for resolution in self:
            case = resolution.ticket_id
            resolution.proposed_ids = case._usual_executors() if case else False
            resolution.proposed_why = resolution._proposed_words(case)
            resolution.has_questions = len(case.question_ids) > 1

    def _proposed_words(self, case):
        """Return «Теплосеть: по теме и территории», a line each of those proposed."""
        whose = case._whose_question() if case else []
        proposed = self.proposed_ids._origin
        told = [f"{agency.name}: {why}" for agency, why in whose if agency in proposed]
        return "\n".join(told)

    @api.depends("line_ids.addressee_kind")
    def _compute_has_forwardings(self):
        for resolution in self:
            kinds = resolution.line_ids.mapped("addressee_kind")
            resolution.has_forwardings = rules.OTHER_BODY in kinds

    @api.onchange("picked_ids", "addressee_ids")
    def _onchange_addressees(self):
        """One line for each addressee, with what is usual for it."""
        wanted = (self.picked_ids | self.addressee_ids)._origin
        lines = self.line_ids.filtered(lambda line: line.partner_id._origin in wanted)
        for partner in wanted - lines.partner_id._origin:
            vals = self._line_vals(partner, first=rules.OWN not in lines.mapped("addressee_kind"))
            lines += lines.new(vals)
        self.line_ids = lines

    def _line_vals(self, partner, first):
        kind = partner._addressee_kind()
        return {
            "partner_id": partner.id,
            "addressee_kind": kind,
            "role": rules.MAIN if first or kind != rules.OWN else rules.CO,
            "executor_user_id": partner._executor_user().id,
            "pd_mode": partner._pd_mode(kind, self.ticket_id.company_id or self.env.company),
            "control_on": False,
        }

    # Sending

    def action_sign_and_send(self):
        """Give the assignments of the lines and send them at once. Officer."""
        self.ensure_one()
        self.ticket_id._require_role("officer")
        self.ticket_id.check_access("write")
        self._complete_lines()
        vals = [self._assignment_vals(line) for line in self.line_ids]
        self.env["hotline.assignment"].create(vals)
        self.ticket_id.action_send_resolution()
        return {"type": "ir.actions.act_window_close"}

    def _complete_lines(self):
        """Add the lines of addressees that have none: over RPC they may have been left to us."""
        for partner in (self.picked_ids | self.addressee_ids) - self.line_ids.partner_id:
            first = rules.OWN not in self.line_ids.mapped("addressee_kind")
            self.write({"line_ids": [Command.create(self._line_vals(partner, first))]})

    def _assignment_vals(self, line):
        own = {name: line[name] for name in COPIED}
        forwarding = line.addressee_kind == rules.OTHER_BODY
        return {
            **own,
            "control_on": line.control_on or self.control_on,
            "ticket_id": self.ticket_id.id,
            "parent_id": self.parent_id.id,
            "partner_id": line.partner_id.id,
            "executor_user_id": line.executor_user_id.id,
            "question_ids": [Command.set((line.question_ids or self.question_ids).ids)],
            "text": self.text,
            **self._signature_vals(),
            "file_ids": [Command.set(self.file_ids.ids)],
            "own_part": forwarding and self.own_part,
            "ask_result": forwarding and self.ask_result,
            "answer_by": rules.EXECUTOR if forwarding else line.answer_by,
        }

    def _signature_vals(self):
        """Return who signs: by authority, or the officer where no directory is kept."""
        if not self.authority_id:
            return self.env["hotline.assignment"]._default_signature(self.company_id)
        signed_on = self.company_id._hotline_today()
        return {"authority_id": self.authority_id.id, "signed_on": signed_on}


class HotlineResolutionLine(models.TransientModel):
    """One addressee of the dialog."""

    _name = "hotline.resolution.line"
    _description = "Addressee of a resolution"

    resolution_id = fields.Many2one("hotline.resolution", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Addressee", required=True)
    addressee_kind = fields.Selection(KINDS, string="Whose", required=True, default=rules.OWN)
    role = fields.Selection(
        [(rules.MAIN, "Main"), (rules.CO, "Co-executor")],
        string="Part", required=True, default=rules.MAIN,
    )  # fmt: skip
    executor_user_id = fields.Many2one("res.users", string="Executor")
    executor_choice_ids = fields.Many2many(related="partner_id.executor_choice_ids")
    answer_by = fields.Selection(
        [(rules.US, "We"), (rules.EXECUTOR, "The executor, a copy to us")],
        string="Who answers the applicant", required=True, default=rules.US,
    )  # fmt: skip
    pd_mode = fields.Selection(PD_MODES, string="What is shown", required=True, default=rules.FULL)
    pd_consent = fields.Boolean(string="The applicant agreed")
    question_ids = fields.Many2many("hotline.question", string="Questions")
    control_on = fields.Date(string="Own date")
    outgoing_number = fields.Char(string="Outgoing No.")
    outgoing_date = fields.Date(string="Outgoing date")

    @api.onchange("addressee_kind")
    def _onchange_addressee_kind(self):
        """Another kind, another mode of personal data."""
        company = self.resolution_id.ticket_id.company_id or self.env.company
        if self.partner_id:
            self.pd_mode = self.partner_id._origin._pd_mode(self.addressee_kind, company)
