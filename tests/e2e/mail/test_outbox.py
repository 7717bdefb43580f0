"""Outgoing mail against a real mail server: killed in the middle, dead for a while, a whole life.

The mail server is a process of its own and counts what it took; Odoo is killed as a power cut
would.
"""

from post import Sink, ask, do, nothing_waits, states, time_passes, until

from runtime.testing.running import Server


def test_killed_in_the_middle(server: Server, sink: Sink):
    """E6: killed while the letter is handed over: unknown, one copy, again only by hand."""
    sink.say("stall")
    case = do(server, "answered", number="1-1")
    until(lambda: sink.received() == 1, "the letter is being handed over")
    assert states(server, case) == [("answer", "sending")]
    server.kill()
    sink.say("stall", None)
    server.start()
    time_passes(server, minutes=1)
    until(lambda: states(server, case) == [("answer", "unknown")], "the letter is found")
    nothing_waits(server)
    assert sink.received() == 1
    do(server, "again", case=case)
    until(lambda: states(server, case) == [("answer", "sent")], "sent again by hand")
    ((recipient, letter),) = sink.taken()
    assert recipient == "anna@citizen.example"
    assert sink.received() == 2
    query = "SELECT message_id FROM hotline_mail WHERE ticket_id = :case"
    assert [(letter["Message-ID"].strip(),)] == ask(server, query, case=case)


def test_killed_before_the_job(server: Server, sink: Sink):
    """E6: killed with a letter in the queue: it leaves once, after the start."""
    server.kill()
    case = do(server, "answered", number="1-2")
    assert states(server, case) == [("answer", "queued")]
    server.start()
    until(lambda: states(server, case) == [("answer", "sent")], "sent after the start")
    assert len(sink.taken()) == 1


def test_a_dead_mail_server_delays(server: Server, sink: Sink):
    """E6: nobody listens: it waits, says why, and leaves once when the mail server is back."""
    sink.stop()
    case = do(server, "answered", number="1-3")
    query = "SELECT last_error FROM hotline_mail WHERE state = 'queued' AND tries > 0"
    until(lambda: ask(server, query), "the first try failed")
    pending = "SELECT 1 FROM queue_job WHERE state = 'pending'"
    until(lambda: ask(server, pending), "the job waits for its next try")
    assert states(server, case) == [("answer", "queued")]
    sink.start()
    time_passes(server, minutes=10)
    until(lambda: states(server, case) == [("answer", "sent")], "sent when it is back")
    assert len(sink.taken()) == 1


def test_a_whole_life(server: Server, sink: Sink):
    """B5, E6: from registration to closing the sink holds exactly the listed letters."""
    case = do(server, "whole_life", number="1-4")
    until(lambda: {state for _kind, state in states(server, case)} == {"sent"}, "all are sent")
    assert do(server, "close", case=case) == "closed"
    nothing_waits(server)
    letters = [(recipient, kind) for (recipient, _letter), (kind, _state) in
               zip(sink.taken(), states(server, case), strict=True)]  # fmt: skip
    assert letters == [
        ("anna@citizen.example", "notice"),
        ("zhkh@mo.gov.example", "card"),
        ("zhkh@mo.gov.example", "card_corrected"),
        ("anna@citizen.example", "answer"),
    ]
    cards = [letter for recipient, letter in sink.taken() if recipient.startswith("zhkh")]
    for card in cards:
        (file,) = card.iter_attachments()
        assert file.get_content().startswith(b"%PDF")
    assert "ИСПРАВЛЕННАЯ" in cards[1]["Subject"]
    plain = sink.taken()[-1][1].get_body(("plain",)).get_content()
    assert "Отопление восстановлено." in plain
