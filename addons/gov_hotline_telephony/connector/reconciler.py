"""The PBX's books against Odoo: one transaction with the places until where they were read."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL

from ..domain import call_rows, ledger, ledger_compare
from ..domain.ledger import Book, Settled, Terms
from ..domain.ledger_compare import Change, Had
from ..domain.snapshots import Snapshot
from . import ledger_files, ledger_rows, ledger_tables
from .anew import anew
from .calls import TOLERATED
from .ledger_files import FILES, Place, Reading
from .writer import Batch

CLASS: Final = 0x484C4C47  # "HLLG": our locks among all advisory locks of the database
FORGOTTEN: Final = [("phase", "ringing", "over"), ("fate", "", "cut")]
TABLE: Final = "cel_table"  # where the place in the table is kept: that in the file stays
PORTION: Final = 500  # calls written at once


class Reconciler:
    """Reconciles the calls of one PBX; every method blocks."""

    def __init__(self, registry: Registry, pbx_id: int) -> None:
        """Take the database and which PBX."""
        self._registry, self._pbx_id = registry, pbx_id

    def due(self) -> bool:
        """Say whether the time between two reconciliations is over."""
        with self._registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return env["hotline.pbx"].browse(self._pbx_id)._ledger_is_due()

    @anew
    def run(self) -> str:
        """Reconcile once; return ok, or why it was not done."""
        with self._registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            lock = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", CLASS, self._pbx_id)
            if not env.execute_query(lock)[0][0]:
                return "busy"
            return Reconciliation(env, self._pbx_id, time.time()).run()


class Reconciliation:
    """One reconciliation, in the transaction of the environment."""

    def __init__(self, env: api.Environment, pbx_id: int, now: float) -> None:
        """Take the moment of our clock that it is now."""
        self.env, self.now = env, now
        self.pbx = env["hotline.pbx"].browse(pbx_id)
        self.place = env["hotline.pbx.ledger"]._of(self.pbx)
        self.added: list[Snapshot] = []
        self.corrected: list[tuple[Had, Snapshot, list[Change]]] = []
        self.matched: list[Snapshot] = []
        self.faults: list[tuple[str, str]] = []
        self.forgotten: list[str] = []

    def run(self) -> str:
        """Read, compare, write, note until where."""
        folder = self.pbx.ledger_folder
        if not folder:
            return "no_ledger"
        if not ledger_files.readable(folder):
            self.place._failed(f"no_folder: {folder}")
            return "no_folder"
        try:
            book, places, lost = self._read(Path(folder))
        except psycopg2.Error as fault:  # of the table's database: ours is not read there
            self.place._failed(f"no_database: {str(fault).strip()[:200]}")
            return "no_database"
        found = ledger.settle(book, self.now, self._terms())
        since = call_rows.epoch(self.pbx.ledger_since) or 0.0
        calls = [one for one in found.calls if one.ended is not None and one.ended >= since]
        for begin in range(0, len(calls), PORTION):
            self._compare(calls[begin : begin + PORTION], found)
        if book.cel:
            self._forget(found)
        self._note(book, found, lost)
        self.place._done(places, self._left(book, found), self.now)
        return "ok"

    def _read(self, folder: Path) -> tuple[Book, dict[str, dict[str, int]], bool]:
        """Read what is new after what was left; a file that is not there has nothing."""
        state, book, lost = self.place.state or {}, Book(), False
        places = {}
        for kind, name in FILES.items():
            of_table = kind == "cel" and self.pbx.ledger_database
            key = TABLE if of_table else kind
            before = Place(**state.get("places", {}).get(key, {}))
            reading = self._new(folder / name, of_table, before)
            book.add(kind, [*state.get("left", {}).get(kind, ()), *reading.lines])
            places[key], lost = asdict(reading.place), lost or reading.lost
        return book, places, lost

    def _new(self, path: Path, database: str | bool, before: Place) -> Reading:
        if database:
            return ledger_tables.read(str(database), before)
        return ledger_files.read(path, before)

    def _left(self, book: Book, found: Settled) -> dict[str, list[str]]:
        """Return the lines to be read again: of calls that go on, or could not be written."""
        wrong = {linkedid for linkedid, _why in self.faults}
        again = [line for row, line in book.cel if row.linkedid in wrong]
        return {**found.left, "cel": [*found.left["cel"], *again]}

    def _terms(self) -> Terms:
        skew = self.pbx.clock_skew_s
        return Terms(
            trunk_context=self.pbx.context_city,
            inside=frozenset(self.pbx.extension_ids.mapped("interface")),
            skew=skew if abs(skew) > TOLERATED else 0.0,
        )

    # comparing

    def _compare(self, calls: list[Snapshot], found: Settled) -> None:
        had = ledger_rows.had(self.env, self.pbx.id, [one.linkedid for one in calls])
        added = [one for one in calls if one.linkedid not in had and one.direction != "inner"]
        corrected, doubted = [], []
        for call in (one for one in calls if one.linkedid in had):
            known = had[call.linkedid]
            broken = call.linkedid in found.broken
            changes = ledger_compare.changes(known, call, broken=broken)
            if changes:
                right = ledger_compare.corrected(known, call, broken=broken)
                corrected.append((known, right, changes))
            else:
                self.matched.append(call)
                doubted += [call] if known.unknown else []
        # Of what nobody followed, nor the books tell, they will say no more: it is not waited for
        ledger_rows.settled(self.env, self.pbx.id, doubted)
        self._write(added, corrected)

    def _write(
        self, added: list[Snapshot], corrected: list[tuple[Had, Snapshot, list[Change]]]
    ) -> None:
        calls = [*added, *(call for _had, call, _changes in corrected)]
        batch = Batch(self.env, self.pbx.id, calls)
        ledger_rows.dispose(self.env, self._dispositions(batch, corrected))
        faults = batch.write_untold()
        ledger_rows.keep(
            self.env, [(known.id, known.kept_by) for known, *_rest in corrected if known.kept_by]
        )
        wrong = {linkedid for linkedid, _why in faults}
        ledger_rows.settled(
            self.env,
            self.pbx.id,
            [one for one in calls if one.linkedid not in wrong],
            [one.linkedid for one in added],
        )
        self.env.invalidate_all()
        self.faults += faults
        self.added += [one for one in added if one.linkedid not in wrong]
        self.corrected += [one for one in corrected if one[1].linkedid not in wrong]

    def _dispositions(
        self, batch: Batch, corrected: list[tuple[Had, Snapshot, list[Change]]]
    ) -> list[tuple[int, bool, int | None, str | None]]:
        """What the system has to make of calls whose fate was another."""
        rows = []
        for known, call, changes in corrected:
            if any(what in ("fate", "answered") for what, _was, _is in changes):
                code = call_rows.closing(call)
                disposition = batch.disposition(code) if code else (None, None)
                rows.append((known.id, code is None, *disposition))
        return rows

    def _forget(self, found: Settled) -> None:
        """End diallings that a connector sent, died with, and of which the PBX wrote nothing."""
        before = self.now - ledger.GRACE
        for command, linkedid in ledger_rows.forgotten(self.env, self.pbx.id, found.open, before):
            self.env["hotline.pbx.command"].browse(command)._forget_call()
            self.forgotten.append(linkedid)

    # what came of it

    def _note(self, book: Book, found: Settled, lost: bool) -> None:
        fate = [call for _had, call, changes in self.corrected if _has_new_fate(changes)]
        calls = self.env["hotline.call"]
        calls._of_pbx(self.pbx, [one.linkedid for one in self.added])._reconciled(added=True)
        calls._of_pbx(self.pbx, [one.linkedid for one in fate])._reconciled(added=False)
        self.env["hotline.reconciliation"]._note(
            self.pbx,
            {
                "matched": len(self.matched),
                "left": len(found.open),
                "faulty": book.faulty,
                "lost": lost,
                "until": call_rows.moment(self.now),
            },
            [(one.linkedid, "added", []) for one in self.added]
            + [(call.linkedid, "corrected", changes) for _had, call, changes in self.corrected]
            + [(linkedid, "corrected", FORGOTTEN) for linkedid in self.forgotten]
            + [(linkedid, "failed", [["fault", "", why]]) for linkedid, why in self.faults],
        )


def _has_new_fate(changes: list[Change]) -> bool:
    return any(what in ("phase", "fate", "answered") for what, _was, _is in changes)
