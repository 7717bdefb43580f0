"""From the rows of one case, acted out, to SQL that makes a hundred thousand like it.

Each value of the prototype becomes an SQL expression over bench_case: its own ids are counted on,
its dates are days of the copy, its number, words and names are those of the copy. What stays is
the same in every case of the shape. That nothing was missed is proved by sample.py.
"""

import json
from datetime import date, datetime

from psycopg2.extras import Json

STRIDE = {
    "helpdesk_ticket": 1, "hotline_question": 2, "hotline_answer": 1, "hotline_deadline": 4,
    "hotline_assignment": 2, "hotline_assignment_answer": 2, "hotline_number": 1,
    "hotline_journal": 12, "res_partner": 1, "hotline_phone": 1, "hotline_call": 1,
}  # fmt: skip
# Keys of a journal line's payload that hold the id of a row of the same case.
REFERENCES = {
    "assignment": "hotline_assignment",
    "answer": "hotline_answer",
    "question": "hotline_question",
}
CODE = "lpad((c.n::bigint * 7919 % 1000000)::text, 6, '0')"
KEY = r"replace(lower(replace(c.text, 'ё', 'е')), ',', '')"
# As domain.search_words reads «Иванов Пётр Ильич» and «ул. Садовая, 77».
WORDS = """replace(lower(translate(replace(replace(c.name || ' ' || c.street, 'ул.', 'улица'),
    ',', ''), 'ёЁ', 'еЕ')) || ' д' || c.n, '  ', ' ')"""
FORMULAS = {
    ("helpdesk_ticket", "access_code"): CODE,
    ("helpdesk_ticket", "text_hash"): "encode(sha256(convert_to(c.text, 'UTF8')), 'hex')",
    ("helpdesk_ticket", "similar_key"): KEY,
    ("helpdesk_ticket", "number_key"): "c.number_key",
    ("res_partner", "search_words"): WORDS,
    ("hotline_number", "n"): "c.seq",
    ("hotline_number", "year"): "c.year",
}
DUE = {
    "raw_due_on": "raw",
    "due_on": "due",
    "certificate": "certificate",
    "calendar_version": "version",
    "is_preliminary": "preliminary",
}
# The line as `hotline.journal._append` has it, canonical JSON: sorted keys, no spaces.
DIGEST = """encode(sha256(convert_to(format(
    '{{"at":%s,"company_ref":%s,"event":%s,"model":%s,"payload":%s,"res_ref":%s,"user_ref":%s}}',
    to_json(({at})::text), {company_ref}, to_json(({event})::text), to_json(({model})::text),
    to_json(({payload})::text), {res_ref}, {user_ref}), 'UTF8')), 'hex')"""


