"""What our database is asked: the same questions as the twin, by the officer and the operator."""

from . import ground as ground_module
from .measure import creation, median, page, queries, rich_partner


def figures(env):
    """({what: milliseconds}, {what: queries})."""
    ground = ground_module.find(env)
    officer = env(user=ground.officer.id, context={"lang": "ru_RU", "tz": "Europe/Moscow"})
    operator = env(user=ground.operator.id, context={"lang": "ru_RU", "tz": "Europe/Moscow"})
    asked = {**_lists(officer), **_lookups(operator)}
    counted = {name: queries(env, act) for name, act in asked.items()}
    told = {name: median(env, act) for name, act in asked.items()}
    told["create and register, per second"] = _registration(operator, ground)
    return told, counted


def _lists(env):
    view = env.ref("gov_hotline.helpdesk_ticket_view_list").id
    read = page(env, "helpdesk.ticket", view, [])
    env.cr.execute(
        "SELECT number, applicant_name FROM helpdesk_ticket"
        " WHERE state = 'closed' AND id % 97 = 0 LIMIT 9"
    )
    found = env.cr.fetchall()
    words = ["дома 77", "4777/20", "Щербаков Иван", "маршрута 123"]
    return {
        "list": lambda turn=0: read(wanted=[("state", "in", ["in_work", "deferred"])]),
        "all": lambda turn=0: read(wanted=[]),
        "exact number": lambda turn=0: read(wanted=[("number", "=", found[turn][0])]),
        "contains": lambda turn=0: read(wanted=_contains(words[turn % 4])),
        "dossier": _dossier(env, read),
    }


def _contains(word):
    """The filter of the search field of the list."""
    return [
        "|", "|", ("number", "ilike", word), ("applicant_name", "ilike", word),
        ("name", "ilike", word),
    ]  # fmt: skip


def _dossier(env, read):
    rich = rich_partner(env)
    return lambda turn=0: read(wanted=[("partner_id", "=", rich)])


def _lookups(env):
    env.cr.execute("SELECT number FROM hotline_phone WHERE kind = 'personal' ORDER BY id DESC LIMIT 9")
    phones = [number for (number,) in env.cr.fetchall()]
    search = env["hotline.phone"].search
    return {
        "phone": lambda turn=0: env["hotline.workplace"].lookup_phone(phones[turn]),
        "phone, the search alone": lambda turn=0: search([("number", "=", phones[turn])]),
    }


def _registration(env, ground):
    partner = env["res.partner"].browse(rich_partner(env))
    topic = ground.topics[0]
    tickets = env["helpdesk.ticket"].with_context(**ground_module.QUIET)

    def make(n):
        case = tickets.create(
            {
                "kind": "appeal_59",
                "origin": "paper",
                "partner_id": partner.id,
                "topic_id": topic.id,
                "applicant_surname": "Иванов",
                "applicant_given_name": "Иван",
                "applicant_address": "ул. Новая, 1",
                "appeal_text": ground_module.case_text(n),
            }
        )
        case.action_register()

    return creation(env, make)
