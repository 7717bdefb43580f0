"""The production calendar of one year, read from what an administrator has at hand.

Three forms: the Government's decree as text («перенести … с субботы 3 января на пятницу 9 января»),
a table (date; working day or day off; reason), the XML of open production calendars
(`<calendar year="2027"><day d="01.09" t="1"/>`). The result holds exceptions to the Monday-Friday
week alone, as `WorkCalendar` wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from xml.etree import ElementTree

from .calendars import FIXED_HOLIDAYS, WorkCalendar
from .russian import MONTHS

# Codes of what is wrong with a text.
EMPTY: Final = "empty"
NO_YEAR: Final = "no_year"
SEVERAL_YEARS: Final = "several_years"
NO_DAYS: Final = "no_days"
BAD_DATE: Final = "bad_date"
BAD_KIND: Final = "bad_kind"
OTHER_WEEKDAY: Final = "other_weekday"
REPEATED: Final = "repeated"
BAD_XML: Final = "bad_xml"
PROBLEMS: Final = (
    EMPTY, NO_YEAR, SEVERAL_YEARS, NO_DAYS, BAD_DATE, BAD_KIND, OTHER_WEEKDAY, REPEATED, BAD_XML,
)  # fmt: skip
# Working days of a five-day week in years past: 245 to 250.
USUAL: Final = range(243, 254)

_NAMES: Final = {
    (2, 23): "День защитника Отечества",
    (3, 8): "Международный женский день",
    (5, 1): "Праздник Весны и Труда",
    (5, 9): "День Победы",
    (6, 12): "День России",
    (11, 4): "День народного единства",
}
_WEEKDAYS: Final = ("понедел", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресен")
_DAY: Final = rf"(?:([а-я]+)\s+)?(\d{{1,2}})\s+({'|'.join(MONTHS)})"
_TRANSFER: Final = re.compile(rf"\bсо?\s+{_DAY}\s+на\s+{_DAY}", re.IGNORECASE)
_YEAR: Final = re.compile(r"\bв\s+(20\d\d)\s+году", re.IGNORECASE)
_WORKING: Final = frozenset({"1", "да", "true", "рабочий", "рабочий день", "+"})
_OFF: Final = frozenset({"0", "нет", "false", "выходной", "нерабочий", "праздник", "-", ""})


@dataclass(frozen=True)
class Wrong:
    """What cannot be read: a code of PROBLEMS and the words in question."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Year:
    """The exceptions of `year`: True is a working day; what they are called; what is wrong."""

    year: int = 0
    days: Mapping[date, bool] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    problems: tuple[Wrong, ...] = ()

    @property
    def working_days(self) -> int:
        """How many days of the year are worked."""
        calendar = WorkCalendar(self.days)
        return calendar.working_days_between(date(self.year - 1, 12, 31), date(self.year, 12, 31))

    @property
    def is_usual(self) -> bool:
        """Whether a year has about so many working days: a half-read text does not."""
        return self.working_days in USUAL


def parse(text: str) -> Year:
    """Read `text` in whichever of the three forms it is; never raises."""
    text = text.strip().lstrip("\ufeff")
    if not text:
        return _failed(EMPTY)
    if text.startswith("<"):
        return _parse_xml(text)
    if _TRANSFER.search(text):
        return _parse_decree(text)
    return _parse_table(text)


