"""ССТУ.РФ (Decree 171): the file of an appeal by its field table, and what is missing from it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from gov_hotline_reports.domain import sstu
from gov_hotline_reports.domain.sstu import Appeal, File, Question, Transfer

BODY = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER = "9a0c3f25-04e0-4f89-91d3-0305e82c3302"
FILE = File("Ответ.pdf", 300, "ab" * 32)
QUESTION = Question(
    code="0005.0005.0056.1160",
    status=sstu.EXPLAINED,
    incoming_on=date(2026, 3, 2),
    registered_on=date(2026, 3, 4),
    responded_on=date(2026, 3, 30),
    attachment=FILE,
)
DIRECT = Appeal(BODY, "И-14/2026", "Иванов Иван Иванович", questions=(QUESTION,))
LETTER = replace(DIRECT, is_direct=False, number="А26-01-5", created_on=date(2026, 3, 1))


def only(appeal):
    """The one question of the appeal's file."""
    return sstu.document(appeal)["questions"][0]


def asked(**changes):
    """The direct appeal with another question."""
    return replace(DIRECT, questions=(replace(QUESTION, **changes),))


def codes(appeal):
    """What is missing."""
    return [(fault.question, fault.code) for fault in sstu.faults(appeal)]


def test_direct_appeal_by_its_fields():
    assert sstu.document(replace(DIRECT, address="Светлоозёрск", email="i@example.org")) == {
        "departmentId": BODY,
        "isDirect": True,
        "format": "Other",
        "number": "И-14/2026",
        "name": "Иванов Иван Иванович",
        "address": "Светлоозёрск",
        "email": "i@example.org",
        "questions": [
            {
                "code": "0005.0005.0056.1160",
                "status": "Explained",
                "incomingDate": "2026-03-02",
                "registrationDate": "2026-03-04",
                "responseDate": "2026-03-30",
                "attachment": {"name": "Ответ.pdf", "content": "ab" * 32},
            }
        ],
    }


def test_letter_of_a_body_gives_its_number_and_date():
    told = sstu.document(LETTER)
    assert (told["isDirect"], told["number"], told["createDate"]) == (
        False,
        "А26-01-5",
        "2026-03-01",
    )


@pytest.mark.parametrize(
    ("is_direct", "is_electronic", "format_"),
    [(True, False, "Other"), (True, True, "Other"), (False, False, "Other"),
     (False, True, "Electronic")],
)  # fmt: skip
def test_electronic_is_what_came_by_medo(is_direct, is_electronic, format_):
    appeal = replace(LETTER, is_direct=is_direct, is_electronic=is_electronic)
    assert sstu.document(appeal)["format"] == format_


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("NotReceived", []),
        ("NotRegistered", ["incomingDate"]),
        ("InWork", ["incomingDate", "registrationDate", "isExtend"]),
        ("Explained", ["incomingDate", "registrationDate", "responseDate", "attachment"]),
        ("NotSupported", ["incomingDate", "registrationDate", "responseDate", "attachment"]),
        ("Answered", ["incomingDate", "registrationDate", "responseDate", "attachment"]),
        (
            "Supported",
            ["incomingDate", "registrationDate", "responseDate", "attachment", "actionsTaken"],
        ),
        ("Transferred", ["incomingDate", "registrationDate", "transfer"]),
        ("LeftWithoutAnswer", ["incomingDate", "registrationDate", "responseDate"]),
    ],
)
def test_each_status_tells_its_own_fields_alone(status, names):
    whole = asked(
        status=status,
        transfer=Transfer(OTHER, date(2026, 3, 9), "12-И"),
        is_extended=True,
        actions_taken=True,
    )
    assert list(only(whole)) == ["code", "status", *names]
    assert not sstu.faults(whole)


def test_the_table_knows_every_status_of_the_format():
    assert set(sstu.STATUSES) == {
        "NotReceived", "NotRegistered", "InWork", "Explained", "NotSupported", "Answered",
        "Supported", "Transferred", "LeftWithoutAnswer",
    }  # fmt: skip


def test_measures_are_said_also_when_none_were_taken():
    assert only(asked(status=sstu.SUPPORTED))["actionsTaken"] is False


def test_term_that_was_not_extended_is_not_told():
    assert "isExtend" not in only(asked(status=sstu.IN_WORK))


