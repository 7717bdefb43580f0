"""Plays events to state machine and writer as fast as they go; runs in Odoo's shell.

``OPTIONS``: {"events": a file of [moment, message in base64], one a line}. Prints events a second:
of another PBX with the same telephones, in batches as large as the pump's largest.
"""

import base64
import json
import time
from pathlib import Path

from odoo.addons.gov_hotline_telephony.connector.calls import LiveCalls
from odoo.addons.gov_hotline_telephony.connector.pump import BATCH
from odoo.addons.gov_hotline_telephony.connector.writer import Writer
from odoo.addons.gov_hotline_telephony.domain import ami

first = env["hotline.pbx"].search([])  # noqa: F821
again = first.copy({"code": "again", "name": "again", "queue_ids": first.queue_ids.ids})
for telephone in first.extension_ids:
    vals = {"pbx_id": again.id, "number": telephone.number, "interface": telephone.interface}
    env["hotline.pbx.extension"].create({**vals, "user_id": telephone.user_id.id})  # noqa: F821
first.extension_ids.at_id = False
env.cr.commit()  # noqa: F821
lines = Path(OPTIONS["events"]).read_text(encoding="utf-8").splitlines()  # noqa: F821
events = [(at, base64.b64decode(raw)) for at, raw in map(json.loads, lines)]
live = LiveCalls(Writer(env.registry, again.id))  # noqa: F821
began = time.perf_counter()
for start in range(0, len(events), BATCH):
    part = events[start : start + BATCH]
    for at, raw in part:
        if ami.wanted(raw):
            live.feed(ami.parse(raw), at)
    if changed := live.changed(part[-1][0]):
        live.save(changed)
print(len(events) / (time.perf_counter() - began))  # noqa: T201
