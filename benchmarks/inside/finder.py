"""Search as one types over a million accounts; runs in Odoo's shell.

``OPTIONS`` is set by whoever sends this script: {"accounts": 1000000, "filled": False}; citizens
are a fifth of them, flats as many; "filled": the rows are there already. Rows are made by SQL, the
words of names and of houses by the product's own function; a sample of whole rows is compared with
what the ORM would compute. The last line printed is JSON: {"rows", "differences", "queries":
[{"text", "found", "ours", "plain"}, ...]}.
"""

import json
import random
import time

from odoo import fields
from odoo.fields import Domain

from odoo.addons.gov_hotline.demo import names
from odoo.addons.gov_hotline.domain import search_words
from odoo.addons.gov_hotline.models import search_sql

TOWNS, STREETS, HOUSES = 10, 100, 20  # of the one above
PEOPLE = 20_000  # different full names
SAMPLE, TIMES = 200, 5
TABLES = ("res_partner", "hotline_object", "hotline_account")


def fill(env, accounts):
    """Towns, streets, houses, flats, citizens, accounts; committed."""
    rng = random.Random(6)  # noqa: S311 - names, no secrets
    ground = _ground(env)
    _lists(env.cr, rng)
    env.cr.execute("SET session_replication_role = replica")
    env.cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    dropped = _drop_indexes(env.cr)
    for statement in _statements(env, ground, accounts):
        env.cr.execute(statement, {"accounts": accounts, **ground})
    for definition in dropped:
        env.cr.execute(definition)
    env.cr.execute("SET session_replication_role = DEFAULT")
    for table in TABLES:
        search_sql.learn(env.cr, table)
        env.cr.execute(f"SELECT setval('{table}_id_seq', max(id)) FROM {table}")
    env.cr.commit()
    with env.registry.cursor() as cr:
        cr._cnx.autocommit = True
        for table in (*TABLES, "hotline_search_word"):
            cr.execute(f"VACUUM ANALYZE {table}")


def _ground(env):
    kinds = {f"{kind}_kind": env.ref(f"gov_hotline.object_kind_{kind}").id
             for kind in ("street", "house", "flat")}  # fmt: skip
    towns = env["hotline.territory"].create([{"name": f"Посёлок {n}"} for n in range(TOWNS)])
    provider = env["res.partner"].create({"name": "УК", "hotline_kind": "organisation"})
    env["res.partner"].create({"name": "Прототипов", "hotline_kind": "citizen", "city": "x"})
    env.flush_all()
    return {**kinds, "town": towns[0].id, "provider": provider.id}


