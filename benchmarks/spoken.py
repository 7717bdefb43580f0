"""How long a caller waits who says the digits of a reading: the voice's recogniser, model loaded.

    make bench ARGS=spoken

Prints, asserts nothing. What is said and measured is described in benchmarks/inside/spoken.py.
"""

import subprocess
import sys

from runtime import paths, pbx_tree, shell, speech
from runtime.console import Console

SCRIPT = "benchmarks/inside/spoken.py"
DIGITS = "usr/share/asterisk/sounds/ru/digits"


def main() -> int:
    """Measure in the environment of the voice; the exit code."""
    console = Console()
    found, tree = speech.ensure(console), pbx_tree.ensure(console)
    command = [found.python, paths.ROOT / SCRIPT, found.model, tree.root / DIGITS]
    search = {"PYTHONPATH": str(paths.ROOT)}
    return subprocess.run(command, env=shell.environment(**search), check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
