"""A3: appeals of another system of documents: rows, states, names, moments."""

from datetime import datetime, timedelta

import pytest
from gov_hotline.domain import external
from gov_hotline.domain.external import Reader

STATES = [
    ("Зарегистрировано", "registered"),
    ("На регистрации", "registered"),
    ("Принято", "accepted"),
    ("Поступило в отдел", "accepted"),
    ("Новое", "accepted"),
    ("На рассмотрении", "in_work"),
    ("РАССМАТРИВАЕТСЯ", "in_work"),
    ("В работе", "in_work"),
    ("На исполнении", "in_work"),
    ("Подготовка ответа", "in_work"),
    ("Проект ответа на согласовании", "in_work"),
    ("Не рассмотрено", "in_work"),
    ("Назначен исполнитель", "in_work"),
    ("Срок продлён", "extended"),
    ("Рассмотрение продлено до 22.12.2026", "extended"),
    ("Направлено по компетенции", "forwarded"),
    ("Перенаправлено в Ростехнадзор", "forwarded"),
    ("Переадресовано", "forwarded"),
    ("Дан ответ", "answered"),
    ("Ответ направлен", "answered"),
    ("Рассмотрено", "answered"),
    ("Разъяснено", "answered"),
    ("Рассмотрение завершено", "closed"),
    ("Закрыто", "closed"),
    ("В дело", "closed"),
    ("Снято с контроля", "closed"),
    ("Списано в архив", "closed"),
    ("17", "unknown"),
    ("", "unknown"),
    (None, "unknown"),
]


@pytest.mark.parametrize(("text", "code"), STATES)
def test_state(text, code):
    """A3: our word for what the other system writes; what is not understood is unknown."""
    assert external.state(text) == code
    assert code in external.STATES


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Семёнов Пётр Ильич", "ПЕТР ИЛЬИЧ СЕМЕНОВ", True),
        ("Иванова  Мария", "Мария Иванова", True),
        ("Иванова-Ким Анна", "анна иванова-ким", True),
        ("Иванова Мария Петровна", "Иванова Мария", False),
        ("Иванов, Пётр", "пётр иванов", True),
        ("", None, True),
    ],
)
def test_name_key(one, other, same):
    """A3: a name is found in any order and spelling of ё."""
    assert (external.name_key(one) == external.name_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("г. Озёрск, ул. Ленина, д. 15, кв. 3", "ленина 15-3", True),
        ("Озёрск, Ленина ул., дом 15, кв.3", "656043, г. Озерск, ул. Ленина, 15, 3", True),
        ("Озёрск, ул. Ленина, 15, кв. 3", "Снежинск, ул. Ленина, 15, кв. 3", False),
        ("ул. Ленина, д. 15, кв. 3", "ул. Ленина, д. 15, кв. 4", False),
        ("ул. Ленина, д. 15", "ул. Ленина, д. 15, кв. 4", False),
        ("Озёрск", "Озёрск", False),
        ("", "", False),
    ],
)
def test_is_same_place(one, other, same):
    """A3: a card is the applicant's only at the same flat."""
    assert external.is_same_place(one, other) is same


COLUMNS = (
    *("case_number", "filed_on", "applicant_name", "applicant_address", "case_state", "due_on"),
)
ROW = ("15-01/44", "02.11.2026", "ИВАНОВА МАРИЯ", "ул. Ленина, 15-3", "В работе", "02.12.2026")


def test_a_row_is_understood():
    """A3: what a row of the export tells."""
    case, remarks = Reader(COLUMNS).case(ROW)
    assert remarks == ()
    assert case.key == "15-01/44 02.11.2026"
    assert (case.filed_on, case.due_on) == ("2026-11-02", "2026-12-02")
    assert (case.applicant_name, case.state, case.state_text) == (
        "Иванова Мария",
        "in_work",
        "В работе",
    )


@pytest.mark.parametrize(
    ("change", "codes", "is_loaded"),
    [
        ({0: ""}, ["no_case_number"], False),
        ({0: "—"}, ["no_case_number"], False),
        ({1: "вчера"}, ["day"], False),
        ({1: "02.11.2026 10:30"}, [], True),
        ({1: "2026-11-02T10:30"}, [], True),
        ({5: "скоро"}, ["day"], True),
        ({5: ""}, [], True),
    ],
)
def test_remarks(change, codes, is_loaded):
    """A3: a row without number or day is not loaded; a term that is no day is left out."""
    cells = [change.get(place, cell) for place, cell in enumerate(ROW)]
    case, remarks = Reader(COLUMNS).case(cells)
    assert [one.code for one in remarks] == codes
    assert (case is not None) is is_loaded


