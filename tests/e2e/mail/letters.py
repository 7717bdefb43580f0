"""Letters that people write to the body, and what becomes of them there."""

import email.message
import email.policy
from collections.abc import Iterable

from inbox import Inbox
from post import Sink, ask, do, nothing_waits, until

from runtime.testing.running import Server


def ours(sink: Sink, recipient: str) -> email.message.EmailMessage:
    """Our last letter to an address, as it went over the wire."""
    return [letter for address, letter in sink.taken() if address == recipient][-1]


def letter(sender: str, subject: str, text: str = "", answers: object = None, **more: object):
    """A letter; `answers`: the letter of ours that it replies to, `files`, `headers`."""
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"], made["Subject"] = sender, "line@gov.example", subject
    made["Message-ID"] = more.get("message_id") or f"<{subject}@{sender.rpartition('@')[2]}>"
    if answers:
        made["In-Reply-To"] = made["References"] = answers["Message-ID"].strip()
    for name, value in more.get("headers", {}).items():
        made[name] = value
    made.set_content(text or "Здравствуйте.", cte="base64")
    for name, content in more.get("files", {}).items():
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made


def came(server: Server, inbox: Inbox, letters: Iterable[email.message.EmailMessage]) -> None:
    """Send letters to the mailbox; they are fetched, read and decided on, each once."""
    sent = list(letters)
    count = "SELECT count(*) FROM hotline_incoming_mail"
    before = int(ask(server, count)[0][0])
    for one in sent:
        inbox.send(one.as_bytes(), sender=str(one["From"]))
    do(server, "fetch", script="incoming")
    until(lambda: inbox.new() == 0, "the mailbox is fetched")
    waiting = "SELECT 1 FROM hotline_incoming_mail WHERE state = 'new'"
    until(lambda: int(ask(server, count)[0][0]) == before + len(sent), "all are stored")
    until(lambda: not ask(server, waiting), "all are read")
    nothing_waits(server)


def landed(server: Server, subject: str) -> str:
    """«state kind» of the letter."""
    (found,) = do(server, "landed", script="placing", subject=subject)
    return f"{found['state']} {found['kind']}"
