"""D3: one normal form of an address for every spelling."""

import pytest
from gov_hotline.domain import addresses

LINES = [
    ("ул. Ленина, д. 15, кв. 3", "ул. Ленина, д. 15, кв. 3"),
    ("ленина 15 кв 3", "ул. Ленина, д. 15, кв. 3"),
    ("ленина 15-3", "ул. Ленина, д. 15, кв. 3"),
    ("Ленина 15 3", "ул. Ленина, д. 15, кв. 3"),
    ("ул.Ленина,д.15,кв.3", "ул. Ленина, д. 15, кв. 3"),
    ("Ленина ул., дом № 15, квартира 3", "ул. Ленина, д. 15, кв. 3"),
    ("УЛ НОВО-САДОВАЯ Д 15", "ул. Ново-Садовая, д. 15"),
    ("Озёрск, Ленина, 15", "Озёрск, ул. Ленина, д. 15"),
    ("г. Озёрск, ул. Ленина, д. 15", "Озёрск, ул. Ленина, д. 15"),
    ("456780, Челябинская обл., г. Озёрск, ул. Мира, 1", "Озёрск, ул. Мира, д. 1"),
    ("пр-кт Мира, 15а", "пр-кт Мира, д. 15а"),
    ("проспект Мира 15 А кв. 7", "пр-кт Мира, д. 15а, кв. 7"),
    ("ул. Мира, д. 15/2", "ул. Мира, д. 15/2"),
    ("ул. Мира д. 15 корп. 2 кв. 3", "ул. Мира, д. 15 корп. 2, кв. 3"),
    ("ул. Мира д 15 к 2 кв 3", "ул. Мира, д. 15 корп. 2, кв. 3"),
    ("Мира 15 стр. 1", "ул. Мира, д. 15 стр. 1"),
    ("50 лет Октября, 7", "ул. 50 лет Октября, д. 7"),
    ("ул. 50 лет октября 7 кв 12", "ул. 50 лет Октября, д. 7, кв. 12"),
    ("ул. 8 Марта, 3", "ул. 8 Марта, д. 3"),
    ("1-я Советская 4", "ул. 1-я Советская, д. 4"),
    ("пос. Лесной, ул. Заводская, 2", "п. Лесной, ул. Заводская, д. 2"),
    ("д. Ивановка, Садовая 5", "дер. Ивановка, ул. Садовая, д. 5"),
    ("Ленина 15 подъезд 2", "ул. Ленина, д. 15, подъезд 2"),
    ("ул. Ленина, д. 15, пом. 4", "ул. Ленина, д. 15, пом. 4"),
    ("   ", ""),
    ("кв. 3", "кв. 3"),
]


@pytest.mark.parametrize(("typed", "line"), LINES)
def test_normal_form(typed, line):
    """D3: «ул. Ленина, д. 15, кв. 3», however it was typed."""
    assert addresses.normal(typed) == line


@pytest.mark.parametrize("line", sorted({line for _typed, line in LINES}))
def test_normal_form_is_its_own(line):
    """D3: what is normal already does not change."""
    assert addresses.normal(line) == line


def test_parts():
    """D3: the parts of a whole line, the index and the region too."""
    found = addresses.parse("456780, Челябинская обл., г. Озёрск, ул. Ленина, д. 15 к. 2, кв. 3")
    assert found == addresses.Address(
        postal_code="456780",
        region="обл. Челябинская",
        settlement_type="г.",
        settlement="Озёрск",
        street_type="ул.",
        street="Ленина",
        house="15 корп. 2",
        flat_type="кв.",
        flat="3",
    )


def test_key():
    """D2: two registers write one address in two ways."""
    one, other = (
        addresses.parse(text).key
        for text in ("г ОЗЕРСК ул ЛЕНИНА 15-3", "Озёрск, Ленина, 15, кв. 3")
    )
    assert one == other == "озерск, ул. ленина, д. 15, кв. 3"


@pytest.mark.parametrize(
    ("prefix", "name", "shown"),
    [
        ("д.", "15", "д. 15"),
        ("ул.", "Ленина", "ул. Ленина"),
        ("ул.", "пр-кт Мира", "пр-кт Мира"),
        ("ул.", "улица Мира", "улица Мира"),
        ("двор", "", "двор"),
        ("", "Парк Победы", "Парк Победы"),
        (None, None, ""),
        ("д.", " 15  корп. 2 ", "д. 15 корп. 2"),
    ],
)
def test_label(prefix, name, shown):
    """D3: a part as it stands in the address."""
    assert addresses.label(prefix, name) == shown


def test_order():
    """D3: flats are listed as people count them."""
    flats = [f"ул. Ленина, д. 15, кв. {number}" for number in (10, 2, 1)]
    assert sorted(flats, key=addresses.sort_key) == flats[::-1]


def test_above():
    assert addresses.above("1/5/9/") == [9, 5, 1]
    assert addresses.above(None) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ул. Набережная, д. 3, кв. 2", "ул. Набережная, д. 3, кв. 2"),
        ("Набережная ул., д.3", "ул. Набережная, д. 3"),
        ("Озёрск, ул. Аллея, 3", "Озёрск, ул. Аллея, д. 3"),
        ("наб. Невы, д. 3", "наб. Невы, д. 3"),
        ("набережная Невы, д. 3", "наб. Невы, д. 3"),
    ],
)
def test_a_street_that_is_called_as_a_type(text: str, line: str):
    """D3: «ул. Набережная» stands in every second town."""
    assert addresses.parse(text).line == line


@pytest.mark.parametrize("house", sorted({line for pair in LINES for line in pair}))
@pytest.mark.parametrize("flat", [", кв. 7", ", кв 12", ",кв.3", ", КВ.4", ", кв. 123456"])
def test_a_flat_is_read_alike_with_its_house_kept(house, flat):
    """D2: the flats of one house are read from its one address, with the same outcome."""
    assert addresses.parse(house + flat) == addresses._parse(house + flat)