def _lists(cr, rng):
    """bench_person and bench_house with the words that the product's function makes."""
    people = []
    for n in range(PEOPLE):
        one = names.person(rng)
        name = f"{one.surname} {one.given} {one.patronymic}"
        people.append((n, name, search_words.line((name,))))
    surnames = rng.sample(names.SURNAMES, STREETS)
    streets = [names.feminine(f"{surname}ский") for surname in surnames]
    houses = []
    for n in range(TOWNS * STREETS * HOUSES):
        town, street, number = n // (STREETS * HOUSES), n // HOUSES % STREETS, n % HOUSES + 1
        house = f"{number}{('', '', 'а', '/2')[n % 4]}"
        address = f"Посёлок {town}, ул. {streets[street]}, д. {house}"
        houses.append((n, n // HOUSES, town, house, address, search_words.line((address,))))
    cr.execute("CREATE UNLOGGED TABLE bench_person (n int PRIMARY KEY, name text, words text)")
    cr.execute("CREATE UNLOGGED TABLE bench_house (n int PRIMARY KEY, street int, town int,"
               " house text, address text, words text)")  # fmt: skip
    _insert(cr, "bench_person", people)
    _insert(cr, "bench_house", houses)


def _insert(cr, table, rows):
    for first in range(0, len(rows), 5000):
        part = rows[first : first + 5000]
        cr.execute(f"INSERT INTO {table} VALUES {', '.join(['%s'] * len(part))}", part)


def _drop_indexes(cr):
    cr.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        (list(TABLES),),
    )
    found = cr.fetchall()
    for name, _definition in found:
        cr.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _statements(env, ground, accounts):
    """Streets, houses, flats, citizens, accounts: ids by place, so that parents are known."""
    base = {}
    for table in TABLES:
        env.cr.execute(f"SELECT COALESCE(max(id), 0) + 1000 FROM {table}")
        base[table] = env.cr.fetchone()[0]
    ground |= {
        "streets": base["hotline_object"],
        "houses": base["hotline_object"] + 10_000,
        "flats": base["hotline_object"] + 100_000,
        "people": base["res_partner"],
        "lines": base["hotline_account"],
        "house_count": TOWNS * STREETS * HOUSES,
        "people_count": PEOPLE,
    }
    columns = "id, kind_id, name, parent_id, parent_path, territory_id, address, sort_key, active"
    yield f"""
        INSERT INTO hotline_object ({columns}, search_words)
        SELECT %(streets)s + street, %(street_kind)s, min(split_part(address, ', ', 2)), NULL,
               %(streets)s + street || '/', %(town)s + min(town),
               min(regexp_replace(address, ', д\\..*', '')), min(address), true,
               min(regexp_replace(words, ' \\d+ д.*', ''))
          FROM bench_house GROUP BY street"""
    yield f"""
        INSERT INTO hotline_object ({columns}, search_words)
        SELECT %(houses)s + n, %(house_kind)s, house, %(streets)s + street,
               (%(streets)s + street) || '/' || (%(houses)s + n) || '/', %(town)s + town,
               address, address, true, words FROM bench_house"""
    yield f"""
        INSERT INTO hotline_object ({columns}, search_words)
        SELECT %(flats)s + f.n, %(flat_kind)s, f.flat::text, %(houses)s + h.n,
               (%(streets)s + h.street) || '/' || (%(houses)s + h.n) || '/' || (%(flats)s + f.n)
               || '/', %(town)s + h.town, h.address || ', кв. ' || f.flat, h.address, true,
               h.words || ' ' || f.flat || ' кв' || f.flat
          FROM (SELECT n, n / %(house_count)s + 1 AS flat
                  FROM generate_series(0, %(accounts)s - 1) AS n) AS f
          JOIN bench_house h ON h.n = f.n %% %(house_count)s"""
    yield _citizens(env)
    yield """
        INSERT INTO hotline_account (id, number, provider_id, holder_id, holder_name, object_id,
                                     state, search_words)
        SELECT %(lines)s + a.n, a.number, %(provider)s,
               CASE WHEN a.n %% 5 = 0 THEN %(people)s + a.n / 5 END, p.name,
               %(flats)s + a.n, 'open',
               a.number || ' ' || p.words || ' ' || o.search_words
          FROM (SELECT n, (10000000 + n::bigint * 7919 %% 89999999)::text AS number
                  FROM generate_series(0, %(accounts)s - 1) AS n) AS a
          JOIN bench_person p ON p.n = a.n / 5 %% %(people_count)s
          JOIN hotline_object o ON o.id = %(flats)s + a.n"""


def _citizens(env):
    """Each is the prototype with another name and address; the fifth part of the accounts."""
    env.cr.execute("SELECT * FROM res_partner WHERE name = 'Прототипов'")
    [row] = env.cr.dictfetchall()
    own = {
        "id": "%(people)s + a.n", "name": "p.name", "complete_name": "p.name",
        "commercial_partner_id": "%(people)s + a.n", "city": "split_part(h.address, ', ', 1)",
        "street": "substr(h.address, position(', ' in h.address) + 2) || ', кв. ' || a.flat",
        "search_words": "p.words || ' ' || h.words || ' ' || a.flat || ' кв' || a.flat",
    }  # fmt: skip
    own |= {
        column: env.cr.mogrify("%s", (json.dumps(value) if isinstance(value, dict) else value,))
        .decode()
        .replace("%", "%%")
        for column, value in row.items()
        if column not in own
    }
    columns = ", ".join(f'"{column}"' for column in own)
    return f"""
        INSERT INTO res_partner ({columns}) SELECT {", ".join(own.values())}
          FROM (SELECT n, n * 5 / %(house_count)s + 1 AS flat
                  FROM generate_series(0, %(accounts)s / 5 - 1) AS n) AS a
          JOIN bench_person p ON p.n = a.n %% %(people_count)s
          JOIN bench_house h ON h.n = a.n * 5 %% %(house_count)s"""


def differences(env):
    """Rows of a sample whose words are not those that the product computes."""
    wrong = []
    for table, name in (
        ("res_partner", "res.partner"),
        ("hotline_object", "hotline.object"),
        ("hotline_account", "hotline.account"),
    ):
        env.cr.execute(
            f"SELECT id, search_words FROM {table} WHERE search_words <> ''"
            " ORDER BY md5(id::text) LIMIT %s",
            (SAMPLE,),
        )
        for record_id, line in env.cr.fetchall():
            made = env[name].browse(record_id)._search_line()
            if set(made.split()) != set(line.split()):
                wrong.append([table, record_id, line, made])
    return wrong


def texts(env):
    """What operators type of nine accounts, spread by chance."""
    env.cr.execute(
        "SELECT a.holder_name, o.address, a.number FROM hotline_account a"
        " JOIN hotline_object o ON o.id = a.object_id ORDER BY md5(a.id::text) LIMIT 9"
    )
    for turn, (holder, address, number) in enumerate(env.cr.fetchall()):
        surname, given, patronymic = holder.lower().split()
        street = address.split("ул. ")[1].split(",")[0].lower()
        house, flat = address.split("д. ")[1].split(",")[0], address.split("кв. ")[1]
        yield (
            f"{street[:4]} {house} кв {flat} {surname[:4]}",
            f"{surname} {given[:3]}",
            f"{given} {surname[:5]} {street[:5]}",
            f"{street} {house}",
            search_words.other_layout(f"{street[:6]} {house} {surname[:5]}"),
            f"{_slip(surname)} {street[:5]} {house}",
            f"{surname[:4]} {given[0]} {patronymic[0]} {street[:4]}",
            number[:6],
            number,
        )[turn]
        yield surname[:3]


def _slip(word):
    """Two neighbours in the middle swapped."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def plain(env, text):
    """The search that Odoo has without this: every word `ilike` in a column of each model."""
    for model, columns, only in (
        ("res.partner", ("name", "street", "city"), [("hotline_kind", "=", "citizen")]),
        ("hotline.account", ("number", "holder_name", "object_id.address"), []),
        ("hotline.object", ("address",), []),
    ):
        words = [
            Domain.OR([Domain(column, "ilike", word) for column in columns])
            for word in text.split()
        ]
        env[model].search(Domain.AND([Domain(only), *words]), limit=10).mapped("display_name")


def ask(env):
    """[{"text", "found", "ours", "plain"}]: seconds of each turn, the ORM's cache empty."""
    operator = env["res.users"].create(
        {
            "name": "Finder",
            "login": f"finder{time.time_ns()}",
            "group_ids": [fields.Command.set(env.ref("gov_hotline.group_operator").ids)],
        }
    )
    env.flush_all()
    env = env(user=operator.id)
    finder = env["hotline.finder"]
    found = []
    for text in texts(env):
        row = {"text": text, "found": len(finder.find(text)), "ours": [], "plain": []}
        for _turn in range(TIMES):
            row["ours"].append(_timed(env, lambda text=text: finder.find(text)))
        for _turn in range(2):  # the second: pages are read from memory, as ours are
            row["plain"].append(_timed(env, lambda text=text: plain(env, text)))
        found.append(row)
    return found


def _timed(env, act):
    env.invalidate_all()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def run(env, accounts, filled):
    """What the docstring of this file says."""
    start = time.monotonic()
    if not filled:
        fill(env, accounts)
    seconds = time.monotonic() - start
    rows = {}
    for table in (*TABLES, "hotline_search_word"):
        env.cr.execute(f"SELECT count(*) FROM {table}")
        rows[table] = env.cr.fetchone()[0]
    return {
        "rows": rows,
        "filled": seconds,
        "differences": differences(env),
        "queries": ask(env),
    }


print(json.dumps(run(env, **OPTIONS), ensure_ascii=False))  # noqa: F821, T201 - given by the shell
