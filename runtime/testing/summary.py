"""The last screen of a test run: the slowest tests, what failed, and the closing line.

The closing line is read by programmes: ``N passed, N failed, N skipped`` and nothing after it.
"""

from collections.abc import Sequence

from .results import FAILED, PASSED, SKIPPED, Result, count

SLOWEST = 10
MESSAGE_LINES = 12


def slowest(results: Sequence[Result], number: int = SLOWEST) -> list[str]:
    """The ten slowest tests, slowest first, one line each."""
    ranked = sorted(results, key=lambda result: result.seconds, reverse=True)[:number]
    return [f"  {result.seconds:7.2f} s  {result.kind}: {result.name}" for result in ranked]


def failure(result: Result) -> list[str]:
    """Name, end of the message and path of the log of one failed test."""
    lines = result.message.strip().splitlines()
    left_out = len(lines) - MESSAGE_LINES
    shown = lines if left_out <= 0 else [f"… {left_out} lines above", *lines[-MESSAGE_LINES:]]
    block = [f"FAILED {result.kind}: {result.name}", *(f"    {line}" for line in shown)]
    return [*block, f"    log: {result.log}"] if result.log else block


def by_kind(results: Sequence[Result]) -> list[str]:
    """One line per kind of test, in the order they ran."""
    lines = []
    for kind in dict.fromkeys(result.kind for result in results):
        own = [result for result in results if result.kind == kind]
        seconds = sum(result.seconds for result in own)
        lines.append(f"  {kind:<8} {closing_line(own)}  ({seconds:.0f} s)")
    return lines


def closing_line(results: Sequence[Result]) -> str:
    """``N passed, N failed, N skipped``."""
    passed, failed, skipped = (count(results, outcome) for outcome in (PASSED, FAILED, SKIPPED))
    return f"{passed} passed, {failed} failed, {skipped} skipped"


def _skips(results: Sequence[Result]) -> list[str]:
    skipped = [result for result in results if result.outcome == SKIPPED]
    return [f"skipped {result.kind}: {result.name} ({result.message})" for result in skipped]


def render(results: Sequence[Result], seconds: float) -> str:
    """The whole summary; its last line is the closing line."""
    failures = [result for result in results if result.outcome == FAILED]
    lines = ["", "Slowest tests:", *slowest(results), "", *_skips(results)]
    for result in failures:
        lines += ["", *failure(result)]
    lines += ["", f"By kind, {seconds:.0f} s in all:", *by_kind(results), closing_line(results)]
    return "\n".join(lines)


def exit_code(results: Sequence[Result]) -> int:
    """0 only if something ran and nothing failed."""
    return 0 if count(results, PASSED) and not count(results, FAILED) else 1
