"""A3: what a document system answers by REST, and the ways in which it answers badly."""

import json
from datetime import datetime

import pytest
from gov_hotline.domain import external_rest
from gov_hotline.domain.external_rest import BadAnswer

TZ = "Europe/Moscow"


def _body(**told):
    return json.dumps({"as_of": "2026-11-22T09:45:00+03:00", "items": [], **told}).encode()


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, b"", "closed"),
        (403, b"no", "closed"),
        (302, b"", "redirect"),
        (500, b"", "status"),
        (404, b"", "status"),
        (204, b"", "status"),
        (200, b'{"as_of": "2026-11-22T09:45:00Z", "items": [{"num', "cut"),
        (200, b"", "cut"),
        (200, b"\xff\xfe", "cut"),
        (200, b"[]", "shape"),
        (200, b"7", "shape"),
        (200, b"{}", "shape"),
        (200, _body(items={}), "shape"),
        (200, _body(items=["one"]), "shape"),
        (200, _body(next={"page": 2}), "shape"),
        (200, _body(gone="a1"), "shape"),
        (200, _body(gone=[["a1"]]), "shape"),
        (200, _body(gone=[True]), "shape"),
        (200, _body(as_of=None), "as_of"),
        (200, _body(as_of="today"), "as_of"),
        (200, _body(as_of=1763793900), "as_of"),
    ],
)
def test_bad_answers(status, body, code):
    """A3: nothing of a bad answer is believed."""
    with pytest.raises(BadAnswer) as told:
        external_rest.read(status, body, TZ)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("as_of", "utc"),
    [
        ("2026-11-22T09:45:00+03:00", "2026-11-22T06:45:00"),
        ("2026-11-22T09:45:00.123Z", "2026-11-22T09:45:00"),
        ("2026-11-22 09:45", "2026-11-22T06:45:00"),
    ],
)
def test_moments(as_of, utc):
    """A3: with its zone, else in the body's time."""
    page = external_rest.read(200, _body(as_of=as_of), TZ)
    assert page.as_of == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("following", "told"), [(None, ""), (2, "2"), ("a b", "a b"), (2.0, "2"), ("", "")]
)
def test_next(following, told):
    """A3: the next page is asked by what the system calls it."""
    assert external_rest.read(200, _body(next=following), TZ).next == told


def test_address():
    """A3: changed_since and page beside what the administrator has set."""
    since = datetime.fromisoformat("2026-11-22T06:45:00")
    assert external_rest.address("https://sed/x?org=7", since, "2") == (
        "https://sed/x?org=7&changed_since=2026-11-22T06%3A45%3A00Z&page=2"
    )
    assert external_rest.address("http://sed", None, "1") == "http://sed/?page=1"


def test_cells():
    """A3: items of different shapes become rows of one table."""
    items = ({"number": 7, "state": None}, {"number": "8", "note": ["a"]})
    names = external_rest.columns(items)
    assert names == ["number", "state", "note"]
    assert external_rest.cells(items[0], names) == ["7", "", ""]
    assert external_rest.cells(items[1], names) == ["8", "", '["a"]']


def test_what_is_gone():
    """A3: keys of what was taken out there; a system need not tell."""
    assert external_rest.read(200, _body(), TZ).gone == ()
    assert external_rest.read(200, _body(gone=["a1", 7, " ", ""]), TZ).gone == ("a1", "7")
