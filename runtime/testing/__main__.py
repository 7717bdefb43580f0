"""``python3 -m runtime.testing COMMAND [arguments]``: what the Makefile calls for tests.

    all                 lint, unit, add-ons, translations, e2e: `make test`
    lint [WORD …]       the checks whose name contains a word: `make lint`
    unit [ARGS]         plain pytest without Odoo: `make test-unit`
    addons [TAGS]       Odoo's runner over all our add-ons
    addon NAME [ARGS]   one add-on, quick: `make test-addon ADDON=NAME`
    e2e [ARGS]          pytest against a running system: `make test-e2e`
    i18n [check]        export the terms and merge them: `make i18n`; or only check them

The last line is ``N passed, N failed, N skipped``; exit code 0 means that something ran and
nothing failed.
"""

import signal
import sys

from runtime.faults import Fault

from . import cli

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it else
    try:
        sys.exit(cli.main(sys.argv[1:]))
    except Fault as fault:
        sys.exit(f"Error: {fault}")
    except KeyboardInterrupt:
        sys.exit(130)
