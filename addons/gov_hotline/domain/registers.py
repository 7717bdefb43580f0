"""A register of accounts: a row understood, and what it changes.

A row is an account with its holder, its flat and its meters. It is loaded, passed over with a
reason, or loaded with a remark (what could not be understood is left out). Several rows of one
account at one address are one account: each adds its services, its meters, the holder of its share.
What a source has delivered is remembered by the digest of the account: the same again changes
nothing, so what people have mended by hand stands until the company itself sends another thing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Final

from . import addresses, persons, phones

NUMBER_LENGTH: Final = 64
_AROUND: Final = "'№ "  # what may stand around a number
HOLDERS: Final = "; "  # between the holders of one account
_LATER: Final = ("more_meters", "co_holders")  # rows without them keep the digest they had
NAME_LENGTH: Final = 160
LATEST_YEAR: Final = 2100

_DATE: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_SPOILT: Final = re.compile(r"\d[.,]?\d*[eEеЕ]\+\d+")  # 4,41001E+12: the spreadsheet ate digits
_FORMULA: Final = ("=", "+", "@")  # a name that a spreadsheet would run
_LIST: Final = re.compile(r"[;,/]")
_SEVERAL: Final = re.compile(r"[;,]")


@dataclass(frozen=True)
class Remark:
    """Why a row is passed over (`is_bad`) or what of it is left out; `code` is a key of words."""

    code: str
    value: str = ""
    is_bad: bool = True


@dataclass(frozen=True)
class Account:
    """A row understood. `steps`: (code of the kind, own name) from the street down to the flat.

    `locality` is folded (small letters, «ё» as «е») and without «г.»; days are ISO, "" for none.
    """

    key: str
    number: str
    holder: str = ""
    phone: str = ""
    locality: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    postal_code: str = ""
    services: tuple[str, ...] = ()
    opened_on: str = ""
    closed_on: str = ""
    meter: str = ""
    meter_service: str = ""
    more_meters: tuple[tuple[str, str], ...] = ()
    co_holders: tuple[str, ...] = ()

    @property
    def meters(self) -> tuple[tuple[str, str], ...]:
        """(number, service) of each meter."""
        return (*(((self.meter, self.meter_service),) if self.meter else ()), *self.more_meters)

    @property
    def holders(self) -> str:
        """Everybody who holds a share, in one line; the card is the first one's."""
        return HOLDERS.join(filter(None, (self.holder, *self.co_holders)))

    @property
    def digest(self) -> str:
        """What the same row has again, however its cells were spaced or ordered."""
        facts = {name: told for name, told in self.__dict__.items() if told or name not in _LATER}
        told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def joined(self, other: Account) -> Account:
        """This account with what another row of it adds; the same where it adds nothing.

        Closed only where every row says so.
        """
        known = {persons.search_key(name) for name in (self.holder, *self.co_holders)}
        is_new = bool(self.holder) and persons.search_key(other.holder) not in {*known, ""}
        days = (self.closed_on, other.closed_on)
        meters = [one for one in other.meters if one not in self.meters]
        return replace(
            self,
            holder=self.holder or other.holder,
            co_holders=(*self.co_holders, other.holder) if is_new else self.co_holders,
            phone=self.phone or other.phone,
            services=tuple(sorted({*self.services, *other.services})),
            more_meters=(*self.more_meters, *meters),
            closed_on=max(days) if all(days) else "",
        )

    def taken(self, services: Container[str]) -> tuple[Account, tuple[Remark, ...]]:
        """Return the account without services and meters of none of `services`, and what was left.

        `services`: folded names. What was left out is in no digest: once the service is known the
        same row changes its account.
        """
        known = tuple(name for name in self.services if addresses.fold(name) in services)
        meters = [one for one in self.meters if addresses.fold(one[1]) in services]
        left = [
            Remark("service", name, is_bad=False) for name in self.services if name not in known
        ]
        left += [Remark("meter", one[0], is_bad=False) for one in self.meters if one not in meters]
        if not left:
            return self, ()
        (meter, service), *more = meters or [("", "")]
        taken = replace(
            self,
            services=known,
            meter=meter,
            meter_service=service,
            more_meters=tuple(more),
        )
        return taken, tuple(left)

    def is_of(self, other: Account) -> bool:
        """Whether two rows of one key are of one account: the same number, the same address."""
        mine, theirs = ((one.number, one.locality, one.steps) for one in (self, other))
        return mine == theirs


