"""Numbers that name a person or their money, in the list before signing (article 6 part 2)."""

import pytest
from gov_hotline.domain import checklist


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("СНИЛС 112-233-445 95", ("СНИЛС 112-233-445 95",)),
        ("Его номер 112-233-445 95.", ("112-233-445 95",)),
        ("СНИЛС: 11223344595", ("СНИЛС: 11223344595",)),
        ("паспорт 6510 123456", ("паспорт 6510 123456",)),
        (
            "паспорт гражданина РФ серии 65 10 № 123456",
            ("паспорт гражданина РФ серии 65 10 № 123456",),
        ),
        ("на карту 4276 1600 1234 5670", ()),
        ("на карту 4111 1111 1111 1111", ("4111 1111 1111 1111",)),
        ("на карту 2200-0000-0000-0004", ("2200-0000-0000-0004",)),
        ("счёт 40817810099910004312", ("40817810099910004312",)),
        ("счёт 40817 810 0 9991 0004312", ("40817 810 0 9991 0004312",)),
        # what is no person's number
        ("расчётный счёт органа 03100643000000018000", ()),
        ("оплата по КБК 18210102010011000110", ()),
        ("кадастровый номер 66:41:0401013:85", ()),
        ("номер 112-233-445 96", ()),
        ("исх. № 15-07/82 от 22.11.2026, телефон горячей линии 8 800 100-00-00 доб. 12", ()),
        ("лицевой счёт 1234567890", ()),
        ("ИНН 6671123456, ОГРН 1026605123456", ()),
    ],
)
def test_numbers(text: str, found: tuple[str, ...]) -> None:
    seen = checklist.foreign_data(text, ("8 800 100-00-00",))
    assert seen == found


@pytest.mark.parametrize(
    ("number", "expected"),
    [("11223344595", True), ("112-233-445 95", True), ("11223344596", False),
     ("08765430300", True), ("1122334459", False)],
)  # fmt: skip
def test_control_digits_of_snils(number: str, expected: bool) -> None:
    assert checklist.is_snils(number) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("4111111111111111", True), ("4111111111111112", False), ("411111", False),
     ("2200 0000 0000 0004", True)],
)  # fmt: skip
def test_luhn(number: str, expected: bool) -> None:
    assert checklist.is_card(number) is expected
