"""What the books correct of a call that Odoo has, and what they leave."""

from dataclasses import replace

import pytest
from gov_hotline_telephony.domain import ledger_compare
from gov_hotline_telephony.domain.ledger_compare import Had
from gov_hotline_telephony.domain.snapshots import Snapshot

BEGAN = 1795295111.0
HAD = Had(1, "1.1", "out", "over", "busy", None, BEGAN + 9, "", 0.0, 0.0, unknown=True)
CALL = Snapshot(
    linkedid="1.1",
    direction="out",
    caller="101",
    called="89135550101",
    line="",
    queue="",
    phase="over",
    started=BEGAN,
    queued=None,
    rang=None,
    answered=None,
    ended=BEGAN + 9,
    wait=0.0,
    ring=0.0,
    talk=0.0,
    hold=0.0,
    ringing=(),
    operator="PJSIP/101",
    legs=(),
    transfers=(),
    fate="failed",
    end_cause=None,
    ended_by="",
    unknown_from=None,
    unknown_until=None,
)


def right(had, call, *, broken=False):
    assert ledger_compare.changes(had, call, broken=broken)
    return ledger_compare.corrected(had, call, broken=broken)


@pytest.mark.parametrize(("heard", "kept"), [("busy", "busy"), ("cut", "failed"), ("", "failed")])
def test_why_a_call_out_reached_nobody_the_connector_heard_better(heard, kept):
    """X8: also where the books correct something else of the call."""
    assert right(replace(HAD, fate=heard), CALL).fate == kept


def test_a_talk_is_known_by_the_books():
    talked = replace(CALL, fate="answered", answered=BEGAN + 4, talk=5.0)
    assert right(HAD, talked).fate == "answered"
    unheard = replace(HAD, direction="in", fate="answered", answered=BEGAN + 4)
    gave_up = replace(CALL, direction="in", fate="abandoned", wait=9.0)
    made = right(unheard, gave_up)
    assert (made.fate, made.answered, made.wait) == ("abandoned", None, 9.0)


def test_an_answer_that_the_dying_pbx_did_not_write_down():
    """X8: it stays, and the wait ends with it."""
    had = replace(HAD, direction="in", fate="answered", answered=BEGAN + 4)
    cut = replace(CALL, direction="in", fate="cut", queued=BEGAN + 1, wait=9.0)
    made = right(had, cut, broken=True)
    assert (made.fate, made.answered, made.wait) == ("cut", BEGAN + 4, 3.0)
