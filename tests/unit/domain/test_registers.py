"""A register's rows: whose column is which, what is refused, what a row changes (D2)."""

import hashlib
import json

import pytest
from gov_hotline.domain import register_columns, registers
from gov_hotline.domain.registers import Known, Reader

COLUMNS = ("number", "holder", "address", "phone", "opened_on", "services")
ROW = ("4410-0001", "ИВАНОВА МАРИЯ ПЕТРОВНА", "г. Озёрск, ул. Ленина, д. 15, кв. 3", "", "", "")


def read(*cells: str, columns=COLUMNS):
    """The account and the codes of remarks, bad ones with «!»."""
    account, remarks = Reader(columns).account(cells)
    return account, [("!" if one.is_bad else "") + one.code for one in remarks]


def changed(**cells: str) -> tuple[str, ...]:
    """The usual row with other cells."""
    return tuple(cells.get(name, cell) for name, cell in zip(COLUMNS, ROW, strict=True))


def test_a_row_is_understood():
    """D2: capitals of old programmes, a line of address, the settlement apart."""
    account, remarks = read(*ROW)
    assert remarks == []
    assert (account.key, account.holder) == ("4410-0001", "Иванова Мария Петровна")
    assert account.locality == "озерск"
    assert account.steps == (("street", "Ленина"), ("house", "15"), ("flat", "3"))


@pytest.mark.parametrize(
    ("cells", "steps"),
    [
        (("Ленина ул.", "д.15", "2", "кв.3"), ("Ленина", "15 корп. 2", "3")),
        (("проспект Мира", "15", "", "3а"), ("пр-кт Мира", "15", "3а")),
        (("ул. 8 Марта", "2А", "лит. Б", ""), ("8 Марта", "2а лит. Б")),
    ],
)
def test_an_address_in_columns(cells: tuple, steps: tuple):
    """D2: the same objects as of a line."""
    columns = ("number", "street", "house", "building", "flat")
    account, _remarks = read("1", *cells, columns=columns)
    assert tuple(name for _kind, name in account.steps) == steps


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (changed(number=""), "!no_number"),
        (changed(number="4,41001E+12"), "!spoilt_number"),
        (changed(number="9" * 65), "!long_number"),
        (changed(address=""), "!no_address"),
        (changed(address="ул. Ленина"), "!no_house"),
        (changed(opened_on="32.01.2020"), "!day"),
        ((*ROW, "лишнее"), "!columns"),
        (changed(holder='=HYPERLINK("http://x")'), "!no_name"),
        (changed(holder="@Иванов"), "!no_name"),
        (changed(holder="+7 913 555-01-01"), "!no_name"),
        (changed(holder="12345"), "!no_name"),
    ],
)
def test_a_bad_row_has_its_reason(cells: tuple, code: str):
    """D2: bad rows go to a file with the reason."""
    assert read(*cells) == (None, [code])


@pytest.mark.parametrize("cells", [ROW[:4], (*ROW, "лишнее"), (*ROW[:2], "ул. Садовая", ROW[2])])
def test_a_shifted_row_is_refused(cells: tuple):
    """D2: nobody gets a stranger's street for a name."""
    account, remarks = Reader(COLUMNS, width=len(COLUMNS)).account(cells)
    assert account is None
    assert remarks[0].code == "columns"
    assert Reader(COLUMNS, width=len(COLUMNS)).account((*ROW, "", ""))[1] == ()


@pytest.mark.parametrize("house", ["ул. Садовая", "-", "нет", "дом"])
def test_a_house_has_a_digit(house: str):
    """D2: a street in the column of houses makes no house."""
    columns = ("number", "street", "house", "flat")
    assert read("1", "Петров", house, "3", columns=columns) == (None, ["!no_house"])


@pytest.mark.parametrize("flat", ["-", "—", "–", "нет", "Нет", "кв. -", ""])
def test_a_dash_is_no_flat(flat: str):
    """D2: a private house, not «кв. -»; the same of a column of blocks."""
    columns = ("number", "street", "house", "building", "flat")
    account, remarks = read("1", "Ленина", "2", "-", flat, columns=columns)
    assert (account.steps, remarks) == ((("street", "Ленина"), ("house", "2")), [])
    line, _remarks = read(*changed(address=f"ул. Ленина, д. 2, кв. {flat}"))
    assert line.steps == account.steps


