import json
from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from ..domain import addresses, register_files, registers
from ..domain.registers import Account, Known, Remark


@dataclass
class Decided:
    """A row of the file and what is to become of it."""

    row_id: int
    account: Account | None
    state: str
    remarks: tuple = ()
    key: str = ""
    known: "Delivered | None" = None
    territory_id: int = 0
    account_id: int = 0  # of the account that is there, 0 where it is new

    @property
    def is_unknown(self) -> bool:
        """Whether it is a bad row that may be of any account."""
        above = any(remark.code == "repeated" for remark in self.remarks)
        return self.state == registers.BAD and not self.known and not above


@dataclass(frozen=True)
class Delivered:
    """What the source has delivered under a key, and its account as it stands."""

    digest: str
    is_gone: bool
    account_id: int
    card_id: int
    is_card_made: bool
    holder_name: str


class HotlineRegisterRun(models.Model):
    """What each row does, told before anything is written: the same for the check and the load."""

    _inherit = "hotline.register.run"

    def _decide(self, rows):
        """Return [Decided] for `rows` ((id, line, cells), …)."""
        reader = self._reader()
        read = [(row_id, *self._read_row(reader, cells)) for row_id, _line, cells in rows]
        keys = [key for _id, key, _account, _told in read]
        delivered, above = self._delivered(keys), self._keys_above(keys, rows[0][0])
        territories = self._territories()
        decided = []
        for row_id, key, account, remarks in read:
            one = self._of_row(row_id, key, account, remarks, delivered.get(key))
            if account:
                self._find_territory(one, territories)
            if one.state != registers.BAD:
                if key in above:
                    self._refuse(one, Remark("repeated", key))
                above.add(key)
            decided.append(one)
        self._check_numbers(decided)
        return decided

    def _reader(self):
        columns = [column.field or "" for column in self.column_ids]
        names = self.column_ids.mapped("name")
        is_text = self.kind == register_files.CSV
        width = register_files.heading_width(names, columns) if is_text else 0
        return registers.Reader(columns, width)

    def _read_row(self, reader, cells):
        """Return (key, account or None, remarks); a row that is bad may have its key all the same,
        then its account has not left.
        """
        account, remarks = reader.account(cells)
        return (account.key if account else self._key_of_cells(cells)), account, remarks

    def _of_row(self, row_id, key, account, remarks, found):
        if account is None:
            return Decided(row_id, None, registers.BAD, remarks, key, found)
        known = found and Known(found.digest, found.is_gone)
        state = registers.verdict(account, known)
        one = Decided(row_id, account, state, remarks, key, found)
        one.account_id = found.account_id if found else 0
        return one

    def _find_territory(self, one, territories):
        name = one.account.locality
        one.territory_id = territories.get(name, 0)
        if not one.territory_id:
            self._refuse(one, Remark("locality", name) if name else Remark("no_locality"))

    def _refuse(self, one, remark):
        one.state = registers.BAD
        one.remarks = (*one.remarks, remark)

    def _key_of_cells(self, cells):
        places = {column.field: place for place, column in enumerate(self.column_ids)}
        place = places.get("key", places.get("number", len(cells)))
        return cells[place] if place < len(cells) else ""

    def _territories(self):
        """Return {folded name: id}; of several the one nearest to the source's own; "" is it."""
        own = self.source_id.territory_id
        near = f"{own.parent_id.parent_path or '/'}"
        found = {}
        # all of them: a region has some thousands
        territories = self.env["hotline.territory"]
        for one in territories.search([], order="id desc"):  # pylint: disable=no-search-all
            name = addresses.fold(one.name)
            if name not in found or (one.parent_path or "").startswith(near):
                found[name] = one.id
        return {**found, "": own.id, addresses.fold(own.name): own.id} if own else found

    def _delivered(self, keys):
        query = SQL(
            """SELECT l.key, l.digest, COALESCE(l.is_gone, FALSE), l.account_id,
                      COALESCE(a.holder_id, 0),
                      COALESCE(l.is_card_made AND l.partner_id = a.holder_id, FALSE),
                      COALESCE(a.holder_name, '')
                 FROM hotline_register_line l JOIN hotline_account a ON a.id = l.account_id
                WHERE l.source_id = %s AND l.key = ANY(%s::varchar[])""",
            self.source_id.id,
            keys,
        )
        self.env.flush_all()
        return {key: Delivered(*rest) for key, *rest in self.env.execute_query(query)}

    def _keys_above(self, keys, before):
        """Return the keys that stood in the file above these rows and were not refused."""
        query = SQL(
            "SELECT key FROM hotline_register_row WHERE run_id = %s AND key = ANY(%s::varchar[])"
            " AND id < %s AND state <> 'bad'",
            self.id,
            keys,
            before,
        )
        return {key for (key,) in self.env.execute_query(query)}

    def _check_numbers(self, decided):
        """A number that the company gave to another of its accounts refuses the row."""
        alive = [one for one in decided if one.state in (registers.CREATE, registers.CHANGE)]
        numbers = [one.account.number for one in alive]
        query = SQL(
            """SELECT a.number, a.id, l.key
                 FROM hotline_account a LEFT JOIN hotline_register_line l
                   ON l.account_id = a.id AND l.source_id = %s
                WHERE a.provider_id = %s AND a.number = ANY(%s::varchar[])""",
            self.source_id.id,
            self.source_id.partner_id.id,
            numbers,
        )
        standing = {number: (found, key) for number, found, key in self.env.execute_query(query)}
        taken = set()
        for one in alive:
            found, key = standing.get(one.account.number, (0, None))
            if one.account.number in taken or (found and key not in (None, one.key)):
                self._refuse(one, Remark("repeated", one.account.number))
            taken.add(one.account.number)
            # an account made by hand before the register came is taken over, not doubled
            one.account_id = one.account_id or found

    def _mark(self, decided):
        """Write on the rows what became of them; in one statement."""
        self.env.execute_query(
            SQL(
                """UPDATE hotline_register_row r
                      SET state = d.state, key = d.key, is_told = d.told,
                          remarks = d.remarks::jsonb
                     FROM unnest(%s::int[], %s::varchar[], %s::varchar[], %s::bool[], %s::text[])
                          AS d (id, state, key, told, remarks)
                    WHERE r.id = d.id RETURNING 1""",
                [one.row_id for one in decided],
                [one.state for one in decided],
                [one.key for one in decided],
                [bool(one.remarks) for one in decided],
                [_json(one.remarks) for one in decided],
            )
        )
        self.env["hotline.register.row"].invalidate_model()

    def _count_gone(self):
        return self.env.execute_query(SQL("SELECT count(*) %s", self._gone_from()))[0][0]

    def _gone_from(self):
        """Those the source had delivered whose key is nowhere in the file, not in a bad row."""
        return SQL(
            """FROM hotline_register_line l
              WHERE l.source_id = %s AND l.is_gone IS NOT TRUE AND NOT EXISTS (
                    SELECT FROM hotline_register_row r WHERE r.run_id = %s AND r.key = l.key)""",
            self.source_id.id,
            self.id,
        )


def _json(remarks):
    return json.dumps([[one.code, one.value] for one in remarks], ensure_ascii=False)
