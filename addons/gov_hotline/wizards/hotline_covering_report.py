from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.hotline_body_letter import EMAIL


class HotlineCoveringReport(models.TransientModel):
    """One answer, a report to each sender: numbers of our own, the same words and files."""

    _name = "hotline.covering.report"
    _description = "Reports to the senders"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    text = fields.Text(string="Text of the report", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    authority_id = fields.Many2one("hotline.authority", string="Signer")
    line_ids = fields.One2many("hotline.covering.report.line", "wizard_id", string="Senders")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        ticket = self.env["helpdesk.ticket"].browse(values.get("ticket_id")).exists()
        if ticket:
            ticket.check_access("read")
            letters = ticket._letters_to_report()
            values["line_ids"] = [Command.create({"letter_id": letter.id}) for letter in letters]
            values["text"] = self._proposed_text(ticket)
            values["authority_id"] = letters._proposed_signer(ticket.company_id).id
        return values

    def _proposed_text(self, ticket):
        answer = ticket._given_answers()[-1:]
        answer = answer or ticket._same_text_cases()._given_answers()[-1:]
        if not answer:
            return False
        return self.env._(
            "The appeal has been considered, the applicant was answered: No. %(number)s of "
            "%(day)s.",
            number=answer.outgoing_number,
            day=answer.outgoing_date.strftime("%d.%m.%Y"),
        )

    def action_report(self):
        """Make the report on every letter listed, all of them or none. Officer."""
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role("officer")
        if not self.line_ids:
            raise UserError(self.env._("There is no letter to report on."))
        allowed = self.ticket_id._letters_to_report()
        for line in self.line_ids:
            if line.letter_id not in allowed:
                raise UserError(self.env._("The report on this letter was made already."))
            line._report(self.text, self.attachment_ids, self.authority_id)
        return {"type": "ir.actions.act_window_close"}


class HotlineCoveringReportLine(models.TransientModel):
    """A sender in the wizard of reports."""

    _name = "hotline.covering.report.line"
    _description = "Report to a sender"

    wizard_id = fields.Many2one("hotline.covering.report", required=True, ondelete="cascade")
    letter_id = fields.Many2one("hotline.covering.letter", required=True, ondelete="cascade")
    case_number = fields.Char(related="letter_id.ticket_id.number", string="Appeal")
    sender_id = fields.Many2one(related="letter_id.sender_id")
    sender_number = fields.Char(related="letter_id.sender_number")
    report_by = fields.Date(related="letter_id.report_by")
    number = fields.Char(string="No. of the report")
    date = fields.Date(string="Date of the report")
    by_mail = fields.Boolean(string="By e-mail")
    email_to = fields.Char(
        string="E-mail address", compute="_compute_email_to", store=True, readonly=False
    )

    @api.depends("letter_id")
    def _compute_email_to(self):
        for line in self:
            line.email_to = line.letter_id._mail_address() if line.letter_id else False

    def _report(self, text, files, signer):
        """Each letter keeps files of its own: a file belongs to one record."""
        owner = {"res_model": self.letter_id._name, "res_id": self.letter_id.id}
        copies = [file.copy(owner).id for file in files]
        self.letter_id.write(
            {
                "report_number": self.number,
                "report_date": self.date,
                "report_text": text,
                "report_attachment_ids": [Command.set(copies)],
                "channel": EMAIL if self.by_mail else "other",
                "email_to": self.email_to,
                "authority_id": signer.id,
            }
        )
        self.letter_id.action_report()
