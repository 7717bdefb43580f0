"""What one act of the benchmark left in the database: the rows of its tables, by table."""

# How the rows of one case are found; in the order in which ids are given.
CASE = {
    "helpdesk_ticket": "id = %(id)s",
    "hotline_question": "ticket_id = %(id)s",
    "hotline_answer": "ticket_id = %(id)s",
    "hotline_deadline": "ticket_id = %(id)s",
    "hotline_assignment": "ticket_id = %(id)s",
    "hotline_assignment_answer": "ticket_id = %(id)s",
    "hotline_assignment_hotline_question_rel": "hotline_assignment_id IN"
    " (SELECT id FROM hotline_assignment WHERE ticket_id = %(id)s)",
    "hotline_number": "ticket_id = %(id)s",
    "hotline_journal": "model = 'helpdesk.ticket' AND res_ref = %(id)s",
}
CITIZEN = {"res_partner": "id = %(id)s", "hotline_phone": "partner_id = %(id)s"}
CALL = {"hotline_call": "id = %(id)s"}
EVERY = (*CASE, *CITIZEN, *CALL)
# A case leaves these too; they are not multiplied: files on disk, dialogs that are swept away,
# notes for the reports.
LEFT_OUT = (
    "ir_attachment", "hotline_resolution", "hotline_resolution_line", "hotline_assignment_act",
    "hotline_question_hotline_resolution_rel", "hotline_resolution_addressee_rel",
    "hotline_report_changed",
)  # fmt: skip


def read(cr, tables, record_id):
    """{table: [row, ...]}, each row {column: value}, by id."""
    found = {}
    for table, where in tables.items():
        order = "" if table.endswith("_rel") else " ORDER BY id"
        cr.execute(f"SELECT * FROM {table} WHERE {where}{order}", {"id": record_id})
        found[table] = cr.dictfetchall()
    return found


def foreign_keys(cr):
    """{(table, column): table referred to} of the tables of the benchmark."""
    cr.execute(
        """
        SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
          FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.conrelid::regclass::text = ANY(%s)
        """,
        (list(EVERY),),
    )
    return {(table, column): other for table, column, other in cr.fetchall()}


def sizes(cr):
    """{table: number of rows} of all tables, to see what an act touched."""
    cr.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 2200")
    names = [name for (name,) in cr.fetchall() if not name.startswith("bench_")]
    counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in names)
    cr.execute(f"SELECT {counts}")
    return dict(zip(names, cr.fetchone(), strict=True))