def test_transfer_names_body_day_and_number():
    appeal = asked(status=sstu.TRANSFERRED, transfer=Transfer(OTHER, date(2026, 3, 9), "12-И"))
    assert only(appeal)["transfer"] == {
        "departmentId": OTHER, "transferDate": "2026-03-09", "transferNumber": "12-И",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("appeal", "missing"),
    [
        (DIRECT, []),
        (LETTER, []),
        (replace(DIRECT, department_id=""), [(0, "department")]),
        (replace(DIRECT, department_id="3f2504e04f8941d39a0c0305e82c3301"), [(0, "department")]),
        (replace(DIRECT, number=""), [(0, "number")]),
        (replace(LETTER, created_on=None), [(0, "letter_date")]),
        (replace(DIRECT, name=""), [(0, "name")]),
        (replace(DIRECT, questions=()), [(0, "questions")]),
        (asked(code=""), [(1, "code")]),
        (asked(code="0005.0005.0056"), [(1, "code")]),
        (asked(code="0005.0005.0056.1160.0074"), []),
        (asked(code="0005.0005.0056.1160.0074.1"), [(1, "code")]),
        (asked(incoming_on=None), [(1, "incomingDate")]),
        (asked(registered_on=None), [(1, "registrationDate")]),
        (asked(responded_on=None), [(1, "responseDate")]),
        (asked(responded_on=None, status=sstu.IN_WORK), []),
        (asked(attachment=None), []),
        (asked(registered_on=date(2026, 3, 1)), [(1, "registered_before")]),
        (asked(registered_on=date(2026, 3, 2)), []),
        (asked(responded_on=date(2026, 3, 3)), [(1, "responded_before")]),
        (asked(responded_on=date(2026, 3, 4)), []),
        (replace(LETTER, created_on=date(2026, 3, 2)), []),
        (replace(LETTER, created_on=date(2026, 3, 3)), [(1, "incoming_before_letter")]),
        # a direct appeal has no letter to be later than
        (replace(DIRECT, created_on=date(2026, 3, 3)), []),
        (asked(attachment=File("a.pdf", 7_499_997, "")), []),
        (asked(attachment=File("a.pdf", 7_499_998, "")), [(1, "attachment")]),
        (asked(status=sstu.TRANSFERRED), [(1, "transfer")]),
        (
            asked(status=sstu.TRANSFERRED, transfer=Transfer()),
            [(1, "transfer_department"), (1, "transfer_date"), (1, "transfer_number")],
        ),
    ],
)
def test_what_is_missing_is_named(appeal, missing):
    assert codes(appeal) == missing


def test_faults_name_the_question():
    appeal = replace(DIRECT, questions=(QUESTION, replace(QUESTION, code="")))
    assert codes(appeal) == [(2, "code")]


@pytest.mark.parametrize(
    ("outcome", "ground", "is_final", "told"),
    [
        ("Explained", "", True, ("Explained", False)),
        ("Supported", "", True, ("Supported", False)),
        ("Supported+", "", True, ("Supported", True)),
        ("Transferred", "out_of_competence", True, ("Transferred", False)),
        ("LeftWithoutAnswer", "unreadable", True, ("LeftWithoutAnswer", False)),
        ("", "senseless", True, ("LeftWithoutAnswer", False)),
        ("", "anonymous", True, ("LeftWithoutAnswer", False)),
        ("LeftWithoutAnswer", "court", True, ("LeftWithoutAnswer", False)),
        ("", "court", True, ("Answered", False)),
        ("", "repeat", True, ("Answered", False)),
        ("", "published", True, ("Answered", False)),
        ("Explained", "", False, ("InWork", False)),
    ],
)
def test_status_follows_outcome_and_ground(outcome, ground, is_final, told):
    assert sstu.status(outcome, ground, is_final=is_final) == told


def test_file_name_is_a_guid_that_follows_from_the_case():
    name = sstu.file_name(BODY, 14)
    assert name == sstu.file_name(BODY.upper(), 14)
    assert sstu.is_guid(name.removesuffix(".json"))
    assert len({name, sstu.file_name(BODY, 15), sstu.file_name(OTHER, 14)}) == 3


def test_bytes_are_the_same_and_utf8():
    content = {FILE.digest: "JVBERg=="}
    one, two = (sstu.dump(sstu.document(DIRECT, content)) for _ in range(2))
    assert one == two
    assert "Иванов".encode() in one
    assert json.loads(one)["questions"][0]["attachment"]["content"] == "JVBERg=="


@pytest.mark.parametrize(
    ("number", "prefixes", "skipped"),
    [
        ("А26-01-5", "А26", True),
        ("A26-01-5", "А26", True),  # Latin against Cyrillic
        ("а26-01-5", "A26", True),
        ("А27-01-5", "А26", False),
        ("А27-01-5", "А26, А27", True),
        ("А26-01-5", "", False),
        ("А26-01-5", " , ", False),
    ],
)
def test_numbers_that_the_body_does_not_tell_of(number, prefixes, skipped):
    assert sstu.is_skipped(number, prefixes) is skipped