def test_a_phone_that_is_none_is_left_out_and_told():
    """D2: the account is loaded all the same."""
    account, remarks = read(*changed(phone="нет"))
    assert (account.phone, remarks) == ("", ["phone"])
    assert read(*changed(phone="нет; 8 913 555-01-01"))[0].phone == "+79135550101"


def test_days_and_services():
    """D2: days as people and spreadsheets write them; services in any order."""
    account, _remarks = read(*changed(opened_on="2020-03-01 00:00", services="ХВС; ГВС"))
    assert (account.opened_on, account.services) == ("2020-03-01", ("ГВС", "ХВС"))


def test_the_same_row_again_is_the_same():
    """D2: the same file twice changes nothing, however it was saved."""
    one, other = read(*ROW)[0], read(*changed(holder="Иванова Мария Петровна"))[0]
    assert registers.verdict(other, Known(one.digest)) == registers.SAME
    assert registers.verdict(one, None) == registers.CREATE


def test_a_changed_row_and_one_that_came_back():
    """D2: what was gone is opened again."""
    one, other = read(*ROW)[0], read(*changed(holder="Иванова Мария Ивановна"))[0]
    assert registers.verdict(other, Known(one.digest)) == registers.CHANGE
    assert registers.verdict(one, Known(one.digest, is_gone=True)) == registers.CHANGE


@pytest.mark.parametrize(
    ("before", "now", "other"),
    [
        ("Иванова Мария Петровна", "Иванова Мария Петровна", False),
        ("Иванова Мария Петровна", "Ивановна Мария Петровна", False),
        ("Семёнов Артём Ильич", "Семенов Артем Ильич", False),
        ("Иванова Мария Петровна", "Сидорова Мария Петровна", False),
        ("Иванова Мария Петровна", "Кузнецов Олег Ильич", True),
        ("", "Кузнецов Олег Ильич", True),
    ],
)
def test_when_an_account_has_passed_to_another_person(before: str, now: str, other: bool):
    """D2: a slip or a marriage is the same person; a stranger gets a card of his own."""
    assert registers.is_other_person(before, now) is other


def test_columns_are_proposed_by_their_names_and_by_the_last_choice():
    """D2: saved mappings."""
    columns = ("№ Лицевого счёта", "Ф.И.О.", "Кв.", "Прочее", "Владелец")
    assert register_columns.proposed(columns, {}) == ["number", "holder", "flat", "", ""]
    assert register_columns.proposed(("Прибор", "Вид прибора"), {}) == ["meter", "meter_service"]
    saved = {"Прочее": "address", "Ф.И.О.": ""}
    assert register_columns.proposed(columns, saved) == ["number", "", "flat", "address", "holder"]


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        (["number", "address"], ()),
        (["holder", "house"], ("no_number",)),
        (["number", "street"], ("no_place",)),
        (["number", "address", "number"], ("twice",)),
    ],
)
def test_what_a_mapping_lacks(fields: list, problems: tuple):
    """D2: a register without numbers or addresses is not loaded."""
    assert register_columns.mapping_problems(fields) == problems


@pytest.mark.parametrize(
    ("gone", "standing", "percent", "asked"),
    [(0, 100, 10, False), (10, 100, 10, False), (11, 100, 10, True), (1, 100, 0, True)],
)
def test_many_gone_are_asked_about(gone: int, standing: int, percent: int, asked: bool):
    """D2: half a file must not close half of the accounts."""
    assert registers.asks(gone, standing, percent) is asked


def test_a_row_that_could_be_anybody_asks_about_the_least_gone():
    """D2: a spoilt number closes nobody's account by itself."""
    assert registers.asks(1, 1000, 10, unknown=1)
    assert not registers.asks(0, 1000, 10, unknown=1)


WITH_METERS = ("number", "holder", "address", "services", "meter", "meter_service")
FIRST = ("1", "Иванова Мария Петровна", "Ленина 15-3", "ХВС", "77001", "ХВС")


def joined(*rows: tuple):
    """The account of several rows."""
    first, *others = (read(*cells, columns=WITH_METERS)[0] for cells in rows)
    for other in others:
        assert first.is_of(other)
        first = first.joined(other)
    return first


