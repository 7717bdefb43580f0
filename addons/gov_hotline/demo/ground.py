"""The body itself: company, departments, lines, agencies, users, citizens."""

from odoo.fields import Command

from . import bodies, emblem, places
from .calls import SERVICE_PHONE, SHARED_PHONE


def make_body(env):
    """Give the main company the name, the language and the zone of the invented body."""
    company = env.ref("base.main_company")
    company.write(
        {
            "name": bodies.COMPANY,
            "logo": emblem.logo(),
            "hotline_tz": "Europe/Moscow",
            "country_id": env.ref("base.ru").id,
            "city": places.CITY,
            "street": "пл. Правительства, 1",
            "zip": "699000",
            "phone": bodies.LINES[0].phone,
            "email": "hotline@example.org",
            "hotline_letter_emblem": emblem.logo(),
            "hotline_letter_lines": f"пл. Правительства, 1, г. {places.CITY}, 699000\n"
            f"тел. {bodies.LINES[0].phone}, hotline@example.org\nОКПО 00000000, ИНН 0000000000",
        }
    )
    company.partner_id.write({"lang": "ru_RU", "tz": "Europe/Moscow"})
    env.ref("base.user_admin").write({"lang": "ru_RU", "tz": "Europe/Moscow"})
    return company


def make_authorities(env, company):
    """Return who signs for the body, the head first: an order for each, one of them acting."""
    return env["hotline.authority"].create(
        [
            {
                "name": name,
                "position": position,
                "order_number": number,
                "order_date": day,
                "valid_from": day,
                "is_acting": acting,
                "may_resolve": True,
                "may_extend": not acting,
                "may_decide": not acting,
                "company_id": company.id,
            }
            for name, position, number, day, acting in bodies.AUTHORITIES
        ]
    )


def make_departments(env, company):
    """Return {key: helpdesk team}."""
    teams = env["helpdesk.ticket.team"].create(
        [
            {"name": one.name, "hotline_code": one.index, "company_id": company.id}
            for one in bodies.DEPARTMENTS
        ]
    )
    return {one.key: team for one, team in zip(bodies.DEPARTMENTS, teams, strict=True)}


def make_lines(env, company, teams):
    """Return {mode: hotline.line}: one of each legal mode."""
    lines = env["hotline.line"].create([_line_vals(one, company, teams) for one in bodies.LINES])
    return {line.mode: line for line in lines}


def _line_vals(line, company, teams):
    number, day = line.act or (False, False)
    return {
        "name": line.name,
        "mode": line.mode,
        "phone": line.phone,
        "greeting": line.greeting,
        "team_id": teams[line.department].id,
        "company_id": company.id,
        "act_number": number,
        "act_date": day,
    }


def make_agencies(env):
    """Return {key: partner} of the agencies, each with its competence, hours and phone."""
    partners = env["res.partner"].create(
        [
            {
                "name": one.name,
                "is_company": True,
                "hotline_kind": "agency",
                "phone": places.OFFICE.format(1100 + n),
                "email": f"{one.key}@example.org",
                "hotline_competence": one.competence,
                "hotline_other_names": one.names,
                "hotline_opening_ids": [Command.create(vals) for vals in _opening(one)],
                "lang": "ru_RU",
                "city": places.CITY,
            }
            for n, one in enumerate(bodies.AGENCIES)
        ]
    )
    agencies = {one.key: partner for one, partner in zip(bodies.AGENCIES, partners, strict=True)}
    _make_competences(env, agencies)
    return agencies


def _opening(agency):
    """Return the lines of the week: see `bodies.Agency`."""
    hours = {"opens": agency.opens, "closes": agency.closes}
    if agency.saturday:
        opens, closes = agency.saturday
        days = [{"weekday": day, **hours} for day in "01234"]
        return [*days, {"weekday": "5", "opens": opens, "closes": closes}]
    pause = {"lunch_from": 13, "lunch_to": 13.75}
    friday = {**hours, "closes": agency.closes - 1.25}
    return [{"weekday": day, **(friday if day == "4" else hours), **pause} for day in "01234"]


