"""What our database is asked, by the officer and the operator; the names are those of the twin."""

from . import ground as texts
from .measure import page, rich_partner, some

WORDS = ("у дома 77", "4777/20", "Щербаков Иван", "маршрута 123")
# The desk of the whole body, as a supervisor has it: an officer's own is a part of it.
OPEN = [("state", "in", ["in_work", "deferred"])]


def asked(env):
    """{name: (env, act)}."""
    ground = texts.find(env)
    officer, operator = (_as(env, user) for user in (ground.officer, ground.operator))
    return {**_lists(officer), **_lookups(operator)}


def _as(env, user):
    return env(user=user.id, context={"lang": "ru_RU", "tz": "Europe/Moscow"})


def _lists(env):
    desk = page(env, env.ref("gov_hotline.helpdesk_ticket_view_list_desk"))
    read = page(env, env.ref("gov_hotline.helpdesk_ticket_view_list"))
    numbers = some(env, "number", "helpdesk_ticket", "state = 'closed' AND id % 97 = 0")
    rich = rich_partner(env)
    acts = {
        "desk": lambda turn: desk(turn, OPEN),
        "counters": lambda turn: env["helpdesk.ticket"].desk_counts([]),
        "list of open ones": lambda turn: read(turn, OPEN),
        "list of all": lambda turn: read(turn, []),
        "exact number": lambda turn: read(turn, [("number", "=", numbers[turn % 9])]),
        "contains": lambda turn: read(turn, _contains(WORDS[turn % 4])),
        "dossier": lambda turn: env["hotline.dossier"].get_dossier(rich),
    }
    return {name: (env, act) for name, act in acts.items()}


def _contains(word):
    """The filter of the search field of the list."""
    return [
        "|", "|", ("number", "ilike", word), ("applicant_name", "ilike", word),
        ("name", "ilike", word),
    ]  # fmt: skip


def _lookups(env):
    phones = some(env, "number", "hotline_phone", "kind = 'personal' AND id % 7 = 0")
    find = env["hotline.phone"].search_read
    acts = {
        "person by telephone": lambda turn: find(
            [("number", "=", phones[turn % 9])], ["partner_id"]
        ),
        "caller's card": lambda turn: env["hotline.workplace"].lookup_phone(phones[turn % 9]),
    }
    return {name: (env, act) for name, act in acts.items()}


def registration(env):
    """(env, function of numbers): create and register, terms, journal lines and number included."""
    ground = texts.find(env)
    own = _as(env, ground.operator)
    partner, topic = rich_partner(env), ground.topics[0].id

    def make(numbers):
        cases = (
            own["helpdesk.ticket"]
            .with_context(**texts.QUIET)
            .create(
                [
                    {
                        "kind": "appeal_59",
                        "origin": "paper",
                        "partner_id": partner,
                        "topic_id": topic,
                        "applicant_surname": "Иванов",
                        "applicant_given_name": "Иван",
                        "applicant_address": "ул. Новая, 1",
                        "appeal_text": texts.case_text(n),
                    }
                    for n in numbers
                ]
            )
        )
        cases.action_register()

    return own, make
