"""The parts of the benchmark as `make bench` calls them; each returns what JSON can hold."""

import json
import resource
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from . import desk, ground, measure, plain, sample
from .days import Days
from .seed import Plan, Seeder

COUNTED = {
    "helpdesk_ticket": "cases", "hotline_question": "questions", "hotline_answer": "answers",
    "hotline_assignment": "assignments", "hotline_deadline": "deadlines",
    "hotline_call": "calls", "hotline_journal": "journal lines",
}  # fmt: skip


def told(value):
    """One line of JSON."""
    return json.dumps(value, default=str, ensure_ascii=False)


def fill(env, cases):
    """Fill our database."""
    seconds = Seeder(env, Plan(cases)).run()
    _write_out(env.cr)
    counts = {}
    for table, name in COUNTED.items():
        env.cr.execute(f"SELECT count(*) FROM {table}")
        counts[name] = env.cr.fetchone()[0]
    return {"counts": counts, "bytes": _size(env.cr), "parts": seconds}


def fill_plain(env, cases):
    """Fill the twin."""
    plain.Twin(env, cases, cases // 20).run()
    _write_out(env.cr)
    return {"bytes": _size(env.cr)}


def _write_out(cr):
    """Belongs to the fill: what is measured later does not wait for pages of the fill."""
    cr.commit()
    cr.execute("CHECKPOINT")


def _size(cr):
    cr.execute("SELECT pg_database_size(current_database())")
    return cr.fetchone()[0]


def compare(env, samples):
    """Act sampled copies out again: two thirds cases, a quarter calls, the rest citizens."""
    calls, citizens = samples // 4, samples // 12
    comparison = sample.Sample(env, ground.find(env), Days(env))
    found = comparison.differences(samples - calls - citizens, calls, citizens)
    env.cr.rollback()
    return {
        "samples": samples,
        "rows": comparison.rows,
        "values": comparison.compared,
        "differences": found,
    }


def ask(env, twin):
    """Both databases in turn; `twin` is the other one's name."""
    with Registry(twin).cursor() as cr:
        other = api.Environment(cr, SUPERUSER_ID, {})
        ours, theirs = desk.asked(env), plain.asked(other)
        figures = measure.paired(ours, theirs)
        counts = {name: measure.queries(*act) for name, act in ours.items()}
        made = desk.registration(env)
        rates = measure.rates(made, plain.creation(other))
        counts["create and register"] = measure.queries(made[0], lambda n: _made(made, n))
        cr.rollback()
    env.cr.rollback()
    return {"ours": figures[0], "twin": figures[1], "rates": rates, "queries": counts}


def _made(made, n):
    env, make = made
    make([n])
    env.flush_all()


def work(env):
    """What the machine does alone: {what: words}."""
    return {"recalculation": _recalculation(env)}


def remind(env):
    """As `work`, in a process of its own for its memory; it commits, so it is the last part."""
    return {"reminder sweep": _reminders(env)}


def _recalculation(env):
    """Every second day on which a running term ends is made a day off; counted and applied."""
    supervisor = ground._user(env, "supervisor")
    today = env.company._hotline_today()
    env.cr.execute(
        "SELECT DISTINCT due_on FROM hotline_deadline WHERE met_on IS NULL AND due_on > %s"
        " ORDER BY due_on",
        (today,),
    )
    dates = [day for (day,) in env.cr.fetchall()][1::2]
    env["hotline.day"].create([{"date": day, "name": "Выходной"} for day in dates])
    before, start = _peak(), time.perf_counter()
    one = env["hotline.recalculation"].sudo()._recount_body(env.company)
    counted = time.perf_counter() - start
    total, moved = one.total, one.moved_count
    one.with_user(supervisor).action_confirm()
    start = time.perf_counter()
    one._apply_now()
    applied = time.perf_counter() - start
    env.cr.rollback()
    env.registry.clear_cache()
    return (
        f"{total} running terms counted anew in {counted:.1f} s, {moved} moved in {applied:.1f} s,"
        f" memory grew by {_peak() - before:.0f} MB"
    )


def _reminders(env):
    """The day's reminders of all that runs, as if none had been sent before.

    The step is run as its scheduled action runs it, but for what must have gone before.
    """
    env.cr.execute("SELECT count(*) FROM helpdesk_ticket WHERE state IN ('in_work', 'deferred')")
    opened = env.cr.fetchone()[0]
    step = env["hotline.step"].sudo().search([("code", "=", "reminders")])
    marks = env["hotline.step.mark"]
    sent, before, start = marks.search_count([]), _peak(), time.perf_counter()
    ended = step.with_company(env.company)._run_locked(env.company)
    took = time.perf_counter() - start
    sent = marks.search_count([]) - sent
    run = env["hotline.step.run"].search([("step_id", "=", step.id)], order="id desc", limit=1)
    return (
        f"{opened} cases in work looked through in {took:.1f} s, {sent} reminders,"
        f" {run.failed_count} failed{'' if ended else ', not to its end'},"
        f" memory grew by {_peak() - before:.0f} MB"
    )


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
