from odoo import api, models


class ReportLetter(models.AbstractModel):
    """A notice on the body's letterhead. Every print by hand is journalled."""

    _name = "report.gov_hotline.report_letter_notice"
    _inherit = "report.gov_hotline.report_card"
    _description = "Notice on the letterhead"
    _letters = "hotline.notice"
    _printed = "letter"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role, note the print in the journal, return what the template needs."""
        found = self.env[self._letters].browse(docids)
        found._check_print_letter()
        self._note_print(found)
        return {"doc_ids": docids, "doc_model": self._letters, "docs": found._in_russian()}

    def _append_print(self, found):
        """Leave the traces of a print: the journal, and on the letter that it is printed."""
        self._journal_print(found)
        if self._printed == "letter":
            found._mark_printed()

    def _journal_print(self, found):
        journal = found.env["hotline.journal"]
        for one in found:
            journal._append(
                "letter_printed", one.ticket_id, letter=f"{one._name},{one.id}",
                printed=self._printed,
            )  # fmt: skip


class ReportLetterAnswer(models.AbstractModel):
    _name = "report.gov_hotline.report_letter_answer"
    _inherit = "report.gov_hotline.report_letter_notice"
    _description = "Answer on the letterhead"
    _letters = "hotline.answer"


class ReportLetterRequest(models.AbstractModel):
    _name = "report.gov_hotline.report_letter_request"
    _inherit = "report.gov_hotline.report_letter_notice"
    _description = "Request on the letterhead"
    _letters = "hotline.request"


class ReportLetterLetter(models.AbstractModel):
    _name = "report.gov_hotline.report_letter_letter"
    _inherit = "report.gov_hotline.report_letter_notice"
    _description = "Report to a body on the letterhead"
    _letters = "hotline.covering.letter"


class ReportEnvelopeNotice(models.AbstractModel):
    _name = "report.gov_hotline.report_envelope_notice"
    _inherit = "report.gov_hotline.report_letter_notice"
    _description = "Envelope of a notice"
    _printed = "envelope"


class ReportEnvelopeAnswer(models.AbstractModel):
    _name = "report.gov_hotline.report_envelope_answer"
    _inherit = "report.gov_hotline.report_letter_answer"
    _description = "Envelope of an answer"
    _printed = "envelope"


class ReportLetterAssignment(models.AbstractModel):
    _name = "report.gov_hotline.report_letter_assignment"
    _inherit = "report.gov_hotline.report_letter_notice"
    _description = "Forwarding letter on the letterhead"
    _letters = "hotline.assignment"


class ReportEnvelopeAssignment(models.AbstractModel):
    _name = "report.gov_hotline.report_envelope_assignment"
    _inherit = "report.gov_hotline.report_letter_assignment"
    _description = "Envelope of a forwarding letter"
    _printed = "envelope"
