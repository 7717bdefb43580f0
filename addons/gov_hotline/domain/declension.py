"""Names in the cases of a letter: «Ивановой Марии Петровне».

A wrong case offends, the nominative does not. So a name is declined only where everything about it
is sure: the patronymic tells the sex, every part is plain Russian spelling, the rules know it.
Where one part is not sure the whole name stays as it is (foreign, «оглы», double, no patronymic).
The rules are data of pytrovich.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from . import persons
from .persons import PersonName

GENITIVE: Final = "genitive"
DATIVE: Final = "dative"
ACCUSATIVE: Final = "accusative"
MALE, FEMALE, UNKNOWN = "male", "female", ""
_CASES: Final = {
    GENITIVE: Case.GENITIVE,
    DATIVE: Case.DATIVE,
    ACCUSATIVE: Case.ACCUSATIVE,
}
_GENDERS: Final = {MALE: Gender.MALE, FEMALE: Gender.FEMALE}
_PLAIN: Final = re.compile(r"[А-ЯЁ][а-яё]+")
_SEX: Final = (
    (
        MALE,
        re.compile(
            r"(?:[оеё]вич|ьич|[кмт]ич|ввич|[-\s](?:оглы|оглу|углы|улы|уулу))$", re.IGNORECASE
        ),
    ),
    (FEMALE, re.compile(r"(?:[оеё]вна|ична|[-\s](?:кызы|гызы|кизи|кыз))$", re.IGNORECASE)),
)
_INITIALS: Final = re.compile(r"(?:[А-ЯЁ]\.\s?){1,2}")
_SURNAMES: Final = (
    (FEMALE, re.compile(r"[а-яё]{2}(?:[оеё]ва|ская|цкая)$")),
    (MALE, re.compile(r"[а-яё]{2}(?:[оеё]в|ский|цкий)$")),
)
_CONSONANT: Final = re.compile(r"[бвгджзйклмнпрстфхцчшщ]$")
_STANDING: Final = re.compile(r"(?:ых|их)$")  # Черных, Долгих: the same in every case
# Their owners decline them in two ways, or the rules keep a vowel that runs away: Заяц, Волчок.
_UNSURE_SURNAME: Final = re.compile(
    r"(?:[оеё][кл]|[еяи]ц|[её]нь|ей|[её]с|[шщжч]ь|сть|бовь|[ау]ть|ло)$|^[^аеёиоуыэюя]*[иоы]й$"
)
_UNSURE_SURNAMES: Final = frozenset({"лев"})
_UNSURE_GIVEN: Final = frozenset({"илия"})


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def sex(name: PersonName) -> str:
    """`MALE` or `FEMALE` as the patronymic tells it, else `UNKNOWN`."""
    return next((one for one, sign in _SEX if sign.search(name.patronymic.lower())), UNKNOWN)


def decline(name: PersonName, case: str) -> PersonName:
    """The name in `case` (`GENITIVE`, `DATIVE`); the very same name where it is not sure."""
    tidied = _tidied(name)
    if not is_sure(tidied):
        return name
    gender = _GENDERS[sex(tidied)]
    return PersonName(
        _inflect(NamePart.LASTNAME, gender, case, tidied.surname),
        _inflect(NamePart.FIRSTNAME, gender, case, tidied.given),
        _inflect(NamePart.MIDDLENAME, gender, case, tidied.patronymic),
    )


def accusative(name: str) -> str:
    """«за Показову Веру», «за Лугову Н. С.»: a colleague's name as accounts have it.

    Without a patronymic the surname tells the sex, where its ending is of one sex alone and the
    given name (or initials) does not speak against it; else the name stays as it is.
    """
    parts = persons.split_name(name)
    if parts.patronymic and persons.is_patronymic(parts.patronymic):
        return decline(parts, ACCUSATIVE).full
    sex_ = _sex_of_surname(parts.surname)
    rest = " ".join(filter(None, (parts.given, parts.patronymic)))
    if not sex_ or not rest:
        return name
    gender = _GENDERS[sex_]
    surname = _inflect(NamePart.LASTNAME, gender, ACCUSATIVE, parts.surname)
    if _INITIALS.fullmatch(rest):
        return f"{surname} {rest}"
    if not _PLAIN.fullmatch(rest) or (rest[-1] in "ая") != (sex_ == FEMALE):
        return name
    return f"{surname} {_inflect(NamePart.FIRSTNAME, gender, ACCUSATIVE, rest)}"


def _sex_of_surname(surname: str) -> str:
    if not _PLAIN.fullmatch(surname):
        return UNKNOWN
    return next((one for one, sign in _SURNAMES if sign.search(surname)), UNKNOWN)


def is_sure(name: PersonName) -> bool:
    """Whether every part of the name can be declined without a guess."""
    parts = (name.surname, name.given, name.patronymic)
    if not sex(name) or not all(_PLAIN.fullmatch(part) for part in parts):
        return False
    if name.given.lower() in _UNSURE_GIVEN or _is_unsure_surname(name):
        return False
    return sex(name) == FEMALE or _changes(name)


def greeting(name: PersonName) -> str:
    """How a letter begins: «Уважаемая Мария Петровна»; «Здравствуйте» where the sex is unknown."""
    words = {MALE: "Уважаемый", FEMALE: "Уважаемая", UNKNOWN: "Здравствуйте,"}[sex(name)]
    return f"{words} {name.greeting}" if name.greeting else "Здравствуйте"


def _is_unsure_surname(name: PersonName) -> bool:
    surname = name.surname.lower()
    if sex(name) == FEMALE:
        return False
    return surname in _UNSURE_SURNAMES or bool(_UNSURE_SURNAME.search(surname))


def _changes(name: PersonName) -> bool:
    """A man's names in a consonant change; where the rules leave one as it is, they miss it."""
    parts = ((NamePart.LASTNAME, name.surname), (NamePart.FIRSTNAME, name.given))
    return all(
        _inflect(part, Gender.MALE, DATIVE, word) != word
        for part, word in parts
        if _CONSONANT.search(word) and not _STANDING.search(word)
    )


def _inflect(part: NamePart, gender: Gender, case: str, word: str) -> str:
    return _maker().make(part, gender, _CASES[case], word)


def _tidied(name: PersonName) -> PersonName:
    return PersonName(
        persons.tidy(name.surname), persons.tidy(name.given), persons.tidy(name.patronymic)
    )
