"""Fill an empty database with cases, citizens and calls by SQL, as acts would have left them."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from odoo.addons.gov_hotline.demo import clock

from . import ground as ground_module
from . import rows, tables
from .copies import STRIDE, Prototype
from .days import Days
from .shapes import SHAPES, Input

MILLION = 1_000_000
PROTOTYPE = 6136  # the citizen whose names are found nowhere else
CASE_N = 987_654
WORKERS = 2  # connections that fill at once
# rows of a table for each case, where there are many
LONGEST = {"hotline_journal": 8, "hotline_call": 5, "helpdesk_ticket": 4, "hotline_deadline": 3}
# «Жёлтый Ян» in «ул. Мира, 5» is found by «желтый ян улица мира 5 д5»
STREET = "replace(replace(c.street, 'ул. ', 'улица '), ',', '')"
WORDS = f"(replace(lower(c.name || ' ' || {STREET}), 'ё', 'е') || ' д' || c.n)"
SECOND = " + make_interval(secs => c.n % 3000)"


@dataclass(frozen=True)
class Plan:
    """How many of each; `cases` is a million at full size."""

    cases: int

    @property
    def citizens(self):
        return self.cases // 5

    @property
    def calls(self):
        return self.cases * 5

    @property
    def ended(self):
        return self.cases - sum(self.of(shape) for shape in SHAPES if shape.is_open)

    def of(self, shape):
        """How many cases have this shape."""
        return shape.share * self.cases // MILLION


class Seeder:
    """One filling of one database; `log` is told what takes how long."""

    def __init__(self, env, plan, log=lambda *_words: None):
        self.env, self.cr, self.plan, self.log = env, env.cr, plan, log
        self.days = Days(env)
        self.ground = ground_module.make(env)
        self.keys = rows.foreign_keys(env.cr)
        self.bases = {}
        self.seconds = {}

    def run(self):
        """Everything, committed; {what: seconds}."""
        self.env["ir.sequence"].search([("code", "=", "hotline.call")])
        self.env.flush_all()
        self.cr.commit()
        self.bases = tables.bases(self.cr)
        citizen = self._timed("prototypes", self._prototypes)
        self._timed("lists", self._lists)
        tables_ = self._timed("words", lambda: self._by_table(citizen))
        self.cr.commit()
        with ThreadPoolExecutor(WORKERS) as threads:
            list(threads.map(self._fill, *zip(*tables_.items(), strict=True)))
        self._set_sequences()
        self.cr.commit()
        self.env.invalidate_all()
        return self.seconds

    def _timed(self, name, act):
        start = time.monotonic()
        result = act()
        took = time.monotonic() - start
        self.seconds[name] = self.seconds.get(name, 0) + took
        if took > 2:
            self.log(name, f"{took:.1f} s")
        return result

    # Prototypes: acted out, read, rolled back

    def _prototypes(self):
        self.parts = []
        partner = self.env["res.partner"].create(ground_module.citizen_vals(PROTOTYPE))
        self.env.flush_all()
        self.names = self._names(partner)
        given = Input(CASE_N, partner, self.ground.topics[0], self._prototype_days())
        citizen = self._prototype(given, rows.CITIZEN, partner.id, self.names)
        for shape in SHAPES:
            self.parts.append(self._case(shape, given))
        self.call_parts = [self._call(number, given) for number in range(3)]
        self.cr.rollback()
        self.env.invalidate_all()
        return citizen

    def _prototype_days(self):
        return self.days.from_(self.days.count - 60)

    def _prototype(self, given, tables_, record_id, tokens, **more):
        found = rows.read(self.cr, tables_, record_id)
        too_many = [table for table in found if len(found[table]) > STRIDE.get(table, 9)]
        if too_many:
            raise RuntimeError(f"a shape has more rows than its place: {too_many}")
        return Prototype(self.cr, given, found, self.keys, self.bases, tokens, **more)

    @staticmethod
    def _names(partner):
        return {
            partner.name: "c.name",
            partner.surname: "c.surname",
            partner.given_name: "c.given",
            partner.patronymic: "c.patronymic",
            partner.phone: "c.phone",
            partner.street: "c.street",
            partner.search_words: WORDS,
        }

    def _case(self, shape, given):
        before = rows.sizes(self.cr)
        case = shape.play(self.ground, given)
        self.env.flush_all()
        self._check_whole(shape, before)
        tokens = {
            **self.names,
            case.appeal_text: "c.text",
            f"И/{case.id}": "'И/' || c.ticket_id",
            f"И-{case.id}": "'И-' || c.ticket_id",
        }
        if case.number != "/":
            tokens[case.number] = "c.number"
        return self._prototype(given, rows.CASE, case.id, tokens)

    def _check_whole(self, shape, before):
        """A model that came after this file and hangs rows on a case is named here."""
        after = rows.sizes(self.cr)
        known = {*rows.EVERY, *rows.LEFT_OUT}
        new = [table for table in after if after[table] != before[table] and table not in known]
        if new:
            raise RuntimeError(f"{shape.name} leaves rows that the seed does not know: {new}")

    def _call(self, number, given):
        """0: a known citizen, 1: an unknown caller, 2: a call that became a case."""
        case = self.ground.env["helpdesk.ticket"]
        if number == 2:
            case = SHAPES[0].play(self.ground, given)
        phone = given.partner.phone if number != 1 else "+74951000001"
        call = make_call(self.ground, given, number, case, phone, late=False)
        self.env.flush_all()
        tokens = {call.number: "c.number", call.phone: "c.phone", call.question: "c.text"}
        overrides = {("hotline_call", "ticket_id"): "c.ticket_id"}
        return self._prototype(
            given, rows.CALL, call.id, tokens, moment_shift=SECOND, overrides=overrides
        )

    # Lists and statements

    def _lists(self):
        terms = {row["term_id"] for part in self.parts for row in part.tables["hotline_deadline"]}
        self.days.store(self.env["hotline.term"].browse(sorted(terms)))
        tables.citizens(self.cr, self.bases, self.plan.citizens)
        shapes = [(shape, *self._series(part)) for shape, part in zip(SHAPES, self.parts, strict=1)]
        tables.cases(self.cr, self.bases, self.plan, self.days, shapes, self.ground.topics)
        tables.calls(self.cr, self.plan)

    @staticmethod
    def _series(part):
        numbers = part.tables["hotline_number"]
        number = part.tables["helpdesk_ticket"][0]["number"]
        return (numbers[0]["series"], number.partition("Щ-")[0]) if numbers else ("draft", "")

    def _statements(self, citizen):
        yield from citizen.statements(
            "FROM bench_citizen c CROSS JOIN (SELECT days FROM bench_day WHERE k = 0) d {joins}"
        )
        for number, part in enumerate(self.parts):
            yield from part.statements(
                "FROM bench_case c JOIN bench_day d ON d.k = c.k {joins} "
                f"WHERE c.shape = {number}"
            )
        for number, part in enumerate(self.call_parts):
            yield from part.statements(
                f"FROM bench_call c JOIN bench_day d ON d.k = c.k {{joins}} "
                f"WHERE c.shape = {number}"
            )

    def _by_table(self, citizen):
        """{table: its INSERTs}, the tables with most rows first: they take longest."""
        found = {}
        for statement in self._statements(citizen):
            found.setdefault(statement.split()[2], []).append(statement)
        return dict(sorted(found.items(), key=lambda pair: LONGEST.get(pair[0], 0), reverse=True))

    # Each table in a transaction of its own, so that every processor has one to fill

    def _fill(self, table, statements):
        self._timed(table, lambda: self._insert(table, statements))
        with self.env.registry.cursor() as cr:
            cr._cnx.autocommit = True
            self._timed(f"{table}: vacuum", lambda: cr.execute(f"VACUUM ANALYZE {table}"))

    def _insert(self, table, statements):
        """Without triggers and references; indexes over all rows at once: several times quicker."""
        with self.env.registry.cursor() as cr:
            cr.execute("SET LOCAL session_replication_role = replica")
            cr.execute("SET LOCAL maintenance_work_mem = '1GB'")
            indexes = self._drop_indexes(cr, table)
            for statement in statements:
                cr.execute(statement)
            for definition in indexes:
                self._timed(f"  {definition.split()[2]}", lambda sql=definition: cr.execute(sql))

    @staticmethod
    def _drop_indexes(cr, table):
        """Drop what no constraint needs; return the definitions."""
        cr.execute(
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
              FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
             WHERE i.indrelid = %s::regclass AND c.oid IS NULL
            """,
            (table,),
        )
        found = cr.fetchall()
        for name, _definition in found:
            cr.execute(f"DROP INDEX {name}")
        return [definition for _name, definition in found]

    def _set_sequences(self):
        for table in STRIDE:
            self.cr.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        # what registers after the seed takes numbers above the seeded ones by itself


def make_call(ground, given, number, case, phone="+74951000001", late=True):
    """A call of the day, closed five minutes later; see Seeder._call for `number`."""
    moment = ground_module.at(given.days[0], 9) + timedelta(seconds=late and given.n % 3000)
    with clock.at(moment):
        call = ground.as_user("operator", "hotline.call").create(
            {
                "phone": phone,
                "started_at": moment,
                "partner_id": given.partner.id if number != 1 else False,
                "line_id": ground.line.id,
                "topic_id": given.topic.id,
                "group": ground.disposition.group,
                "disposition_id": ground.disposition.id,
                "question": ground_module.case_text(given.n),
                "result": "Разъяснён порядок обращения.",
                "ticket_id": case.id,
            }
        )
    with clock.at(moment + timedelta(minutes=5)):
        call.action_close()
    return call
