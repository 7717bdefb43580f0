import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..domain import mails

NOT_SET_UP = "not_set_up"


@dataclass(frozen=True)
class Outcome:
    """How a talk with the server ended: an act of domain/mails.py, and why.

    `wait`: seconds that the server asked to wait; `reference`: its own number of what it took.
    """

    act: str
    why: str = ""
    server: str = ""
    wait: int = 0
    reference: str = ""


class HotlineOutbox(models.AbstractModel):
    """The background job: one message, one talk with the server.

    While it runs, the job's own transaction holds an advisory lock. What is found «being sent»
    whose lock is free was left by a process that died: whether it left nobody knows.
    """

    _inherit = "hotline.outbox"
    _give_up_after = mails.GIVE_UP_AFTER

    @api.model
    def _lock_space(self):
        """Return the first key of the advisory locks: «somebody talks about it just now»."""
        return zlib.crc32(self._name.encode()) & 0x7FFFFFFF

    def _call_sender(self, urgent=False):
        """Ask for the job; it starts after the commit. One job a letter waits at a time."""
        for one in self:
            # the system sends: the user of the act may be a visitor of the site
            sender = one.with_user(SUPERUSER_ID)
            key = f"{self._name},{one.id}{',now' if urgent else ''}"
            job = sender.with_delay(
                description=f"{self._description} {one.id}",
                identity_key=key,
                max_retries=0,
            )
            job._run_sender()

    def _run_sender(self):
        """Send it if it waits; called by the job. Raises RetryableJobError to wait."""
        self.ensure_one()
        if not self._lock_sender():
            return  # another process talks about it just now
        begun = self._begin()
        if not begun:
            return
        outcome = self._talk()
        wait = self._finish(outcome)
        if wait:
            raise RetryableJobError(outcome.why, seconds=wait, ignore_retry=True)

    def _lock_sender(self):
        """Take its advisory lock till the job ends, if it is free."""
        keys = (self._lock_space(), self.id)
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", keys)
        return self.env.cr.fetchone()[0]

    @contextmanager
    def _own_transaction(self):
        """Yield it in a transaction of its own, committed at the end of the block."""
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr, user=SUPERUSER_ID))

    def _begin(self):
        """Commit «being sent» before the talk; False where nothing is to be sent now."""
        now = fields.Datetime.now()
        with self._own_transaction() as one:
            if not one.exists():
                return False
            if one.state == mails.SENDING:
                one._lose()
                return False
            if one.state != mails.QUEUED:
                return False
            early = one.next_try_at and (one.next_try_at - now).total_seconds()
            if early and early > 0:
                raise RetryableJobError("too early", seconds=int(early) + 1, ignore_retry=True)
            one._step("send", tries=one.tries + 1, tried_at=now)
        return True

    def _lose(self):
        """The process that sent it died: nobody knows whether it left."""
        why = self.env._("The server stopped while it was being sent")
        self._step("lose", last_error=why)
        self._journal("unknown")

    # After the talk

    def _finish(self, outcome):
        """Record the outcome; return in how many seconds to try again, or 0."""
        with self._own_transaction() as one:
            one.invalidate_recordset()
            return getattr(one, f"_finish_{outcome.act}")(outcome)

    def _finish_deliver(self, outcome):
        taken = {"sent_at": fields.Datetime.now(), "last_error": False, "next_try_at": False}
        self._step("deliver", server=outcome.server, **taken, **self._taken_vals(outcome))
        self._journal("sent")
        self._tell_source("_mail_sent")
        return 0

    def _taken_vals(self, outcome):
        """Return what more is kept of what the server took: an extension point."""
        return {}

    def _why(self, outcome):
        """Return what went wrong, in words; a server's words repeat the address: in part."""
        why = outcome.why if outcome.why != NOT_SET_UP else self._not_set_up_words()
        return self._without_address(why)

    def _finish_delay(self, outcome):
        now = fields.Datetime.now()
        if now - self.queued_at >= self._give_up_after:
            return self._finish_fail(outcome)
        wait = max(mails.delay(self.tries), timedelta(seconds=outcome.wait))
        why = self._why(outcome)
        self._step("delay", last_error=why, next_try_at=now + wait, server=outcome.server)
        return int(wait.total_seconds())

    def _finish_fail(self, outcome):
        why = self._why(outcome)
        self._step("fail", last_error=why, next_try_at=False, server=outcome.server)
        self._journal("failed")
        self._tell_source("_mail_failed", why)
        return 0

    def _finish_lose(self, outcome):
        self._step("lose", last_error=self._why(outcome), server=outcome.server)
        self._journal("unknown")
        return 0

    def _tell_source(self, hook, *more):
        source = self._source()
        if source:
            getattr(source, hook)(self, *more)

    def _not_set_up_words(self):
        """Return that there is nothing to send with."""
        raise NotImplementedError

    def _talk(self):
        """Hand it over to the server; return an Outcome, whatever the server answers."""
        raise NotImplementedError
