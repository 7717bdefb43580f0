"""What of a telephone, document, e-mail or address is shown to those with no need of the whole."""

import re
from typing import Final

SHOWN = 4
DOTS = "•••"
_EMAIL: Final = re.compile(r"[^\s<>()\[\]«»\",;:@]+@[^\s<>()\[\]«»\",;:@]*\w")
_SETTLED: Final = re.compile(
    r"\b(респ|обл|край|округ|район|р-н|г|гор|город|с|село|п|пос|пос[её]лок|рп|пгт|д|дер|деревня"
    r"|ст|станица|х|хутор|аул)\b",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    r"\b(ул|улица|пр|пр-т|просп|проспект|пер|переулок|наб|б-р|бульвар|ш|шоссе|пл|площадь|тракт"
    r"|проезд|туп|тупик|мкр|микрорайон|кв|дом|корп|стр|а/я)\b",
    re.IGNORECASE,
)


def end(text: str | None) -> str:
    """Return the last SHOWN letters or digits of `text` behind dots; all dots where it is short."""
    signs = [sign for sign in text or "" if sign.isalnum()]
    if not signs:
        return ""
    return f"{DOTS} {''.join(signs[-SHOWN:])}" if len(signs) > 2 * SHOWN - 2 else DOTS


def email(text: str | None) -> str:
    """Return the first sign and the domain of an e-mail address; all dots for what is none."""
    name, _at, domain = (text or "").strip().rpartition("@")
    if not name or not domain:
        return DOTS if text else ""
    return f"{name[0]}{DOTS}@{domain}"


def in_words(text: str | None) -> str:
    """Return a sentence with every e-mail address that stands in it in part."""
    return _EMAIL.sub(lambda found: email(found[0]), text or "")


def settlement(text: str | None) -> str:
    """Return the settlement of a postal address behind nothing, the rest as dots.

    Written by hand, so carefully: the parts before the first with a number or a street, and of
    several only those that say they are a region or a settlement.
    """
    parts = [part.strip() for part in (text or "").replace("\n", ",").split(",") if part.strip()]
    if not parts:
        return ""
    if parts[0].isdigit():
        parts = parts[1:]
    kept = []
    for part in parts:
        if any(sign.isdigit() for sign in part) or _STREET.search(part):
            break
        if kept and not _SETTLED.search(part):
            break
        kept.append(part)
    return ", ".join([*kept, DOTS])


def kind_of(text: str | None) -> str:
    """Return what is written in a field that takes any of them: email, phone or address."""
    text = text or ""
    if "@" in text:
        return "email"
    return "address" if any(sign.isalpha() for sign in text) else "phone"


def part(kind: str, text: str | None) -> str:
    """Return the part of `text` that is shown of a `kind`: phone, document, email, address."""
    shown = {"email": email, "address": settlement}.get(kind, end)
    return shown(text)
