"""Words of a name and of an address, and what may be typed to find them."""

import pytest
from gov_hotline.domain import search_words
from gov_hotline.domain.search_words import near, other_layout, queries, query, score, slips, words

CITIZEN = ("Иванова Мария Петровна", "г. Озёрск, ул. Ленина, 15, кв. 3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Фёдоров  Пётр", "федоров петр"),
        ("Мамин-Сибиряк", "мамин сибиряк"),
        ("е\u0308лкин", "елкин"),
        ("ул. Ленина, 15, кв. 3", "улица ленина 15 д15 3 кв3"),
        ("Ленина 15-3", "ленина 15 д15 3 кв3"),
        ("ул. Ленина, д. 15а", "улица ленина 15 15а д15 д15а"),
        ("ул. Ленина, 15 литер А", "улица ленина 15 15а д15 д15а"),
        ("ул. Ленина, 15 «А», 7", "улица ленина 15 15а д15 д15а 7 кв7"),
        ("ул. Ленина, 15A", "улица ленина 15 15а д15 д15а"),
        ("ул. Ленина, 15/2", "улица ленина 15 15/2 2 корп2 д15 д15/2"),
        ("ул. Ленина, 15 к 2, кв. 8", "улица ленина 15 д15 2 корп2 8 кв8"),
        ("ул. Ленина, 15к2", "улица ленина 15 д15 2 корп2"),
        ("ул. 8 Марта, 5", "улица 8 марта 5 д5"),
        ("Озёрск, 50 лет Октября, 3", "озерск 50 лет октября 3 д3"),
        ("1-я Садовая, 5", "1 садовая 5 д5"),
        ("б-р Мира, дом № 015", "бульвар мира 15 д15"),
        ("мкр. 5, 10", "микрорайон 5 10"),
        ("д'Артаньян", "д артаньян"),
        ("", ""),
        (None, ""),
    ],
)
def test_words_of_a_text(text, expected):
    assert words(text) == tuple(expected.split())


def test_a_line_has_no_doubles_and_reads_each_text_on_its_own():
    line = search_words.line(("Мира Иван", "ул. Мира, 5", None, "кв. 5"))
    assert line.split() == ["мира", "иван", "улица", "5", "д5", "кв5"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("4410-0093", ("44100093", "4410", "0093")),
        ("44100093", ("44100093",)),
        ("АБ 12", ("аб12", "аб", "12")),
        ("", ()),
    ],
)
def test_a_number_of_an_account(number, expected):
    assert search_words.code_words(number) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "лен 15 кв 3 иван",
        "иванова мария",
        "мария иван",
        "иванова м п",
        "ЛЕНИНА 15",
        "15 ленина",
        "ул Ленина д 15 кв 3",
        "улица ленина дом 15 квартира 3",
        "озёрск ленина",
        "озерск лен",
        "3 15",
    ],
)
def test_typed_in_any_order_and_unfinished(typed):
    """Every word typed is there, some only begun: that is how the index is asked."""
    assert _found(query(typed), search_words.line(CITIZEN).split())


@pytest.mark.parametrize(
    "typed",
    ["лен 16", "лен 15 кв 15", "иванова а", "сидоров", "ленина д 3", "лен 1"],
)
def test_other_words_are_others(typed):
    assert not _found(query(typed), search_words.line(CITIZEN).split())


@pytest.mark.parametrize("typed", ["набережная 80", "yf,tht;yfz 80", "наб 80", "набереж. 80"])
def test_a_street_called_as_its_kind(typed):
    """The kind of a street may be left out, but not where it is all that was said."""
    asked = [query.names for query in search_words.queries(typed)]
    assert any(name.startswith("набереж") for names in asked for name in names)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("ул. Ленина, 15а", "лен 15"),
        ("ул. Ленина, 15а", "лен 15а"),
        ("ул. Ленина, 15а", "лен 15 а"),
        ("ул. Ленина, 15а", "лен 15 литера а"),
        ("ул. Ленина, 15а", "лен д 15"),
        ("ул. Ленина, 15/2", "лен 15/2"),
        ("ул. Ленина, 15/2", "лен 15"),
        ("ул. Ленина, 15/2", "лен 15 корп 2"),
        ("ул. Ленина, 15 корп. 2", "лен 15к2"),
        ("Ленина 15-3", "лен 15 кв 3"),
        ("б-р Мира, 5", "бульв мира"),
        ("1-я Садовая, 5", "1 сад 5"),
    ],
)
def test_houses(address, typed):
    assert _found(query(typed), words(address))


