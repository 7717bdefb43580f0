from contextlib import contextmanager

from psycopg2.errors import RestrictViolation

from odoo.tools import mute_logger

from ..models import lock_sql


class LockAssertions:
    """How a test tells that the database itself has refused."""

    @contextmanager
    def assert_locked(self):
        """The trigger refuses inside; the transaction goes on."""
        refusal = self.assertRaises(RestrictViolation)
        with mute_logger("odoo.sql_db"), refusal as caught, self.cr.savepoint(flush=False):
            yield
        self.assertIsNotNone(lock_sql.refusal(caught.exception))
        self.env.invalidate_all(flush=False)
