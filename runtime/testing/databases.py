"""The bench's own PostgreSQL: databases from templates, with Odoo's files of each.

Its data lives in ``.runtime/test-db`` and is nobody else's, so it may be fast instead of durable.
What measures a real server asks for its durability with ``durable()``.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from runtime import postgres
from runtime.console import Console
from runtime.environment import Environment
from runtime.faults import Fault
from runtime.postgres import Cluster
from runtime.sql import Server

NAME = "test-db"


@dataclass(frozen=True)
class Databases:
    """A server and Odoo's data folder beside it."""

    server: Server
    data_dir: Path

    def exists(self, name: str) -> bool:
        """Whether there is such a database."""
        return self.server.exists(name)

    def names(self, prefix: str) -> list[str]:
        """The databases whose name begins so."""
        sql = "SELECT datname FROM pg_database WHERE starts_with(datname, :'prefix')"
        return self.server.query(sql, prefix=prefix).split()

    def create(self, name: str) -> None:
        """A new, empty database; an old one of this name is dropped."""
        self.drop(name)
        self.server.create(name)

    def copy(self, template: str, name: str) -> None:
        """A copy of a database nobody is connected to, with its files."""
        self.drop(name)
        self.server.create(name, template)
        if self.files(template).exists():
            shutil.copytree(self.files(template), self.files(name))

    def rename(self, name: str, new: str) -> None:
        """Rename a database: it becomes a template only when it is whole."""
        self.drop(new)
        self.server.rename(name, new)
        if self.files(name).exists():
            self.files(name).replace(self.files(new))

    def drop(self, name: str) -> None:
        """Drop the database and its files, whoever is still connected."""
        self.server.drop(name)
        shutil.rmtree(self.files(name), ignore_errors=True)

    def files(self, name: str) -> Path:
        """The folder of the database's attachments."""
        return self.data_dir / "filestore" / name


@contextmanager
def running(environment: Environment, console: Console) -> Iterator[tuple[Databases, Cluster]]:
    """The bench's server, started for the block in its fast form and stopped after it."""
    cluster = postgres.cluster(NAME, environment.pg_home, durable=False, say=console.say)
    with _alone(environment.state / "test.lock"):
        try:
            cluster.stop()
            yield Databases(cluster.start(), environment.state / "test-data"), cluster
        finally:
            cluster.stop()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Fault while another run uses the server: it would be stopped under it."""
    with path.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Fault("Tests are running in this clone already", "Wait for their end") from error
        yield


def durable(cluster: Cluster) -> None:
    """Start the server anew with PostgreSQL's own defaults: no committed row is lost in a crash."""
    cluster.stop()
    replace(cluster, durable=True).start()


@contextmanager
def filling(cluster: Cluster) -> Iterator[None]:
    """The server started anew for loads of rows, afterwards durable: all it holds is written."""
    cluster.stop()
    replace(cluster, filling=True).start()
    yield
    durable(cluster)
