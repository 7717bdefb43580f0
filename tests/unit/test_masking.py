import pytest
from gov_hotline.domain import masking


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+7 (913) 555-01-01", "••• 0101"),
        ("4410 123456", "••• 3456"),
        ("123456", "•••"),  # four of six would tell most of it
        ("1234567", "••• 4567"),
        ("", ""),
        (None, ""),
        ("()", ""),
    ],
)
def test_end(text, shown):
    """B4: the last four, and never most of a short number."""
    assert masking.end(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ivanova@mail.ru", "i•••@mail.ru"),
        ("a.b@c.example", "a•••@c.example"),
        ("не адрес", "•••"),
        ("@mail.ru", "•••"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_email_by_its_first_sign_and_domain(text, shown):
    assert masking.email(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Отвечает, но ivanova@mail.ru — не тот адрес.",
            "Отвечает, но i•••@mail.ru — не тот адрес.",
        ),
        ("Иванова <ivanova@mail.ru>, a.b@c.example", "Иванова <i•••@mail.ru>, a•••@c.example"),
        ("Пишите на ivanova@mail.ru.", "Пишите на i•••@mail.ru."),
        ("Письмо № 7 @ дом", "Письмо № 7 @ дом"),
        (None, ""),
    ],
)
def test_emails_within_words(text, shown):
    """B4: the words tell why, the address stands in part."""
    assert masking.in_words(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("656043, Барнаул, ул. Ленина, 15, кв. 3", "Барнаул, •••"),
        ("Алтайский край, г. Бийск, Ленина 15", "Алтайский край, г. Бийск, •••"),
        ("с. Павловск, ул. Мира, 1", "с. Павловск, •••"),
        ("Барнаул, Ленина, 15", "Барнаул, •••"),
        ("ул. Ленина, 15", "•••"),
        ("Ленина 15", "•••"),
        ("656043", "•••"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_address_by_its_settlement(text, shown):
    assert masking.settlement(text) == shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [("a@b.ru", "email"), ("+7 913 555-01-01", "phone"), ("Барнаул", "address"), (None, "phone")],
)
def test_what_is_written_in_a_field_of_any(text, kind):
    assert masking.kind_of(text) == kind
