"""The journal and its chain as the database has them: triggers, batches, the walk of a check."""

from concurrent.futures import ThreadPoolExecutor

from odoo.tools import SQL

from ..domain.journal import NO_TRIGGER, UNSEALED_LINE, Check, Fault, Head, Line, Seal, seal_hash

# First key of the advisory lock: «somebody seals just now».
LOCK_SPACE = 1_214_606_158
TABLES = ("hotline_journal", "hotline_journal_seal", "hotline_journal_head")
TRIGGER = "hotline_journal_append_only"
GRACE = "15 minutes"  # an older line without a seal is a finding
MOST_UNSEALED = 100  # named by a check; the rest is of the same cause
AT_ONCE = 5000  # rows that the walk holds

COLUMNS = ("at", "company_ref", "user_ref", "model", "res_ref", "event", "payload", "digest")

_INSERT = SQL(
    "INSERT INTO hotline_journal (at, company_ref, user_ref, model, res_ref, event, payload,"
    " digest) VALUES"
)
# `at` as text: what the digest was made of; fractions of a second would show
_UNSEALED = """
SELECT j.id, j.at::text, j.company_ref, j.user_ref, j.model, j.res_ref, j.event, j.payload, j.digest
  FROM hotline_journal j
 WHERE j.id > %(after)s AND NOT EXISTS (
       SELECT FROM hotline_journal_seal s WHERE s.line_ref = j.id AND s.line_ref > %(after)s)
 ORDER BY j.id LIMIT %(limit)s
"""
_WAITING = """
SELECT j.id, j.at < (now() AT TIME ZONE 'UTC') - %(grace)s::interval
  FROM hotline_journal j
 WHERE NOT EXISTS (SELECT FROM hotline_journal_seal s WHERE s.line_ref = j.id)
 ORDER BY 2 DESC, j.id LIMIT %(limit)s
"""
_HEAD = """
SELECT number, line_ref, line_hash, sealed_at::text, previous_hash
  FROM hotline_journal_seal ORDER BY number DESC LIMIT 1
"""
_WALK = """
SELECT s.number, s.line_ref, s.line_hash, s.sealed_at::text, s.previous_hash,
       j.id, j.at::text, j.company_ref, j.user_ref, j.model, j.res_ref, j.event, j.payload, j.digest
  FROM hotline_journal_seal s LEFT JOIN hotline_journal j ON j.id = s.line_ref
 WHERE s.number > %s ORDER BY s.number LIMIT %s
"""


def append(cr, lines):
    """Insert `lines` ({column: value}) in their order; return the ids.

    By SQL: of all that a registration writes, the ORM's way of this was the dearest.
    """
    found = []
    for first in range(0, len(lines), AT_ONCE):
        rows = [tuple(line[name] for name in COLUMNS) for line in lines[first : first + AT_ONCE]]
        values = SQL(", ").join(SQL("%s", row) for row in rows)
        cr.execute(SQL("%s %s RETURNING id", _INSERT, values))
        found += [line_id for (line_id,) in cr.fetchall()]
    return found


def refuse_changes(cr, table, columns=""):
    """Make the trigger anew that refuses UPDATE (of `columns`, or any), DELETE and TRUNCATE."""
    cr.execute("""
        CREATE OR REPLACE FUNCTION hotline_journal_refuse() RETURNS trigger AS $$
        BEGIN
            RAISE EXCEPTION 'hotline: the journal is append-only'
                USING ERRCODE = 'restrict_violation';
        END $$ LANGUAGE plpgsql;
    """)
    update = f"UPDATE OF {columns}" if columns else "UPDATE"
    # The names are this module's own constants.
    cr.execute(f'DROP TRIGGER IF EXISTS {TRIGGER} ON "{table}"')  # pylint: disable=sql-injection
    cr.execute(  # pylint: disable=sql-injection
        f'CREATE TRIGGER {TRIGGER} BEFORE {update} OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION hotline_journal_refuse()"
    )


def lock_sealer(cr):
    """Take the lock of the one sealer until `cr`'s transaction ends; False where it is taken."""
    cr.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", (LOCK_SPACE,))
    return cr.fetchone()[0]


def head(cr):
    """Return the Head of the chain as it is."""
    cr.execute(_HEAD)
    row = cr.fetchone()
    return Head(row[0], seal_hash(Seal(*row))) if row else Head()


