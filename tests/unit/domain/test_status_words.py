"""A3, practice 22: what is told of a case, in words to read aloud."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from gov_hotline.domain.spoken import spoken_day, spoken_year
from gov_hotline.domain.status_words import REFUSALS, Facts, Letter, sentences, short
from gov_hotline.domain.transitions import STATES

TODAY = date(2026, 11, 22)
CASE = Facts(
    number="И-401/2026",
    state="in_work",
    today=TODAY,
    registered_on=date(2026, 11, 2),
    due_on=date(2026, 12, 1),
    body="Администрация города Озёрска",
)
ANSWER = Letter("", "15-04/1", date(2026, 11, 20))
SENT = Letter("Прокуратура города", "12-3", date(2026, 11, 5))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "двадцать второго ноября"),
        (date(2026, 1, 1), "первого января"),
        (date(2026, 5, 19), "девятнадцатого мая"),
        (date(2026, 8, 30), "тридцатого августа"),
        (date(2025, 12, 31), "тридцать первого декабря две тысячи двадцать пятого года"),
        (date(2027, 3, 3), "третьего марта две тысячи двадцать седьмого года"),
    ],
)
def test_day_as_one_says_it(day, words):
    assert spoken_day(day, TODAY) == words


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2000, "двухтысячного года"),
        (2011, "две тысячи одиннадцатого года"),
        (2030, "две тысячи тридцатого года"),
        (2099, "две тысячи девяносто девятого года"),
        (1999, "1999 года"),
    ],
)
def test_year(year, words):
    assert spoken_year(year) == words


def test_every_day_of_a_year_has_words():
    days = {spoken_day(date(2026, 1, 1) + timedelta(days=n), TODAY) for n in range(365)}
    assert len(days) == 365
    assert not any(sign.isdigit() for day in days for sign in day)


OPENING = "Ваше обращение номер И-401/2026 зарегистрировано второго ноября."
BODY = "Его рассматривает Администрация города Озёрска."
FORWARDED = "Оно направлено пятого ноября по компетенции: Прокуратура города, исходящий номер 12-3."
GIVEN = "Ответ направлен двадцатого ноября, исходящий номер 15-04/1."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, (OPENING, BODY, "Ответ — не позднее первого декабря.")),
        (
            {"due_on": TODAY},
            (OPENING, BODY, "Последний день для ответа — сегодня, двадцать второго ноября."),
        ),
        (
            {"due_on": date(2026, 11, 20)},
            (OPENING, BODY, "Ответ должен был быть не позднее двадцатого ноября, его пока нет."),
        ),
        (
            {"is_extended": True, "due_on": date(2027, 1, 1)},
            (
                OPENING,
                BODY,
                "Срок рассмотрения продлён.",
                "Ответ — не позднее первого января две тысячи двадцать седьмого года.",
            ),
        ),
        (
            {"state": "deferred"},
            (
                OPENING,
                BODY.replace("Озёрска.", "Озёрска, ответы готовят и другие ведомства."),
                "Ответ — не позднее первого декабря.",
            ),
        ),
        ({"answers": (ANSWER,)}, (OPENING, GIVEN)),
        ({"state": "closed", "answers": (ANSWER,)}, (OPENING, GIVEN)),
        (
            {"state": "closed", "closed_on": TODAY},
            (OPENING, "Рассмотрение завершено двадцать второго ноября."),
        ),
        ({"state": "closed"}, (OPENING, "Рассмотрение завершено.")),
        ({"state": "closed", "answers": (Letter(),)}, (OPENING, "Ответ направлен.")),
        (
            {"state": "forwarded", "forwarded": (SENT,), "closed_on": TODAY},
            (OPENING, FORWARDED, "Ответ даст тот, кому оно направлено."),
        ),
        (  # a part was sent away, we answer the rest
            {"forwarded": (SENT,)},
            (OPENING, FORWARDED, BODY, "Ответ — не позднее первого декабря."),
        ),
        (
            {"state": "withdrawn", "closed_on": TODAY},
            (OPENING, "Рассмотрение прекращено по вашей просьбе двадцать второго ноября."),
        ),
        (
            {"kind": "message", "due_on": None},
            (OPENING.replace("обращение", "сообщение"), BODY),
        ),
        (  # a technical case is no appeal either
            {"kind": "tech_support", "due_on": None},
            (OPENING.replace("обращение", "сообщение"), BODY),
        ),
        (
            {"as_of": "по данным СЭД на 09:45", "body": ""},
            (
                OPENING.replace("Ваше", "По данным СЭД на 09:45: ваше"),
                "Оно рассматривается.",
                "Ответ — не позднее первого декабря.",
            ),
        ),
        (
            {"state": "unknown", "registered_on": None, "due_on": None},
            ("Ваше обращение номер И-401/2026 принято.", "Его состояние уточняется."),
        ),
    ],
)
def test_sentences(changes, words):
    assert sentences(replace(CASE, **changes)) == words


@pytest.mark.parametrize("state", [state for state in STATES if state != "draft"])
def test_every_state_is_told_somehow(state):
    """No state is silent, and no state of a voice menu names the case or its body."""
    facts = replace(CASE, state=state, closed_on=TODAY)
    assert len(sentences(facts)) > 1
    spoken = " ".join(short(facts))
    assert spoken
    assert "401" not in spoken
    assert "Озёрск" not in spoken


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ("Обращение рассматривается.", "Ответ — не позднее первого декабря.")),
        ({"answers": (ANSWER,)}, ("Ответ направлен двадцатого ноября.",)),
        (
            {"state": "forwarded", "forwarded": (SENT,)},
            ("Обращение направлено по компетенции в другой орган.",),
        ),
        ({"state": "closed"}, ("Рассмотрение обращения завершено.",)),
    ],
)
def test_a_voice_menu_says_less(changes, words):
    assert short(replace(CASE, **changes)) == words


def test_refusals_are_of_all_results_but_found():
    assert set(REFUSALS) == {"incomplete", "not_found", "wait"}
    assert all(REFUSALS.values())


def test_filed_is_not_registered():
    """A3: of another system only the day of filing is known; it is not called registration."""
    filed = replace(CASE, registered_on=None, filed_on=date(2026, 11, 2))
    assert sentences(filed)[0] == "Ваше обращение номер И-401/2026 подано второго ноября."
