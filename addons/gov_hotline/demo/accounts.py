"""Accounts of the invented town: the registers of its companies, loaded as any register is."""

import base64

from . import ground, registers

FEWEST = 3  # flats of a house in the smallest demonstration
MOST = 32  # in the whole: some seconds of the set-up


def load(env, seed, scale):
    """Load the register of the first company: four of them would hold up the set-up for minutes.

    `scale` is the share of the demonstration, 1 the whole: 50 houses, 1,600 flats. No commit.
    """
    files = registers.files(seed, flats=max(FEWEST, round(MOST * min(scale, 1))))
    town = ground.town(env)
    company = registers.COMPANIES[0]
    _load_one(env, _make_source(env, company.name, town), files[company.name])


def _make_source(env, name, town):
    vals = {"name": name, "is_company": True, "hotline_kind": "organisation"}
    partner = env["res.partner"].create(vals)
    return env["hotline.register.source"].create(
        {"name": name, "partner_id": partner.id, "territory_id": town.id}
    )


def _load_one(env, source, content):
    """Press «Load»; its parts are done here and now, not by the queue."""
    here = env["hotline.register.run"].with_context(queue_job__no_delay=True)
    run = here.create(
        {
            "source_id": source.id,
            "file": base64.b64encode(content),
            "filename": f"{source.name}.csv",
        }
    )
    run._begin("loading")
