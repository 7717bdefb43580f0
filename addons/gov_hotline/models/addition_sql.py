"""The SQL that keeps additions as they were made: refused are UPDATE of the words and DELETE.

Lawful destruction passes by the same permit as the lock of closed cases (lock_sql.py).
"""

COLUMNS = ("ticket_id", "text", "user_id", "received_at", "create_date")
FILE_COLUMNS = (
    "res_model", "res_id", "name", "type", "url", "db_datas", "store_fname", "checksum",
    "file_size", "mimetype",
)  # fmt: skip

FUNCTIONS = """
CREATE OR REPLACE FUNCTION hotline_addition_refuse() RETURNS trigger AS $$
DECLARE
    owner bigint;
    kase jsonb;
BEGIN
    IF TG_ARGV[0] = 'self' THEN
        owner := (to_jsonb(OLD)->>'id')::bigint;
    ELSE
        owner := (to_jsonb(OLD)->>TG_ARGV[0])::bigint;
    END IF;
    SELECT jsonb_build_object('id', t.id, 'number', t.number) INTO kase
      FROM hotline_addition a JOIN helpdesk_ticket t ON t.id = a.ticket_id
     WHERE a.id = owner AND t.id::text IS DISTINCT FROM current_setting('hotline.permit', true);
    IF kase IS NOT NULL AND (
        TG_OP = 'DELETE' OR EXISTS (
            SELECT 1 FROM unnest(TG_ARGV[1:]) AS name
             WHERE to_jsonb(OLD)->name IS DISTINCT FROM to_jsonb(NEW)->name
        )
    ) THEN
        RAISE EXCEPTION 'hotline: locked'
            USING ERRCODE = 'restrict_violation', DETAIL = kase::text, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;
"""


def statements(table, relation):
    """Yield the statements that make the triggers anew; `relation` links files to additions."""
    yield FUNCTIONS
    yield from _trigger(table, "UPDATE OR DELETE", ("self", *COLUMNS))
    yield from _trigger(
        "ir_attachment",
        "UPDATE OR DELETE",
        ("res_id", *FILE_COLUMNS),
        "WHEN (OLD.res_model = 'hotline.addition')",
    )
    linked = ("hotline_addition_id", "ir_attachment_id")
    yield from _trigger(relation, "UPDATE OR DELETE", (linked[0], *linked))


def _trigger(table, events, arguments, when=""):
    listed = ", ".join(f"'{argument}'" for argument in arguments)
    yield f'DROP TRIGGER IF EXISTS hotline_addition_keep ON "{table}"'
    yield (
        f'CREATE TRIGGER hotline_addition_keep BEFORE {events} ON "{table}" FOR EACH ROW {when} '
        f"EXECUTE FUNCTION hotline_addition_refuse({listed})"
    )


def removal():
    """Return the statements that drop the function and, with it, its triggers."""
    return ["DROP FUNCTION IF EXISTS hotline_addition_refuse() CASCADE"]
