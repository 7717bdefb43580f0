"""Accounts of the invented town: the registers of its companies, loaded as any register is."""

import base64
import math

from . import ground, places, registers

LEAST = (registers.LEAST, 3)  # houses, flats of each in the smallest demonstration


def load(env, seed, scale):
    """Load the registers of all four companies; return {name of the company: its card}.

    `scale` is the share of the demonstration, 1 the whole: 200 houses, 16,000 flats. No commit.
    """
    files = registers.files(seed, *size(scale))
    towns = {one.name: ground.town(env, one.town) for one in registers.COMPANIES}
    return {name: _load_one(env, name, towns[name], content) for name, content in files.items()}


def size(scale):
    """Return (houses, flats of each): as many accounts as the share of the whole."""
    side = math.sqrt(min(scale, 1))
    whole = (registers.HOUSES, registers.FLATS)
    return tuple(max(least, round(most * side)) for least, most in zip(LEAST, whole, strict=True))


def make_company(env, name, **vals):
    """Return the card of an organisation of the town."""
    kind = {"is_company": True, "hotline_kind": "organisation", "city": places.CITY}
    return env["res.partner"].create({"name": name, **kind, **vals})


def load_file(env, source, content, **vals):
    """Press «Load»; its parts are done here and now, not by the queue."""
    here = env["hotline.register.run"].with_context(queue_job__no_delay=True)
    file = {"file": base64.b64encode(content), "filename": f"{source.name}.csv"}
    run = here.create({"source_id": source.id, **file, **vals})
    run._begin("loading")


def _load_one(env, name, place, content):
    partner = make_company(env, name)
    vals = {"name": name, "partner_id": partner.id, "territory_id": place.id}
    load_file(env, env["hotline.register.source"].create(vals), content)
    return partner
