from odoo import api, models

from ..domain import depersonal, requests
from .hotline_body_letter import EMAIL


class HotlineRequest(models.Model):
    """The letter of a request: on the letterhead, by e-mail where the officer says so."""

    _name = "hotline.request"
    _inherit = ["hotline.request", "hotline.body.letter"]
    _letter_code = "request"

    @api.depends("partner_id", "email_to", "channel")
    def _compute_is_foreign_mail(self):
        return super()._compute_is_foreign_mail()

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_mail(self):
        return super()._compute_can_mail()

    @api.depends("state", "letter_sha256")
    def _compute_letter_note(self):
        return super()._compute_letter_note()

    @api.onchange("partner_id")
    def _onchange_body(self):
        self._propose_way()

    @api.onchange("channel")
    def _onchange_channel(self):
        self._propose_way()

    def _send(self):  # pylint: disable=missing-return
        found = [*self._blank_problems(), *self._disclosure_problems()]
        self.ticket_id._enforce(found, subject=self._subject())
        if self.channel == EMAIL:
            self._check_mail()
        super()._send()
        self._send_letter()

    def _disclosure_problems(self):
        """CONF: an organisation is told of the applicant only with a reason (practice 7)."""
        ticket = self.ticket_id
        names = [ticket.applicant_surname or ticket.applicant_name]
        names += ticket.coapplicant_ids.mapped("name")
        whole = ticket.sudo()  # compared, not shown
        ways = (whole.applicant_phone, whole.applicant_email)
        tells = depersonal.tells_of(self.text or "", filter(None, names), filter(None, ways))
        is_organisation = self.partner_id.hotline_kind == "organisation"
        return list(requests.check_disclosure(is_organisation=is_organisation, tells=tells))

    def _check_editable(self, names):
        """The address of a sent request is corrected while its letter has not got there."""
        if names == {"email_to"} and all(one._may_be_mailed() for one in self):
            return
        super()._check_editable(names)

    def _body(self):
        return self.partner_id

    def _is_letter_sent(self):
        return self.state == "sent"

    def _letter_reference(self):
        """A request answers nobody: the citizen's number is no «on your No.» of the addressee."""
        return "", None

    def _letter_enclosures(self):
        return self.attachment_ids

    def _mail_subject(self):
        return self.env._("Request No. %(number)s of %(date)s", **self._mail_marks())

    def _mail_words(self):
        return [
            self.env._(
                "We send you request No. %(number)s of %(date)s for documents and materials: the "
                "letter is enclosed.",
                **self._mail_marks(),
            ),
            self.env._("Please answer this letter without changing its subject."),
        ]