@dataclass
class Reader:
    """Reads rows by one mapping: `columns` are the fields of the file's columns, "" for unread.

    `width`: how many cells each row must have; 0 for spreadsheets, which leave out empty last ones.
    """

    columns: Sequence[str]
    width: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def account(self, cells: Sequence[str]) -> tuple[Account | None, tuple[Remark, ...]]:
        """Return the account of a row, None where the row is bad, and what is to be told of it."""
        self.remarks = []
        values = {name: cell for name, cell in zip(self.columns, cells, strict=False) if name}
        if self._is_shifted(cells):
            return None, tuple(self.remarks)
        account = self._account(values)
        is_bad = any(remark.is_bad for remark in self.remarks)
        return (None if is_bad else account), tuple(self.remarks)

    def key(self, cells: Sequence[str]) -> str:
        """Return the key of a row as `account` gives it, of a bad row too; "" where none is."""
        places = {name: place for place, name in enumerate(self.columns) if name}
        key, number = (
            cells[places[name]] if places.get(name, len(cells)) < len(cells) else ""
            for name in ("key", "number")
        )
        return key or number.strip(_AROUND)

    def _is_shifted(self, cells: Sequence[str]) -> bool:
        """A row with a cell too many or too few is shifted: whose name it is nobody knows."""
        width = self.width or len(self.columns)
        if any(cells[width:]) or len(cells) < self.width:
            self._bad("columns", f"{len(cells)} ≠ {width}")
        return bool(self.remarks)

    def _account(self, values: Mapping[str, str]) -> Account:
        number = self._number(values.get("number", ""))
        locality, steps = self._place(values)
        (meter, service), *more = _meters(values) or [("", "")]
        holder, *co_holders = self._holders(values) or [""]
        return Account(
            key=values.get("key") or number,
            number=number,
            holder=holder,
            co_holders=tuple(co_holders),
            phone=self._phone(values.get("phone", "")),
            locality=locality,
            steps=steps,
            postal_code=self._postal_code(values.get("postal_code", "")),
            services=_listed(values.get("services", "")),
            opened_on=self._day("opened_on", values),
            closed_on=self._day("closed_on", values),
            meter=meter,
            meter_service=service,
            more_meters=tuple(more),
        )

    def _number(self, text: str) -> str:
        number = text.strip(_AROUND)
        if not number:
            self._bad("no_number")
        elif _SPOILT.fullmatch(number):
            self._bad("spoilt_number", number)
        elif len(number) > NUMBER_LENGTH:
            self._bad("long_number", number[:NUMBER_LENGTH])
        return number

    def _holders(self, values: Mapping[str, str]) -> list[str]:
        """The names of a row: «Иванова Мария; Иванов Пётр» are two."""
        parts = (values.get(name, "") for name in ("surname", "given_name", "patronymic"))
        text = values.get("holder") or " ".join(filter(None, parts))
        names = [persons.tidy(name) for name in text.split(";") if name.strip()]
        if text and (text.startswith(_FORMULA) or not any(map(str.isalpha, text))):
            self._bad("no_name", text[:NAME_LENGTH])
        if any(len(name) > NAME_LENGTH for name in names):
            self._bad("long_name", text[:NAME_LENGTH])
        return names

    def _phone(self, text: str) -> str:
        """The first of several that is one; what is no number is left out."""
        parts = [part for part in re.split(r"[;,]", text) if part.strip()]
        found = next(filter(None, map(phones.key, parts)), "")
        if parts and not found:
            self._left_out("phone", text)
        return found or ""

    def _postal_code(self, text: str) -> str:
        if text and not re.fullmatch(r"\d{6}", text):
            self._left_out("postal_code", text)
            return ""
        return text

    def _day(self, name: str, values: Mapping[str, str]) -> str:
        text = values.get(name, "")
        day = read_day(text)
        if text and not day:
            self._bad("day", text)
        return day.isoformat() if day else ""

    def _place(self, values: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The settlement and the steps of the address: of columns, of a line, or of both."""
        line = values.get("address", "")
        told = addresses.parse(line) if line else _NOWHERE
        street = _street(values.get("street", "")) or _street_name(told)
        house = _house(values) or told.house
        flat = _told(_own(values.get("flat", ""), "flat")) or _flat_name(told)
        if not (line or street or house):
            self._bad("no_address")
        elif not any(map(str.isdigit, house)):
            self._bad("no_house", house or line or street)
        steps = (("street", street), ("house", house), ("flat", flat))
        locality = _locality(values.get("locality", "")) or addresses.fold(told.settlement)
        return locality, tuple(step for step in steps if step[1])

    def _bad(self, code: str, value: str = "") -> None:
        self.remarks.append(Remark(code, value))

    def _left_out(self, code: str, value: str) -> None:
        self.remarks.append(Remark(code, value, is_bad=False))


_OWN: Final = {
    "house": re.compile(r"^(?:дом|д)\b\.?\s*", re.IGNORECASE),
    "flat": re.compile(r"^(?:квартира|кв)\b\.?\s*", re.IGNORECASE),
    "locality": re.compile(
        r"^(?:город|гор|г|поселок|посёлок|пос|пгт|рп|п|село|с|деревня|дер|станица|ст-ца|хутор|х)"
        r"(?:\.\s*|\s+)",
        re.IGNORECASE,
    ),
}


_NOWHERE: Final = addresses.Address()


def _own(text: str, kind: str) -> str:
    """The own part of a name: «кв.3» is «3», «г. Озёрск» is «Озёрск»."""
    return _OWN[kind].sub("", text).strip(" ,.")


def _told(text: str) -> str:
    """What stands in a cell; a dash and «нет» say that there is none."""
    return "" if addresses.fold(text).strip("-–— ") in ("", "нет") else text


def _house(values: Mapping[str, str]) -> str:
    """«15» and «2» of the column of blocks are «15 корп. 2»; «лит. А» is told as it is."""
    house, block = _own(values.get("house", ""), "house").lower(), _told(values.get("building", ""))
    return " ".join(filter(None, (house, f"корп. {block}" if block.isdecimal() else block)))


@lru_cache(maxsize=4096)
def _locality(text: str) -> str:
    return addresses.fold(_own(text, "locality"))


@lru_cache(maxsize=4096)
def _street(text: str) -> str:
    """«Ленина ул.» is «Ленина», «Мира проспект» is «пр-кт Мира»."""
    return _street_name(addresses.parse(f"{text}, д. 1")) if text else ""


def _street_name(told: addresses.Address) -> str:
    usual = told.street_type in ("", "ул.")
    return told.street if usual else f"{told.street_type} {told.street}"


def _flat_name(told: addresses.Address) -> str:
    usual = told.flat_type in ("", "кв.")
    flat = _told(told.flat)
    return flat if usual or not flat else f"{told.flat_type} {flat}"


def _meters(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """(number, service) of the meters of a row: «11; 12» with «ХВС; ГВС», or of one service."""
    serials, services = (
        [part.strip() for part in _SEVERAL.split(values.get(name, "")) if part.strip()]
        for name in ("meter", "meter_service")
    )
    if len(services) != len(serials):
        services = [" ".join(services)] * len(serials)
    return [
        (serial[:NUMBER_LENGTH], service[:NAME_LENGTH])
        for serial, service in zip(serials, services, strict=True)
    ]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in _LIST.split(text) if part.strip()}))


def read_day(text: str) -> date | None:
    """Read «22.11.2026», «22/11/2026» or «2026-11-22»; None where it is no day."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    day, month, year, *iso = found.groups()
    try:
        one = date(*map(int, iso)) if iso[0] else date(int(year), int(month), int(day))
    except ValueError:
        return None
    return one if one.year < LATEST_YEAR else None


CREATE, CHANGE, SAME, MORE, BAD = "create", "change", "same", "more", "bad"


@dataclass(frozen=True)
class Known:
    """What a source has delivered under a key before."""

    digest: str
    is_gone: bool = False


def verdict(account: Account, known: Known | None) -> str:
    """Return what a row does: create, change or same."""
    if known is None:
        return CREATE
    return SAME if known.digest == account.digest and not known.is_gone else CHANGE


def is_other_person(before: str, now: str) -> bool:
    """Whether the account has passed to another person; a slip of the pen or a marriage has not.

    The same given name and patronymic with another surname is a marriage, not a stranger.
    """
    old, new = persons.split_name(before), persons.split_name(now)
    if not persons.differ(old, new):
        return bool(before) != bool(now)
    kept = (old.given, old.patronymic) == (new.given, new.patronymic)
    return not (kept and old.patronymic)


def asks(gone: int, standing: int, percent: int, unknown: int = 0) -> bool:
    """Whether so many accounts are gone that a person has to say that it is true.

    `standing`: those the source had open before; `percent` of them may go unasked. `unknown`: bad
    rows that may be any of the accounts that are missed: then it is always asked.
    """
    return gone > 0 and (unknown > 0 or gone * 100 > standing * percent)
