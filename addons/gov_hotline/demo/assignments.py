"""Resolutions of the open cases: three addressees each in another state, and forwardings.

The addressees are those of the topic: the officer is proposed them on the next case of it.
"""

from odoo.fields import Command

from . import subjects

TEXT = "Прошу рассмотреть по существу и представить материалы для ответа заявителю."
ANSWER = "Работы проведены, недостатки устранены. Акт осмотра прилагаем."
# Whose the topic of the case is, and who answers beside it.
BESIDE = {
    "city": ("housing", "roads"),
    "education": ("city", "social"),
    "employment": ("social", "mfc"),
    "health": ("social", "city"),
    "housing": ("inspection", "repair_fund"),
    "inspection": ("housing", "city"),
    "land": ("city", "mfc"),
    "nature": ("city", "land"),
    "repair_fund": ("inspection", "housing"),
    "roads": ("city", "land"),
    "social": ("mfc", "city"),
}
FORWARDED_EVERY = 5


def make_assignments(writer, tickets):
    """Give resolutions on `tickets` (in work), each by its officer; the scenes follow in turn."""
    scenes = (_answered, _accepted, _not_ours, _withdrawn, _asks_time, _partly, _waiting)
    for n, ticket in enumerate(tickets, start=1):
        case = ticket.with_user(ticket.user_id)
        if not n % FORWARDED_EVERY:
            _resolve(writer, case, _competent(case)[:1], kind="other_body")
            continue
        shown = "full" if n == 1 else "link_only"  # a printed card takes its time
        given = _resolve(writer, case, _competent(case), shown=shown)
        for k, assignment in enumerate(given):
            scenes[(n * len(given) + k) % len(scenes)](assignment)


def _competent(case):
    """The keys of three agencies, the one whose topic it is first."""
    topic = case.topic_id.code
    main = next((one.agency for one in subjects.SUBJECTS if one.topic == topic), "city")
    return main, *BESIDE[main]


def _resolve(writer, ticket, keys, kind="own", shown="link_only"):
    """Send one resolution to the agencies `keys`; the first one is the main executor."""
    executor = writer.users["executor"] if kind == "own" else writer.env["res.users"]
    lines = [
        Command.create(
            {
                "partner_id": writer.agencies[key].id,
                "addressee_kind": kind,
                "pd_mode": shown,
                "role": "co" if n else "main",
                "executor_user_id": False if n else executor.id,
            }
        )
        for n, key in enumerate(keys)
    ]
    signer = writer.authorities[0].id
    dialog = ticket.env["hotline.resolution"].with_context(default_ticket_id=ticket.id)
    vals = {"line_ids": lines, "text": TEXT, "authority_id": signer}
    dialog.create(vals).action_sign_and_send()
    return ticket.assignment_ids.sorted("id")


def _waiting(_assignment):
    """Nothing has come yet."""


def _partly(assignment):
    text = "Работы начаты, закончим на этой неделе."
    assignment._take_answer(text, _no_files(assignment), is_final=False)


def _answered(assignment):
    assignment._take_answer(ANSWER, _no_files(assignment))


def _accepted(assignment):
    _answered(assignment)
    assignment.action_accept()


def _asks_time(assignment):
    due = assignment.ticket_id.due_on
    if assignment.control_on < due:
        assignment._ask_for_time(due, "Ждём результатов экспертизы.")


def _not_ours(assignment):
    assignment._say_not_ours("Дом находится в управлении другой организации.")


def _withdrawn(assignment):
    assignment.action_withdraw("Сведения уже получены по другому поручению.")


def _no_files(assignment):
    return assignment.env["ir.attachment"]
