from contextlib import contextmanager
from hashlib import sha256
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..domain import journal
from ..models import hotline_journal_seal, journal_sql
from .journal_common import JournalCase

SEAL_IN_SQL = """
SELECT encode(sha256(convert_to(concat_ws(E'\\n',
           number, line_ref, line_hash, sealed_at::text, previous_hash), 'UTF8')), 'hex')
  FROM hotline_journal_seal ORDER BY number
"""
LINE_IN_SQL = """
SELECT s.line_hash, encode(sha256(convert_to(concat_ws(E'\\n', j.id, j.digest, format(
           '{"at":%s,"company_ref":%s,"event":%s,"model":%s,"payload":%s,"res_ref":%s,"user_ref":%s}',
           to_json(j.at::text), j.company_ref, to_json(j.event), to_json(j.model),
           to_json(j.payload), j.res_ref, j.user_ref)), 'UTF8')), 'hex')
  FROM hotline_journal j JOIN hotline_journal_seal s ON s.line_ref = j.id
"""


@tagged("post_install", "-at_install")
class TestJournalSeal(JournalCase):
    """X5: every line gets a seal, once, by one sealer."""

    def test_old_and_new_lines_are_sealed_in_their_order(self):
        """X5: also those of before there were seals; a second run finds nothing."""
        self._registered()
        self.assertTrue(self._seal())
        before = len(self._numbers())
        ticket = self._registered()
        new = self.lines.search([("res_ref", "=", ticket.id), ("model", "=", ticket._name)])
        self.assertFalse(new[:1].seal_number)
        self.assertEqual(self._seal(), len(self.lines.search([])) - before)
        self.assertEqual(self._seal(), 0)
        numbers = self._numbers()
        self.assertEqual([number for number, _line in numbers], list(range(1, len(numbers) + 1)))
        self.assertEqual([line for _n, line in numbers], self.lines.search([], order="id").ids)
        self.env.invalidate_all()
        self.assertEqual(new[:1].seal_number, len(numbers))
        self.assertEqual(self._check(), [])

    def test_in_batches(self):
        """X5: a long journal is sealed batch by batch, each a transaction of its own."""
        for _n in range(4):
            self._registered()
        with patch.object(hotline_journal_seal, "BATCH", 3):
            self._seal()
        self.assertGreater(len(self._numbers()), 6)
        self.assertEqual(self._check(), [])

    def test_a_line_committed_late(self):
        """X5: its id is lower than what is sealed: within the window at once, else by the day."""
        self._registered()
        late, *rest = self.lines.search([], order="id").ids
        everything = self.env["hotline.journal"].browse([late, *rest])
        with self._unguarded():
            self._sql("CREATE TEMP TABLE kept AS SELECT * FROM hotline_journal WHERE id = %s", late)
            self._sql("DELETE FROM hotline_journal WHERE id = %s", late)
        self._seal()
        self._sql("INSERT INTO hotline_journal SELECT * FROM kept")
        with patch.object(hotline_journal_seal, "WINDOW", 0):
            self.assertEqual(self._seal(), 0)
        self.assertEqual(self._seal(everything=True), 1)
        self.assertEqual(len(self._numbers()), len(everything))
        self.assertEqual(self._numbers()[-1][1], late)
        self.assertEqual(self._check(), [])

    def test_only_one_seals(self):
        """X5: while another process has the lock, nothing is done, nobody waits."""
        self._registered()
        with (
            self.enter_registry_test_mode(),
            patch.object(journal_sql, "lock_sealer", lambda _cr: False),
        ):
            self.assertIsNone(self.seals._seal())
        self.assertFalse(self._numbers())

    def test_an_act_wakes_the_sealer_once(self):
        """X5: a row for the scheduler, committed with the act; the sealing is not in it."""
        cron = self.env.ref("gov_hotline.cron_seal_journal")
        self.env.cr.flush()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        line = self.lines.with_user(self.operator)
        for event in ("card_printed", "draft_made"):
            line._append(event, self.env.company)
        self.env.cr.flush()  # as a commit does
        after = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(after - triggers), 1)
        self.assertFalse(self._numbers())
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertTrue(self._numbers())

    def test_anyone_with_the_database_can_compute_it(self):
        """X5: the formulas of docs/journal.md, in plain SQL, give the same hashes."""
        self._registered()
        self.lines._append("override", self.env.company, note='a "b"\\ \n\t ёЁ« \x07 \U0001f600')
        self._seal()
        self._sql(LINE_IN_SQL)
        rows = self.env.cr.fetchall()
        self.assertEqual(len(rows), len(self._numbers()))
        for stored, computed in rows:
            self.assertEqual(stored, computed)
        self._sql(SEAL_IN_SQL)
        hashes = [row[0] for row in self.env.cr.fetchall()]
        self._sql("SELECT previous_hash FROM hotline_journal_seal ORDER BY number")
        links = [row[0] for row in self.env.cr.fetchall()]
        self.assertEqual(links, [journal.START, *hashes[:-1]])
        self.assertEqual(journal_sql.head(self.env.cr), (len(hashes), hashes[-1]))

    def test_a_line_of_a_record_of_no_body(self):
        """X5: what is written is what was digested, also where there is no body."""
        topic = self.env["hotline.day"].search([("company_id", "=", False)], limit=1)
        self.assertTrue(topic)
        line = self.lines._append("override", topic)
        self.assertEqual(line.company_ref, 0)
        self._seal()
        self.assertEqual(self._check(), [])


