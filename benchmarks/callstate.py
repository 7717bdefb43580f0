"""How many AMI events a second the telephone's state machine takes: python -m benchmarks.callstate

Prints; asserts nothing. The messages are those of the recorded queue call, made into many calls at
once, as they come over the socket: cut, filtered, parsed, fed, read off every tenth of a second.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
TRACE = ROOT / "tests/fixtures/ami/odoo-account/inbound_answered.jsonl"

SPACING = 0.05  # seconds between two calls: 20 a second


def _domain() -> None:
    package = ModuleType("gov_hotline_telephony")
    package.__path__ = [str(ROOT / "addons/gov_hotline_telephony")]
    sys.modules["gov_hotline_telephony"] = package


def stream(calls: int) -> Iterator[tuple[float, bytes]]:
    """Yield (moment, raw message) of that many calls, 20 a second, each of 35 messages."""
    lines = map(json.loads, TRACE.read_text(encoding="utf-8").splitlines())
    told = [(one["t"], one["raw"]) for one in lines]
    first = told[0][0]
    ids = ("hotline-1795295111.34", "hotline-1795295111.35")
    made = []
    for index in range(calls):
        later = index * SPACING
        for at, raw in told:
            text = raw.replace(ids[0], f"c-{index}.1").replace(ids[1], f"c-{index}.2")
            stamp = text.partition("Timestamp: ")[2].partition("\r\n")[0]
            text = text.replace(stamp, f"{float(stamp) + later:.6f}") if stamp else text
            made.append((at - first + later, text.encode()))
    yield from sorted(made)


def run(calls: int) -> None:
    """Play the calls as fast as it goes; print events a second and memory."""
    from gov_hotline_telephony.domain.ami import parse, wanted
    from gov_hotline_telephony.domain.call_state import Machine
    from gov_hotline_telephony.domain.queue_board import QueueBoard

    told = [(at, raw.strip()) for at, raw in stream(calls)]
    parsed = [(at, parse(raw)) for at, raw in told if wanted(raw)]
    for name, messages, read in (
        ("parse and feed", told, parse),
        ("feed", parsed, lambda message: message),
    ):
        machine, board, snapshots, looked = Machine(), QueueBoard(), 0, 0.0
        began = time.process_time()
        for at, message in messages:
            one = read(message)
            machine.feed(one, at)
            board.feed(one, at)
            if at - looked > 0.1:
                looked = at
                snapshots += len(machine.take_changed())
                board.take_changed()
        took = time.process_time() - began
        rate = f"{len(messages) / took:,.0f} events a second of one core"
        print(f"{name}: {len(messages):,} events, {snapshots:,} snapshots, {rate}")  # noqa: T201
    _memory(parsed, Machine())


def _memory(messages: list, machine: object) -> None:
    tracemalloc.start()
    looked = 0.0
    for at, message in messages:
        machine.feed(message, at)
        if at - looked > 1:
            looked = at
            machine.take_changed()
            machine.forget(messages[0][1] and _stamp(message) - 60)
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = f"{len(machine.calls):,} calls kept a minute after their end"
    print(f"memory: {peak / 2**20:.1f} MB at most, {now / 2**20:.1f} MB at the end, {kept}")  # noqa: T201


def _stamp(message: object) -> float:
    return float(message.get("Timestamp", "0"))


def main(arguments: Iterable[str] = ()) -> int:
    """Run with these arguments of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=3000)
    _domain()
    run(parser.parse_args(list(arguments)).calls)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
