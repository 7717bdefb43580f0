"""How the crash test says what is wrong: a run shows the last lines of a failure alone."""

from typing import Any

import pytest


def none(wrong: list[Any], what: str, shown: int = 9) -> None:
    """Fail with one line for each that is wrong: of a test's words a run shows the last lines."""
    if wrong:
        lines = [str(one) for one in wrong[:shown]]
        pytest.fail("\n".join([f"{len(wrong)} {what}:", *lines]), pytrace=False)


def as_odoo_has(call: dict[str, Any]) -> str:
    """What Odoo has of a call, in one line."""
    names = ("id", "fate", "phase", "restored", "callback_looked")
    moments = ("answered_at", "ended_at", "unknown_from", "ledger_at")
    told = [f"{name} {call[name]}" for name in names]
    told += [f"{name[:-3]} {(call[name] or '-')[11:19]}" for name in moments]
    return ", ".join(told)
