"""The SQL that keeps what happened to a letter: no UPDATE of the facts, no DELETE.

Lawful destruction passes by the same permit as the lock of closed cases (lock_sql.py).
"""

COLUMNS = (
    "ticket_id", "notice_id", "answer_id", "kind", "happened_on", "cause", "note", "address",
    "track", "channel", "user_id", "create_date",
)  # fmt: skip

FUNCTION = """
CREATE OR REPLACE FUNCTION hotline_post_event_refuse() RETURNS trigger AS $$
BEGIN
    IF OLD.ticket_id::text IS DISTINCT FROM current_setting('hotline.permit', true) AND (
        TG_OP = 'DELETE' OR EXISTS (
            SELECT 1 FROM unnest(TG_ARGV) AS name
             WHERE to_jsonb(OLD)->name IS DISTINCT FROM to_jsonb(NEW)->name
        )
    ) THEN
        RAISE EXCEPTION 'hotline: locked' USING ERRCODE = 'restrict_violation',
            DETAIL = (SELECT jsonb_build_object('id', t.id, 'number', t.number)::text
                        FROM helpdesk_ticket t WHERE t.id = OLD.ticket_id),
            TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;
"""


def statements(table):
    """Yield the statements that make the trigger anew."""
    listed = ", ".join(f"'{column}'" for column in COLUMNS)
    yield FUNCTION
    yield f'DROP TRIGGER IF EXISTS hotline_post_event_keep ON "{table}"'
    yield (
        f'CREATE TRIGGER hotline_post_event_keep BEFORE UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION hotline_post_event_refuse({listed})"
    )


def removal():
    """Return the statements that drop the function and, with it, its trigger."""
    return ["DROP FUNCTION IF EXISTS hotline_post_event_refuse() CASCADE"]
