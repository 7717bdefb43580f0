"""``python3 -m runtime COMMAND``: what the Makefile calls."""

import sys

from . import commands

if __name__ == "__main__":
    sys.exit(commands.main(sys.argv[1:]))
