import hashlib

from odoo import SUPERUSER_ID, api, fields, models

MODEL = "hotline.incoming.mail"
NEW, PLACED, QUARANTINE, NOISE, REJECTED, FAILED = (
    "new", "placed", "quarantine", "noise", "rejected", "failed",
)  # fmt: skip
STATES = [
    (NEW, "Being read"),
    (QUARANTINE, "Waits for a decision"),
    (PLACED, "Placed"),
    (NOISE, "Automatic, no card"),
    (REJECTED, "Rejected"),
    (FAILED, "Could not be read"),
]
KINDS = [
    ("executor_answer", "Executor's answer"),
    ("addition", "Applicant's addition"),
    ("request_reply", "Reply to our request"),
    ("report_reply", "Reply to our report"),
    ("covering", "Covering letter of a body"),
    ("message", "Citizen's letter"),
    ("request_8fz", "Request under 8-FZ"),
    ("auto_reply", "Automatic reply"),
    ("spam", "Spam"),
    ("unknown", "Not known yet"),
]
CONTENT = (
    "company_id", "mailbox", "raw_id", "raw_sha256", "size", "is_too_large", "received_at",
)  # fmt: skip
READ = (
    "dated_at", "from_address", "from_name", "to_addresses", "subject", "message_id",
    "in_reply_to", "references", "headers", "body", "attachment_ids", "faults",
)  # fmt: skip
COURSE = (
    "kind", "state", "res_model", "res_id", "ticket_id", "assignment_id", "why", "decided_by",
    "decided_on", "tries", "last_error", "next_try_at",
)  # fmt: skip


class HotlineIncomingMail(models.Model):
    """A letter that came in: its bytes as they came, what they say, and what became of it.

    What came never changes: the raw letter is stored before anybody reads it, and what is read out
    of it may be read again. Only the course (kind, state, place) changes, by acts alone.
    """

    _name = "hotline.incoming.mail"
    _inherit = "hotline.by.act"
    _description = "Incoming mail"
    _order = "received_at desc, id desc"
    _rec_name = "subject"
    _set_by_act = frozenset((*CONTENT, *READ, *COURSE))

    company_id = fields.Many2one(
        "res.company", string="Body", required=True, index=True, ondelete="restrict"
    )
    mailbox = fields.Char(help="Where the letter was fetched from.")
    raw_id = fields.Many2one("ir.attachment", string="Letter as it came", ondelete="restrict")
    raw_sha256 = fields.Char(string="SHA-256 of the letter", required=True, copy=False)
    size = fields.Integer(string="Size, bytes", help="Of the whole letter at the mail server.")
    is_too_large = fields.Boolean(
        string="Over the limit", help="Only the head was fetched: the letter is over the limit."
    )
    received_at = fields.Datetime(
        string="Received on", required=True, default=lambda self: fields.Datetime.now()
    )
    dated_at = fields.Datetime(string="Dated by the sender")
    from_address = fields.Char(string="Sender's address", index=True)
    from_name = fields.Char(string="Sender's name")
    to_addresses = fields.Char(string="To")
    subject = fields.Char()
    message_id = fields.Char(string="Message-ID", index=True, copy=False)
    in_reply_to = fields.Char(string="In reply to")
    references = fields.Text(string="Letters it refers to")
    headers = fields.Text(string="Service lines of the letter")
    body = fields.Text(string="Text of the letter")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    faults = fields.Text(string="What was wrong with it")

    kind = fields.Selection(KINDS, string="What it is", required=True, default="unknown")
    state = fields.Selection(STATES, required=True, default=NEW, index=True, copy=False)
    res_model = fields.Char(string="Kind of the record it is placed with")
    res_id = fields.Many2oneReference(string="Record it is placed with", model_field="res_model")
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", index="btree_not_null")
    assignment_id = fields.Many2one("hotline.assignment")
    why = fields.Char(string="Why so")
    decided_by = fields.Many2one("res.users", string="Who decided")
    decided_on = fields.Datetime()
    tries = fields.Integer(help="How often our reading or placing failed in a row.")
    last_error = fields.Char(string="Last error")
    next_try_at = fields.Datetime(string="Next try")

    _raw_uniq = models.UniqueIndex(
        "(company_id, raw_sha256)", "This letter has been stored already."
    )

    @api.model
    def _receive(self, raw):
        """Store a letter as it came and ask for its reading; return its record as the system.

        `raw`: its bytes, or `Fetched` of a mailbox. The same bytes again are the same record.
        Whoever calls has checked who asks.
        """
        # whoever brings mail does not read or write it; the fetcher's context is not for us
        mails = self.with_user(SUPERUSER_ID).with_context({})  # pylint: disable=context-overridden
        mailbox = getattr(raw, "mailbox", None)
        company = self.env.company
        if mailbox:
            company = mailbox.hotline_company_id or company
        digest = hashlib.sha256(raw).hexdigest()
        mail = mails.search([("company_id", "=", company.id), ("raw_sha256", "=", digest)], limit=1)
        if not mail:
            mail = mails._store(raw, digest, mailbox, company)
            mail._call_reader()
        if mailbox:
            raw.stored = True
        return mail

    @api.model
    def _store(self, raw, digest, mailbox, company):
        vals = {
            "company_id": company.id,
            "raw_sha256": digest,
            "size": raw.size if mailbox else len(raw),
            "is_too_large": bool(mailbox and raw.is_head),
            "mailbox": mailbox.name if mailbox else False,
        }
        mail = self._create_by_act(vals).with_user(SUPERUSER_ID)
        file = {
            "name": f"letter-{mail.id}.eml",
            "raw": bytes(raw),
            "mimetype": "message/rfc822",
            "res_model": self._name,
            "res_id": mail.id,
        }
        mail._write_by_act({"raw_id": self.env["ir.attachment"].create(file).id})
        return mail

    def _fixed_files(self):
        """What came stays what it was."""
        return super()._fixed_files() | self.raw_id | self.attachment_ids

    # Extension points

    def _place(self):
        """An extension point: decide where the letter lands.

        Called as the system, once read, in the job's savepoint. Without rules every letter waits
        for a person. What it raises is shown and tried again.
        """
        self.ensure_one()
        self._write_by_act({"state": QUARANTINE})

    def _too_large(self):
        """Decide about a letter of which only the head came. Called as the system, once read."""
        self.ensure_one()
        why = self.env._(
            "The letter is %(size)s MB, more than is taken: only its head was fetched.",
            size=-(-self.size // (1024 * 1024)),
        )
        self._write_by_act({"state": QUARANTINE, "why": why})
