"""The text of an article from its parts (A2), its fingerprint and its dates."""

from datetime import date

import pytest
from gov_hotline_kb.domain import articles

DAY = date(2026, 11, 23)


def test_only_filled_parts_in_the_order_a_citizen_asks():
    html = articles.html({"documents": "Паспорт", "who": "Семьи", "term": "  "})
    assert html == "<h3>Кому положено</h3><p>Семьи</p><h3>Документы</h3><p>Паспорт</p>"


def test_lines_become_lists_and_paragraphs():
    html = articles.html({"how": "Сначала:\n1. Раз\n2. Два\n- Пункт\n\nПотом"})
    assert html.endswith(
        "<p>Сначала:</p><ol><li>Раз</li><li>Два</li></ol><ul><li>Пункт</li></ul><p>Потом</p>"
    )


@pytest.mark.parametrize("words", ["<script>x()</script>", '" onclick="x()', "a & b <b>"])
def test_no_part_is_markup(words):
    html = articles.html({"what": words}, sources=words, checked=words)
    assert "<script" not in html
    assert "<b>" not in html
    assert 'onclick="' not in html


def test_a_date_or_a_minus_is_no_list():
    html = articles.html({"term": "-5 градусов\n2026 год"})
    assert "<li>" not in html


def test_sources_and_the_date_of_the_facts_come_last():
    html = articles.html({}, "<p>Тело</p>", "Закон, статья 1", "21.11.2026")
    assert html == (
        "<p>Тело</p><h3>Основание</h3><p>Закон, статья 1</p><p><em>Сведения на 21.11.2026.</em></p>"
    )


def test_sources_without_a_date_say_that_nobody_checked():
    html = articles.html({}, "", "Закон, статья 1")
    assert html.endswith("<p><em>По источнику не проверено.</em></p>")
    assert "не проверено" not in articles.html({}, "<p>Тело</p>")
    assert articles.plain(html).endswith("\n\nПо источнику не проверено.")


def test_the_fingerprint_knows_words_not_spaces():
    one = articles.digest({"who": "Семьи  с детьми\n", "term": ""})
    assert one == articles.digest({"term": None, "who": "Семьи с детьми"})
    assert one != articles.digest({"who": "Семьи без детей", "term": ""})


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (None, DAY, True),
        (date(2026, 11, 24), None, False),
        (None, date(2026, 11, 22), False),
    ],
)
def test_in_force_on_both_its_days(begins, ends, holds):
    assert articles.is_in_force(DAY, begins, ends) is holds


def test_a_book_is_too_long():
    assert not articles.too_long([None, "", "я" * articles.LONGEST])
    assert articles.too_long(["", "я" * (articles.LONGEST + 1)])


def test_a_letter_keeps_numbers_and_paragraphs_and_has_no_signs():
    html = articles.html(
        {"what": "Деньги.\nЕщё.", "how": "Сначала:\n1. Сами * всё\n2. <b>Потом</b>\n- Пункт"},
        "<p>Первый&nbsp;абзац<br>строка.</p><p><strong>Второй</strong> <i>абзац</i></p>",
        "Закон",
        "21.11.2026",
    )
    assert (
        articles.plain(html)
        == """Что положено:
Деньги.

Ещё.

Как получить:
Сначала:
1. Сами * всё
2. <b>Потом</b>

– Пункт

Первый абзац
строка.

Второй абзац

Основание:
Закон

Сведения на 21.11.2026."""
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p><br></p>", ""),
        ("<ol start='3'><li><p>Три</p></li><li>Четыре</li></ol>", "3. Три\n4. Четыре"),
        ("<ul><li>А<ol><li>Б</li></ol></li><li>В</li></ul>", "– А\n  1. Б\n– В"),
        (
            "<table><tr><td>А</td><td>1</td></tr><tr><td>Б</td><td>2</td></tr></table>",
            "А | 1\nБ | 2",
        ),
        ("<p>А</p><script>x()</script><style>p{}</style><p>Б</p>", "А\n\nБ"),
        ("<h2>Сроки:</h2><p>День &lt; месяца</p>", "Сроки:\nДень < месяца"),
        ("</ul></li><li>Хвост", "– Хвост"),
    ],
)
def test_plain_text_of_what_people_paste(markup, text):
    assert articles.plain(markup) == text


def test_what_changed_is_shown_and_is_no_markup():
    told = articles.difference("Срок: 10 дней\n<b>Адрес", "Срок: 15 дней\n<b>Адрес")
    assert told == "Срок: <del>10</del><ins>15</ins> дней<br/>&lt;b&gt;Адрес"
    assert articles.difference("", "Новое") == "<ins>Новое</ins>"
    assert articles.difference("Одно", "Одно") == "Одно"


def test_a_long_text_is_compared_by_lines_in_good_time():
    before = "\n".join(f"строка {n}" for n in range(10_000))
    now = before.replace("строка 500\n", "строка иная\n")
    assert articles.difference(before, now).count("<ins>") == 1
