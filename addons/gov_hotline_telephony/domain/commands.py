"""What a command to the PBX carries: known names and values without a line break, nothing else.

CR or LF in a value would be an AMI action of its own; it is refused before it is kept.
"""

from __future__ import annotations

from typing import Final

# kind: names it needs, names it may have.
NAMES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    kind: (frozenset(needed.split()), frozenset(other.split()))
    for kind, needed, other in (
        ("originate", "interface number context timeout", "caller variables"),
        ("hangup", "channel", ""),
        ("blind", "channel number context", ""),
        ("attended", "channel number context", ""),
        ("complete", "channel", ""),
        ("cancel", "channel", ""),
        ("hold", "citizen operator", ""),
        ("unhold", "citizen operator", ""),
        ("conference", "citizen operator", "colleague number"),
        ("listen", "interface channel", ""),
        ("whisper", "interface channel", ""),
        ("barge", "interface channel", ""),
        ("queue_add", "queue interface", "name paused reason"),
        ("queue_remove", "queue interface", ""),
        ("pause", "interface", "reason"),
        ("unpause", "interface", ""),
        ("check", "", ""),
        ("extensions", "", ""),
        ("reconcile", "", ""),
    )
}
STATES: Final = ("new", "sent", "done", "failed", "unknown")
OPEN: Final = ("new", "sent")
_LONGEST: Final = 200


class BadCommand(ValueError):  # noqa: N818  # as in "a bad command"
    """A command that must not reach the PBX."""


def check(kind: str, payload: dict[str, object]) -> None:
    """Raise BadCommand unless the payload is what this kind carries."""
    if kind not in NAMES:
        raise BadCommand(f"Unknown kind: {kind!r}")
    needed, other = NAMES[kind]
    if not needed <= payload.keys() <= needed | other:
        raise BadCommand(f"{kind}: {sorted(payload.keys() ^ needed)}")
    for name, value in payload.items():
        _check_value(name, value)


def _check_value(name: str, value: object) -> None:
    if isinstance(value, dict):
        for inner, one in value.items():
            _check_value(inner, one)
        return
    if isinstance(value, bool | int):
        return
    if not isinstance(value, str) or not value.isprintable() or len(value) > _LONGEST:
        raise BadCommand(f"{name}: {value!r}")


def may_become(state: str, to: str) -> bool:
    """States go forward only: what has ended stays as it ended."""
    return state in OPEN and STATES.index(to) > STATES.index(state)
