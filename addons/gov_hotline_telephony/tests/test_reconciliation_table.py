import csv

import psycopg2
from psycopg2.extensions import make_dsn

from odoo.exceptions import ValidationError
from odoo.sql_db import connection_info_for
from odoo.tests import tagged

from ..connector.ledger_tables import COLUMNS
from ..connector.reconciler import Reconciliation
from .common_calls import BEGAN
from .test_reconciliation import LATER, ReconciliationCommon

SCHEMA = "test_cel"
TABLE = f"""
    CREATE TABLE {SCHEMA}.cel (
        id bigserial PRIMARY KEY, eventtime float8,
        {", ".join(f"{name} text" for name in COLUMNS if name != "eventtime")}
    )
"""
INSERT = f"""
    INSERT INTO {SCHEMA}.cel ({", ".join(COLUMNS)}) VALUES ({", ".join(["%s"] * len(COLUMNS))})
"""


@tagged("post_install", "-at_install")
class TestReconciliationTable(ReconciliationCommon):
    """CEL in a table: another connection reads it, so another one has written it."""

    def setUp(self):
        super().setUp()
        _name, words = connection_info_for(self.env.cr.dbname)
        self.asterisk = psycopg2.connect(**words)
        self.asterisk.autocommit = True
        self.addCleanup(self.asterisk.close)
        self._run(f"CREATE SCHEMA {SCHEMA}")
        self.addCleanup(self._run, f"DROP SCHEMA {SCHEMA} CASCADE")
        self._run(TABLE)
        words = make_dsn(**words, options=f"-c search_path={SCHEMA}")
        self.pbx.ledger_database = words

    def _run(self, sql, *rows):
        with self.asterisk.cursor() as cr:
            cr.executemany(sql, rows) if rows else cr.execute(sql)

    def _into_table(self):
        """Move what the test has written into the file to the table."""
        with self.books.cel.open(encoding="utf-8", newline="") as stream:
            self._run(INSERT, *csv.reader(stream))
        self.books.cel.unlink()

    def test_calls_of_the_table_are_added_once(self):
        """X8: the same call by either way; what was read is not read again."""
        self.books.answered(BEGAN)
        self._into_table()
        note = self._reconcile()
        self.assertEqual(self._counts(note), (1, 0, 1, 0, 0, 0))
        self.assertRecordValues(
            self._call(),
            [{"fate": "answered", "talk_seconds": 60, "operator_id": self.operator.id}],
        )
        self.books.abandoned(BEGAN + 100, "2.1")
        self._into_table()
        self.assertEqual(self._counts(self._reconcile()), (1, 0, 1, 0, 0, 0))
        self.assertFalse(self._reconcile())

    def test_a_table_made_anew_is_read_from_its_beginning(self):
        """X8: and it is said that something may be lost."""
        self.books.answered(BEGAN)
        self._into_table()
        self._reconcile()
        self._run(f"DROP TABLE {SCHEMA}.cel")
        self._run(TABLE)
        self.books.abandoned(BEGAN + 100, "2.1")
        self._into_table()
        note = self._reconcile()
        self.assertEqual(note.added, 1)
        self.assertTrue(note.lost)

    def test_a_database_that_is_away_is_said_in_words(self):
        """X8: nothing is taken for read; the administrator reads what to do."""
        self.books.answered(BEGAN)
        self._into_table()
        words = self.pbx.ledger_database
        self.pbx.ledger_database = "host=/nowhere dbname=asterisk"
        self.env.flush_all()
        again = Reconciliation(self.env(su=True), self.pbx.id, LATER)
        self.assertEqual(again.run(), "no_database")
        self.assertFalse(self.pbx.ledger_is_well)
        self.assertIn("database of the books", self.pbx.with_context(lang="en_US").ledger_words)
        self.pbx.ledger_database = words
        self.assertEqual(self._reconcile().added, 1)

    def test_no_password_stands_in_the_settings(self):
        for words in ("service=asterisk password=secret", "asterisk"):
            with self.assertRaises(ValidationError):
                self.pbx.ledger_database = words
