"""A2: what a person checks by hand before a talk becomes a draft of an article."""

import pytest
from gov_hotline.domain import depersonal
from gov_hotline.domain.depersonal import ACCOUNT, ADDRESS, EMAIL, NAME, NUMBER
from hypothesis import given
from hypothesis import strategies as some

NAMES = ("Иванова", "Мария", "Петровна")


def found(text, names=NAMES):
    return [(text[one.start : one.end], one.kind) for one in depersonal.marks(text, names)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Звонила Иванова про свет", [("Иванова", NAME)]),
        ("Передайте Ивановой Марии", [("Ивановой", NAME), ("Марии", NAME)]),
        ("Мастер Сидоров Пётр Ильич был", [("Сидоров Пётр Ильич", NAME)]),
        ("Мастер Сидоров Пётр Иванович был", [("Сидоров Пётр Иванович", NAME)]),
        ("был Кузнецов В. А., ушёл", [("Кузнецов В. А.", NAME)]),
        ("подписал В.А. Кузнецов", [("В.А. Кузнецов", NAME)]),
        ("тел. 8 (913) 555-01-01", [("8 (913) 555-01-01", NUMBER)]),
        ("пишите на ivan@example.com", [("ivan@example.com", EMAIL)]),
        ("л/с 4410-0093 не бьётся", [("л/с 4410-0093", ACCOUNT)]),
        ("лицевой счёт № 44100093", [("лицевой счёт № 44100093", ACCOUNT)]),
        ("паспорт 5005 123456", [("паспорт 5005 123456", ACCOUNT)]),
        ("живу ул. Ленина, 15, кв. 3 давно", [("ул. Ленина, 15, кв. 3", ADDRESS)]),
        ("на улице Мира, дом 5", [("улице Мира, дом 5", ADDRESS)]),
        ("в квартире 12 холодно", [("квартире 12", ADDRESS)]),
        ("Меня зовут Пётр Кузнецов, холодно", [("Пётр Кузнецов", NAME)]),
        ("звонит Сидорова Анна про субсидию", [("Сидорова Анна", NAME)]),
        ("Заявитель: Ли Виктор, нет тепла", [("Ли Виктор", NAME)]),
        ("заявитель петрова мария ивановна просит", [("петрова мария ивановна", NAME)]),
        ("телефон 555-01-01 домашний", [("555-01-01", NUMBER)]),
        ("тел.: 55-01-01", [("55-01-01", NUMBER)]),
        ("т. 2550101, перезвонить", [("2550101", NUMBER)]),
        ("живёт на ул ленина 5 кв 3", [("ул ленина 5 кв 3", ADDRESS)]),
        ("улица мира, дом 10-12", [("улица мира, дом 10-12", ADDRESS)]),
        ("Ленина 5-12, дует", [("Ленина 5-12", ADDRESS)]),
        ("Какая улица 8 Марта относится к школе", [("улица 8 Марта", ADDRESS)]),
        ("Заявитель обязан подать заявление", []),
        ("Субсидия за период 2025-2026 годов", []),
        ("По телефону 122 ответят", []),
        ("По 59-ФЗ отвечают 30 дней", []),
        ("Плата выросла на 120 рублей с 1 июля 2026 года", []),
        ("", []),
    ],
)
def test_what_is_marked(text, marked):
    assert found(text) == marked


def test_only_what_is_removed_is_gone():
    text = "Иванова, тел. 89135550101"
    name, number = depersonal.marks(text, NAMES)
    assert depersonal.without(text, [name, number]) == "[…], тел. […]"
    assert depersonal.without(text, [number]) == "Иванова, тел. […]"
    assert depersonal.without(text, []) == text


@given(some.text(alphabet="Иванова ул.дкв№0123456789-()@abc,\n", max_size=80))
def test_marks_stand_apart_and_inside(text):
    marked = depersonal.marks(text, NAMES)
    ends = 0
    for one in marked:
        assert ends <= one.start < one.end <= len(text)
        ends = one.end


def test_a_long_text_is_read_at_once():
    depersonal.marks("улица " * 20_000 + "1 " * 20_000 + "Аа " * 20_000, NAMES)
