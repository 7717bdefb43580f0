"""A problem that a check found: codes only, the add-on has the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

Severity = Literal["block", "warn"]
BLOCK: Final = "block"
WARN: Final = "warn"


@dataclass(frozen=True)
class Problem:
    """What is wrong, by which rule and article, in which fields, and the way out.

    `code` and `way_out` are keys of texts, `params` fill them. `block` forbids the act, `warn` lets
    it pass (with a written reason, where the body's settings ask for one).
    """

    code: str
    article: str = ""
    severity: Severity = "block"
    fields: tuple[str, ...] = ()
    rule: str = ""
    way_out: str = ""
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def blocks(self) -> bool:
        """Whether the act must not go on."""
        return self.severity == "block"
