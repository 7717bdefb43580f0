"""Are the copies what acts leave? Sampled ones are acted out again and compared, column by column.

Left out of the comparison: ids and times of creation, the secret code, the hashes of the printed
letter (a file, not multiplied). Numbers are compared by form, not by place in the series.
"""

import hashlib
import json
import re
from datetime import date, datetime

from . import rows
from .ground import citizen_vals
from .seed import make_call
from .shapes import SHAPES, Input

RANDOM = {
    ("helpdesk_ticket", "access_code"),
    ("hotline_answer", "letter_sha256"),
    ("hotline_answer", "content_hash"),
    ("hotline_number", "n"),
    ("hotline_journal", "digest"),
}
UNLIKE_IN_PAYLOAD = ("letter_sha256", "content_hash")


class Sample:
    """The comparison in one seeded database; nothing that it makes stays."""

    def __init__(self, env, ground, days):
        self.env, self.cr, self.ground, self.days = env, env.cr, ground, days
        self.keys = rows.foreign_keys(env.cr)
        self.compared = self.rows = 0  # values, rows

    def differences(self, cases, calls, citizens):
        """[(what, table, column, copy's value, act's value)] of so many of each."""
        found = []
        for one in self._pick("bench_case", cases):
            found += self._case(one)
        for one in self._pick("bench_call", calls):
            found += self._call(one)
        for one in self._pick("bench_citizen", citizens):
            found += self._citizen(one)
        return found

    def _pick(self, table, count):
        """Rows spread over the whole, the same ones each time; of every shape some."""
        part = "shape" if table != "bench_citizen" else "1"
        self.cr.execute(
            f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {part}"
            f" ORDER BY md5(n::text)) AS turn FROM {table}) AS turns"
            f" ORDER BY turn, {part} LIMIT %s",
            (count,),
        )
        return self.cr.dictfetchall()

    def _input(self, one):
        partner = self.env["res.partner"].browse(one["partner_id"] or self._anybody())
        topic = self.env["hotline.topic"].browse(one["topic_id"])
        return Input(one["n"], partner, topic, self.days.from_(one["k"]))

    def _anybody(self):
        self.cr.execute("SELECT partner_id FROM bench_citizen WHERE n = 1")
        return self.cr.fetchone()[0]

    def _case(self, one):
        shape = SHAPES[one["shape"]]
        copy = rows.read(self.cr, rows.CASE, one["ticket_id"])
        self._check_digests(copy["hotline_journal"])

        def act():
            case = shape.play(self.ground, self._input(one))
            self.env.flush_all()
            return rows.CASE, case.id

        return self._compare(shape.name, copy, act, one)

    def _call(self, one):
        copy = rows.read(self.cr, rows.CALL, one["seq"] + self._first_call())

        def act():
            case = self.env["helpdesk.ticket"].browse(one["ticket_id"] or [])
            call = make_call(self.ground, self._input(one), one["shape"], case, one["phone"])
            self.env.flush_all()
            return rows.CALL, call.id

        return self._compare(f"call {one['shape']}", copy, act, one)

    def _first_call(self):
        self.cr.execute("SELECT min(id) - 1 FROM hotline_call WHERE id > 1000")
        return self.cr.fetchone()[0]

    def _citizen(self, one):
        copy = rows.read(self.cr, rows.CITIZEN, one["partner_id"])

        def act():
            # two people of one number cannot be: the copy steps aside
            self.cr.execute("DELETE FROM hotline_phone WHERE partner_id = %s", (one["partner_id"],))
            partner = self.env["res.partner"].create(citizen_vals(one["n"]))
            self.env.flush_all()
            return rows.CITIZEN, partner.id

        return self._compare("citizen", copy, act, one)

    def _compare(self, what, copy, act, one):
        self.cr.execute("SAVEPOINT bench_sample")
        tables, record_id = act()
        made = rows.read(self.cr, tables, record_id)
        self.cr.execute("ROLLBACK TO SAVEPOINT bench_sample")
        self.env.invalidate_all(flush=False)
        left, right = self._normal(copy, one), self._normal(made, one)
        found = []
        for table in tables:
            if len(left[table]) != len(right[table]):
                found.append((what, table, "rows", len(left[table]), len(right[table])))
                continue
            for ours, theirs in zip(left[table], right[table], strict=True):
                self.compared += len(ours)
                self.rows += 1
                found += [
                    (what, table, column, ours[column], theirs[column])
                    for column in ours
                    if ours[column] != theirs[column]
                ]
        return found

    def _normal(self, found, one):
        """Rows with ids told by their place, and what must differ left out."""
        places = {
            table: {row["id"]: f"{table} {place}" for place, row in enumerate(lines) if "id" in row}
            for table, lines in found.items()
        }
        number = self._number(found)
        return {
            table: [
                {
                    column: self._value(table, column, value, places, number)
                    for column, value in row.items()
                    if column not in ("id", "create_date", "write_date")
                    and (table, column) not in RANDOM
                }
                for row in lines
            ]
            for table, lines in found.items()
        }

    @staticmethod
    def _number(found):
        """{text that names this very case: a word for it}."""
        for table in ("helpdesk_ticket", "hotline_call"):
            for row in found.get(table, ()):
                number = row["number"]
                words = {f"И/{row['id']}": "<out>", f"И-{row['id']}": "<out>"}
                if number != "/":
                    words[number] = form(number)
                    words[row.get("number_key") or number] = form(number)
                return words
        return {}

    def _value(self, table, column, value, places, number):
        if (table, column) == ("hotline_journal", "res_ref"):
            return places["helpdesk_ticket"].get(value, value)
        if column == "payload":
            return self._payload(value, places, number)
        other = self.keys.get((table, column))
        if other in places and value in places[other]:
            return places[other][value]
        if isinstance(value, datetime):
            unset = value.date() == date.today() or not (value.hour or value.minute)  # noqa: DTZ011
            return "now" if unset else value
        return words(value, number)

    @staticmethod
    def _payload(value, places, number):
        payload = json.loads(value)
        for key in payload:
            if key in UNLIKE_IN_PAYLOAD:
                payload[key] = "<hash>"
            place = places.get(f"hotline_{key}", {}).get(payload[key])
            payload[key] = place or words(payload[key], number)
        return payload

    def _check_digests(self, lines):
        """The copy's digests are those of its own lines: else the journal could not be verified."""
        for line in lines:
            told = {key: line[key] for key in line if key not in ("id", "digest")}
            told["at"] = str(told["at"])
            canonical = json.dumps(
                told, sort_keys=True, ensure_ascii=False, separators=(",", ":")
            ).encode()
            if hashlib.sha256(canonical).hexdigest() != line["digest"]:
                raise RuntimeError(f"a copied line of the journal has a wrong digest: {line}")


def form(number):
    """The form of a number: the place in the series, and the year of a call, are not compared."""
    return re.sub(r"\d+", "9", number.replace("/", "-"))


def words(value, names):
    """A text with what names its own case told by form."""
    if isinstance(value, str):
        for text, name in names.items():
            value = value.replace(text, name)
    return value
