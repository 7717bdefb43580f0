"""What hangs on a case, found by the relations of the registry themselves.

A case, or another record that has a term of storage of its own: a call, a reception, a task, a
letter, the card of a citizen. Every caller hands over the system's environment: no `sudo()` here.
"""

from odoo import api, models, tools
from odoo.tools import SQL

from .ir_attachment_files import LOOSE

# is destroyed with the record; stays and forgets it; keeps it from being destroyed at all
GOES, LET_GO, KEEPS = "goes", "let_go", "keeps"
CASE = "helpdesk.ticket"
PERSON = "res.partner"
FILE = "ir.attachment"
OURS = ("hotline.", "helpdesk.")
NO_MORE = SQL()
# Of the case itself; where `ondelete` says «cascade» and for columns that follow others: GOES.
RELATIONS = {
    (CASE, "converted_from_id"): LET_GO,
    (CASE, "duplicate_id"): LET_GO,
    ("hotline.number", "ticket_id"): LET_GO,
    ("hotline.call", "ticket_id"): GOES,
    ("hotline.task", "ticket_id"): GOES,
    ("hotline.reception", "ticket_id"): GOES,
    ("hotline.reception", "earlier_ticket_id"): LET_GO,
    ("hotline.stopped.topic", "ticket_id"): GOES,
    # a joint answer: the letters in other cases are theirs
    ("hotline.answer", "lead_id"): LET_GO,
    ("hotline.task", "call_id"): GOES,
    # the words of the evidence stay where the call that showed it has gone
    ("hotline.task", "evidence_call_id"): LET_GO,
    ("hotline.task.try", "call_id"): LET_GO,
    # when an operator talked is the shift's, whoever called
    ("hotline.operator.state", "call_id"): LET_GO,
    # a meter was read, whoever said so: the reading is the account's
    ("hotline.reading", "call_id"): LET_GO,
    # an open account keeps the card (hotline_kept_records), a closed one forgets its holder
    ("hotline.account", "holder_id"): LET_GO,
    # a card of the family or the organisation: its persons first
    (PERSON, "parent_id"): KEEPS,
    (PERSON, "commercial_partner_id"): LET_GO,
    ("res.users", "partner_id"): KEEPS,
}


