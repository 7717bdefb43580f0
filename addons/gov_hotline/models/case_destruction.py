from contextlib import nullcontext

from odoo import api, models
from odoo.tools import SQL

from ..domain.transitions import DRAFT, FINAL_STATES
from .case_graph import CASE, FILE
from .hotline_lock import KEPT_COLUMNS

# What is looked up by others goes last: by then nobody owns a message or a file any more.
LAST = {CASE: 1, "mail.message": 2, FILE: 3}


class HotlineCaseGraph(models.AbstractModel):
    """A case is taken out of the database with everything that hangs on it.

    By SQL under the permits of the lock: the Python guards say «never», and only the act of
    destruction, which has checked everything, comes here. Files leave the disk after the commit.
    Both callers, the reasons to keep and the line of an act, hand over the system's environment.
    """

    _inherit = "hotline.case.graph"

    @api.model
    def _destroy(self, case, **cause):
        """Destroy the closed `case`, or a record kept on its own; `cause`: ids for the journal.

        Returns {model: how many records}. The caller has checked that it may go.
        """
        self.env.flush_all()
        found = self._collect(case)
        self._forget(found, case, cause)
        own, foreign = self._by_owner(found, case)
        for owner, rows in foreign.items():
            with self._permit(owner, cause):
                self._delete(rows)
        with self._permit(case, cause):
            self._untie(found)
            self._delete(own)
        self.env.invalidate_all(flush=False)
        return {name: len(ids) for name, ids in found.items()}

    @api.model
    def _open_neighbours(self, case):
        """Return the cases still in work that refer to `case`: it is needed yet."""
        found = self._collect(case)
        owners = self.env[CASE]
        for name, ids in found.items():
            for row in self.env[name].browse(ids) if name == "hotline.case.link" else ():
                owners |= (row.ticket_id | row.other_id) if not row.is_undone else owners
        for name, _column, ids in (*self._foreign_rows(found), *self._foreign_lists(found)):
            for row in self.env[name].browse(ids):
                owner = self._owner(row, case)
                owners |= owner if owner._name == CASE else self.env[CASE]
        return (owners - case).filtered(lambda one: one.state not in (DRAFT, *FINAL_STATES))

    # Who locks what

    def _owner(self, record, case):
        """Return the record whose permit opens `record`: a case, or a card that is kept."""
        if record._name in (CASE, *KEPT_COLUMNS):
            return record
        field = record._fields.get("ticket_id")
        owned = field and field.store and field.comodel_name == CASE
        return (owned and record.ticket_id) or case

    def _by_owner(self, found, case):
        """Return (own rows, {another owner: its rows}), rows as {model: set of ids}."""
        own, foreign = {}, {}
        for name, ids in found.items():
            if name != CASE and name not in KEPT_COLUMNS and "ticket_id" not in self.env[name]:
                own[name] = ids
                continue
            for record in self.env[name].browse(ids):
                owner = self._owner(record, case)
                rows = own if owner == case else foreign.setdefault(owner, {})
                rows.setdefault(name, set()).add(record.id)
        return own, foreign

    def _permit(self, owner, cause):
        if owner._name != CASE and owner._name not in KEPT_COLUMNS:
            return nullcontext()  # no lock on it
        return self.env["hotline.lock"]._permitted(owner, **cause)

    # Writing

    def _forget(self, found, case, cause):
        """Take what goes out of the records that stay."""
        for name, column, ids in list(self._foreign_rows(found)):
            for owner, rows in self._grouped(name, ids, case).items():
                with self._permit(owner, cause):
                    self._set_null(name, column, rows)
        for name, column, ids in list(self._foreign_lists(found)):
            field = self.env[name]._fields[column]
            gone = found[field.comodel_name]
            for owner, rows in self._grouped(name, ids, case).items():
                with self._permit(owner, cause):
                    self._unlist(field, rows, gone)

    def _grouped(self, name, ids, case):
        grouped = {}
        for record in self.env[name].browse(ids):
            grouped.setdefault(self._owner(record, case), set()).add(record.id)
        return grouped

    def _untie(self, found):
        for name, column, ids in list(self._ties(found)):
            self._set_null(name, column, ids)

    def _set_null(self, name, column, ids):
        table, column = SQL.identifier(self.env[name]._table), SQL.identifier(column)
        self.env.cr.execute(
            SQL("UPDATE %s SET %s = NULL WHERE id IN %s", table, column, tuple(ids))
        )

    def _unlist(self, field, ids, gone):
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s IN %s AND %s IN %s",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                tuple(ids),
                SQL.identifier(field.column2),
                tuple(gone),
            )
        )

    def _delete(self, rows):
        for name in sorted(rows, key=lambda name: (LAST.get(name, 0), name)):
            if name == FILE:
                # by the ORM: it notes the files of the disk for their removal
                self.env[FILE].browse(rows[name]).exists().unlink()
                continue
            table = SQL.identifier(self.env[name]._table)
            self.env.cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(rows[name])))

    @api.model
    def _sweep_files(self):
        """Take the files that nobody owns any more off the disk; in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            self.env(cr=cr)[FILE]._gc_file_store()