def _make_competences(env, agencies):
    """Write down whose questions go to which agency; the town's answer for the town alone."""
    topics = {topic.code: topic.id for topic in env["hotline.topic"].search([])}
    vals = [
        {
            "partner_id": agencies[one.key].id,
            "topic_id": topics.get(code, False),
            "territory_id": town(env).id if one.in_town else False,
        }
        for one in bodies.AGENCIES
        for code in one.topics
        if not code or code in topics
    ]
    env["hotline.competence"].create(vals)


def town(env, name=places.CITY):
    """Return a territory of the invented region; all of them are made once."""
    territory = env["hotline.territory"]
    made = {one.name: one for one in territory.search([])}
    for one, kind, above in places.TERRITORIES:
        if one not in made:
            whole = made[above].id if above else False
            made[one] = territory.create({"name": one, "kind": kind, "parent_id": whole})
    return made[name]


def other_body(env, name):
    """Return the body outside the government called `name`, made once."""
    partner = env["res.partner"]
    vals = {"is_company": True, "hotline_kind": "agency", "hotline_addressee_kind": "other_body"}
    return partner.search([("name", "=", name)], limit=1) or partner.create({"name": name, **vals})


def make_shared_phones(env, agency):
    """Numbers that are nobody's own: a hospital ward's and an agency's."""
    env["hotline.phone"].create(
        [
            {"number": SHARED_PHONE, "kind": "shared", "note": "Пост отделения больницы"},
            {"number": SERVICE_PHONE, "kind": "service", "partner_id": agency.id},
        ]
    )


def make_citizens(env, people):
    """Return the partners of the planned citizens, in their order."""
    return env["res.partner"].create([_citizen_vals(env, one) for one in people])


def _citizen_vals(env, citizen):
    return {
        "hotline_kind": "citizen",
        "surname": citizen.person.surname,
        "given_name": citizen.person.given,
        "patronymic": citizen.person.patronymic,
        "street": citizen.address.line,
        "zip": citizen.address.index,
        "city": citizen.address.city,
        "country_id": env.ref("base.ru").id,
        "phone": citizen.phone,
        "email": citizen.email,
        "lang": "ru_RU",
        "tz": "Europe/Moscow",
    }


def make_homes(env, people):
    """Return the houses of the citizens, in their order; one that stands is not made again."""
    kinds = {code: env.ref(f"gov_hotline.object_kind_{code}").id for code in ("street", "house")}
    made = {}

    def made_once(code, name, **where):
        key = (code, name, *where.values())
        if key not in made:
            made[key] = env["hotline.object"].create(
                {"kind_id": kinds[code], "name": name, **where}
            )
        return made[key]

    streets = [
        made_once("street", one.address.street, territory_id=town(env, one.address.city).id)
        for one in people
    ]
    return [
        made_once("house", one.address.house, parent_id=street.id)
        for one, street in zip(people, streets, strict=True)
    ]


def make_users(env, citizen):
    """Return {login: user}: one a role, one with two roles, and a citizen with a portal account."""
    staff = [
        _user_vals(one.login, _groups(env, one.roles), name=one.name, function=one.post)
        for one in bodies.USERS
    ]
    portal = _user_vals(bodies.PORTAL_LOGIN, env.ref("base.group_portal"), partner_id=citizen.id)
    users = env["res.users"].with_context(no_reset_password=True).create([*staff, portal])
    return {user.login: user for user in users}


def give_addresses(users):
    """Give the staff e-mail addresses, of nobody; earlier, the acts would have written to them."""
    for login, user in users.items():
        if not user.email:
            user.email = f"{login}@example.org"
    # a savepoint flushes with no context: what is left would be tracked as if people had done it
    next(iter(users.values())).env.flush_all()


def _groups(env, roles):
    return env["res.groups"].union(*(env.ref(f"gov_hotline.group_{role}") for role in roles))


def _user_vals(login, groups, **vals):
    """The password of a demonstration account is its login."""
    return {
        "login": login,
        "password": login,
        "group_ids": [Command.set(groups.ids)],
        "lang": "ru_RU",
        "tz": "Europe/Moscow",
        **vals,
    }
