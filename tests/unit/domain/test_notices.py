"""Letters: numbers, texts, the road they go (article 10 part 4)."""

from __future__ import annotations

from datetime import date

import pytest
from gov_hotline.domain import notice_text, notices

REGISTERED, TODAY = date(2026, 11, 2), date(2026, 11, 23)


def test_holes_are_seen() -> None:
    letter = notices.Letter(f"Адрес: {notice_text.BLANK}", "hand", "")
    assert [one.code for one in notices.check(letter)] == ["notice_blank"]


@pytest.mark.parametrize(
    ("channel", "address", "codes"),
    [
        ("post", "ул. Ленина, 15", []),
        ("post", " ", ["no_address_for_channel"]),
        ("email", "", ["no_address_for_channel"]),
        ("portal", "", []),
        ("hand", "", []),
    ],
)
def test_a_road_needs_its_address(channel: str, address: str, codes: list[str]) -> None:
    found = notices.check(notices.Letter("Текст", channel, address))
    assert [one.code for one in found] == codes
    assert all(one.rule == "ANS-FORM" and one.blocks for one in found)


def test_a_letter_has_a_text() -> None:
    assert [one.code for one in notices.check(notices.Letter(" \n", "hand", ""))] == [
        "no_notice_text"
    ]


@pytest.mark.parametrize(
    ("origin", "postal", "email", "account", "expected"),
    [
        ("paper", "Ленина 15", "a@b.ru", True, ("post", "Ленина 15")),
        ("portal", "Ленина 15", "a@b.ru", True, ("portal", "")),
        ("portal", "", "a@b.ru", False, ("email", "a@b.ru")),
        ("portal", "Ленина 15", "a@b.ru", False, ("email", "a@b.ru")),
        ("email", "Ленина 15", "", False, ("post", "Ленина 15")),
        ("social", "", "", True, ("portal", "")),
        ("phone", "", "", False, ("hand", "")),
    ],
)
def test_the_way_it_came(
    origin: str, postal: str, email: str, account: bool, expected: tuple[str, str]
) -> None:
    found = notices.channel(origin, postal=postal, email=email, has_account=account)
    assert found == expected


@pytest.mark.parametrize(
    ("number", "day", "codes"),
    [
        ("15-04/1", TODAY, []),
        ("", TODAY, ["no_outgoing_number"]),
        ("15-04/1", None, ["no_outgoing_number"]),
        ("15-04/1", date(2026, 11, 1), ["outgoing_before_registration"]),
        ("15-04/1", date(2026, 11, 24), ["outgoing_in_future"]),
    ],
)
def test_what_is_copied_from_the_post_journal(
    number: str, day: date | None, codes: list[str]
) -> None:
    found = notices.check_post(number, day, registered_on=REGISTERED, today=TODAY)
    assert [one.code for one in found] == codes


def test_the_number_says_the_year() -> None:
    assert notices.number(12, 2026) == "ИСХ-12/2026"
    assert notices.number(12, 2026, "01-15") == "01-15-12/2026"


@pytest.mark.parametrize("prefix", ["ИСХ", "01-15", "Г", "А.1", "1234567890"])
def test_a_prefix_that_can_be_dictated(prefix: str) -> None:
    assert notices.is_prefix(prefix)


@pytest.mark.parametrize(
    "prefix", ["", " ", "И Х", "ИСХ/", "-ИСХ", "ИСХ-", "И--Х", "<b>", "И\n", "_", "12345678901"]
)
def test_a_prefix_that_cannot(prefix: str) -> None:
    assert not notices.is_prefix(prefix)


def test_what_tells_of_a_decision_is_not_written_by_hand():
    """Art. 8, 11, 12: such a letter follows its decision; how to file is for a message."""
    assert notices.free_kinds("appeal") == ("registration", "explanation")
    assert "how_to_file" in notices.free_kinds("message")


WARNED, BLOCKED = "warn", "block"


@pytest.mark.parametrize(
    ("kind", "origin", "channel", "severity"),
    [
        # a written appeal: in writing to the postal address
        ("appeal_59", "paper", "post", None),
        ("appeal_59", "paper", "email", WARNED),
        ("appeal_59", "paper", "portal", WARNED),
        ("appeal_59", "paper", "hand", WARNED),
        ("appeal_59", "paper", "phone", BLOCKED),
        ("appeal_59", "forwarded", "post", None),
        ("appeal_59", "forwarded", "phone", BLOCKED),
        # an electronic one: to the e-mail address or into the account
        ("appeal_59", "portal", "portal", None),
        ("appeal_59", "portal", "email", None),
        ("appeal_59", "epgu", "email", None),
        ("appeal_59", "site", "post", WARNED),
        ("appeal_59", "portal", "hand", WARNED),
        ("appeal_59", "portal", "phone", BLOCKED),
        # at a reception: there and then with consent (article 13 part 3)
        ("appeal_59", "visit", "post", None),
        ("appeal_59", "visit", "hand", None),
        ("appeal_59", "visit", "phone", WARNED),
        ("appeal_59", "visit", "email", WARNED),
        # an oral appeal by the local act, messages, requests, help: as it suits
        ("appeal_59", "phone", "phone", None),
        ("message", "phone", "phone", None),
        ("message", "paper", "phone", None),
        ("message", "email", "hand", None),
        ("request_8fz", "portal", "phone", None),
        ("tech_support", "portal", "phone", None),
    ],
)
def test_an_appeal_is_answered_the_way_it_came(
    kind: str, origin: str, channel: str, severity: str | None
) -> None:
    """Article 10 part 4; X2: an answer to an official appeal is written and signed."""
    found = notices.check_form(kind, origin, channel)
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert all(one.rule == "ANS-FORM" and one.article for one in found)


@pytest.mark.parametrize(("due", "codes"), [(None, []), (TODAY, []), (REGISTERED, ["notice_late"])])
def test_a_decision_is_told_in_time(due: date | None, codes: list[str]) -> None:
    """Article 12 part 2: late it still leaves, with a written reason."""
    found = notices.check_late("extension", due, TODAY)
    assert [one.code for one in found] == codes
    assert not any(one.blocks for one in found)
