"""Operators who finish each card within a second; runs in Odoo's shell: ``env`` is there.

``OPTIONS``: {"seconds": how long}.
"""

import time

import psycopg2

from odoo.addons.gov_hotline_telephony.domain.presence_rows import Happening

until = time.monotonic() + OPTIONS["seconds"]  # noqa: F821
while time.monotonic() < until:
    try:
        states = env["hotline.operator.state"]  # noqa: F821
        ended = states.search([("until", "=", False), ("state", "=", "wrap_up")])
        states._happen([Happening(one.user_id.id, "finish") for one in ended])
        env.cr.commit()  # noqa: F821
    except psycopg2.Error:  # the connector was quicker
        env.cr.rollback()  # noqa: F821
        env.invalidate_all(flush=False)  # noqa: F821
    time.sleep(0.5)
