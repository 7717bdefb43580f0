"""What else the reports cost: the monthly report's papers, and what a registration pays for them.

The tables that the analysis of appeals reads are kept true by triggers: each registration notes
which appeal has changed. Both are asked in turn in one transaction, with the triggers and without.
"""

import statistics

from odoo.addons.gov_hotline_reports.models import case_facts_sql

from .million import desk, measure


def papers(env, days):
    """{name: function} that print the report of `days`; roll back afterwards."""
    schedule = env["hotline.report.schedule"].create(
        {"name": "Проба", "period": "month", "emails": "nobody@example.org"}
    )
    vals = {"schedule_id": schedule.id, "date_from": days[0], "date_to": days[1]}
    run = env["hotline.report.run"]._create_by_act({**vals, "user_id": env.uid})
    env.flush_all()
    figures = env["hotline.report.figures"].with_context(lang="ru_RU")._of("month", days)
    run = run.with_context(lang="ru_RU")
    return {
        "its PDF": lambda: len(run._pdf(figures)),
        "its XLSX": lambda: len(run._xlsx(figures)),
    }


def registration(env):
    """[{"ours_cpu", "twin_cpu"}, …] one by one and by twenty: cases a second of the processors.

    The twin registers without the triggers; switching them is not counted.
    """
    env, make = desk.registration(env)
    return [_rates(env, make, size) for size in (1, measure.AT_ONCE)]


def _rates(env, make, size):
    taken = {"ours_cpu": [], "twin_cpu": []}
    for number in range(measure.SERIES + 1):
        for name, how in (("ours_cpu", "ENABLE"), ("twin_cpu", "DISABLE")):
            _switch(env, how)
            first = 100_000 * size + 1000 * (2 * number + (name == "twin_cpu"))
            _clock, cpu = measure._series(env, make, first, size)
            taken[name].append(cpu)
    _switch(env, "ENABLE")
    return {
        name: measure.EACH / statistics.median(found[1:])  # the first warms
        for name, found in taken.items()
    }


def _switch(env, how):
    """Constraints wait for the end of a transaction: those that wait forbid to switch."""
    env.flush_all()
    env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in case_facts_sql.WATCHED:
        for event in ("INSERT", "UPDATE", "DELETE"):
            trigger = f"hotline_report_note_{table}_{event.lower()}"
            env.cr.execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")
