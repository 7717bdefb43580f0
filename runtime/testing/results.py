"""One record per executed test, whatever ran it, and the file it travels in (JSON lines).

Only the standard library: this module is imported by the bare Python of the machine, by the
virtual environment of the unit tests and inside Odoo.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

# Names the file that the plug-ins of Odoo and pytest append to.
REPORT_VARIABLE = "HOTLINE_TEST_REPORT"


@dataclass(frozen=True)
class Result:
    """Outcome of one test: ``seconds`` of wall clock, ``message`` only of what did not pass."""

    kind: str
    name: str
    outcome: str
    seconds: float = 0.0
    message: str = ""
    log: str = ""

    def failed(self, message: str) -> "Result":
        """The same test, failed, with ``message`` added to what it said before."""
        return replace(
            self, outcome=FAILED, message="\n".join(filter(None, [self.message, message]))
        )


def append(path: str | Path, result: Result) -> None:
    """Add one record to the file; a test that dies later leaves what came before it."""
    with Path(path).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")


def start(path: Path) -> None:
    """Forget the records of an earlier run."""
    path.unlink(missing_ok=True)
    path.with_suffix(".end").unlink(missing_ok=True)


def end(path: str | Path) -> None:
    """Note that the run came to its end."""
    Path(path).with_suffix(".end").touch()


def ended(path: Path) -> bool:
    """Whether the run came to its end."""
    return path.with_suffix(".end").exists()


def read(path: str | Path) -> list[Result]:
    """All records of the file; none if no test got as far as to write one."""
    path = Path(path)
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Result(**json.loads(line)) for line in lines if line.strip()]


def count(results: Iterable[Result], outcome: str) -> int:
    """How many of the results have this outcome."""
    return sum(result.outcome == outcome for result in results)


def executed(results: Iterable[Result]) -> int:
    """How many tests really ran: a skipped one proves nothing."""
    return sum(result.outcome != SKIPPED for result in results)