def test_a_shifted_row_is_refused():
    """A3: whose name a shifted row tells nobody knows."""
    assert Reader(COLUMNS, width=6).case(ROW[:5])[0] is None
    assert Reader(COLUMNS).case((*ROW, "лишнее"))[0] is None


def test_the_digest_follows_the_content():
    """A3: the same row again changes nothing, another state does."""
    one = Reader(COLUMNS).case(ROW)[0]
    spaced = Reader(COLUMNS).case([f" {cell} " for cell in ROW])[0]
    other = Reader(COLUMNS).case([*ROW[:4], "Дан ответ", ROW[5]])[0]
    assert one.digest == spaced.digest != other.digest


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Рег. №", "case_number"),
        ("Дата регистрации", "registered_on"),
        ("Ф.И.О. заявителя", ""),
        ("Заявитель", "applicant_name"),
        ("Куда направлено", "forwarded_to"),
        ("outgoing_number", "outgoing_number"),
        ("Исходящий №", "outgoing_number"),
        ("Дата исх.", "outgoing_on"),
        ("Цвет", ""),
    ],
)
def test_usual_field(name, told):
    """A3: what exports usually call their columns, and the keys of the REST answer."""
    assert external.usual_field(name) == told


def test_the_names_of_our_own_fields_are_usual():
    """A3: a source that answers in our names needs no mapping."""
    assert [external.usual_field(name) for name in external.CASE_FIELDS] == [*external.CASE_FIELDS]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        (("case_number", "filed_on"), ()),
        (("case_number", "key"), ()),
        (("filed_on",), ("no_case_number",)),
        (("case_number",), ("no_filed_on",)),
        (("case_number", "key", "key"), ("twice",)),
    ],
)
def test_mapping_problems(fields, codes):
    """A3: without number and day, or key, a row is known by nothing."""
    assert external.mapping_problems(fields) == codes


def test_moment():
    """A3: «на 09:45» today, with the day on another one."""
    now = datetime(2026, 11, 22, 17, 0)  # noqa: DTZ001 - the body's local time
    assert external.moment(now.replace(hour=9, minute=45), now) == "09:45"
    assert external.moment(now - timedelta(days=1), now) == "21.11.2026 17:00"


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (1, 5), (2, 10), (3, 20), (7, 320), (8, 360), (500, 360)]
)
def test_pause(failures, minutes):
    """A3: the more failures in a row, the longer the pause, six hours at most."""
    assert external.pause(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "last", "code"),
    [(0, None, ""), (4, None, ""), (6, None, "future"), (-10, -20, ""), (-30, -20, "older")],
)
def test_moment_problem(minutes, last, code):
    """A3: data of tomorrow or older than ours are refused."""
    now = datetime(2026, 11, 22, 9, 45)  # noqa: DTZ001 - UTC, naive as Odoo keeps it
    before = last is not None and now + timedelta(minutes=last)
    assert external.moment_problem(now + timedelta(minutes=minutes), now, before or None) == code


@pytest.mark.parametrize(
    ("key", "folder"), [("И-401/2026", "И-401_2026"), ("a:b", "a_b"), ("../x", "_x"), ("..", "")]
)
def test_folder_name(key, folder):
    """A3: the folder of a case's files leads nowhere but to its own place."""
    assert external.folder_name(key) == folder


def test_key_of_the_day_of_registration():
    """A3: a system that tells the day of registration alone: its key is the same as before."""
    by_filed = {"case_number": "1", "filed_on": "05.11.2026", "registered_on": "06.11.2026"}
    by_registered = {"case_number": "1", "registered_on": "06.11.2026"}
    assert external.key(by_filed) == "1 05.11.2026"
    assert external.key(by_registered) == "1 06.11.2026"
    assert external.mapping_problems(["case_number", "registered_on"]) == ()
    columns = ["case_number", "registered_on"]
    case, remarks = external.Reader(columns).case(["1", "40.11.2026"])
    assert (case, remarks[0].is_bad) == (None, True)
