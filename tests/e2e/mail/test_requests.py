"""A request to another body and its reply (59-FZ, art. 10): real SMTP out, real IMAP in."""

from inbox import Inbox
from letters import came, landed, letter, ours
from post import Sink, ask, do, nothing_waits, states, until

from runtime.testing.running import Server

BODY = "city@example.org"


def test_the_reply_lands_in_its_request(server: Server, sink: Sink, inbox: Inbox):
    """E6: what the body answered stands in the request; a stranger's letter waits; nothing goes."""
    made = do(server, "requested", script="requesting")
    until(lambda: ("request", "sent") in states(server, made["case"]), "the request left")
    nothing_waits(server)
    asked = ours(sink, BODY)
    assert made["number"] in asked["Subject"]
    (paper,) = asked.iter_attachments()
    assert paper.get_content().startswith(b"%PDF-")
    taken, words = len(sink.taken()), "Исх. № 99 от 01.11.2026. Акты осмотра приложены."
    came(server, inbox, [
        letter(BODY, "e6-reply", words, asked, files={"Акт.pdf": b"%PDF-1.4\n"}),
        letter("somebody@else.example", "e6-stranger", "Акты у меня.", asked),
    ])  # fmt: skip
    assert landed(server, "e6-reply") == "placed request_reply"
    assert landed(server, "e6-stranger") == "quarantine request_reply"
    found = do(server, "reply", script="requesting", request=made["request"])
    assert found["files"] == ["Акт.pdf"]
    assert (found["state"], found["number"], words in found["text"]) == ("sent", "99", True)
    assert "у меня" not in found["text"]
    assert do(server, "answered", script="requesting", request=made["request"]) == "answered"
    assert do(server, "additions", script="placing", case=made["case"]) == []
    waits = "SELECT 1 FROM helpdesk_ticket WHERE applicant_email = 'city@example.org'"
    assert not ask(server, waits), "no card is made of a body's reply"
    nothing_waits(server)
    assert len(sink.taken()) == taken


def test_a_reply_to_the_wrong_request_is_taken_off(server: Server, sink: Sink, inbox: Inbox):
    """E6: the officer takes it off with a reason: it waits again, the request waits again."""
    made = do(server, "requested", script="requesting")
    until(lambda: ("request", "sent") in states(server, made["case"]), "the request left")
    nothing_waits(server)
    asked = ours(sink, BODY)
    came(server, inbox, [letter(BODY, "e6-off", "Это по другому делу.", asked)])
    assert landed(server, "e6-off") == "placed request_reply"
    assert do(server, "take_off", script="requesting", subject="e6-off") == "quarantine"
    found = do(server, "reply", script="requesting", request=made["request"])
    assert (found["state"], found["text"], found["files"]) == ("sent", "", [])
