import json
from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from ..domain import addresses, register_files, registers
from ..domain.registers import Account, Known, Remark

# Remarks of a row whose account or appeal another row of the file tells.
ABOVE = frozenset({"repeated", "elsewhere", "repeated_case"})


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
    first: "Decided | None" = None  # the first row of the same account

    @property
    def is_unknown(self) -> bool:
        """Whether it is a bad row that may be of any account."""
        above = any(remark.code in ABOVE for remark in self.remarks)
        return self.state == registers.BAD and not self.known and not above


@dataclass(frozen=True)
class Delivered:
    """What the source has delivered under a key, and its account as it stands."""

    digest: str
    is_gone: bool
    account_id: int
    card_id: int
    is_card_made: bool
    holder_names: str

    @property
    def holder_name(self) -> str:
        """The first holder, whose card it is."""
        return self.holder_names.partition(registers.HOLDERS)[0]


class HotlineRegisterRun(models.Model):
    """What each row does, told before anything is written: the same for the check and the load."""

    _inherit = "hotline.register.run"

    def _decide(self, rows):
        """Return [Decided] for `rows` ((id, key, cells, …), …)."""
        reader = self._reader()
        delivered = self._delivered([key for _id, key, *_rest in rows])
        territories, firsts, decided = self._territories(), {}, []
        for row_id, key, cells, *_rest in rows:
            account, remarks = reader.account(cells)
            one = Decided(row_id, account, registers.BAD, remarks, key, delivered.get(key))
            if account:
                one.state = registers.CREATE
                self._find_territory(one, territories)
            if one.state != registers.BAD:
                self._join(one, firsts.setdefault(key, one))
            decided.append(one)
        self._give_verdicts(firsts.values())
        self._check_numbers(list(firsts.values()))
        self._refuse_with_first(decided)
        return decided

    def _join(self, one, first):
        """Add a row to the first one of the same account, or refuse it as a double."""
        if one is first:
            return
        whole = first.account.joined(one.account)
        if not first.account.is_of(one.account):
            self._refuse(one, Remark("elsewhere", one.key))
        elif whole == first.account:
            self._refuse(one, Remark("repeated", one.key))
        else:
            first.account, one.first, one.state = whole, first, registers.MORE

    def _give_verdicts(self, firsts):
        services = self._services()
        for one in firsts:
            one.account, left = one.account.taken(services)
            one.remarks = (*one.remarks, *left)
            known = one.known and Known(one.known.digest, one.known.is_gone)
            one.state = registers.verdict(one.account, known)
            one.account_id = one.known.account_id if one.known else 0

    def _refuse_with_first(self, decided):
        """What would be added to an account that is not loaded is not loaded either."""
        for one in decided:
            if one.first and one.first.state == registers.BAD:
                self._refuse(one, one.first.remarks[-1])

    def _reader(self):
        columns = [column.field or "" for column in self.column_ids]
        names = self.column_ids.mapped("name")
        is_text = self.kind == register_files.CSV
        width = register_files.heading_width(names, columns) if is_text else 0
        return registers.Reader(columns, width)

    def _find_territory(self, one, territories):
        name = one.account.locality
        one.territory_id = territories.get(name, 0)
        if not one.territory_id:
            self._refuse(one, Remark("locality", name) if name else Remark("no_locality"))

    def _refuse(self, one, remark):
        one.state = registers.BAD
        one.remarks = (*one.remarks, remark)

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

    def _mark(self, decided, told_before):
        """Write on the rows that somebody has to look at what became of them; in one statement.

        `told_before`: ids of rows that an earlier check told of. The others stay untouched.
        """
        marked = [one for one in decided if one.remarks or one.row_id in told_before]
        self.env.execute_query(
            SQL(
                """UPDATE hotline_register_row r
                      SET state = d.state, is_told = d.told, remarks = d.remarks::jsonb
                     FROM unnest(%s::int[], %s::varchar[], %s::bool[], %s::text[])
                          AS d (id, state, told, remarks)
                    WHERE r.id = d.id RETURNING 1""",
                [one.row_id for one in marked],
                [one.state for one in marked],
                [bool(one.remarks) for one in marked],
                [_json(one.remarks) for one in marked],
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
