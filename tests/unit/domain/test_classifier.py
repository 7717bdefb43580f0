"""C5: the classifier is data with editions; its official file is read whole or not at all."""

from datetime import date
from pathlib import Path

import pytest
from gov_hotline.domain import classifier
from gov_hotline.domain.classifier import BadRow, Known, Topic

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXCERPT = FIXTURES / "classifier_excerpt_2025-10-31.csv"
DETAILS = FIXTURES / "classifier_details_excerpt_2025-10-31.csv"
HEAD = "# ред. на 31.10.2025\ncode;name;level;note\n0001.0000.0000.0000;Государство;1;\n"


def _file(*lines):
    return (HEAD + "\n".join(lines) + "\n").encode()


def _known(parsed):
    return {topic.code: Known(topic.name, topic.note) for topic in parsed.topics}


def test_the_official_file_is_read_with_its_edition_and_parents():
    """C5: an excerpt of the edition of 31.10.2025."""
    parsed = classifier.parse(EXCERPT.read_bytes())
    assert parsed.problems == ()
    assert parsed.edition == date(2025, 10, 31)
    by_code = {topic.code: topic for topic in parsed.topics}
    assert by_code["0002.0007.0074.0301"] == Topic(
        "0002.0007.0074.0301",
        'Звание "Ветеран труда", "Участник трудового фронта". Льготы и меры социальной поддержки '
        "ветеранов труда, участников трудового фронта",
        4,
        "0002.0007.0074.0000",
    )
    assert by_code["0001.0002.0027.0126"].note == "restored"
    assert by_code["0001.0002.0000.0000"].parent == "0001.0000.0000.0000"
    assert by_code["0001.0000.0000.0000"].parent == ""
    assert len(by_code) == len(parsed.topics)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_of_a_russian_office_gives_the_same_topics(encoding, newline):
    text = EXCERPT.read_text(encoding="utf-8")
    raw = text.replace("\n", newline).encode(encoding)
    assert classifier.parse(raw) == classifier.parse(EXCERPT.read_bytes())


def test_question_details_are_the_fifth_level_without_a_parent():
    parsed = classifier.parse(DETAILS.read_bytes())
    assert parsed.is_details
    assert parsed.problems == ()
    assert parsed.topics[0] == Topic(
        "0000.0000.0000.0000.0001", "на территории Российской Федерации", 5
    )


def test_a_detail_of_one_question_hangs_under_it():
    parsed = classifier.parse(
        _file(
            "0001.0001.0000.0000;Строй;2;",
            "0001.0001.0001.0000;Конституция;3;",
            "0001.0001.0001.0001;Основы;4;",
            "0001.0001.0001.0001.0007;Подробно;5;",
        )
    )
    assert parsed.problems == ()
    assert parsed.topics[-1].parent == "0001.0001.0001.0001"


@pytest.mark.parametrize(
    ("line", "reason", "value"),
    [
        ("0001.0001.0000;Строй;2;", "bad_code", "0001.0001.0000"),
        ("0001.0000.0002.0000;Слип;3;", "bad_code", "0001.0000.0002.0000"),
        ("0000.0000.0000.0000;Ничто;1;", "bad_code", "0000.0000.0000.0000"),
        ("0001.0001.0001.0001.0000;Пятый;4;", "bad_code", "0001.0001.0001.0001.0000"),
        ("0001.0001.0000.0000;Строй;два;", "bad_level", "два"),
        ("0001.0001.0000.0000;Строй;6;", "bad_level", "6"),
        ("0001.0001.0000.0000;Строй;3;", "level_mismatch", "0001.0001.0000.0000 / 3"),
        ("0001.0001.0000.0000;  ;2;", "no_name", "0001.0001.0000.0000"),
        ("0001.0001.0000.0000", "columns", "1"),
        ("0001.0001.0000.0000;Строй;2;;лишнее", "columns", "5"),
        ("0001.0000.0000.0000;Ещё раз;1;", "repeated", "0001.0000.0000.0000 (3)"),
        ("0002.0007.0000.0000;Без раздела;2;", "no_parent", "0002.0000.0000.0000"),
        ('0001.0001.0000.0000;"Открытая кавычка;2;', "quotes", ""),
    ],
)
def test_a_bad_row_is_named_by_its_line_in_the_file(line, reason, value):
    """The line number counts comments, the header and empty lines: as an editor shows it."""
    parsed = classifier.parse(_file("", line))
    assert parsed.problems == (BadRow(5, reason, value),)


def test_every_bad_row_is_named_in_the_order_of_the_file():
    parsed = classifier.parse(_file("мусор;x;1;", "0001.0002.0001.0000;Без второго;3;", "x;y;z;"))
    assert [(row.line, row.reason) for row in parsed.problems] == [
        (4, "bad_code"),
        (5, "no_parent"),
        (6, "bad_code"),
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"PK\x03\x04\x00\x00", "not_text"),
        ("code;name;level".encode("utf-16"), "not_text"),
        (b"", "no_header"),
        ("Код;Название\n1;2\n".encode(), "no_header"),
        (b"code,name,level,note\n", "no_header"),
        (b"# only\ncode;name;level;note\n\n", "empty"),
    ],
)
def test_what_is_not_the_file_is_refused_as_a_whole(raw, reason):
    parsed = classifier.parse(raw)
    assert [row.reason for row in parsed.problems] == [reason]
    assert parsed.topics == ()


def test_the_same_file_twice_changes_nothing():
    parsed = classifier.parse(EXCERPT.read_bytes())
    changes = classifier.compare(parsed, _known(parsed))
    assert changes.is_empty
    assert changes.same == len(parsed.topics)


def test_a_new_edition_adds_renames_archives_and_restores():
    old = classifier.parse(
        _file("0001.0001.0000.0000;Строй;2;", "0001.0002.0000.0000;Управление;2;")
    )
    new = classifier.parse(
        _file(
            "0001.0003.0001.0000;Тема;3;",
            "0001.0001.0000.0000;Конституционный строй;2;",
            "0001.0003.0000.0000;Право;2;",
            "0001.0004.0000.0000;Вернулась;2;",
        )
    )
    known = _known(old) | {"0001.0004.0000.0000": Known("Вернулась", active=False)}
    changes = classifier.compare(new, known)
    assert [topic.code for topic in changes.new] == ["0001.0003.0000.0000", "0001.0003.0001.0000"]
    assert [topic.name for topic in changes.changed] == ["Конституционный строй"]
    assert changes.restored == ("0001.0004.0000.0000",)
    assert changes.archived == ("0001.0002.0000.0000",)
    assert changes.same == 1


def test_own_topics_and_the_other_list_are_never_archived():
    """A file of questions leaves the details alone, and nobody touches the body's own topics."""
    questions = classifier.parse(_file())
    details = classifier.parse("detail_code;name\n0001;за рубежом\n".encode())
    own = {"9999.0001.0000.0000": Known("Свои", is_official=False)}
    known = _known(questions) | _known(details) | own
    assert classifier.compare(questions, known).is_empty
    assert classifier.compare(details, known).is_empty
