# ruff: noqa: F821 - `env` is the shell's, the rest is of processes.py
"""Kill a destruction by act in the middle; runs in Odoo's shell, after ``processes.py``.

The last line printed is JSON: what is in the database and on the disk after the kill, after the
next process has gone on, and after one more.
"""

from datetime import timedelta
from pathlib import Path

from odoo import Command, fields

from odoo.addons.gov_hotline.models import hotline_destruction_run

CASES, PART, LAST_BREATH = 5, 2, 4  # killed while the second part is at its second case
hotline_destruction_run.PART = PART


def prepare(env):
    """An approved and begun act over closed cases with a file each; committed."""
    tickets = env["helpdesk.ticket"].create(
        [
            {
                "kind": "appeal_59",
                "origin": "paper",
                "applicant_surname": "Проверкин",
                "applicant_given_name": "Иван",
                "applicant_address": "ул. Садовая, 1",
                "appeal_text": f"Обращение {n}",
            }
            for n in range(CASES)
        ]
    )
    for n, ticket in enumerate(tickets):
        ticket.action_register()
        ticket.message_post(body="Скан", attachments=[(f"{n}.txt", f"дело {n}".encode())])
        ticket._end("closed")
    env.flush_all()
    age(env, tickets)
    act = env["hotline.destruction"].create(
        {
            "expert_number": "4",
            "expert_date": fields.Date.today(),
            "kind": "appeal_59",
            "year_to": 2015,
            "member_ids": [
                Command.create({"name": "А. А.", "position": "начальник", "is_chair": True}),
                Command.create({"name": "Б. Б.", "position": "архивариус"}),
            ],
        }
    )
    act.action_pick()
    act.action_propose()
    act._step("approve", approved_by_id=env.uid, approved_at=fields.Datetime.now())
    act.action_start()
    env.cr.commit()
    return act.id, tickets.ids


def age(env, tickets):
    """The cases were closed long ago: their dates alone, past the lock."""
    env.cr.execute("ALTER TABLE helpdesk_ticket DISABLE TRIGGER USER")
    env.cr.execute(
        "UPDATE helpdesk_ticket SET closed_on = '2014-05-05', closed_date = closed_date"
        " WHERE id IN %s",
        (tuple(tickets.ids),),
    )
    env.cr.execute("ALTER TABLE helpdesk_ticket ENABLE TRIGGER USER")
    env.invalidate_all()


def files(env, ids):
    """The paths of the files of the cases."""
    found = env["ir.attachment"].search(
        [("res_model", "=", "helpdesk.ticket"), ("res_id", "in", ids), ("name", "like", ".txt")]
    )
    return {one.res_id: found._full_path(one.store_fname) for one in found}


def run(database, act_id):
    """What the job does: part after part, each committed."""
    with system(database) as env:
        act = env["hotline.destruction"].browse(act_id)
        while act.state == "running":
            act._run_part()
            env.cr.commit()
            env.invalidate_all()


def run_and_die(database, act_id):
    """The process is killed inside a part, after a case of it was destroyed."""
    graph = Registry(database)["hotline.case.graph"]
    destroy, seen = graph._destroy, []

    def killed(self, case, **cause):
        counts = destroy(self, case, **cause)
        seen.append(case.id)
        if len(seen) == LAST_BREATH:
            die()
        return counts

    graph._destroy = killed
    run(database, act_id)


def grow_old(env, act_id):
    """The job runner took the job of the killed process: so the screen finds it."""
    jobs = env["queue.job"].search([("identity_key", "=", f"hotline.destruction,{act_id}")])
    env.cr.execute(
        "UPDATE queue_job SET state = 'started', date_started = %s WHERE id IN %s",
        (fields.Datetime.now() - timedelta(hours=1), tuple(jobs.ids)),
    )
    env.cr.commit()


def look(env, act_id, ids, paths):
    """How things stand."""
    env.cr.rollback()
    env.invalidate_all()
    act = env["hotline.destruction"].browse(act_id).with_context(lang="ru_RU")
    lines = {line.ticket_ref: line.state for line in act.line_ids}
    there = set(env["helpdesk.ticket"].browse(ids).exists().ids)
    told = journal(env, "case_destroyed", ids)
    return {
        "state": act.state,
        "says": act.run_text or "",
        "percent": round(act.percent),
        "lines": [lines[one] for one in ids],
        "cases": [one in there for one in ids],
        "files": [Path(paths[one]).exists() for one in ids],
        "questions": env["hotline.question"].search_count([("ticket_id", "in", ids)]),
        "told": [told.get(one, 0) for one in ids],
        "finished": journal(env, "destruction_finish").get(act_id, 0),
    }


def main(env):
    """Kill, look, go on, look, once more."""
    act_id, ids = prepare(env)
    paths, database = files(env, ids), env.cr.dbname
    found = {}
    for name, target in (("killed", run_and_die), ("resumed", run), ("once more", run)):
        codes = in_processes(1, target, database, act_id)
        if name == "killed":
            grow_old(env, act_id)
        found[name] = {**look(env, act_id, ids, paths), "exit": codes}
    return found


print(json.dumps(main(env), default=str))  # noqa: T201