@tagged("post_install", "-at_install")
class TestJournalTampering(JournalCase):
    """X5: what was done to the journal in the database is found and named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for _n in range(3):
            cls._registered()

    def setUp(self):
        super().setUp()
        self._seal()
        self.head = journal_sql.head(self.env.cr)
        self.second = self._numbers()[1][1]

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses(self):
        """X5: no UPDATE, DELETE, TRUNCATE of lines and seals, whoever asks."""
        for table in journal_sql.TABLES:
            for statement in ("UPDATE %s SET id = id", "DELETE FROM %s", "TRUNCATE %s"):
                with (
                    self.subTest(statement % table),
                    self.assertRaisesRegex(psycopg2.errors.RestrictViolation, "append-only"),
                    self.env.cr.savepoint(),
                ):
                    self._sql(statement % table)

    @mute_logger("odoo.sql_db")
    def test_one_line_has_one_seal_and_one_number(self):
        """X5: two sealers that would not see each other fail at the index, nothing doubles."""
        columns = "number, line_ref, line_hash, previous_hash, sealed_at"
        for number, line in ((1, 10**9), (10**9, self.second)):
            with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
                self._sql(
                    f"INSERT INTO hotline_journal_seal ({columns}) VALUES (%s, %s, '', '', now())",
                    number,
                    line,
                )

    def test_found(self):
        """X5: each by its own name, at its own place."""
        last = self.head.number
        table = (
            ("UPDATE hotline_journal SET event = 'x' WHERE id = {line}",
             [(journal.CHANGED_LINE, 2)]),
            ("UPDATE hotline_journal SET at = at + interval '1 millisecond' WHERE id = {line}",
             [(journal.CHANGED_LINE, 2)]),
            ("DELETE FROM hotline_journal WHERE id = {line}", [(journal.MISSING_LINE, 2)]),
            ("UPDATE hotline_journal_seal SET previous_hash = repeat('0', 64) WHERE number = 3",
             [(journal.BROKEN_LINK, 3), (journal.BROKEN_LINK, 4)]),
        )  # fmt: skip
        for statement, faults in table:
            with self.subTest(statement), self._undone():
                with self._unguarded():
                    self._sql(statement.format(line=self.second))
                self.assertEqual(self._check({last: self.head.hash})[: len(faults)], faults)
        self.assertEqual(self._check({last: self.head.hash}), [])

    @contextmanager
    def _undone(self):
        """What is done inside is taken back."""
        self.env.flush_all()
        self._sql("SAVEPOINT undone")
        yield
        self._sql("ROLLBACK TO SAVEPOINT undone")
        self.env.invalidate_all()

    def test_a_seal_is_missing(self):
        """X5: the gap in the numbers, and the line that was old enough to have one."""
        with self._unguarded():
            self._sql("DELETE FROM hotline_journal_seal WHERE number = 2")
            self._sql("UPDATE hotline_journal SET at = '2020-01-01' WHERE id = %s", self.second)
        found = self._check()
        self.assertEqual(found, [(journal.MISSING_SEAL, 2), (journal.UNSEALED_LINE, 0)])

    def test_the_last_lines_are_cut_off(self):
        """X5: with their seals; only a head written down elsewhere tells."""
        with self._unguarded():
            self._sql("DELETE FROM hotline_journal_seal WHERE number > 2")
            self._sql("DELETE FROM hotline_journal WHERE id > %s", self.second)
        self.assertEqual(self._check(), [])
        number = self.head.number
        self.assertEqual(self._check({number: self.head.hash}), [(journal.SHORT_CHAIN, number)])

    def test_everything_is_computed_anew(self):
        """X5: a line changed with its digest, all seals made again: found against a head."""
        with self._unguarded():
            self._sql("TRUNCATE hotline_journal_seal")
            self._sql("UPDATE hotline_journal SET res_ref = 77 WHERE id = %s", self.second)
            line = next(
                one for one in journal_sql.unsealed(self.env.cr, 0, 999) if one.id == self.second
            )
            digest = sha256(journal.canonical(line).encode()).hexdigest()
            self._sql("UPDATE hotline_journal SET digest = %s WHERE id = %s", digest, self.second)
        self._seal(everything=True)
        self.assertEqual(self._check(), [])
        number = self.head.number
        self.assertEqual(self._check({number: self.head.hash}), [(journal.OTHER_CHAIN, number)])

    def test_a_line_put_in_by_hand(self):
        """X5: it is sealed as what is there; its digest gives it away."""
        self._sql(
            "INSERT INTO hotline_journal (at, model, res_ref, event, payload)"
            " VALUES (now(), 'helpdesk.ticket', 1, 'registered', '{}')"
        )
        self._seal()
        self.assertEqual(self._check(), [(journal.FOREIGN_LINE, self.head.number + 1)])

    def test_the_triggers_are_off(self):
        """X5: who has switched the guard off has not switched off that it is seen."""
        with self._unguarded():
            self.assertEqual(self._check(), [(journal.NO_TRIGGER, 0)] * len(journal_sql.TABLES))

    def test_roles(self):
        """Who reads the journal reads its seals; nobody writes them."""
        for role in ("officer", "auditor"):
            user = getattr(self, role)
            self.assertTrue(self.seals.with_user(user).search_count([]))
        for role in ("operator", "officer", "auditor", "administrator"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.seals.with_user(getattr(self, role)).create(
                    {"number": 1, "line_ref": 1, "line_hash": "x", "previous_hash": "x"}
                )
        with self.assertRaises(AccessError):
            self.seals.with_user(self.operator).search_count([])
