"""One system with mail for all tests of this folder, and a mail server it sends by.

Each test makes cases of its own and leaves both working.
"""

from collections.abc import Callable, Iterator

import pytest
from inbox import Inbox
from post import Sink, do

from runtime.testing.odoo import free_port
from runtime.testing.running import Server


@pytest.fixture(scope="session")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    """The mail server of the session, in a process of its own."""
    found = Sink(tmp_path_factory.mktemp("sink"), free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def mailing(new_server: Callable[..., Server], mail_server: Sink) -> Server:
    """The system that sends by it; it has an operator and an officer."""
    made = new_server("mail", "--max-cron-threads=1")  # the mailbox is fetched by its own action
    do(made, "setting", port=mail_server.port)
    return made


@pytest.fixture
def sink(mail_server: Sink) -> Iterator[Sink]:
    """The mail server, empty and at work."""
    mail_server.start()
    yield mail_server
    mail_server.stop()
    mail_server.empty()


@pytest.fixture
def server(mailing: Server, sink: Sink) -> Server:
    """The running system."""
    if not mailing.process:
        mailing.start()
    return mailing


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inbox]:
    """The mailbox of the session: SMTP and IMAP in processes of their own."""
    found = Inbox(tmp_path_factory.mktemp("inbox"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def connected(mailing: Server, mailbox: Inbox) -> Server:
    """The system that fetches it."""
    mailbox.start()
    do(mailing, "connect", script="incoming", port=mailbox.wire.port)
    return mailing


@pytest.fixture
def inbox(connected: Server, mailbox: Inbox) -> Inbox:
    """The mailbox, at work and connected."""
    assert connected
    mailbox.wire.hold_at("")
    mailbox.start()
    return mailbox
