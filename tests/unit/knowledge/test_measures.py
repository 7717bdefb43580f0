"""C6: measures of support by the answers of a citizen: conditions as data, the verdict, the why."""

import math

import pytest
from gov_hotline_kb.domain import measures
from gov_hotline_kb.domain.measures import (
    AT_LEAST,
    AT_MOST,
    CHOICE,
    FAILS,
    FITS,
    HOLDS,
    MAY_FIT,
    NO,
    NO_FIT,
    NONE_OF,
    NUMBER,
    ONE_OF,
    UNKNOWN,
    YES,
    YES_NO,
    Condition,
    Measure,
    Question,
)
from hypothesis import given
from hypothesis import strategies as some

PREGNANT, CHILDREN, INCOME, DISABILITY = 1, 2, 3, 4
LOW, MIDDLE, HIGH = 31, 32, 33
FIRST, SECOND = 41, 42
QUESTIONS = (
    Question(PREGNANT, YES_NO),
    Question(CHILDREN, NUMBER),
    Question(INCOME, CHOICE, frozenset({LOW, MIDDLE, HIGH})),
    Question(DISABILITY, CHOICE, frozenset({FIRST, SECOND})),
)


def condition(question, test, key=1, way=0, number=0, options=()):
    return Condition(key, question, test, number, frozenset(options), way)


@pytest.mark.parametrize(
    ("told", "answers", "worth"),
    [
        (condition(PREGNANT, YES), {PREGNANT: True}, HOLDS),
        (condition(PREGNANT, YES), {PREGNANT: False}, FAILS),
        (condition(PREGNANT, YES), {}, UNKNOWN),
        (condition(PREGNANT, NO), {PREGNANT: False}, HOLDS),
        (condition(PREGNANT, NO), {PREGNANT: True}, FAILS),
        (condition(CHILDREN, AT_LEAST, number=3), {CHILDREN: 3.0}, HOLDS),
        (condition(CHILDREN, AT_LEAST, number=3), {CHILDREN: 2.0}, FAILS),
        (condition(CHILDREN, AT_LEAST, number=3), {}, UNKNOWN),
        (condition(CHILDREN, AT_MOST, number=0), {CHILDREN: 0.0}, HOLDS),
        (condition(CHILDREN, AT_MOST, number=0), {CHILDREN: 0.5}, FAILS),
        (condition(INCOME, ONE_OF, options=[LOW]), {INCOME: frozenset({LOW})}, HOLDS),
        (condition(INCOME, ONE_OF, options=[LOW]), {INCOME: frozenset({HIGH})}, FAILS),
        (condition(INCOME, ONE_OF, options=[LOW, MIDDLE]), {INCOME: frozenset({MIDDLE})}, HOLDS),
        (condition(INCOME, ONE_OF, options=[]), {INCOME: frozenset({LOW})}, FAILS),
        (condition(INCOME, NONE_OF, options=[HIGH]), {INCOME: frozenset({LOW})}, HOLDS),
        (condition(INCOME, NONE_OF, options=[HIGH]), {INCOME: frozenset({HIGH, LOW})}, FAILS),
        # a question whose kind was changed after the condition was written
        (condition(PREGNANT, YES), {PREGNANT: 1.0}, UNKNOWN),
        (condition(CHILDREN, AT_LEAST), {CHILDREN: True}, UNKNOWN),
        (condition(CHILDREN, AT_LEAST), {CHILDREN: frozenset({LOW})}, UNKNOWN),
        (condition(INCOME, ONE_OF, options=[LOW]), {INCOME: 31.0}, UNKNOWN),
    ],
)
def test_one_condition(told, answers, worth):
    assert measures.test(told, answers) == worth


@pytest.mark.parametrize(
    ("value", "question", "answer"),
    [
        (True, PREGNANT, True),
        (False, PREGNANT, False),
        ("true", PREGNANT, None),
        (1, PREGNANT, None),
        (3, CHILDREN, 3.0),
        (0, CHILDREN, 0.0),
        (-1, CHILDREN, None),
        (True, CHILDREN, None),
        ("3", CHILDREN, None),
        (math.nan, CHILDREN, None),
        (math.inf, CHILDREN, None),
        (10**12, CHILDREN, None),
        ([LOW], INCOME, frozenset({LOW})),
        (LOW, INCOME, frozenset({LOW})),
        ([LOW, 999], INCOME, frozenset({LOW})),
        ([999], INCOME, None),
        ([], INCOME, None),
        ([True], INCOME, None),
        ([[LOW]], INCOME, None),
        ({"a": 1}, INCOME, None),
        (None, INCOME, None),
    ],
)
def test_what_a_browser_sends_is_an_answer_or_nothing(value, question, answer):
    found = measures.clean(QUESTIONS, {str(question): value})
    assert found == ({} if answer is None else {question: answer})


def test_answers_to_no_question_are_left_out():
    assert measures.clean(QUESTIONS, {"99": True, "__class__": 1, 5: 5}) == {}


BY_TWO_WAYS = Measure(
    7,
    (
        condition(INCOME, ONE_OF, key=1, options=[LOW]),
        condition(CHILDREN, AT_LEAST, key=2, way=1, number=1),
        condition(PREGNANT, YES, key=3, way=2),
    ),
)


