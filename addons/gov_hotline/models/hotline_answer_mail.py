from odoo import models

from ..domain.notice_text import russian_date


class HotlineAnswer(models.Model):
    """An answer by e-mail: into the queue in the transaction that gives it."""

    _name = "hotline.answer"
    _inherit = ["hotline.answer", "hotline.mail.source"]

    def _mark_given(self):  # pylint: disable=missing-return
        super()._mark_given()
        if self.channel == "email":
            self._mail_letter(self.ticket_id.applicant_email, f"{self._name},{self.id}")

    def _mail_letter(self, email_to, key):
        """Put the given answer into the queue of outgoing mail."""
        self.ensure_one()
        answer = self.with_context(lang=self.company_id._hotline_lang())
        words = answer._mail_content("answer", answer._mail_subject(), answer._mail_body())
        self.env["hotline.mail"]._enqueue(
            self, "answer", email_to, *words, answer._mail_files(), key
        )

    def _mail_subject(self):
        ticket = self.ticket_id
        return self.env._(
            "Answer to your appeal No. %(number)s of %(date)s",
            number=ticket.number,
            date=russian_date(ticket.registered_on),
        )

    def _mail_body(self):
        """Return the text of the answer with number, date and signer: complete by itself."""
        parts = (self._mail_number(), self.text.strip(), self._mail_signer(), self.company_id.name)
        return "\n\n".join(filter(None, parts))

    def _mail_facts(self):
        return self._applicant_facts()

    def _mail_own_words(self):
        return self._letter_mail_words()

    def _mail_files(self):
        """Return the letter itself and the files of the answer."""
        return [*self._letter_files(), *self.attachment_ids]

    def _signed_files(self):
        """Return what was signed, as it was signed; nothing where there is none."""
        return self._files_as_signed()

    def _mail_addressee(self):
        return self.ticket_id.applicant_name or ""
