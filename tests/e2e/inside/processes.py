"""Real processes for the scripts of this folder; sent to Odoo's shell before them.

The processes are forks of one Odoo with a loaded registry, as the workers of a server are, each
with a connection, a transaction and a memory of its own. A killed one leaves what it committed.
"""

import json  # noqa: F401 - the scripts print with it
import multiprocessing
import os
import signal
from contextlib import contextmanager

import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

FORK = multiprocessing.get_context("fork")


@contextmanager
def system(database):
    """The system's environment in a pool of this process; committed at the end."""
    inherited, odoo.sql_db._Pool = odoo.sql_db._Pool, None
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
    del inherited  # kept until here: the parent's connections must not be touched


def die():
    """Be killed as by ``kill -9``: nothing is rolled back by us, nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_processes(count, target, *arguments):
    """Run `target` in `count` processes; return their exit codes."""
    processes = [FORK.Process(target=target, args=arguments) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def journal(env, event, refs=None):
    """How many lines of `event` the journal has, by the id of their record."""
    domain = [("event", "=", event)] + ([("res_ref", "in", refs)] if refs else [])
    counted = {}
    for line in env["hotline.journal"].search(domain):
        counted[line.res_ref] = counted.get(line.res_ref, 0) + 1
    return counted
