from odoo import api, models
from odoo.tools import format_date

from .report_card import CARD_ROLES


class ReportApproval(models.AbstractModel):
    """The sheet of approval of an answer: who approved what, when, in whose place."""

    _name = "report.gov_hotline.report_approval"
    _description = "Sheet of approval"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role, return what the template needs."""
        self.env["helpdesk.ticket"]._require_role(*CARD_ROLES)
        answers = self.env["hotline.answer"].browse(docids)
        answers.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": "hotline.answer",
            "docs": answers,
            "rows": self._rows,
            "marks": self._marks,
            "files": self._files,
        }

    @api.model
    def _rows(self, answer):
        """Return the head of the sheet: (label, value), the empty ones left out."""
        states = dict(answer._fields["state"]._description_selection(self.env))
        rows = [
            (self.env._("Appeal"), answer.case_number),
            (self.env._("Addressee"), answer.applicant_name),
            (self.env._("Together with"), answer._together_words()),
            (self.env._("Outgoing letter"), answer._outgoing_words()),
            (self.env._("State of the answer"), states[answer.state]),
            self._signer_row(answer),
            (self.env._("Signature"), answer._signed_words()),
            (self.env._("SHA-256 of the content"), answer.content_hash),
        ]
        return [row for row in rows if row[1]]

    @api.model
    def _signer_row(self, answer):
        """Return who is to sign, or who signed and when: the two are not the same."""
        words = ", ".join(filter(None, (answer.signer_name, answer.signer_authority)))
        if not answer._is_signed():
            return self.env._("Signer"), words
        day = answer.signed_on or answer.outgoing_date
        day = day and format_date(self.env, day)
        return self.env._("Signed by"), " · ".join(filter(None, (words, day)))

    @api.model
    def _marks(self, answer):
        """Return the lines of the sheet, the rounds in order."""
        decisions = dict(answer.approval_ids._fields["decision"]._description_selection(self.env))
        return [
            {
                "round": one.round,
                "step": one.step or "",
                "who": one.who,
                "what": decisions[one.decision],
                "when": answer._moment(one.at),
                "why": one.reason or "",
            }
            for one in answer.approval_ids
        ]

    @api.model
    def _files(self, answer):
        """Return (name, SHA-256) of the files of the answer."""
        return answer._file_digests()