def last_sealed(cr):
    """Return the highest id of a sealed line, 0 for none."""
    cr.execute("SELECT max(line_ref) FROM hotline_journal_seal")
    return cr.fetchone()[0] or 0


def unsealed(cr, after, limit):
    """Return up to `limit` Lines without a seal whose id is above `after`, by id."""
    cr.execute(
        _UNSEALED,
        {"after": after, "limit": limit},
    )
    return [Line(*row) for row in cr.fetchall()]


def insert(cr, seals):
    """Append the Seals of one batch (all of one moment). Joined texts: the quickest way in."""
    numbers, lines, hashes, moments, previous = zip(*seals, strict=True)
    columns = [",".join(map(str, column)) for column in (numbers, lines, hashes, previous)]
    cr.execute(
        """
        INSERT INTO hotline_journal_seal (number, line_ref, line_hash, previous_hash, sealed_at)
        SELECT number::int, line_ref::int, line_hash, previous_hash, %s::timestamp
          FROM unnest(string_to_array(%s, ','), string_to_array(%s, ','),
                      string_to_array(%s, ','), string_to_array(%s, ','))
               AS t (number, line_ref, line_hash, previous_hash)
        """,
        [moments[0], *columns],
    )


def walk(cr, after=0, limit=None):
    """Yield (Seal, its Line or None) by number from above `after`, by a server-side cursor."""
    with cr.connection.cursor("hotline_journal_walk") as rows:
        rows.execute(
            _WALK,
            (after, limit),
        )
        for row in _ahead(rows):
            yield Seal(*row[:5]), Line(*row[5:]) if row[5] is not None else None


def _ahead(rows):
    """Yield the rows of a server-side cursor; the next come while these are looked at."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(rows.fetchmany, AT_ONCE)
        while found := coming.result():
            coming = thread.submit(rows.fetchmany, AT_ONCE)
            yield from found


def installed(cr):
    """Return whether the database has a journal with a chain."""
    cr.execute("SELECT count(*) FROM unnest(%s) AS name WHERE to_regclass(name) IS NOT NULL",
               (list(TABLES),))  # fmt: skip
    return cr.fetchone()[0] == len(TABLES)


def language(cr):
    """Return the language of the first body's letters: the console speaks it too."""
    cr.execute(
        "SELECT partner.lang FROM res_company body"
        " JOIN res_partner partner ON partner.id = body.partner_id ORDER BY body.id LIMIT 1"
    )
    found = cr.fetchone()
    return (found and found[0]) or "ru_RU"


def kept_heads(cr):
    """Return {number: hash} of the heads that the database itself keeps."""
    cr.execute("SELECT number, seal_hash FROM hotline_journal_head")
    return dict(cr.fetchall())


def waiting(cr):
    """Return (ids of lines that have had no seal for too long, how many wait lawfully)."""
    cr.execute(
        _WAITING,
        {"grace": GRACE, "limit": MOST_UNSEALED},
    )
    rows = cr.fetchall()
    late = [line for line, is_late in rows if is_late]
    return late, len(rows) - len(late)


def triggers_off(cr):
    """Return the tables that the database no longer guards."""
    cr.execute(
        "SELECT tgrelid::regclass::text FROM pg_trigger "
        "WHERE tgname = %s AND tgenabled IN ('O', 'A')",
        (TRIGGER,),
    )
    guarded = {table for (table,) in cr.fetchall()}
    return [table for table in TABLES if table not in guarded]


def last_faults(cr, check):
    """Return what is to be looked at once the walk `check` is at the end."""
    late, _waiting = waiting(cr)
    return [
        *check.end(),
        *(Fault(UNSEALED_LINE, line=line) for line in late),
        *(Fault(NO_TRIGGER, table=table) for table in triggers_off(cr)),
    ]


def verify(cr, heads):
    """Walk the whole chain; yield (number reached, faults there), at the end (number, faults).

    `heads`: {number: hash} written down elsewhere; those of the database are compared too. In
    constant memory, by what `cr`'s transaction sees.
    """
    check = Check({**kept_heads(cr), **heads})
    for seal, line in walk(cr):
        faults = check.seal(seal, line)
        if faults:
            yield check.head.number, faults
    yield check.head.number, last_faults(cr, check)
