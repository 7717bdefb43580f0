"""Calls as the state machine gives them, made by hand, and a PBX with telephones for them."""

import dataclasses

from odoo.addons.gov_hotline.tests.common import HotlineCommon

from ..connector.writer import Batch
from ..domain.snapshots import Leg, Snapshot, Transfer

BEGAN = 1795295111.0  # 2026-11-21 21:05:11 UTC
CITIZEN = Leg("1.1", "citizen", "PJSIP/trunk", "74951234567", None, BEGAN, None, None)
FIRST = Leg("1.2", "operator", "PJSIP/101", "101", BEGAN + 1, None, None, None)
SECOND = Leg("1.3", "operator", "PJSIP/102", "102", BEGAN + 18, None, None, None)


def waiting(**changes):
    """A citizen's call that waits in the queue."""
    call = Snapshot(
        linkedid="1.1",
        direction="in",
        caller="79135550101",
        called="1100",
        line="1100",
        queue="hotline",
        phase="waiting",
        started=BEGAN,
        queued=BEGAN,
        rang=None,
        answered=None,
        ended=None,
        wait=0.0,
        ring=0.0,
        talk=0.0,
        hold=0.0,
        ringing=(),
        operator="",
        legs=(CITIZEN,),
        transfers=(),
        fate="",
        end_cause=None,
        ended_by="",
        unknown_from=None,
        unknown_until=None,
        variables={},
    )
    return dataclasses.replace(call, **changes)


def _of(call, defaults, changes):
    return dataclasses.replace(call, **{**defaults, **changes})


def ringing(leg=FIRST, **changes):
    """It rings at an operator."""
    now = {"phase": "ringing", "rang": leg.rang, "legs": (CITIZEN, leg)}
    return _of(waiting(), {**now, "ringing": (leg.interface,)}, changes)


def talking(leg=FIRST, **changes):
    """The operator has answered after three seconds."""
    leg = dataclasses.replace(leg, answered=BEGAN + 3)
    now = {"phase": "talking", "legs": (CITIZEN, leg), "answered": BEGAN + 3, "rang": leg.rang}
    return _of(waiting(), {**now, "operator": leg.interface, "wait": 3.0, "ring": 2.0}, changes)


def over(leg=FIRST, **changes):
    """The citizen has hung up after a minute of talk."""
    legs = (_hung_up(CITIZEN, 63), _hung_up(dataclasses.replace(leg, answered=BEGAN + 3), 63))
    ends = {"phase": "over", "ended": BEGAN + 63, "talk": 60.0, "fate": "answered", "legs": legs}
    return _of(talking(leg), {**ends, "ended_by": "citizen", "end_cause": 16}, changes)


def abandoned(**changes):
    """The citizen has given up after eight seconds; a telephone had rung."""
    legs = (_hung_up(CITIZEN, 8), _hung_up(FIRST, 8))
    ends = {"phase": "over", "ended": BEGAN + 8, "wait": 8.0, "ring": 7.0, "fate": "abandoned"}
    return _of(waiting(), {**ends, "ended_by": "citizen", "legs": legs}, changes)


def dialled(**changes):
    """A call of the first operator to a citizen, ringing at the operator."""
    own = dataclasses.replace(FIRST, uniqueid="click-1")
    who = {"direction": "out", "caller": "101", "called": "89135550101", "line": "", "queue": ""}
    now = {"phase": "ringing", "linkedid": "click-1", "queued": None, "legs": (own,)}
    return _of(waiting(), {**who, **now, "operator": "PJSIP/101"}, changes)


def _hung_up(leg, seconds):
    return dataclasses.replace(leg, ended=BEGAN + seconds, cause=16)


def transferred(result="answered", **changes):
    """The first operator has handed the citizen on to 103."""
    move = Transfer("blind", "103", BEGAN + 30, result, "PJSIP/101", "blind/1.2/103")
    return _of(talking(), {"transfers": (move,)}, changes)


class CallsCommon(HotlineCommon):
    """A PBX; operators at 101 and 102, at 103 somebody who is none; a line and its queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_role_user("operator", "press")
        cls.pbx = cls.env["hotline.pbx"].create({"name": "АТС", "code": "main"})
        people = {"101": cls.operator, "102": cls.second, "103": cls.executor}
        cls.env["hotline.pbx.extension"].create(
            [
                {
                    "pbx_id": cls.pbx.id,
                    "number": number,
                    "interface": f"PJSIP/{number}",
                    "user_id": user.id,
                }
                for number, user in people.items()
            ]
        )
        cls.line.phone = "1100"
        cls.queue = cls.env["hotline.queue"].create(
            {"name": "Горячая линия", "code": "hotline", "line_id": cls.line.id}
        )

    @classmethod
    def _write(cls, *calls, board=None):
        """Write a batch as the connector does."""
        return Batch(cls.env(su=True), cls.pbx.id, list(calls)).write(board)

    @classmethod
    def _call(cls, linkedid="1.1"):
        return cls.env["hotline.call"].search(
            [("pbx_id", "=", cls.pbx.id), ("linkedid", "=", linkedid)]
        )
