import asyncio
from unittest.mock import patch

from odoo.tests import BaseCase, get_db_name, tagged

from ..connector import database, lock
from ..connector.lock import Lock, Lost

PBX = 987_654_321  # no id of a record: the lock asks for a number only


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


@tagged("post_install", "-at_install")
class TestConnectorLock(BaseCase):
    """One connector a PBX: sessions of a real PostgreSQL."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(lock, "TRY", 0.05))
        self.startPatcher(patch.object(lock, "HEARTBEAT", 0.1))
        self.said = []

    def _lock(self, pbx_id=PBX):
        made = Lock(lambda: database.connect(get_db_name()), pbx_id)
        self.addCleanup(made.release)
        return made

    def _end(self, of):
        """End a lock's session as a restart of the database does."""
        killer = database.connect(get_db_name())
        killer.autocommit = True
        with killer.cursor() as cr:
            cr.execute("SELECT pg_terminate_backend(%s)", [of._connection.info.backend_pid])
        killer.close()

    def test_second_waits_and_takes_over(self):
        async def scene():
            first, second = self._lock(), self._lock()
            await first.acquire(self.said.append)
            waiting = asyncio.create_task(second.acquire(self.said.append))
            while not self.said:
                await asyncio.sleep(0.01)
            self.assertFalse(waiting.done())
            first.release()
            await waiting

        run(scene())
        self.assertIn("another connector serves this PBX: waiting", self.said)

    def test_another_pbx_has_its_own_lock(self):
        async def scene():
            first, other = self._lock(), self._lock(PBX + 1)
            await first.acquire(self.said.append)
            await other.acquire(self.said.append)

        run(scene())
        self.assertEqual(self.said, [])

    def test_lost_connection_is_a_lost_lock(self):
        async def scene():
            first, second = self._lock(), self._lock()
            await first.acquire(self.said.append)
            watching = asyncio.create_task(first.watch(self.said.append))
            await asyncio.sleep(0.05)
            self._end(first)
            with self.assertRaises(Lost):
                await watching
            await second.acquire(self.said.append)

        run(scene())

    def test_notice_wakes(self):
        async def scene():
            owner = self._lock()
            await owner.acquire(self.said.append)
            watching = asyncio.create_task(owner.watch(self.said.append))
            speaker = database.connect(get_db_name())
            with speaker.cursor() as cr:
                cr.execute("SELECT pg_notify('hotline_pbx', '7')")
            speaker.commit()
            speaker.close()
            while not self.said:
                await asyncio.sleep(0.01)
            watching.cancel()

        run(scene())
        self.assertEqual(self.said, ["7"])

    def test_no_database_is_waited_for(self):
        tries = []

        def connect():
            tries.append(1)
            if len(tries) < 3:
                raise OSError("connection refused")
            return database.connect(get_db_name())

        waiting = Lock(connect, PBX)
        self.addCleanup(waiting.release)
        run(waiting.acquire(self.said.append))
        self.assertEqual(self.said, ["no database: connection refused"] * 2)
