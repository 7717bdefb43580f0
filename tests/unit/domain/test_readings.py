"""D8: one set of checks of readings for the operator, the portal and the voice menu."""

from datetime import date
from decimal import Decimal

import pytest
from gov_hotline.domain import readings
from gov_hotline.domain.readings import Meter, Reading, check

TODAY = date(2026, 11, 22)
# five units a month
USUAL = (
    Reading(Decimal(100), date(2026, 8, 24)),
    Reading(Decimal(105), date(2026, 9, 23)),
    Reading(Decimal(110), date(2026, 10, 23)),
)
METER = Meter(readings=USUAL)
NEW = Meter()
FULL = Meter(readings=(Reading(Decimal(99990), date(2026, 10, 23)),))
HALF = Meter(readings=(Reading(Decimal(30000), date(2026, 10, 23)),))
IDLE = Meter(readings=tuple(Reading(Decimal(7), one.on) for one in USUAL))

CASES = [
    # meter, value, day, reason, code, accepted
    (METER, "115", TODAY, "", "ok", True),
    (METER, "110", TODAY, "", "ok", True),
    (METER, "160", TODAY, "", "ok", True),  # just ten times
    (METER, "160.001", TODAY, "", "too_much", False),
    (METER, "160.001", TODAY, "confirmed", "too_much", True),
    (METER, "160.001", TODAY, "because", "too_much", False),
    (METER, "109.999", TODAY, "", "less", False),
    (METER, "109.999", TODAY, "confirmed", "less", False),
    (METER, "3", TODAY, "replaced", "less", True),
    (METER, "3", TODAY, "turned_over", "not_turned", False),
    (FULL, "12", TODAY, "", "less", False),
    (FULL, "12", TODAY, "turned_over", "less", True),
    (HALF, "12", TODAY, "turned_over", "not_turned", False),
    (HALF, "12", TODAY, "replaced", "less", True),
    (METER, "-1", TODAY, "replaced", "negative", False),
    (METER, "100000", TODAY, "confirmed", "too_long", False),
    (METER, "99999.999", TODAY, "confirmed", "too_much", True),
    (METER, "115", date(2026, 11, 23), "confirmed", "future", False),
    (METER, "115", date(2026, 10, 22), "confirmed", "before_last", False),
    (METER, "110", date(2026, 10, 23), "", "same", True),
    (METER, "111", date(2026, 10, 23), "", "ok", True),
    (NEW, "0", TODAY, "", "ok", True),
    (NEW, "99999", TODAY, "", "ok", True),
    (Meter(installed_on=TODAY), "5", date(2026, 11, 21), "", "before_meter", False),
    (Meter(installed_on=TODAY), "5", TODAY, "", "ok", True),
    (NEW, "7", date(2023, 11, 22), "", "ok", True),  # three years back to the day
    (NEW, "7", date(2023, 11, 21), "confirmed", "too_old", False),
    (NEW, "7", date(1, 1, 1), "replaced", "too_old", False),
    (Meter(account_open=False), "5", TODAY, "confirmed", "closed", False),
    (Meter(is_active=False), "5", TODAY, "confirmed", "meter_off", False),
    (IDLE, "17", TODAY, "", "ok", True),  # used nothing before: ten units ask nothing
    (IDLE, "18", TODAY, "", "too_much", False),
    (Meter(readings=USUAL[:1]), "90000", TODAY, "", "ok", True),  # nothing usual is known
]


@pytest.mark.parametrize(("meter", "value", "on", "reason", "code", "accepted"), CASES)
def test_check(meter, value, on, reason, code, accepted):
    """D8: less than before, ten times more, future days and the rest."""
    verdict = readings.check(meter, Decimal(value), on, TODAY, reason)
    assert (verdict.code, verdict.accepted) == (code, accepted)


def test_of_one_day_the_last_one_counts():
    """D8: what is handed in again on the same day is compared with what was told just before."""
    day = USUAL[-1].on
    values = (Decimal(350), Decimal(345))
    meter = Meter(readings=(*USUAL, *(Reading(value, TODAY) for value in values)))
    assert day < TODAY
    assert meter.last == Reading(Decimal(345), TODAY)
    assert check(meter, Decimal(344), TODAY, TODAY).code == "less"
    assert check(meter, Decimal(345), TODAY, TODAY).code == "same"
    assert check(meter, Decimal(347), TODAY, TODAY).used == Decimal(2)


def test_every_month_counts():
    """D8: half a year without readings is no leak."""
    late = date(2027, 4, 21)  # six months after the last one
    assert readings.check(METER, Decimal(400), late, late).code == "ok"
    assert readings.check(METER, Decimal(411), late, late).code == "too_much"


def test_used():
    """D8: how much was used, over the turn of the digits too."""
    used = readings.check(FULL, Decimal(12), TODAY, TODAY, "turned_over").used
    assert used == Decimal(22)
    assert readings.check(METER, Decimal(3), TODAY, TODAY, "replaced").used is None


def test_reasons_are_told():
    """D8: who is asked again hears what to answer with."""
    assert readings.check(METER, Decimal(3), TODAY, TODAY).reasons == ("turned_over", "replaced")
    assert readings.check(METER, Decimal(9999), TODAY, TODAY).reasons == readings.REASONS


@pytest.mark.parametrize(
    ("values", "usual"),
    [((), None), ((100,), None), ((100, 105, 110), 5), ((100, 105, 2, 7), 5), ((7, 7, 7), 0)],
)
def test_usual_month(values, usual):
    """D8: a replaced meter begins the count anew."""
    days = [date(2026, 8, 24), date(2026, 9, 23), date(2026, 10, 23), date(2026, 11, 22)]
    given = [Reading(Decimal(value), day) for value, day in zip(values, days, strict=False)]
    assert readings.usual_month(given) == usual


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", "12.5"),
        (" 1 204.3 ", "1204.3"),
        (17, "17"),
        (0.1, "0.1"),
        ("12.3456", "12.345"),
        ("-3", "-3"),
        ("", None),
        (None, None),
        ("двадцать", None),
        ("NaN", None),
        ("1e999999", None),
        ("1e3", None),
        ("١٢", None),
        ("1_000", None),
        ("0x1F", None),
        ("12.", "12"),
        ("12,5,0", None),
    ],
)
def test_parse(typed, value):
    """D8: numbers as people type them."""
    assert readings.parse(typed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("", TODAY),
        (None, TODAY),
        ("2026-11-20", date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 20)),
        ("2026-11-20 10:00:00", date(2026, 11, 20)),
        ("2026-13-40", None),
        ("0000-00-00", None),
        ("вчера", None),
    ],
)
def test_parse_day(told, day):
    """D8: what is no day is no reading of today."""
    assert readings.parse_day(told, TODAY) == day


def test_a_day_of_year_one_spoils_no_usual_month():
    """D8: a slip that was once accepted neither makes a year nor hides ten times too much."""
    slip = Reading(Decimal(7), date(1, 1, 1))
    assert readings.usual_month((slip, *USUAL)) == readings.usual_month(USUAL)
    spoilt = Meter(readings=(slip, *USUAL))
    for value in ("112", "411"):
        plain = readings.check(METER, Decimal(value), TODAY, TODAY)
        assert readings.check(spoilt, Decimal(value), TODAY, TODAY) == plain
    alone = Meter(readings=(slip, Reading(Decimal(100), date(2026, 10, 23))))
    assert readings.check(alone, Decimal(130), TODAY, TODAY).code == "ok"
