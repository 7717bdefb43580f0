"""What the PBX's own file says of calls, by a reader that shares nothing with the connector's."""

import csv
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

KIND, AT, UNIQUEID, LINKEDID, CHANNEL, NUMBER, CONTEXT, APP, DATA, EXTRA = (
    *range(6), 8, 9, 10, 11,
)  # fmt: skip
OURS = re.compile(r"hotline-[0-9a-f]{32}")  # the number Odoo gives a call that it dials
DIALLED = re.compile(r"PJSIP/\+?(\d+)@trunk")
TRUNK = "PJSIP/trunk-"
CAUSES = {"17": "busy", "21": "rejected"}
NOT_REACHED = {"busy", "no_answer", "rejected", "offline", "failed"}
HEARD = {"answered", "abandoned", "no_answer", *NOT_REACHED}  # by whoever heard an end
Row = list[str]


@dataclass(frozen=True)
class Written:
    """One call."""

    linkedid: str
    direction: str  # in, out; empty for what colleagues dial among themselves
    number: str  # digits of the citizen's number, as far as one was told or dialled
    began: float
    over: float  # its last line
    queued: bool  # it came to the queue; else the PBX alone served it
    talked: float  # seconds in a bridge with somebody
    ended: bool  # the end was written: no crash took the call away
    by_citizen: bool
    by_somebody: bool  # a telephone hung up, not the PBX
    channels: int  # channels that bear the number of the call: more is a second dialling
    cities: int  # channels to the city of a call out
    cause: str  # why the city was not reached, where its channel says so

    def __str__(self) -> str:
        """In one line, for who reads why a test failed."""
        ended = "ended" if self.ended else "cut off"
        by = "citizen" if self.by_citizen else "somebody" if self.by_somebody else "PBX"
        what = f"talked {self.talked:.1f} s" if self.talked else "queued" if self.queued else "-"
        when = f"{_clock(self.began)}-{_clock(self.over)}"
        return f"{self.direction} {self.number} {when} {what}, {ended} by {by} [{self.linkedid}]"

    @property
    def fates(self) -> set[str | None]:
        """What Odoo may have made of it."""
        if self.talked:
            return {"answered"} if self.ended else {"answered", "cut"}
        if not self.ended:
            return {"cut"}
        if self.direction == "out":
            return {self.cause} if self.cause else NOT_REACHED
        if not self.queued:
            return {"abandoned", None}
        return {"abandoned"} if self.by_citizen else {"abandoned", "no_answer"}


def written(path: Path) -> dict[str, Written]:
    """Read the file of CEL: {Linkedid: call}."""
    rows = defaultdict(list)
    for row in _rows(path):
        rows[row[LINKEDID]].append(row)
    return {linkedid: _written(linkedid, own) for linkedid, own in rows.items()}


def channels(path: Path) -> dict[str, str]:
    """Return {channel: the call it was born in}."""
    return {row[UNIQUEID]: row[LINKEDID] for row in _rows(path) if row[KIND] == "CHAN_START"}


def _rows(path: Path) -> list[Row]:
    """Whole lines: one is just being written, or was when the PBX died."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.reader(stream) if len(row) > EXTRA]


def _written(linkedid: str, rows: list[Row]) -> Written:
    own = [row for row in rows if row[UNIQUEID] == linkedid]
    born = [row for row in own if row[KIND] == "CHAN_START"]
    direction = _direction(linkedid, born)
    hangups = [_extra(row) for row in own if row[KIND] == "HANGUP"]
    moments = [float(row[AT]) for row in rows]
    cities = {
        row[UNIQUEID]
        for row in rows
        if row[CHANNEL].startswith(TRUNK) and row[UNIQUEID] != linkedid
    }
    return Written(
        linkedid,
        direction,
        _number(direction, born, own),
        min(moments),
        max(moments),
        any(row[KIND] == "APP_START" and row[APP] == "Queue" for row in own),
        _talked(own, rows, moments),
        bool(hangups) or any(row[KIND] == "LINKEDID_END" for row in rows),
        any(told["hangupsource"] == born[0][CHANNEL] for told in hangups if born),
        any(told["hangupsource"].startswith("PJSIP/") for told in hangups),
        len(born),
        len(cities),
        _cause(cities, rows),
    )


def _direction(linkedid: str, born: list[Row]) -> str:
    if not born:
        return ""
    if born[0][CONTEXT] == "from-trunk":
        return "in"
    return "out" if OURS.fullmatch(linkedid) else ""


def _number(direction: str, born: list[Row], own: list[Row]) -> str:
    if direction == "in":
        return born[0][NUMBER] if born[0][NUMBER].isdigit() else ""
    dialled = (DIALLED.match(row[DATA]) for row in own if row[APP] == "Dial")
    return next((found[1] for found in dialled if found), "")


def _talked(own: list[Row], rows: list[Row], moments: list[float]) -> float:
    """Seconds from the first line of a common bridge to the last of the own channel's bridges."""
    inside = defaultdict(set)
    for row in rows:
        if row[KIND] == "BRIDGE_ENTER":
            inside[_extra(row)["bridge_id"]].add(row[UNIQUEID])
    mine = [row for row in own if row[KIND] in ("BRIDGE_ENTER", "BRIDGE_EXIT")]
    met = [row for row in mine if len(inside[_extra(row)["bridge_id"]]) > 1]
    if not met:
        return 0.0
    left = [float(row[AT]) for row in met if row[KIND] == "BRIDGE_EXIT"]
    return max(0.001, (max(left) if left else max(moments)) - float(met[0][AT]))


def _cause(cities: set[str], rows: list[Row]) -> str:
    told = (
        str(_extra(row)["hangupcause"])
        for row in rows
        if row[KIND] == "HANGUP" and row[UNIQUEID] in cities
    )
    return next((CAUSES[one] for one in told if one in CAUSES), "")


def _clock(at: float) -> str:
    return time.strftime("%H:%M:%S", time.gmtime(at))


def _extra(row: Row) -> dict:
    return json.loads(row[EXTRA])
