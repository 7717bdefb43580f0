"""Actions for Asterisk's Manager Interface: only those the connector needs, every value checked.

CR or LF in a value would begin a second action of its own, so no name and no value may hold one.
A channel is named by its Uniqueid or its name: Asterisk takes either.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 1000  # bytes of a line; Asterisk cuts at 1024
PARK: Final = "hotline-park"
SPY: Final = "hotline-spy"
CITIZEN, OPERATOR = "citizen", "operator"  # extensions of PARK
THREE_WAY: Final = "*3"  # Asterisk's key in a consultation: everybody talks with everybody
SPIES: Final = ("listen", "whisper", "barge")

_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# No "@": Originate of a Local channel would dial anything past the list of allowed numbers.
_INTERFACE: Final = re.compile(r"(PJSIP|SIP|IAX2|DAHDI)/[A-Za-z0-9_.-]{1,60}")
_EXTENSION: Final = re.compile(r"[0-9A-Za-z*#+_-]{1,40}")
_CONTEXT: Final = re.compile(r"[0-9A-Za-z_.-]{1,79}")
_CHANNEL: Final = re.compile(r"[0-9A-Za-z_.@:;/+-]{1,150}")
_VARIABLE: Final = re.compile(r"HOTLINE_[A-Z_]{1,40}")
_KEY: Final = re.compile(r"[0-9*#]")
_QUEUE: Final = re.compile(r"[0-9A-Za-z_.-]{1,80}")


class UnsafeValue(ValueError):  # noqa: N818  # as in "an unsafe value"
    """A name or a value that must not go to the PBX."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action before it has its ActionID; `end` names the event that ends its list."""

    name: str
    pairs: tuple[tuple[str, str], ...] = ()
    end: str = ""

    def encode(self, action_id: str) -> bytes:
        """Return the bytes for the wire. Raises UnsafeValue."""
        pairs = (("Action", self.name), ("ActionID", action_id), *self.pairs)
        return "".join(_line(*pair) for pair in pairs).encode() + b"\r\n"


def _line(name: str, value: str) -> str:
    line = f"{name}: {value}"
    if not _NAME.fullmatch(name) or not isinstance(value, str) or _FORBIDDEN.search(value):
        raise UnsafeValue(f"Not fit for the PBX: {name!r}")
    if len(line.encode()) > LONGEST:
        raise UnsafeValue(f"Too long for the PBX: {name!r}")
    return line + "\r\n"


