"""From rows of the ledger to what AMI would have told: one state machine for both.

CEL says less than AMI: not when a telephone rings (it does from its birth, unless it was refused at
once), nor who dials whom (told by the application of the dialled channel). What is told twice, or
in another order, gives the same call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from .ami import Message, message
from .call_parts import RINGING, UP
from .ledger_rows import Cdr, Cel, Queued

REFUSED_AT_ONCE: Final = 0.25  # seconds; a telephone that ended so early never rang
HANDED_ON: Final = 1.0  # seconds; who completes a transfer is out of it by then
CALLED: Final = ("AppDial", "AppQueue")  # application of a channel that was dialled
ORIGINATED: Final = "AppDial2"
BEFORE: Final = {"Dial": "AppDial", "Queue": "AppQueue"}  # application of who dials: of the dialled


class Channel:
    """All rows of one channel, in order."""

    def __init__(self, rows: list[Cel]) -> None:
        """Take its rows; equal moments are in the order they came."""
        self.rows = rows
        self.first = rows[0]
        self.uniqueid = self.first.uniqueid
        self.applications = {row.app for row in rows}

    def at(self, kind: str) -> float | None:
        """Return the earliest moment of a kind."""
        return min((row.at for row in self.rows if row.kind == kind), default=None)

    @property
    def end(self) -> float | None:
        """When it was hung up."""
        return self.at("HANGUP")

    @property
    def number(self) -> str:
        """The number it was dialled by: known only once it is being dialled."""
        return next((row.number for row in self.rows if row.number), "")

    @property
    def name(self) -> str:
        """PJSIP/101-00000001."""
        return self.first.channel

    @property
    def cause(self) -> str:
        """The cause of its end; empty where there is none."""
        found = (row.extra.get("hangupcause") for row in self.rows if row.kind == "HANGUP")
        return str(next(found, None) or "")

    @property
    def dialled(self) -> bool:
        """Somebody dialled it from within a call."""
        return bool(self.applications.intersection(CALLED))

    def entered(self, bridge: str, before: float) -> bool:
        """Say whether it came into a bridge before a moment."""
        enters = (row for row in self.rows if row.kind == "BRIDGE_ENTER" and row.at < before)
        return any(row.extra.get("bridge_id") == bridge for row in enters)

    @property
    def rang(self) -> float | None:
        """When it rang, if it was dialled and not refused at once."""
        begun, stop = self.at("CHAN_START"), self.at("ANSWER") or self.end
        asked = self.dialled or ORIGINATED in self.applications
        if not asked or begun is None or self.first.channel.startswith("Local/"):
            return None
        return begun if stop is None or stop - begun >= REFUSED_AT_ONCE else None


Named = Mapping[str, list[Channel]]  # by the name


def channels(rows: Iterable[Cel]) -> dict[str, Channel]:
    """Return {uniqueid: channel}; the same line twice is one."""
    found: dict[str, list[Cel]] = defaultdict(list)
    for row in sorted({_key(one): one for one in rows}.values(), key=lambda one: one.at):
        found[row.uniqueid].append(row)
    return {uniqueid: Channel(own) for uniqueid, own in found.items()}


def _key(row: Cel) -> tuple[object, ...]:
    return row.kind, row.at, row.uniqueid, row.linkedid, row.app, str(row.extra)


def of_cel(rows: Iterable[Cel]) -> Iterator[Message]:
    """Yield what AMI tells of these rows."""
    every = channels(rows)
    names = defaultdict(list)
    for one in every.values():
        names[one.name].append(one)
    dials = [_Dialler(one) for one in every.values()]
    for one in every.values():
        for row in one.rows:
            yield from _of_row(row, names, every)
        yield from _of_dial(one, dials)
        yield from _of_queue(one)


def _event(name: str, row: Cel, prefix: str = "", **more: str) -> Message:
    own = {"Uniqueid": row.uniqueid, "Linkedid": row.linkedid, "Channel": row.channel}
    told = {f"{prefix}{key}": value for key, value in own.items()}
    return message(Event=name, Timestamp=str(row.at), **told, **more)


def _of_row(row: Cel, names: Named, every: dict[str, Channel]) -> Iterator[Message]:
    if row.kind == "CHAN_START":
        more = {"CallerIDNum": row.number, "Exten": row.exten, "Context": row.context}
        yield _event("Newchannel", row, ChannelState="0", **more)
    elif row.kind == "ANSWER":
        yield _event("Newstate", row, ChannelState=UP)
    elif row.kind in ("BRIDGE_ENTER", "BRIDGE_EXIT"):
        name = "BridgeEnter" if row.kind == "BRIDGE_ENTER" else "BridgeLeave"
        yield _event(name, row, BridgeUniqueid=_text(row, "bridge_id"))
    elif row.kind == "HANGUP":
        yield from _of_hangup(row, names)
    elif row.kind == "BLINDTRANSFER":
        more = {"Extension": _text(row, "extension"), "Result": "Success"}
        yield _event("BlindTransfer", row, "Transferer", **more)
    elif row.kind == "ATTENDEDTRANSFER":
        yield from _of_attended(row, every)


def _text(row: Cel, name: str) -> str:
    return str(row.extra.get(name) or "")


def _of_hangup(row: Cel, names: Named) -> Iterator[Message]:
    yield _event("Hangup", row, Cause=_text(row, "hangupcause") or "0")
    who = _named(names, _text(row, "hangupsource"), row.at)
    if who:
        asked = {"Uniqueid": who.uniqueid, "Linkedid": row.linkedid, "Channel": who.name}
        yield message(Event="HangupRequest", Timestamp=str(row.at), **asked)


def _named(names: Named, name: str, at: float) -> Channel | None:
    """Return the channel that had this name then: after a start the PBX begins anew with them."""
    born = [one for one in names.get(name, ()) if one.first.at <= at]
    return max(born, key=lambda one: one.first.at, default=None)


def _of_attended(row: Cel, every: dict[str, Channel]) -> Iterator[Message]:
    """A transfer; who stays longer than it takes to hand on is in a conference."""
    target = _target(row, every)
    leaving = every[row.uniqueid].end
    joined = leaving is None or leaving - row.at > HANDED_ON
    number = every[target].number if target in every else ""
    more = {"TransferTargetUniqueid": target, "TransferTargetCallerIDNum": number}
    linked = {"TransferTargetLinkedid": row.linkedid, "Result": "Success"}
    linked |= {"DestType": "Threeway"} if joined else {}
    yield _event("AttendedTransfer", row, "OrigTransferer", **more, **linked)


def _target(row: Cel, every: dict[str, Channel]) -> str:
    """Who takes the call over; where the file does not say, who was asked in the second bridge."""
    named = _text(row, "transfer_target_channel_uniqueid")
    if named in every:
        return named
    bridge = _text(row, "bridge2_id")
    asked = (one for one in every.values() if one.uniqueid != row.uniqueid)
    return next((one.uniqueid for one in asked if bridge and one.entered(bridge, row.at)), "")


class _Dialler:
    """When a channel was in an application that dials others."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.begun = [
            (row.at, BEFORE[row.app])
            for row in channel.rows
            if row.kind == "APP_START" and row.app in BEFORE
        ]
        self.linkedids = {row.linkedid for row in channel.rows}

    def dialled(self, other: Channel) -> float | None:
        """Return since when it was in the application that dialled another channel."""
        if other is self.channel or not self.linkedids & {row.linkedid for row in other.rows}:
            return None
        near = (at for at, app in self.begun if at <= other.first.at and app in other.applications)
        return max(near, default=None)


