# ruff: noqa: F821 - `env` is the shell's, the rest is of processes.py
"""Kill the applying of a recalculation in the middle; in Odoo's shell, after ``processes.py``.

The last line printed is JSON: how dates, lines and journal stand after the kill, after the next
process has gone on, and after one more.
"""

from datetime import timedelta

from odoo import fields

from odoo.addons.gov_hotline.models import hotline_recalculation_apply

CASES, PART = 5, 2
hotline_recalculation_apply.PART = PART


def prepare(env):
    """Cases whose last day has become a day off; the list is counted and confirmed; committed."""
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
    due = tickets[0].due_on
    env["hotline.day"].create({"date": due, "name": "Выходной"})
    one = env["hotline.recalculation"].search([("state", "=", "waiting")])
    while one.state in ("waiting", "computing"):
        one._count_part()
    env.flush_all()
    one._write_by_act({"state": "applying", "done": 0, "cursor": 0, "work_count": one.chosen_count})
    one._call_job()
    env.cr.commit()
    return one.id, tickets.ids, due


def run(database, key):
    """What the jobs do: part after part, each committed."""
    with system(database) as env:
        one = env["hotline.recalculation"].browse(key)
        while one.state == "applying":
            one._apply_part()
            env.cr.commit()
            env.invalidate_all()


def run_and_die(database, key):
    """The process is killed in its second part, after the dates were written."""
    model = Registry(database)["hotline.recalculation"]
    journal_moves, parts = model._journal_moves, []

    def killed(self, lines):
        journal_moves(self, lines)
        self.env.flush_all()
        parts.append(len(lines))
        if len(parts) == 2:
            die()

    model._journal_moves = killed
    run(database, key)


def grow_old(env, key):
    """The job runner took the job of the killed process: so the screen finds it."""
    env.cr.execute(
        "UPDATE queue_job SET state = 'started', date_started = %s WHERE identity_key LIKE %s",
        (fields.Datetime.now() - timedelta(hours=1), f"hotline.recalculation,{key},%"),
    )
    env.cr.commit()


def look(env, key, ids, due):
    """How things stand."""
    env.cr.rollback()
    env.invalidate_all()
    one = env["hotline.recalculation"].browse(key).with_context(lang="ru_RU")
    states = {line.ticket_id.id: line.state for line in one.line_ids}
    tickets, told = env["helpdesk.ticket"].browse(ids), journal(env, "deadline_moved", ids)
    clocks = [ticket.deadline_ids.filtered("is_main") for ticket in tickets]
    return {
        "state": one.state,
        "says": one.run_text or "",
        "lines": [states.get(ticket) for ticket in ids],
        "moved": [ticket.due_on < due for ticket in tickets],
        "recounts": [len(clock.certificate.get("recounts", ())) for clock in clocks],
        "told": [told.get(ticket, 0) for ticket in ids],
        "activities": env["mail.activity"].search_count(
            [("res_model", "=", "hotline.recalculation"), ("res_id", "=", key)]
        ),
    }


def main(env):
    """Kill, look, go on, look, once more."""
    key, ids, due = prepare(env)
    database, found = env.cr.dbname, {}
    for name, target in (("killed", run_and_die), ("resumed", run), ("once more", run)):
        codes = in_processes(1, target, database, key)
        if name == "killed":
            grow_old(env, key)
        found[name] = {**look(env, key, ids, due), "exit": codes}
    return found


print(json.dumps(main(env), default=str))  # noqa: T201