def test_several_rows_are_one_account():
    """D2: a row for each service, meter or holder of a share; a holder named again is one."""
    account = joined(
        FIRST,
        ("1", "ИВАНОВА МАРИЯ ПЕТРОВНА", "ул. Ленина, д. 15, кв. 3", "ГВС", "77002", "ГВС"),
        ("1", "Иванов Пётр Ильич", "Ленина 15-3", "", "", ""),
    )
    assert account.services == ("ГВС", "ХВС")
    assert account.meters == (("77001", "ХВС"), ("77002", "ГВС"))
    assert (account.holder, account.co_holders) == (
        "Иванова Мария Петровна",
        ("Иванов Пётр Ильич",),
    )
    assert account.holders == "Иванова Мария Петровна; Иванов Пётр Ильич"


def test_a_double_adds_nothing():
    """D2: it is told as one; so is a row of the same number with another address."""
    account = joined(FIRST)
    assert account.joined(account) == account
    assert not account.is_of(read(*FIRST[:2], "Ленина 17-3", *FIRST[3:], columns=WITH_METERS)[0])


def test_an_account_is_closed_when_all_its_rows_are():
    """D2: a share that was sold closes nobody's account."""
    columns = ("number", "holder", "address", "closed_on")
    one, other, still = (
        read("1", name, "Ленина 15-3", day, columns=columns)[0]
        for name, day in (("Иванова А", "01.02.2020"), ("Иванов Б", "01.03.2020"), ("Иванов В", ""))
    )
    assert one.joined(other).closed_on == "2020-03-01"
    assert one.joined(other).joined(still).closed_on == ""


@pytest.mark.parametrize(
    ("meter", "service", "meters"),
    [
        ("11; 12", "ХВС; ГВС", (("11", "ХВС"), ("12", "ГВС"))),
        ("11, 12", "ХВС", (("11", "ХВС"), ("12", "ХВС"))),
        ("11/2", "ХВС", (("11/2", "ХВС"),)),
        ("", "ХВС", ()),
    ],
)
def test_meters_of_one_cell(meter: str, service: str, meters: tuple):
    """E3: several in one cell, each with its service."""
    assert joined((*FIRST[:4], meter, service)).meters == meters


def test_holders_of_one_cell():
    """D2: two holders in one cell are two; the card is the first one's."""
    account = joined(("1", "ИВАНОВА МАРИЯ; Иванов Пётр", *FIRST[2:]))
    assert (account.holder, account.co_holders) == ("Иванова Мария", ("Иванов Пётр",))


def test_what_the_body_does_not_know_is_left_out_and_comes_once_it_does():
    """D2: the same row changes its account once the service is in the directory."""
    row = ("1", "Иванова Мария", "Ленина 15-3", "Вода, ХВС", "77001; 77002", "ХВС; Вода")
    columns = ("number", "holder", "address", "services", "meter", "meter_service")
    account, _remarks = Reader(columns).account(row)
    taken, left = account.taken({"вода"})
    assert (taken.services, taken.meters) == (("Вода",), (("77002", "Вода"),))
    assert [(one.code, one.value, one.is_bad) for one in left] == [
        ("service", "ХВС", False),
        ("meter", "77001", False),
    ]
    assert registers.verdict(taken, Known(taken.digest)) == registers.SAME
    whole, left = account.taken({"вода", "хвс"})
    assert (whole, left) == (account, ())
    assert registers.verdict(whole, Known(taken.digest)) == registers.CHANGE
    none, left = account.taken(())
    assert (none.services, none.meters, len(left)) == ((), (), 4)


def test_the_digest_of_a_single_row_stays():
    """D2: what was delivered before accounts of several rows were known is the same still."""
    account = joined(FIRST)
    facts = {k: v for k, v in account.__dict__.items() if k not in ("more_meters", "co_holders")}
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    assert account.digest == hashlib.sha256(told.encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    ("columns", "cells", "key"),
    [
        (("number", "key"), ("№ 12", "abc"), "abc"),
        (("number", "key"), ("'12 ", ""), "12"),
        (("key",), (), ""),
        (("", "number"), ("x", "7"), "7"),
    ],
)
def test_the_key_of_a_row_that_was_not_read(columns: tuple, cells: tuple, key: str):
    """D2: a bad row whose key is known closes nobody's account."""
    assert Reader(columns).key(cells) == key
