"""The SQL of the lock: functions, triggers and how a refusal is recognised.

Column lists travel as trigger arguments and rows as jsonb, so that a new, renamed or dropped
column never breaks the functions.
"""

from ..domain.transitions import FINAL_STATES

MESSAGE = "hotline: locked"
# ('closed', 'forwarded', ...): the one place where the final states become SQL.
FINAL = "(" + ", ".join(f"'{state}'" for state in FINAL_STATES) + ")"

_FUNCTIONS = """
-- The closed case a line belongs to: {"id", "number"}, or NULL where it may change.
CREATE OR REPLACE FUNCTION hotline_closed_case(ticket bigint) RETURNS jsonb AS $$
    SELECT jsonb_build_object('id', id, 'number', number, 'closed_at', closed_date)
      FROM helpdesk_ticket
     WHERE id = ticket AND state IN @FINAL@
       AND id::text IS DISTINCT FROM current_setting('hotline.permit', true)
$$ LANGUAGE sql STABLE;

-- What existed at closing; closed_date has no fractions of a second, so that second counts in.
CREATE OR REPLACE FUNCTION hotline_existed(line jsonb, kase jsonb) RETURNS boolean AS $$
    SELECT (line->>'create_date') IS NULL OR (kase->>'closed_at') IS NULL
        OR (line->>'create_date')::timestamp
           < (kase->>'closed_at')::timestamp + interval '1 second'
$$ LANGUAGE sql STABLE;

-- A file of a closed case stands from the end of the transaction that brought it: what came after
-- the closing is evidence, too (a returned letter, a late paper).
CREATE OR REPLACE FUNCTION hotline_stands(source text, line jsonb, kase jsonb) RETURNS boolean AS $$
    SELECT hotline_existed(line, kase)
        OR (source = 'ir_attachment'
            AND (line->>'create_date')::timestamp < now() AT TIME ZONE 'UTC')
$$ LANGUAGE sql STABLE;

-- A card that is kept for good by its own state: {"id", "number", "card"}, or NULL.
CREATE OR REPLACE FUNCTION hotline_kept_card(source text, card jsonb) RETURNS jsonb AS $$
    SELECT jsonb_build_object('id', card->'id', 'number', card->'number', 'card', source)
     WHERE card->>'state' <> 'booked'
       AND source || ',' || (card->>'id')
           IS DISTINCT FROM current_setting('hotline.permit', true)
$$ LANGUAGE sql STABLE;

CREATE OR REPLACE FUNCTION hotline_locked_case(source text, line jsonb) RETURNS jsonb AS $$
DECLARE
    kase jsonb;
    owner text := COALESCE(line->>'res_model', line->>'model');
    ticket bigint;
    card jsonb;
BEGIN
    IF source = ANY (@LINES@) THEN
        RETURN hotline_closed_case((line->>'ticket_id')::bigint);
    ELSIF source = ANY (@CARDS@) THEN
        RETURN hotline_kept_card(source, line);
    END IF;
    IF owner = 'helpdesk.ticket' THEN
        ticket := (line->>'res_id')::bigint;
    ELSIF replace(owner, '.', '_') = ANY (@LINES@) THEN
        EXECUTE format('SELECT ticket_id FROM %I WHERE id = $1', replace(owner, '.', '_'))
           INTO ticket USING (line->>'res_id')::bigint;
    ELSIF replace(owner, '.', '_') = ANY (@CARDS@) THEN
        EXECUTE format('SELECT to_jsonb(card) FROM %I card WHERE id = $1', replace(owner, '.', '_'))
           INTO card USING (line->>'res_id')::bigint;
        RETURN hotline_kept_card(replace(owner, '.', '_'), card);
    ELSE
        RETURN NULL;
    END IF;
    kase := hotline_closed_case(ticket);
    RETURN CASE WHEN hotline_stands(source, line, kase) THEN kase END;
END $$ LANGUAGE plpgsql STABLE;

CREATE OR REPLACE FUNCTION hotline_refuse(kase jsonb, place text) RETURNS void AS $$
BEGIN
    RAISE EXCEPTION 'hotline: locked'
        USING ERRCODE = 'restrict_violation', DETAIL = kase::text, TABLE = place;
END $$ LANGUAGE plpgsql;

-- Whether it is the one change that a merger of two cards brings: the card's own id, nothing else.
CREATE OR REPLACE FUNCTION hotline_merged(name text, one text, other text) RETURNS boolean AS $$
    SELECT name = ANY (@PEOPLE@)
       AND COALESCE(one || '>' || other = current_setting('hotline.merge', true), false)
$$ LANGUAGE sql STABLE;

-- A name with «+» may be given where there was none (the key of a page, the day of a posting),
-- one with «-» may be taken back (a consent).
CREATE OR REPLACE FUNCTION hotline_differ(one jsonb, other jsonb, names text[])
RETURNS boolean AS $$
    SELECT EXISTS (
        SELECT 1 FROM unnest(names) AS listed, rtrim(listed, '+-') AS name
         WHERE one->name IS DISTINCT FROM other->name
           AND NOT hotline_merged(name, one->>name, other->>name)
           AND NOT (listed LIKE '%+' AND one->>name IS NULL)
           AND NOT (listed LIKE '%-' AND COALESCE(other->>name, 'false') = 'false')
    )
$$ LANGUAGE sql STABLE;

CREATE OR REPLACE FUNCTION hotline_lock_truncate() RETURNS trigger AS $$
BEGIN
    PERFORM hotline_refuse('{}'::jsonb, TG_TABLE_NAME);
    RETURN NULL;
END $$ LANGUAGE plpgsql;

-- The case itself. TG_ARGV: the legal columns.
CREATE OR REPLACE FUNCTION hotline_lock_case() RETURNS trigger AS $$
DECLARE
    kase jsonb := jsonb_build_object('id', OLD.id, 'number', OLD.number);
BEGIN
    IF OLD.id::text = current_setting('hotline.permit', true) THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM hotline_refuse(kase, TG_TABLE_NAME);
    ELSIF hotline_differ(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV) THEN
        PERFORM hotline_refuse(kase, TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

-- Questions, answers, clocks, messages, files. TG_ARGV: their locked columns.
CREATE OR REPLACE FUNCTION hotline_lock_line() RETURNS trigger AS $$
DECLARE
    kase jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        kase := hotline_locked_case(TG_TABLE_NAME, to_jsonb(OLD));
    END IF;
    IF kase IS NULL AND TG_OP <> 'DELETE' AND TG_TABLE_NAME LIKE 'hotline%' THEN
        kase := hotline_locked_case(TG_TABLE_NAME, to_jsonb(NEW));
    END IF;
    IF kase IS NOT NULL AND (
        TG_OP <> 'UPDATE' OR hotline_differ(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV)
    ) THEN
        PERFORM hotline_refuse(kase, TG_TABLE_NAME);
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;

-- Lists of a line (files, questions). TG_ARGV: column of the owner, table of the owner.
CREATE OR REPLACE FUNCTION hotline_lock_link() RETURNS trigger AS $$
DECLARE
    link jsonb;
    line jsonb;
    kase jsonb;
BEGIN
    FOREACH link IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
        EXECUTE format('SELECT to_jsonb(owner) FROM %I owner WHERE id = $1', TG_ARGV[1])
           INTO line USING (link->>TG_ARGV[0])::bigint;
        kase := hotline_locked_case(TG_ARGV[1], line);
        IF kase IS NOT NULL THEN
            PERFORM hotline_refuse(kase, TG_TABLE_NAME);
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;
"""

