"""The database as the connector sees it. Every method blocks: it runs in a thread."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import SQL

from ..domain import call_rows
from .anew import anew
from .client import Account
from .desk import Command, Gone, Health, Outcome, Settings

WAITS = 30  # seconds a command may wait for the connector; then it is not carried out any more


class Store:
    """One PBX in one database."""

    def __init__(self, database: str, pbx_id: int) -> None:
        """Take the names of both."""
        self._database, self._pbx_id = database, pbx_id

    @contextmanager
    def _environment(self) -> Iterator[Environment]:
        """One transaction as the system; another process may have changed the registry."""
        registry = Registry(self._database).check_signaling()
        with registry.cursor() as cr:
            yield Environment(cr, SUPERUSER_ID, {})

    def settings(self) -> Settings:
        """Read the PBX as it is written down now; raises Gone when it is archived or deleted."""
        with self._environment() as env:
            pbx = env["hotline.pbx"].browse(self._pbx_id).exists()
            if not pbx.active:
                raise Gone(f"the PBX {self._pbx_id} is archived or deleted")
            return Settings(
                pbx_id=pbx.id,
                code=pbx.code,
                account=Account(pbx.host, pbx.port, pbx.login, pbx.secret or ""),
                context_operators=pbx.context_operators,
                context_trunk=pbx.context_trunk,
                context_city=pbx.context_city,
                queues=tuple(pbx.queue_ids.mapped("code")),
                telephones=frozenset(pbx.extension_ids.mapped("interface")),
            )

    @anew
    def adopt(self) -> None:
        """End what a former connector had sent: whether it was done nobody knows."""
        with self._environment() as env:
            self._commands(env, "sent")._finish("unknown", "restarted")

    def _commands(self, env: Environment, state: str) -> Any:
        domain = [("pbx_id", "=", self._pbx_id), ("state", "=", state)]
        return env["hotline.pbx.command"].search(domain)

    @anew
    def take(self, kinds: tuple[str, ...] = ()) -> list[Command]:
        """Mark new commands as sent, the oldest first, and commit before anybody sends them."""
        of_kinds = SQL("kind IN %s", kinds) if kinds else SQL("TRUE")
        query = SQL(
            """UPDATE hotline_pbx_command
                  SET state = 'sent', sent_at = now() AT TIME ZONE 'UTC'
                WHERE id IN (SELECT id
                               FROM hotline_pbx_command
                              WHERE pbx_id = %s
                                AND state = 'new'
                                AND made_at > now() AT TIME ZONE 'UTC' - %s * INTERVAL '1 second'
                                AND %s
                              ORDER BY id
                                FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, payload, channel_id""",
            self._pbx_id,
            WAITS,
            of_kinds,
        )
        with self._environment() as env:
            rows = sorted(env.execute_query(query))
        return [
            Command(number, kind, payload or {}, channel_id or "")
            for number, kind, payload, channel_id in rows
        ]

    @anew
    def expire(self) -> None:
        """End what nobody took in time."""
        with self._environment() as env:
            env["hotline.pbx.command"]._expire()

    @anew
    def finish(self, ended: list[tuple[int, Outcome]]) -> None:
        """Write how commands ended, those that ended alike at once; Odoo tells who asked."""
        with self._environment() as env:
            commands = env["hotline.pbx.command"].browse(one for one, _outcome in ended).exists()
            outcomes = dict(ended)
            for alike in commands.grouped(lambda one: repr(outcomes[one.id])).values():
                outcome = outcomes[alike.ids[0]]
                alike._finish(outcome.state, outcome.result, outcome.data)

    @anew
    def call_back(self) -> None:
        """Take the calls that ended, make and dial the call-backs that are due."""
        with self._environment() as env:
            env["hotline.callback"]._tick(env["hotline.pbx"].browse(self._pbx_id))

    @anew
    def health(self, health: Health) -> None:
        """Write how the connector is."""
        with self._environment() as env:
            env.execute_query(self._health_query(health))

    def _health_query(self, health: Health) -> SQL:
        return SQL(
            """UPDATE hotline_pbx
                  SET state = %s, connected_at = %s,
                      last_event_at = COALESCE(%s, last_event_at),
                      lag_ms = %s, dropped_events = %s, last_error = %s, connector = %s,
                      clock_skew_s = %s, version = COALESCE(%s, version)
                WHERE id = %s
            RETURNING id""",
            health.state,
            call_rows.moment(health.connected_at if health.state == "online" else None),
            call_rows.moment(health.last_event_at),
            round(health.lag * 1000),
            health.dropped,
            health.error or None,
            f"{socket.gethostname()}:{os.getpid()}",
            round(health.skew),
            health.version or None,
            self._pbx_id,
        )
