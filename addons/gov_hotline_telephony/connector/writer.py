"""Calls of the machine into the database: one transaction a batch, no ORM for what goes on in them.

A call is found by its PBX and Linkedid. Facts of the PBX are written again and again, what people
have made of the call never. The same batch twice changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from ..domain import call_rows
from ..domain.call_memory import Kept
from ..domain.queue_board import BoardChange
from ..domain.snapshots import Snapshot
from . import memory_rows, statements, transfer_rows
from .anew import AGAIN, TRIES
from .book import Book
from .statements import Known
from .teller import Teller

_logger = logging.getLogger(__name__)

Fault = tuple[str, str]  # Linkedid, what was wrong


class Writer:
    """Writes the calls of one PBX."""

    def __init__(self, registry: Registry, pbx_id: int) -> None:
        """Take the database and which PBX the calls are of."""
        self._registry = registry
        self._pbx_id = pbx_id

    def write(  # pylint: disable=method-required-super
        self,
        snapshots: Iterable[Snapshot],
        board: BoardChange | None = None,
        reach: Mapping[str, bool] | None = None,
    ) -> list[Fault]:
        """Write a batch and commit; return the calls that could not be written, the others are.

        reach: {interface: can be reached} of telephones. Blocks. Raises what the database raises
        when it is away: then nothing of the batch is there.
        """
        calls = list(snapshots)
        for left in reversed(range(TRIES)):
            try:
                with self._registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    return Batch(env, self._pbx_id, calls).write(board, reach)
            except AGAIN:
                if not left:
                    raise
                time.sleep(0.05 * (TRIES - left))
        return []

    def going_on(self, now: float) -> tuple[list[Kept], float]:
        """Return the calls that the database has as going on, and until when they were followed."""
        with self._registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return memory_rows.going_on(env, self._pbx_id, now)


class Batch:
    """What changed in calls since the last one, in one transaction."""

    def __init__(self, env: api.Environment, pbx_id: int, calls: list[Snapshot]) -> None:
        """Take the calls; those among colleagues that the database does not know are left out."""
        self.env = env
        self.pbx_id = pbx_id
        self.calls = list({one.linkedid: one for one in calls}.values())
        self.book = Book(env, pbx_id, {one.citizen_number for one in calls})
        self.by_books = False

    # pylint: disable-next=method-required-super
    def write(
        self, board: BoardChange | None = None, reach: Mapping[str, bool] | None = None
    ) -> list[Fault]:
        """Write all at once; if one of the calls cannot be written, each by itself."""
        statements.write_reach(self.env, self.pbx_id, reach or {})
        teller = Teller(self.env, self.book)
        faults = self._try(self.calls, teller)
        if faults and len(self.calls) > 1:
            faults = [fault for one in self.calls for fault in self._try([one], teller)]
        teller.tell(board)
        self.env.flush_all()
        return faults

    def write_untold(self) -> list[Fault]:
        """Write by the PBX's books calls that are over: nobody's screen or state hears of them.

        Each that cannot be written is a fault; the others are written.
        """
        self.by_books = True
        faults = self._try(self.calls)
        if faults and len(self.calls) > 1:
            faults = [fault for one in self.calls for fault in self._try([one])]
        self.env.flush_all()
        return faults

    def _try(self, calls: list[Snapshot], teller: Teller | None = None) -> list[Fault]:
        try:
            with self.env.cr.savepoint():
                news = self._write(calls)
                self.env.flush_all()
        except AGAIN:
            raise
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            raise
        except Exception as error:  # whatever is wrong with one call, the others are written
            self.env.invalidate_all(flush=False)
            if len(calls) == 1:
                _logger.exception("PBX: call %s could not be written", calls[0].linkedid)
            return [(calls[0].linkedid, str(error).strip()[:200])]
        if teller:
            teller.heard(news)
        return []

    def _write(self, calls: list[Snapshot]) -> list[tuple[Snapshot, Known]]:
        """Write calls; return each with how it was before."""
        if not calls:
            return []
        known = statements.known(self.env, self.pbx_id, [one.linkedid for one in calls])
        new = [one for one in calls if one.linkedid not in known and one.direction != "inner"]
        known |= self._create(new)
        told = [(one, known[one.linkedid]) for one in calls if one.linkedid in known]
        moved = self._update(told) if told else ()
        return [(one, replace(was, moved=was.id in moved)) for one, was in told]

    def _create(self, calls: list[Snapshot]) -> dict[str, Known]:
        if not calls:
            return {}
        made = self.env["hotline.call"].create([self._new_vals(one) for one in calls])
        self.env.flush_all()
        return {
            call.linkedid: Known(record.id, call.linkedid, call.direction, None, None, False, {})
            for call, record in zip(calls, made, strict=True)
        }

    def _new_vals(self, call: Snapshot) -> dict[str, Any]:
        line, company = self.book.place(call)
        number = call_rows.text(call.citizen_number)
        begun_by = self.book.operator(call.operator) if call.direction == "out" else None
        return {
            "pbx_id": self.pbx_id,
            "linkedid": call.linkedid,
            "source": "pbx",
            "direction": call.direction,
            "started_at": call_rows.moment(call.started),
            "phone": number or False,
            "phone_raw": number or False,
            "line_id": line,
            "company_id": company,
            "partner_id": self.book.citizen(call, company),
            "operator_id": begun_by,
        }

    def _update(self, told: list[tuple[Snapshot, Known]]) -> set[int]:
        """Write what changed; return the calls in which a transfer did."""
        facts = [self._facts(call, before) for call, before in told]
        statements.update(self.env, facts, by_books=self.by_books)
        statements.write_legs(
            self.env,
            [
                (before.id, self.book.users.get(leg.interface), *call_rows.leg(leg))
                for call, before in told
                for leg in call.legs
            ],
        )
        moved = transfer_rows.write(self.env, self.book, told)
        statements.close(self.env, list(self._closings(told)))
        for model in ("hotline.call", "hotline.call.leg", "hotline.call.transfer"):
            self.env[model].invalidate_model(flush=False)
        return moved

    def _facts(self, call: Snapshot, before: Known) -> dict[str, Any]:
        sets, operator = self._operator(call, before.operator_id)
        return {
            **call_rows.facts(call),
            "id": before.id,
            "operator_id": operator,
            "sets_operator": sets,
            "queue_id": self.book.queue(call),
            "line_id": self.book.place(call)[0],
        }

    def _operator(self, call: Snapshot, before: int | None) -> tuple[bool, int | None]:
        """Return (whether it is set, operator): who talks; nobody, once nobody's phone rings.

        While it rings the pop sets it, and it stays until the one who lifted is in the talk; where
        it goes on at others alone it is one of theirs. A call out is the operator's who dialled.
        """
        if call.answered is not None:
            operator = self.book.operator(call.operator)
            return operator is not None, operator
        there = call.lifted or call.ringing
        if call.direction != "in" or not there:
            return call.direction == "in", None
        heirs = [user for user in map(self.book.operator, there) if user]
        moves = bool(heirs) and before not in heirs and bool(before or call.lifted)
        return moves, next(iter(heirs), None)

    def _closings(
        self, told: list[tuple[Snapshot, Known]]
    ) -> Iterable[tuple[int, int | None, str | None]]:
        for call, before in told:
            code = call_rows.closing(call)
            if code is not None and before.phase != "over":
                yield (before.id, *self.disposition(code))

    def disposition(self, code: str) -> tuple[int | None, str | None]:
        """Return (disposition, its group) of a code; of none where there is none."""
        found = self.env.ref(f"gov_hotline.disposition_{code}", raise_if_not_found=False)
        return (found.id, found.group) if found else (None, None)
