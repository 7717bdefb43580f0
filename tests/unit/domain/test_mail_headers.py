"""What really leaves over SMTP: long Russian subjects and names, parsed as a reader parses them."""

import email
import smtplib
import socket
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

import pytest
from aiosmtpd.controller import Controller
from gov_hotline.domain.mail_headers import POLICY
from hypothesis import given
from hypothesis import strategies as st

# The standard library loses the space before «В-2» here.
LONG = (
    "Уведомление о продлении срока рассмотрения обращения № В-2/2026-01 от 22.11.2026 по вопросу "
    "В-2/2026-01 Сертификат PDF рассмотрения: PDF на ИСХ-15/2026"
)
NAME = "Управление по работе с обращениями граждан № 1 Озёрского муниципального района"
WORDS = st.lists(
    st.sampled_from(
        [
            "Ответ",
            "на",
            "обращение",
            "№",
            "И-123/2026",
            "от",
            "22.11.2026",
            "срока:",
            "PDF",
            "2026",
            "года",
        ]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


class Sink:
    """A mail server that keeps what it takes."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append(envelope.content)
        return "250 OK"


@pytest.fixture(scope="module")
def sink():
    """A real SMTP server on loopback."""
    handler = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def _letter(subject, name="Министерство"):
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = subject
    letter["From"] = formataddr((name, "post@gov.example"))
    letter["To"] = "m@citizen.example"
    letter["Message-ID"] = f"<{'1' * 90}@gov.example>"
    letter.set_content("Здравствуйте!")
    letter.policy = POLICY
    return letter


def _read(raw, header="Subject"):
    """Return the header as RFC 2047 reads it."""
    return str(make_header(decode_header(email.message_from_bytes(raw)[header])))


def test_over_a_real_smtp_talk(sink):
    """E6: subject and sender of a letter keep their spaces all the way."""
    with smtplib.SMTP("127.0.0.1", sink.port) as session:
        session.send_message(_letter(LONG, NAME))
    raw = sink.taken[-1]
    assert _read(raw) == LONG
    assert _read(raw, "From").startswith(NAME)
    assert f"Message-ID: <{'1' * 90}@gov.example>\r\n".encode() in raw
    head = raw.split(b"\r\n\r\n")[0]
    assert max(len(line) for line in head.split(b"\r\n") if b"Message-ID" not in line) <= 78


@given(WORDS, WORDS)
def test_no_space_is_lost(subject, name):
    raw = _letter(subject, name).as_bytes()
    assert _read(raw) == subject
    assert name in _read(raw, "From").replace('"', "")
    assert raw.count(b"post@gov.example") == 1


def test_latin_headers_stay_as_they_are():
    raw = _letter("Answer No. 15", "Ministry").as_bytes()
    assert b"Subject: Answer No. 15\r\nFrom: Ministry <post@gov.example>\r\n" in raw
