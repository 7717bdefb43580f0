"""What comes in: its kind, its origin, the mode of the line, and whom one can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MESSAGE: Final = "message"
APPEAL: Final = "appeal_59"
REQUEST: Final = "request_8fz"
TECH_SUPPORT: Final = "tech_support"
KINDS: Final = (MESSAGE, APPEAL, REQUEST, TECH_SUPPORT)

PHONE: Final = "phone"
WRITTEN: Final = frozenset({"paper", "visit", "forwarded"})
ELECTRONIC: Final = frozenset({"portal", "epgu", "site"})
# Since 547-FZ none of these carries an appeal in electronic form.
NOT_ELECTRONIC: Final = frozenset({"email", "social", PHONE})
ORIGINS: Final = (PHONE, "visit", "paper", "portal", "epgu", "site", "email", "social", "forwarded")

# Modes of a line: a message, an oral appeal by a local act, consultation only.
LINE_MESSAGE: Final = "message"
LINE_ORAL: Final = "oral"
LINE_CONSULT: Final = "consult"
LINE_MODES: Final = (LINE_MESSAGE, LINE_ORAL, LINE_CONSULT)

# 547-FZ of 28.12.2024 is in force from this day of receipt.
ELECTRONIC_ONLY_FROM: Final = date(2025, 3, 30)

CONTACTS: Final = ("applicant_phone", "applicant_email", "applicant_address", "account_id")


@dataclass(frozen=True)
class Case:
    """A draft as the rules see it: `fields` by the names of the ticket's columns."""

    kind: str
    origin: str
    fields: Mapping[str, Any]
    line_mode: str

    def has(self, *names: str) -> bool:
        """Whether one of the fields has content."""
        return any(_filled(self.fields.get(name)) for name in names)

    def lacks(self, name: str) -> bool:
        """Whether the form asks for this field and it was left empty."""
        return name in self.fields and not _filled(self.fields[name])

    @property
    def is_appeal(self) -> bool:
        """An appeal under 59-FZ."""
        return self.kind == APPEAL

    @property
    def is_oral(self) -> bool:
        """An oral appeal by the body's local act: a telephone line in that mode."""
        return self.is_appeal and self.origin == PHONE and self.line_mode == LINE_ORAL

    @property
    def is_under_547(self) -> bool:
        """Received since 30.03.2025, or just now."""
        received = self.fields.get("received_on")
        return not received or received >= ELECTRONIC_ONLY_FROM


def is_anonymous(kind: str, origin: str, fields: Mapping[str, Any]) -> bool:
    """ANON: nobody to answer. No surname, or no address of the kind that the origin answers to.

    Part 1 of article 11: on paper the postal address, in electronic form e-mail or account; for an
    8-FZ request any contact. Such a case is still registered and worked on. A message is anonymous
    only by the author's wish.
    """
    case = Case(kind, origin, fields, LINE_MESSAGE)
    if case.has("is_anonymous"):
        return True
    if kind not in (APPEAL, REQUEST):
        return False
    return not case.has("applicant_surname") or not case.has(*reply_fields(kind, origin))


def reply_fields(kind: str, origin: str) -> tuple[str, ...]:
    """Fields of which one is enough to answer; e-mail and networks: appeals before 547-FZ."""
    if kind == REQUEST:
        return CONTACTS
    if origin in ELECTRONIC or origin in ("email", "social"):
        return ("applicant_email", "account_id")
    return ("applicant_address",)


def _filled(value: Any) -> bool:  # noqa: ANN401 - any column of a ticket
    return bool(value.strip() if isinstance(value, str) else value)
