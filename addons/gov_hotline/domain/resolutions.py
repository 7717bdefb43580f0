"""Resolution templates: which names of the catalogue may stand in them, and how they are filled.

A resolution is read by executors who may see no personal data of the applicant (practice 7): its
text names the case and the body, never the person, nor the person's own words.
"""

from __future__ import annotations

from typing import Final

from . import placeholders
from .placeholders import Facts

NAMES: Final = frozenset(
    {
        "обращение.номер", "обращение.дата", "обращение.поступило", "обращение.срок",
        "обращение.тема", "орган.название", "орган.адрес", "орган.телефон", "орган.сайт",
    }
)  # fmt: skip


def strangers(text: str) -> tuple[str, ...]:
    """The names in `text` that no resolution may hold, sorted."""
    return tuple(sorted(placeholders.names(text) - NAMES))


def fill(text: str, facts: Facts) -> str:
    """The text for one case; a line whose fact is not known yet is left out.

    Braces that hold no name of a resolution stay as they were written.
    """
    if strangers(text):
        return text
    return placeholders.fill_known(text, facts)


def catalogue() -> tuple[placeholders.Placeholder, ...]:
    """What may be inserted, in the order of the catalogue."""
    return tuple(one for name, one in placeholders.CATALOGUE.items() if name in NAMES)
