from contextlib import contextmanager

from ..models import journal_sql
from .common import HotlineCommon


class JournalCase(HotlineCommon):
    """A journal with lines, sealed in the test's own transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seals = cls.env["hotline.journal.seal"]
        cls.lines = cls.env["hotline.journal"]

    def _seal(self, **how):
        with self.enter_registry_test_mode():
            return self.seals._seal(**how)

    def _check(self, heads=None):
        """Return [(code, number)] that a check of all finds."""
        found = journal_sql.verify(self.env.cr, heads or {})
        return [(fault.code, fault.number) for _number, faults in found for fault in faults]

    def _sql(self, statement, *values):
        self.env.cr.execute(statement, values or None)

    @contextmanager
    def _unguarded(self):
        """As who may do anything in the database: inside, the triggers are off."""
        for table in journal_sql.TABLES:
            self._sql(f"ALTER TABLE {table} DISABLE TRIGGER {journal_sql.TRIGGER}")
        yield
        for table in journal_sql.TABLES:
            self._sql(f"ALTER TABLE {table} ENABLE TRIGGER {journal_sql.TRIGGER}")

    def _numbers(self):
        self._sql("SELECT number, line_ref FROM hotline_journal_seal ORDER BY number")
        return self.env.cr.fetchall()