FUNCTION_NAMES = (
    "hotline_lock_case()", "hotline_lock_line()", "hotline_lock_link()",
    "hotline_locked_case(text, jsonb)", "hotline_closed_case(bigint)",
    "hotline_existed(jsonb, jsonb)", "hotline_differ(jsonb, jsonb, text[])",
    "hotline_kept_card(text, jsonb)", "hotline_refuse(jsonb, text)",
    "hotline_merged(text, text, text)", "hotline_stands(text, jsonb, jsonb)",
    "hotline_lock_truncate()",
)  # fmt: skip


def _trigger(table, event, function, arguments=(), when=""):
    """Return the statements that make one trigger anew. Names come from the registry."""
    name = f"hotline_lock_{event.lower()}"
    listed = ", ".join(f"'{argument}'" for argument in arguments)
    return [
        f'DROP TRIGGER IF EXISTS {name} ON "{table}"',
        f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW {when} EXECUTE FUNCTION '
        + f"{function}({listed})",
    ]


def case_triggers(table, columns):
    """The case: closed ones keep `columns`, registered ones are never deleted."""
    yield from _trigger(
        table, "UPDATE", "hotline_lock_case", columns, f"WHEN (OLD.state IN {FINAL})"
    )
    yield from _trigger(table, "DELETE", "hotline_lock_case", when="WHEN (OLD.state <> 'draft')")


