import logging
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gov_hotline.domain import uploads

from ..domain import mime
from .fault_texts import fault_words
from .hotline_incoming_mail import FAILED, NEW

_logger = logging.getLogger(__name__)
# How long to wait after the first, second … failure of ours; then a person is needed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
# A letter whose job is gone is found again after this.
FORGOTTEN_AFTER = timedelta(minutes=15)


class HotlineIncomingMail(models.Model):
    """The background job: one letter read and placed, alone. One bad letter stops nobody."""

    _inherit = "hotline.incoming.mail"

    def _call_reader(self, wait=None, urgent=False):
        """Ask for the job, after `wait` seconds; one job a letter waits at a time.

        An urgent one stands beside one that waits for its time and then finds nothing to do.
        """
        for mail in self:
            job = mail.with_user(SUPERUSER_ID).with_delay(
                description=self.env._("Incoming letter %(number)s", number=mail.id),
                identity_key=f"hotline.incoming.mail,{mail.id}{',now' if urgent else ''}",
                eta=wait,
            )
            job._run_reader()

    def _run_reader(self):
        """Read the letter and place it; called by the job. A failure is kept with the letter."""
        self.ensure_one()
        if not self.exists() or self.state not in (NEW, FAILED):
            return
        mail = self.with_context(lang=self.company_id._hotline_lang())
        if mail._try(mail._read) and mail._try(
            mail._too_large if mail.is_too_large else mail._place
        ):
            mail._write_by_act({"tries": 0, "last_error": False, "next_try_at": False})

    def _try(self, step):
        """Take a step; undo it where it fails, and say so. Trouble of the database goes on up."""
        try:
            with self.env.cr.savepoint():
                step()
        except psycopg2.OperationalError:
            raise  # the job is repeated: two transactions met
        except Exception as error:  # whatever our rules do, the letter stays in sight
            _logger.info("incoming letter %s failed", self.id, exc_info=True)
            self._fail(error)
            return False
        return True

    def _fail(self, error):
        """Show the failure; try again later, a few times."""
        wait = WAITS[self.tries] if self.tries < len(WAITS) else None
        self._write_by_act(
            {
                "state": FAILED,
                "tries": self.tries + 1,
                "last_error": self._error_words(error),
                "next_try_at": fields.Datetime.now() + wait if wait else False,
            }
        )
        if wait:
            self._call_reader(int(wait.total_seconds()))

    def _error_words(self, error):
        if isinstance(error, UserError):
            return error.args[0]
        return self.env._(
            "An error of the programme, tell the administrator: %(error)s",
            error=f"{type(error).__name__}: {error}"[:300],
        )

    # Reading

    def _letter(self):
        """Return the letter as domain/mime.py reads it, from its raw bytes."""
        self.ensure_one()
        return mime.read(self.raw_id.raw or b"")

    def _read(self):
        """Take out of the raw letter what it says. Reading again gives the same."""
        letter = self._letter()
        taken, faults = self._head_only(letter) if self.is_too_large else self._sort_files(letter)
        self.attachment_ids.unlink()
        owner = {"res_model": self._name, "res_id": self.id}
        files = self.env["ir.attachment"].create(
            [{"name": file.name, "raw": file.content, **owner} for file in taken]
        )
        self._write_by_act(
            {
                **self._letter_vals(letter),
                "attachment_ids": [fields.Command.set(files.ids)],
                "faults": "\n".join(faults) or False,
            }
        )

    @api.model
    def _letter_vals(self, letter):
        return {
            "dated_at": letter.date,
            "from_address": letter.from_address,
            "from_name": letter.from_name,
            "to_addresses": ", ".join(letter.to),
            "subject": letter.subject,
            "message_id": letter.message_id,
            "in_reply_to": letter.in_reply_to,
            "references": " ".join(letter.references),
            "headers": "\n".join(f"{name}: {value}" for name, value in letter.headers),
            "body": letter.body,
        }

    def _head_only(self, letter):
        """Return no files, and in words that only the head came: no damage, whatever it misses."""
        found = [fault for fault in letter.faults if fault.code == "date"]
        found.append(mime.Fault("head_only", {"size": str(-(-self.size // (1024 * 1024)))}))
        return [], [fault_words(self.env, fault.code, fault.params) for fault in found]

    def _sort_files(self, letter):
        """Return the files that the body takes, and in words all that was wrong."""
        allowed = uploads.types(self.company_id.hotline_file_types or "")
        megabytes = self.company_id.hotline_file_megabytes
        taken, found, refused = [], [*letter.faults], False
        for file in letter.files:
            kind = uploads.content_kind(file.content)
            offered = uploads.File(file.name, len(file.content), kind)
            problem = next(uploads.refused([offered], allowed, megabytes, 1), None)
            if file.fault:
                found.append(file.fault)
            if problem is None:
                taken.append(file)
            elif problem.code != "file_empty" and (not file.fault or file.content):
                found.append(mime.Fault(problem.code, problem.params))
                refused = True
        if refused:
            found.append(mime.Fault("kept"))
        return taken, [fault_words(self.env, fault.code, fault.params) for fault in found]

    @api.model
    def _cron_find_forgotten(self):
        """Call the reader for letters whose job is gone: cancelled by hand, lost with a copy."""
        since = fields.Datetime.now() - FORGOTTEN_AFTER
        new = fields.Domain("state", "=", NEW) & fields.Domain("create_date", "<", since)
        failed = fields.Domain("state", "=", FAILED) & fields.Domain("next_try_at", "<", since)
        self.sudo().search(new | failed)._call_reader()  # sudo: a scheduled action
