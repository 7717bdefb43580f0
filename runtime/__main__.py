"""``python3 -m runtime COMMAND``: what the Makefile calls.

This file must be readable by any Python 3: it is what tells that the Python is too old.
"""

import sys

TOO_OLD = (
    "Error: Python %d.%d does not do: 3.11, 3.12 or 3.13 is needed. "
    "Put such a python3 first in PATH (Debian 12 and 13 have it as /usr/bin/python3)\n"
)


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - that is what this file is for
        sys.stderr.write(TOO_OLD % sys.version_info[:2])
        return 1
    from runtime import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
