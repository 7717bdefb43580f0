"""The text of a notice: a template with placeholders in braces, filled with facts of the case.

`{number}` is a fact. A fact that is not known is left as a blank line to fill in by hand, so that
nobody sends a letter with a hole. Lines made only of unknown facts are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from string import Formatter
from typing import Final

BLANK: Final = "________"
FACTS: Final = frozenset(
    {
        *("applicant", "address", "body", "number", "registered_on", "received_on", "summary"),
        *("questions", "article", "ground", "bodies", "due_on", "new_due_on", "today", "url"),
        *("reason", "statement_on", "signer", "signer_position", "site"),
    }
)


def unknown_facts(template: str) -> tuple[str, ...]:
    """Placeholders that no fact can fill; `ValueError` for unbalanced braces."""
    return tuple(name for name in _names(template) if name not in FACTS)


def fill(template: str, facts: Mapping[str, str]) -> str:
    """The text of the letter. `facts`: ready words by name; an unknown one becomes a blank."""
    lines = (_line(line, facts) for line in template.strip().splitlines())
    return "\n".join(line for line in lines if line is not None)


def russian_date(day: date | None) -> str:
    """A date as an official letter writes it: 05.12.2026; empty for none."""
    return day.strftime("%d.%m.%Y") if day else ""


def _line(line: str, facts: Mapping[str, str]) -> str | None:
    names = tuple(_names(line))
    if names and line.strip() == "{" + names[0] + "}" and not facts.get(names[0]):
        return None
    return line.format(**{name: facts.get(name) or BLANK for name in names})


def _names(template: str) -> Iterator[str]:
    for _text, name, _spec, _conversion in Formatter().parse(template):
        if name is not None:
            yield name