def _fit(pattern: re.Pattern[str], value: object, what: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise UnsafeValue(f"Not a {what}: {value!r}")
    return value


def interface(value: object) -> str:
    """Return a telephone's interface ("PJSIP/101") if it is one. Raises UnsafeValue."""
    return _fit(_INTERFACE, value, "telephone")


def extension(value: object) -> str:
    """Return a number or name of the dialplan if it is one. Raises UnsafeValue."""
    return _fit(_EXTENSION, value, "number")


def context(value: object) -> str:
    """Return the name of a dialplan context if it is one. Raises UnsafeValue."""
    return _fit(_CONTEXT, value, "context")


def channel(value: object) -> str:
    """Return a Uniqueid or name of a channel if it is one. Raises UnsafeValue."""
    return _fit(_CHANNEL, value, "channel")


def queue(value: object) -> str:
    """Return the name of a queue if it is one. Raises UnsafeValue."""
    return _fit(_QUEUE, value, "queue")


def challenge() -> Action:
    """Ask for a challenge, so that the secret itself never goes over the wire."""
    return Action("Challenge", (("AuthType", "MD5"),))


def login(user: str, secret: str, given: str) -> Action:
    """Answer the challenge given."""
    key = hashlib.md5((given + secret).encode(), usedforsecurity=False).hexdigest()
    return Action("Login", (("AuthType", "MD5"), ("Username", user), ("Key", key)))


def ping() -> Action:
    """Ask for a sign of life; the answer has the PBX's clock."""
    return Action("Ping")


def channels() -> Action:
    """List the live channels."""
    return Action("CoreShowChannels", end="CoreShowChannelsComplete")


def queues() -> Action:
    """List queues, their members and who waits."""
    return Action("QueueStatus", end="QueueStatusComplete")


def devices() -> Action:
    """List the states of the telephones."""
    return Action("DeviceStateList", end="DeviceStateListComplete")


def hints() -> Action:
    """List the extensions and whose telephones they stand for."""
    return Action("ExtensionStateList", end="ExtensionStateListComplete")


def commands() -> Action:
    """List the actions the account may use."""
    return Action("ListCommands")


def settings() -> Action:
    """Ask for the version."""
    return Action("CoreSettings")


def dialplan(name: str) -> Action:
    """List a context of the dialplan; an unknown one is an error."""
    return Action("ShowDialPlan", (("Context", context(name)),), end="ShowDialPlanComplete")


def originate(
    phone: str,
    to: tuple[str, str],
    *,
    channel_id: str,
    caller: str = "",
    timeout: int = 30,
    variables: dict[str, str] | None = None,
) -> Action:
    """Ring a telephone and, once it is answered, go to (context, number).

    channel_id becomes Uniqueid and Linkedid of the call; timeout is in seconds; the variables are
    inherited by the channels the call makes. There is no way to start an application from here.
    """
    pairs = [
        ("Channel", interface(phone)),
        ("Context", context(to[0])),
        ("Exten", extension(to[1])),
        ("Priority", "1"),
        ("ChannelId", channel(channel_id)),
        ("Timeout", str(int(timeout) * 1000)),
        ("Async", "true"),
        *([("CallerID", _caller(caller))] if caller else []),
    ]
    sent = (*pairs, *_variables(variables or {}))
    return Action("Originate", sent, end="OriginateResponse")


def _caller(number: str) -> str:
    return f'"{extension(number)}" <{number}>'


def _variables(variables: dict[str, str]) -> list[tuple[str, str]]:
    """Inherited variables; Asterisk would split a value at a comma into variables of its own."""
    for name, value in variables.items():
        _fit(_VARIABLE, name, "variable of ours")
        _fit(_CHANNEL, value or "-", f"value of {name}")
    return [("Variable", f"__{name}={value}") for name, value in variables.items()]


def way(how: str) -> str:
    """Return the extension of a way to listen, one of SPIES."""
    if how not in SPIES:
        raise UnsafeValue(f"Not a way to listen: {how!r}")
    return how


def spy(how: str, phone: str, on: str, *, channel_id: str) -> Action:
    """Ring the supervisor's telephone and let it hear the channel `on`; how is one of SPIES."""
    variables = {"HOTLINE_SPY": channel(on)}
    return originate(phone, (SPY, way(how)), channel_id=channel_id, variables=variables)


def spied(own: str, on: str) -> Action:
    """Name the channel `on` to a supervisor's channel that listens in already."""
    pairs = (("Channel", channel(own)), ("Variable", "HOTLINE_SPY"), ("Value", channel(on)))
    return Action("Setvar", pairs)


def hangup(on: str) -> Action:
    """End a channel as a phone does: cause 16, normal clearing."""
    return Action("Hangup", (("Channel", channel(on)), ("Cause", "16")))


def blind(on: str, to: tuple[str, str]) -> Action:
    """Send the party that talks with `on`, the operator, to (context, number); `on` is let go."""
    pairs = (("Channel", channel(on)), ("Context", context(to[0])), ("Exten", extension(to[1])))
    return Action("BlindTransfer", pairs)


def attended(on: str, to: tuple[str, str]) -> Action:
    """Let `on` call (context, number) while its party hears music.

    Asterisk presses the number's keys: a "+" is no key, "#" says that no more digits follow (it
    would wait three seconds for them).
    """
    number = extension(to[1]).removeprefix("+") + "#"
    pairs = (("Channel", channel(on)), ("Context", context(to[0])), ("Exten", number))
    return Action("Atxfer", pairs)


def press(on: str, key: str) -> Action:
    """Press a key for the channel, as if its telephone had done it."""
    pairs = (("Channel", channel(on)), ("Digit", _fit(_KEY, key, "key")), ("Receive", "true"))
    return Action("PlayDTMF", pairs)


def cancel(on: str) -> Action:
    """Bring `on` back to its party: the consultation ends."""
    return Action("CancelAtxfer", (("Channel", channel(on)),))


def redirect(first: tuple[str, str, str], second: tuple[str, str, str] | None = None) -> Action:
    """Send one or two channels elsewhere at once: (channel, context, number) each."""
    pairs = [*_target("", first), *(_target("Extra", second) if second else [])]
    return Action("Redirect", tuple(pairs))


def _target(prefix: str, target: tuple[str, str, str]) -> list[tuple[str, str]]:
    on, where, number = target
    return [
        (f"{prefix}Channel", channel(on)),
        (f"{prefix}Context", context(where)),
        (f"{prefix}Exten", extension(number)),
        (f"{prefix}Priority", "1"),
    ]


def bridge(first: str, second: str) -> Action:
    """Let two channels talk."""
    pairs = (("Channel1", channel(first)), ("Channel2", channel(second)), ("Tone", "no"))
    return Action("Bridge", pairs)


def queue_add(name: str, phone: str, member: str = "", reason: str | None = None) -> Action:
    """Let an operator's telephone take calls of a queue; with a reason: added while paused."""
    paused = [] if reason is None else [("Paused", "true"), ("PausedReason", reason)]
    pairs = [
        *(("Queue", queue(name)), ("Interface", interface(phone)), ("StateInterface", phone)),
        *([("MemberName", member)] if member else []),
        *paused,
    ]
    return Action("QueueAdd", tuple(pairs))


def queue_remove(name: str, phone: str) -> Action:
    """Take an operator's telephone out of a queue."""
    return Action("QueueRemove", (("Queue", queue(name)), ("Interface", interface(phone))))


def queue_pause(phone: str, reason: str = "") -> Action:
    """Give an operator's telephone no calls of any queue until it is unpaused."""
    why = (("Reason", reason),) if reason else ()
    return Action("QueuePause", (("Interface", interface(phone)), ("Paused", "true"), *why))


def queue_unpause(phone: str) -> Action:
    """Give an operator's telephone calls again."""
    return Action("QueuePause", (("Interface", interface(phone)), ("Paused", "false")))
