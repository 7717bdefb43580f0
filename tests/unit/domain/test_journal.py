"""The chain over the journal: what each kind of tampering leaves behind."""

import json
from hashlib import sha256

import pytest
from gov_hotline.domain import journal
from gov_hotline.domain.journal import Check, Head, Line, Seal
from hypothesis import given
from hypothesis import strategies as st

NOW = "2026-11-22 09:00:00"


def _digested(line: Line) -> Line:
    """The line as the hotline writes it."""
    return line._replace(digest=sha256(journal.canonical(line).encode()).hexdigest())


def _line(number: int) -> Line:
    payload = json.dumps({"number": f"И-{number}/2026"}, ensure_ascii=False)
    at = f"2026-11-22 08:{number:02}:00"
    return _digested(
        Line(number * 10, at, 1, 7, "helpdesk.ticket", number, "registered", payload, "")
    )


def _sealed(lines: list[Line]) -> list[tuple[Seal, Line]]:
    return list(zip(journal.chain(lines, Head(), NOW), lines, strict=True))


ROWS = _sealed([_line(number) for number in range(1, 10)])
LAST = Head(9, journal.seal_hash(ROWS[-1][0]))


def _check(rows: list[tuple[Seal, Line | None]], heads: dict[int, str] | None = None) -> list:
    check = Check(heads or {})
    found = [fault for seal, line in rows for fault in check.seal(seal, line)]
    return [(fault.code, fault.number) for fault in (*found, *check.end())]


def _with_line(number: int, **values: object) -> list[tuple[Seal, Line | None]]:
    """The rows with a line changed as by UPDATE."""
    return [
        (seal, line._replace(**values) if seal.number == number else line) for seal, line in ROWS
    ]


def _with_seal(which: int, **values: object) -> list[tuple[Seal, Line]]:
    return [
        (seal._replace(**values) if seal.number == which else seal, line) for seal, line in ROWS
    ]


def _recomputed() -> list[tuple[Seal, Line]]:
    """Line 3 changed and everything computed anew: nothing in the database shows it."""
    lines = [line for _seal, line in ROWS]
    lines[2] = _digested(lines[2]._replace(res_ref=77))
    return _sealed(lines)


def test_an_untouched_chain_has_no_fault():
    """X5: also against its own head."""
    assert _check(ROWS, {LAST.number: LAST.hash, 4: journal.seal_hash(ROWS[3][0])}) == []


@pytest.mark.parametrize(
    ("values"),
    [
        {"at": "2026-11-22 08:03:01"},
        {"at": "2026-11-22 08:03:00.5"},
        {"company_ref": 2},
        {"company_ref": None},
        {"user_ref": 8},
        {"model": "hotline.answer"},
        {"res_ref": 4},
        {"event": "answer_given"},
        {"payload": "{}"},
        {"payload": None},
        {"digest": "0" * 64},
        {"digest": None},
    ],
)
def test_every_column_of_a_line_is_sealed(values: dict):
    """X5: whichever column is changed, the line is named."""
    assert _check(_with_line(3, **values)) == [(journal.CHANGED_LINE, 3)]


def test_a_changed_line_with_its_digest():
    """X5: who computes the digest anew too is found by the seal."""
    line = _digested(ROWS[2][1]._replace(event="answer_given"))
    assert _check(_with_line(3, **line._asdict())) == [(journal.CHANGED_LINE, 3)]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([(s, None if s.number == 3 else one) for s, one in ROWS], [(journal.MISSING_LINE, 3)]),
        ([row for row in ROWS if row[0].number != 3], [(journal.MISSING_SEAL, 3)]),
        ([row for row in ROWS if row[0].number > 2], [(journal.MISSING_SEAL, 1)]),
        (_with_seal(3, previous_hash="f" * 64),
         [(journal.BROKEN_LINK, 3), (journal.BROKEN_LINK, 4)]),
        (_with_seal(3, sealed_at="2026-11-22 09:00:01"), [(journal.BROKEN_LINK, 4)]),
        (_with_seal(3, line_hash="f" * 64), [(journal.CHANGED_LINE, 3), (journal.BROKEN_LINK, 4)]),
        (_with_seal(3, number=2), [(journal.BROKEN_LINK, 2), (journal.MISSING_SEAL, 3)]),
        # the line changed and its seal made anew: the next link tells
        (
            [*ROWS[:2], *_recomputed()[2:3], *ROWS[3:]],
            [(journal.BROKEN_LINK, 4)],
        ),
    ],
)  # fmt: skip
def test_tampering(rows: list, faults: list):
    """X5: what is gone or changed in the chain is named where it is."""
    assert _check(rows) == faults


