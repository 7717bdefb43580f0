import base64
import logging

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import register_files, registers
from ..domain.register_files import Guess, UnreadableFile
from .hotline_register_run import ROLES, RUNNING
from .hotline_register_source import MARKS

_logger = logging.getLogger(__name__)
PART = 5000  # rows in one transaction: some seconds
WAIT = 5  # seconds until a job that cannot go on is tried again


class HotlineRegisterRun(models.Model):
    """The load in parts: each is a job of its own and is committed with where it ended."""

    _inherit = "hotline.register.run"

    def action_check(self):
        """Go through the file and tell what loading would do. Supervisor, administrator."""
        self._start("draft", "checked", state="checking")

    def action_load(self):
        """Load the file. Supervisor, administrator."""
        self._start("draft", "checked", state="loading")

    def action_close_left(self):
        """Close the accounts that are not in the file: their people have left."""
        self._start("asking", state="leaving")

    def action_keep_left(self):
        """Leave the accounts that are not in the file as they are."""
        self._require("asking")
        self._write_by_act({"left_kept": True})
        self._finish()

    def action_continue(self):
        """Call the job again where it is gone; nothing is done twice."""
        self._require(*RUNNING)
        self._call_part()

    def action_again(self):
        """Take the file of a load that failed in hand again."""
        self._require("failed")
        self._write_by_act({"state": "draft", "failure": False, "is_read": False, "cursor": 0})

    def _require(self, *states):
        self.ensure_one()
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        self.check_access("write")
        if self.state not in states:
            raise UserError(self.env._("This load is at another step already: open it anew."))

    def _start(self, *states, state):
        """Begin a step; refuse what the columns lack."""
        self._require(*states)
        self._begin(state)

    def _begin(self, state):
        if not self.column_ids:
            raise UserError(self.env._("Choose a file first."))
        if lacks := self._lacking():
            raise UserError(lacks)
        self._write_by_act(self._prepare_begin_vals(state))
        if state != "leaving":
            self._remember_columns()
        self._call_part()

    def _prepare_begin_vals(self, state):
        vals = {
            "state": state,
            "cursor": 0,
            "done": 0,
            "loaded_by_id": self.loaded_by_id.id or self.env.uid,
            "started_at": fields.Datetime.now(),
            "standing_count": self.source_id.standing_count,
        }
        if state != "leaving":
            counts = ("created", "changed", "same", "joined", "bad", "told", "gone", "unknown")
            vals.update({f"{name}_count": 0 for name in counts})
        return vals

    def _call_part(self):
        job = self.with_user(SUPERUSER_ID).with_delay(
            description=self.env._("Load of a register: %(name)s", name=self.display_name),
            identity_key=f"{self._name},{self.id}",
        )
        job._run_part()

    def _run_part(self):
        """Do the next part; called by the job. Killed in the middle it begins anew: nothing of it
        was committed. Raises RetryableJobError to wait.
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            raise RetryableJobError("another job is at it", seconds=WAIT, ignore_retry=True)
        try:
            with self.env.cr.savepoint():
                self._do_part()
        except UnreadableFile as error:
            self._fail(self._unreadable_words(error))
        except UniqueViolation as error:
            # another register has made the same street at the same moment
            raise RetryableJobError("met another load", seconds=WAIT, ignore_retry=True) from error
        except (OperationalError, RetryableJobError):
            raise  # the queue tries again
        except Exception as error:
            # nobody waits for a load that is dead; the words of the error may hold a name
            _logger.exception("load of a register %s broke off", self.id)
            self._fail(
                self.env._(
                    "The load broke off (%(error)s): the server's log tells where. Try again.",
                    error=type(error).__name__,
                )
            )
        if self.state in RUNNING:
            self._call_part()

    def _do_part(self):
        if self.state in RUNNING and not self.is_read:
            self._read()
        elif self.state == "leaving":
            self._leave_part()
        elif self.state in RUNNING:
            self._rows_part()

    def _read(self):
        """Bring the rows of the file into the table of rows."""
        content = base64.b64decode(self.with_context(bin_size=False).file)
        how = Guess(
            self.kind, self.encoding or "", MARKS.get(self.separator, ""), self.header
        )  # fmt: skip
        rows = register_files.rows(content, how)
        self.env["hotline.register.row"]._forget(self)
        total = self.env["hotline.register.row"]._copy_in(self, rows, self._reader().key)
        self.env.cr.execute("ANALYZE hotline_register_row")  # the parts look for keys in it
        self._write_by_act({"is_read": True, "total": total})

    def _rows_part(self):
        """Look at the next rows, load them unless it is a check."""
        rows = self.env["hotline.register.row"]._next(self, self.cursor, PART)
        if not rows:
            return self._rows_done()
        decided = self._decide(rows)
        if self.state == "loading":
            self._apply(decided)
        self._mark(decided, {row_id for row_id, _key, _cells, is_told, _next in rows if is_told})
        cursor = max(row_id for row_id, *_rest, is_next in rows if is_next)
        self._write_by_act({**self._counted(decided), "cursor": cursor})
        return None

    def _counted(self, decided):
        states = [one.state for one in decided]
        return {
            "done": self.done + len(decided),
            "created_count": self.created_count + states.count(registers.CREATE),
            "changed_count": self.changed_count + states.count(registers.CHANGE),
            "same_count": self.same_count + states.count(registers.SAME),
            "joined_count": self.joined_count + states.count(registers.MORE),
            "bad_count": self.bad_count + states.count(registers.BAD),
            "told_count": self.told_count
            + sum(bool(one.remarks) and one.state != registers.BAD for one in decided),
            "unknown_count": self.unknown_count + sum(one.is_unknown for one in decided),
        }

    def _rows_done(self):
        """Every row is done: who is not in the file has left, if the file is whole."""
        source = self.source_id
        gone = self._count_gone() if source.is_whole else 0
        self._write_by_act({"gone_count": gone})
        if self.state == "checking":
            self._write_by_act({"state": "checked"})
        elif registers.asks(gone, self.standing_count, source.gone_percent, self.unknown_count):
            self._write_by_act({"state": "asking"})
        elif gone:
            self._write_by_act({"state": "leaving", "cursor": 0})
        else:
            self._finish()

    def _finish(self):
        """The load is over: rows in order go, those to look at stay; the journal has its line."""
        self._write_by_act({"state": "done", "done_at": fields.Datetime.now()})
        self.env.execute_query(
            SQL(
                "DELETE FROM hotline_register_row WHERE run_id = %s AND is_told IS NOT TRUE"
                " RETURNING 1",
                self.id,
            )
        )
        self.env["hotline.journal"]._append(
            "register_loaded",
            self,
            register_rows=self.total,
            new=self.created_count,
            changed=self.changed_count,
            refused_rows=self.bad_count,
            gone=0 if self.left_kept else self.gone_count,
            sha256=self.digest,
        )

    def _fail(self, words):
        self._write_by_act({"state": "failed", "failure": words, "done_at": fields.Datetime.now()})

    def _run_to_end(self):
        """Do all parts here and now, each committed: for the console and the benchmarks."""
        while self.state in RUNNING:
            self._do_part()
            self.env.cr.commit()  # pylint: disable=invalid-commit
