"""What is looked at before an answer is signed: a list of signs, each fine or not."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from .notice_text import BLANK

OK: Final = "ok"
WARN: Final = "warn"
BAD: Final = "bad"

_PHONE: Final = re.compile(
    r"(?<![\d/.№-])(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}(?![\d/])"
)
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_INITIALS: Final = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
_SURNAME: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC: Final = r"[А-ЯЁ][а-яё]+(?:[оеё]вич|ьич|[оеё]вн|ичн)(?:а|у|ы|е|ой|ем|ом)?"
_PERSON: Final = re.compile(
    rf"(?P<before>{_SURNAME})\s+{_INITIALS}(?!\s?[А-ЯЁ][а-яё]{{3}})"
    rf"|{_INITIALS}\s?(?P<after>{_SURNAME})"
    rf"|{_SURNAME}\s+(?:{_SURNAME}\s+)?{_PATRONYMIC}\b"
)
_SNILS: Final = re.compile(r"(?<![\d-])\d{3}[- ]\d{3}[- ]\d{3}[- ]\d{2}(?![\d-])")
_NAMED_SNILS: Final = re.compile(
    r"СНИЛС\D{0,20}\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}(?!\d)", re.IGNORECASE
)
_PASSPORT: Final = re.compile(
    r"(?:паспорт\w*|серия)[^\d\n]{0,40}\d{2}\s?\d{2}[\s,]*(?:№|N|номер)?\s*\d{6}(?!\d)",
    re.IGNORECASE,
)
_CARD: Final = re.compile(r"(?<!\d)[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{2,3})?(?!\d)")
# Accounts of people alone (40817, 40820, 423, 426); those of bodies and firms are no secret.
_ACCOUNT: Final = re.compile(r"(?<!\d)(?:408(?:17|20)|42[36]\d\d)(?: ?\d){15}(?!\d)")
_ENDING: Final = re.compile(r"(?:ого|ому|ой|ою|ая|ую|ый|ий|им|ым|ом|ем|ей|ия|ии|ию|[аеёиоуыьэюя])$")
_ENCLOSED: Final = re.compile(r"^\s*Приложени[ея]\s*(?:\([^)]*\))?\s*[:.]", re.MULTILINE)
_ITEM: Final = re.compile(r"^\s*\d+[.)]\s+\S", re.MULTILINE)


@dataclass(frozen=True)
class Sign:
    """One line of the list: `code` is a key of texts, `found` what was seen."""

    code: str
    level: str = OK
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is checked. `known`: names, phones and e-mails of the applicant and of the officials.

    `missing`: codes of `FORMAL` that are not there yet; `is_due`: the next step gives the answer.
    """

    text: str
    channel: str
    name: str
    has_address: bool
    open_questions: int
    files: int
    known: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_due: bool = False


# What a letter is given by: missing, it is a mark for later until the answer is about to be given.
FORMAL: Final = ("number", "date", "signature")


def check(answer: Answer) -> tuple[Sign, ...]:
    """The list, in the order in which a careful person looks."""
    return (
        Sign("questions", BAD if answer.open_questions else OK),
        Sign("blank", BAD if BLANK in answer.text else OK),
        Sign("addressee", OK if answer.name.strip() else BAD),
        Sign("address", OK if answer.has_address else BAD),
        _personal_data(answer),
        _enclosures(answer),
        *(_formal(answer, code) for code in FORMAL),
    )


def _formal(answer: Answer, code: str) -> Sign:
    if code not in answer.missing:
        return Sign(code)
    return Sign(code, BAD if answer.is_due else WARN)


def foreign_data(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Telephones, e-mails and people in `text` that belong to nobody of `known`, as written.

    Numbers of СНИЛС, passports, cards and accounts too, whosesoever: they are nobody's in a letter.
    A sieve, not a judge: surnames stand with initials or a patronymic, in any case.
    """
    digits = {_digits(word)[-10:] for word in known if len(_digits(word)) >= 10}
    emails = {word.strip().lower() for word in known if "@" in word}
    stems = {stem for name in known for stem in _stems(name)}
    found = [
        hit.group().strip()
        for hit in _PHONE.finditer(text)
        if _digits(hit.group())[-10:] not in digits
    ]
    found += _numbers(text)
    found += [hit.group() for hit in _EMAIL.finditer(text) if hit.group().lower() not in emails]
    found += [
        " ".join(hit.group().split()) for hit in _PERSON.finditer(text) if not _is_known(hit, stems)
    ]
    return tuple(dict.fromkeys(found))


def is_snils(number: str) -> bool:
    """Whether eleven digits are a СНИЛС by its two control digits (PFR rule: sum modulo 101)."""
    digits = [int(char) for char in number if char.isdigit()]
    if len(digits) != 11:
        return False
    total = sum(digit * (9 - place) for place, digit in enumerate(digits[:9])) % 101 % 100
    return total == digits[9] * 10 + digits[10]


def is_card(number: str) -> bool:
    """Whether 16 to 19 digits are a bank card by the Luhn check (ISO/IEC 7812-1)."""
    digits = [int(char) for char in reversed(number) if char.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return 16 <= len(digits) <= 19 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _numbers(text: str) -> list[str]:
    """Numbers that name a person or their money; plain numbers fail the control digits."""
    named = [hit.group() for hit in _NAMED_SNILS.finditer(text)]
    snils = [
        hit.group()
        for hit in _SNILS.finditer(text)
        if is_snils(hit.group()) and not any(hit.group() in one for one in named)
    ]
    cards = [hit.group() for hit in _CARD.finditer(text) if is_card(hit.group())]
    others = [hit.group() for one in (_PASSPORT, _ACCOUNT) for hit in one.finditer(text)]
    return [" ".join(one.split()) for one in (*named, *snils, *others, *cards)]


def _is_known(hit: re.Match[str], stems: Collection[str]) -> bool:
    """With initials the surname tells; in full two words do: «Уважаемая Мария Петровна»."""
    surname = hit.group("before") or hit.group("after")
    if surname:
        return _stem(surname) in stems
    return sum(_stem(word) in stems for word in hit.group().split()) > 1


def named_enclosures(text: str) -> int:
    """How many enclosures the text names: numbered lines after «Приложение:», else one, else 0."""
    head = _ENCLOSED.search(text)
    if not head:
        return 0
    return len(_ITEM.findall(text[head.end() :].replace(": 1", ":\n1", 1))) or 1


def _personal_data(answer: Answer) -> Sign:
    found = foreign_data(answer.text, answer.known)
    return Sign("personal_data", WARN if found else OK, found)


def _enclosures(answer: Answer) -> Sign:
    """What the text does not name at all, the letterhead lists under it."""
    named = named_enclosures(answer.text)
    if named in (0, answer.files):
        return Sign("enclosures", OK, (str(named), str(answer.files)) if named else ())
    return Sign("enclosures", WARN, (str(named), str(answer.files)))


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


def _stem(word: str) -> str:
    return _ENDING.sub("", word.lower().replace("ё", "е"))


def _stems(name: str) -> set[str]:
    return {_stem(word) for word in re.findall(r"[А-ЯЁа-яё-]{2,}", name)}
