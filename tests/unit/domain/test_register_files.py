"""Tables as companies send them: encodings, separators, headings (D2)."""

import io

import pytest
from gov_hotline.domain import register_columns, register_files
from gov_hotline.domain.register_files import UnreadableFile
from openpyxl import Workbook

HEADING = "Лицевой счёт;ФИО;Улица;Дом;Кв."
LINES = (
    "4410-0001;Иванова Мария Петровна;Ленина;15;3",
    "4410-0002;ЁЛКИН СЕРГЕЙ ЮРЬЕВИЧ;Первомайская;2а;41",
    "4410-0003;;Щорса;7;1",
)
TABLE = "\r\n".join((HEADING, *LINES))


def read(content: bytes, **given: str) -> tuple[register_files.Guess, list]:
    """The guess and the rows."""
    how = register_files.guess(content, register_columns.usual_field, **given)
    return how, list(register_files.rows(content, how))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_every_russian_encoding_is_guessed(encoding: str, change):
    """D2: whatever the case of the letters, the rows come out as they were written."""
    how, found = read(change(TABLE).encode(encoding))
    assert how.encoding == encoding
    assert [cells for _line, cells in found] == [change(line).split(";") for line in LINES]


def test_utf_16_without_its_mark():
    """D2: some programmes leave the mark out."""
    assert read(TABLE.encode("utf-16-le"))[0].encoding == "utf-16-le"


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(0, 250, 3)) * 30,
        b"\x7fELF\x02\x01\x01" + b"\0" * 9 + bytes(range(255, 1, -1)) * 30,
    ],
)
def test_bytes_of_no_table_are_refused(content: bytes):
    """D2: a picture named .csv is no column of Chinese signs."""
    with pytest.raises(UnreadableFile, match="broken"):
        register_files.guess(content, register_columns.usual_field)


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_every_separator_is_guessed(mark: str):
    """D2: commas inside quotation marks separate nothing."""
    text = TABLE.replace(";", mark).replace("Ленина", '"Ленина, дом; угол"')
    how, found = read(text.encode("cp1251"))
    assert how.separator == mark
    assert found[0] == (2, ["4410-0001", "Иванова Мария Петровна", "Ленина, дом; угол", "15", "3"])


def test_a_title_above_the_heading_is_left_out():
    """D2: accountants write what the table is above it."""
    text = f"Реестр лицевых счетов;;;;\r\nна 01.11.2026;;;;\r\n{TABLE}"
    how, found = read(text.encode("cp1251"))
    assert (how.header, how.columns[0]) == (3, "Лицевой счёт")
    assert [line for line, _cells in found] == [4, 5, 6]


def test_no_heading_at_all():
    """D2: the first account is no heading."""
    how, found = read("\n".join(LINES).encode())
    assert (how.header, how.columns[1], len(found)) == (0, "Столбец 2", 3)


def test_what_a_person_says_stands_over_the_guess():
    """D2: the encoding of the source, not the guessed one."""
    how, _found = read(TABLE.encode("cp1251"), encoding="cp866", separator=",")
    assert (how.encoding, how.separator) == ("cp866", ",")


def test_another_encoding_in_the_middle_is_told_with_its_line():
    """D2: half a file of another encoding is not loaded as rubbish."""
    lines = [HEADING, *LINES * 40]
    content = "\r\n".join(lines).encode() + b"\r\n4410-0004;\xc8\xe2\xe0\xed\xee\xe2;"
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    assert (caught.value.code, caught.value.line) == ("text", 122)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b";;;\r\n;;;", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"%PDF-1.7", "broken"),
        (b"PK\x03\x04 no archive", "broken"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str):
    """D2: a reason, not a traceback."""
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (4410093.0, "4410093"), (3, "3"), (42.5, "42.5"), ("а б", "а б")],
)
def test_cells_of_a_spreadsheet_as_text(value: object, text: str):
    """D2: an account's number is no fraction."""
    assert register_files.cell_text(value) == text


@pytest.mark.parametrize(
    ("names", "read", "width"),
    [
        (("ЛС", "ФИО", "Столбец 3"), ("number", "holder", ""), 2),
        (("ЛС", "ФИО", "Столбец 3"), ("number", "holder", "address"), 3),
        (("ЛС", "ФИО", "Почта"), ("number", "holder", ""), 3),
        (("Столбец 1", "Столбец 2"), ("", ""), 2),
    ],
)
def test_how_wide_the_heading_is(names: tuple, read: tuple, width: int):
    """D2: a row is compared with what is named or read."""
    assert register_files.heading_width(names, read) == width


def test_empty_columns_at_the_end_are_not_shown():
    """D2: separators at the end of every line are no columns."""
    how = register_files.guess("ЛС;ФИО;;\n1;Иванова;;\n2;Петрова;;\n".encode())
    assert how.columns == ("ЛС", "ФИО")


def test_the_example_of_a_column_is_its_first_cell_that_is_not_empty():
    """D2: a telephone that the fortieth row is the first to have is shown; the sample is short."""
    lines = [f"{n};;{'+7 976 555-00-40' if n > 40 else ''};" for n in range(1, 60)]
    how, _rows = read("\n".join(("Л/с;ФИО;Телефон;Долг", *lines)).encode())
    assert how.examples == ("1", "", "+7 976 555-00-40", "")
    assert len(how.sample) == register_files.SAMPLE


def test_a_table_broken_further_down_is_guessed_all_the_same():
    """D2: that it is broken is told, with its row, by whoever reads the whole."""
    cell = '"' + "x" * 140_000 + '"'
    content = "\n".join((TABLE, *LINES * 20, f"{cell};;;;")).encode()
    assert register_files.guess(content, register_columns.usual_field).examples[0] == "4410-0001"


def test_the_sheet_of_a_workbook_is_told():
    """D2: hidden sheets are passed over, those that are not read are named."""
    book = Workbook()
    book.active.title = "Служебный"
    book.active.sheet_state = "hidden"
    for name in ("Счета", "Архив"):
        book.create_sheet(name).append(["Л/с", "ФИО"])
    buffer = io.BytesIO()
    book.save(buffer)
    how = register_files.guess(buffer.getvalue(), register_columns.usual_field)
    assert (how.sheet, how.other_sheets) == ("Счета", ("Архив",))
