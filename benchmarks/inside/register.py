"""Load registers as the jobs do, and the same three models by plain `load()`; in Odoo's shell.

``OPTIONS`` is set by whoever sends this script: {"houses", "flats", "plain"}. The last line printed
is JSON: {"rows", "seconds", "again", "plain_rows", "plain_seconds", "before_mb", "peak_mb",
"load": processes that wanted a core in the last 15 minutes}.
`again` are the seconds of the same files once more; `peak_mb` is of the loads alone, they go first.
"""

import base64
import json
import os
import resource
import time

from odoo.addons.gov_hotline.demo import places, registers


def memory():
    """The highest memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def sources(env):
    """A source for each company of the invented town; committed."""
    town = env["hotline.territory"].create({"name": places.CITY})
    for company in registers.COMPANIES:
        partner = env["res.partner"].create({"name": company.name, "is_company": True})
        env["hotline.register.source"].create(
            {"name": company.name, "partner_id": partner.id, "territory_id": town.id}
        )
    env.cr.commit()
    return town


def load(env, files):
    """Seconds that the files took, from the button to the last part, and their rows."""
    start, rows = time.monotonic(), 0
    for name, content in files.items():
        source = env["hotline.register.source"].search([("name", "=", name)])
        run = env["hotline.register.run"].create(
            {"source_id": source.id, "file": base64.b64encode(content), "filename": "реестр.csv"}
        )
        run._write_by_act(run._prepare_begin_vals("loading"))
        run._run_to_end()
        if run.state != "done" or run.bad_count:
            raise RuntimeError(f"not as it should be: {run.state}, {run.bad_count}")
        rows += run.total
    return time.monotonic() - start, rows


def plain(env, town, count):
    """Seconds of `load()` of as many flats, holders and accounts; the houses are there."""
    company = env["res.partner"].create({"name": "Plain", "is_company": True})
    kinds = {one.code: one.id for one in env["hotline.object.kind"].search([])}
    house = env["hotline.object"].create(
        {"kind_id": kinds["house"], "name": "1000", "territory_id": town.id}
    )
    env.cr.commit()
    numbers = range(count)
    flats = [[f"bench.flat_{n}", str(n), kinds["flat"], house.id] for n in numbers]
    people = [
        [f"bench.card_{n}", "Иванова", f"Мария{n}", "Петровна", "citizen", "Озёрск", f"кв. {n}"]
        for n in numbers
    ]
    accounts = [
        [f"7{n:06}", company.id, f"bench.card_{n}", f"Иванова Мария{n} Петровна", f"bench.flat_{n}"]
        for n in numbers
    ]
    start = time.monotonic()
    person = ["id", "surname", "given_name", "patronymic", "hotline_kind", "city", "street"]
    for model, names, rows in (
        ("hotline.object", ["id", "name", "kind_id/.id", "parent_id/.id"], flats),
        ("res.partner", person, people),
        (
            "hotline.account",
            ["number", "provider_id/.id", "holder_id/id", "holder_name", "object_id/id"],
            accounts,
        ),
    ):
        done = env[model].load(names, rows)
        if not done["ids"]:
            raise RuntimeError(str(done["messages"][:3]))
        env.cr.commit()
    return time.monotonic() - start


def main(env, houses, flats, plain_rows):
    town = sources(env)
    files = registers.files(houses=houses, flats=flats)
    before = memory()
    seconds, rows = load(env, files)
    again, _rows = load(env, files)
    peak = memory()
    return {
        "rows": rows,
        "seconds": seconds,
        "again": again,
        "plain_rows": plain_rows,
        "plain_seconds": plain(env, town, plain_rows),
        "before_mb": before,
        "peak_mb": peak,
        "load": round(os.getloadavg()[2], 1),
    }


print(json.dumps(main(env, **OPTIONS)))  # noqa: F821, T201 - the shell gives env, the caller OPTIONS
