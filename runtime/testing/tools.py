"""How to call the tools of lint and unit tests in the prepared environment.

Their virtual environment has no Odoo: the linters need another polib than Odoo pins, and the unit
tests prove there that the domain needs no Odoo.
"""

from dataclasses import dataclass
from pathlib import Path

from runtime import node, paths, shell
from runtime.environment import Environment

_SCRIPTS = {"prettier": "prettier/bin/prettier.cjs", "eslint": "eslint/bin/eslint.js"}


@dataclass(frozen=True)
class Tools:
    """The linters' virtual environment, and Node."""

    bin: Path
    node: Path

    def dev(self, name: str) -> str:
        """A tool of the Python package index."""
        return str(self.bin / name)

    def npm(self, package: str) -> list[str]:
        """A tool of npm, called with the Node we know to be new enough."""
        return [str(self.node), str(paths.ROOT / "node_modules" / _SCRIPTS[package])]


def of(environment: Environment) -> Tools:
    """The tools of a prepared environment."""
    npm = node.npm(node.NEEDED)
    own = Path(shell.find("node") or "node") if len(npm) == 1 else Path(npm[0])
    return Tools(environment.dev_python.parent, own)
