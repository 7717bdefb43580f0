from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import assignments as assignment_rules

ACTS = [
    ("answer", "Attach to an assignment"),
    ("final", "Final answer of the executor"),
    ("addition", "Attach to an appeal"),
    ("request", "Attach to a request"),
    ("report", "Attach to a covering letter"),
    ("covering", "Register the letter of a body"),
    ("reject", "Not for us"),
    ("take_off", "Take the letter off the case"),
]


class HotlineIncomingPlacement(models.TransientModel):
    """The dialogs of an incoming letter. Rights are asked of the letter and of the case."""

    _name = "hotline.incoming.placement"
    _description = "Placing of an incoming letter"

    mail_id = fields.Many2one(
        "hotline.incoming.mail", required=True, readonly=True, ondelete="cascade"
    )
    act = fields.Selection(ACTS, required=True, readonly=True)
    company_id = fields.Many2one(related="mail_id.company_id")
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal")
    assignment_id = fields.Many2one("hotline.assignment")
    request_id = fields.Many2one("hotline.request")
    is_of_applicant = fields.Boolean(compute="_compute_is_of_applicant")
    is_own_answer = fields.Boolean(compute="_compute_is_own_answer")
    covering_letter_id = fields.Many2one("hotline.covering.letter", string="Covering letter")
    is_final = fields.Boolean(string="This is the final answer")
    sender_id = fields.Many2one("res.partner", string="Whose letter")
    outgoing_number = fields.Char(string="Number of the letter")
    outgoing_date = fields.Date(string="Date of the letter")
    signer_name = fields.Char(string="Signed by")
    is_controlled = fields.Boolean(string="On control")
    report_by = fields.Date(string="Report by")
    is_spam = fields.Boolean(string="This is spam")
    reason = fields.Text()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a letter that the user may not read: the dialog would tell of it."""
        ids = [vals["mail_id"] for vals in vals_list if vals.get("mail_id")]
        ids.append(self.env.context.get("default_mail_id"))
        self.env["hotline.incoming.mail"].browse(filter(None, ids)).check_access("read")
        return super().create(vals_list)

    @api.depends("ticket_id", "mail_id")
    def _compute_is_of_applicant(self):
        for dialog in self:
            case = dialog.ticket_id
            dialog.is_of_applicant = bool(case) and dialog.mail_id._is_of_applicant(case)

    @api.depends("act", "is_final", "assignment_id")
    def _compute_is_own_answer(self):
        """Whether the letter is the answer that the executor gave the citizen (practice 5)."""
        for dialog in self:
            is_final = dialog.act == "final" or (dialog.act == "answer" and dialog.is_final)
            by_executor = dialog.assignment_id.answer_by == assignment_rules.EXECUTOR
            dialog.is_own_answer = is_final and by_executor

    @api.onchange("ticket_id")
    def _onchange_ticket_id(self):
        """Another appeal has other assignments, requests, letters; its only one is proposed."""
        case = self.ticket_id
        if case and self.assignment_id.ticket_id != case:
            self.assignment_id = _only(case.assignment_ids.filtered(_is_sent))
        if case and self.request_id.ticket_id != case:
            self.request_id = _only(case.request_ids.filtered(_is_sent))
        if case and self.covering_letter_id.ticket_id != case:
            self.covering_letter_id = _only(case.covering_letter_ids)

    def action_apply(self):
        """Do the act; officer."""
        self.ensure_one()
        self.mail_id._check_fetched(self.act)
        opened = getattr(self, f"_apply_{self.act}")(self.mail_id)
        return opened or {"type": "ir.actions.act_window_close"}

    def _apply_answer(self, mail):
        self._check_chosen("assignment_id")
        self._check_own_answer(mail)
        mail._decide_answer(self.assignment_id, self.is_final, **self._of_letter())

    def _apply_final(self, mail):
        self._check_own_answer(mail)
        mail._decide_final(**self._of_letter())

    def _apply_addition(self, mail):
        self._check_chosen("ticket_id")
        mail._decide_addition(self.ticket_id)

    def _apply_request(self, mail):
        self._check_chosen("request_id")
        mail._decide_request(
            self.request_id, self.is_final, answer_number=self.outgoing_number,
            answered_on=self.outgoing_date,
        )  # fmt: skip

    def _apply_report(self, mail):
        self._check_chosen("covering_letter_id")
        mail._decide_report(self.covering_letter_id)

    def _apply_covering(self, mail):
        self._check_chosen("sender_id")
        case = mail._decide_covering(
            sender_id=self.sender_id.id, sender_number=self.outgoing_number,
            sender_date=self.outgoing_date, is_controlled=self.is_controlled,
            report_by=self.report_by,
        )  # fmt: skip
        return case.get_formview_action()

    def _apply_reject(self, mail):
        mail._decide_reject(self.is_spam, self.reason)

    def _apply_take_off(self, mail):
        mail._decide_take_off(self.reason)

    def _check_own_answer(self, mail):
        """Refuse a copy that could not be accepted: an answer once placed is not changed."""
        if self.is_own_answer:
            problems = assignment_rules.own_answer_problems(
                self.outgoing_number or "", self.outgoing_date or None, self.signer_name or "",
                len(mail.attachment_ids),
            )  # fmt: skip
            self.assignment_id._raise_problems(problems)

    def _of_letter(self):
        return {
            "outgoing_number": self.outgoing_number,
            "outgoing_date": self.outgoing_date,
            "signer_name": self.signer_name,
        }

    def _check_chosen(self, name):
        if not self[name]:
            raise UserError(
                self.env._(
                    "Choose: «%(field)s».", field=self._fields[name]._description_string(self.env)
                )
            )


def _is_sent(record):
    return record.state == "sent"


def _only(records):
    return records if len(records) == 1 else False