def test_two_lines_exchanged():
    seals, lines = zip(*ROWS, strict=True)
    rows = list(zip(seals, (lines[1], lines[0], *lines[2:]), strict=True))
    assert _check(rows) == [(journal.CHANGED_LINE, 1), (journal.CHANGED_LINE, 2)]


def test_a_wholly_recomputed_chain_is_found_by_a_head_only():
    """X5: that is what the head outside the database is for."""
    assert _check(_recomputed()) == []
    assert _check(_recomputed(), {LAST.number: LAST.hash}) == [(journal.OTHER_CHAIN, 9)]
    before_the_change = journal.seal_hash(ROWS[1][0])
    assert _check(_recomputed(), {2: before_the_change}) == []


def test_a_cut_chain_is_found_by_a_head_only():
    """X5: the last lines with their seals are gone."""
    assert _check(ROWS[:6]) == []
    assert _check(ROWS[:6], {9: LAST.hash}) == [(journal.SHORT_CHAIN, 9)]
    assert _check([], {9: LAST.hash}) == [(journal.SHORT_CHAIN, 9)]


def test_a_line_written_past_the_hotline():
    """X5: an INSERT by hand is sealed, its digest gives it away."""
    rows = _sealed([_line(1), _line(2)._replace(digest="")])
    assert _check(rows) == [(journal.FOREIGN_LINE, 2)]


def test_lines_of_the_first_versions_are_ours():
    """«No body» was digested as false; the column says 0."""
    line = _line(1)._replace(company_ref=0)
    content = journal.canonical(line).replace('"company_ref":0', '"company_ref":false')
    line = line._replace(digest=sha256(content.encode()).hexdigest())
    assert _check(_sealed([line])) == []


def test_a_check_goes_on_in_parts():
    """The button checks part by part: the same faults, nothing between the parts is lost."""
    rows = _with_seal(5, previous_hash="f" * 64)
    first, second = Check(), None
    found = [fault for row in rows[:4] for fault in first.seal(*row)]
    second = Check({}, first.head)
    found += [fault for row in rows[4:] for fault in second.seal(*row)]
    assert [(fault.code, fault.number) for fault in found] == _check(rows)


def test_sealing_goes_on_where_it_stopped():
    lines = [line for _seal, line in ROWS]
    begun = list(journal.chain(lines[:4], Head(), NOW))
    rest = journal.chain(lines[4:], Head(4, journal.seal_hash(begun[-1])), NOW)
    assert [*begun, *rest] == [seal for seal, _line in ROWS]


_TEXTS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"])))
_NUMBERS = st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1))


@given(at=_TEXTS, event=_TEXTS, payload=_TEXTS, company=_NUMBERS, res=_NUMBERS)
def test_the_content_is_plain_json(
    at: str | None, event: str | None, payload: str | None, company: int | None, res: int | None
):
    """Quickly made, but what json.dumps makes: the digest of `_append` is of that."""
    line = Line(5, at, company, 7, "m", res, event, payload, None)
    values = {k: v for k, v in line._asdict().items() if k not in ("id", "digest")}
    plain = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert journal.canonical(line) == plain


def test_heads_in_a_letter():
    """Of a letter, a file, a note: number and hash, whatever stands around them."""
    text = f"Журнал за 22.11.2026\n№ 9  {LAST.hash}\n> 4 {'A' * 64}.\nтел. 8 800 {'b' * 63}\n"
    assert journal.read_heads(text) == {9: LAST.hash, 4: "a" * 64}


def test_of_two_heads_of_one_number_the_first_counts():
    """A second one cannot hide the first."""
    assert journal.read_heads(f"9 {'a' * 64}\n9 {'b' * 64}") == {9: "a" * 64}


def test_every_code_is_a_fault():
    assert set(journal.FAULTS) == {
        value
        for name, value in vars(journal).items()
        if name.isupper() and isinstance(value, str) and name != "START"
    }