class Prototype:
    """The rows of one act; `tokens`: {text of the prototype: SQL of the copy's}; `bases`: ids."""

    def __init__(self, cr, given, tables, keys, bases, tokens, moment_shift="", overrides=None):
        self.cr, self.days, self.tables, self.keys, self.bases = (
            cr, given.days, tables, keys, bases,
        )  # fmt: skip
        self.tokens = sorted(tokens.items(), key=lambda pair: -len(pair[0]))
        self.shift = moment_shift
        self.overrides = overrides or {}
        self.partner_id = given.partner.id if given.partner else None
        self.topic_id = given.topic.id if given.topic else None

    def statements(self, source):
        """The INSERTs of all rows; `source` is the FROM and WHERE that gives alias c."""
        for table, rows in self.tables.items():
            for place, row in enumerate(rows):
                yield self._insert(table, place, row, source)

    def _insert(self, table, place, row, source):
        joins = []
        values = {}
        for column, value in row.items():
            try:
                values[column] = self._value(table, column, value, row, place, joins)
            except ValueError as error:
                raise ValueError(f"{table}.{column}: {error}") from error
        if table == "hotline_journal":
            values["digest"] = DIGEST.format(**values)
        columns = ", ".join(f'"{column}"' for column in values)
        return (
            f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())} "
            + source.format(joins=" ".join(joins))
        )

    def _value(self, table, column, value, row, place, joins):
        if column == "id":
            return self._id(table, place)
        if value is None:
            return "NULL"
        if (table, column) in self.overrides:
            return self.overrides[table, column]
        if column in ("create_date", "write_date"):
            return self._midnight()
        if (table, column) in FORMULAS and value != "":
            return FORMULAS[table, column]
        if table == "hotline_deadline" and column in DUE:
            return self._due(row, DUE[column], joins)
        if (table, column) == ("helpdesk_ticket", "due_on"):
            return self._due_of_case(value, joins)
        return self._plain(table, column, value)

    def _plain(self, table, column, value):
        """A value by its kind: own id, date, moment, text."""
        if (table, column) == ("hotline_journal", "res_ref"):
            return self._id("helpdesk_ticket", 0)
        if (own := self._reference(self.keys.get((table, column)), value)) is not None:
            return own
        if table == "hotline_journal" and column == "payload":
            return self._payload(value)
        if isinstance(value, datetime):
            # a default that reads the machine's clock, as the times of creation do
            return self._moment(value) if value.date() in self.days else self._midnight()
        if isinstance(value, date):
            return self._day(value)
        if isinstance(value, str):
            return self._text(value)
        return self._literal(value)

    def _literal(self, value):
        adapted = Json(value) if isinstance(value, dict | list) else value
        return self.cr._obj.mogrify("%s", (adapted,)).decode()

    def _id(self, table, place):
        return f"{self.bases[table]} + c.n * {STRIDE[table]} + {place}"

    def _reference(self, table, value):
        if table == "res_partner" and value == self.partner_id:
            return "c.partner_id"
        if table == "hotline_topic" and value == self.topic_id:
            return "c.topic_id"
        ids = [row.get("id") for row in self.tables.get(table, ())]
        return self._id(table, ids.index(value)) if value in ids else None

    def _day(self, day):
        if day not in self.days:
            raise ValueError(f"{day} is none of {self.days[0]} .. {self.days[-1]}")
        return f"d.days[{self.days.index(day) + 1}]"

    def _moment(self, moment):
        time = f" + time '{moment.time()}'"
        return self._day(moment.date()) + time + self.shift

    def _midnight(self):
        return self._moment(datetime.combine(self.days[0], datetime.min.time()))

    def _text(self, text):
        """Literal pieces between the tokens, joined."""
        for token, expression in self.tokens:
            if token in text:
                pieces = [self._text(piece) if piece else "" for piece in text.split(token)]
                joined = f" || {expression} || ".join(piece or "''" for piece in pieces)
                return expression if text == token else f"({joined})"
        return self._literal(text)

    def _payload(self, text):
        """Canonical JSON again, the copy's ids and dates in place of the prototype's."""
        pieces = []
        for key, value in sorted(json.loads(text).items()):
            shown = self._payload_value(key, value)
            pieces.append(f"{self._literal(json.dumps(key) + ':')} || {shown}")
        return "'{' || " + " || ',' || ".join(pieces) + " || '}'" if pieces else "'{}'"

    def _payload_value(self, key, value):
        own = self._reference(REFERENCES.get(key), value)
        if own is not None:
            return f"({own})::text"
        if key == "text_hash":
            return f"""'"' || {FORMULAS["helpdesk_ticket", "text_hash"]} || '"'"""
        if isinstance(value, str):
            days = {str(day): day for day in self.days}
            inner = f"{self._day(days[value])}::text" if value in days else self._text(value)
            return f"to_json({inner}::text)::text"
        return self._literal(json.dumps(value))

    def _due(self, row, column, joins):
        alias = f"t{row['term_id']}"
        join = (
            f"LEFT JOIN bench_due {alias} ON {alias}.term_id = {row['term_id']}"
            f" AND {alias}.start = {self._day(row['start_on'])}"
        )
        if join not in joins:
            joins.append(join)
        return f"{alias}.{column}"

    def _due_of_case(self, value, joins):
        main = [row for row in self.tables["hotline_deadline"] if row["due_on"] == value]
        return self._due(main[-1], "due", joins)
