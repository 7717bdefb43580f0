"""Which numbers may be dialled: the default plan, and plans of an administrator.

No number here is of a known person: the tails are arbitrary.
"""

import pytest
from gov_hotline_telephony.domain.number_plan import DEFAULT, fault, is_allowed


@pytest.mark.parametrize(
    ("number", "allowed"),
    [
        ("+79131234567", True),  # a mobile
        ("+78435550101", True),  # a town
        ("+74955550101", True),
        ("+73835550101", True),
        ("+78005550101", True),  # free of charge
        ("+78045550101", True),
        ("+78095550101", False),  # paid by the minute
        ("+78035550101", False),
        ("+78085550101", False),
        ("+77015550101", False),  # Kazakhstan
        ("+12025550101", False),  # abroad
        ("+375295550101", False),
        ("810375295550101", False),  # abroad as it is dialled in Russia
        ("112", True),
        ("101", True),
        ("104", True),
        ("105", False),
        ("110", False),
        ("+7913123456", False),  # a digit too few
        ("+791312345678", False),
        ("", False),
        ("+79131234567\n", False),
        ("+79131234567\r\nAction: Originate", False),
        ("*45", False),
    ],
)
def test_the_default_plan(number: str, allowed: bool):
    assert is_allowed(number, DEFAULT) is allowed


@pytest.mark.parametrize(
    ("plan", "number", "allowed"),
    [
        ("+7843.", "+78435550101", True),  # any rest
        ("+7843.", "+7843", False),
        ("+37529XXXXXXX", "+375295550101", True),
        ("+7[3-5]XXXXXXXXX", "+74955550101", True),
        ("+7[3-5]XXXXXXXXX", "+76955550101", False),
        ("!+7913.\n+79XXXXXXXXX", "+79131234567", False),  # what is forbidden wins, in any order
        ("+79XXXXXXXXX\n!+7913.", "+79131234567", False),
        ("+79XXXXXXXXX\n!+7913.", "+79141234567", True),
        ("# mobiles\n +7 9XX XXX XXXX # all\n\n", "+79131234567", True),
        ("", "+79131234567", False),
        ("!+7913.", "+79131234567", False),
    ],
)
def test_a_plan_of_the_body(plan: str, number: str, allowed: bool):
    assert is_allowed(number, plan) is allowed


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        (DEFAULT, ""),
        ("+79XXXXXXXXX\n(.*)", "(.*)"),
        ("+7[5-3]X", "+7[5-3]X"),
        ("+7|8", "+7|8"),
        (".", "."),
        ("+7.X", "+7.X"),
        ("9" * 65, "9" * 65),
    ],
)
def test_a_line_that_is_no_pattern_is_told(plan: str, line: str):
    assert fault(plan) == line
