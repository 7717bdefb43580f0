"""AMI messages: framing on bytes, repeated names, the pre-filter of raw bytes."""

from itertools import pairwise

import pytest
from gov_hotline_telephony.domain import ami
from hypothesis import given
from hypothesis import strategies as st

RINGING = (
    "Event: DialBegin\r\nPrivilege: call,all\r\nCallerIDName: Оператор 101\r\nAccountCode: \r\n"
    "ChanVariable: HOTLINE_CALL_ID=hotline-1.0\r\nChanVariable: HOTLINE_TICKET=\r\n"
    "DestChanVariable: HOTLINE_TICKET=7=5\r\nCause-txt: a: b"
)


def stream(*texts):
    return b"".join(text.encode() + ami.END for text in texts)


def test_repeated_names_are_kept_in_order():
    found = ami.parse(RINGING.encode())
    assert found.name == "DialBegin"
    assert found.kind == "event"
    assert found.all("chanvariable") == ("HOTLINE_CALL_ID=hotline-1.0", "HOTLINE_TICKET=")
    assert found.get("ACCOUNTCODE", "none") == ""
    assert found.get("Absent", "none") == "none"
    assert found.get("Cause-txt") == "a: b"


def test_variables_of_either_channel():
    found = ami.parse(RINGING.encode())
    assert found.variables() == {"HOTLINE_CALL_ID": "hotline-1.0", "HOTLINE_TICKET": ""}
    assert found.variables("Dest") == {"HOTLINE_TICKET": "7=5"}


def test_variables_of_an_originate_response_name_their_channel():
    found = ami.parse(
        b"Event: OriginateResponse\r\nResponse: Failure\r\nChanVariable(PJSIP/1): A=b"
    )
    assert found.kind == "event"
    assert found.variables() == {"A": "b"}


def test_a_response_has_no_name():
    found = ami.parse(b"Response: Success\r\nActionID: 7")
    assert (found.kind, found.name, found.get("actionid")) == ("response", "", "7")


def test_a_line_that_is_no_pair_is_left_out():
    assert ami.parse(b"Response: Success\r\nnonsense\r\nA:b").pairs == (
        ("Response", "Success"),
        ("A", "b"),
    )


def test_bytes_that_are_no_utf8_spoil_one_letter_only():
    assert ami.parse(b"Event: UserEvent\r\nName: \xff\xd0\xb0").get("Name") == "\ufffdа"


@given(st.lists(st.integers(0, 400), max_size=12))
def test_messages_are_the_same_however_the_chunks_fall(cuts):
    """A chunk may end inside of a Cyrillic letter or of the end of a message."""
    data = stream(RINGING, "Response: Success", "Event: Hangup\r\nCallerIDName: Ёлкина")
    framer, found, edges = ami.Framer(), [], sorted({0, len(data), *(c % len(data) for c in cuts)})
    for begin, end in pairwise(edges):
        found += framer.feed(data[begin:end])
    assert [raw.decode() for raw in found] == [
        RINGING,
        "Response: Success",
        "Event: Hangup\r\nCallerIDName: Ёлкина",
    ]


NAMES = st.text("ABCDEFabc-()/", min_size=1, max_size=8)
VALUES = st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=20).map(
    lambda text: text.lstrip(" ")
)


@given(st.lists(st.lists(st.tuples(NAMES, VALUES), min_size=1), max_size=5), st.integers(1, 64))
def test_every_pair_comes_out_as_it_went_in(messages, size):
    data = stream(*("\r\n".join(f"{n}: {v}" for n, v in pairs) for pairs in messages))
    framer, found = ami.Framer(), []
    for at in range(0, len(data), size):
        found += framer.feed(data[at : at + size])
    assert [list(ami.parse(raw).pairs) for raw in found] == messages


def test_an_endless_message_is_no_ami():
    framer = ami.Framer(largest=100)
    assert framer.feed(b"A: " + b"x" * 97) == []
    with pytest.raises(ami.FaultyStream, match="longer than 100 bytes"):
        framer.feed(b"x")


def test_a_message_over_the_limit_in_one_chunk_is_no_ami():
    with pytest.raises(ami.FaultyStream):
        ami.Framer(largest=100).feed(b"A: " + b"x" * 98 + ami.END)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b"Event: Hangup\r\nPrivilege: call,all", True),
        (b"Event: Hangup", True),
        (b"Event: HangupHandlerRun\r\nPrivilege: dialplan,all", False),
        (b"Event: VarSet\r\nVariable: X", False),
        (b"Response: Error\r\nMessage: Permission denied", True),
    ],
)
def test_only_what_the_state_is_made_of_is_parsed(raw, kept):
    assert ami.wanted(raw) is kept


def test_a_message_made_for_a_test():
    made = ami.message(Event="Hangup", Cause_txt="Busy", ChanVariable=["A=1", "B=2"])
    assert made == ami.parse(
        b"Event: Hangup\r\nCause-txt: Busy\r\nChanVariable: A=1\r\nChanVariable: B=2"
    )