def card_triggers(table, columns):
    """A card of its own (no case): once it is kept it does not change and is not deleted."""
    when = "WHEN (OLD.state <> 'booked')"
    yield from _trigger(table, "UPDATE", "hotline_lock_line", columns, when)
    yield from _trigger(table, "DELETE", "hotline_lock_line", columns, when)


def functions(lines, cards, people):
    """Return the statement that (re)makes the functions.

    `lines`: tables with a `ticket_id`; `cards`: tables whose rows lock by their own state;
    `people`: names of locked columns that hold the card of a person or body.
    """
    sql = _FUNCTIONS.replace("@FINAL@", FINAL).replace("@PEOPLE@", _array(people))
    return sql.replace("@LINES@", _array(lines)).replace("@CARDS@", _array(cards))


def _array(tables):
    return "ARRAY[" + ", ".join(f"'{table}'" for table in tables) + "]"


def line_triggers(table, columns, owners, *, insert):
    """What hangs on a case. Messages and files of models beside `owners` are not looked at."""
    owner = {"mail_message": "model", "ir_attachment": "res_model"}.get(table)
    named = ", ".join(f"'{model}'" for model in owners)
    when = f"WHEN (OLD.{owner} IN ({named}))" if owner else ""
    yield from _trigger(table, "UPDATE", "hotline_lock_line", columns, when)
    yield from _trigger(table, "DELETE", "hotline_lock_line", columns, when)
    if insert:
        yield from _trigger(table, "INSERT", "hotline_lock_line", columns)


def link_triggers(table, column, source, *, insert):
    """A list of a line: the files of a message, an answer; the questions of a notice."""
    yield from _trigger(table, "UPDATE", "hotline_lock_link", (column, source))
    yield from _trigger(table, "DELETE", "hotline_lock_link", (column, source))
    if insert:
        yield from _trigger(table, "INSERT", "hotline_lock_link", (column, source))


def truncate_trigger(table):
    """Legal tables are not emptied at one blow: destruction by act deletes case by case."""
    yield f'DROP TRIGGER IF EXISTS hotline_lock_truncate ON "{table}"'
    yield (
        f'CREATE TRIGGER hotline_lock_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION hotline_lock_truncate()"
    )


def removal():
    """Return the statements that drop the functions and, with them, their triggers."""
    return [f"DROP FUNCTION IF EXISTS {name} CASCADE" for name in FUNCTION_NAMES]


def refusal(exc):
    """Return the detail (JSON) where `exc` is the lock's refusal, else None."""
    diagnostics = getattr(exc, "diag", None)
    if diagnostics is None or diagnostics.message_primary != MESSAGE:
        return None
    return diagnostics.message_detail or "{}"
