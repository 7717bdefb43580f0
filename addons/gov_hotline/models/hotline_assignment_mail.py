from odoo import api, fields, models
from odoo.tools import email_normalize, format_date

from ..domain import assignments as rules
from ..domain.notice_text import russian_date
from .hotline_assignment import STAFF
from .hotline_letter_template import FORWARDING_LETTER

CARD_REPORT = "gov_hotline.report_assignment_card"
# The executor still works by the card: a correction reaches them.
WITH_EXECUTOR = (rules.SENT, rules.ANSWERED)


class HotlineAssignment(models.Model):
    """The card goes to the executor by mail (B5), in the mode of the assignment (practice 7)."""

    _name = "hotline.assignment"
    _inherit = ["hotline.assignment", "hotline.mail.source"]

    mail_text = fields.Char(string="Card by mail", compute="_compute_mail_text", groups=STAFF)

    @api.depends_context("uid")
    def _compute_mail_text(self):
        for assignment in self:
            mail = assignment._mails()[:1]
            assignment.mail_text = mail._course_text() or assignment._why_not_mailed()

    def _why_not_mailed(self):
        """Return why no card was mailed, where somebody may wait for it."""
        if self.state == rules.DRAFT or not self._card_address() or self._card_link():
            return False
        return self._card_mode() == rules.LINK_ONLY and self.env._(
            "Not mailed: the addressee is sent a link only and has no account to open it."
        )

    def _send(self):  # pylint: disable=missing-return
        super()._send()
        for assignment in self:
            assignment._mail_card()

    def _mail_card(self, correction=None):
        """Put the card into the queue, where the addressee has an address and may open it."""
        self.ensure_one()
        address, mode = self._card_address(), self._card_mode()
        if not self._goes_by_mail():
            return
        lang = self.company_id._hotline_lang()
        card = self.with_context(lang=lang, hotline_correction=correction)
        kind = "card_corrected" if correction else "card"
        key = f"{kind}:{self.id}:{correction.id}" if correction else f"{kind}:{self.id}"
        about = FORWARDING_LETTER if card._is_forwarding_mail() else kind
        words = card._mail_content(about, card._card_subject(), card._card_body())
        mail = self.env["hotline.mail"]._enqueue(
            self, kind, address, *words, card._card_files(), key
        )
        self._journal("mail_card", shown=mode, mail=mail.id)

    def _goes_by_mail(self):
        """Whether the addressee has an address and may open what is sent there."""
        is_closed = self._card_mode() == rules.LINK_ONLY and not self._card_link()
        return bool(self._card_address()) and not is_closed

    def _mail_corrected(self, correction):
        """Send the card again, marked as corrected, to those who still work by the old one."""
        for assignment in self.filtered(lambda one: one.state in WITH_EXECUTOR):
            assignment._mail_card(correction)

    def _is_forwarding_mail(self):
        """Whether the mail is the letter of a forwarding itself, not a card and no correction."""
        is_correction = self.env.context.get("hotline_correction")
        return self.addressee_kind == rules.OTHER_BODY and not is_correction

    def _card_address(self):
        """Return the executor's own address, else that of the agency; '' for none."""
        assignment = self.sudo()  # sudo: an officer reads no accounts
        user = assignment.executor_user_id
        return email_normalize(user.email or assignment.partner_id.email or "") or ""

    def _card_mode(self):
        """Return what the mail shows: an employee's page is ours, a foreign mailbox is not."""
        user = self.sudo().executor_user_id  # sudo: as above
        domains = self.company_id._hotline_mail_domains()
        is_employee = user and not user.share
        foreign = self.company_id._domain_of(self._card_address()) not in domains
        return rules.LINK_ONLY if is_employee and foreign else self.pd_mode

    def _card_link(self):
        """Return the address of the executor's page; '' for who has no account."""
        user = self.sudo().executor_user_id  # sudo: as above
        if not user:
            return ""
        page = f"/my/assignments/{self.id}"
        if not user.share:
            page = f"/odoo/hotline-my-assignments/{self.id}"
        return self.get_base_url() + page

    def _mail_sent(self, mail):  # pylint: disable=missing-return
        """The letter of a forwarding has left: its term is met on this day (art. 8, p. 3)."""
        super()._mail_sent(mail)
        self.ticket_id._settle_forwarding()

    # The letter

    def _card_subject(self):
        number = self.case_number or ""
        if self.env.context.get("hotline_correction"):
            return self.env._("CORRECTED card of appeal No. %(number)s", number=number)
        if self._is_forwarding_mail():
            return self.env._("Forwarding of appeal No. %(number)s", number=number)
        return self.env._("Assignment on appeal No. %(number)s", number=number)

    def _card_body(self):
        """Return the words of the mail: for «link only» nothing but number, date and link."""
        correction = self.env.context.get("hotline_correction")
        until = self._mail_until() and format_date(self.env, self.control_on)
        lines = [
            self.company_id.name,
            correction and self._correction_text(correction),
            self._mail_task(),
            until and self.env._("Answer by: %(date)s", date=until),
            self._card_link() and self.env._("Open and answer: %(url)s", url=self._card_link()),
            self.signer_name,
        ]
        return "\n\n".join(filter(None, lines))

    def _mail_facts(self):
        """Return what a template of cards may name: of the applicant by the mode (practice 7)."""
        if self._card_mode() != rules.FULL:
            return super()._mail_facts()
        questions = self.question_ids or self.ticket_id.question_ids
        authority = self.authority_id.sudo()  # sudo: the signer is named to every reader
        return self.ticket_id._letter_facts(questions, authority, self._mail_own_words())

    def _mail_own_words(self):
        """Return number, date and link, which every mode shows; the text unless «link only»."""
        correction = self.env.context.get("hotline_correction")
        return {
            "number": self.case_number or "",
            "registered_on": russian_date(self.ticket_id.registered_on),
            "letter_number": self.outgoing_number or "",
            "today": russian_date(self.outgoing_date),
            "letter_text": self._mail_task(),
            "control_on": russian_date(self._mail_until()),
            "link": self._card_link(),
            "correction": self._correction_text(correction) if correction else "",
            "signer": self.signer_name or "",
        }

    def _mail_until(self):
        """Return the date of the answer; the text of a forwarding letter names it itself."""
        return (
            self._is_answer_due() and not self._is_forwarding_mail() and self.control_on
        ) or None

    def _mail_task(self):
        """Return what is asked for: the forwarding letter whole; for «link only» nothing."""
        if self._card_mode() == rules.LINK_ONLY:
            return ""
        return self._letter_text() if self._is_forwarding_mail() else (self.text or "").strip()

    def _correction_text(self, correction):
        """Say what was corrected; the values only to whom the citizen is shown."""
        one = correction.sudo()  # sudo: read by the act, shown by the mode
        field = dict(one._fields["field_name"]._description_selection(self.env))[one.field_name]
        if self._card_mode() != rules.FULL:
            return self.env._("The card was corrected: %(field)s.", field=field)
        return self.env._(
            "The card was corrected. %(field)s, was: %(before)s. Should be: %(after)s",
            field=field,
            before=one.value_before or "–",
            after=one.after_text or "–",
        )

    def _card_files(self):
        """Return the card as PDF and, in the full mode, the files handed over."""
        mode = self._card_mode()
        if mode == rules.LINK_ONLY:
            return []
        files = self._shown_files() if mode == rules.FULL else []
        if self._is_forwarding_mail():
            # sudo: the letter reads the case; what it shows is the assignment's mode
            letter = self.sudo().with_context(hotline_by_mail=True)
            return [(f"{self._letter_name()}.pdf", letter._letter_pdf()), *files]
        return [(f"{self._card_title()}.pdf", self._card_pdf()), *files]

    def _card_pdf(self):
        # sudo: the report reads the case; what it shows is the assignment's mode. Forced, because
        # Odoo prints HTML in tests, and no letter carries that.
        report = self.env["ir.actions.report"].sudo().with_context(force_report_rendering=True)
        return report._render_qweb_pdf(CARD_REPORT, self.ids)[0]

    def _card_title(self):
        number = (self.case_number or "").replace("/", "-")
        if self.env.context.get("hotline_correction"):
            return self.env._("Corrected card %(number)s", number=number)
        return self.env._("Card %(number)s", number=number)

    def _card_facts(self):
        """Return the rows of the card: (label, value), by the mode, the empty ones left out."""
        names = ["case_applicant", "case_address", "case_contacts"]
        if self.addressee_kind != rules.OTHER_BODY:
            names.append("case_officer")
        rows = [(self._fields[name]._description_string(self.env), self[name]) for name in names]
        return [(label, value) for label, value in rows if value]

    def _mail_addressee(self):
        return self.partner_id.name or ""


class HotlineCorrection(models.Model):
    _inherit = "hotline.correction"

    def _decide(self, state):  # pylint: disable=missing-return
        super()._decide(state)
        if state == "accepted":
            self.ticket_id.assignment_ids._mail_corrected(self)
