"""The people, the agencies and the texts that all cases of the benchmark share."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo.fields import Command

LOGIN = "bench_%s"
SURNAMES = (
    "Алексеев", "Борисов", "Васильев", "Григорьев", "Дмитриев", "Егоров", "Жуков", "Захаров",
    "Ильин", "Киселёв", "Лебедев", "Макаров", "Николаев", "Орлов", "Павлов", "Романов",
    "Семёнов", "Тарасов", "Ушаков", "Фролов", "Хохлов", "Цветков", "Чернов", "Шаров",
    "Щербаков", "Юдин", "Яковлев", "Баранов", "Воронов", "Голубев", "Данилов", "Ершов",
)  # fmt: skip
GIVEN = (
    "Александр", "Борис", "Виктор", "Геннадий", "Дмитрий", "Евгений", "Иван", "Константин",
    "Леонид", "Михаил", "Николай", "Олег", "Павел", "Роман", "Сергей", "Фёдор",
)  # fmt: skip
PATRONYMICS = (
    "Алексеевич", "Борисович", "Викторович", "Геннадьевич", "Дмитриевич", "Евгеньевич",
    "Иванович", "Константинович", "Леонидович", "Михайлович", "Николаевич", "Олегович",
)  # fmt: skip
STREETS = ("Садовая", "Лесная", "Речная", "Полевая", "Школьная", "Заводская", "Новая", "Южная")
# Plain sentences: a copy in SQL and Odoo's own HTML of them do not differ.
TEXTS = (
    "Третий день холодные батареи в квартире {n}",
    "Не вывозят мусор со двора дома {n}",
    "Не горят фонари на остановке маршрута {n}",
    "Прошу назначить выплату по заявлению {n}",
    "Яма на дороге у дома {n} по нашей улице",
    "Течёт крыша над подъездом {n}",
    "Не отвечает регистратура поликлиники {n}",
    "Прошу разъяснить начисление по счёту {n}",
)


@dataclass
class Ground:
    """What a case needs beside its citizen."""

    env: object
    operator: object
    officer: object
    department: object
    topics: object
    line: object
    disposition: object
    authority: object

    def as_user(self, name, model):
        """The model as `name` of ours, with mail off."""
        user = getattr(self, name)
        return self.env[model].with_user(user).with_context(**QUIET)


QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True, "lang": "ru_RU"}


def make(env):
    """Make it all in an empty database; returns the Ground."""
    env.company.write({"hotline_tz": "Europe/Moscow", "email": "post@gov.example"})
    users = {role: _user(env, role) for role in ("operator", "officer", "executor")}
    department = env["res.partner"].create(
        {
            "name": "Управление ЖКХ",
            "hotline_kind": "agency",
            "is_company": True,
            "hotline_addressee_kind": "own",
            "hotline_executor_id": users["executor"].id,
        }
    )
    env["hotline.line"].create({"name": "Горячая линия", "mode": "message"})
    env["hotline.authority"].create(
        {"name": "Кузнецов В. А.", "position": "Начальник", "company_id": env.company.id}
    )
    return find(env, department)


def find(env, department=None):
    """The Ground of a database where it was made."""
    Partner = env["res.partner"]
    return Ground(
        env=env,
        operator=env["res.users"].search([("login", "=", LOGIN % "operator")]),
        officer=env["res.users"].search([("login", "=", LOGIN % "officer")]),
        department=department or Partner.search([("name", "=", "Управление ЖКХ")], limit=1),
        topics=env["hotline.topic"].search([("level", "=", 4)], order="id", limit=40)
        or env["hotline.topic"].search([], order="id", limit=40),
        line=env["hotline.line"].search([("name", "=", "Горячая линия")], limit=1),
        disposition=env["hotline.disposition"].search(
            [("group", "=", "consultation"), ("needs_agency", "=", False)], limit=1
        ),
        authority=env["hotline.authority"].search([("name", "=", "Кузнецов В. А.")], limit=1),
    )


def _user(env, role):
    groups = env.ref(f"gov_hotline.group_{role}")
    return env["res.users"].create(
        {
            "name": f"Служебный {role}",
            "login": LOGIN % role,
            "lang": "ru_RU",
            "tz": "Europe/Moscow",
            "group_ids": [Command.set(groups.ids)],
        }
    )


def citizen_vals(n):
    """What a citizen's card is made of: the n-th, from 1."""
    surname = SURNAMES[n % 32]
    return {
        "hotline_kind": "citizen",
        "surname": surname,
        "given_name": GIVEN[n // 32 % 16],
        "patronymic": PATRONYMICS[n // 512 % 12],
        "phone": f"+79{100_000_000 + n}",
        "street": f"ул. {STREETS[n % 8]}, {n}",
    }


def case_text(n):
    """The words of the n-th case."""
    return TEXTS[n % 8].format(n=n)


def at(day, hour, minute=0):
    """A moment of the day, in UTC without a zone: Moscow is three hours ahead."""
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)  # noqa: DTZ001
