"""Identifiers of registered letters: their check digit, one for a letter, a pasted column."""

import pytest
from gov_hotline.domain import postal


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        ("80080000000008", ""),
        ("60300095123458", ""),
        ("10100000000000", "postal_check_digit"),
        ("80080000000001", "postal_check_digit"),
        ("80800000000008", "postal_check_digit"),  # two digits changed places
        ("8008000000008", "not_postal_identifier"),
        ("ИСХ-12/2026", "not_postal_identifier"),
        ("EE410342249RU", ""),
        ("EE410342240RU", "postal_check_digit"),
        ("", "not_postal_identifier"),
    ],
)
def test_an_identifier_is_checked_by_its_last_digit(identifier, code):
    assert postal.fault(identifier) == code


def test_ten_and_eleven_of_the_foreign_ones():
    """The standard S10 writes 0 for 10 and 5 for 11."""
    assert postal.fault("RA000000005RU") == ""
    assert postal.fault("RA000001010RU") == ""
    assert postal.fault("RA000001015RU") == "postal_check_digit"


@pytest.mark.parametrize("written", ["800800 00 00000 8", "800800-00-00000-8", " 80080000000008 "])
def test_as_a_receipt_prints_it(written):
    assert postal.cleaned(written) == "80080000000008"


def test_each_letter_has_its_own():
    """One identifier on two letters is refused, both are named; an empty one is not given yet."""
    found = postal.check({"ИСХ-1": "80080000000008", "ИСХ-2": "80080000000008", "ИСХ-3": ""})
    (problem,) = found
    assert problem.code == "postal_identifier_taken"
    assert problem.blocks
    assert problem.params["letter"] == "ИСХ-1; ИСХ-2"
    assert postal.check({"ИСХ-1": "", "ИСХ-2": ""}) == ()


@pytest.mark.parametrize(
    ("pasted", "found", "left"),
    [
        ("11\n22\n33", {0: "11", 1: "22", 2: "33"}, []),
        ("11\n\n33\n", {0: "11", 2: "33"}, []),
        ("11\n22\n33\n44", {0: "11", 1: "22", 2: "33"}, ["44"]),
        ("ИСХ-3\t1 1\n22;ИСХ-1", {2: "11", 0: "22"}, []),
        ("ИСХ-9\t11", {}, ["ИСХ-9\t11"]),
        ("ИСХ-1", {}, ["ИСХ-1"]),
        ("  \n", {}, []),
        ("\n22", {1: "22"}, []),
        ("ШПИ\n11", {0: "11"}, []),
    ],
)
def test_a_pasted_column(pasted, found, left):
    assert postal.laid(pasted, ["ИСХ-1", "ИСХ-2", "ИСХ-3"]) == (found, left)
