"""Names of people: split, joined, shortened. Names are kept as they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SLIP: Final = 0.8  # share of common letters from which two spellings are of one name
# «сын» and «дочь» after the father's name, in the languages of Russia and its neighbours.
PARTICLES: Final = frozenset("оглы оглу углы улы уулу кызы гызы кизи кыз".split())  # noqa: SIM905
_SURNAME_PARTICLES: Final = frozenset(
    {"фон", "де", "ди", "да", "дю", "ла", "ле", "ван", "дер", "ден", "тер", "бен", "ибн", "аль"}
)
_PATRONYMIC: Final = re.compile(
    r"(?:[оеё]вич|ьич|[кмт]ич|ввич|[оеё]вна|ична|"
    r"[-\s](?:оглы|оглу|углы|улы|уулу|кызы|гызы|кизи|кыз))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PersonName:
    """Surname, given name and patronymic; any may be empty."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""

    @property
    def full(self) -> str:
        """«Иванова Мария Петровна»."""
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))

    @property
    def short(self) -> str:
        """«Иванова М. П.»; without a surname the name stays whole, for there is nothing to cut."""
        if not self.surname:
            return self.full
        initials = (_initial(part) for part in (self.given, self.patronymic))
        return " ".join(filter(None, (self.surname, *initials)))

    @property
    def greeting(self) -> str:
        """How to address the person: «Мария Петровна», or whatever is known."""
        return " ".join(filter(None, (self.given, self.patronymic))) or self.surname


def differ(one: PersonName, other: PersonName) -> bool:
    """Whether two names are of two persons; a slip of the pen is none, nor is what is not known.

    Nor is the other order: an account named in one line may be «Мария Иванова».
    """
    if not (one.surname and one.given and other.surname and other.given):
        return False
    orders = ((other.surname, other.given), (other.given, other.surname))
    return not any(_alike(one.surname, a) and _alike(one.given, b) for a, b in orders)


def _alike(one: str, other: str) -> bool:
    first, second = (text.casefold().replace("ё", "е").strip() for text in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= SLIP


def split_name(text: str | None) -> PersonName:
    """Split «Иванова Мария Петровна», or «Мария Петровна Иванова», into its parts.

    The patronymic is known by its ending or by «оглы», «кызы»; a surname of several words is what
    stands before the given name. Where nothing tells, the order is surname, given name, rest.
    """
    words = _with_particles((text or "").split())
    place = next((n for n in range(len(words) - 1, 0, -1) if is_patronymic(words[n])), None)
    if place is None:
        return _plain(words)
    if place < len(words) - 1:
        return PersonName(" ".join(words[place + 1 :]), " ".join(words[:place]), words[place])
    return PersonName(" ".join(words[: place - 1]), words[place - 1], words[place])


def is_patronymic(word: str) -> bool:
    """Whether a word (or a name with «оглы», «кызы») looks like a patronymic."""
    return bool(_PATRONYMIC.search(word))


def tidy(text: str | None) -> str:
    """Collapse spaces; a name in capitals or small letters only gets its capitals.

    Mixed spelling («МакДональд», «д'Артаньян») is the person's own and stays.
    """
    plain = " ".join((text or "").split())
    if not (plain.isupper() or plain.islower()):
        return plain
    return " ".join(_capitalised(word) for word in plain.lower().split())


def search_key(text: str | None) -> str:
    """Key to find a name however it was typed: small letters, ё as е, single spaces."""
    return " ".join((text or "").casefold().replace("ё", "е").split())


def _plain(words: list[str]) -> PersonName:
    """No patronymic in sight: surname with its particles, given name, the rest."""
    first = next((n for n, word in enumerate(words) if word not in _SURNAME_PARTICLES), 0)
    surname, rest = words[: first + 1], words[first + 1 :]
    return PersonName(" ".join(surname), " ".join(rest[:1]), " ".join(rest[1:]))


def _with_particles(words: list[str]) -> list[str]:
    """Join «Гасан», «оглы» into one word."""
    joined: list[str] = []
    for word in words:
        if joined and word.casefold() in PARTICLES:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _initial(part: str) -> str:
    """«М.», for a double name «А.-М.»; a particle has no initial."""
    word = part.split()[0] if part.split() else ""
    names = [name for name in word.split("-") if name and name.casefold() not in PARTICLES]
    return "-".join(f"{name[0].upper()}." for name in names)


def _capitalised(word: str) -> str:
    if word in PARTICLES or word in _SURNAME_PARTICLES:
        return word
    return "-".join(
        part if part in PARTICLES else part[:1].upper() + part[1:] for part in word.split("-")
    )
