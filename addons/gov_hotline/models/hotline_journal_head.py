import os
import smtplib
import tempfile
from datetime import timedelta
from pathlib import Path

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize, plaintext2html

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import mails
from . import journal_sql
from .hotline_mail_send import NOT_SET_UP, Talk

FOLDER = "gov_hotline.journal_folder"  # parameter: where the server writes the heads
CONTENT = ("id", "day", "number", "seal_hash", "line_count", "made_at")


class HotlineJournalHead(models.Model):
    """The end of the chain once a day, written down where the database's master cannot reach it.

    Who computes the whole chain anew leaves no trace in the database; a head in a letter or a file
    no longer fits. The content never changes; how it left is noted beside it.
    """

    _name = "hotline.journal.head"
    _description = "Control mark of the journal"
    _order = "number desc, id desc"
    _log_access = False
    _rec_name = "day"

    day = fields.Date(required=True, readonly=True)
    number = fields.Integer(string="Seal No.", required=True, readonly=True)
    seal_hash = fields.Char(string="Hash of the last seal", required=True, readonly=True)
    line_count = fields.Integer(string="Lines in the journal", required=True, readonly=True)
    made_at = fields.Datetime(string="Made", required=True, readonly=True)
    mailed_to = fields.Char(string="Mailed to", readonly=True)
    mailed_at = fields.Datetime(string="Mailed", readonly=True)
    mail_tries = fields.Integer(readonly=True)
    mail_trouble = fields.Char(string="Why not mailed", readonly=True)
    file_path = fields.Char(string="File", readonly=True)
    file_trouble = fields.Char(string="Why there is no file", readonly=True)

    _day_uniq = models.UniqueIndex("(day)")

    def init(self):
        """Refuse every change of the content, whoever asks; how it left may be noted."""
        journal_sql.refuse_changes(self.env.cr, self._table, ", ".join(CONTENT))

    @api.model
    def _cron_make(self):
        """Seal what is left, note the day's head, have it leave. Once a day, run again or not."""
        seals = self.env["hotline.journal.seal"]
        if seals._seal(everything=True) is None:  # somebody seals just now
            cron = self.env.ref("gov_hotline.cron_make_journal_head")
            cron._trigger(fields.Datetime.now() + timedelta(minutes=1))
            return
        with seals._own_transaction() as fresh:  # sees what was sealed
            head = fresh.env[self._name]._make()
            head._write_file()
            head._call_mailer()

    @api.model
    def _make(self):
        """Return the head of today, made now unless it is there or the journal is empty."""
        day = self.env.company._hotline_today()
        found = self.search([("day", "=", day)])
        number, seal_hash = journal_sql.head(self.env.cr)
        if found or not number:
            return found
        lines = self.env["hotline.journal"].search_count([])
        vals = {"number": number, "seal_hash": seal_hash, "line_count": lines}
        return self.create({"day": day, "made_at": fields.Datetime.now(), **vals})

    def _text(self):
        """Return the head as the letter and the file tell it; the check reads it back."""
        self.ensure_one()
        return "\n".join(
            (
                self.env._(
                    "Control mark of the journal of the hotline, %(day)s",
                    day=self.day.strftime("%d.%m.%Y"),
                ),
                self.env._("Body: %(name)s", name=self.env.company.name),
                self.env._("Lines in the journal: %(count)s", count=self.line_count),
                self.env._("Number and hash of the last seal:"),
                f"{self.number} {self.seal_hash}",
                "",
                self.env._(
                    "Keep this outside the hotline's server. «Check of the journal» compares the "
                    "journal with it: any later change of what was written before is found."
                ),
                "",
            )
        )

    # The file

    def _write_file(self):
        """Write the head into the folder of the settings, whole or not at all; note how it went."""
        folder = self.env["ir.config_parameter"].sudo().get_param(FOLDER)  # sudo: of the system
        for head in self if folder else self.browse():
            path = Path(folder) / f"journal-{head.day}.txt"
            text = head.with_context(lang=self.env.company._hotline_lang())._text()
            try:
                _replace(path, text)
            except OSError as error:
                head.file_trouble = mails.reply_words(str(error))
            else:
                head.write({"file_path": str(path), "file_trouble": False})

    # The letter

    def _recipients(self):
        """Return the auditors' mail addresses, sorted."""
        auditors = self.env.ref("gov_hotline.group_auditor").all_user_ids
        found = {email_normalize(user.email) for user in auditors if user.active}
        return sorted(filter(None, found))

    def _call_mailer(self):
        for head in self:
            delayed = head.with_user(SUPERUSER_ID).with_delay(
                description=self.env._("Control mark of the journal"),
                identity_key=f"hotline.journal.head,{head.id}",
                max_retries=0,
            )
            delayed._run_mailer()

    def _run_mailer(self):
        """Mail the head to the auditors; called by the job. Raises RetryableJobError to wait.

        Whether a broken talk left a letter behind is no matter: the same head twice does no harm.
        """
        self.ensure_one()
        recipients = self._recipients()
        trouble = self._talk(recipients) if recipients else self.env._(
            "No auditor has an e-mail address"
        )  # fmt: skip
        with self.env["hotline.journal.seal"]._own_transaction() as fresh:
            head = fresh.env[self._name].browse(self.id)
            tries = head.mail_tries + 1
            head.write({"mail_tries": tries, "mail_trouble": trouble})
            if not trouble:
                head.write({"mailed_at": fields.Datetime.now(), "mailed_to": ", ".join(recipients)})
        if trouble and fields.Datetime.now() - self.made_at < mails.GIVE_UP_AFTER:
            seconds = int(mails.delay(tries).total_seconds())
            raise RetryableJobError(trouble, seconds=seconds, ignore_retry=True)

    def _talk(self, recipients):
        """Hand the letter over to the mail server; return what went wrong in words, or False."""
        try:
            Talk(Letter(self, recipients)).run()
        except (smtplib.SMTPException, OSError, UserError) as error:
            why = error.args[0] if isinstance(error, UserError) else str(error)
            if why == NOT_SET_UP:
                return self.env._("No outgoing mail server is set up")
            return mails.reply_words(why or type(error).__name__)
        return False


class Letter:
    """What `Talk` asks of a letter: here a head's, to the auditors."""

    def __init__(self, head, recipients):
        company = head.env.company
        self._head = head.with_context(lang=company._hotline_lang())
        self._recipients = recipients
        self.company_id = company
        self.env = self._head.env

    def _find_server(self, email_from):
        return self.env["hotline.mail"]._find_server(email_from)

    def _message(self, email_from):
        text = self._head._text()
        return self.env["ir.mail_server"]._build_email__(
            email_from=email_from,
            email_to=self._recipients,
            subject=text.splitlines()[0],
            body=plaintext2html(text),
            body_alternative=text,
            subtype="html",
            headers={"Auto-Submitted": "auto-generated"},
        )


def _replace(path, text):
    """Write a file beside `path`, then put it in its place. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".journal-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o640)  # whoever fetches it is of the server's group
        draft.replace(path)
    except OSError:
        draft.unlink()
        raise


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_journal_folder = fields.Char(
        string="Folder for the control marks of the journal", config_parameter=FOLDER
    )

    @api.constrains("hotline_journal_folder")
    def _check_hotline_journal_folder(self):
        for settings in self.filtered("hotline_journal_folder"):
            folder = Path(settings.hotline_journal_folder)
            if not (folder.is_absolute() and folder.is_dir() and os.access(folder, os.W_OK)):
                raise ValidationError(
                    self.env._(
                        "The server cannot write into the folder «%(folder)s».", folder=folder
                    )
                )
