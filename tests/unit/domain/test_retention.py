"""Terms of storage and the act of destruction (B4, X5)."""

from datetime import date, timedelta

import pytest
from gov_hotline.domain import retention
from gov_hotline.domain.retention import Facts, Rule

FEDERAL = Rule(1, 5)


@pytest.mark.parametrize(
    ("closed", "years", "last"),
    [
        (date(2020, 1, 1), 5, date(2025, 12, 31)),
        (date(2020, 12, 31), 5, date(2025, 12, 31)),
        (date(2024, 2, 29), 1, date(2025, 12, 31)),
        (date(2020, 6, 1), 0, date(2020, 12, 31)),
    ],
)
def test_counted_from_the_year_after(closed, years, last):
    assert retention.kept_until(closed, years) == last
    assert not retention.is_over(closed, years, last)
    assert retention.is_over(closed, years, last + timedelta(days=1))


def test_never_before_the_term():
    """No day of closing gives a day of destruction earlier than so many whole years later."""
    day = date(2019, 12, 30)
    while day < date(2021, 1, 3):
        first = retention.kept_until(day, 5) + timedelta(days=1)
        assert first > day.replace(year=day.year + 5, day=min(day.day, 28))
        day += timedelta(days=1)


def test_closest_edition():
    rules = [
        FEDERAL,
        Rule(2, 10, kind="message"),
        Rule(3, 3, body=7),
        Rule(4, 7, valid_from=date(2024, 1, 1)),
        Rule(5, 1, valid_to=date(2019, 12, 30)),
    ]
    assert retention.choose(rules, "appeal_59", 1, 2020).key == 1
    assert retention.choose(rules, "message", 7, 2020).key == 2
    assert retention.choose(rules, "appeal_59", 7, 2020).key == 3
    assert retention.choose(rules, "appeal_59", 1, 2024).key == 4
    assert retention.choose(rules, "appeal_59", 1, 2019).key == 1
    assert retention.choose([], "appeal_59", 1, 2020) is None


@pytest.mark.parametrize("kind", retention.OTHERS)
def test_the_common_term_is_that_of_cases(kind):
    """Without a term of its own a call or a card is kept: the common one is not theirs."""
    assert retention.choose([FEDERAL], kind, 1, 2020) is None
    assert retention.choose([FEDERAL, Rule(2, 1, kind=kind)], kind, 1, 2020).key == 2


@pytest.mark.parametrize(
    ("kind", "years"), [("", 5), ("appeal_59", 5), ("reception", 3), ("call", 1), ("citizen", 1)]
)
def test_least_years(kind, years):
    assert retention.least_years(kind) == years


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("is_named", retention.NAMED),
        ("has_account", retention.HAS_ACCOUNT),
        ("has_open_account", retention.OPEN_ACCOUNT),
    ],
)
def test_what_keeps_a_card(fact, reason):
    """152-FZ: the card is kept while anything names the citizen, whatever its own term."""
    facts = Facts(is_closed=True, years=1, closed_on=date(2020, 1, 1), **{fact: True})
    assert retention.reasons_to_keep(facts, date(2030, 1, 1)) == (reason,)


def test_of_two_alike_the_longer():
    assert retention.choose([Rule(1, 5), Rule(2, 10)], "message", 1, 2020).key == 2


def test_reasons_to_keep():
    today = date(2026, 1, 1)
    free = Facts(is_closed=True, years=5, closed_on=date(2020, 5, 5))
    assert retention.reasons_to_keep(free, today) == ()
    assert retention.reasons_to_keep(free, date(2025, 12, 31)) == (retention.TERM_RUNS,)
    held = Facts(True, 5, date(2020, 5, 5), True, True, True, True)
    assert retention.reasons_to_keep(held, today) == (
        retention.ON_HOLD,
        retention.TASK_OPEN,
        retention.STOP_RESTS,
        retention.LINKED_OPEN,
    )
    assert retention.reasons_to_keep(Facts(False, 5, None), today) == (retention.NOT_CLOSED,)
    unknown = Facts(True, None, date(2020, 5, 5))
    assert retention.reasons_to_keep(unknown, today) == (retention.NO_TERM,)


def test_life_of_the_act():
    """Nothing starts unapproved, what runs is not taken back, the done is done."""
    allowed = {
        (act, state)
        for act in retention.STEPS
        for state in retention.STATES
        if retention.next_state(act, state)
    }
    assert ("start", "proposed") not in allowed
    assert ("start", "draft") not in allowed
    assert {act for act, state in allowed if state == "running"} == {"finish"}
    assert not {act for act, state in allowed if state in ("done", "cancelled")}
