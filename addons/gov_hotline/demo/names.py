"""Russian names by rule: no person is meant, every one is put together by chance."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    """The words of a list that reads as a text."""
    return tuple(text.split())


# Surnames of persons known to every reader are left out.
SURNAMES = words(
    "Абрамов Агафонов Антонов Архипов Баранов Белов Белый Березин Бобров Быков Верховой Власов "
    "Волков Гаврилов Герасимов Гончаренко Горбунов Громов Данилов Дементьев Доронин Дубровский "
    "Елисеев Ершов Журавлёв Завьялов Зайцев Заозерский Зимин Зуев Игнатьев Ильин Исаев Казаков "
    "Калашник Капустин Карпов Киселёв Климов Ковальчук Комаров Костин Котов Кравченко "
    "Кудрявцев Лаптев Левицкий Логинов Лукин Макаров Малинин Марков Мельник Мельников Молчанов "
    "Муравьёв Наумов Носов Овчинников Орехов Павленко Панов Пахомов Петренко Поляков Пономарёв "
    "Прохоров Родионов Рожков Рощин Рудаков Рябов Садовников Самойлов Сафонов Седов Селезнёв "
    "Семёнов Сизов Соболев Сорокин Степанов Суханов Сычёв Тарасов Терентьев Тихий Тихонов "
    "Токарев Трофимов Туманов Устинов Филатов Фомин Хабибуллин Харитонов Царёв Чернов Чистяков "
    "Шаповал Шаров Шестаков Широков Щукин Юдин Яковлев Якушев"
)
MEN = words(
    "Александр Алексей Анатолий Андрей Антон Артём Борис Вадим Валерий Василий Виктор Виталий "
    "Владимир Геннадий Георгий Григорий Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл "
    "Константин Леонид Максим Михаил Никита Николай Олег Павел Пётр Роман Ринат Сергей Степан "
    "Фёдор Юрий Яков"
)
WOMEN = words(
    "Алла Александра Алина Анастасия Анна Валентина Вера Вероника Галина Дарья Евгения Екатерина "
    "Елена Зинаида Инна Ирина Ксения Лариса Лидия Любовь Людмила Маргарита Марина Мария Надежда "
    "Наталья Нина Оксана Ольга Полина Раиса Светлана София Тамара Татьяна Юлия"
)
# Father's name -> stem of the patronymic, where the ending alone does not tell it.
_STEMS = {
    "Павел": "Павлов",
    "Пётр": "Петров",
    "Лев": "Львов",
    "Яков": "Яковлев",
    "Михаил": "Михайлов",
}
_SHORT = {"Илья": ("Ильич", "Ильинична"), "Никита": ("Никитич", "Никитична")}
_TWO_CONSONANTS = re.compile(r"[бвгджзклмнпрстфхцчшщ]{2}ий$")


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    surname: str
    given: str
    patronymic: str
    is_woman: bool

    @property
    def short(self) -> str:
        """«Белова А. И.»."""
        initials = [f"{name[0]}." for name in (self.given, self.patronymic) if name]
        return " ".join([self.surname, *initials])


def person(rng: random.Random) -> Person:
    """Put one person together: a woman in 58 of 100, as callers of hotlines are."""
    is_woman = rng.random() < 0.58
    surname = rng.choice(SURNAMES)
    return Person(
        surname=feminine(surname) if is_woman else surname,
        given=rng.choice(WOMEN if is_woman else MEN),
        patronymic=patronymic(rng.choice(MEN), is_woman),
        is_woman=is_woman,
    )


def feminine(surname: str) -> str:
    """The surname of a woman: Иванова, Высоцкая, Толстая, Белая; Кравченко stays."""
    if re.search(r"(?:ов|ев|ёв|ин|ын)$", surname):
        return surname + "а"
    return re.sub(r"(?:ый|ой|ий)$", "ая", surname)


def patronymic(father: str, is_woman: bool) -> str:
    """The patronymic of a child of `father`: Петрович, Юрьевна, Дмитриевич, Ильинична."""
    if father in _SHORT:
        return _SHORT[father][is_woman]
    return _stem(father) + ("на" if is_woman else "ич")


def _stem(father: str) -> str:
    """«Петров», «Юрьев», «Дмитриев», «Игорев»: what -ич and -на are added to."""
    if father in _STEMS:
        return _STEMS[father]
    if _TWO_CONSONANTS.search(father):
        return father[:-1] + "ев"
    if father.endswith("ий"):
        return father[:-2] + "ьев"
    if father.endswith(("й", "ь")):
        return father[:-1] + "ев"
    return father + "ов"
