from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..domain import clock, steps
from .hotline_step_work import LOCKS

_HELD = """
    SELECT count(*) FROM pg_locks
     WHERE locktype = 'advisory' AND granted AND classid = %s AND objid IN %s AND objsubid = 2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class HotlineStep(models.Model):
    """How long the digest waits for the steps before it: by the day's chain, not by the clock."""

    _inherit = "hotline.step"

    def _now(self, company):
        """Return the body's own time."""
        return clock.body_time(fields.Datetime.now(), company.hotline_tz)

    def _patience_ends(self, company):
        """Return when it stops waiting today, in the body's own time."""
        now = self._now(company)
        hour = now.replace(hour=0, minute=0, second=0, microsecond=0)
        hour += timedelta(hours=self.start_hour)
        begun = min(filter(None, self._starts_before(company)), default=None)
        if begun:
            begun = clock.body_time(begun, company.hotline_tz)
        return steps.patience_ends(hour, begun, company.hotline_digest_patience)

    def _starts_before(self, company):
        runs = self.env["hotline.step.run"]._of_day(company, company._hotline_today())
        return [run.started_at for code, run in runs.items() if code != self.code]

    def _is_chain_busy(self, company):
        """Whether a step before runs now, or the first one is still to be started today."""
        before = self.search([("is_on", "=", True), ("code", "!=", self.code)])
        if not before:
            return False
        # sudo: scheduled actions are the system's; one that was switched off starts nothing
        if before[0].sudo().cron_id.active and not any(self._starts_before(company)):
            return True
        keys = tuple(step._lock_key(company) for step in before)
        held = SQL(_HELD, LOCKS, tuple(key for _space, key in keys))
        return bool(self.env.execute_query(held)[0][0])
