"""Run a scheduled step by real processes; runs in Odoo's shell, which gives ``env``.

The last line printed is JSON: {"together": {...}, "killed": {...}, "resumed": {...}}, each with the
state of the day's run and how often each case was marked and told. The processes are forks of one
Odoo, as the cron workers of a server are, each with a connection and a transaction of its own.
"""

import json
import multiprocessing
import os
import signal
from datetime import timedelta

import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from odoo.addons.gov_hotline.models import hotline_step_work

FORK = multiprocessing.get_context("fork")
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
    """What the scheduler calls, in a process of its own with a pool of its own."""
    inherited, odoo.sql_db._Pool = odoo.sql_db._Pool, None
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        wait()
        env["hotline.step"]._cron_run(CODE)
    del inherited  # kept until here: the parent's connections must not be touched


def run_and_die(database):
    """The process is killed once its first batch is committed."""
    hotline_step_work.BATCH = 1
    step = Registry(database)["hotline.step"]
    commit = step._commit

    def killed(self, done=0, remaining=None):
        left = commit(self, done, remaining)
        if done:
            os.kill(os.getpid(), signal.SIGKILL)
        return left

    step._commit = killed
    run_step(database)


def in_processes(count, target, *arguments):
    """Run `target` in `count` processes; return their exit codes."""
    processes = [FORK.Process(target=target, args=arguments) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


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


print(json.dumps(main(env), default=str))  # noqa: F821, T201
