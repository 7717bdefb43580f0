"""Every (track, state, to, role) of both tracks, against a list written by hand."""

from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from gov_hotline.domain import transitions as tr

ADDON = Path(__file__).parents[3] / "addons" / "gov_hotline"
LADDER = {"operator", "officer", "administrator"}
OFFICER = {"officer", "administrator"}
COMMON = {
    ("draft", "in_work"): LADDER,
    ("in_work", "deferred"): OFFICER,
    ("deferred", "in_work"): OFFICER,
    ("in_work", "closed"): OFFICER,
    ("deferred", "closed"): OFFICER,
    ("in_work", "forwarded"): OFFICER,
    ("deferred", "forwarded"): OFFICER,
}
EXPECTED = {
    "appeal": {
        **COMMON,
        ("in_work", "returned"): OFFICER,
        ("deferred", "returned"): OFFICER,
        ("in_work", "no_answer"): OFFICER,
        ("deferred", "no_answer"): OFFICER,
        ("in_work", "stopped"): OFFICER,
        ("deferred", "stopped"): OFFICER,
        ("in_work", "withdrawn"): OFFICER,
        ("deferred", "withdrawn"): OFFICER,
    },
    "message": {
        **COMMON,
        ("in_work", "converted"): LADDER,
        ("deferred", "converted"): LADDER,
    },
}


@pytest.mark.parametrize(("track", "state", "to"), list(product(tr.TRACKS, tr.STATES, tr.STATES)))
def test_every_step_of_every_role(track, state, to):
    """B3, B4: the operator hands over, the officer closes, nobody leaves a final state."""
    expected = EXPECTED[track].get((state, to), set())
    assert {role for role in tr.ROLES if to in tr.allowed(track, state, [role])} == expected


@pytest.mark.parametrize(("track", "state"), list(product(tr.TRACKS, tr.FINAL_STATES)))
def test_all_roles_together_do_not_open_an_ended_case(track, state):
    """B4: after the end nobody, whatever their rights."""
    assert tr.allowed(track, state, tr.ROLES) == frozenset()


def test_two_roles_have_the_steps_of_both():
    assert tr.allowed("message", "in_work", ["auditor", "operator"]) == {"converted"}
    assert "closed" in tr.allowed("message", "in_work", ["operator", "officer"])


def test_unknown_track_or_state_is_a_dead_end():
    assert tr.allowed("appeal", "lost", tr.ROLES) == frozenset()
    assert tr.allowed("letter", "draft", tr.ROLES) == frozenset()


def test_no_roles_no_steps():
    assert tr.allowed("appeal", "draft", []) == frozenset()


def test_each_state_has_one_stage_of_its_own():
    assert set(tr.STAGE_XMLID) == set(tr.STATES)
    assert len(set(tr.STAGE_XMLID.values())) == len(tr.STATES)


def test_stages_are_shipped():
    """The stage of each state is in the add-on's data and names that state."""
    data = ElementTree.parse(ADDON / "data" / "helpdesk_ticket_stage.xml")
    shipped = {
        f"gov_hotline.{record.get('id')}": record.findtext("field[@name='hotline_state']")
        for record in data.iter("record")
    }
    assert {state: shipped.get(xmlid) for state, xmlid in tr.STAGE_XMLID.items()} == {
        state: state for state in tr.STATES
    }


def test_every_state_leads_to_an_end():
    for track, state in product(tr.TRACKS, tr.STATES):
        seen, edge = {state}, {state}
        while edge:
            edge = {to for one in edge for to in tr.allowed(track, one, tr.ROLES)} - seen
            seen |= edge
        known = state in tr.FINAL_STATES or (track, state) in tr.TABLE
        assert known and seen & set(tr.FINAL_STATES)


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        tr.TABLE["appeal", "closed"]["draft"] = frozenset({"administrator"})
