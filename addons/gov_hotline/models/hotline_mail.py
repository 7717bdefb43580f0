from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import mails, placeholders
from .hotline_letter_template import MAIL_KINDS
from .hotline_outbox import CONTENT, COURSE


class HotlineMail(models.Model):
    """A letter that leaves by e-mail."""

    _name = "hotline.mail"
    _inherit = "hotline.outbox"
    _description = "Outgoing mail"
    _rec_name = "subject"
    _code = "mail"
    _to = "email_to"
    _set_by_act = frozenset(
        (*CONTENT, *COURSE, "email_to", "subject", "attachment_ids", "message_id")
    )

    kind = fields.Selection(MAIL_KINDS, string="What it is", required=True, index=True)
    email_to = fields.Char(string="E-mail address", required=True)
    subject = fields.Char(required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    message_id = fields.Char(string="Message-ID", required=True, copy=False)
    server = fields.Char(string="Mail server")
    can_elsewhere = fields.Boolean(compute="_compute_can_elsewhere")

    @api.depends("state", "res_model", "res_id")
    @api.depends_context("uid")
    def _compute_can_elsewhere(self):
        """The applicant's letters alone go another way: the last e-mail of each, not left."""
        for mail in self:
            ours = mail.can_again and mail.res_model in ("hotline.answer", "hotline.notice")
            # sudo: compared alone
            mail.can_elsewhere = ours and mail._source()._mails()[:1] == mail.sudo()

    @api.model
    def _enqueue(self, source, kind, email_to, subject, body, attachments, key):
        """Put a letter into the queue, in the transaction of the act that asks for it.

        `source`: the record it tells of, with a `ticket_id`; `kind`: of MAIL_KINDS; `body`: plain
        text; `attachments`: ir.attachment records, copied, so that what is sent stays what it was,
        or (name, bytes) pairs; `key`: the same key again returns the first letter. Returns it as
        the system. Raises UserError for what is no mail address. The act has checked who asks.
        """
        found = self._with_key(key)
        if found:
            return found
        mail = self._put(source, self._prepare_letter(source, kind, email_to, subject, body), key)
        mail._keep_files(attachments)
        mail._journal("queued")
        mail._call_sender()
        return mail

    @api.model
    def _enqueue_many(self, kind, letters):
        """Put letters without files into the queue at one go, as `_enqueue` does one.

        `letters`: [(source, email_to, subject, body, key)]; what is there by its key is left out.
        """
        keys = [key for *_letter, key in letters]
        known = self.sudo().search([("dedupe_key", "in", keys)])  # sudo: of any act
        known = set(known.mapped("dedupe_key"))
        vals = [
            self._prepare_put(source, self._prepare_letter(source, kind, *letter), key)
            for source, *letter, key in letters
            if key not in known
        ]
        made = self._create_by_act(vals).sudo()  # sudo: a job sends it
        made._journal("queued")
        made._call_sender()
        return made

    @api.model
    def _prepare_letter(self, source, kind, email_to, subject, body):
        if not mails.is_address(email_to or ""):
            raise UserError(
                self.env._("«%(address)s» is not an e-mail address.", address=email_to or "")
            )
        company = source.sudo().ticket_id.company_id  # sudo: of any act
        return {
            "kind": kind,
            "email_to": email_to.strip(),
            "subject": " ".join(subject.split())[:250],
            "body": body,
            "message_id": mails.message_id(company._hotline_mail_domain()),
        }

    def action_send_elsewhere(self):
        """Open the entry of a re-sending to another address or another way; officer."""
        self.ensure_one()
        self._check_act()
        return self._source().sudo(False).action_post_resend()

    def _what(self):
        return self.env._("Letter «%(kind)s»", kind=self._selected_label("kind"))

    def _keep_files(self, attachments):
        """Take copies of the files: the letter keeps what it was sent with. Called as the system.

        The copies share their bytes with the originals in the file store.
        """
        owner = {"res_model": self._name, "res_id": self.id}
        kept = self.env["ir.attachment"]
        for file in attachments:
            if isinstance(file, tuple):
                kept += kept.create({"name": file[0], "raw": file[1], **owner})
            else:
                # sudo: the act's user may be one who does not read the files of the case
                kept += file.sudo().copy({"name": file.name, "res_field": False, **owner})
        if kept:
            self._write_by_act({"attachment_ids": [fields.Command.set(kept.ids)]})


class HotlineMailSource(models.AbstractModel):
    """A record of a case that letters tell of: what it answers to `hotline.mail`."""

    _name = "hotline.mail.source"
    _description = "Source of letters"

    def _mail_addressee(self):
        """Return the name of whom the letter goes to."""
        return ""

    def _mail_sent(self, mail):
        """The mail server has taken the letter `mail` about this record."""

    def _mail_failed(self, mail, why):
        """The letter `mail` was refused for good; `why`: words for the screen."""

    def _mail_content(self, mail_kind, subject, body):
        """Return (subject, body): by the template of these letters, else as they were given."""
        ticket = self.ticket_id
        template = self.env["hotline.letter.template"]._for_mail(mail_kind, ticket)
        if not template:
            return subject, body
        facts = self._mail_facts()
        filled = placeholders.fill_known
        return (
            filled(template.subject or "", facts) or subject,
            filled(template.text, facts) or body,
        )

    def _mail_facts(self):
        """Return what the words of the e-mail may name: of the applicant nothing by itself."""
        ticket = self.ticket_id
        known = ticket._body_words(self.env["hotline.authority"])
        return placeholders.Facts(words={**known, **self._mail_own_words()})

    def _mail_own_words(self):
        """Return {key of the catalogue: word} that this record knows: number, date, text …"""
        return {}

    def _newest_mails(self):
        """Return {record: state of the newest letter about it}; one query for all of them."""
        newest = self._mails().grouped("res_id") if self else {}
        return {one: newest[one.id][0].state for one in self if one.id in newest}

    def _mails(self):
        """Return the letters about these records, the newest first, as the system."""
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        # sudo: who reads the source is told how its letter fares
        return self.env["hotline.mail"].sudo().search(domain)
