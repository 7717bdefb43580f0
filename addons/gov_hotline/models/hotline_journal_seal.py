from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, fields, models

from ..domain import journal
from . import journal_sql

BATCH = 10_000  # lines sealed in one transaction
# A line may be committed after later ones were sealed; so far back the sealer looks every time,
# and once a day to the very beginning.
WINDOW = 50_000
WOKEN = "hotline.journal.seal"


class HotlineJournalSeal(models.Model):
    """The chain over the journal: one seal for a line, appended by one sealer, never changed.

    Not in the acts' own transactions: a common head would make them fail (REPEATABLE READ).
    """

    _name = "hotline.journal.seal"
    _description = "Seal of a journal line"
    _order = "number desc"
    _log_access = False
    _rec_name = "number"

    number = fields.Integer(required=True, readonly=True)
    line_ref = fields.Integer(string="Journal line", required=True, readonly=True)
    line_hash = fields.Char(string="Hash of the line", required=True, readonly=True)
    previous_hash = fields.Char(string="Hash of the seal before", required=True, readonly=True)
    sealed_at = fields.Datetime(string="Sealed", required=True, readonly=True)

    _number_uniq = models.UniqueIndex("(number)")
    _line_uniq = models.UniqueIndex("(line_ref)")

    def init(self):
        """Refuse every change of a seal, whoever asks (rule: append-only)."""
        journal_sql.refuse_changes(self.env.cr, self._table)

    # The sealer

    @api.model
    def _wake_sealer(self):
        """Have the sealer run once this transaction is committed."""
        hooks = self.env.cr.precommit
        if not hooks.data.get(WOKEN):
            hooks.data[WOKEN] = True
            hooks.add(self._trigger_sealer)

    def _trigger_sealer(self):
        cron = self.env.ref("gov_hotline.cron_seal_journal", raise_if_not_found=False)
        if cron:  # not yet there while the module is being installed
            cron._trigger()

    @api.model
    def _cron_seal(self):
        self._seal()

    @api.model
    def _seal(self, everything=False):
        """Seal what is committed and has no seal; return how many, or None: another one seals.

        The caller's transaction holds the lock; each batch has one of its own, begun after the
        lock was taken, so that it sees all seals there are.
        """
        if not journal_sql.lock_sealer(self.env.cr):
            return None
        with self._own_transaction() as seals:
            after = 0 if everything else journal_sql.last_sealed(seals.env.cr) - WINDOW
        sealed = 0
        while True:
            with self._own_transaction() as seals:
                found, after = seals._seal_batch(after)
            sealed += found
            if found < BATCH:
                return sealed

    def _seal_batch(self, after):
        """Seal the next lines above id `after`; return how many and the last one's id."""
        cr = self.env.cr
        lines = journal_sql.unsealed(cr, after, BATCH)
        if lines:
            now = fields.Datetime.to_string(fields.Datetime.now())
            journal_sql.insert(cr, list(journal.chain(lines, journal_sql.head(cr), now)))
            after = lines[-1].id
        return len(lines), after

    @contextmanager
    def _own_transaction(self):
        """Yield the model in a transaction of its own, committed at the end of the block."""
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr, user=SUPERUSER_ID))


class HotlineJournal(models.Model):
    _inherit = "hotline.journal"

    seal_number = fields.Integer(string="Seal No.", compute="_compute_seal_number")

    def _compute_seal_number(self):
        """0: not sealed yet."""
        # sudo: ids and numbers only, of lines the user reads
        seals = self.env["hotline.journal.seal"].sudo().search([("line_ref", "in", self.ids)])
        numbers = {seal.line_ref: seal.number for seal in seals}
        for line in self:
            line.seal_number = numbers.get(line.id, 0)
