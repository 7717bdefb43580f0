"""D3: a name typed by hand is kept in one form; identifiers of a place."""

import pytest
from gov_hotline.domain import places


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("house", " 15 ", "15"),
        ("house", "д. 15", "15"),
        ("house", "д15", "15"),
        ("house", "дом 15", "15"),
        ("house", "15 А", "15а"),
        ("house", "15-А", "15а"),
        ("house", "15 «А»", "15а"),
        ("house", "15/2", "15/2"),
        ("house", "15 / 2", "15/2"),
        ("house", "15 к 2", "15 корп. 2"),
        ("house", "Дом, Село", "Дом, Село"),
        ("house", "Энергетиков, 77б", "Энергетиков, 77б"),
        ("flat", "кв. 03", "3"),
        ("flat", "кв.3", "3"),
        ("flat", "квартира 3", "3"),
        ("flat", "пом. 3", "пом. 3"),
        ("flat", "0", "0"),
        ("entrance", "подъезд 2", "2"),
        ("street", "ул. Ленина", "Ленина"),
        ("street", "улица  Ленина", "Ленина"),
        ("street", "пр-кт  Мира", "пр-кт Мира"),
        ("street", "Уличная", "Уличная"),
        ("yard", "  у  дома 3 ", "у дома 3"),
        ("house", None, ""),
    ],
)
def test_name_as_it_is_kept(kind, typed, kept):
    assert places.own_name(kind, typed) == kept
    assert places.own_name(kind, kept) == kept


def test_what_is_one_name():
    assert places.key("street", "Берёзовая") == places.key("street", "ул. БЕРЕЗОВАЯ")
    assert places.key("flat", "3") != places.key("flat", "пом. 3")


def test_identifiers():
    for right in ("4a1d3c5e-0f1b-4f6f-9a3a-1b2c3d4e5f60", " 77012345 "):
        assert places.is_gar_id(right)
    for wrong in ("", None, "абв<script>", "12-34", "4a1d3c5e"):
        assert not places.is_gar_id(wrong)
    assert places.is_postal_code("656043")
    assert not places.is_postal_code("65604")
