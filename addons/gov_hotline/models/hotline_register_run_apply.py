from odoo import fields, models
from odoo.tools import SQL

from ..domain import addresses, registers, search_words
from .register_copy import copy_in

_OWN = "gov_hotline"


DIGITS = 5  # of a meter, as most have
_ACCOUNT = (
    *("id", "number", "holder_id", "holder_name", "object_id", "opened_on"),
    *("closed_on", "state", "external_key", "provider_id"),
)
# What a load makes larger.
_GROWING = (
    *("hotline.object", "hotline.account", "hotline.meter", "hotline.register.line"),
    *("res.partner", "hotline.phone"),
)


def _is_power_of_two(number):
    return not number & (number - 1)


class HotlineRegisterRun(models.Model):
    """Accounts, their services and meters written in sets: a handful of statements for a part."""

    _inherit = "hotline.register.run"

    def _apply(self, decided):
        """Write what the rows say, within the caller's transaction."""
        todo = [one for one in decided if one.state in (registers.CREATE, registers.CHANGE)]
        if not todo:
            return
        self.env.flush_all()
        places = self._put_objects(todo)
        where = self._addresses(places)
        cards = self._put_cards(todo, places, where)
        self._put_accounts(todo, places, where, cards)
        self._put_services(todo)
        self._put_meters(todo)
        self._put_lines(todo, cards)
        self._leave_cards(
            one.known.card_id
            for one in todo
            if one.known and one.known.is_card_made and cards[one.row_id][0] != one.known.card_id
        )
        self.env.invalidate_all()
        if _is_power_of_two(self.done // len(decided) + 1):
            self._analyse()

    def _analyse(self):
        """Tell the planner how the tables have grown; it would go through them whole, row by row.

        After the parts 1, 2, 4, 8 … of a load. The last thing of a part: the lock is short.
        """
        for model in _GROWING:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(self.env[model]._table)))

    # Tools of all rooms

    def _new_ids(self, table, count):
        """Take `count` ids of a table of ours out of its sequence."""
        query = SQL("SELECT nextval(%s) FROM generate_series(1, %s)", f"{table}_id_seq", count)
        return [one for (one,) in self.env.execute_query(query)]

    def _copy(self, model, columns, rows, filled=()):
        """COPY `rows` into the table of `model`, with who and when, and compute what follows.

        `columns` begin with the id; those that follow from others are filled by whoever knows
        them for the whole part, what is left is computed; `filled` stay empty. The one place that
        SQL goes around.
        """
        stamp = self._stamp()
        stamped = ((*row, *stamp) for row in rows)
        names = (*columns, "create_uid", "create_date", "write_uid", "write_date")
        copy_in(self.env.cr, self.env[model]._table, names, stamped)
        self._compute_in_sets(model, [row[0] for row in rows], filled=(*columns, *filled))

    def _stamp(self):
        now, who = str(fields.Datetime.now()), self.loaded_by_id.id or self.env.uid
        return who, now, who, now

    def _compute_in_sets(self, model, ids, filled=()):
        """Compute the stored columns that follow from others by their own methods.

        `filled`: those that have their value already.
        """
        computed = [
            field
            for name, field in self.env[model]._fields.items()
            if field.store and field.compute and name not in filled
            if _OWN in (field._modules or ()) or model.startswith("hotline.")
        ]
        if not (computed and ids):
            return
        # sudo: the values follow from the records alone, whoever loads them
        records = self.env[model].sudo().browse(ids)
        records.invalidate_recordset(flush=False)
        for field in computed:
            self.env.add_to_compute(field, records)
        records._recompute_recordset()
        records.flush_recordset()

    # Accounts

    def _put_accounts(self, todo, places, where, cards):
        new = [one for one in todo if not one.account_id]
        for one, account_id in zip(new, self._new_ids("hotline_account", len(new)), strict=True):
            one.account_id = account_id
        fresh = {one.account_id for one in new}
        rows = [self._account_row(one, places, cards) for one in todo]
        lines = self._account_lines(new, places, where, cards)
        self._copy(
            "hotline.account",
            (*_ACCOUNT, "search_words"),
            [(*row, lines[row[0]]) for row in rows if row[0] in fresh],
        )
        self._update_accounts(_ACCOUNT, [row for row in rows if row[0] not in fresh])

    def _account_lines(self, new, places, where, cards):
        """Return {account: the words it is found by}, as the account itself makes them."""
        names = self._names({cards[one.row_id][0] for one in new})
        return {
            one.account_id: search_words.account_line(
                one.account.number,
                (one.account.holders, names.get(cards[one.row_id][0])),
                where[places[one.row_id]].address,
            )
            for one in new
        }

    def _names(self, cards):
        query = SQL("SELECT id, name FROM res_partner WHERE id = ANY(%s::int[])", list(cards))
        return dict(self.env.execute_query(query))

    def _account_row(self, one, places, cards):
        account = one.account
        return (
            one.account_id,
            account.number,
            cards[one.row_id][0] or None,
            account.holders or None,
            places[one.row_id],
            account.opened_on or None,
            account.closed_on or None,
            "closed" if account.closed_on else "open",
            account.key,
            self.source_id.partner_id.id,
        )

    def _update_accounts(self, columns, rows):
        """What a company's file does not tell (opened on, a holder) is not wiped out."""
        if not rows:
            return
        self._temporary("register_account", "hotline_account", columns, rows)
        self.env.execute_query(
            SQL(
                """UPDATE hotline_account a
                      SET number = t.number, holder_id = COALESCE(t.holder_id, a.holder_id),
                          holder_name = COALESCE(t.holder_name, a.holder_name),
                          object_id = t.object_id, opened_on = COALESCE(t.opened_on, a.opened_on),
                          closed_on = t.closed_on, state = t.state,
                          external_key = t.external_key, write_uid = %s, write_date = %s
                     FROM register_account t WHERE a.id = t.id RETURNING 1""",
                self.loaded_by_id.id or self.env.uid,
                fields.Datetime.now(),
            )
        )
        self._compute_in_sets("hotline.account", [row[0] for row in rows])

    def _temporary(self, name, like, columns, rows):
        """Make a temporary table of some columns of another and fill it."""
        self.env.cr.execute(
            SQL(
                "DROP TABLE IF EXISTS pg_temp.%s; CREATE TEMPORARY TABLE %s ON COMMIT DROP AS"
                " SELECT %s FROM %s WITH NO DATA",
                SQL.identifier(name),
                SQL.identifier(name),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL.identifier(like),
            )
        )
        copy_in(self.env.cr, name, columns, rows)

    # Services and meters

    def _services(self):
        """Return {folded name, other name or code: id} of the body's services."""
        services = self.env["hotline.service"].with_context(lang="ru_RU")
        services = services.search([])  # pylint: disable=no-search-all
        codes = {one.code: one.id for one in services}
        others = {name: one.id for one in services for name in one._other_names()}
        return {**codes, **others, **{addresses.fold(one.name): one.id for one in services}}

    def _put_services(self, todo):
        """The services of a row that tells any; what is not known was told already."""
        known = self._services()
        told = [one for one in todo if one.account.services]
        pairs = [
            (one.account_id, known[addresses.fold(name)])
            for one in told
            for name in one.account.services
        ]
        table = self.env["hotline.account"]._fields["service_ids"]
        names = (table.column1, table.column2)
        self.env.execute_query(
            SQL(
                "DELETE FROM %s WHERE %s = ANY(%s::int[]) RETURNING 1",
                SQL.identifier(table.relation),
                SQL.identifier(table.column1),
                [one.account_id for one in told],
            )
        )
        copy_in(self.env.cr, table.relation, names, sorted(set(pairs)))

    def _put_meters(self, todo):
        """Meters that the account has not yet; one is known by its number."""
        known = self._services()
        told = [one for one in todo if one.account.meters]
        standing = self._standing_meters([one.account_id for one in told])
        rows = []
        for one in told:
            for serial, name in one.account.meters:
                if (one.account_id, serial) not in standing:
                    standing.add((one.account_id, serial))
                    service = known[addresses.fold(name)]
                    rows.append((one.account_id, service, serial, DIGITS, True))
        ids = self._new_ids("hotline_meter", len(rows))
        columns = ("id", "account_id", "service_id", "serial", "digits", "active")
        self._copy(
            "hotline.meter", columns, [(own, *row) for own, row in zip(ids, rows, strict=True)]
        )

    def _standing_meters(self, accounts):
        query = SQL(
            "SELECT account_id, serial FROM hotline_meter WHERE account_id = ANY(%s::int[])",
            accounts,
        )
        return set(self.env.execute_query(query))

    # What was delivered

    def _put_lines(self, todo, cards):
        """Remember the digest of every row that was written; the same again is passed over."""
        self.env.execute_query(
            SQL(
                """INSERT INTO hotline_register_line
                          (source_id, key, digest, account_id, partner_id, is_card_made, is_gone)
                   SELECT %s, d.key, d.digest, d.account, NULLIF(d.card, 0), d.made, FALSE
                     FROM unnest(%s::varchar[], %s::varchar[], %s::int[], %s::int[], %s::bool[])
                          AS d (key, digest, account, card, made)
                       ON CONFLICT (source_id, key) DO UPDATE
                      SET digest = EXCLUDED.digest, account_id = EXCLUDED.account_id,
                          partner_id = EXCLUDED.partner_id,
                          is_card_made = EXCLUDED.is_card_made, is_gone = FALSE
                RETURNING 1""",
                self.source_id.id,
                [one.key for one in todo],
                [one.account.digest for one in todo],
                [one.account_id for one in todo],
                [cards[one.row_id][0] or 0 for one in todo],
                [cards[one.row_id][1] for one in todo],
            )
        )