class HotlineCaseGraph(models.AbstractModel):
    """The records that belong to a case and those that only refer to it."""

    _name = "hotline.case.graph"
    _description = "What hangs on a case"

    @api.model
    def _case_relations(self):
        """Return {(model, field): GOES or LET_GO}: an extension point for add-ons."""
        return RELATIONS

    @api.model
    def _roots(self):
        """Return the models whose records are destroyed by act: every relation is decided."""
        return {CASE, *self.env["hotline.destruction"]._kept_models().values()}

    @api.model
    def _undeclared(self):
        """Return the relations to what is destroyed of which nobody has said what becomes."""
        relations = self._relations()
        return [
            (model, name)
            for root in self._roots()
            for model, name, fate in relations.get(root, ())
            if fate is None
        ]

    @api.model
    @tools.ormcache()
    def _keepers(self):
        """Return ((model, column), …) of what names a person and keeps their card."""
        relations = self._relations().get(PERSON, ())
        return tuple((model, column) for model, column, fate in relations if fate == KEEPS)

    @api.model
    @tools.ormcache()
    def _relations(self):
        """Return {model referred to: ((model, many2one, fate), …)} of everything stored."""
        declared, found = self._case_relations(), {}
        for model in self._stored_models():
            for field in model._fields.values():
                if field.type == "many2one" and field.store and field.column_type:
                    fate = self._fate(field, declared)
                    line = (model._name, field.name, fate)
                    found.setdefault(field.comodel_name, []).append(line)
        return {name: tuple(lines) for name, lines in found.items()}

    def _fate(self, field, declared):
        known = declared.get((field.model_name, field.name))
        if known or field.ondelete == "cascade":
            return known or GOES
        if field.comodel_name == PERSON:
            # whoever is named by anything of the hotline is dealt with yet
            return KEEPS if field.model_name.startswith(OURS) else LET_GO
        if field.related or field.compute:
            return GOES
        return None if field.comodel_name in self._roots() else LET_GO

    def _stored_models(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._auto and not model._abstract and not model._transient:
                yield model

    @api.model
    @tools.ormcache()
    def _references(self):
        """Return ((model, column of the id, column of the model's name), …)."""
        return tuple(
            (model._name, field.name, field.model_field)
            for model in self._stored_models()
            for field in model._fields.values()
            if field.type == "many2one_reference" and field.store and field.model_field
        )

    @api.model
    @tools.ormcache()
    def _lists(self):
        """Return {model on the other side: ((model, field), …)} of every stored many2many."""
        found = {}
        for model in self._stored_models():
            for field in model._fields.values():
                if field.type == "many2many" and field.store:
                    found.setdefault(field.comodel_name, []).append((model._name, field.name))
        return {name: tuple(lists) for name, lists in found.items()}

    # Collecting

    @api.model
    def _collect(self, case):
        """Return {model: set of ids} of all that goes with the record, files too."""
        found, queue = {case._name: {case.id}}, [(case._name, {case.id})]
        while queue:
            for name, ids in self._hanging(*queue.pop(), case):
                new = ids - found.get(name, set())
                if new:
                    found.setdefault(name, set()).update(new)
                    queue.append((name, new))
        files = self._listed_files(found)
        if files:
            found.setdefault(FILE, set()).update(files)
        return found

    def _hanging(self, target, ids, case):
        for name, column, fate in self._relations().get(target, ()):
            if fate == GOES:
                yield name, self._going(name, column, ids, case)
        for name, column, of_model in self._references():
            yield name, self._rows_of(name, column, ids, SQL(
                "AND %s = %s", SQL.identifier(of_model), target
            ))  # fmt: skip

    def _going(self, name, column, ids, case):
        """Return the ids of the rows that go: an extension point for what only partly goes."""
        if name == "hotline.call" and column == "ticket_id":
            # a later call that only told of the case has a term of its own
            return self._rows_of(name, column, ids, SQL("AND started_at <= %s", case.closed_date))
        if (name, column) == ("hotline.task", "call_id"):
            return self._rows_of(name, column, ids, SQL("AND state <> 'open'"))
        return self._rows_of(name, column, ids)

    def _rows_of(self, name, column, ids, more=NO_MORE):
        table, column = SQL.identifier(self.env[name]._table), SQL.identifier(column)
        query = SQL("SELECT id FROM %s WHERE %s IN %s %s", table, column, tuple(ids), more)
        return {row[0] for row in self.env.execute_query(query)}

    def _listed_files(self, found):
        """Return the ids of the files in the lists of what goes: its own, or nobody's."""
        files = set()
        for name, column in self._lists().get(FILE, ()):
            if name in found:
                files |= self._linked(name, column, found[name])
        kept = self.env[FILE].browse(files).exists()
        return {file.id for file in kept if self._is_ours(file, found)}

    def _is_ours(self, file, found):
        if file.res_model in found and file.res_id in found[file.res_model]:
            return True
        loose = not file.res_id or (file.res_model or False) in LOOSE
        return loose and not self._used_elsewhere(file, found)

    def _used_elsewhere(self, file, found):
        return any(
            self._foreign_links(name, column, {file.id}, found)
            for name, column in self._lists().get(FILE, ())
        )

    def _linked(self, name, column, ids):
        """Return the ids on the other side of a list."""
        field = self.env[name]._fields[column]
        query = SQL(
            "SELECT %s FROM %s WHERE %s IN %s",
            SQL.identifier(field.column2), SQL.identifier(field.relation),
            SQL.identifier(field.column1), tuple(ids),
        )  # fmt: skip
        return {row[0] for row in self.env.execute_query(query)}

    # Who refers to it from outside

    def _foreign_rows(self, found):
        """Yield (model, column, ids) of records that stay and refer to what goes."""
        for target, ids in found.items():
            for name, column, _fate in self._relations().get(target, ()):
                outside = self._rows_of(name, column, ids) - found.get(name, set())
                if outside:
                    yield name, column, outside

    def _ties(self, found):
        """Yield (model, column, ids) of what goes and would hold back something else that goes."""
        for target, ids in found.items():
            for name, column, fate in self._relations().get(target, ()):
                field = self.env[name]._fields[column]
                if fate == LET_GO and name in found and not field.required:
                    inside = self._rows_of(name, column, ids) & found[name]
                    if inside and field.ondelete == "restrict":
                        yield name, column, inside

    def _foreign_lists(self, found):
        """Yield (model, field, ids) of records outside with what goes in a list of theirs."""
        for target, ids in found.items():
            for name, column in self._lists().get(target, ()):
                outside = self._foreign_links(name, column, ids, found)
                if outside:
                    yield name, column, outside

    def _foreign_links(self, name, column, ids, found):
        field = self.env[name]._fields[column]
        query = SQL(
            "SELECT DISTINCT %s FROM %s WHERE %s IN %s",
            SQL.identifier(field.column1), SQL.identifier(field.relation),
            SQL.identifier(field.column2), tuple(ids),
        )  # fmt: skip
        return {row[0] for row in self.env.execute_query(query)} - found.get(name, set())
