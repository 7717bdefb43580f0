from odoo import models
from odoo.exceptions import AccessError

from ..domain import checklist, letters, phones
from ..domain.notice_text import russian_date
from ..report import pdf
from ..report.report_card import CARD_ROLES


class HotlineLetter(models.AbstractModel):
    """The letter on paper: on the body's letterhead as PDF and as DOCX, and its envelope."""

    _inherit = "hotline.letter"
    # where a source keeps the words and the date of its letter
    _sheet_text = "text"
    _sheet_date = "outgoing_date"

    # Doors

    def action_print_letter(self):
        """Return the action that prints the letter on the letterhead."""
        self._check_print_letter()
        name = f"gov_hotline.action_report_letter_{self._table.rpartition('_')[2]}"
        return self.env.ref(name).report_action(self)

    def action_print_envelope(self):
        """Return the action that prints the envelope of the letter."""
        self._check_print_letter()
        name = f"gov_hotline.action_report_envelope_{self._table.rpartition('_')[2]}"
        return self.env.ref(name).report_action(self)

    def _check_print_letter(self):
        """Refuse roles that see no dossier."""
        if not self.env["helpdesk.ticket"]._roles() & {*CARD_ROLES, "system"}:
            raise AccessError(
                self.env._("Your role does not print letters. Ask the officer in charge.")
            )
        self.check_access("read")

    # Bytes, for senders

    def _letter_pdf(self):
        """Return the letter on the letterhead as PDF (bytes)."""
        self.ensure_one()
        letter = self._in_russian()
        values = {"docs": letter, "doc_model": self._name}
        html = letter.env["ir.qweb"]._render("gov_hotline.report_letter", values)
        fetcher = pdf.LocalFetcher(self.env)
        return pdf.render([str(html)], fetcher=fetcher, paper=pdf.Paper())

    def _letter_name(self):
        """Return the name of the printed file, without what file systems dislike."""
        self.ensure_one()
        number = (self[self._sheet_number] or self.ticket_id.number or "").replace("/", "-")
        return self.env._("Letter %(number)s", number=number)

    def _envelope_name(self):
        """Return the name of the file with the envelope: beside the letter, not over it."""
        self.ensure_one()
        number = (self[self._sheet_number] or self.ticket_id.number or "").replace("/", "-")
        return self.env._("Envelope %(number)s", number=number)

    # What stands on the sheet

    def _letter_sheet(self):
        """Return the fields of the letter by GOST R 7.0.97, all of them text."""
        self.ensure_one()
        company, ticket = self.company_id.sudo(), self.ticket_id  # sudo: as above
        their_number, their_date = self._letter_reference()
        name_lines, contact_lines = company._letterhead()
        text = letters.sheet(self[self._sheet_text] or "")
        return {
            "emblem": company.with_context(bin_size=False).hotline_letter_emblem,
            "body": name_lines,
            "contacts": contact_lines,
            "date": russian_date(self[self._sheet_date]),
            "number": self[self._sheet_number] or "",
            "their_number": their_number,
            "their_date": russian_date(their_date),
            "addressee": letters.addressee(self._addressee(), ticket._applicant_person()),
            "address": letters.address_lines(self._address()),
            "greeting": text.greeting,
            "paragraphs": text.paragraphs,
            "enclosures": letters.enclosures(self._enclosed()),
            "certificate": self._letter_certificate(),
            "position": self._signer_position(),
            "signer": letters.signer(self.signer_name or ""),
            "executor": self._executor_words(),
        }

    def _letter_reference(self):
        """Return number and date of the letter that this one answers: the appeal's own."""
        ticket = self.ticket_id
        return (ticket.number, ticket.registered_on) if ticket.registered_on else ("", None)

    def _envelope_sheet(self):
        """Return what an envelope shows: sender above, addressee below on the right."""
        self.ensure_one()
        company, ticket = self.company_id.sudo(), self.ticket_id  # sudo: as above
        address = company.partner_id._display_address(without_company=True)
        return {
            "body": company.name,
            "body_address": letters.address_lines(address),
            "addressee": letters.envelope_name(self._addressee(), ticket._applicant_person()),
            "address": letters.envelope_lines(self._envelope_address()),
            "number": self.outgoing_number or "",
        }

    def _addressee(self):
        """Return whom the letter is for, as it was written or as the appeal has it."""
        return self.ticket_id.applicant_name or ""

    def _address(self):
        """Return where the letter goes; the source knows its road."""
        known = self.ticket_id._reply_addresses()
        return known["email"] if self.channel == "email" else known["postal"]

    def _enclosed(self):
        """Return the names of the files that go with the letter."""
        return ()

    def _letter_certificate(self):
        """Return how the term was counted, where the letter is to say so."""
        if not self.with_certificate:
            return []
        main = self.ticket_id.deadline_ids.filtered("is_main")[-1:]
        return main._certificate_lines(edition=False) if main else []

    def _signer_position(self):
        # sudo: the signer is named to every reader
        words = self.authority_id.sudo()._position_words() if self.authority_id else ""
        return letters.position(words, self.signer_authority or "")

    def _executor_words(self):
        """Return field 25: who prepared the letter and the telephone."""
        user = self._executor_user()
        return ", ".join(filter(None, (user.name, phones.on_paper(user.phone))))

    def _executor_user(self):
        """Return who prepared the letter; what the system proposed is the officer's in charge."""
        author = self.create_uid.sudo()  # sudo: named at the foot of the letter
        is_officer = author.has_group("gov_hotline.group_officer")
        return author if is_officer else self.ticket_id.user_id.sudo()  # sudo: as above


class HotlineNotice(models.Model):
    _inherit = "hotline.notice"

    def _addressee(self):
        return self.addressee_name or super()._addressee()

    def _address(self):
        return self.sudo().address or super()._address()  # on the sheet, whoever prints it


class HotlineAnswer(models.Model):
    _inherit = "hotline.answer"

    def _enclosed(self):
        """Return the titles of the files, unless the text names its enclosures itself."""
        if checklist.named_enclosures(self.text or ""):
            return ()
        # sudo: a file just uploaded is its uploader's alone; only the names are printed
        return [letters.title(name) for name in self.sudo().attachment_ids.mapped("name")]
