# ruff: noqa: F821 - `env` is the shell's, the rest is of processes.py
"""Run a scheduled step by real processes; runs in Odoo's shell, which gives ``env``.

Sent after ``processes.py``, whose names it uses.

The last line printed is JSON: {"together": {...}, "killed": {...}, "resumed": {...}}, each with the
state of the day's run and how often each case was marked and told."""

from datetime import timedelta

from odoo.addons.gov_hotline.models import hotline_step_work

CASES, PROCESSES = 8, 2
CODE = "reminders"


def prepare(env):
    """Cases whose answer is due in three working days, one step alone switched on; committed."""
    env["hotline.step"].search([("code", "!=", CODE)]).is_on = False
    env["hotline.step"].search([("code", "=", CODE)]).start_hour = 0
    today = env.company._hotline_today()
    due = env["hotline.day"]._calendar(env.company).add_working_days(today, 3)
    tickets = env["helpdesk.ticket"].create(
        [
            {
                "kind": "appeal_59",
                "origin": "paper",
                "user_id": env.ref("base.user_admin").id,
                "applicant_surname": "Проверкин",
                "applicant_given_name": "Иван",
                "applicant_address": "ул. Садовая, 1",
                "appeal_text": f"Обращение {n}",
            }
            for n in range(CASES)
        ]
    )
    for ticket in tickets:
        ticket.action_register()
    clocks = tickets.deadline_ids.filtered("is_main")
    clocks.write({"due_on": due, "start_on": today - timedelta(days=30)})
    env.cr.commit()
    return tickets.ids


def run_step(database, wait=lambda: None):
    """What the scheduler calls, in a process of its own."""
    with system(database) as env:
        wait()
        env["hotline.step"]._cron_run(CODE)


def run_and_die(database):
    """The process is killed once its first batch is committed."""
    hotline_step_work.BATCH = 1
    step = Registry(database)["hotline.step"]
    commit = step._commit

    def killed(self, done=0, remaining=None):
        left = commit(self, done, remaining)
        if done:
            die()
        return left

    step._commit = killed
    run_step(database)


def seen(env, ids):
    """How things stand in the database."""
    env.cr.rollback()
    env.invalidate_all()
    run = env["hotline.step.run"]._of_day(env.company, env.company._hotline_today()).get(CODE)
    marks = env["hotline.step.mark"].search([("ticket_id", "in", ids)])
    kind = env.ref("gov_hotline.mail_activity_type_term")
    bells = env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_id", "in", ids)])
    return {
        "run": run.read(["state", "done_count", "failed_count", "starts"])[0] if run else {},
        "marked": [len(marks.filtered(lambda one, i=i: one.ticket_id.id == i)) for i in ids],
        "told": [len(bells.filtered(lambda one, i=i: one.res_id == i)) for i in ids],
    }


def again(env, ids):
    """Forget the day, so that the step has everything to do."""
    env["hotline.step.run"].search([]).unlink()
    env["mail.activity"].search([("res_id", "in", ids)]).unlink()
    env.cr.commit()


def main(env):
    ids, database = prepare(env), env.cr.dbname
    barrier = FORK.Barrier(PROCESSES)
    codes = in_processes(PROCESSES, run_step, database, barrier.wait)
    found = {"together": {**seen(env, ids), "exit": codes}}
    again(env, ids)
    codes = in_processes(1, run_and_die, database)
    found["killed"] = {**seen(env, ids), "exit": codes}
    codes = in_processes(1, run_step, database)
    found["resumed"] = {**seen(env, ids), "exit": codes}
    codes = in_processes(1, run_step, database)
    found["once more"] = {**seen(env, ids), "exit": codes}
    return found


print(json.dumps(main(env), default=str))  # noqa: T201
