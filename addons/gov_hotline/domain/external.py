"""Appeals that live in another system of documents: rows understood, states told in our words.

What the other system writes is kept as it is beside our word for it: nothing here decides a case.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from . import addresses, lookup, persons
from .registers import Remark, read_day

CASE_FIELDS: Final = (
    *(
        "case_number",
        "filed_on",
        "registered_on",
        "applicant_name",
        "surname",
        "given_name",
        "patronymic",
    ),
    *("applicant_address", "case_state", "due_on", "outgoing_number", "outgoing_on"),
    *("forwarded_to", "kind_text", "topic_text", "key"),
)
DAYS: Final = ("filed_on", "registered_on", "due_on", "outgoing_on")
TEXT_LENGTH: Final = 500
KEY_LENGTH: Final = 128

# How the exports of document systems head their columns: small letters, ё as е, without marks.
_USUAL: Final = {
    "case_number": "номер;№;рег номер;рег №;регистрационный номер;номер обращения;№ обращения;"
    "входящий номер;вх номер;вх №;number;reg number;case number",
    "filed_on": "дата;дата обращения;дата поступления;дата подачи;поступило;filed on;date",
    "registered_on": "дата регистрации;рег дата;зарегистрировано;registered on;reg date",
    "applicant_name": "заявитель;фио;ф и о;фио заявителя;автор;автор обращения;гражданин;"
    "корреспондент;applicant;applicant name;фамилия имя отчество",
    "surname": "фамилия;surname",
    "given_name": "имя;given name",
    "patronymic": "отчество;patronymic",
    "applicant_address": "адрес;адрес заявителя;почтовый адрес;место жительства;address;"
    "applicant address",
    "case_state": "состояние;статус;этап;стадия;state;status;case state",
    "due_on": "срок;срок исполнения;срок рассмотрения;контрольный срок;срок ответа;due on;due",
    "outgoing_number": "исходящий номер;исходящий №;№ исходящего;исх номер;исх №;"
    "номер ответа;№ ответа;номер исходящего;"
    "outgoing number",
    "outgoing_on": "дата ответа;дата исходящего;исходящая дата;исх дата;дата исх;"
    "дата отправки;outgoing on",
    "forwarded_to": "направлено;куда направлено;переадресовано;адресат;кому направлено;"
    "куда переадресовано;направлено в;forwarded to",
    "kind_text": "вид;вид обращения;тип обращения;тип;kind;kind text",
    "topic_text": "тема;вопрос;тематика;краткое содержание;содержание;суть;topic;topic text",
    "key": "код;id;ид;guid;ключ;идентификатор;key;uid",
}
_BY_NAME: Final = {
    name: one for one, names in _USUAL.items() for name in re.sub(r"\s*;\s*", ";", names).split(";")
}
# The first that fits decides: «рассмотрение продлено» is extended, «подготовка ответа» is in work.
_STATES: Final = (
    ("in_work", r"\bне (?:рассмотрен|исполнен|закрыт|дан|завершен)"),
    ("extended", r"продл"),
    ("closed", r"закры|завершен|списан|архив|\bв дело\b|снят\w* с контроля|прекращ"),
    ("forwarded", r"перенаправ|переадрес|по компетенции|по принадлежности|по подведомственности"),
    ("in_work", r"подготов|проект|ожида|рассматрив|рассмотрени|исполнени|исполняет|\bработ"),
    ("in_work", r"назнач|поручен|у исполнителя|согласован"),
    ("answered", r"ответ|рассмотрен|разъяснен|исполнен|удовлетворен|поддержан"),
    ("registered", r"регистр"),
    ("accepted", r"принят|поступи|получен|\bнов"),
)
STATES: Final = (
    *("accepted", "registered", "in_work", "extended", "forwarded", "answered", "closed"),
    "unknown",
)


@dataclass(frozen=True)
class Case:
    """A row understood. Days are ISO, "" for none; `state` is a code of STATES."""

    key: str
    number: str
    filed_on: str = ""
    registered_on: str = ""
    applicant_name: str = ""
    applicant_address: str = ""
    state: str = "unknown"
    state_text: str = ""
    due_on: str = ""
    outgoing_number: str = ""
    outgoing_on: str = ""
    forwarded_to: str = ""
    kind_text: str = ""
    topic_text: str = ""

    @property
    def digest(self) -> str:
        """What the same row has again, however its cells were spaced or ordered."""
        # a day that came to be read later is none of rows that do not tell it
        cells = {name: told for name, told in vars(self).items() if told or name != "registered_on"}
        told = json.dumps(cells, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass
class Reader:
    """Reads rows by one mapping: `columns` are the fields of the file's columns, "" for unread.

    `width`: how many cells each row must have, 0 where empty last ones may be left out.
    """

    columns: Sequence[str]
    width: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def key(self, cells: Sequence[str]) -> str:
        """Return the key of a row, also where it is bad: then its appeal is not gone."""
        return key(dict(zip(self.columns, cells, strict=False)))

    def case(self, cells: Sequence[str]) -> tuple[Case | None, tuple[Remark, ...]]:
        """Return the case of a row, None where the row is bad, and what is to be told of it."""
        self.remarks = []
        width = self.width or len(self.columns)
        if any(cells[width:]) or len(cells) < self.width:
            self.remarks.append(Remark("columns", f"{len(cells)} ≠ {width}"))
            return None, tuple(self.remarks)
        values = {
            name: cell.strip() for name, cell in zip(self.columns, cells, strict=False) if name
        }
        case = self._case(values)
        is_bad = any(remark.is_bad for remark in self.remarks)
        return (None if is_bad else case), tuple(self.remarks)

    def _case(self, values: Mapping[str, str]) -> Case:
        number = values.get("case_number", "")[:KEY_LENGTH]
        if not lookup.number_key(number):
            self.remarks.append(Remark("no_case_number"))
        days = {name: self._day(name, values) for name in DAYS}
        texts = ("outgoing_number", "forwarded_to", "kind_text", "topic_text", "applicant_address")
        return Case(
            key=key(values),
            number=number,
            applicant_name=persons.tidy(_name(values))[:TEXT_LENGTH],
            state=state(values.get("case_state", "")),
            state_text=values.get("case_state", "")[:TEXT_LENGTH],
            **days,
            **{name: values.get(name, "")[:TEXT_LENGTH] for name in texts},
        )

    def _day(self, name: str, values: Mapping[str, str]) -> str:
        """A day that is none refuses the row where it tells the case, else it is left out."""
        text = values.get(name, "")
        day = read_day(text) or _day_of_moment(text)
        if text and not day:
            self.remarks.append(Remark("day", text, is_bad=name == _key_day(values)))
        return day.isoformat() if day else ""


def _day_of_moment(text: str) -> date | None:
    """«22.11.2026 09:45» is a day too."""
    return read_day(text.partition(" ")[0])


def _name(values: Mapping[str, str]) -> str:
    parts = (values.get(name, "") for name in ("surname", "given_name", "patronymic"))
    return values.get("applicant_name") or " ".join(filter(None, parts))


def key(values: Mapping[str, str]) -> str:
    """Return the key of a row: the system's own, else the number with the day it was filed.

    A document system begins its numbers anew each year. Where it tells the day of registration
    alone, that is the day.
    """
    names = ("key", "case_number", _key_day(values))
    own, *told = (values.get(name, "").strip() for name in names)
    told = " ".join(filter(None, told))
    return (own or told)[:KEY_LENGTH]


def _key_day(values: Mapping[str, str]) -> str:
    return "registered_on" if "filed_on" not in values else "filed_on"


def name_key(text: str | None) -> str:
    """Return a name as it is compared: small letters, «ё» as «е», words in the order of letters."""
    return " ".join(sorted(re.findall(r"[\w-]+", persons.search_key(text))))


def state(text: str | None) -> str:
    """Return our word for a state as the other system writes it; "unknown" where none fits."""
    told = addresses.fold(text)
    return next((code for code, sign in _STATES if re.search(sign, told)), "unknown")


def is_same_place(one: str | None, other: str | None) -> bool:
    """Whether two lines tell one flat: the same street, house and flat, and no other settlement."""
    first, second = addresses.parse(one or ""), addresses.parse(other or "")
    if not (first.street and first.house and _place(first) == _place(second)):
        return False
    towns = {addresses.fold(first.settlement), addresses.fold(second.settlement)} - {""}
    return len(towns) <= 1


def _place(address: addresses.Address) -> tuple[str, str, str]:
    return tuple(map(addresses.fold, (address.street, address.house, address.flat)))


def usual_field(name: str) -> str:
    """Return the field that a column of this name usually holds, or ""."""
    plain = re.sub(r"[\s._:/\\()\"«»-]+", " ", name.casefold().replace("ё", "е")).strip()
    return _BY_NAME.get(plain, "")


def mapping_problems(fields: Sequence[str]) -> tuple[str, ...]:
    """What the mapping lacks or has twice: codes no_case_number, no_filed_on, twice."""
    used = [one for one in fields if one]
    lacks = ["no_case_number"] if "case_number" not in used else []
    if not {"filed_on", "registered_on", "key"} & set(used):
        lacks.append("no_filed_on")
    if len(set(used)) < len(used):
        lacks.append("twice")
    return tuple(lacks)


def moment(as_of: datetime, now: datetime) -> str:
    """Return «09:45» of today, «21.11.2026 09:45» of another day. Both in the body's local time."""
    return f"{as_of:%H:%M}" if as_of.date() == now.date() else f"{as_of:%d.%m.%Y %H:%M}"


FIRST_PAUSE: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(hours=6)
AHEAD: Final = timedelta(minutes=5)  # clocks of two servers may differ so much


def pause(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: 5 minutes, 10, 20 … 6 hours."""
    if failures <= 0:
        return timedelta(0)
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 16))


def moment_problem(as_of: datetime, now: datetime, last: datetime | None = None) -> str:
    """What is wrong with the moment of some data: "future", "older" than what we have, or "".

    All are UTC and naive.
    """
    if as_of > now + AHEAD:
        return "future"
    return "older" if last and as_of < last else ""


def folder_name(case_key: str) -> str:
    """Return the name of the folder that holds the files of a case: no separators in it."""
    return re.sub(r"[\\/:*?\"<>|]", "_", case_key).strip(". ")
