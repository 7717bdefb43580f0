"""A PostgreSQL server, embedded or the user's own, seen through psql."""

from dataclasses import dataclass
from pathlib import Path

from . import shell
from .faults import Fault


@dataclass(frozen=True)
class Server:
    """How to reach a server, for Odoo and for psql; ``host`` may be a folder with a socket."""

    host: str
    port: int
    user: str
    password: str
    bin: Path
    template: str = "template0"
    superuser: bool = False

    def query(self, sql: str, database: str = "postgres", **variables: str) -> str:
        """Run SQL and return its rows as text; ``:'name'`` in it stands for a variable.

        Fault if the server refuses.
        """
        words = [f"--set={name}={value}" for name, value in variables.items()]
        command = [self.bin / "psql", "-XAtq", "--set=ON_ERROR_STOP=1", *words]
        output = shell.pipe([*command, *self._target(database)], sql, env=self._environment())
        return output.strip()

    def _target(self, database: str) -> list:
        return ["-h", self.host, "-p", self.port, "-U", self.user, "-d", database]

    def _environment(self) -> dict:
        return shell.environment(PGPASSWORD=self.password, PGCONNECT_TIMEOUT="10")

    def exists(self, database: str) -> bool:
        """True if there is a database of that name."""
        sql = "SELECT 1 FROM pg_database WHERE datname = :'name'"
        return self.query(sql, name=database) == "1"

    def create(self, database: str, template: "str | None" = None) -> None:
        """Make a database in UTF-8: a copy of the template database if one is named, else empty."""
        sql = 'CREATE DATABASE :"name" ENCODING \'UTF8\' TEMPLATE :"template"'
        self.query(sql, name=database, template=template or self.template)
        if template is None:
            self.extend(database)

    def extend(self, database: str) -> None:
        """Add the extensions Odoo uses where they are: search by parts of words, and ё found by е.

        Odoo itself adds them only to databases it creates; a search by unaccent can be indexed only
        if a superuser declares it immutable.
        """
        self.query("CREATE EXTENSION IF NOT EXISTS pg_trgm", database)
        if self.superuser:
            self.query("CREATE EXTENSION IF NOT EXISTS unaccent", database)
            self.query("ALTER FUNCTION unaccent(text) IMMUTABLE", database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it; nothing if there is none."""
        self.query('DROP DATABASE IF EXISTS :"name" WITH (FORCE)', name=database)

    def rename(self, database: str, to: str) -> None:
        """Give a database another name; nobody may be connected to it."""
        self.query('ALTER DATABASE :"name" RENAME TO :"new"', name=database, new=to)

    def check(self) -> None:
        """Fault if the server cannot be reached or is too old for Odoo 19."""
        try:
            version = int(self.query("SHOW server_version_num"))
        except Fault as fault:
            raise Fault(
                f"PostgreSQL on {self.host}:{self.port} cannot be used: {fault.detail}",
                "Check HOTLINE_DB_HOST, _PORT, _USER and _PASSWORD",
            ) from fault
        if version < 130000:
            raise Fault(
                f"PostgreSQL {version // 10000} on {self.host} is too old for Odoo 19",
                "Use PostgreSQL 13 or newer, or unset HOTLINE_DB_HOST for the embedded one",
            )
