"""What the benchmark of real calls reads off a page and the PBX's messages."""

import sys

import pytest

from runtime import paths


@pytest.fixture
def page(monkeypatch):
    monkeypatch.syspath_prepend(str(paths.ROOT / "benchmarks/inside"))
    import load_page

    yield load_page
    sys.modules.pop("load_page")


def ring(number, *, event="Newstate", phone="101", state="Ringing"):
    lines = (
        f"Event: {event}",
        f"Channel: PJSIP/{phone}-00000001",
        f"ChannelStateDesc: {state}",
        f"ConnectedLineNum: {number}",
        "Uniqueid: 1.1",
    )
    return "\r\n".join((*lines, "", "")).encode()


def test_a_ring_is_the_first_of_the_pages_telephone(page):
    events = [
        (1.0, ring("79137000001", phone="102")),
        (2.0, ring("79137000002")),
        (3.0, ring("79137000002")),
        (4.0, ring("79137000003", state="Up")),
        (5.0, ring("74951234567")),
    ]
    assert page.rings(events, "101") == {"0002": 2.0}


def test_pops_that_never_stood_on_the_page_are_said(page):
    events = [(float(one), ring(f"7913700{one:04}")) for one in range(1, 12)]
    shown = {f"{one:04}": one * 1000 + 100 for one in range(1, 11)}
    said = page.latencies(events, shown, "101")
    assert "p50 100 ms, p95 100 ms, max 100 ms of 10 pops (1 never shown)" in said
    assert "reached" in said
    late = {number: at + 900 for number, at in shown.items()}
    assert "missed" in page.latencies(events, late, "101")


def test_too_few_pops_are_no_measure(page):
    assert page.latencies([(1.0, ring("79137000001"))], {}, "101") == (
        "pops: 0 of 1 shown, too few to measure"
    )
