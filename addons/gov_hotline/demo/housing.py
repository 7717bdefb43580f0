"""Houses of the invented town: who answers for them, their passports, meters, what they ask for."""

from datetime import timedelta

from odoo.fields import Command

from . import accounts, bodies, ground, letters, registers

MONTHS = 4  # of readings
HANDED_OVER = 8  # cases that are with the companies at the portal
READ = 12  # accounts of each company whose meters were read
USED = 4.25  # cubic metres of cold water in a month, more or less
ASKED = "Прошу осмотреть дом, устранить недостатки и сообщить о сделанном."


def make(writer, companies, moment):
    """Do what is left after the registers of `companies` ({name: card}) are loaded.

    `moment`: the last one of the year that is acted out (naive UTC).
    """
    today = writer.company._hotline_date(moment)
    known = houses(writer.env)
    _passports(writer.env, known)
    _responsible(writer.env, known, companies, today)
    _portal(writer, companies)
    _readings(companies, today, _own_account(writer, companies))
    _cases(writer, companies)
    # a savepoint flushes with no context: what is left would be tracked as if people had done it
    writer.env.flush_all()


def houses(env):
    """Return {(street, house): the house} of those in the registers."""
    kind = env.ref("gov_hotline.object_kind_house")
    found = env["hotline.object"].search(
        [("kind_id", "=", kind.id), ("child_ids.account_ids", "!=", False)]
    )
    return {(one.parent_id.name, one.name): one for one in found}


def _numbered(known):
    """Yield (number in the registers, house) of those that are there."""
    for place in range(registers.HOUSES):
        if house := known.get(registers.where(place)):
            yield place, house


def _passports(env, known):
    flats = [("kind_id", "=", env.ref("gov_hotline.object_kind_flat").id)]
    counted = dict(env["hotline.object"]._read_group(flats, ["parent_id"], ["__count"]))
    for place, house in _numbered(known):
        floors = (5, 9, 5, 12)[place % 4]
        house.properties = {
            "built": str(1961 + place * 7 % 58),
            "floors": floors,
            "entrances": 2 + place % 3,
            "flats": counted.get(house, 0),
            "walls": ("panel", "brick")[place % 2],
            "lift": floors > 5,
            "overhauled": str(2012 + place % 12) if place % 3 == 0 else False,
        }


def _responsible(env, known, companies, today):
    """The managing company for all, networks for their own work, lifts handed over this year."""
    networks = {
        code: accounts.make_company(env, name, phone=phone) for code, name, phone in bodies.NETWORKS
    }
    kinds = {code: env.ref(f"gov_hotline.work_kind_{code}").id for code in networks}
    begun, handed = today.replace(year=today.year - 2, month=1, day=1), today.replace(day=1)
    vals = []
    for place, house in _numbered(known):
        manager = companies[registers.company_of(place).name]
        of = {"object_id": house.id, "valid_from": begun}
        vals.append({**of, "partner_id": manager.id})
        vals += [
            {**of, "partner_id": networks[code].id, "work_kind_id": kinds[code]}
            for code in ("heating", "water")
        ]
        if house.properties.get("lift"):
            lifts = {**of, "work_kind_id": kinds["lifts"]}
            vals.append({**lifts, "partner_id": manager.id, "valid_to": handed - timedelta(days=1)})
            vals.append({**lifts, "partner_id": networks["lifts"].id, "valid_from": handed})
    env["hotline.object.company"].create(vals)


def _portal(writer, companies):
    """Two companies with an account each: neither sees what is the other's."""
    portal = writer.env.ref("base.group_portal")
    for login, person, name in bodies.COMPANY_USERS:
        contact = writer.env["res.partner"].create(
            {"name": person, "parent_id": companies[name].id, "email": f"{login}@example.org"}
        )
        vals = ground._user_vals(login, portal, partner_id=contact.id)
        users = writer.env["res.users"].with_context(no_reset_password=True)
        writer.users[login] = users.create(vals)


def _own_account(writer, companies):
    """Return the account that the citizen of the portal holds, of the own home if it is there."""
    citizen, company = writer.citizens[0], companies[registers.COMPANIES[0].name]
    at_home = company.env["hotline.account"].search(
        [
            ("object_id", "child_of", writer.homes[citizen].ids),
            ("object_id.name", "=", (citizen.street or "").rpartition("кв. ")[2]),
        ],
        limit=1,
    )
    account = at_home or _accounts_of(company, 1, offset=1)
    account.write({"holder_id": citizen.id, "holder_name": citizen.name})
    return account


def _accounts_of(company, limit, offset=0):
    accounts_ = company.env["hotline.account"]
    return accounts_.search([("provider_id", "=", company.id)], limit=limit, offset=offset)


def _readings(companies, today, own):
    """Readings of some months, the oldest first, by the method that takes all of them."""
    for company in companies.values():
        mine = own.filtered(lambda one, company=company: one.provider_id == company)
        for n, account in enumerate(_accounts_of(company, READ) | _known(company) | mine):
            for month in range(MONTHS):
                on = today - timedelta(days=30 * (MONTHS - month))
                value = round(100 + n * 17 + USED * (month + 1) * (1 + n % 3), 3)
                account._submit_readings(
                    [
                        {"meter": meter.id, "value": value, "on": on, "source": "register"}
                        for meter in account.meter_ids
                    ]
                )


def _known(company):
    """The account of the instructions, where it is this company's."""
    known = [("provider_id", "=", company.id), ("address", "ilike", "Ленина, д. 15, кв. 3")]
    return company.env["hotline.account"].search(known, limit=1)


def _cases(writer, companies):
    """Cases and calls about houses; some of them are with the companies that have an account."""
    about = writer.env["hotline.topic"].search([("code", "=like", "0005.0005.%")])
    for call in writer.calls.filtered(lambda call: call.topic_id in about and call.partner_id):
        call.object_id = writer.homes.get(call.partner_id)
    at_portal = [companies[name] for _login, _person, name in bodies.COMPANY_USERS]
    left = HANDED_OVER
    for ticket in _running(writer, about):
        ticket = ticket.with_user(ticket.user_id)
        manager = ticket.object_id.company_ids.filtered(lambda one: not one.work_kind_id).partner_id
        if left and manager in at_portal:
            _hand_over(writer, ticket, manager)
            left -= 1


def _running(writer, about):
    """Cases in work about houses, in term: the officer may still give resolutions on them."""
    return [
        ticket
        for ticket in (writer.tickets[index] for index in sorted(writer.tickets))
        if ticket.state == "in_work" and ticket.topic_id in about and not ticket.is_anonymous
    ]


def _hand_over(writer, ticket, company):
    """Give a resolution to the company: the object and the questions, without personal data."""
    line = {
        "partner_id": company.id,
        "addressee_kind": "organisation",
        "pd_mode": "no_personal_data",
        "executor_user_id": company._executor_user().id,
    }
    dialog = ticket.env["hotline.resolution"].with_context(default_ticket_id=ticket.id)
    vals = {"text": ASKED, "authority_id": writer.authorities[0].id}
    before = ticket.sudo().mail_ids  # sudo: as the job of the letter would
    dialog.create({**vals, "line_ids": [Command.create(line)]}).action_sign_and_send()
    letters.take(ticket.sudo().mail_ids - before)  # sudo: as above