def test_a_mark_may_be_wrong():
    """«Строение 3» is found by «дом 3» once nothing else is: marks are left out."""
    held = words("ул. Мира, стр. 3")
    assert not _found(query("мира дом 3"), held)
    assert _found(query("мира дом 3").unmarked(), held)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ktybyf 15", "ленина 15"),
        ("KTYBYF 15", "ленина 15"),
        ("ktybyf, 15", "ленина  15"),
        ("bdfyjdf", "иванова"),
        ("ghj;tr", "прожек"),
        ("k.,", "люб"),
        ("'krby", "элкин"),
        ("`krby", "ёлкин"),
        ("ktybyf 15 кв 3", "ленина 15 кв 3"),
        ("ызфь", "spam"),
        ("15", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_other_layout(typed, meant):
    assert other_layout(typed) == meant


def test_both_meanings_are_asked_the_typed_one_first():
    assert [one.shown for one in queries("ktybyf 15")] == ["ktybyf 15", "ленина 15"]
    assert [one.shown for one in queries("15")] == ["15"]
    assert queries("") == queries(" , ") == ()


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("иваноа", "иванова", 1),
        ("ивнов", "иванова", 1),
        ("ивонова", "иванова", 1),
        ("иавнова", "иванова", 1),
        ("иванов", "иванова", 0),
        ("иван", "иванова", 0),
        ("ивванова", "иванова", 1),
        ("мария", "иванова", 4),
    ],
)
def test_slips(typed, word, expected):
    assert slips(typed, word) == expected


def test_a_house_with_a_fraction_is_no_long_number():
    """E3: «16/2» is a whole house, looked up as it is; «1622» may be a number only begun."""
    assert [word.may_be_unfinished for word in query("мира 16/2").words] == [True, False]
    assert [word.may_be_unfinished for word in query("мира 1622").words] == [True, True]


def test_a_number_only_begun():
    held = words("ул. Мира, 125")
    assert not _found(query("мира 12"), held)
    assert _found(query("мира 12").begun(), held)
    assert query("мира").begun() == query("мира")


@pytest.mark.parametrize(
    ("typed", "house"),
    [
        ("ленина 15 кв 77", "ленина 15"),
        ("ленина 15 77", "ленина 15"),
        ("кв 77 ленина 15", "ленина 15"),
        ("ленина кв 77", "ленина кв 77"),  # no house to fall back on
        ("ленина 15 к 2", "ленина 15 корп 2"),
        ("иванова 15 44100093", "иванова 15 44100093"),  # no flat has such a number
        ("15 77", "15 77"),
    ],
)
def test_the_house_of_a_flat_that_is_not_there(typed, house):
    assert query(typed).without_flat().shown == house


def test_a_slip_finds_the_nearest_words():
    known = ["иванова", "иванов", "ивановна", "иванников", "петрова", "ив"]
    assert near("иваноа", known) == ("иванов", "иванова", "ивановна")
    assert near("петрва", known) == ("петрова",)
    assert near("ипв", known) == ()  # too short to guess
    assert near("сидоров", known) == ()
    assert near("криннадцать", ["тринадцать"]) == ("тринадцать",)


def test_the_house_before_the_flat():
    """«15 3» is house 15, flat 3, before house 3, flat 15."""
    asked = query("лен 15 3")
    right, wrong = words("ул. Ленина, 15, кв. 3"), words("ул. Ленина, 3, кв. 15")
    assert score(asked, right) > score(asked, wrong)


def test_the_very_house_before_its_letters():
    """«15» before «15а», «15/2», whatever else is whole there."""
    asked = query("лен 15 иван")
    right = search_words.line(("Иванова Мария", "ул. Ленина, 15"))
    for house in ("15а", "15/2"):
        other = search_words.line(("Сидоров Иван", f"ул. Ленина, {house}"))
        assert score(asked, right.split()) > score(asked, other.split()), house


def test_a_whole_word_before_a_begun_one():
    asked = query("иван")
    assert score(asked, words("Иван Петров")) > score(asked, words("Иванов Пётр"))


def test_a_search_holds_no_signs_of_its_own():
    """Whatever is typed, only letters, digits and the stroke come into the search."""
    asked = query("o'b & (лен | !х):* \\ 15/2 ' \"")
    keys = [word.key for word in asked.words]
    assert all(key.replace("/", "").isalnum() for key in keys)
    text = search_words.search_text([[("ленина", False), ("лен", True)], [("15", False)]])
    assert text == "('ленина' | 'лен':*) & ('15')"


def _found(asked, held):
    """As the index answers."""
    return all(_has(word, held) for word in asked.words) and all(
        any(one.startswith(letter) for one in held) for letter in asked.initials
    )


def _has(word, held):
    if word.may_be_unfinished:
        return any(one.startswith(word.key) for one in held)
    return word.key in held


HOUSES = (
    "Озёрск, ул. Ленина, д. 15",
    "ул. Ленина, 15 «А»",
    "ул. Ленина, 15 литер",
    "Ленина 15 к",
    "мкр. 5, 10",
    "ул. 8 Марта, д. 15/2 корп. 3",
    "50 лет Октября",
    "пом. 7",
)


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("flat", ["3", "015", "1234", "00012"])
def test_a_flat_has_the_words_of_its_house_and_its_own(house, flat):
    """D3: read together with its house or after it, the words are the same."""
    line = f"{house}, кв. {flat}"
    together = search_words._placed(search_words._parse(line))
    forms = dict.fromkeys(form for word in together for form in search_words._forms(word))
    assert words(line) == tuple(forms)
