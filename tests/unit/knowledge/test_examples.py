"""What ships for citizens speaks to them: it stands on the site and in letters as it is (C6)."""

import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "addons" / "gov_hotline_kb" / "data" / "examples"
FILES = ("appeals", "social", "housing", "utility", "daily")
ARTICLES = [
    article
    for name in FILES
    for article in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["article"]
]
FOR_CITIZENS = [one for one in ARTICLES if one.get("audience", "both") != "internal"]
# What is said over a telephone, in the first person, or told to whoever answers it.
OPERATORS = re.compile(
    r"""на[ ]линии | переключ | соедин(ите|ю)\b | (?<!региональный[ ])(?<!региональному[ ])оператор
    | звонящ | спросите | перезвон(ю|им|ите)\b | зарегистрируйте | заведите | поставьте[ ]задачу
    | переведите[ ]звонок | кнопк\w+[ ]«112» | старш\w+[ ]смены | ответственному[ ]сотруднику
    | отключени\w+[ ]по[ ]объекту | справочник\w*[ ]ведомств | «как[ ]посчитан[ ]срок»
    | (скажите|назовите|сообщите|прочитайте)[ ](заявителю|гражданину)
    | \bя\b | \bмне\b | \bпередам\b | \bпередадим | \bсообщу\b | \bпроверю\b
    | \bсверим\b | \bскажу\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _told(article):
    """Return what a citizen reads of an article."""
    return "\n".join([article["title"], article["short"], *article["parts"].values()])


@pytest.mark.parametrize("article", FOR_CITIZENS, ids=lambda one: one["id"])
def test_a_citizens_article_speaks_to_the_citizen(article):
    found = OPERATORS.search(_told(article))
    assert not found, found[0]


@pytest.mark.parametrize(
    "words",
    [
        "Оставайтесь на линии, я вас переключу.",
        "Спросите, где находится человек.",
        "Узнайте у звонящего адрес.",
        "Зарегистрируйте обращение и назовите номер.",
        "Заведите сообщение.",
        "Назовите место, передам исполнителю.",
        "Показания можно продиктовать мне.",
        "Скажите заявителю название ведомства.",
        "Передайте оператору адрес.",
    ],
)
def test_the_guard_knows_an_operators_words(words):
    assert OPERATORS.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "Позвоните по телефону горячей линии.",
        "За вывоз отвечает региональный оператор.",
        "Вам перезвонят: номер заявки запишите.",
        "Сообщите адрес региональному оператору.",
    ],
)
def test_the_guard_lets_words_for_citizens_pass(words):
    assert not OPERATORS.search(words)


def test_sixty_articles_one_of_them_for_staff():
    assert len(ARTICLES) == 60
    assert len({one["id"] for one in ARTICLES}) == 60
    assert [one["id"] for one in ARTICLES if one not in FOR_CITIZENS] == ["hotline"]


def test_what_an_operator_does_stands_apart():
    """Where the operator has something to do beside reading it out, he is told it: staff only."""
    told = {one["id"]: one["operator"] for one in ARTICLES if "operator" in one}
    assert "переключу" in told["emergency"]
    assert {"emergency", "status", "forwarded", "no_answer", "dogs", "snow"} <= set(told)
