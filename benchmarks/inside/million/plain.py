"""The twin: plain helpdesk_mgmt of the same size, filled by SQL from rows that the ORM made."""

from psycopg2.extras import Json

from odoo.fields import Command

from . import ground, rows
from .measure import page, rich_partner, some

AGENT = "bench_agent"
WORDS = ("у дома 77", "04777", "подъездом 123", "маршрута 123")
PARTNERS = 5  # tickets a partner
TICKETS = "helpdesk_ticket"


class Twin:
    """One filling of a database that knows helpdesk_mgmt alone."""

    def __init__(self, env, count, open_count):
        self.env, self.cr = env, env.cr
        self.count, self.partners = count, count // PARTNERS
        self.ended = count - open_count

    def run(self):
        """Everything, committed."""
        self._make_ground()
        partner, tickets = self._prototypes()
        self.cr.execute("SET session_replication_role = replica")
        dropped = self._drop_indexes()
        self._insert("res_partner", partner, self._partner_words(partner), self.partners)
        for ticket, where in zip(tickets, (f"n <= {self.ended}", f"n > {self.ended}"), strict=True):
            self._insert(TICKETS, ticket, self._ticket_words(), self.count, where)
        self.cr.execute("SET LOCAL maintenance_work_mem = '1GB'")
        for definition in dropped:
            self.cr.execute(definition)
        self.cr.execute("SET session_replication_role = DEFAULT")
        for table in ("res_partner", TICKETS):
            self.cr.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        self.cr.commit()
        with self.env.registry.cursor() as cr:
            cr._cnx.autocommit = True
            cr.execute("VACUUM ANALYZE res_partner")
            cr.execute(f"VACUUM ANALYZE {TICKETS}")

    def _make_ground(self):
        self.env["helpdesk.ticket.team"].create({"name": "Команда"})
        groups = self.env.ref("helpdesk_mgmt.group_helpdesk_manager") | self.env.ref(
            "base.group_partner_manager"
        )
        self.env["res.users"].create(
            {"name": "Агент", "login": AGENT, "group_ids": [Command.set(groups.ids)]}
        )
        self.bases = {}
        for table in ("res_partner", TICKETS):
            self.cr.execute(f"SELECT COALESCE(max(id), 0) + 1000 FROM {table}")
            self.bases[table] = self.cr.fetchone()[0]
        self.cr.commit()

    def _prototypes(self):
        """The rows that the ORM makes: a partner, a closed ticket, an open one; rolled back."""
        vals = ground.citizen_vals(6136)
        name = " ".join((vals["surname"], vals["given_name"], vals["patronymic"]))
        partner = self.env["res.partner"].create(
            {"name": name, "phone": vals["phone"], "street": vals["street"]}
        )
        stages = self.env["helpdesk.ticket.stage"].search([])
        made = [
            self.env["helpdesk.ticket"]
            .with_context(**ground.QUIET)
            .create({**ticket_vals(self.env, partner.id, 1), "stage_id": stage.id})
            for stage in (
                stages.filtered("closed")[:1],
                stages.filtered(lambda one: not one.closed)[:1],
            )
        ]
        self.env.flush_all()
        self.partner_id, self.name = partner.id, name
        found = (
            rows.read(self.cr, {"res_partner": "id = %(id)s"}, partner.id)["res_partner"][0],
            [rows.read(self.cr, {TICKETS: "id = %(id)s"}, one.id)[TICKETS][0] for one in made],
        )
        self.cr.rollback()
        self.env.invalidate_all()
        return found

    def _partner_words(self, row):
        surname = self._array(ground.SURNAMES, "n % 32 + 1")
        given = self._array(ground.GIVEN, "n / 32 % 16 + 1")
        patronymic = self._array(ground.PATRONYMICS, "n / 512 % 12 + 1")
        full = f"{surname} || ' ' || {given} || ' ' || {patronymic}"
        phone = "'+79' || 100000000 + n"
        return {
            "id": self._id("res_partner", "n"),
            "commercial_partner_id": self._id("res_partner", "n"),
            **{column: full for column in row if row[column] == self.name},
            "phone": phone,
            **({"phone_sanitized": phone} if row.get("phone_sanitized") else {}),
        }

    def _ticket_words(self):
        text = f"replace({self._array(ground.TEXTS, 'n % 8 + 1')}, '{{n}}', n::text)"
        partner = self._id("res_partner", f"(1 + n::bigint * 104729 % {self.partners})")
        # as many of one citizen as in our database
        rich = max(1, self.count // min(500, self.count // 10))
        partner = f"CASE WHEN n % {rich} = 0 THEN {self._id('res_partner', 1)} ELSE {partner} END"
        return {
            "id": self._id(TICKETS, "n"),
            "number": "'HT' || lpad(n::text, 7, '0')",
            "name": text,
            "description": f"'<p>' || {text} || '</p>'",
            "partner_id": partner,
            "commercial_partner_id": partner,
        }

    def _id(self, table, n):
        return f"{self.bases[table]} + {n}"

    def _array(self, words, place):
        return f"({self._literal(list(words))})[{place}]"

    def _literal(self, value):
        adapted = Json(value) if isinstance(value, dict) else value
        return self.cr._obj.mogrify("%s", (adapted,)).decode()

    def _insert(self, table, row, words, count, where="true"):
        values = {column: words.get(column, self._literal(row[column])) for column in row}
        columns = ", ".join(f'"{column}"' for column in values)
        self.cr.execute(
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())}"
            f" FROM generate_series(1, {count}) AS n WHERE {where}"
        )

    def _drop_indexes(self):
        self.cr.execute(
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
              FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
             WHERE i.indrelid::regclass::text = ANY(%s) AND c.oid IS NULL
            """,
            (["res_partner", TICKETS],),
        )
        found = self.cr.fetchall()
        for name, _definition in found:
            self.cr.execute(f"DROP INDEX {name}")
        return [definition for _name, definition in found]


def agent(env):
    """The twin as its own helpdesk's user sees it."""
    user = env["res.users"].search([("login", "=", AGENT)])
    return env(user=user.id, context={"lang": "ru_RU", "tz": "Europe/Moscow"})


def asked(env):
    """{name: (env, act)}: the same questions as desk.asked."""
    env = agent(env)
    read = page(env, env.ref("helpdesk_mgmt.ticket_view_tree"))
    numbers = some(env, "number", TICKETS, "id % 97 = 0")
    phones = [phone[4:] for phone in some(env, "phone", "res_partner", "phone LIKE '+79%'")]
    partner, rich = env["res.partner"], rich_partner(env)
    named = {"display_name": {}, "phone": {}}
    acts = {
        "list": lambda turn: read(turn, []),
        "list of open ones": lambda turn: read(turn, [("stage_id.closed", "=", False)]),
        "exact number": lambda turn: read(turn, [("number", "=", numbers[turn % 9])]),
        "contains": lambda turn: read(turn, _contains(WORDS[turn % 4])),
        "person by telephone": lambda turn: partner.web_search_read(
            [("phone", "ilike", phones[turn % 9])], named, limit=80
        ),
        "tickets of one partner": lambda turn: read(turn, [("partner_id", "=", rich)]),
    }
    return {name: (env, act) for name, act in acts.items()}


def _contains(word):
    """The filter of the search field of its list."""
    return ["|", ("number", "ilike", word), ("name", "ilike", word)]


def creation(env):
    """(env, function of numbers): create tickets."""
    own, partner = agent(env), rich_partner(env)

    def make(numbers):
        vals = [ticket_vals(own, partner, n) for n in numbers]
        own["helpdesk.ticket"].with_context(**ground.QUIET).create(vals)

    return own, make


def ticket_vals(env, partner_id, n):
    """What a ticket of plain helpdesk_mgmt is made of."""
    text = ground.case_text(n)
    return {
        "name": text,
        "description": f"<p>{text}</p>",
        "partner_id": partner_id,
        "team_id": env["helpdesk.ticket.team"].search([], limit=1).id,
        "user_id": env.uid,
    }
