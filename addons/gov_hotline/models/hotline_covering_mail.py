from odoo import api, models

from ..domain import covering
from .hotline_body_letter import EMAIL


class HotlineCoveringLetter(models.Model):
    """The report to the body on control as a letter: on the letterhead, by e-mail where wished."""

    _name = "hotline.covering.letter"
    _inherit = ["hotline.covering.letter", "hotline.body.letter"]
    _letter_code = "covering_report"
    _sheet_text = "report_text"
    _sheet_number = "report_number"
    _sheet_date = "report_date"

    @api.depends("sender_id", "email_to", "channel")
    def _compute_is_foreign_mail(self):
        return super()._compute_is_foreign_mail()

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_mail(self):
        return super()._compute_can_mail()

    @api.depends("state", "letter_sha256")
    def _compute_letter_note(self):
        return super()._compute_letter_note()

    @api.onchange("sender_id")
    def _onchange_body(self):
        self._propose_way()

    @api.onchange("channel")
    def _onchange_channel(self):
        self._propose_way()

    def _report(self):  # pylint: disable=missing-return
        self.ticket_id._enforce(self._blank_problems(), subject=self._subject())
        if self.channel == EMAIL:
            self._check_mail()
        super()._report()
        self._send_letter()

    def _mail_problems(self):
        return [*super()._mail_problems(), *covering.check_letter_text(self.report_text or "")]

    def _check_editable(self, names):
        """The address of a report is corrected while its letter has not got there."""
        if names == {"email_to"} and all(one._may_be_mailed() for one in self):
            return
        super()._check_editable(names)

    def _body(self):
        return self.sender_id

    def _is_letter_sent(self):
        return self.state == "reported"

    def _letter_reference(self):
        """The report answers the sender's own letter."""
        return self.sender_number or "", self.sender_date

    def _letter_enclosures(self):
        return self.report_attachment_ids

    def _mail_subject(self):
        marks = self._mail_marks()
        return self.env._(
            "Report No. %(number)s of %(date)s on your No. %(their)s",
            their=self.sender_number,
            **marks,
        )

    def _mail_words(self):
        return [
            self.env._(
                "We send you report No. %(number)s of %(date)s on the appeal that you forwarded: "
                "the letter is enclosed.",
                **self._mail_marks(),
            )
        ]
