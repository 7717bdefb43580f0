"""Who may sign what, on which day (practice 11, 13; articles 10, 11, 12)."""

from __future__ import annotations

from datetime import date

import pytest
from gov_hotline.domain.signature import RIGHTS, RULE_OF, Authority, Signature, check

TODAY = date(2026, 11, 23)
HEAD = Authority(date(2026, 1, 10), date(2026, 12, 31), frozenset({"sign", "decide"}))


def codes(signature: Signature, right: str = "sign", **kwargs: bool) -> list[tuple[str, bool]]:
    return [(one.code, one.blocks) for one in check(signature, right, TODAY, **kwargs)]


def test_nobody_signed() -> None:
    assert codes(Signature("  ", None)) == [("no_signer", True)]


def test_a_valid_authority() -> None:
    assert codes(Signature("Кузнецов В. А.", TODAY, HEAD)) == []
    assert codes(Signature("Кузнецов В. А.", None, HEAD), "decide") == []


@pytest.mark.parametrize("day", [date(2026, 1, 9), date(2026, 1, 10), date(2026, 11, 23)])
def test_both_ends_of_validity_count(day: date) -> None:
    found = codes(Signature("К.", day, HEAD))
    assert found == ([("authority_not_valid", True)] if day < date(2026, 1, 10) else [])
    ended = Authority(None, date(2026, 11, 22), frozenset({"sign"}))
    assert codes(Signature("К.", TODAY, ended)) == [("authority_not_valid", True)]
    assert codes(Signature("К.", date(2026, 11, 22), ended)) == []


def test_the_right_is_needed() -> None:
    assert codes(Signature("К.", TODAY, HEAD), "extend") == [("authority_without_right", True)]


def test_the_future_is_not_signed() -> None:
    assert codes(Signature("К.", date(2026, 11, 24), HEAD)) == [("signed_in_future", True)]


@pytest.mark.parametrize("right", RIGHTS)
def test_a_typed_name(right: str) -> None:
    """SIGN-AUTH: warned of from the first letter on; extension and decisions need an authority."""
    typed = Signature("Кузнецов В. А.", TODAY)
    blocks = right in ("extend", "decide")
    assert codes(typed, right) == [("no_authority", blocks)]
    assert codes(typed, right, is_directory_kept=True) == [("no_authority", blocks)]


@pytest.mark.parametrize("right", RIGHTS)
def test_the_officers_own_resolution(right: str) -> None:
    """RESOLVE: who signs in signs the own resolution, until a directory names who may."""
    own = Signature("Петрова А. А.", TODAY, is_own_act=True)
    passes = codes(own, right) == []
    assert passes == (right == "resolve")
    assert codes(own, "resolve", is_directory_kept=True) == [("no_authority", False)]


def test_every_right_has_a_rule_and_an_article() -> None:
    assert set(RULE_OF) == set(RIGHTS)
    with pytest.raises(ValueError, match="unknown right"):
        check(Signature("К.", TODAY), "dance", TODAY)
