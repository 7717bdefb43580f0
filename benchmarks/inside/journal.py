"""Seal what the journal holds, then verify it; runs in Odoo's shell, which gives ``env``.

The last line printed is JSON: {"sealed", "sealing": [clock, processor], "verifying": the same,
"joining": seconds of PostgreSQL alone, "faults", "grown_mb"}.
"""

import json
import resource
import time

from odoo.addons.gov_hotline.models import journal_sql

JOINED = """
SELECT count(j.digest) FROM hotline_journal_seal s JOIN hotline_journal j ON j.id = s.line_ref
"""


def timed(act):
    """What `act` returns, and [seconds by the clock, seconds of this process's processor]."""
    clock, processor = time.monotonic(), time.process_time()
    result = act()
    return result, [time.monotonic() - clock, time.process_time() - processor]


def peak():
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def verify(cr):
    """How many findings a check of the whole chain has."""
    return sum(len(faults) for _number, faults in journal_sql.verify(cr, {}))


def main(env):
    """Seal, verify, join."""
    sealed, sealing = timed(env["hotline.journal.seal"]._seal)
    env.cr.commit()
    before = peak()
    faults, verifying = timed(lambda: verify(env.cr))
    _rows, joining = timed(lambda: env.cr.execute(JOINED))
    return {
        "sealed": sealed,
        "sealing": sealing,
        "verifying": verifying,
        "joining": joining[0],
        "faults": faults,
        "grown_mb": peak() - before,
    }


print(json.dumps(main(env)))  # noqa: F821, T201 - the shell gives env
