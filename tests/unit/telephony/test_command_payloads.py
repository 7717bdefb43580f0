"""What a command may carry to the PBX; how its state goes."""

import pytest
from gov_hotline_telephony.domain import commands

DIAL = {"interface": "PJSIP/101", "number": "+79131234567", "context": "out", "timeout": 30}


def test_a_whole_command_passes():
    commands.check("originate", DIAL | {"caller": "+78435550101", "variables": {"HOTLINE_A": "1"}})
    commands.check("check", {})


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("shell", {}),
        ("originate", {}),
        ("originate", DIAL | {"Application": "System"}),
        ("originate", DIAL | {"number": "1\r\nAction: Originate"}),
        ("originate", DIAL | {"number": "1\nApplication: System"}),
        ("originate", DIAL | {"number": "1\x00"}),
        ("originate", DIAL | {"number": "1" * 201}),
        ("originate", DIAL | {"number": None}),
        ("originate", DIAL | {"variables": {"HOTLINE_A": "1\r\n"}}),
        ("pause", {"interface": "PJSIP/101", "reason": "lunch\r\nAction: Logoff"}),
    ],
)
def test_what_must_not_reach_the_pbx(kind: str, payload: dict):
    with pytest.raises(commands.BadCommand):
        commands.check(kind, payload)


def test_states_go_forward_only():
    pairs = {
        (state, to)
        for state in commands.STATES
        for to in commands.STATES
        if commands.may_become(state, to)
    }
    ends = {"done", "failed", "unknown"}
    assert pairs == {("new", "sent")} | {(state, end) for state in ("new", "sent") for end in ends}
