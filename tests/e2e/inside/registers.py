"""Load the invented registers of four companies by real processes; runs in Odoo's shell (``env``).

The last line printed is JSON: how things stood after the first load was killed in the middle, after
it went on, after all four were loaded, and after the same files came again.
"""

import base64
import json
import multiprocessing
import os
import signal

import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from odoo.addons.gov_hotline.demo import places, registers
from odoo.addons.gov_hotline.models import hotline_register_run_part

FORK = multiprocessing.get_context("fork")
HOUSES, FLATS, PART = 200, 80, 1000
TABLES = ("hotline_account", "hotline_object", "res_partner", "hotline_phone")


def prepare(env):
    """A source for each company, the town among the territories; committed."""
    town = env["hotline.territory"].create({"name": places.CITY})
    for company in registers.COMPANIES:
        partner = env["res.partner"].create({"name": company.name, "is_company": True})
        env["hotline.register.source"].create(
            {"name": company.name, "partner_id": partner.id, "territory_id": town.id}
        )
    env.cr.commit()


def new_run(env, name, content):
    """A load of a file, begun as the button does but without the queue; committed."""
    source = env["hotline.register.source"].search([("name", "=", name)])
    run = env["hotline.register.run"].create(
        {"source_id": source.id, "file": base64.b64encode(content), "filename": "реестр.csv"}
    )
    run._write_by_act(run._prepare_begin_vals("loading"))
    env.cr.commit()
    return run


def load(database, run_id, parts=None):
    """Do the parts in a process of its own; killed after `parts` of them, in the next one."""
    inherited, odoo.sql_db._Pool = odoo.sql_db._Pool, None
    hotline_register_run_part.PART = PART
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        run = env["hotline.register.run"].browse(run_id)
        for _part in range(parts or 0):
            run._do_part()
            cr.commit()
        if parts:
            run._do_part()
            env.flush_all()  # written, not committed
            os.kill(os.getpid(), signal.SIGKILL)
        run._run_to_end()
    del inherited  # kept until here: the parent's connections must not be touched


def in_process(*arguments):
    process = FORK.Process(target=load, args=arguments)
    process.start()
    process.join()
    return process.exitcode


def standing(env, run):
    """How things stand: the load, the sizes of tables, doubles."""
    env.cr.rollback()
    env.invalidate_all()
    names = ["state", "total", "done", "created_count", "changed_count", "same_count"]
    told = run.read([*names, "bad_count", "gone_count"])[0]
    return {"run": told, "sizes": sizes(env), "doubles": doubles(env)}


def sizes(env):
    """Rows of the tables that a load writes."""
    found = {}
    for table in TABLES:
        env.cr.execute(f"SELECT count(*) FROM {table}")
        found[table] = env.cr.fetchone()[0]
    return found


def doubles(env):
    """How many accounts, flats or lines stand twice."""
    env.cr.execute(
        """SELECT (SELECT count(*) - count(DISTINCT (provider_id, number)) FROM hotline_account)
                + (SELECT count(*) - count(DISTINCT address) FROM hotline_object)"""
    )
    return env.cr.fetchone()[0]


def main(env):
    prepare(env)
    database, files = env.cr.dbname, registers.files(houses=HOUSES, flats=FLATS)
    first, *others = registers.COMPANIES
    run = new_run(env, first.name, files[first.name])
    found = {"before": sizes(env)}
    found["killed"] = {"exit": in_process(database, run.id, 3), **standing(env, run)}
    found["resumed"] = {"exit": in_process(database, run.id), **standing(env, run)}
    for company in others:
        run = new_run(env, company.name, files[company.name])
        in_process(database, run.id)
    found["all"] = standing(env, run)
    again = [new_run(env, name, content) for name, content in files.items()]
    for one in again:
        in_process(database, one.id)
    found["again"] = [standing(env, one)["run"] for one in again]
    found["after"] = sizes(env)
    return found


print(json.dumps(main(env), default=str))  # noqa: F821, T201
