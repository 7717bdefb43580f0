"""The catalogue of a letter's placeholders: looked up by name, never evaluated."""

import pytest
from gov_hotline.domain import placeholders
from gov_hotline.domain.notice_text import BLANK
from gov_hotline.domain.persons import PersonName
from gov_hotline.domain.placeholders import CATALOGUE, Facts

MARIA = Facts(
    applicant=PersonName("Иванова", "Мария", "Петровна"),
    words={"number": "И-401/2026", "registered_on": "24.11.2026"},
)


def test_names_are_filled_in():
    text = placeholders.fill(
        "{заявитель.приветствие}!\n"
        "Направлено {заявитель.фамилия_инициалы_дательный} на № {обращение.номер}",
        MARIA,
    )
    assert text == "Уважаемая Мария Петровна!\nНаправлено Ивановой М. П. на № И-401/2026"


def test_a_fact_that_is_not_known_is_a_blank_and_a_line_of_it_alone_is_left_out():
    text = placeholders.fill("№ {обращение.номер}\n{решение.причина}\nДо {обращение.срок}", MARIA)
    assert text == f"№ И-401/2026\nДо {BLANK}"


@pytest.mark.parametrize(
    "words",
    [
        "{обращение.номер}",
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "<script>alert(1)</script>",
        "{number.__class__}",
        "%(number)s",
    ],
)
def test_what_is_put_in_is_not_read_again(words):
    facts = Facts(applicant=PersonName(words), words={"summary": words, "number": "7"})
    text = placeholders.fill("{обращение.суть} / {заявитель.фио}", facts)
    assert text == f"{words} / {words}"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("заявитель.имя", "заявитель.имя_отчество"),
        ("заявитель.имяотчество", "заявитель.имя_отчество"),
        ("обращение.номир", "обращение.номер"),
        ("Обращение.Номер", "обращение.номер"),
        ("дата", "обращение.дата"),
        ("причина", "решение.причина"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_known_ones(name, nearest):
    (found,) = placeholders.unknown(f"Раз {{{name}}}, два {{{name}}}")
    assert found.name == name
    assert nearest in found.nearest


@pytest.mark.parametrize("text", ["{", "}", "{{обращение.номер}}", "{обращение.номер", "{ }"])
def test_braces_hold_names_and_nothing_else(text):
    assert placeholders.unknown(text)


@pytest.mark.parametrize(
    "name", ["number.__class__", "0", "обращение.номер!r", "обращение.номер:5"]
)
def test_expressions_are_unknown_names(name):
    assert [one.name for one in placeholders.unknown("{" + name + "}")] == [name]


def test_a_known_text_has_no_unknown_names():
    assert placeholders.unknown("".join(f"{{{name}}}" for name in CATALOGUE)) == ()


def test_every_placeholder_is_resolved_described_and_shown():
    """None of them fails on a case of which nothing is known."""
    for name, one in CATALOGUE.items():
        assert isinstance(one.resolve(Facts()), str), name
        assert one.description, name
        assert one.example, name


def test_examples_show_the_letter():
    assert placeholders.example("№ {обращение.номер} {чужое}") == "№ И-401/2026 {чужое}"


def test_collective_and_anonymous_applicants_are_greeted():
    def greet(facts):
        return placeholders.fill("{заявитель.приветствие}!", facts)

    assert greet(Facts(is_collective=True)) == "Уважаемые заявители!"
    assert greet(Facts()) == "Здравствуйте!"


def test_former_names_have_a_place():
    assert set(placeholders.FORMER.values()) <= set(CATALOGUE)


def test_a_ready_letter_becomes_a_text_for_several():
    letter = (
        "Уважаемая Мария Петровна!\n"
        "Ваше обращение № И-401/2026 от 24.11.2026 рассмотрено 24.11.2026.\n"
        "Ответ направлен Ивановой Марии Петровне."
    )
    common = placeholders.draw_out(letter, MARIA)
    assert common == (
        "{заявитель.приветствие}!\n"
        "Ваше обращение № {обращение.номер} от {обращение.дата} рассмотрено 24.11.2026.\n"
        "Ответ направлен {заявитель.фио_дательный}."
    )
    assert placeholders.fill(common, MARIA) == letter
    assert not placeholders.unknown(common)


def test_words_of_nobody_in_particular_stay():
    short = Facts(applicant=PersonName("Ли", "Ян"), words={"number": "", "address": "д. 1"})
    assert placeholders.draw_out("Ли и Ян, д. 1 и Лидия", short) == "Ли и Ян, д. 1 и Лидия"


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (["Прошу проверить начисление."], "Прошу проверить начисление"),
        (["Отопление;", False, "Лифт"], "Отопление»; «Лифт"),
        ([], ""),
    ],
)
def test_questions_stand_between_quotation_marks_without_their_full_stops(questions, words):
    assert placeholders.listed(questions) == words


def test_what_nobody_corrects_has_no_blanks():
    """An e-mail or an SMS leaves as it is: a line with an unknown fact is left out, no blank."""
    facts = placeholders.Facts(words={"number": "И-1/2026"})
    text = "№ {обращение.номер}\nТел. {орган.телефон}\n\n{орган.сайт}\n\nКонец"
    assert placeholders.fill_known(text, facts) == "№ И-1/2026\n\nКонец"
    assert placeholders.names(text) == {"обращение.номер", "орган.телефон", "орган.сайт"}


def test_an_article_is_put_in_after_with():
    law = Facts(words={"article": "ст. 11 59-ФЗ"})
    assert placeholders.fill("В соответствии с {решение.статья}", law) == (
        "В соответствии со ст. 11 59-ФЗ"
    )
    part = Facts(words={"article": "ч. 3 ст. 8 59-ФЗ"})
    assert placeholders.fill("в соответствии с {решение.статья}", part).endswith(
        "с ч. 3 ст. 8 59-ФЗ"
    )


def test_the_other_questions_are_promised_only_where_there_are_any():
    text = "Разъясняем.\n{обращение.остальные_вопросы}"
    assert placeholders.fill(text, Facts()) == "Разъясняем."
    rest = Facts(words={"rest_due_on": "24.12.2026"})
    assert placeholders.fill(text, rest).endswith("до 24.12.2026.")
