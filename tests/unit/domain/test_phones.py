"""Phones: one key for all spellings; hidden, internal, service and foreign numbers.

No number here is of a known person: the tails are arbitrary.
"""

import pytest
from gov_hotline.domain.phones import display, key, normalise, on_paper, shown
from hypothesis import given
from hypothesis import strategies as st

ONE = "+79131234567"


@pytest.mark.parametrize(
    "raw",
    [
        "8 (913) 123-45-67",
        "+79131234567",
        "89131234567",
        "7 913 1234567",
        "9131234567",
        "+7 913 123 45 67",
        "8-913-123-45-67",
        "8.913.123.45.67",
        "+7(913)1234567",
        "+8 (913) 123-45-67",
        "+8 913 123 45 67",
        "8\u00a0913\u00a0123\u00a045\u00a067",
        "  +7 913 123-45-67  ",
        "0079131234567",
        "８９１３１２３４５６７",
        "tel:+7-913-123-45-67",
        "sip:79131234567@10.0.0.1",
        "79131234567@pbx.local",
        '"Иванова" <79131234567>',
        "<sip:+79131234567@10.0.0.1>;tag=as1",
        "тел. 89131234567",
        '"Иванова" <sip:+79131234567@pbx.local;user=phone>',
    ],
)
def test_all_spellings_are_one_number(raw):
    """E9, D2: the caller is found however the number was written."""
    phone = normalise(raw)
    assert (phone.e164, phone.kind, phone.region) == (ONE, "number", "RU")
    assert key(raw) == ONE


@given(
    st.text("+ ()-.0123456789;ext", max_size=16)
    | st.from_regex(r"\+?[78]?9[0-9]{9}", fullmatch=True)
)
def test_the_quick_key_is_that_of_all_tables(raw):
    """D2: a register's telephone is the same number whichever way it was read."""
    assert key(raw) == normalise(raw).e164


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "   ",
        "anonymous",
        "Anonymous",
        "private",
        "PRIVATE",
        "unavailable",
        "restricted",
        "unknown",
        "<unknown>",
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        "s",
        "anonymous@anonymous.invalid",
        '"" <>',
        "-",
        "No Caller ID",
        "Скрытый номер",
    ],
)
def test_hidden(raw):
    assert (normalise(raw).kind, normalise(raw).e164) == ("hidden", None)


@pytest.mark.parametrize(
    "raw", ["12", "200", "1001", "12345", "10-01", "sip:1001@pbx.local", '"79131234567" <1001>']
)
def test_internal(raw):
    assert (normalise(raw).kind, normalise(raw).e164) == ("internal", None)


@pytest.mark.parametrize("raw", ["112", "01", "103", "1-1-2", "122", "+112"])
def test_service(raw):
    assert (normalise(raw).kind, normalise(raw).e164) == ("service", None)


@pytest.mark.parametrize(
    ("raw", "e164", "region"),
    [
        ("+49 30 123456", "+4930123456", "DE"),
        ("8 10 49 30 123456", "+4930123456", "DE"),
        ("0049 30 123456", "+4930123456", "DE"),
        ("+7 701 123 45 67", "+77011234567", "KZ"),
        ("+375 29 123-45-67", "+375291234567", "BY"),
        ("375291234567", "+375291234567", "BY"),
    ],
)
def test_foreign(raw, e164, region):
    phone = normalise(raw)
    assert (phone.e164, phone.kind, phone.region) == (e164, "number", region)


@pytest.mark.parametrize(
    "raw",
    [
        "22-33-44",
        "8 913 123-45-6",
        "+7 913 123-45-678",
        "+999 12345678",
        "Иванова",
        "12a",
        "9" * 40,
    ],
)
def test_invalid(raw):
    assert (normalise(raw).kind, normalise(raw).e164) == ("invalid", None)


def test_extension_is_kept_apart():
    phone = normalise("8 (495) 123-45-67 доб. 12")
    assert (phone.e164, phone.extension) == ("+74951234567", "12")


def test_toll_free():
    assert normalise("8-800-100-10-10").e164 == "+78001001010"


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        (ONE, "+7 913 123-45-67"),
        ("+74951234567", "+7 495 123-45-67"),
        ("+4930123456", "+49 30 123456"),
        ("112", "112"),
        ("", ""),
        (None, ""),
    ],
)
def test_display(e164, shown):
    assert display(e164) == shown


@given(st.text(max_size=40))
def test_anything_is_understood_without_an_error(raw):
    phone = normalise(raw)
    assert (phone.e164 is not None) == (phone.kind == "number")


@given(st.integers(9_000_000_000, 9_999_999_999), st.sampled_from(["8", "7", "+7", ""]))
def test_prefix_makes_no_difference(tail, prefix):
    assert normalise(f"{prefix}{tail}").e164 == normalise(f"+7{tail}").e164


@given(st.integers(9_000_000_000, 9_999_999_999))
def test_display_comes_back(tail):
    phone = normalise(f"+7{tail}")
    if phone.e164:
        assert normalise(display(phone.e164)).e164 == phone.e164


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("+7 843 555-01-01", "8 (843) 555-01-01"),
        ("8(843)5550101", "8 (843) 555-01-01"),
        ("+375 17 222-33-44", "+375 17 222-33-44"),
        ("доб. 12, приёмная", "доб. 12, приёмная"),
        ("", ""),
        (None, ""),
    ],
)
def test_on_paper(raw, printed):
    assert on_paper(raw) == printed


@pytest.mark.parametrize(
    ("raw", "words"),
    [(ONE, "+7 913 123-45-67"), ("215", "215"), ("anonymous", ""), ("Restricted", ""), (None, "")],
)
def test_what_the_exchange_writes_for_a_hidden_number_is_no_number(raw, words):
    assert shown(raw) == words
