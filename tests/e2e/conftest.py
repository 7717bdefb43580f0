"""A running system for the end-to-end tests, and how a person or a programme talks to it.

Run them by ``make test-e2e``: it prepares the template database and says where it is.
"""

from collections.abc import Callable, Iterator

import pytest

from runtime.testing import choice, running
from runtime.testing.clients import Browser, Rpc, Visitor
from runtime.testing.odoo import Odoo
from runtime.testing.running import Server


def pytest_configure() -> None:
    """Whoever breaks off the run ends its systems with it."""
    running.end_when_asked()


@pytest.fixture(scope="session")
def bench() -> tuple[Odoo, str]:
    """The bench's Odoo and the template database with our add-ons installed."""
    return running.read()


@pytest.fixture(scope="session")
def new_server(bench: tuple[Odoo, str]) -> Iterator[Callable[..., Server]]:
    """Makes further systems: ``new_server("crash")`` runs over a fresh copy of the template.

    Arguments after the name go to Odoo's command line (``--workers=2``). The name is part of the
    database's name; the server and the database go when the tests end.
    """
    odoo, template = bench
    servers: list[Server] = []

    def make(name: str, *arguments: str) -> Server:
        odoo.databases.copy(template, f"e2e_{name}")
        server = Server(odoo, f"e2e_{name}", arguments=arguments)
        servers.append(server)
        return server.start()

    yield make
    for server in servers:
        server.stop()
        odoo.databases.drop(server.database)


@pytest.fixture(scope="session")
def system(new_server: Callable[..., Server]) -> Server:
    """The system all tests share: do not kill it, and leave no state others could stumble on."""
    return new_server("main")


@pytest.fixture(scope="session")
def rpc(system: Server) -> Callable[..., Rpc]:
    """``rpc("admin")`` calls methods over JSON-2 with that user's own key."""
    keys: dict[str, Rpc] = {}

    def client(login: str = "admin") -> Rpc:
        if login not in keys:
            keys[login] = Rpc.with_new_key(system, login)
        return keys[login]

    return client


@pytest.fixture
def visitor(system: Server) -> Iterator[Visitor]:
    """Somebody with a web browser's cookies but no browser: a public visitor until ``login()``."""
    with Visitor(system.url) as found:
        yield found


@pytest.fixture
def browser(system: Server) -> Iterator[Browser]:
    """A headless Chromium; HOTLINE_SKIP=browser leaves out the tests that ask for it."""
    if "browser" in choice.skipped():
        pytest.skip("HOTLINE_SKIP=browser")
    with Browser(system.url) as found:
        yield found
