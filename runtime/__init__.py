"""The embedded runtime: Odoo, PostgreSQL and tools for ``make run`` and ``make test``.

Only the standard library: it is the bare Python of the machine that runs it. This file must be
readable by any Python 3: it is what tells that the Python is too old.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - that is what this file is for
    sys.exit(
        "Error: Python {}.{} does not do: 3.11, 3.12 or 3.13 is needed. "
        "Put such a python3 first in PATH (Debian 12 and 13 have it as /usr/bin/python3)".format(
            *sys.version_info
        )
    )
