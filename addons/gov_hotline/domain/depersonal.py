"""A text without the person who wrote it: what an executor «without personal data» is shown.

Practice 7: an organisation gets the address and the problem; who complains it need not know. Names
of the case, telephones, e-mails and numbers of documents give way to a mark. It is a help, no
guarantee: a name that is in no field of the case stays, so the officer looks before sending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from . import first_names

MARK: Final = "[…]"
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Ten digits and more, as telephones and documents are written: 8 (913) 555-01-01, 112-233-445 95.
_NUMBER: Final = re.compile(r"(?<!\w)\+?\d(?:[\s()\-–]{0,2}\d){8,}(?!\w)")
_LEAST_NAME: Final = 3  # letters: shorter ones are words of the language too
_PHONE: Final = 10  # digits of a number without the code of the country
_ENDING: Final = 4  # letters that a case of declension may add to the stem

_ACCOUNT: Final = re.compile(
    r"\b(?:л/с|лицев\w+\s+счет\w*|лицев\w+\s+счёт\w*|счет\w*|счёт\w*|договор\w*|полис\w*|снилс"
    r"|инн|паспорт\w*)\s{0,3}(?:№|N|номер\w*)?\s{0,3}(\d[\d\s-]{3,}\d)",
    re.IGNORECASE,
)
_STREET: Final = re.compile(
    r"\b(?:ул(?:иц\w+|\.)|пр(?:осп(?:ект\w*|\.)|-т\.?|-кт\.?)|пер(?:еул\w+|\.)|шоссе|наб(?:ережн\w+|\.)"
    r"|бульвар\w*|площад\w+|проезд\w*|мкр\.?|микрорайон\w*)\s+[А-ЯЁ0-9][\w-]*(?:\s+[А-ЯЁ][\w-]*)?"
    r"(?:,?\s*(?:д(?:ом\w*|\.)?|корп(?:ус\w*|\.)|стр\.|кв(?:артир\w+|\.))?\s*\d+[а-яё]?(?:/\d+)?)*"
)
_FLAT: Final = re.compile(
    r"\b(?:дом\w?|д\.|кв\.|квартир\w+)\s*№?\s*\d+[а-яё]?\b(?:,?\s*(?:кв\.|квартир\w+)\s*\d+)?",
    re.IGNORECASE,
)
_WORD_OF_NAME: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
# A patronymic tells a name in any case; the capitalised words beside it belong to it.
_FULL_NAME: Final = re.compile(
    rf"\b(?:{_WORD_OF_NAME}\s+){{0,2}}[А-ЯЁ][а-яё]+(?:ович|евич|ович[а-яё]{{1,2}}|евич[а-яё]{{1,2}}"
    rf"|овн[а-яё]{{1,2}}|евн[а-яё]{{1,2}}|ичн[а-яё]{{1,2}}"
    rf"|(?<=Иль)ич[а-яё]{{0,2}}|(?<=Кузьм)ич[а-яё]{{0,2}})\b(?:\s+{_WORD_OF_NAME}\b)?"
)
_INITIALS: Final = re.compile(
    rf"\b{_WORD_OF_NAME}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|\b[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_WORD_OF_NAME}\b"
)
# As an operator jots them down while the caller talks: in small letters, without a patronymic.
_SMALL_NAME: Final = re.compile(
    r"\b(?:[а-яё]{3,}\s+){1,2}[а-яё]{2,}(?:(?:ович|евич)(?:а|у|ем)?|(?:ов|ев)н[ауы])\b"
)
_SAID_NAME: Final = re.compile(
    r"\b(?i:зовут|звони(?:т|ла?)|заявител\w+|обратил(?:ся|ась)|гражданин\w*|гражданк\w+|гр\.|фио)"
    rf"[\s:,–-]+(?P<it>{_WORD_OF_NAME}(?:\s+{_WORD_OF_NAME}){{0,2}})"
)
_SURNAME_FIRST: Final = re.compile(
    r"\b[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н|[сц]кий|(?:[оеё]в|[иы]н)(?:а|у|ой)|[сц]к(?:ая|ую|ой)|енко|чук)"
    rf"\s+{_WORD_OF_NAME}\b"
)
_SHORT_PHONE: Final = re.compile(
    r"\b(?i:тел(?:ефон\w*)?|т|моб(?:ильн\w+)?)[\s.:№]+(?P<it>\d(?:[\s()\-–]{0,2}\d){4,})(?!\w)"
)
_PHONE_GROUPS: Final = re.compile(r"(?<![\w-])(?:\d-)?\d{2,3}-\d\d-\d\d(?![\w-])")
_SMALL_STREET: Final = re.compile(
    r"\b(?:ул(?:иц\w+|\.)?|пер(?:еул\w+|\.)?|просп(?:ект\w*|\.)|пр-т\.?)\s+[а-яё][а-яё-]+"
    r"(?:\s+[а-яё]+)?,?\s*(?:д(?:ом\w*|\.)?\s*)?\d+[а-яё]?(?:[-/]\d+)?"
    r"(?:,?\s*(?:кв\.?|квартир\w+)\s*\d+)?",
    re.IGNORECASE,
)
_HOUSE_AND_FLAT: Final = re.compile(
    r"\b[А-ЯЁ][а-яё]{2,}(?:а|ая|ого|ой)\s+\d{1,3}[а-яё]?\s?[-–]\s?\d{1,4}(?![\w-])"
)
# A surname alone, after who that is: «сосед Петров», «врачу Семёновой», «участковый Дорошенко».
_SURNAME: Final = (
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:[оеё]в|[иы]н|[сц]кий|[оеё]ва|[иы]на|[сц]кая|ко|ук|юк"
    r"|(?:[оеё]в|[иы]н)(?:у|ым|ой|ою|ых|ыми|ы|е)|[сц](?:кого|кому|ким|ком|кую|кой|кие|ких)"
    r"|(?:ук|юк)(?:а|у|ом|е))"
)
_WHO: Final = (
    r"сосед\w{0,5}|муж\w{0,3}|жен\w{0,3}|мат[ьи]|матер\w{1,3}|отец|отц\w{1,3}|брат\w{0,3}|сестр\w{1,2}"
    r"|сын\w{0,3}|доч\w{1,6}|тёщ\w{1,2}|тещ\w{1,2}|т[её]ст[ьяю]|свекров\w{1,2}|внук\w{0,2}|внучк\w{1,2}"
    r"|врач\w{0,3}|доктор\w{0,2}|терапевт\w{0,2}|педиатр\w{0,2}|хирург\w{0,2}|медсестр\w{1,2}"
    r"|фельдшер\w{0,2}|участков(?:ый|ого|ому|ым|ом|ая|ой)|инспектор\w{0,2}|полицейск\w{2,3}"
    r"|следовател\w{1,2}|судь\w{1,2}|пристав\w{0,2}|специалист\w{0,3}|сотрудни\w{1,4}|чиновни\w{1,4}"
    r"|директор\w{0,2}|начальни\w{1,4}|заведующ\w{2,3}|мастер\w{0,2}|сантехник\w{0,2}"
    r"|электрик\w{0,2}|диспетчер\w{0,2}|оператор\w{0,2}|учител\w{1,4}|воспитател\w{1,4}"
    r"|водител\w{1,2}|старш(?:ая|ей|ий|ему)|депутат\w{0,2}|глав[аыеу]|мэр\w{0,2}|жилец|жильц\w{1,2}"
    r"|хозя(?:ин\w{0,2}|йк\w{1,2})|бабушк\w{1,2}|дедушк\w{1,2}"
)
_SURNAME_AFTER: Final = re.compile(rf"\b(?i:{_WHO})\s+(?:(?i:по фамилии)\s+)?(?P<it>{_SURNAME})\b")
# «на Ленина 15»: a street as it is said, known by the end of the word before the house.
_SAID_STREET: Final = re.compile(
    r"\b(?i:на|по|с|у|жив\w{1,3}|прожива\w{1,4}|адрес\w{0,2}:?)\s+"
    r"(?P<it>(?:[А-ЯЁ0-9][а-яё-]*\s+)?[А-ЯЁ][а-яё-]+"
    r"(?:[иы]на|[оеё]ва|ого|его|[сц]кой|[сц]кая|ной|ная|[оеё]вой|[оеё]вая|кса)"
    r",?\s+(?:(?:д|дом\w?)\.?\s*)?\d{1,3}[а-яё]?(?:[-/]\d{1,4})?)(?![\w-]|\s?(?:%|лет|год|руб|час|дн))"
)

_SPOKEN_EMAIL: Final = re.compile(
    r"(?<!\w)\w[\w.-]{0,63}\s{1,3}собака\s{1,3}[\w-]{1,63}"
    r"(?:\s{0,3}(?:\.|точка)\s{0,3}[a-zа-яё]{2,4})?(?!\w)",
    re.IGNORECASE,
)
# Series and number apart: 50 05 № 123456, II-АБ № 123456, 77 УН 123456.
_DOCUMENT: Final = re.compile(
    r"(?<!\w)(?:\d{2}\s?\d{2}|[IVXУХ1]{1,5}-[А-ЯЁ]{2}|\d{2}\s?[А-ЯЁ]{2})"
    r"\s{0,3}(?:№|N|(?i:номер))?\s{0,3}\d{6}(?!\w)"
)
_NAMED_DOCUMENT: Final = re.compile(
    r"\b(?i:паспорт\w*|снилс|инн|полис\w*|свидетельств\w*|карт[аыеу]|удостоверени\w*)"
    r"(?:[\s:,]{1,3}(?i:сери[яи]|номер|№))*[\s:,]{0,3}(?P<it>\d(?:[\s-]?(?:№\s?)?\d){3,})(?!\w)"
)
# Letters of Russian car plates, in both alphabets.
_LETTER: Final = "АВЕКМНОРСТУХABEKMHOPCTYX"
_PLATE: Final = re.compile(
    rf"(?<!\w)(?:(?i:[{_LETTER}]\s?\d{{3}}\s?[{_LETTER}]{{2}}\s?\d{{2,3}})(?:\s?(?i:rus|рус))?"
    rf"|(?i:[{_LETTER}]\d{{3}}[{_LETTER}]{{2}})|[{_LETTER}]\s\d{{3}}\s[{_LETTER}]{{2}}"
    rf"|[{_LETTER}]{{2}}\s?\d{{3,4}}\s?\d{{2,3}}|\d{{4}}\s?[{_LETTER}]{{2}}\s?\d{{2,3}})(?!\w)"
)
_NAMED_PLATE: Final = re.compile(
    r"\b(?i:гос\.?\s?(?:номер\w*|знак\w*)|г/н|грз|номер\w*\s+(?:машин\w+|авто\w*))[\s:№]+"
    r"(?P<it>(?=\w{0,9}\d)\w{1,9}(?:\s?\d{2,3})?)(?!\w)"
)
_MONTH: Final = (
    r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,2}"
)
_DAY: Final = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}|\d{{4}})"
)
_OF_BIRTH: Final = r"(?:г\.?\s?р\b\.?|(?:г\.?\s?|год[а-я]{0,2}\s)?рожд[а-я]+)"
_BIRTH: Final = re.compile(
    rf"(?<!\w){_DAY}\s{{0,3}}{_OF_BIRTH}"
    rf"|\b(?:род(?:ил(?:ся|ась)|ив\w+)|(?:дат|год)\w*\s+рождения|д\.?\s?р\.|г\.?\s?р\.)"
    rf"[\s:–-]{{0,3}}{_DAY}(?!\d)"
    # a full date so old is of a life, but for those of laws
    rf"|(?<!от )(?<![\w.])\d{{1,2}}(?:[./-]\d{{1,2}}[./-]|\s{_MONTH}\s)19[2-9]\d(?!\d)",
    re.IGNORECASE,
)

EMAIL: Final = "email"
NUMBER: Final = "number"  # a telephone, a document: nine digits and more
ACCOUNT: Final = "account"
PLATE: Final = "plate"
BIRTH: Final = "birth"
ADDRESS: Final = "address"
NAME: Final = "name"
# The surer first: what two find is the first one's.
_FINDERS: Final = (
    (EMAIL, _EMAIL),
    (EMAIL, _SPOKEN_EMAIL),
    (BIRTH, _BIRTH),
    (ACCOUNT, _ACCOUNT),
    (ACCOUNT, _DOCUMENT),
    (ACCOUNT, _NAMED_DOCUMENT),
    (PLATE, _PLATE),
    (PLATE, _NAMED_PLATE),
    (NUMBER, _NUMBER),
    (NUMBER, _SHORT_PHONE),
    (NUMBER, _PHONE_GROUPS),
    (ADDRESS, _STREET),
    (ADDRESS, _SMALL_STREET),
    (ADDRESS, _SAID_STREET),
    (ADDRESS, _FLAT),
    (ADDRESS, _HOUSE_AND_FLAT),
    (NAME, _FULL_NAME),
    (NAME, _INITIALS),
    (NAME, _SMALL_NAME),
)
# After the names that are known: these take words beside them for a part of the name.
_GUESSES: Final = ((NAME, _SAID_NAME), (NAME, _SURNAME_FIRST), (NAME, _SURNAME_AFTER))


@dataclass(frozen=True)
class Mark:
    """A piece of a text that may tell of a person: where it stands and what it looks like."""

    start: int
    end: int
    kind: str


def marks(text: str, names: Iterable[str], said: Iterable[str] = ()) -> tuple[Mark, ...]:
    """Return what in `text` may tell of a person, in order, for a human to check.

    `names`: of the people known; `said`: what a human has found besides, names in any case and
    spelling; others are guessed by how names, addresses and accounts are written. A help, no
    guarantee, as above.
    """
    found: list[Mark] = []
    for mark in _guessed(text, names, said):
        if not any(mark.start < other.end and other.start < mark.end for other in found):
            found.append(mark)
    return tuple(sorted(found, key=lambda mark: mark.start))


def _guessed(text: str, names: Iterable[str], said: Iterable[str]) -> Iterator[Mark]:
    """Yield all that may be marked, the surer first."""
    besides = ((NAME, _said(word)) for word in said if word.strip())
    known = ((NAME, _name(word)) for word in _words_of(names))
    for kind, expression in (*besides, *_FINDERS, *known, *_GUESSES):
        group = "it" if "it" in expression.groupindex else 0
        yield from (Mark(*one.span(group), kind) for one in expression.finditer(text))
    yield from (Mark(*span, NAME) for span in first_names.spans(text))


def without(text: str, gone: Iterable[Mark]) -> str:
    """Return `text` with a mark in place of every piece of `gone`."""
    for mark in sorted(gone, key=lambda one: one.start, reverse=True):
        text = text[: mark.start] + MARK + text[mark.end :]
    return re.sub(rf"{re.escape(MARK)}(?:\s+{re.escape(MARK)})+", MARK, text)


def depersonalise(text: str, names: Iterable[str]) -> str:
    """`text` with `names` (any part of a name, in any case) and ways to reach people marked out."""
    clean = _without_names(_NUMBER.sub(MARK, _EMAIL.sub(MARK, text)), names)
    return re.sub(rf"{re.escape(MARK)}(?:\s+{re.escape(MARK)})+", MARK, clean)


def tells_of(text: str, names: Iterable[str], ways: Iterable[str]) -> bool:
    """Whether `text` names the person or one of the `ways` to reach them (telephone, e-mail)."""
    return _without_names(text, names) != text or any(_holds(text, way) for way in ways)


def _holds(text: str, way: str) -> bool:
    if "@" in way:
        return way.strip().casefold() in text.casefold()
    number = re.sub(r"\D", "", way)[-_PHONE:]
    return len(number) == _PHONE and number in re.sub(r"\D", "", text)


def _without_names(text: str, names: Iterable[str]) -> str:
    for word in _words_of(names):
        text = _name(word).sub(MARK, text)
    return text


def _words_of(names: Iterable[str]) -> list[str]:
    """Return the words of `names` that are looked for, the longest first."""
    words = {word for name in names for word in re.split(r"[\s.]+", name)}
    return sorted((word for word in words if len(word) >= _LEAST_NAME), key=lambda w: (-len(w), w))


def _stem(word: str) -> str:
    """The word without what a case of declension changes."""
    return word[:-2] if len(word) > 5 else word[:-1] if len(word) > _LEAST_NAME else word


def _said(words: str) -> re.Pattern[str]:
    """What a human typed: words in every case of declension, numbers as they are."""
    parts = [
        rf"{re.escape(_stem(word))}\w{{0,{_ENDING}}}" if word.isalpha() else re.escape(word)
        for word in words.split()
    ]
    spelt = re.sub("[её]", "[её]", r"\s+".join(parts), flags=re.IGNORECASE)
    return re.compile(rf"(?<!\w){spelt}(?!\w)", re.IGNORECASE)


def _name(word: str) -> re.Pattern[str]:
    """The word in every case: its stem and a short ending; only as a name is written."""
    stem = _stem(word)
    spelt = re.escape(stem[0].upper()) + re.escape(stem[1:])
    spelt = re.sub("[её]", "[её]", spelt)
    return re.compile(rf"\b(?:{spelt}|{re.escape(stem.upper())})\w{{0,{_ENDING}}}\b")