def _of_dial(one: Channel, diallers: list[_Dialler]) -> Iterator[Message]:
    own = _event("DialBegin", one.first, "Dest", DestCallerIDNum=one.number)
    if ORIGINATED in one.applications:
        yield own
        yield from _of_originate(one)
    elif one.dialled:
        yield from _of_dialled(one, own, diallers)
    if one.rang is not None:
        told = {"Uniqueid": one.uniqueid, "Linkedid": one.first.linkedid, "Channel": one.name}
        yield message(Event="Newstate", Timestamp=str(one.rang), ChannelState=RINGING, **told)


def _of_dialled(one: Channel, own: Message, diallers: list[_Dialler]) -> Iterator[Message]:
    found = [(since, by.channel) for by in diallers if (since := by.dialled(one)) is not None]
    by = max(found, key=lambda pair: pair[0], default=(0, None))[1]
    source = (
        ("Uniqueid", by.uniqueid if by else ""),
        ("Linkedid", one.first.linkedid),
        ("Channel", by.name if by else ""),
    )
    yield Message((*own.pairs, *source, ("DestConnectedLineNum", _shown(by, one))))
    if "AppQueue" in one.applications:
        called = Message((("Event", "AgentCalled"), *own.pairs[1:], *source))
        yield called
    if one.at("ANSWER") is None and one.end is not None:
        status = "NOANSWER" if one.rang is not None else "CHANUNAVAIL"
        told = {"DestUniqueid": one.uniqueid, "DestLinkedid": one.first.linkedid}
        yield message(Event="DialEnd", Timestamp=str(one.end), DialStatus=status, **told)


