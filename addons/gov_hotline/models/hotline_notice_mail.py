from odoo import fields, models
from odoo.exceptions import UserError


class HotlineNotice(models.Model):
    """A notice by e-mail: into the queue in the transaction that numbers it."""

    _name = "hotline.notice"
    _inherit = ["hotline.notice", "hotline.mail.source"]

    def _issue(self):  # pylint: disable=missing-return
        super()._issue()
        if self.channel == "email":
            self._mail_letter(self.address, f"{self._name},{self.id}")
        if self.channel == "portal":
            self._mark_sent()  # the applicant reads it from this moment

    def _mail_letter(self, email_to, key):
        """Put the numbered notice into the queue of outgoing mail."""
        self.ensure_one()
        notice = self.with_context(lang=self.company_id._hotline_lang())
        words = notice._mail_content("notice", notice._mail_subject(), notice._mail_body())
        self.env["hotline.mail"]._enqueue(
            self, "notice", email_to, *words, notice._letter_files(), key
        )

    def _mail_subject(self):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return self.env._(
            "%(kind)s: appeal No. %(number)s", kind=kind, number=self.ticket_number or ""
        )

    def _mail_body(self):
        parts = (self._mail_number(), self.text.strip(), self._mail_signer(), self.company_id.name)
        return "\n\n".join(filter(None, parts))

    def _mail_facts(self):
        return self._applicant_facts()

    def _mail_own_words(self):
        return {**self._letter_mail_words(), "letter_kind": self._selected("kind")}

    def _mail_addressee(self):
        return self.addressee_name

    def _mail_sent(self, mail):  # pylint: disable=missing-return
        super()._mail_sent(mail)
        self._mark_sent()

    def _mail_failed(self, mail, why):  # pylint: disable=missing-return
        super()._mail_failed(mail, why)
        self._mark_failed(why)

    def action_mark_sent(self):
        """Record that a queued letter has left; officer."""
        self.env["helpdesk.ticket"]._require_role("officer")
        for notice in self:
            notice.check_access("read")
            if notice.state not in ("queued", "failed"):
                raise UserError(self.env._("Only a numbered notice is sent."))
            if notice.channel == "email" and notice.state == "queued":
                raise UserError(
                    self.env._(
                        "Notice %(number)s goes by e-mail: it is marked when the server takes it.",
                        number=notice.outgoing_number,
                    )
                )
            notice._mark_sent()

    def _mark_sent(self):
        """Record the delivery of a queued notice (for the senders of a later release too)."""
        self._write_by_act({"state": "sent", "sent_at": fields.Datetime.now(), "failure": False})

    def _mark_failed(self, why):
        """Record that the delivery failed; the notice stays issued by its number."""
        self._write_by_act({"state": "failed", "failure": why})

    def _portal_values(self):
        """Return an issued notice as its addressee sees it."""
        self.ensure_one()
        return {
            "title": dict(self._fields["kind"]._description_selection(self.env))[self.kind],
            "number": self.outgoing_number,
            "date": self.outgoing_date,
            "addressee": self.addressee_name,
            "text": self.text,
            "signer": self.signer_name,
            "documents": self._portal_documents(),
        }
