"""Register drafts at once by real processes; runs in Odoo's shell, which gives ``env``.

``OPTIONS`` is set by whoever sends this script: {"processes", "doomed", "one_by_one", "warm"}. The
last line printed is JSON: {"requests": [...], "numbers": {series: [n, ...]}, "tickets": [...]}.

The processes are forks of one Odoo with a loaded registry, as the workers of a prefork server are:
each has a memory, a connection and a transaction of its own. They wait at a barrier, so that all
take their snapshot of the database in one moment: the worst case, which a queue in front of an HTTP
server would only soften. Each request runs in Odoo's own ``retrying``, as every request over HTTP
does, so a serialization failure would show as a second attempt.
"""

import json
import multiprocessing
import os
import time
from pathlib import Path

import odoo.sql_db
from odoo import api, fields
from odoo.modules.registry import Registry
from odoo.service.model import retrying

FORK = multiprocessing.get_context("fork")
HELD = 0.15  # seconds for which a doomed transaction holds its number
DEPARTMENTS = ("-R1", "-R2")


class DoomedError(Exception):
    """The failure of a request after its number was taken."""


def prepare(env, count):
    """An operator, two departments with series of their own, `count` drafts in turn; committed."""
    operator = env["res.users"].create(
        {
            "name": "Racing operator",
            "login": f"race{time.time_ns()}",
            "group_ids": [fields.Command.set(env.ref("gov_hotline.group_operator").ids)],
        }
    )
    teams = [
        env["helpdesk.ticket.team"].search([("hotline_code", "=", code[1:])], limit=1)
        or env["helpdesk.ticket.team"].create({"name": code, "hotline_code": code[1:]})
        for code in DEPARTMENTS
    ]
    drafts = env["helpdesk.ticket"].create(
        [
            {
                "kind": "appeal_59",
                "origin": "paper",
                "team_id": teams[n % len(teams)].id,
                "applicant_surname": "Проверкин",
                "applicant_given_name": "Иван",
                "applicant_address": "ул. Садовая, 1",
                "appeal_text": f"Обращение {n}",
            }
            for n in range(count)
        ]
    )
    env.cr.commit()
    warm_up(env, operator, drafts[0])
    return operator.id, drafts.ids


def warm_up(env, operator, draft):
    """Fill the caches that the processes inherit; nothing of it stays."""
    draft.with_user(operator).action_register()
    env.cr.rollback()
    env.invalidate_all()


def server_time(pid):
    """Seconds of processor the connection's PostgreSQL process has used; 0 on another machine."""
    try:
        fields_of_stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields_of_stat[11:13])) / os.sysconf("SC_CLK_TCK")


def request(database, uid, ticket_id, doomed=False, wait=lambda: None):
    """Register one draft in a transaction of its own; what a client would have seen."""
    found = {"ticket": ticket_id, "attempts": 0, "number": None, "error": "", "doomed": doomed}
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, uid, {})

        def act():
            found["attempts"] += 1
            result = env["helpdesk.ticket"].browse(ticket_id).action_register()
            if doomed:
                time.sleep(HELD)
                raise DoomedError
            return result["number"]

        wait()
        backend = cr._cnx.get_backend_pid()
        start, work = time.monotonic(), time.process_time() + server_time(backend)
        try:
            found["number"] = retrying(act, env)
        except DoomedError:
            cr.rollback()
        except Exception as error:  # noqa: BLE001 - whatever it is, the user sees it
            cr.rollback()
            found["error"] = f"{type(error).__name__}: {error}"
        found["seconds"] = time.monotonic() - start
        found["cpu"] = time.process_time() + server_time(backend) - work
    return found


def serve_once(database, uid, ticket_id):
    """What a worker that has served before has behind it; of the request itself nothing stays.

    The workers of a server keep their connection: PostgreSQL has read its catalogue for it, and the
    memory that the fork shares has been copied where it changes. A new process pays for both once,
    as much as for a whole registration, and would hide what a registration costs.
    """
    with Registry(database).cursor() as cr:
        api.Environment(cr, uid, {})["helpdesk.ticket"].browse(ticket_id).action_register()
        cr.rollback()  # the race begins with a snapshot of its own


def compete(arguments, doomed, warm, barrier, results):
    """The life of one process: a connection pool of its own, the barrier, one request."""
    inherited, odoo.sql_db._Pool = odoo.sql_db._Pool, None
    if warm:
        serve_once(*arguments)
    results.put({"pid": os.getpid(), **request(*arguments, doomed, barrier.wait)})
    del inherited  # kept until here: the parent's connections must not be touched


def race(database, uid, ids, doomed, warm):
    """All requests at once, one process each; the first `doomed` of them fail at their end."""
    barrier, results = FORK.Barrier(len(ids)), FORK.SimpleQueue()
    processes = [
        FORK.Process(
            target=compete, args=((database, uid, one), n < doomed, warm, barrier, results)
        )
        for n, one in enumerate(ids)
    ]
    for process in processes:
        process.start()
    found = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return found


def numbers(env, series):
    """{series: numbers taken, in order} of the departments that took part."""
    rows = env["hotline.number"].search([("series", "in", series)], order="n")
    return {
        one: rows.filtered(lambda row, one=one: row.series == one).mapped("n") for one in series
    }


def main(env, options):
    """Prepare, race, and look at what is in the database afterwards."""
    count = options["processes"] + options["doomed"]
    uid, ids = prepare(env, count)
    database = env.cr.dbname
    if options["one_by_one"]:
        requests = [request(database, uid, one) for one in ids]
    else:
        requests = race(database, uid, ids, options["doomed"], options["warm"])
    env.cr.rollback()
    env.invalidate_all()
    tickets = env["helpdesk.ticket"].browse(ids).read(["number", "state", "registered_on"])
    series = sorted(set(env["hotline.number"].search([("ticket_id", "in", ids)]).mapped("series")))
    return {"requests": requests, "tickets": tickets, "numbers": numbers(env, series)}


print(json.dumps(main(env, OPTIONS), default=str))  # noqa: F821, T201
