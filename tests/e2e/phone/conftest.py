"""A PBX of the tests' own on free ports, telephones by sipp, an AMI client."""

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ami import Ami
from stage import Stage

from runtime import pbx_tree
from runtime.console import Console
from runtime.pbx import Pbx
from runtime.pbx_conf import Site, other_ports

RING = 3  # seconds: one telephone rings so long, then the next one


@pytest.fixture(scope="session")
def asterisk() -> pbx_tree.Tree:
    """Asterisk and sipp, fetched where they are not there yet."""
    return pbx_tree.ensure(Console(stream=io.StringIO()))


@pytest.fixture(scope="session")
def new_pbx(asterisk: pbx_tree.Tree) -> Iterator[Callable[..., Pbx]]:
    """Starts PBXs on ports nobody else uses; all go when the tests end. Options are a site's."""
    started: list[Pbx] = []

    def start(**options: Any) -> Pbx:
        home = Path(tempfile.mkdtemp(prefix="hotline-pbx-"))
        started.append(Pbx(home, Site(ports=other_ports(), ring=RING, **options), asterisk))
        return started[-1].start()

    yield start
    for one in started:
        one.remove()


@pytest.fixture(scope="module")
def pbx(new_pbx: Callable[..., Pbx]) -> Pbx:
    """The PBX of one file of tests: it may be killed and started again."""
    return new_pbx()


@pytest.fixture
def stage(pbx: Pbx) -> Iterator[Stage]:
    """Telephones of one test: all are taken away, and nobody is in the queue, when it ends."""
    with Stage(pbx) as made:
        yield made


@pytest.fixture
def ami(pbx: Pbx) -> Iterator[Ami]:
    """The connector's account, as a test may use it."""
    with Ami(pbx) as made:
        yield made
