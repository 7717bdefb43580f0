"""Ask what a page of figures asks both ways, compare the answers, time them; in Odoo's shell."""

import statistics
import time
from datetime import timedelta
from pathlib import Path

from . import report_costs
from .million import ground
from .report_questions import OF_CASES, OF_OTHERS, REPORTED, Ours, Plain, Questions

TIMES, LONG = 5, 3.0  # seconds
DISTRICTS, HOUSES = 20, 400
LOGIN = ground.LOGIN % "auditor"
TABLES = {
    "helpdesk_ticket": "cases", "hotline_assignment": "assignments", "hotline_call": "calls",
    "hotline_report_changed": "of the cases changed since the facts were written",
}  # fmt: skip
PLACED = """
    UPDATE helpdesk_ticket t SET object_id = houses.ids[1 + t.id %% array_length(houses.ids, 1)]
      FROM (SELECT %(ids)s::integer[] AS ids) houses
     WHERE t.received_on >= %(since)s
"""


def timed(env, act):
    """(what it answers, median milliseconds, MB that the process grew by at most).

    The first time warms the caches of the server; what takes seconds even so is asked only once.
    """
    result, first = _once(env, act)
    before, taken = _peak(), []
    while len(taken) < TIMES and first < LONG:
        result, took = _once(env, act)
        taken.append(took)
    return result, 1000 * statistics.median(taken or [first]), _memory("VmHWM") - before


def _once(env, act):
    env.invalidate_all()
    start = time.perf_counter()
    return act(), time.perf_counter() - start


def _peak():
    """What the process holds now; its peak begins here."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(name):
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def place(env):
    """Houses in districts for the cases of the last two years; an auditor."""
    if env["hotline.object"].search_count([("territory_id.name", "=", "Район 0")]):
        return
    if not env["res.users"].search_count([("login", "=", LOGIN)]):
        ground._user(env, "auditor")
    territories = env["hotline.territory"].create(
        [{"name": f"Район {n}", "kind": "district"} for n in range(DISTRICTS)]
    )
    kind = env.ref("gov_hotline.object_kind_house").id
    houses = env["hotline.object"].create(
        [
            {"name": str(n), "kind_id": kind, "territory_id": territories[n % DISTRICTS].id}
            for n in range(HOUSES)
        ]
    )
    env.flush_all()
    since = env.company._hotline_today() - timedelta(days=760)
    env.cr.execute("SET LOCAL session_replication_role = replica")
    env.cr.execute(PLACED, {"ids": houses.ids, "since": since})
    env["hotline.report.case"]._refill()
    env.cr.commit()
    with env.registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE helpdesk_ticket")


def main(env):
    """Everything."""
    place(env)
    user = env["res.users"].search([("login", "=", LOGIN)])
    asking = env(user=user.id, context={"lang": "ru_RU", "tz": "Europe/Moscow"})
    rows, differences = compared(asking)
    rows += whole(asking, rows) + printed(env, asking)
    noted = report_costs.registration(env)
    env.cr.rollback()
    return {
        "counts": counts(env.cr), "rows": rows, "differences": differences, "noted": noted,
    }  # fmt: skip


def counts(cr):
    found = {}
    for table, name in TABLES.items():
        cr.execute(f"SELECT count(*) FROM {table}")
        found[name] = cr.fetchone()[0]
    return found


def compared(env):
    """Each question asked both ways; the names of those with different answers."""
    ours, theirs, rows, differences = Ours(env), Plain(env), [], []
    for name in (*OF_CASES, *OF_OTHERS):
        mine, took, grown = timed(env, getattr(ours, name))
        other, plain_took, _grown = timed(env, getattr(theirs, name))
        if mine != other:
            differences.append(f"{name}: {str(mine)[:300]} | {str(other)[:300]}")
        row = {"name": name, "ours": took, "plain": plain_took, "mb": grown}
        rows.append({**row, "aimed": name in OF_CASES})
    return rows, differences


def whole(env, rows):
    """The report of a month beside all its plain questions; what has no plain question."""
    figures, pages = env["hotline.report.figures"], env["hotline.report.dashboard"]
    days = Questions(env).days
    asked = sum(row["plain"] for row in rows if row["name"] in REPORTED)
    acts = {
        "monthly report : all its questions": (lambda: figures._of("month", days), asked),
        "page of the head": (lambda: pages.look("head", "month"), 0),
        "page of the line": (lambda: pages.look("supervisor", "month"), 0),
        "pivot over a year, all measures": (lambda: _pivot(env), 0),
        "share answered in term, three months": (lambda: _in_term(env), 0),
    }
    found = []
    for name, (act, plain_took) in acts.items():
        _result, took, grown = timed(env, act)
        found.append({"name": name, "ours": took, "plain": plain_took, "mb": grown, "aimed": True})
    return found


def printed(env, asking):
    """The papers of the monthly report, its figures being counted."""
    found = []
    for name, act in report_costs.papers(env, Questions(asking).days).items():
        _result, took, grown = timed(env, act)
        found.append({"name": name, "ours": took, "plain": 0, "mb": grown, "aimed": False})
    return found


def _pivot(env):
    """The pivot that the analysis of appeals opens with."""
    ours = Ours(env)
    measures = ["received", "closed", "in_work", "overdue", "late"]
    return env["hotline.report.case"].formatted_read_grouping_sets(
        ours._of((ours.months[0][0], ours.days[1])).received,
        [[], ["topic_2_id"], ["received_on:month"], ["topic_2_id", "received_on:month"]],
        ["__count", "in_term:avg", *(f"{name}:sum" for name in measures)],
    )


def _in_term(env):
    ours = Ours(env)
    return ours.each(
        lambda span: ours.cases._read_group(ours._of(span).judged, [], ["in_term:avg"])
    )
