"""A caller's question as words to look up (A2): stems, synonyms, slips."""

import pytest
from gov_hotline.domain import search_words
from gov_hotline_kb.domain import questions

PASSPORT = [[["паспорт"], ["удостоверен", "личност"]], [["садик"], ["детск", "сад"]]]


def _terms(asked, other=None, groups=PASSPORT):
    known = questions.thesaurus(groups)
    stems = {word: [word] for word in asked}
    return [dict(term.stems) for term in questions.terms(asked, stems, known, other or {})]


def test_words_that_tell_nothing_are_left_out():
    assert questions.words("Подскажите, как мне заменить паспорт?") == ("заменить", "паспорт")
    assert questions.words("ЁЛКА ёлка") == ("елка",)
    assert questions.words("как где") == ("как", "где")
    assert questions.words(None) == ()


def test_a_long_question_is_cut():
    text = " ".join(f"слово{number}" for number in range(1000))
    assert len(questions.words(text)) == questions.MOST_WORDS


def test_a_synonym_tells_less_than_the_word():
    [term] = _terms(["паспорт"])
    assert term["паспорт"] == 1
    assert 0 < term["удостоверен"] < questions.SYNONYM


def test_a_phrase_is_a_synonym_only_as_a_whole():
    assert _terms(["детск"]) == [{"детск": 1.0}]
    assert "садик" in _terms(["детск", "сад"])[0]


def test_circles_end():
    circle = [[["а1"], ["б1"]], [["б1"], ["в1"]], [["в1"], ["а1"]]]
    [term] = _terms(["а1"], groups=circle)
    assert set(term) == {"а1", "б1", "в1"}
    [ends] = _terms(["а1"], groups=circle[:2])
    assert set(ends) == {"а1", "б1"}


def test_a_slip_stands_beside_what_was_typed():
    [term] = _terms(["паспарт"], {"паспарт": {"паспорт": questions.MENDED}})
    assert term["паспарт"] == 1
    assert term["паспорт"] == questions.MENDED


def test_what_is_done_with_anything_weighs_little():
    weak = min(questions.WEAK_STEMS)
    assert _terms([weak]) == [{weak: questions.WEAK}]


@pytest.mark.parametrize(
    ("typed", "other", "is_slip"),
    [
        ("паспарт", "паспорт", True),
        ("пройт", "протечк", False),
        ("мрт", "мра", False),
        ("пиререщет", "перерасчет", False),
        ("медецинск", "медицинск", True),
    ],
)
def test_whole_words_are_compared(typed, other, is_slip):
    assert questions.is_slip(typed, other, search_words.slips) is is_slip


def test_a_word_in_two_groups_is_told():
    groups = {1: ("паспорт", "документ"), 2: ("документ", "справка")}
    assert questions.doubles(groups) == (("документ", 1, 2),)
    assert questions.doubles({1: ("а", "б"), 2: ("в",)}) == ()


def test_terms_of_a_line():
    assert questions.listed("Квартплата,  плата за жильё; квартплата ,") == (
        "квартплата",
        "плата за жилье",
    )
    assert questions.listed(" , ; ") == ()


@pytest.mark.parametrize(
    "text",
    ["zzzz", "ааа", "а", "я", "а б в", "12345", "8 913", "12 ааа", "йцукен", "фыва", "вапролд",
     "qwerty", "asdf", "asdasd", "йцуйцу", "лалала", "хахахаха", "вбрткж", "bcdfgh1", "аоуыэ",
     "как где", "подскажите пожалуйста", "!!!", "", None, "zz zz", "ъъ", "укенгшщ"],
)  # fmt: skip
def test_what_fingers_type_asks_nothing(text):
    """A2: rubbish of the site is no question without an answer."""
    assert not questions.is_told(text)


@pytest.mark.parametrize(
    "text",
    ["ЖКХ", "гвс", "ТСЖ", "ип", "МРОТ", "ГИБДД", "гбпоу", "ФССП", "СНИЛС", "щи", "йод", "мама",
     "няня", "кускус", "тамтам", "змееед", "длинношеее", "взбзднуть", "контрвзрыв", "агентств",
     "jnjgktybt", "gtxfnm", "gtycbz", "email", "мить", "смит", "взнос", "covid", "форма-2п",
     "рол", "апро", "как оформить дрон", "ааа ипотека", "зоообъединение", "впрыск",
     "самозанятость", "йцукен справка", "втб", "вскрыть", "бодрствовать", "сверхвзвешенный"],
)  # fmt: skip
def test_a_rare_word_asks(text):
    """A2: an abbreviation, a rare word, a forgotten layout are not lost."""
    assert questions.is_told(text)
