"""The rows of data/hotline_term.xml: complete, consistent, each chosen where the law wants it."""

from datetime import date, timedelta

import pytest
from gov_hotline.domain import term_choice
from gov_hotline.domain.term_choice import Case, choose
from gov_hotline.domain.terms import compute
from hypothesis import given
from hypothesis import strategies as st

from . import shipped
from .test_terms import CALENDARS, STARTS

# Rule table: code -> length, trigger, ground, strictness. Written down a second time on purpose:
# a slip in the data must not pass.
TABLE = {
    "REG-3": (3, "received", None, "warn"),
    "MAIN-30": (30, "registered", None, "block"),
    "MIG-20": (20, "registered", "migration_head", "block"),
    "EXT-30": (30, "due", None, "block"),
    "FWD-7": (7, "registered", "out_of_competence", "block"),
    "FWD-MIG": (5, "registered", "migration", "block"),
    "COPY-7": (7, "registered", "several_bodies", "warn"),
    "SELF-RET": (7, "registered", "complaint_return", "warn"),
    "ANON-7": (7, "registered", "anonymous_unlawful", "warn"),
    "COURT-7": (7, "registered", "court_decision", "block"),
    "UNREAD-7": (7, "registered", "unreadable", "warn"),
    "SENSE-7": (7, "registered", "senseless", "warn"),
    "PUB-7": (7, "registered", "published", "warn"),
    "RQ-15": (15, "other_received", None, "warn"),
    "REG-8FZ": (3, "received", None, "warn"),
    "REQ-8FZ": (30, "registered", None, "block"),
    "REQ-POST-7": (7, "registered", "postponed", "block"),
    "REQ-EXT-15": (15, "due", None, "block"),
    "REQ-FWD-7": (7, "registered", "out_of_competence", "warn"),
    "MSG-10": (10, "registered", None, "warn"),
    "HOWTO-3": (3, "received", "not_an_appeal", "warn"),
}
PRACTICE = {"SELF-RET", "ANON-7", "HOWTO-3"}
TODAY = date(2026, 11, 24)
TRACKS = {"appeal_59": "appeal", "request_8fz": "appeal", "message": "message"}


def case(kind, on=TODAY, **values):
    return Case(track=TRACKS[kind], kind=kind, body=1, on=on, **values)


def codes(kind, trigger, stated="", **values):
    return [rule.code for rule in choose(shipped.RULES, case(kind, **values), trigger, stated)]


def test_table():
    columns = ("trigger", "ground", "strictness")
    read = {
        code: (int(row["length"]), *(row.get(column) for column in columns))
        for code, row in shipped.ROWS.items()
    }
    assert read == TABLE


@pytest.mark.parametrize("code", TABLE)
def test_a_row_is_complete_and_speaks_known_codes(code):
    row = shipped.ROWS[code]
    assert row["article"]
    assert row["trigger"] in term_choice.TRIGGERS
    assert row["purpose"] in term_choice.PURPOSES
    assert row.get("ground") in (None, *term_choice.GROUNDS)
    assert (row["purpose"] == "extend") == (row["trigger"] == "due")


def test_what_the_law_does_not_set_says_so():
    """SELF-RET: seven days are practice, and the article that a citizen reads says it."""
    practice = {code for code, row in shipped.ROWS.items() if row["basis"] == "practice"}
    assert practice == PRACTICE
    assert all("по практике" in shipped.ROWS[code]["article"] for code in practice)


def test_every_ground_starts_something():
    assert {row["ground"] for row in shipped.ROWS.values() if "ground" in row} == set(
        term_choice.GROUNDS
    )


@pytest.mark.parametrize(
    ("kind", "received", "registered", "due"),
    [
        ("appeal_59", ["REG-3"], ["MAIN-30"], ["EXT-30"]),
        ("request_8fz", ["REG-8FZ"], ["REQ-8FZ"], ["REQ-EXT-15"]),
        ("message", [], ["MSG-10"], []),
    ],
)
def test_terms_of_registration(kind, received, registered, due):
    """X10: each kind has its own clocks; a request under 8-FZ none of 59-FZ."""
    assert codes(kind, "received") == received
    assert codes(kind, "registered") == registered
    assert codes(kind, "due") == due


@pytest.mark.parametrize(
    ("kind", "ground", "code"),
    [
        (row["kind"], row["ground"], code)
        for code, row in shipped.ROWS.items()
        if "ground" in row and row["trigger"] == "registered"
    ],
)
def test_a_stated_ground_starts_its_term_only(kind, ground, code):
    assert codes(kind, "registered", stated=ground) == [code]


def test_grounds_of_59_fz_start_nothing_for_a_request_of_information():
    for ground in ("court_decision", "unreadable", "migration", "complaint_return"):
        assert codes("request_8fz", "registered", stated=ground) == []


def test_migration_facts_before_the_head_of_the_region_replace_the_main_term():
    """MIG-20 stands in the place of MAIN-30, not beside it."""
    known = frozenset({"migration_head"})
    assert codes("appeal_59", "registered", grounds=known) == ["MIG-20"]
    assert codes("appeal_59", "registered", grounds=known, on=date(2014, 12, 31)) == ["MAIN-30"]


@given(
    st.sampled_from(sorted(set(TABLE) - {"EXT-30", "REQ-EXT-15"})),
    CALENDARS,
    STARTS,
    st.sampled_from(["previous", "none", "next"]),
)
def test_every_shipped_term_keeps_its_word(code, calendar, start, shift):
    """X10: later than its start; never later than the law, unless the body's act says `next`."""
    certificate = compute(shipped.term(code, shift=shift), start, calendar)
    assert certificate.article == shipped.ROWS[code]["article"]
    assert certificate.due > start
    if shift == "next":
        assert certificate.due == calendar.next_working(certificate.raw_due)
    else:
        assert certificate.due <= certificate.raw_due
    if certificate.unit == "calendar":
        assert certificate.raw_due == start + timedelta(certificate.length)
