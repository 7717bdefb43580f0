"""The PBX's files tell the same call as AMI did: real calls, recorded both ways at once."""

import csv
import json
import random
from pathlib import Path

import pytest
from gov_hotline_telephony.domain import ami, ledger
from gov_hotline_telephony.domain.call_state import Machine
from gov_hotline_telephony.domain.ledger import Book, Terms

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/ledger"
KINDS = sorted(path.name for path in FOLDER.iterdir() if (path / "cel").exists())
FILES = {"cel": "cel", "cdr": "cdr", "queue": "queue_log"}
INSIDE = frozenset(f"PJSIP/{number}" for number in (101, 102, 103, 110))
LATER = 3600.0
TERMS = Terms(inside=INSIDE)


def lines(kind, name):
    return (FOLDER / kind / FILES[name]).read_text(encoding="utf-8").splitlines()


def book(kind, **other):
    made = Book()
    for name in FILES:
        made.add(name, other.get(name, lines(kind, name)))
    return made


def end(kind):
    rows = [row.at for row, _line in book(kind).cel]
    return max(rows, default=0.0)


def by_files(kind, **other):
    return ledger.settle(book(kind, **other), end(kind) + LATER, TERMS)


def by_ami(kind):
    machine = Machine(inside=INSIDE)
    for line in (FOLDER / kind / "ami.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        machine.feed(ami.parse(one["raw"].encode().strip()), one["t"])
    return {one.linkedid: one for one in machine.take_changed()}


def facts(call):
    """What both ways must agree on; lengths and moments stand apart."""
    return {
        "direction": call.direction,
        "number": call.citizen_number,
        "line": call.line,
        "queue": call.queue,
        "operator": call.operator,
        "fate": call.fate,
        "phase": call.phase,
        "talked": call.answered is not None,
        "cause": call.end_cause,
        "by": call.ended_by,
        "legs": [(leg.uniqueid, leg.role, leg.interface, leg.number) for leg in call.legs],
        "transfers": [(one.kind, one.to, one.result, one.by) for one in call.transfers],
    }


def moments(call):
    named = (call.started, call.queued, call.answered, call.ended)
    return [*named, call.wait, call.talk, call.hold]


CALLED = [kind for kind in KINDS if kind != "click_operator_offline"]
# An Originate whose telephone is not taken leaves no number of the citizen in the files; Odoo has
# it, for it made the call.
NUMBERLESS = ("click_operator_no_answer", "click_operator_rejects")


@pytest.mark.parametrize("kind", [kind for kind in CALLED if kind not in NUMBERLESS])
def test_both_ways_tell_the_same_call(kind):
    """X8: whichever way a call came into Odoo, it is the same call."""
    told, heard = {one.linkedid: one for one in by_files(kind).calls}, by_ami(kind)
    assert told.keys() == heard.keys()
    for linkedid, call in told.items():
        assert facts(call) == facts(heard[linkedid])
        for mine, its in zip(moments(call), moments(heard[linkedid]), strict=True):
            assert (mine is None) == (its is None)
            assert mine is None or abs(mine - its) < 0.2, kind
        # The files do not say when a telephone begins to ring, only when it is called
        assert abs(call.ring - heard[linkedid].ring) < 0.8


@pytest.mark.parametrize("kind", NUMBERLESS)
def test_a_click_to_call_nobody_took_has_its_fate(kind):
    [call], heard = by_files(kind).calls, by_ami(kind)
    assert call.fate == heard[call.linkedid].fate
    assert abs(call.ended - heard[call.linkedid].ended) < 0.2


def test_a_telephone_that_is_offline_leaves_no_line():
    assert by_files("click_operator_offline").calls == ()
    assert [one.fate for one in by_ami("click_operator_offline").values()] == ["offline"]


@pytest.mark.parametrize("kind", CALLED)
def test_order_and_repetition_do_not_matter(kind):
    told = by_files(kind).calls
    shuffled = {name: lines(kind, name) * 2 for name in FILES}
    for own in shuffled.values():
        random.Random(5).shuffle(own)
    # Of rows with one moment the order is the file's: they may be told either way
    assert [facts(one) for one in by_files(kind, **shuffled).calls] == [facts(one) for one in told]


@pytest.mark.parametrize("kind", CALLED)
def test_a_ledger_cut_anywhere_invents_nothing(kind):
    """What is not over is open and its lines are kept; with the rest it is the same call."""
    whole, every = by_files(kind).calls, lines(kind, "cel")
    for cut in range(1, len(every)):
        half = by_files(kind, cel=every[:cut], queue=[], cdr=[])
        if half.calls:  # it has ended, what comes is the end of a telephone
            continue
        assert half.open
        assert sorted(half.left["cel"]) == sorted(every[:cut])
        rest = by_files(kind, cel=[*half.left["cel"], *every[cut:]])
        assert [facts(one) for one in rest.calls] == [facts(one) for one in whole]


def test_a_call_is_settled_when_its_last_line_is_old_enough():
    one = book("answered")
    assert ledger.settle(one, end("answered") + 5, TERMS).open
    settled = ledger.settle(one, end("answered") + 11, TERMS)
    assert (len(settled.calls), settled.open, settled.left["cel"]) == (1, frozenset(), [])


def test_the_clock_of_the_pbx_is_taken_off():
    [call] = by_files("answered").calls
    ahead = Terms(inside=INSIDE, skew=100.0)
    [same] = ledger.settle(book("answered"), end("answered") + LATER, ahead).calls
    assert call.started - same.started == pytest.approx(100)
    assert same.talk == pytest.approx(call.talk)


def test_a_start_of_the_pbx_ends_what_has_no_end():
    """X8: a call with a start and no end before a start of the PBX was cut off by the PBX."""
    every = [line for line in lines("answered", "cel") if "HANGUP" not in line]
    every = [line for line in every if "_END" not in line and "BRIDGE_EXIT" not in line]
    started = int(end("answered")) + 60
    log = [*lines("answered", "queue_log"[:5]), f"{started}|NONE|NONE|NONE|QUEUESTART|"]
    settled = by_files("answered", cel=every, cdr=[], queue=log)
    [call] = settled.calls
    assert (call.fate, call.phase, call.ended) == ("cut", "over", started)
    assert call.answered is not None
    assert call.talk < 5  # it is known until the last line, not until the start
    assert (call.unknown_from, call.unknown_until) == (pytest.approx(call.answered, abs=1), started)
    assert settled.broken == {call.linkedid}
    assert by_files("answered", cel=every, cdr=[], queue=log[:-1]).calls == ()


def test_who_waited_when_the_pbx_died_is_cut_off_too():
    every = lines("abandoned", "cel")[:3]
    log = [f"{int(end('abandoned')) + 5}|NONE|NONE|NONE|QUEUESTART|"]
    [call] = by_files("abandoned", cel=every, cdr=[], queue=log).calls
    assert (call.fate, call.answered, call.queue) == ("cut", None, "hotline")


def test_a_start_before_a_call_ends_nothing():
    log = ["1|NONE|NONE|NONE|QUEUESTART|"]
    assert by_files("answered", cel=lines("answered", "cel")[:6], queue=log, cdr=[]).calls == ()


def test_faulty_lines_are_counted_and_harm_nothing():
    bad = ['"CHAN_START","179', "привет", "1|2", '"a","b"', '"HANGUP","x","1","1"' + ',""' * 8]
    made = book("answered")
    made.add("cel", bad)
    made.add("cdr", bad)
    made.add("queue", bad)
    assert made.faulty == 15
    [call] = ledger.settle(made, end("answered") + LATER, TERMS).calls
    assert call.fate == "answered"


def test_names_with_commas_quotes_and_cyrillic():
    """The name of a caller may hold whatever SIP lets through."""
    name = 'Петров, Иван ""Ваня"" <x>'
    named = [
        line.replace('"79135550101",""', f'"79135550101","{name}"')
        for line in lines("answered", "cel")
    ]
    made = book("answered", cel=named)
    assert made.faulty == 0
    assert made.cel[0][0].name == 'Петров, Иван "Ваня" <x>'
    [call] = ledger.settle(made, end("answered") + LATER, TERMS).calls
    assert (call.caller, call.fate) == ("79135550101", "answered")


def test_a_call_of_which_only_the_cdr_is_left():
    [whole] = by_files("answered").calls
    [call] = by_files("answered", cel=[]).calls if end("answered") else []
    assert (call.linkedid, call.direction, call.queue) == (whole.linkedid, "in", "hotline")
    assert (call.fate, call.operator) == ("answered", "PJSIP/101")
    assert abs(call.ended - whole.ended) < 2


def test_a_call_that_is_silent_for_a_day_is_over():
    made = book("answered", cel=lines("answered", "cel")[:6], cdr=[], queue=[])
    settled = ledger.settle(made, end("answered") + 2 * 86400, TERMS)
    assert [one.fate for one in settled.calls] == ["cut"]


@pytest.mark.parametrize("kind", ["answered", "operator_hangs_up", "abandoned"])
def test_names_of_channels_begin_anew_with_the_pbx(kind):
    """X8: after a crash the same names are other channels: each call has its own people."""
    first = list(csv.reader(lines(kind, "cel")))
    second = [
        [row[0], str(float(row[1]) + 100), f"later-{row[2]}", f"later-{row[3]}", *row[4:]]
        for row in first
    ]
    again = [",".join('"{}"'.format(one.replace('"', '""')) for one in row) for row in second]
    found = by_files(kind, cel=[*lines(kind, "cel"), *again]).calls
    [alone] = by_files(kind).calls
    assert [one.ended_by for one in found] == [alone.ended_by] * 2
    assert [len(one.legs) for one in found] == [len(alone.legs)] * 2
    assert [one.queue for one in found] == [alone.queue] * 2


def test_who_takes_a_call_over_is_found_by_the_bridge():
    """X8: an operator who just hangs up hands on; the file then says N/A for who takes the call."""
    named = [line for line in lines("attended", "cel") if "ATTENDEDTRANSFER" in line]
    [row] = csv.reader(named)
    target = json.loads(row[-1])["transfer_target_channel_uniqueid"]
    nameless = [
        line.replace(f'""{target}""', '""N/A""') if line in named else line
        for line in lines("attended", "cel")
    ]
    [call], [whole] = by_files("attended", cel=nameless).calls, by_files("attended").calls
    assert facts(call) == facts(whole)
    assert "N/A" not in [leg.uniqueid for leg in call.legs]
