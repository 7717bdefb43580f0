"""X1, X9: next year's calendar from the decree, a table or XML, equal to the shipped ones."""

import csv
from datetime import date
from pathlib import Path

import pytest
from gov_hotline.domain import calendar_year
from gov_hotline.domain.calendar_year import Wrong, decode, of_transfers, parse

SHIPPED = Path(__file__).parents[3] / "addons" / "gov_hotline" / "data" / "hotline.day.csv"
HEAD = "В целях рационального использования работниками выходных и нерабочих праздничных дней "
DECREES = {
    2024: HEAD + """перенести в 2024 году следующие выходные дни: с субботы 6 января на пятницу
        10 мая; с воскресенья 7 января на вторник 31 декабря; с субботы 27 апреля на понедельник
        29 апреля; с субботы 2 ноября на вторник 30 апреля; с субботы 28 декабря на понедельник
        30 декабря.""",
    2025: HEAD + """перенести в 2025 году следующие выходные дни: с субботы 4 января на пятницу
        2 мая; с воскресенья 5 января на среду 31 декабря; с воскресенья 23 февраля на четверг
        8 мая; с субботы 8 марта на пятницу 13 июня; с субботы 1 ноября на понедельник
        3 ноября.""",
    2026: HEAD + """перенести в 2026 году следующие выходные дни: с субботы 3 января на пятницу
        9 января; с воскресенья 4 января на четверг 31 декабря.""",
    2027: HEAD + """перенести в 2027 году следующие выходные дни: с субботы 2 января на пятницу
        5 ноября; с воскресенья 3 января на пятницу 31 декабря; с субботы 20 февраля на
        понедельник 22 февраля.""",
}  # fmt: skip


def shipped(year):
    with SHIPPED.open(encoding="utf-8") as rows:
        days = {
            date.fromisoformat(row["date"]): row["is_working"] == "True"
            for row in csv.DictReader(rows)
        }
    return {day: working for day, working in days.items() if day.year == year}


@pytest.mark.parametrize("year", DECREES)
def test_the_decree_gives_the_official_calendar(year):
    """X1: article 112 of the Labour Code with the year's transfers, day by day."""
    found = parse(DECREES[year])
    assert (found.year, found.problems) == (year, ())
    assert dict(found.days) == shipped(year)
    assert set(found.names) >= set(found.days)
    assert found.is_usual


def test_words_without_weekdays_and_in_one_line():
    text = "Перенести в 2026 году с 3 января на 9 января, с 4 января на 31 декабря"
    assert dict(parse(text).days) == shipped(2026)


def test_a_year_of_another_weekday_is_refused():
    """The text of last year under this year's number."""
    found = parse(DECREES[2026].replace("2026", "2027"))
    assert {one.code for one in found.problems} == {"other_weekday"}
    assert found.problems[0].value.startswith("с субботы 3 января на пятницу 9 января")


TABLE = """Дата;Рабочий день;Причина
09.01.2026;нет;Перенос с 03.01
2026-06-20;да;
11.01.2026;нет;и так воскресенье
"""


def test_a_table():
    """Dates in both ways of writing; what the week has anyway is left out."""
    found = parse(TABLE)
    assert dict(found.days) == {date(2026, 1, 9): False, date(2026, 6, 20): True}
    assert found.names[date(2026, 1, 9)] == "Перенос с 03.01"
    assert not found.is_usual  # the holidays of January are missing: somebody sees it


XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2026" lang="ru" country="ru"><holidays/><days>
<day d="01.09" t="1" f="01.03"/><day d="04.30" t="2"/><day d="06.20" t="3"/>
<day d="11.04" t="1" h="8"/>
</days></calendar>"""


def test_xml():
    assert dict(parse(XML).days) == {
        date(2026, 1, 9): False,
        date(2026, 6, 20): True,
        date(2026, 11, 4): False,
    }
    assert parse(XML).names[date(2026, 11, 4)] == "День народного единства"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["empty"]),
        ("  \ufeff \n", ["empty"]),
        ("Сведения о календаре", ["no_days"]),
        ("с субботы 3 января на пятницу 9 января", ["no_year"]),
        ("в 2026 году и в 2027 году с 3 января на 9 января", ["several_years"]),
        ("в 2026 году с 30 февраля на 9 января", ["bad_date"]),
        ("в 2026 году с 3 января на 9 января; с 3 января на 12 января", ["repeated"]),
        ("в 2026 году с 3 января на 9 января; с 4 января на 9 января", ["repeated"]),
        ("09.01.2026;может быть", ["bad_kind"]),
        ("09.01.2026;нет\n32.01.2026;нет", ["bad_date"]),
        ("09.01.2026;нет\n09.01.2026;да", ["repeated"]),
        ("09.01.2026;нет\n11.01.2027;нет", ["several_years"]),
        ("<calendar", ["bad_xml"]),
        ("<calendar><day d='01.01' t='1'/></calendar>", ["bad_xml"]),
        ("<calendar year='2026'><day d='13.41' t='1'/></calendar>", ["bad_xml"]),
        ("<calendar year='2026'/>", ["no_days"]),
    ],
)
def test_what_cannot_be_read(text, codes):
    """Nothing of it is taken: the administrator is told which line."""
    found = parse(text)
    assert [one.code for one in found.problems] == codes
    assert not found.days
    assert set(codes) <= set(calendar_year.PROBLEMS)


def test_the_words_in_question_are_told():
    assert parse("09.01.2026;может быть").problems == (Wrong("bad_kind", "09.01.2026;может быть"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_files_of_any_office(encoding):
    assert decode(TABLE.encode(encoding)) == TABLE


def test_without_transfers_holidays_of_may_and_june_move_by_themselves():
    """Labour Code, art. 112, part 2: 2027 has 1 and 9 May and 12 June on a weekend."""
    days = of_transfers(2027, {}).days
    moved = {day for day in days if (day.month, day.day) not in calendar_year.FIXED_HOLIDAYS}
    assert moved == {date(2027, 5, 3), date(2027, 5, 10), date(2027, 6, 14)}
