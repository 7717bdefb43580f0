"""Letters that speak as a body's, and citizens who write of bodies (B5; practice 9, 10)."""

import pytest
from gov_hotline_channels.domain import body_letter, letterhead

ANNA = ("Смирнова Анна", "anna@mail.ru", "Холодно")


@pytest.mark.parametrize(
    ("name", "address", "subject", "body"),
    [
        ("Прокуратура Озёрского края", "p@mail.ru", "Письмо", "Во вложении."),
        ("Приёмная", "p@mail.ru", "Письмо", "Во вложении."),
        ("", "priemnaya@prok-oz.example", "Письмо", "Во вложении."),
        ("", "info@adm.city.example", "Письмо", "Во вложении."),
        ("", "x@mail.ru", "Исх. № 7-1247-2026/Он4521 от 20.11.2026", ""),
        ("", "x@mail.ru", "", "Здравствуйте.\nИсх. 15/4 от 20.11.2026"),
        (
            *ANNA,
            "В соответствии с ч. 3 ст. 8 закона № 59-ФЗ направляется обращение Гусева П. П.",
        ),
        (*ANNA, "Направляем жалобу гражданина для рассмотрения по компетенции."),
        (*ANNA, "Взято на контроль. О результатах рассмотрения сообщить в срок до 14.12.2026."),
    ],
)
def test_a_body(name, address, subject, body):
    assert body_letter.speaks(name, address, subject, body)


@pytest.mark.parametrize(
    "body",
    [
        "Третий день холодные батареи.",
        "Прошу взять на контроль и сообщить мне о принятых мерах.",
        "Я писала в прокуратуру и в администрацию, ответа нет.",
        "Мне ответили письмом исх. № 12-3 от 01.11.2026, я не согласна.",
        "Направляю вам моё обращение и фото.",
        "Депутат обещал, что дорога на контроле.",
    ],
)
def test_a_citizen(body):
    assert not body_letter.speaks(*ANNA, body)


def test_a_citizens_mailbox_named_admin():
    assert not body_letter.speaks("Иван", "admin@mail.ru", "Яма", "Во дворе яма.")


@pytest.mark.parametrize(
    ("body", "signed"),
    [
        ("Тепло дано.\n\nМинистр  П. П. Петров\n\nИсп. А. А. Иванова", "Министр П. П. Петров"),
        ("Тепло дано.\nЗаместитель главы\nА.Б. Салтыков-Щедрин", "А.Б. Салтыков-Щедрин"),
        ("Обращение П. П. Петрова рассмотрено, тепло дано.", ""),
        ("", ""),
    ],
)
def test_signer(body, signed):
    assert letterhead.signer(body) == signed