def _shown(by: Channel | None, one: Channel) -> str:
    """The number the dialled telephone saw: that of who dialled, as it was then."""
    rows = [row for row in by.rows if row.at <= one.first.at] if by else []
    return rows[-1].number if rows else ""


def _of_originate(one: Channel) -> Iterator[Message]:
    """The answer to an Originate whose telephone was not taken; who was to be called is unknown."""
    if one.at("ANSWER") is None and one.end is not None:
        told = {"Uniqueid": one.uniqueid, "Response": "Failure"}
        reason = "3" if one.rang is not None and one.cause in ("", "19") else "0"
        yield message(Event="OriginateResponse", Timestamp=str(one.end), Reason=reason, **told)


def _of_queue(one: Channel) -> Iterator[Message]:
    joined = [row for row in one.rows if row.kind == "APP_START" and row.app == "Queue"]
    for row in joined:
        yield _event("QueueCallerJoin", row, Queue=row.data.partition(",")[0])
        left = [other.at for other in one.rows if other.at > row.at and _leaves_queue(other)]
        if left:
            told = {"Uniqueid": one.uniqueid, "Linkedid": row.linkedid, "Channel": row.channel}
            yield message(Event="QueueCallerLeave", Timestamp=str(min(left)), **told)


def _leaves_queue(row: Cel) -> bool:
    ended = row.kind == "APP_END" and row.app == "Queue"
    return ended or row.kind in ("BRIDGE_ENTER", "HANGUP")


def of_queue_log(rows: Iterable[Queued], linkedids: dict[str, str]) -> Iterator[Message]:
    """Yield what the queue's log adds: who gave up. `linkedids`: of channels."""
    for row in rows:
        linkedid = linkedids.get(row.uniqueid)
        if row.kind == "ABANDON" and linkedid:
            told = {"Uniqueid": row.uniqueid, "Linkedid": linkedid, "Queue": row.queue}
            yield message(Event="QueueCallerAbandon", Timestamp=str(row.at), **told)


def of_cdr(rows: Iterable[Cdr]) -> Iterator[Cel]:
    """Yield rows of CEL for calls of which only the CDR is left: whole seconds, one bridge each."""
    born: set[str] = set()
    for row in sorted(rows, key=lambda one: (one.start, one.uniqueid)):
        own = (row.uniqueid, row.linkedid, row.channel, row.number, "", row.exten, row.context)
        if row.uniqueid not in born:
            born.add(row.uniqueid)
            yield Cel("CHAN_START", row.start, *own, "", "")
        if row.app == "Queue":
            yield Cel("APP_START", row.start, *own, "Queue", row.data)
        if row.other and row.disposition == "ANSWERED" and row.answer is not None:
            yield from _bridged(row, own)
    last = {row.uniqueid: row for row in sorted(rows, key=lambda one: one.end)}
    for row in last.values():
        own = (row.uniqueid, row.linkedid, row.channel, row.number, "", row.exten, row.context)
        yield Cel("HANGUP", row.end, *own, "", "", {"hangupcause": 16})
        yield Cel("LINKEDID_END", row.end, *own, "", "")


def _bridged(row: Cdr, own: tuple[str, ...]) -> Iterator[Cel]:
    bridge = {"bridge_id": f"cdr:{row.uniqueid}:{row.start}"}
    app = "AppQueue" if row.app == "Queue" else "AppDial"
    number = "" if row.app == "Queue" else row.exten
    other = (f"{row.uniqueid}:{row.other}", row.linkedid, row.other, number, "", "", "")
    yield Cel("CHAN_START", row.start, *other, app, "")
    yield Cel("ANSWER", row.answer, *other, app, "")
    for channel in (own, other):
        yield Cel("BRIDGE_ENTER", row.answer, *channel, "", "", bridge)
        yield Cel("BRIDGE_EXIT", row.end, *channel, "", "", bridge)
    yield Cel("HANGUP", row.end, *other, app, "", {"hangupcause": 16})