@pytest.mark.parametrize(
    ("answers", "fit", "why"),
    [
        ({INCOME: frozenset({LOW}), CHILDREN: 1.0}, FITS, ((1, HOLDS), (2, HOLDS))),
        ({INCOME: frozenset({LOW}), PREGNANT: True}, FITS, ((1, HOLDS), (3, HOLDS))),
        ({INCOME: frozenset({HIGH}), PREGNANT: True}, NO_FIT, ()),
        ({INCOME: frozenset({LOW}), CHILDREN: 0.0, PREGNANT: False}, NO_FIT, ()),
        ({INCOME: frozenset({LOW})}, MAY_FIT, ((1, HOLDS), (2, UNKNOWN))),
        ({CHILDREN: 2.0}, MAY_FIT, ((1, UNKNOWN), (2, HOLDS))),
        # the first way fails, the second is open: it explains
        ({INCOME: frozenset({LOW}), CHILDREN: 0.0}, MAY_FIT, ((1, HOLDS), (3, UNKNOWN))),
    ],
)
def test_one_way_is_enough_and_explains(answers, fit, why):
    found = measures.verdict(BY_TWO_WAYS, answers)
    assert (found.fit, found.why) == (fit, why)


@pytest.mark.parametrize(
    ("places", "around", "fit"),
    [
        ((), None, FITS),
        ((), frozenset({5}), FITS),
        ((5,), frozenset({1, 5, 9}), FITS),
        ((5,), frozenset({1, 6}), NO_FIT),
        ((5,), frozenset(), NO_FIT),
        ((5,), None, MAY_FIT),
    ],
)
def test_a_measure_of_a_district(places, around, fit):
    measure = Measure(1, (condition(PREGNANT, YES),), frozenset(places))
    assert measures.verdict(measure, {PREGNANT: True}, around).fit == fit


def test_surer_first_and_nothing_proposed_for_no_answer():
    sure = Measure(1, (condition(CHILDREN, AT_LEAST, key=1, number=1),))
    near = Measure(
        2,
        (
            condition(CHILDREN, AT_LEAST, key=2, number=1),
            condition(INCOME, ONE_OF, key=3, options=[LOW]),
        ),
    )
    far = Measure(3, (*near.conditions, condition(PREGNANT, YES, key=4)))
    alien = Measure(4, (condition(DISABILITY, ONE_OF, key=5, options=[FIRST]),))
    for_all = Measure(5)
    every = (far, alien, near, sure, for_all)
    assert [one.measure for one in measures.choose(every, {CHILDREN: 2.0})] == [1, 5, 2, 3]
    assert [one.measure for one in measures.choose(every, {})] == [5]


ANSWERS = some.fixed_dictionaries(
    {},
    optional={
        PREGNANT: some.booleans(),
        CHILDREN: some.floats(0, 10),
        INCOME: some.frozensets(some.sampled_from([LOW, MIDDLE, HIGH]), min_size=1),
        DISABILITY: some.frozensets(some.sampled_from([FIRST, SECOND]), min_size=1),
    },
)
ONE_CONDITION = some.one_of(
    some.builds(condition, some.just(PREGNANT), some.sampled_from([YES, NO])),
    some.builds(
        condition,
        some.just(CHILDREN),
        some.sampled_from([AT_LEAST, AT_MOST]),
        number=some.integers(0, 10),
    ),
    some.builds(
        condition,
        some.just(INCOME),
        some.sampled_from([ONE_OF, NONE_OF]),
        options=some.frozensets(some.sampled_from([LOW, MIDDLE, HIGH])),
    ),
)


@some.composite
def any_measure(draw):
    rows = draw(some.lists(some.tuples(ONE_CONDITION, some.integers(0, 3)), max_size=6))
    return Measure(
        1,
        tuple(
            Condition(key, one.question, one.test, one.number, one.options, way)
            for key, (one, way) in enumerate(rows)
        ),
    )


@given(any_measure(), ANSWERS, ANSWERS)
def test_more_answers_never_bring_back_what_was_refused(measure, first, more):
    """What failed fails whatever else is told; what fits fits."""
    before = measures.verdict(measure, first)
    after = measures.verdict(measure, {**more, **first})
    if before.fit != MAY_FIT:
        assert after.fit == before.fit


@given(any_measure(), ANSWERS)
def test_the_why_tells_the_verdict(measure, answers):
    found = measures.verdict(measure, answers)
    states = {state for _key, state in found.why}
    assert FAILS not in states
    assert (found.fit == MAY_FIT) == (UNKNOWN in states)


@given(
    some.dictionaries(
        some.text(),
        some.recursive(
            some.none() | some.booleans() | some.floats() | some.integers() | some.text(),
            lambda inner: some.lists(inner),
        ),
    )
)
def test_anything_may_be_sent(given_answers):
    assert set(measures.clean(QUESTIONS, given_answers)) <= {one.key for one in QUESTIONS}


@pytest.mark.parametrize(
    ("given_number", "answer"), [(-5, None), (0, 0), (30, 30), (31, None), (1e8, None)]
)
def test_a_number_keeps_to_the_bounds_of_its_question(given_number, answer):
    """C6: −5 children and a hundred million are no answers."""
    asked = [Question(CHILDREN, NUMBER, least=0, most=30)]
    assert measures.clean(asked, {CHILDREN: given_number}).get(CHILDREN) == answer


@pytest.mark.parametrize(
    ("least", "most", "answer"),
    [(0, 30, None), (0.5, 30, 2.5), (0, 30.5, 2.5), (0, measures.LARGEST, 2.5)],
)
def test_whole_bounds_want_whole_numbers(least, most, answer):
    """C6: two and a half children are no answer; a sum without an upper bound has its kopecks."""
    asked = [Question(CHILDREN, NUMBER, least=least, most=most)]
    assert measures.clean(asked, {CHILDREN: 2.5}).get(CHILDREN) == answer


@pytest.mark.parametrize(
    ("number", "told"), [(1.0, "1"), (1.5, "1,5"), (0, "0"), (1e9, "1000000000"), (0.25, "0,25")]
)
def test_a_number_is_written_as_people_do(number, told):
    assert measures.written(number) == told
