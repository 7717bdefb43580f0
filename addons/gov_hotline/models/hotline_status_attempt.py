import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models

from ..domain import lookup

PARAM = "gov_hotline.status_{}"
# {part of a policy: end of the parameter's name}: of visitors and voice menus, and of staff
VISITORS = {
    "free": "free",
    "first_delay": "first_delay",
    "address_failures": "failures_per_hour",
}
STAFF = {part: f"staff_{name}" for part, name in VISITORS.items()}
_TRIES = 5
_BUSY = 1


class HotlineStatusAttempt(models.Model):
    """Failed look-ups of a status, of the page and of staff, counted for all workers together.

    Kept in transactions of their own, so that no rollback forgets them. A key is a digest: neither
    numbers nor addresses of visitors are stored.
    """

    _name = "hotline.status.attempt"
    _description = "Failed status look-ups"
    _log_access = False

    kind = fields.Selection(
        [("address", "Address"), ("number", "Number")], required=True, readonly=True
    )
    key = fields.Char(required=True, readonly=True)
    failures = fields.Integer(required=True, readonly=True)
    first_at = fields.Datetime(required=True, readonly=True, index=True)
    last_at = fields.Datetime(required=True, readonly=True)

    _key_uniq = models.UniqueIndex("(kind, key)", "This key is counted already.")

    @api.model
    def _admit(self, number, address, policy=None):
        """Count a look-up as failed before it is made; return seconds to wait, 0 lets it go on.

        Counting first keeps parallel guesses from slipping through together; `_forgive` takes the
        count back when the code was right. Nobody is kept waiting in a worker.
        """
        keys, now = self._keys(number, address), fields.Datetime.now()
        policy = policy or self._policy(VISITORS, lookup.LookupPolicy())
        for _try in range(_TRIES):
            try:
                with self.env.registry.cursor() as cr:
                    return self._admit_in(cr, keys, now, policy)
            except SerializationFailure:  # somebody counted the same key: look again
                continue
        return _BUSY

    def _admit_in(self, cr, keys, now, policy):
        found = self._failures(cr, keys, now, policy)
        seconds = lookup.wait(found["number"], found["address"], policy)
        if not seconds:
            self._count(cr, keys, now, found)
        return seconds

    @api.model
    def _forgive(self, number, address):
        """The code was right: forget the failures with the number, take one off the address."""
        keys = self._keys(number, address)
        with self.env.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM hotline_status_attempt WHERE kind = 'number' AND key = %s",
                [keys["number"]],
            )
            cr.execute(
                "UPDATE hotline_status_attempt SET failures = GREATEST(failures - 1, 0)"
                " WHERE kind = 'address' AND key = %s",
                [keys["address"]],
            )

    @api.model
    def _staff_policy(self):
        """Return how often a member of staff may ask in vain."""
        return self._policy(STAFF, lookup.STAFF)

    @api.model
    def _policy(self, names, usual):
        """Return the policy `usual` with what the settings say otherwise; zero is no limit set."""
        # sudo: whoever asks is limited by settings that only administrators see
        params = self.env["ir.config_parameter"].sudo()
        told = {part: params.get_param(PARAM.format(name), "") for part, name in names.items()}
        numbers = {part: int(text) for part, text in told.items() if text.isdecimal()}
        return replace(usual, **{part: number for part, number in numbers.items() if number})

    def _keys(self, number, address):
        """Return {kind: digest}, keyed with the database's secret."""
        # sudo: as above
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        texts = {"address": lookup.address_key(address), "number": lookup.number_key(number)}
        return {
            kind: hmac.new(secret.encode(), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()
            for kind, text in texts.items()
        }

    def _failures(self, cr, keys, now, policy):
        """Return {kind: Failures} still remembered, with their lines locked in a fixed order."""
        cr.execute(
            "SELECT kind, failures, first_at, last_at FROM hotline_status_attempt"
            " WHERE (kind, key) IN %s ORDER BY kind FOR UPDATE",
            [tuple(keys.items())],
            log_exceptions=False,
        )
        lifetimes = {"address": policy.window, "number": lookup.MEMORY}
        found = dict.fromkeys(keys, lookup.Failures())
        for kind, failures, first_at, last_at in cr.fetchall():
            counted = lookup.Failures(
                failures, (now - first_at).total_seconds(), (now - last_at).total_seconds()
            )
            found[kind] = lookup.recent(counted, lifetimes[kind])
        return found

    def _count(self, cr, keys, now, found):
        rows = [
            (
                kind,
                key,
                found[kind].count + 1,
                now - timedelta(seconds=found[kind].since_first),
                now,
            )
            for kind, key in sorted(keys.items())
        ]
        cr.execute(
            "INSERT INTO hotline_status_attempt (kind, key, failures, first_at, last_at)"
            " VALUES %s, %s ON CONFLICT (kind, key) DO UPDATE SET failures = EXCLUDED.failures,"
            " first_at = EXCLUDED.first_at, last_at = EXCLUDED.last_at",
            rows,
            log_exceptions=False,
        )

    @api.autovacuum
    def _gc_forgotten(self):
        """Delete what no longer counts."""
        horizon = fields.Datetime.now() - timedelta(seconds=lookup.MEMORY)
        self.search([("first_at", "<", horizon)]).unlink()
