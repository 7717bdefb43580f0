"""The closest rule for each purpose: topic, kind, body, edition; what was stated; whose law."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from gov_hotline.domain.term_choice import Case, Rule, choose, law_day
from hypothesis import given
from hypothesis import strategies as st

HOUSING, HEATING, RADIATOR, ROADS = 5, 51, 511, 7
CASE = Case("message", "message", body=1, on=date(2026, 11, 24), topics=(HOUSING, HEATING))
BASE = Rule(1, "BASE", "answer", "registered", "message")


def rule(key, **values):
    return replace(BASE, key=key, code=values.pop("code", f"T{key}"), **values)


def chosen(*rules, case=CASE, trigger="registered", stated=""):
    return [item.key for item in choose(rules, case, trigger, stated)]


@pytest.mark.parametrize(
    "closer",
    [
        {"topic": HOUSING},
        {"kind": "message"},
        {"body": 1},
        {"ground": "published"},
        {"valid_from": date(2026, 1, 1)},
        {"sequence": 5},
    ],
)
def test_the_closer_rule_stands_alone(closer):
    case = replace(CASE, grounds=frozenset({"published"}))
    assert chosen(BASE, rule(2, **closer), case=case) == [2]
    assert chosen(rule(2, **closer), BASE, case=case) == [2]


@pytest.mark.parametrize(
    ("wins", "loses"),
    [
        ({"topic": HEATING}, {"topic": HOUSING, "kind": "message", "body": 1}),
        ({"topic": HOUSING}, {"kind": "message", "body": 1}),
        ({"kind": "message"}, {"body": 1, "valid_from": date(2026, 1, 1)}),
        ({"body": 1}, {"valid_from": date(2026, 1, 1)}),
        ({"ground": "published"}, {"topic": HEATING, "kind": "message", "body": 1}),
    ],
)
def test_topic_over_kind_over_body_over_edition(wins, loses):
    """Nearest ancestor topic > kind > own body > newer edition; a stated ground over all."""
    case = replace(CASE, grounds=frozenset({"published"}))
    assert chosen(rule(2, **loses), rule(3, **wins), case=case) == [3]


@pytest.mark.parametrize(
    "other",
    [
        {"topic": RADIATOR},  # below the case's own topic
        {"topic": ROADS},
        {"kind": "tech_support"},
        {"track": "appeal"},
        {"body": 2},
        {"ground": "published"},
        {"trigger": "received"},
        {"valid_from": date(2026, 11, 25)},
        {"valid_to": date(2026, 11, 23)},
    ],
)
def test_a_rule_of_another_case_is_left_out(other):
    assert chosen(rule(2, **other)) == []
    assert chosen(BASE, rule(2, **other)) == [1]


def test_validity_is_inclusive():
    day = CASE.on
    assert chosen(rule(2, valid_from=day, valid_to=day)) == [2]


def test_a_changed_law_is_a_new_edition():
    """C5: whoever was registered before keeps the old one, even if nobody ended it."""
    old = rule(2, code="MAIN", valid_from=date(2006, 11, 2))
    new = rule(3, code="MAIN", valid_from=date(2027, 1, 1))
    assert chosen(old, new) == [2]
    assert chosen(old, new, case=replace(CASE, on=date(2027, 1, 1))) == [3]


def test_purposes_do_not_compete():
    assert chosen(BASE, rule(2, purpose="forward"), rule(3, purpose="register")) == [1, 2, 3]


def test_terms_of_other_purpose_compete_by_their_code():
    """A body's own «other» terms run side by side; its own edition of one replaces that one."""
    one, two = rule(2, purpose="other"), rule(3, purpose="other")
    own = replace(one, key=4, body=1)
    assert chosen(one, two) == [2, 3]
    assert chosen(one, two, own) == [4, 3]


def test_what_was_stated_starts_its_own_terms_only():
    court = rule(2, purpose="return", ground="court_decision")
    published = rule(3, purpose="notify", ground="published")
    known = replace(CASE, grounds=frozenset({"published", "court_decision"}))
    assert chosen(BASE, court, published) == [1]
    assert chosen(BASE, court, published, stated="court_decision") == [2]
    assert chosen(BASE, court, published, case=known) == [1, 2, 3]
    assert chosen(BASE, court, published, case=known, stated="published") == [3]


def test_the_category_of_an_applicant_is_a_ground_known_at_registration():
    """The bill of 2025 (14 days) needs a row and a code, no new code path."""
    soldier = rule(2, ground="soldier")
    assert chosen(BASE, soldier, case=replace(CASE, grounds=frozenset({"soldier"}))) == [2]
    assert chosen(BASE, soldier) == [1]


@pytest.mark.parametrize(
    ("start", "registered", "day"),
    [
        (date(2026, 12, 30), date(2027, 1, 11), date(2026, 12, 30)),  # receipt
        (date(2026, 12, 30), date(2026, 12, 30), date(2026, 12, 30)),
        (date(2027, 1, 29), date(2026, 12, 30), date(2026, 12, 30)),  # extension, request
        (date(2027, 1, 29), None, date(2027, 1, 29)),
    ],
)
def test_a_case_keeps_the_law_of_its_registration(start, registered, day):
    """C5: a clock that starts under a new law still runs by the edition of the case."""
    assert law_day(start, registered) == day


RULES = st.builds(
    Rule,
    key=st.integers(1, 99),
    code=st.sampled_from(["A", "B", "C"]),
    purpose=st.sampled_from(["answer", "forward", "other"]),
    trigger=st.just("registered"),
    track=st.just("message"),
    kind=st.sampled_from(["", "message"]),
    ground=st.sampled_from(["", "published"]),
    topic=st.sampled_from([None, HOUSING, HEATING, ROADS]),
    body=st.sampled_from([None, 1, 2]),
    valid_from=st.sampled_from([None, date(2006, 11, 2), date(2027, 1, 1)]),
)


@given(st.lists(RULES, max_size=8, unique_by=lambda item: item.key), st.integers(0, 9))
def test_order_of_loading_decides_nothing_but_exact_ties(rules, seed):
    """One rule a purpose, whichever way the database returns the rows."""
    shuffled = Random(seed).sample(rules, len(rules))
    first, second = (choose(rows, CASE, "registered") for rows in (rules, shuffled))
    assert {replace(item, key=0) for item in first} == {replace(item, key=0) for item in second}
    fields = [item.code if item.purpose == "other" else item.purpose for item in first]
    assert len(fields) == len(set(fields))
