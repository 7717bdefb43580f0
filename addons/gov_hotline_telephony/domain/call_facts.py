"""What each AMI event adds to the facts; see call_parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .ami import Message
from .call_parts import RINGING, UP, Moved, Part, Reply, earlier, number

if TYPE_CHECKING:
    from .call_state import Handler, Machine

Fields = dict[str, str]
VARIABLES: Final = "HOTLINE_"
# Of several statuses of one dial the weightiest holds: CANCEL is said after NOANSWER too.
_WEIGHT: Final = {"": 0, "CANCEL": 1, "ANSWER": 3}
_SIP: Final = re.compile(r"(?:^|/)sips?:([^@;]+)@")


def _part(machine: Machine, fields: Fields, at: float, prefix: str = "") -> Part | None:
    uniqueid = number(fields.get(f"{prefix}Uniqueid"))
    if not uniqueid:
        return None
    linkedid = fields.get(f"{prefix}Linkedid", "")
    return machine.part(uniqueid, linkedid, fields.get(f"{prefix}Channel", ""), at)


def _newchannel(machine: Machine, fields: Fields, message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        machine.born(part, fields.get("Context", ""))
        part.created = earlier(part.created, at)
        part.caller = number(fields.get("CallerIDNum"))
        part.exten = fields.get("Exten", "")
        _state(part, fields, at)
        _variables(machine, part, message, at)


def _newstate(machine: Machine, fields: Fields, message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        _state(part, fields, at)
        _variables(machine, part, message, at)


def _state(part: Part, fields: Fields, at: float) -> None:
    state = fields.get("ChannelState")
    if state == RINGING:
        part.rang = earlier(part.rang, at)
    elif state == UP:
        part.up = earlier(part.up, at)


def _variables(machine: Machine, part: Part, message: Message, at: float, prefix: str = "") -> None:
    key = f"{prefix}ChanVariable"
    for name, text in message.pairs:
        if name == key and text.startswith(VARIABLES) and not text.endswith("="):
            variable, _sign, value = text.partition("=")
            known = machine.call(part.home).variables
            known[variable] = min(known.get(variable, (at, value)), (at, value))


def _dialbegin(machine: Machine, fields: Fields, message: Message, at: float) -> None:
    part = _dialled(machine, fields, at)
    if part:
        part.created = earlier(part.created, at)
        part.shown = number(fields.get("DestConnectedLineNum"))
        part.originated = not part.dialled_by
        part.dialled = _number_dialled(part, fields)
        _variables(machine, part, message, at, "Dest")


def _number_dialled(part: Part, fields: Fields) -> str:
    sip = _SIP.search(fields.get("DialString", ""))
    if sip:
        return sip[1]
    return number(fields.get("DestCallerIDNum")) or part.dialled


def _dialled(machine: Machine, fields: Fields, at: float) -> Part | None:
    source = _part(machine, fields, at)
    part = _part(machine, fields, at, "Dest")
    if part and source:
        part.dialled_by = source.uniqueid
    return part


def _dialstate(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _dialled(machine, fields, at)
    if part and fields.get("DialStatus") == "RINGING":
        part.rang = earlier(part.rang, at)


def _dialend(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _dialled(machine, fields, at)
    if part is None:
        return
    status = fields.get("DialStatus", "")
    if _WEIGHT.get(status, 2) > _WEIGHT.get(part.status, 2) or not part.status:
        part.status = status
    if status == "ANSWER":
        part.up = earlier(part.up, at)
    else:
        part.dial_ended = earlier(part.dial_ended, at)


def _hangup(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        part.ended = earlier(part.ended, at) if part.lost_at is None else at
        part.lost_at = None
        part.cause = int(fields.get("Cause") or 0) or None


def _hangup_asked(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        part.asked = earlier(part.asked, at)


def _hold(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        part.holds[at] = fields["Event"] == "Hold"


def _bridge_enter(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        part.enters.setdefault(fields.get("BridgeUniqueid", ""), set()).add(at)


def _bridge_leave(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        part.leaves.setdefault(fields.get("BridgeUniqueid", ""), set()).add(at)


def _queue_join(machine: Machine, fields: Fields, message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        machine.call(part.home).joins[at] = fields.get("Queue", "")
        _variables(machine, part, message, at)


def _queue_leave(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        machine.call(part.home).left.add(at)


def _queue_abandon(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _part(machine, fields, at)
    if part:
        call = machine.call(part.home)
        call.abandoned = earlier(call.abandoned, at)


def _agent_called(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    part = _dialled(machine, fields, at)
    if part:
        part.agent = True


def _blind(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    by = _part(machine, fields, at, "Transferer")
    _part(machine, fields, at, "Transferee")
    if by:
        moved = Moved("blind", fields.get("Extension", ""), at, _succeeded(fields), by.uniqueid)
        _moved(machine, by, moved)


def _attended(machine: Machine, fields: Fields, _message: Message, at: float) -> None:
    by = _part(machine, fields, at, "OrigTransferer")
    for other in ("SecondTransferer", "Transferee", "TransferTarget"):
        _part(machine, fields, at, other)
    if by:
        target = number(fields.get("TransferTargetUniqueid"))
        to = number(fields.get("TransferTargetCallerIDNum")) or number(
            fields.get("SecondTransfererConnectedLineNum")
        )
        joined = fields.get("DestType") == "Threeway"
        moved = Moved("attended", to, at, _succeeded(fields), by.uniqueid, target, joined)
        _moved(machine, by, moved)


def _moved(machine: Machine, by: Part, moved: Moved) -> None:
    moves = machine.call(by.home).moves
    key = (moved.kind, moved.by, moved.to)
    if key not in moves or moved.at < moves[key].at:
        moves[key] = moved


def _succeeded(fields: Fields) -> bool:
    return fields.get("Result") == "Success"


def _originated(machine: Machine, fields: Fields, message: Message, at: float) -> None:
    uniqueid = number(fields.get("Uniqueid"))
    if not uniqueid:
        return
    call = machine.call(uniqueid)
    call.reply = Reply(
        fields.get("Response") == "Success", fields.get("Reason", ""), fields.get("Exten", ""), at
    )
    for name, value in message.variables().items():
        if value and name.startswith(VARIABLES):
            call.variables.setdefault(name, (at, value))


def _user_event(machine: Machine, fields: Fields, message: Message, at: float) -> None:
    """What the dialplan told: a caller's wish («callback», «no_recording», …), its variables."""
    part = _part(machine, fields, at)
    if part:
        _variables(machine, part, message, at)
    linkedid = number(fields.get("CallId"))
    wish = fields.get("Wish", "")
    if fields.get("UserEvent") == "HotlineWish" and linkedid and wish:
        known = machine.call(linkedid).wishes
        known[wish] = max(known.get(wish, ""), number(fields.get("Phone")))


HANDLERS: Final[dict[str, Handler]] = {
    "Newchannel": _newchannel,
    "Newstate": _newstate,
    "DialBegin": _dialbegin,
    "DialState": _dialstate,
    "DialEnd": _dialend,
    "Hangup": _hangup,
    "HangupRequest": _hangup_asked,
    "Hold": _hold,
    "Unhold": _hold,
    "BridgeEnter": _bridge_enter,
    "BridgeLeave": _bridge_leave,
    "QueueCallerJoin": _queue_join,
    "QueueCallerLeave": _queue_leave,
    "QueueCallerAbandon": _queue_abandon,
    "AgentCalled": _agent_called,
    "AgentConnect": _agent_called,
    "BlindTransfer": _blind,
    "AttendedTransfer": _attended,
    "OriginateResponse": _originated,
    "UserEvent": _user_event,
}
