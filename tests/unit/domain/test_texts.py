"""What a sheet shows of a long text."""

from gov_hotline.domain.texts import WORD_LIMIT, clip, printable, shorten

TAIL = "… (the rest)"


def longest_word(text):
    return max(map(len, text.replace("\u200b", " ").split()))


def test_a_short_text_stays_as_it_is():
    text = "Третий день холодно.\n\nПрошу принять меры."
    assert clip(text, 100, TAIL) == text
    assert printable(text, 100, 10, TAIL) == text


def test_a_long_text_is_cut_and_says_so():
    for shown in (clip("холодно " * 1000, 100, TAIL), printable("холодно " * 1000, 100, 10, TAIL)):
        assert len(shown) <= 100
        assert shown.endswith(TAIL)


def test_a_text_of_just_the_limit_is_whole():
    assert clip("а" * 20, 20, TAIL) == "а" * 20
    assert printable("а" * 20, 20, 1, TAIL) == "а" * 20


def test_overlong_words_break_and_lose_nothing():
    shown = printable("я" * 100_000, 1000, 10, "")
    assert longest_word(shown) == WORD_LIMIT
    assert shown.replace("\u200b", "") == "я" * 1000
    assert printable("я" * WORD_LIMIT, 1000, 10) == "я" * WORD_LIMIT


def test_lines_are_counted_and_empty_ones_joined():
    shown = printable("строка\n" * 500, 10_000, 5, TAIL)
    assert shown == "\n".join(["строка"] * 5) + TAIL
    assert printable("первая\n\n \n\n\r\nвторая", 100, 3, TAIL) == "первая\n\nвторая"


def test_a_subject_is_cut_between_words():
    assert shorten("Холодно в доме", 100) == "Холодно в доме"
    assert shorten("Прошу прекратить отключение заковыристое", 33) == "Прошу прекратить отключение…"
    assert shorten("А" * 50, 20) == "А" * 19 + "…"
