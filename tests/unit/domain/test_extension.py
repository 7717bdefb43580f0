"""Extension of the answer (EXT-30, REQ-EXT-15): a table of cases, and the midnight of the body."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from gov_hotline.domain import extension
from gov_hotline.domain.extension import Proposal, alert, check

DUE = date(2026, 12, 24)
NOON = datetime(2026, 12, 10, 9, 0)  # noqa: DTZ001 - naive UTC, as Odoo stores it
MOSCOW = "Europe/Moscow"
GOOD = Proposal(days=30, longest=30, reason="Нужна экспертиза теплосети", due=DUE)


def codes(proposal: Proposal, moment: datetime = NOON, tz: str = MOSCOW) -> list[str]:
    return [problem.code for problem in check(proposal, moment, tz)]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"days": 1}, []),
        ({"days": 31}, ["extension_too_long"]),
        ({"days": 0}, ["extension_no_days"]),
        ({"days": -5}, ["extension_no_days"]),
        ({"earlier": 1}, ["extended_before"]),
        ({"earlier": 1, "days": 31, "reason": ""}, ["extended_before"]),
        ({"due": date(2026, 12, 9)}, ["extension_too_late"]),
        ({"due": date(2026, 12, 10)}, []),
        ({"reason": ""}, ["extension_no_reason"]),
        ({"reason": "   надо    "}, ["extension_no_reason"]),
        ({"has_right": False}, ["extension_no_right"]),
        ({"is_notified": False}, ["extension_no_notice"]),
        ({"ground": extension.REQUEST}, ["extension_no_request"]),
        ({"ground": extension.REQUEST, "requests": 1}, []),
        ({"signed_on": date(2026, 12, 10), "registered_on": date(2026, 11, 24)}, []),
        ({"signed_on": date(2026, 12, 11)}, ["extension_signed_on"]),
        (
            {"signed_on": date(2026, 11, 23), "registered_on": date(2026, 11, 24)},
            ["extension_signed_on"],
        ),
        ({"longest": 0}, ["extension_unknown"]),
        ({"due": None}, ["extension_unknown"]),
        ({"longest": 15, "days": 16, "is_request_8fz": True}, ["extension_too_long"]),
        ({"longest": 15, "days": 15, "is_request_8fz": True}, []),
    ],
)
def test_table_of_cases(change, wanted):
    """EXT-30: over 30, second, after the due date, no reason, no right, no notice, no request."""
    assert codes(replace(GOOD, **change)) == wanted


def test_everything_wrong_is_told_at_once():
    bad = replace(GOOD, days=31, reason="", has_right=False, is_notified=False)
    assert codes(bad) == [
        "extension_too_long",
        "extension_no_reason",
        "extension_no_right",
        "extension_no_notice",
    ]


def test_every_refusal_blocks_and_names_its_article():
    bad = replace(GOOD, days=31, reason="", has_right=False, is_notified=False)
    for problem in check(bad, NOON, MOSCOW):
        assert problem.blocks
        assert (problem.rule, problem.article) == ("EXT-30", "ч. 2 ст. 12 59-ФЗ")
        assert problem.way_out


@pytest.mark.parametrize(
    ("tz", "last", "late"),
    [
        # 23:59 and 00:01 of 24.12.2026 at the body, in UTC
        ("Europe/Kaliningrad", datetime(2026, 12, 24, 21, 59), datetime(2026, 12, 24, 22, 1)),  # noqa: DTZ001
        ("Asia/Vladivostok", datetime(2026, 12, 24, 13, 59), datetime(2026, 12, 24, 14, 1)),  # noqa: DTZ001
        ("Europe/Moscow", datetime(2026, 12, 24, 20, 59), datetime(2026, 12, 24, 21, 1)),  # noqa: DTZ001
    ],
)
def test_the_last_minute_is_the_bodys(tz, last, late):
    """EXT-30: 23:59 of the body's time is in time, 00:01 is not; Kaliningrad and Vladivostok."""
    assert codes(GOOD, last, tz) == []
    assert codes(GOOD, late, tz) == ["extension_too_late"]


def test_a_request_for_information_is_postponed_within_seven_days():
    """REQ-POST-7: after the seventh day no notice of postponement is possible."""
    asked = replace(GOOD, longest=15, days=15, is_request_8fz=True)
    assert codes(replace(asked, notify_by=date(2026, 12, 10))) == []
    late = check(replace(asked, notify_by=date(2026, 12, 9)), NOON, MOSCOW)
    assert [(problem.code, problem.rule) for problem in late] == [
        ("postponement_too_late", "REQ-POST-7")
    ]


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 12, 18), extension.NOTHING),  # four working days left
        (date(2026, 12, 21), extension.SOON),
        (date(2026, 12, 23), extension.SOON),
        (date(2026, 12, 24), extension.LAST_DAY),
        (date(2026, 12, 25), extension.TOO_LATE),
    ],
)
def test_alert(official, today, wanted):
    """Practice 14: told three working days before, red on the last day, nothing afterwards."""
    assert alert(DUE, today, official) == wanted
