"""What the analysis of appeals reads: one narrow row an appeal, and which ones changed since.

An appeal itself is a wide row, and when it was answered takes a look at its terms: over a million
of them a total would need seconds. `hotline_report_fact` holds what does not depend on today;
triggers note in `hotline_report_changed` whose row is not true any more, and these few are counted
anew in the question itself. So figures are those of the moment, in the same transaction too.

`hotline_report_changed` is only appended to: two people at one case never wait for each other.
"""

import hashlib

# ruff: noqa: S608 (all names come from this module)

FACTS, CHANGED = "hotline_report_fact", "hotline_report_changed"
# column: (type, what it is of the appeal `t`)
COLUMNS = {
    "id": ("integer PRIMARY KEY", "t.id"),
    "company_id": ("integer", "t.company_id"),
    "team_id": ("integer", "t.team_id"),
    "line_id": ("integer", "t.line_id"),
    "topic_id": ("integer", "t.topic_id"),
    "object_id": ("integer", "t.object_id"),
    "operator_id": ("integer", "t.create_uid"),
    "officer_id": ("integer", "t.user_id"),
    "against_id": ("integer", "t.complaint_against_id"),
    "outcome_id": ("integer", "t.outcome_id"),
    "agency_id": (
        "integer",
        """(SELECT a.partner_id FROM hotline_assignment a
             WHERE a.ticket_id = t.id AND a.state NOT IN ('draft', 'withdrawn')
             ORDER BY (a.role = 'main') DESC, a.id LIMIT 1)""",
    ),
    "received_on": ("date", "t.received_on"),
    "registered_on": ("date", "t.registered_on"),
    # an anonymous appeal gets no answer: the day it was closed stands for it
    "answered_on": ("date", "COALESCE(main.met_on, t.closed_on)"),
    "closed_on": ("date", "t.closed_on"),
    "due_on": ("date", "t.due_on"),
    "received_at": ("timestamp", "t.received_at"),
    "track": ("varchar", "t.track"),
    "kind": ("varchar", "t.kind"),
    "origin": ("varchar", "t.origin"),
    "state": ("varchar", "t.state"),
}
INDEXED = ("received_on", "answered_on", "closed_on", "due_on")
# table: (the case of its row, what of it the facts are made of)
WATCHED = {
    "helpdesk_ticket": (
        "id",
        """active, company_id, team_id, line_id, topic_id, object_id, create_uid, user_id, state,
        complaint_against_id, outcome_id, received_on, registered_on, closed_on, due_on,
        received_at, track, kind, origin""",
    ),
    "hotline_deadline": ("ticket_id", "ticket_id, term_id, met_on"),
    "hotline_assignment": ("ticket_id", "ticket_id, partner_id, state, role"),
}
LIVE = """
    SELECT {columns}
      FROM helpdesk_ticket t
      LEFT JOIN LATERAL (
           SELECT CASE WHEN bool_and(d.met_on IS NOT NULL) THEN max(d.met_on) END AS met_on
             FROM hotline_deadline d JOIN hotline_term term ON term.id = d.term_id
            WHERE d.ticket_id = t.id AND term.is_main
      ) main ON TRUE
     WHERE t.state <> 'draft' AND t.active
""".format(columns=", ".join(f"{sql} AS {name}" for name, (_type, sql) in COLUMNS.items()))
_NOTE = f"INSERT INTO {CHANGED} SELECT"
_NOTED = {
    "INSERT": f"{_NOTE} n.{{case}} FROM new_rows n;",
    "DELETE": f"{_NOTE} o.{{case}} FROM old_rows o;",
    "UPDATE": f"{_NOTE} unnest(ARRAY[o.{{case}}, n.{{case}}]) FROM old_rows o"
    " JOIN new_rows n ON n.id = o.id WHERE ({old}) IS DISTINCT FROM ({new});",
}
_ROWS = {
    "INSERT": "NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}

TAKEN = f"WITH taken AS (DELETE FROM {CHANGED} RETURNING ticket_id) SELECT DISTINCT * FROM taken"
GONE = f"""DELETE FROM {FACTS} f WHERE f.id = ANY(%(ids)s) AND NOT EXISTS (
    SELECT FROM helpdesk_ticket t WHERE t.id = f.id AND t.active AND t.state <> 'draft')"""


def rows():
    """Return the query of the facts as they are now; the caller puts it into parentheses.

    NOT IN, as no id is empty: a table of the few changed is looked into row by row, where NOT
    EXISTS would make one of all facts first.
    """
    return f"""
        SELECT f.* FROM {FACTS} f
         WHERE f.id NOT IN (SELECT c.ticket_id FROM {CHANGED} c)
        UNION ALL {LIVE} AND t.id IN (SELECT c.ticket_id FROM {CHANGED} c)
    """


def tables():
    """Return the statements that make both tables anew, with all facts."""
    typed = ", ".join(f"{name} {type_}" for name, (type_, _sql) in COLUMNS.items())
    indexes = [f"CREATE INDEX ON {FACTS} ({name})" for name in INDEXED]
    return [
        f"DROP TABLE IF EXISTS {FACTS}, {CHANGED}",
        f"CREATE TABLE {FACTS} ({typed})",
        f"CREATE TABLE {CHANGED} (ticket_id integer NOT NULL)",
        *refilled(),
        *indexes,
        f"ANALYZE {FACTS}",
        f"COMMENT ON TABLE {FACTS} IS '{version()}'",
    ]


def refilled():
    """Return the statements that count all facts anew; those of a time lie together."""
    return [
        f"TRUNCATE {FACTS}, {CHANGED}",
        f"INSERT INTO {FACTS} SELECT * FROM ({LIVE}) t ORDER BY received_on, id",
    ]


def version():
    """Return what tells tables of an older description from those of this one."""
    return hashlib.sha256(repr((COLUMNS, INDEXED, LIVE)).encode()).hexdigest()


def triggers():
    """Return the statements that make every function with its trigger anew."""
    return [one for table in WATCHED for event in _NOTED for one in _trigger(table, event)]


def _noted(table, event):
    case, names = WATCHED[table]
    old, new = (
        ", ".join(f"{row}.{name.strip()}" for name in names.split(",")) for row in ("o", "n")
    )
    return _NOTED[event].format(case=case, old=old, new=new)


def _trigger(table, event):
    name, noted = _function(table, event), _noted(table, event)
    function = f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN {noted} RETURN NULL; END $$ LANGUAGE plpgsql"""
    trigger = f"""CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table}
        REFERENCING {_ROWS[event]} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""
    return [function, trigger]


def _function(table, event):
    return f"hotline_report_note_{table}_{event.lower()}"


def removal():
    """Return the statements that take all of it away."""
    names = [_function(table, event) for table in WATCHED for event in _NOTED]
    return [
        *(f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in names),
        f"DROP TABLE IF EXISTS {FACTS}, {CHANGED}",
    ]


def renewed():
    """Return the statement that writes the facts of the appeals %(ids)s."""
    columns = ", ".join(COLUMNS)
    values = ", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS)
    return (
        f"INSERT INTO {FACTS} ({columns}) {LIVE} AND t.id = ANY(%(ids)s)"
        f" ON CONFLICT (id) DO UPDATE SET {values}"
    )