def decode(content: bytes) -> str:
    """A file as text: UTF-8, UTF-16 with its mark, else Windows-1251."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def of_transfers(year: int, transfers: Mapping[date, date]) -> Year:
    """The year by article 112 of the Labour Code and the Government's `transfers`, from → to.

    A holiday on a weekend moves to the next working day, those of 1 to 8 January excepted, unless
    the Government has moved it elsewhere. A Saturday that is no holiday and is moved is worked.
    """
    days: dict[date, bool] = {}
    names: dict[date, str] = {}
    holidays = sorted(date(year, month, day) for month, day in FIXED_HOLIDAYS)
    for day in holidays:
        if day.weekday() < 5:
            days[day], names[day] = False, _name(day)
    for source, target in sorted(transfers.items()):
        if target.year == year:
            days[target] = False
            names[target] = f"Выходной, перенос с {source:%d.%m.%Y}"
        if source not in holidays and source.year == year:
            days[source] = True
            names[source] = f"Рабочий день, выходной перенесён на {target:%d.%m.%Y}"
    for day in holidays:
        if day.weekday() >= 5 and (day.month, day.day) > (1, 8) and day not in transfers:
            target = _next_free(day, days)
            days[target] = False
            names[target] = f"Выходной, перенос с {day:%d.%m.%Y}"
    return Year(year, dict(sorted(days.items())), names)


def _name(day: date) -> str:
    return _NAMES.get((day.month, day.day), "Новогодние каникулы")


def _next_free(day: date, days: Mapping[date, bool]) -> date:
    while day.weekday() >= 5 or days.get(day) is False:
        day += timedelta(days=1)
    return day


def _failed(code: str, value: str = "") -> Year:
    return Year(problems=(Wrong(code, value),))


# The decree


def _parse_decree(text: str) -> Year:
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return _failed(SEVERAL_YEARS if years else NO_YEAR, ", ".join(sorted(years)))
    year = int(years.pop())
    transfers: dict[date, date] = {}
    wrong: list[Wrong] = []
    for found in _TRANSFER.finditer(text):
        words = " ".join(found.group().split())
        source, target = _named(year, *found.groups()[:3]), _named(year, *found.groups()[3:])
        if isinstance(source, str) or isinstance(target, str):
            code = BAD_DATE if BAD_DATE in (source, target) else OTHER_WEEKDAY
            wrong.append(Wrong(code, words))
        elif source in transfers or target in transfers.values():
            wrong.append(Wrong(REPEATED, words))
        else:
            transfers[source] = target
    return Year(problems=tuple(wrong)) if wrong else of_transfers(year, transfers)


def _named(year: int, weekday: str | None, day: str, month: str) -> date | str:
    """The date, or the code of what is wrong with it: a weekday that is not its own tells of it."""
    try:
        found = date(year, MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return BAD_DATE
    if weekday and not weekday.lower().startswith(_WEEKDAYS[found.weekday()]):
        return OTHER_WEEKDAY
    return found


# The table


def _parse_table(text: str) -> Year:
    days: dict[date, bool] = {}
    names: dict[date, str] = {}
    wrong: list[Wrong] = []
    for number, row in enumerate(text.splitlines()):
        cells = [cell.strip().strip('"') for cell in re.split(r"[;\t]|,(?! )", row, maxsplit=2)]
        day = _dated(cells[0])
        kind = (cells[1] if len(cells) > 1 else "").lower()
        if day is None:
            if number and row.strip():  # the first row may be a heading
                wrong.append(Wrong(BAD_DATE, row.strip()))
        elif kind not in _WORKING | _OFF:
            wrong.append(Wrong(BAD_KIND, row.strip()))
        elif day in days:
            wrong.append(Wrong(REPEATED, row.strip()))
        else:
            days[day] = kind in _WORKING
            names[day] = (cells[2] if len(cells) > 2 else "") or _usual_name(day, days[day])
    return _checked(days, names, wrong)


def _dated(text: str) -> date | None:
    """A date as 09.01.2026 or 2026-01-09; None for anything else."""
    parts = text.split(".")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text)
    except ValueError:
        return None


def _usual_name(day: date, is_working: bool) -> str:
    if is_working:
        return "Рабочий день"
    return _name(day) if (day.month, day.day) in FIXED_HOLIDAYS else "Выходной"


def _checked(days: dict[date, bool], names: dict[date, str], wrong: list[Wrong]) -> Year:
    years = {day.year for day in days}
    if not wrong and len(years) != 1:
        code = SEVERAL_YEARS if years else NO_DAYS
        wrong = [Wrong(code, ", ".join(map(str, sorted(years))))]
    if wrong:
        return Year(problems=tuple(wrong))
    kept = {day: off for day, off in sorted(days.items()) if off != (day.weekday() < 5)}
    return Year(years.pop(), kept, {day: names[day] for day in kept})


# XML


def _parse_xml(text: str) -> Year:
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 — an administrator's file, no entities
        year = int(root.get("year", ""))
        rows = list(_xml_days(root, year))
    except (ElementTree.ParseError, ValueError) as error:
        return _failed(BAD_XML, str(error))
    return _checked(dict(rows), {day: _usual_name(day, off) for day, off in rows}, [])


def _xml_days(root: ElementTree.Element, year: int) -> Iterator[tuple[date, bool]]:
    """Type 1 is a day off, 2 and 3 are worked; a shortened ordinary day is no exception."""
    for node in root.iter("day"):
        month, day = node.get("d", "").split(".")
        yield date(year, int(month), int(day)), node.get("t") != "1"
