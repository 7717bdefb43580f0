from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..domain import mails, notices
from ..domain.notice_text import russian_date

EMAIL = "email"
WAYS = [("other", "By post, courier or a document system"), (EMAIL, "E-mail")]
# The letter is not there: another address may be tried.
ASTRAY = (mails.FAILED, mails.CANCELLED)


class HotlineBodyLetter(models.AbstractModel):
    """A numbered letter to another body: on the letterhead, signed, by e-mail or another way.

    `_letter_code`: what it is, for templates and for the outbox (a kind of `hotline.mail`).
    """

    _name = "hotline.body.letter"
    _inherit = ["hotline.signature", "hotline.letter", "hotline.mail.source"]
    _description = "Letter to another body"
    _letter_code = ""

    channel = fields.Selection(WAYS, string="Sent by", required=True, default="other")
    email_to = fields.Char(
        string="E-mail of the addressee", help="Empty: the address of the addressee's card."
    )
    is_foreign_mail = fields.Boolean(compute="_compute_is_foreign_mail")
    can_mail = fields.Boolean(compute="_compute_can_mail")

    def _body(self):
        """Return the body (res.partner) that the letter is for."""
        raise NotImplementedError

    def _is_letter_sent(self):
        """Whether the letter has its number and left, one way or another."""
        raise NotImplementedError

    def _compute_is_foreign_mail(self):
        """The address is outside the body's own mail domains (practice 7)."""
        for letter in self:
            domains = letter.company_id._hotline_mail_domains()
            address = letter._mail_address()
            letter.is_foreign_mail = (
                bool(address) and letter.company_id._domain_of(address) not in domains
            )

    def _compute_can_mail(self):
        """Sent, the case still in work, and no letter of it on its way or with the addressee."""
        officer = "officer" in self.env["helpdesk.ticket"]._roles()
        for letter in self:
            letter.can_mail = officer and letter.ticket_id.can_edit and letter._may_be_mailed()

    def _may_be_mailed(self):
        newest = self._mails()[:1]
        return self._is_letter_sent() and (not newest or newest.state in ASTRAY)

    def action_mail(self):
        """Send the letter that has its number already by e-mail too, or to another address.

        Officer. Never while a letter of it waits, is with the addressee or nobody knows.
        """
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("write")
        self.ticket_id._check_open_for_acts()
        for letter in self:
            if not letter._may_be_mailed():
                raise UserError(
                    self.env._(
                        "«%(name)s»: a letter is on its way or with the addressee already.",
                        name=letter.display_name,
                    )
                )
            letter._check_mail()
            letter._mail_letter()

    def action_open_mail(self):
        """Open the newest letter of the outbox; who reads the outbox."""
        self.ensure_one()
        self.check_access("read")
        mail = self._mails()[:1].with_env(self.env)
        mail.check_access("read")
        return mail.get_formview_action()

    # What is checked

    def _check_mail(self):
        """Refuse a letter that cannot leave by e-mail; a warning passes with its reason."""
        if not mails.is_address(self._mail_address()):
            raise UserError(
                self.env._(
                    "«%(name)s» has no e-mail address: write it here or into the card.",
                    name=self._body().display_name,
                )
            )
        self.ticket_id._enforce(self._mail_problems(), subject=self._subject())

    def _mail_problems(self):
        """A letter by e-mail is the original: signed by whoever may sign."""
        signer = self.authority_id.sudo().partner_id  # sudo: named to every reader
        complained = self.ticket_id._self_no_problems(signer, "signer")
        return [*self._check_signature("sign"), *complained]

    def _blank_problems(self):
        """A place of the template that nobody filled in stops the letter, as it stops a notice."""
        text = self[self._sheet_text] or "–"  # an empty one is told of in words of its own
        return list(notices.check(notices.Letter(text, notices.HAND, "")))

    def _letter_words(self):
        return {"their_number": self._letter_reference()[0]}

    def _mail_address(self):
        # sudo: the address of a body is for every officer
        return (self.email_to or email_normalize(self._body().sudo().email or "") or "").strip()

    # Sending

    def _send_letter(self):
        """After the numbering: the day of the signature, and the queue where it goes by e-mail."""
        if self.signer_name and not self.signed_on:
            self._write_by_act({"signed_on": self[self._sheet_date]})
        if self.channel == EMAIL:
            self._write_by_act({"email_to": self._mail_address()})
        self._freeze_letter()
        if self.channel == EMAIL:
            self._mail_letter()

    def _mail_letter(self):
        """Put the letter into the queue of outgoing mail, the files with it."""
        self.ensure_one()
        letter = self.with_context(lang=self.company_id._hotline_lang())
        earlier = len(self._mails())
        key = f"{self._name},{self.id}" + (f",{earlier}" if earlier else "")
        words = letter._mail_content(self._letter_code, letter._mail_subject(), letter._mail_body())
        files = [*letter._letter_files(), *self._letter_enclosures()]
        self.env["hotline.mail"]._enqueue(
            self, self._letter_code, self._mail_address(), *words, files, key
        )

    def _mail_own_words(self):
        return {**self._letter_mail_words(), "their_number": self._letter_reference()[0]}

    def _mail_words(self):
        """Return the lines of the mail: the letter itself goes as a file."""
        raise NotImplementedError

    def _mail_body(self):
        return "\n\n".join(filter(None, [*self._mail_words(), self._mail_signature()]))

    def _mail_signature(self):
        return "\n".join(filter(None, (self.signer_name, self.company_id.name)))

    def _mail_marks(self):
        """Return number and date of the letter, for its words."""
        return {
            "number": self[self._sheet_number],
            "date": russian_date(self[self._sheet_date]),
        }

    def _mail_addressee(self):
        return self._body().name or ""

    # The sheet

    def _is_issued_letter(self):
        return self._is_letter_sent()

    def _store_letter(self, vals):
        self._write_by_act(vals)

    def _letter_kind(self):
        return self._letter_code

    def _letter_enclosures(self):
        """Return the files that go with the letter."""
        raise NotImplementedError

    def _enclosed(self):
        # sudo: a file just uploaded is its uploader's alone; only the names are printed
        return self._letter_enclosures().sudo().mapped("name")

    def _addressee(self):
        return self._body().name or ""

    def _address(self):
        """Return the e-mail or the postal address of the body."""
        if self.channel == EMAIL:
            return self._mail_address()
        # sudo: as above
        return self._body().sudo()._display_address(without_company=True)

    def _propose_way(self):
        """On the form: the address of the card and, where there is one choice, the signer."""
        if self.channel == EMAIL:
            self.email_to = False  # what was typed for another addressee gives way
            self.email_to = self._mail_address()
        if not self.signer_name:
            self.authority_id = self._proposed_signer(self.ticket_id.company_id)

    @api.model
    def _proposed_signer(self, company):
        today = company._hotline_today()
        return self.env["hotline.authority"]._proposed(company, "sign", today)
