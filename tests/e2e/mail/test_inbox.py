"""Incoming mail over real SMTP and IMAP: killed in the middle, dead for a while, large letters."""

import base64
import hashlib

from inbox import Inbox
from post import ask, do, until

from runtime.testing.running import Server

MEGABYTE = 1024 * 1024


def letter(subject: str, text: str = "Третий день холодно.", files: dict | None = None) -> bytes:
    """A letter of a citizen in KOI8-R, its lines ended as on the wire."""
    parts = ["Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n"]
    parts[0] += f"\r\n{text}\r\n"
    for name, content in (files or {}).items():
        body = base64.b64encode(content).decode()
        lines = [body[at : at + 960] for at in range(0, len(body), 960)]
        head = f'Content-Disposition: attachment; filename="{name}"\r\n'
        head += "Content-Transfer-Encoding: base64\r\n\r\n"
        parts.append(head + "\r\n".join(lines) + "\r\n")
    head = (
        "From: Anna <anna@citizen.example>\r\nTo: line@gov.example\r\n"
        f"Subject: {subject}\r\nMessage-ID: <{subject}@citizen.example>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n'
    )
    whole = head + "".join(f"--B\r\n{part}" for part in parts) + "--B--\r\n"
    return whole.encode("koi8-r")


def kept(server: Server, subject: str) -> list[tuple[str, ...]]:
    """[(state, text)] of the records of a letter."""
    query = "SELECT state, body FROM hotline_incoming_mail WHERE subject = :'subject'"
    return ask(server, query, subject=subject)


def stored(server: Server) -> int:
    """How many letters are stored, read or not."""
    return int(ask(server, "SELECT count(*) FROM hotline_incoming_mail")[0][0])


def read(server: Server, subject: str) -> bool:
    """Whether the letter has been read and decided on."""
    return [state for state, *_text in kept(server, subject)] not in ([], ["new"])


def fetched(server: Server, inbox: Inbox) -> None:
    """Fetch until nothing is new in the mailbox."""
    do(server, "fetch", script="incoming")
    until(lambda: inbox.new() == 0, "the mailbox is fetched")


def test_from_smtp_to_a_record(server: Server, inbox: Inbox):
    """E1: a letter in KOI8-R with a file, by SMTP and IMAP: kept as it came, read, marked."""
    sent = letter("e1-koi8", files={"act.pdf": b"%PDF-1.4\n%%EOF\n"})
    inbox.send(sent)
    fetched(server, inbox)
    until(lambda: read(server, "e1-koi8"), "the letter is read")
    assert [text for _state, text in kept(server, "e1-koi8")] == ["Третий день холодно."]
    given = sent.replace(b"\r\n", b"\n")  # pymap gives the lines of a maildir so
    expected = [hashlib.sha256(given).hexdigest(), len(given), ["act.pdf", 15]]
    assert do(server, "raw", script="incoming", subject="e1-koi8") == [expected]


def test_killed_between_storing_and_marking(server: Server, inbox: Inbox):
    """E1: killed when the letter is stored and not marked: it comes again and stays one record."""
    before = stored(server)
    inbox.send(letter("e1-kill-mark"))
    inbox.wire.hold_at("STORE")
    do(server, "fetch", script="incoming")
    until(inbox.wire.held.is_set, "the letter is about to be marked")
    server.kill()
    inbox.wire.hold_at("")
    assert (stored(server) - before, inbox.new()) == (1, 1)
    server.start()
    fetched(server, inbox)
    until(lambda: read(server, "e1-kill-mark"), "the letter is read")
    assert stored(server) - before == 1


def test_killed_before_storing(server: Server, inbox: Inbox):
    """E1: killed while the letter is on its way: the mailbox has it as new, it is stored once."""
    before = stored(server)
    inbox.send(letter("e1-kill-fetch"))
    inbox.wire.hold_at("BODY.PEEK")
    do(server, "fetch", script="incoming")
    until(inbox.wire.held.is_set, "the letter is about to be fetched")
    server.kill()
    inbox.wire.hold_at("")
    assert (stored(server) - before, inbox.new()) == (0, 1)
    server.start()
    fetched(server, inbox)
    until(lambda: read(server, "e1-kill-fetch"), "the letter is read")
    assert stored(server) - before == 1


def test_a_dead_server_is_seen_and_tried_again(server: Server, inbox: Inbox):
    """E1: nobody listens: the mailbox says so; when it is back the letter comes."""
    inbox.send(letter("e1-dead"))
    inbox.stop()
    do(server, "fetch", script="incoming")
    trouble = "SELECT 1 FROM fetchmail_server WHERE error_date IS NOT NULL AND state = 'done'"
    until(lambda: ask(server, trouble), "the failure is seen")
    inbox.start()
    fetched(server, inbox)
    until(lambda: read(server, "e1-dead"), "the letter is read")
    until(lambda: not ask(server, trouble), "the failure is over")


def test_eighteen_megabytes_and_more_than_is_taken(server: Server, inbox: Inbox):
    """E1: a file of 18 MB comes whole; of a letter over the limit only the head is fetched."""
    large = b"%PDF-1.4\n" + b"x" * (18 * MEGABYTE)
    inbox.send(letter("e1-large", files={"large.pdf": large}))
    fetched(server, inbox)
    until(lambda: read(server, "e1-large"), "the letter is read")
    ((_hash, _size, file),) = do(server, "raw", script="incoming", subject="e1-large")
    assert file == ["large.pdf", len(large)]
    ask(server, "UPDATE res_company SET hotline_mail_megabytes = 1")
    inbox.send(letter("e1-over", files={"over.pdf": large[: 2 * MEGABYTE]}))
    fetched(server, inbox)
    until(lambda: read(server, "e1-over"), "the head is read")
    ask(server, "UPDATE res_company SET hotline_mail_megabytes = 25")
    ((_hash, size),) = do(server, "raw", script="incoming", subject="e1-over")
    assert size < 1000
    query = "SELECT is_too_large, size FROM hotline_incoming_mail WHERE subject = 'e1-over'"
    ((too_large, whole),) = ask(server, query)
    assert (too_large, int(whole) > 2 * MEGABYTE) == ("t", True)
