from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import mails

KINDS = [
    ("answer", "Answer"),
    ("notice", "Notice"),
    ("card", "Card to the executor"),
    ("card_corrected", "Corrected card"),
    ("covering_report", "Report to the body on control"),
    ("request", "Request"),
    ("upload_link", "Link for large files"),
]
STATES = [
    (mails.QUEUED, "In the queue"),
    (mails.SENDING, "Being sent"),
    (mails.SENT, "Sent"),
    (mails.FAILED, "Not sent"),
    (mails.UNKNOWN, "Unknown whether it left"),
    (mails.CANCELLED, "Cancelled"),
]
CONTENT = (
    "ticket_id", "company_id", "kind", "res_model", "res_id", "email_to", "addressee", "subject",
    "body", "attachment_ids", "message_id", "dedupe_key",
)  # fmt: skip
COURSE = (
    "state", "tries", "queued_at", "tried_at", "next_try_at", "sent_at", "last_error", "server",
)  # fmt: skip


class HotlineMail(models.Model):
    """A letter that leaves by e-mail: written once with its act, sent by a background job.

    One transaction with the act puts it in the queue; «being sent» is committed before the talk
    with the mail server. So a crash loses nothing from sight, and nothing goes twice by itself.
    """

    _name = "hotline.mail"
    _inherit = "hotline.by.act"
    _description = "Outgoing mail"
    _order = "id desc"
    _rec_name = "subject"
    _set_by_act = frozenset((*CONTENT, *COURSE))

    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Appeal", required=True, index=True, ondelete="cascade"
    )
    ticket_number = fields.Char(related="ticket_id.number", string="Appeal No.")
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, string="What it is", required=True, index=True)
    res_model = fields.Char(string="Kind of the record it tells of", required=True)
    res_id = fields.Many2oneReference(
        string="Record it tells of", model_field="res_model", required=True
    )
    email_to = fields.Char(string="E-mail address", required=True)
    addressee = fields.Char()
    subject = fields.Char(required=True)
    body = fields.Text(string="Text", required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    message_id = fields.Char(string="Message-ID", required=True, copy=False)
    dedupe_key = fields.Char(string="Key against doubles", required=True, copy=False)

    state = fields.Selection(STATES, required=True, default=mails.QUEUED, copy=False)
    tries = fields.Integer(help="In a row, since it was last put into the queue.")
    queued_at = fields.Datetime(
        string="In the queue since", default=lambda self: fields.Datetime.now()
    )
    tried_at = fields.Datetime(string="Last try")
    next_try_at = fields.Datetime(string="Next try")
    sent_at = fields.Datetime(string="Sent on")
    last_error = fields.Char(string="Last error")
    server = fields.Char(string="Mail server")
    in_trouble = fields.Boolean(
        string="Needs attention", compute="_compute_in_trouble", search="_search_in_trouble"
    )

    _dedupe_uniq = models.UniqueIndex("(dedupe_key)", "This letter is in the queue already.")
    _source_idx = models.Index("(res_model, res_id)")
    _under_way_idx = models.Index(
        "(state, next_try_at) WHERE state IN ('queued', 'sending', 'failed', 'unknown')"
    )

    @api.depends("state", "last_error")
    def _compute_in_trouble(self):
        """Not sent, nobody knows, or waiting because of an error."""
        for mail in self:
            waits = mail.state == mails.QUEUED and bool(mail.last_error)
            mail.in_trouble = waits or mail.state in mails.TROUBLES

    def _search_in_trouble(self, operator, value):
        if operator != "in":
            return NotImplemented
        waits = fields.Domain("state", "=", mails.QUEUED) & fields.Domain("last_error", "!=", False)
        trouble = waits | fields.Domain("state", "in", mails.TROUBLES)
        return trouble if True in value else ~trouble

    @api.model
    def _enqueue(self, source, kind, email_to, subject, body, attachments, key):
        """Put a letter into the queue, in the transaction of the act that asks for it.

        `source`: the record it tells of, with a `ticket_id`; `kind`: one of KINDS; `body`: plain
        text; `attachments`: ir.attachment records, copied, so that what is sent stays what it was,
        or (name, bytes) pairs; `key`: the same key again returns the first letter. Returns it as
        the system. Raises UserError for what is no mail address. The act has checked who asks.
        """
        found = self.sudo().search([("dedupe_key", "=", key)], limit=1)  # sudo: of any act
        if found:
            return found
        if not mails.is_address(email_to or ""):
            raise UserError(
                self.env._("«%(address)s» is not an e-mail address.", address=email_to or "")
            )
        vals = self._letter_vals(source.sudo(), kind, email_to.strip(), subject, body)
        mail = self._create_by_act({**vals, "dedupe_key": key}).sudo()  # sudo: a job sends it
        mail._keep_files(attachments)
        mail._journal("mail_queued")
        mail._call_sender()
        return mail

    @api.model
    def _letter_vals(self, source, kind, email_to, subject, body):
        ticket = source.ticket_id
        return {
            "ticket_id": ticket.id,
            "company_id": ticket.company_id.id,
            "kind": kind,
            "res_model": source._name,
            "res_id": source.id,
            "email_to": email_to,
            "addressee": source._mail_addressee(),
            "subject": " ".join(subject.split())[:250],
            "body": body,
            "message_id": mails.message_id(ticket.company_id._hotline_mail_domain()),
        }

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

    def _source(self):
        """Return the record this letter tells of, as the system; empty where it is gone."""
        self.ensure_one()
        return self.env[self.res_model].sudo().browse(self.res_id).exists()

    def _step(self, act, **vals):
        """Take `act`'s step by the table; raises UserError where there is none."""
        for mail in self:
            state = mails.next_state(act, mail.state)
            if state is None:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "«%(subject)s»: this cannot be done while the letter is «%(state)s».",
                        subject=mail.subject,
                        state=labels[mail.state],
                    )
                )
            mail._write_by_act({"state": state, **vals})

    def _journal(self, event):
        self.ensure_one()
        letter = self.sudo()  # ids only, of whatever the act was allowed on
        self.env["hotline.journal"]._append(
            event, letter.ticket_id, mail=self.id, mail_kind=letter.kind
        )


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

    def _mails(self):
        """Return the letters about these records, the newest first, as the system."""
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        # sudo: who reads the source is told how its letter fares
        return self.env["hotline.mail"].sudo().search(domain)
