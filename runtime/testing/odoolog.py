"""What Odoo complained about: every WARNING and worse of its log that nobody expects.

Odoo 19 turns several mistakes (an old constraint attribute, a view's unknown attribute) into one
log line and goes on: such a line fails the run. What is not ours to mend stands, with its reason,
in ``log_allowed.txt`` beside this file.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .results import FAILED, Result

ALLOWED_FILE = Path(__file__).with_name("log_allowed.txt")
BAD = {"WARNING", "ERROR", "CRITICAL"}

_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<db>\S+) (?P<logger>[\w.\-]+): (?P<text>.*)$"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_STARTING = re.compile(r"^Starting (\S+) \.\.\.$")
# Odoo logs each failed test and their sum as errors: the test's own record has them already.
_ECHO = re.compile(
    r"^(FAIL|ERROR): "
    r"|^\d+ failed, \d+ error\(s\) of \d+ tests "
    r"|^Module \w+: \d+ failures, \d+ errors of \d+ tests$"
    r"|^At least one test failed when loading the modules\.$"
)


_END = re.compile(r"odoo\.tests\.result: \d+ failed, \d+ error\(s\) of \d+ tests when loading")


def ended(path: Path) -> bool:
    """Whether Odoo came to the end of its tests and summed them up."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        return any(_END.search(line) for line in stream)


@dataclass(frozen=True)
class Complaint:
    """One log entry of level WARNING or worse and the test that was running, if any."""

    level: str
    logger: str
    text: str
    test: str = ""

    @property
    def line(self) -> str:
        """What the patterns of the allow list are matched with."""
        return f"{self.level} {self.logger}: {self.text}"

    @property
    def browser_test(self) -> str:
        """The test whose browser printed it (``gov_hotline.tests.test_x.TestX.test_y``), or ""."""
        name, _dot, last = self.logger.removeprefix("odoo.addons.").rpartition(".")
        return name if last == "browser" else ""


def entries(lines: Iterable[str]) -> Iterable[dict[str, str]]:
    """Log entries with level, logger and text; a traceback belongs to the entry before it."""
    entry: dict[str, str] = {}
    for raw in lines:
        line = _COLOUR.sub("", raw).rstrip()
        match = _LINE.match(line)
        if not match:
            entry["text"] = f"{entry.get('text', '')}\n{line}"
            continue
        if "level" in entry:
            yield entry
        entry = match.groupdict()
    if "level" in entry:
        yield entry


def complaints(lines: Iterable[str]) -> list[Complaint]:
    """All entries of level WARNING or worse, except the echo of failed tests."""
    found, test = [], ""
    for entry in entries(lines):
        started = _STARTING.match(entry["text"])
        test = started.group(1) if started else test
        if entry["level"] in BAD and not _ECHO.match(entry["text"]):
            found.append(Complaint(entry["level"], entry["logger"], entry["text"], test))
    return found


def load_allowed(path: Path = ALLOWED_FILE) -> list[re.Pattern[str]]:
    """The patterns of the allow list; ValueError for one without a comment that says why."""
    patterns, reason = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            reason = line.strip("# ")
        elif not line.strip():
            reason = ""
        elif not reason:
            raise ValueError(f"{path.name}:{number}: say in a comment above why it is allowed")
        else:
            patterns.append(re.compile(line, re.DOTALL))
    return patterns


def unexpected(
    path: Path, kind: str, allowed: Sequence[re.Pattern[str]], failed: Sequence[str] = ()
) -> list[Result]:
    """One failed result per complaint in the log file that no pattern allows.

    ``failed`` names the failed tests: what their browser printed is in their own records.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8", errors="replace") as stream:
        found = complaints(stream)
    return [
        _as_result(complaint, kind, path)
        for complaint in found
        if complaint.browser_test not in failed
        and not any(pattern.search(complaint.line) for pattern in allowed)
    ]


def _as_result(complaint: Complaint, kind: str, path: Path) -> Result:
    during = f" during {complaint.test}" if complaint.test else ""
    name = f"unexpected {complaint.level} in Odoo's log{during}"
    return Result(
        kind, name, FAILED, message=f"{complaint.logger}: {complaint.text}", log=str(path)
    )
