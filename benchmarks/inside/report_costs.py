"""What else the reports cost: the monthly report's papers, and what a registration pays for them.

The tables that the analysis of appeals reads are kept true by triggers: each registration notes
which appeal has changed. Both are asked in turn in one transaction, with the triggers and without.
"""

from odoo.addons.gov_hotline_reports.models import case_facts_sql

from .million import desk, measure


def papers(env, days):
    """{name: function} that print the report of `days`; roll back afterwards."""
    schedule = env["hotline.report.schedule"].create({"name": "Проба", "period": "month"})
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
    """[{"ours", "twin", …}, …] of `measure.rates`; the twin registers without the triggers."""
    env, make = desk.registration(env)
    return measure.rates((env, make), (env, lambda numbers: _untold(env, make, numbers)))


def _untold(env, make, numbers):
    """Register, flush and all, while nothing is noted."""
    _switch(env, "DISABLE")
    try:
        make([one + 500_000 for one in numbers])
        env.flush_all()
    finally:
        _switch(env, "ENABLE")


def _switch(env, how):
    """Constraints wait for the end of a transaction: those that wait forbid to switch."""
    env.flush_all()
    env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in case_facts_sql.WATCHED:
        for event in ("INSERT", "UPDATE", "DELETE"):
            trigger = f"hotline_report_note_{table}_{event.lower()}"
            env.cr.execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")
