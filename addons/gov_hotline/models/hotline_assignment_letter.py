import io

from pypdf import PdfReader

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from ..domain import assignments as rules
from ..domain import letters, phones, placeholders, post
from ..domain.notice_text import russian_date
from ..report import pdf
from .helpdesk_ticket_outbox import PLAIN
from .hotline_assignment import STAFF
from .hotline_letter_sheet import RUSSIAN
from .hotline_letter_template import FORWARDING_LETTER


class HotlineAssignment(models.Model):
    """The letter of a forwarding (59-FZ, art. 8, p. 3): on the letterhead, the appeal behind it."""

    _name = "hotline.assignment"
    _inherit = ["hotline.assignment", "hotline.letter.sheet"]

    letter_file_name = fields.Char(groups=STAFF)
    letter_sha256 = fields.Char(groups=STAFF)
    letter_note = fields.Text(groups=STAFF)

    @api.depends("letter_sha256", "state", "addressee_kind")
    def _compute_letter_note(self):
        return super()._compute_letter_note()

    # Doors

    def action_print_forwarding(self):
        """Return the action that prints the letters of these forwardings; officer."""
        self._check_print_letter()
        return self.env.ref("gov_hotline.action_report_letter_assignment").report_action(self)

    def action_print_envelope(self):
        """Return the action that prints the envelopes of these forwardings; officer."""
        self._check_print_letter()
        return self.env.ref("gov_hotline.action_report_envelope_assignment").report_action(self)

    def _check_print_letter(self):
        self.env["helpdesk.ticket"]._require_role("officer")
        self.check_access("read")
        if self.filtered(lambda one: one.state == rules.DRAFT) or self - self._forwardings():
            raise UserError(
                self.env._("A letter is printed of a forwarding that was signed, of nothing else.")
            )

    def _is_answer_due(self):
        """Whether the addressee owes us an answer: another body only by art. 8, p. 5."""
        return self.addressee_kind != rules.OTHER_BODY or self.ask_result

    # Bytes

    def _keep_letters(self):
        """Keep each letter as it leaves, as answers and notices are kept."""
        super()._keep_letters()
        if self.env.context.get("hotline_mail_plain") is PLAIN:
            return
        for letter in self._forwardings().filtered(lambda one: not one.letter_sha256):
            # sudo: the letter reads the case; what it shows is the assignment's mode
            sheet = letter.sudo().with_context(hotline_by_mail=letter._goes_by_mail())
            letter._keep_letter(f"{letter._letter_name()}.pdf", sheet._draw_letter())

    def _store_letter(self, vals):
        self._set(**vals)

    def _has_issued_letter(self):
        return self in self._forwardings() and self.state != rules.DRAFT

    def _letter_pdf(self):
        """Return the letter with the appeal behind it: as it left where it is kept (bytes)."""
        return self._frozen_letter() if self.letter_sha256 else self._draw_letter()

    def _draw_letter(self):
        """Return the letter on the letterhead and the appeal's card behind it as PDF (bytes)."""
        self.ensure_one()
        letter = self._in_russian()
        card = letter._pdf_of("gov_hotline.report_assignment_card", {"docs": letter})
        pages = len(PdfReader(io.BytesIO(card)).pages)
        sheet = letter.with_context(hotline_enclosed_pages=pages)
        values = {"docs": sheet, "doc_model": self._name}
        return merge_pdf([letter._pdf_of("gov_hotline.report_letter", values), card])

    def _pdf_of(self, template, values):
        html = self.env["ir.qweb"]._render(template, values)
        return pdf.render([str(html)], fetcher=pdf.LocalFetcher(self.env), paper=pdf.Paper())

    def _letter_name(self):
        """Return the name of the printed file, without what file systems dislike."""
        self.ensure_one()
        return self.env._("Letter %(number)s", number=self._number_of_file())

    def _envelope_name(self):
        """Return the name of the file with the envelope: beside the letter, not over it."""
        self.ensure_one()
        return self.env._("Envelope %(number)s", number=self._number_of_file())

    def _number_of_file(self):
        return (self.outgoing_number or self.case_number or "").replace("/", "-")

    # What stands on the sheet

    def _letter_sheet(self):
        """Return the fields of the letter by GOST R 7.0.97, all of them text."""
        self.ensure_one()
        company = self.company_id.sudo()  # sudo: the letterhead is for every letter
        name_lines, contact_lines = company._letterhead()
        text = letters.sheet(self._letter_text())
        return {
            "emblem": company.with_context(bin_size=False).hotline_letter_emblem,
            "body": name_lines,
            "contacts": contact_lines,
            "date": russian_date(self.outgoing_date),
            "number": self.outgoing_number or "",
            "their_number": "",
            "their_date": "",
            "addressee": self._mail_addressee(),
            "address": letters.address_lines(self._letter_address()),
            "greeting": text.greeting,
            "paragraphs": text.paragraphs,
            "enclosures": letters.enclosures(self._letter_enclosed()),
            "certificate": [],
            "position": letters.position(self._position_of_signer(), self.signer_authority or ""),
            "signer": letters.signer(self.signer_name or ""),
            "executor": self._letter_executor(),
        }

    def _envelope_sheet(self):
        """Return what an envelope shows: sender above, addressee below on the right."""
        self.ensure_one()
        company = self.company_id.sudo()  # sudo: how the body is written to is no secret
        address = company.partner_id._display_address(without_company=True)
        return {
            "body": company.name,
            "body_address": letters.address_lines(address),
            "addressee": self._mail_addressee(),
            "address": letters.envelope_lines(self._postal_address()),
            "number": self.outgoing_number or "",
        }

    def _letter_text(self):
        """Return the template of the ground filled in; a line with nothing to name is left out."""
        case = self.ticket_id
        ground = rules.forwarding_ground(case._grounds_of(self), self.own_part)
        template = self.env["hotline.letter.template"]._for(
            FORWARDING_LETTER, ground, case, self.outgoing_date or self._today()
        )
        facts = self._letter_facts(template.article or "")
        return placeholders.fill_known(template.text or "{письмо.текст}", facts)

    def _letter_facts(self, article):
        """Return what the letter may name: the applicant by the mode, a date where it is owed."""
        case = self.ticket_id
        authority = self.authority_id.sudo()  # sudo: the signer is named to every reader
        words = {
            "article": article,
            "letter_number": self.outgoing_number or "",
            "today": russian_date(self.outgoing_date),
            "letter_text": self._own_words(),
            "bodies": self.partner_id.name or "",
            "control_on": russian_date(self.control_on) if self._is_answer_due() else "",
            "signer": self.signer_name or "",
        }
        if self._shows_applicant():
            return case._letter_facts(self.question_ids or case.question_ids, authority, words)
        known = {
            "number": self.case_number or "", "registered_on": russian_date(case.registered_on),
        }  # fmt: skip
        return placeholders.Facts(words={**case._body_words(authority), **known, **words})

    def _own_words(self):
        """Return what was written for this resolution; not what the dialog had proposed."""
        text = (self.text or "").strip()
        dialog = self.env["hotline.resolution"]
        proposed = (
            dialog.with_context(default_is_forwarding=forwarding, lang=lang)._default_text()
            for forwarding in (True, False)
            for lang in (RUSSIAN, "en_US")
        )
        return "" if text in proposed else text

    def _letter_enclosed(self):
        """Return what goes with the letter: the appeal with its sheets, the files by name."""
        appeal = self.env._("appeal No. %(number)s", number=self.case_number)
        pages = self.env.context.get("hotline_enclosed_pages")
        if pages:
            appeal = self.env._("appeal No. %(number)s, sheets: %(count)s, copies: 1",
                                number=self.case_number, count=pages)  # fmt: skip
        # sudo: files of the case; only the names are printed
        return [appeal, *map(letters.title, self._shown_files().sudo().mapped("name"))]

    def _letter_address(self):
        """Return the e-mail where the letter goes by it, else the postal address."""
        # not by `letter_course`: asked before the mail is there, it would be kept as it was then
        state = post.COURSE_OF_MAIL.get(self._newest_cards().get(self.id))
        by_mail = self.env.context.get("hotline_by_mail") or state in (post.QUEUED, post.SENT)
        return self._card_address() if by_mail and not self.posted_on else self._postal_address()

    def _postal_address(self):
        # sudo: the address of a body is for every officer
        return self.partner_id.sudo()._display_address(without_company=True)

    def _position_of_signer(self):
        # sudo: the signer is named to every reader
        return self.authority_id.sudo()._position_words() if self.authority_id else ""

    def _letter_executor(self):
        """Return field 25: the officer in charge and the telephone."""
        user = self.ticket_id.user_id.sudo() or self.create_uid.sudo()  # sudo: named at the foot
        return ", ".join(filter(None, (user.name, phones.on_paper(user.phone))))
