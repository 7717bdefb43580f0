"""Letters that come in land where they belong: real SMTP both ways, real IMAP, our own letters.

Whatever comes in, nothing goes out: the mail server of the outgoing letters counts.
"""

import pytest
from inbox import Inbox
from letters import came, landed, letter, ours
from post import Sink, ask, do, nothing_waits, states, until

from runtime.testing.running import Server

MEGABYTE = 1024 * 1024
LOOP = 22  # letters of two programmes that answer each other; twenty an hour are taken


@pytest.fixture
def case(server: Server, sink: Sink) -> int:
    """A case whose notice and card were taken by the mail server."""
    made = do(server, "opened", script="placing")
    until(lambda: [state for _kind, state in states(server, made)] == ["sent"] * 2, "both left")
    nothing_waits(server)
    return made


def test_executors_answer(server: Server, sink: Sink, inbox: Inbox, case: int):
    """B5: the reply lands in the assignment with its 18 MB; a stranger's waits for the officer."""
    card, large = ours(sink, "svet@light.example"), b"%PDF-1.4\n" + b"x" * (18 * MEGABYTE)
    taken = len(sink.taken())
    came(server, inbox, [
        letter("svet@light.example", "b5-executor", "Горит.", card, files={"Акт.pdf": large}),
        letter("somebody@else.example", "b5-stranger", "Горит и тут.", card),
    ])  # fmt: skip
    assert landed(server, "b5-executor") == "placed executor_answer"
    assert landed(server, "b5-stranger") == "quarantine executor_answer"
    by_mail = ["email", False, [["Акт.pdf", len(large)]]]
    assert do(server, "answers", script="placing", case=case) == [by_mail]
    (held,) = do(server, "landed", script="placing", subject="b5-stranger")
    assert (held["case"], "somebody@else.example" in held["why"]) == (case, True)
    assert do(server, "place", script="placing", subject="b5-stranger") == "placed"
    found = do(server, "answers", script="placing", case=case)
    assert found == [by_mail, ["email", False, []]]
    nothing_waits(server)
    assert len(sink.taken()) == taken


def test_citizens_and_bodies(server: Server, sink: Sink, inbox: Inbox, case: int):
    """B5, practice 9, 10: an addition, a covering letter, a message; each to its place."""
    notice, taken = ours(sink, "vera@citizen.example"), len(sink.taken())
    words = "Исх. № 7-12 от 01.11.2026. О результатах сообщить до 15.12.2026."
    files = {"Обращение.pdf": b"%PDF-1.4\n"}
    came(server, inbox, [
        letter("vera@citizen.example", "b5-addition", "Второй тоже.", notice),
        letter("post@prok.example", "b5-covering", words, files=files),
        letter("oleg@citizen.example", "b5-message", "Яма на дороге."),
    ])  # fmt: skip
    assert landed(server, "b5-addition") == "placed addition"
    added = ["applicant", "email", "Второй тоже.", []]
    assert do(server, "additions", script="placing", case=case) == [added]
    assert landed(server, "b5-message") == "placed message"
    drafts = "SELECT state, kind, origin, appeal_text FROM helpdesk_ticket " \
             "WHERE applicant_email = 'oleg@citizen.example'"  # fmt: skip
    assert ask(server, drafts) == [("draft", "message", "email", "Яма на дороге.")]
    assert landed(server, "b5-covering") == "quarantine covering"
    given = do(server, "register_letter", script="placing", subject="b5-covering")
    assert given == ["Прокуратура района", "7-12", True]
    nothing_waits(server)
    assert len(sink.taken()) == taken


def test_programmes_make_no_cards(server: Server, sink: Sink, inbox: Inbox, case: int):
    """B5: «out of office», our own letter come back, two programmes in a loop: no card, no mail."""
    card, taken = ours(sink, "svet@light.example"), len(sink.taken())
    cases = "SELECT count(*) FROM helpdesk_ticket"
    before = int(ask(server, cases)[0][0])
    came(server, inbox, [
        letter("svet@light.example", "b5-away", "Я в отпуске.", card,
               headers={"Auto-Submitted": "auto-replied"}),
        letter("post@gov.example", "b5-back", message_id=card["Message-ID"].strip()),
    ])  # fmt: skip
    assert landed(server, "b5-away") == landed(server, "b5-back") == "noise auto_reply"
    assert do(server, "answers", script="placing", case=case) == []
    assert int(ask(server, cases)[0][0]) == before
    loop = [letter("robot@loop.example", f"b5-loop-{number}") for number in range(LOOP)]
    came(server, inbox, loop)
    assert int(ask(server, cases)[0][0]) <= before + 20
    noise = "SELECT 1 FROM hotline_incoming_mail WHERE state = 'noise' " \
            "AND from_address = 'robot@loop.example'"  # fmt: skip
    assert ask(server, noise)
    nothing_waits(server)
    assert len(sink.taken()) == taken
