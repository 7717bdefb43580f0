"""One PBX, one connector, one Odoo for all tests of this folder; each test begins in silence."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import certificate
import pytest
from hotline import Desk, Hotline
from pages import Pages
from stage import Stage

from runtime import phones
from runtime.pbx import Pbx
from runtime.testing import choice
from runtime.testing.running import Server

DIAL = 4  # seconds a number in the city rings
RATE = 8000
PATIENT = 120  # seconds a telephone rings where a page is used: on a busy machine that takes long


@pytest.fixture(scope="session")
def pbx(new_pbx: Callable[..., Pbx], tmp_path_factory: pytest.TempPathFactory) -> Pbx:
    """The PBX of the folder; browsers reach it by wss, too."""
    return new_pbx(dial=DIAL, certificate=certificate.make(tmp_path_factory.mktemp("tls")))


@pytest.fixture(scope="session")
def chain(new_server: Callable[..., Server], pbx: Pbx) -> Iterator[Hotline]:
    """The hotline of the folder."""
    made = Hotline(new_server("phone"), pbx)
    made.settle()
    yield made
    made.close()


@pytest.fixture(scope="session")
def desks(chain: Hotline) -> Iterator[dict[str, Desk]]:
    """The sessions of the people."""
    found = {login: chain.desk(login) for login in ("maria", "pavel", "olga")}
    yield found
    for desk in found.values():
        desk.close()


@pytest.fixture
def hotline(chain: Hotline, desks: dict[str, Desk], stage: Stage) -> Iterator[Hotline]:
    """The hotline with a connector that serves; afterwards nobody talks and nobody is on the line.

    The telephones of ``stage`` go after that, so whoever still talks is hung up here.
    """
    for desk in desks.values():
        desk.heard.clear()
    if not chain.connectors:
        chain.connect()
    chain.serves(chain.connectors[0])
    yield chain
    stage.pbx.cli("channel request hangup all")
    chain.quiet()
    for desk in desks.values():
        if desk.phone("look")["presence"]["state"] != "offline":
            desk.ends(desk.phone("sign_out"))


@pytest.fixture
def maria(hotline: Hotline, desks: dict[str, Desk], stage: Stage) -> Desk:
    """The operator of telephone 101, signed in; a test says how the telephone answers."""
    return desks["maria"]


@pytest.fixture
def pavel(hotline: Hotline, desks: dict[str, Desk]) -> Desk:
    """The operator of telephone 102."""
    return desks["pavel"]


@pytest.fixture
def olga(hotline: Hotline, desks: dict[str, Desk]) -> Desk:
    """The supervisor, who speaks by the browser: telephone 110."""
    return desks["olga"]


@pytest.fixture(scope="session")
def browsers(desks: dict[str, Desk]) -> Iterator[Pages]:
    """``browsers["maria"]`` is her page, in a browser of her own that all tests share."""
    if "browser" in choice.skipped():
        pytest.skip("HOTLINE_SKIP=browser")
    with Pages(desks) as found:
        yield found


@pytest.fixture(scope="module")
def patient(pbx: Pbx) -> Iterator[None]:
    """A PBX that lets a telephone ring for long, in one file."""
    usual = pbx.site.ring
    ring(pbx, PATIENT)
    yield
    ring(pbx, usual)


def ring(pbx: Pbx, seconds: int) -> None:
    """Let a telephone of the queue ring so long from now on."""
    pbx.site = replace(pbx.site, ring=seconds)
    pbx.configure()
    pbx.cli("queue reload all")


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of a tone, as telephones send it."""
    path = tmp_path_factory.mktemp("speech") / "tone.al"
    path.write_bytes(
        phones.alaw(8000 * math.sin(2 * math.pi * 440 * at / RATE) for at in range(RATE))
    )
    return path
