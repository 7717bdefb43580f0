from odoo import fields, models
from odoo.tools import SQL

from ..domain import external, persons, registers

_TOLD = (
    *("number", "filed_on", "registered_on", "applicant_name", "applicant_address"),
    *("state", "state_text"),
    *("due_on", "outgoing_number", "outgoing_on", "forwarded_to", "kind_text", "topic_text"),
)
_COLUMNS = (
    *("id", "key", "digest", "source_id", "company_id", "active", "told_at", "partner_id"),
    *_TOLD,
)
_MODEL = "hotline.external.case"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # By which an applicant of another system is known: a whole name, «ё» as «е».
    _citizen_named_idx = models.Index(
        "(translate(lower(name), 'ё', 'е')) WHERE hotline_kind = 'citizen'"
    )


class HotlineRegisterRun(models.Model):
    """Appeals of a document system written in sets: a handful of statements for a part (A3)."""

    _inherit = "hotline.register.run"

    def _apply(self, decided):
        if not self._is_external():
            return super()._apply(decided)
        todo = [one for one in decided if one.state in (registers.CREATE, registers.CHANGE)]
        self.env.flush_all()
        if todo:
            self._put_cases(todo)
        same = [one.account_id for one in decided if one.state == registers.SAME]
        self._put_seen(same)
        self.env.invalidate_all()
        return None

    def _put_cases(self, todo):
        new = [one for one in todo if not one.account_id]
        ids = self._new_ids("hotline_external_case", len(new))
        for one, case_id in zip(new, ids, strict=True):
            one.account_id = case_id
        fresh, cards = set(ids), self._cards_of_cases(todo)
        rows = [self._case_row(one, cards) for one in todo]
        self._copy(_MODEL, _COLUMNS, [row for row in rows if row[0] in fresh])
        self._update_cases([row for row in rows if row[0] not in fresh])

    def _case_row(self, one, cards):
        case, source = one.account, self._external_source()
        told = (getattr(case, name) or None for name in _TOLD)
        head = (one.account_id, case.key, case.digest, source.id, self.company_id.id, True)
        return (*head, self.as_of, cards.get(one.row_id), *told)

    def _update_cases(self, rows):
        """What the document system says stands: a text it has taken out is taken out here too."""
        if not rows:
            return
        self._temporary("external_case", "hotline_external_case", _COLUMNS, rows)
        names = [name for name in _COLUMNS if name != "id"]
        sets = SQL(", ").join(
            SQL("%s = t.%s", SQL.identifier(name), SQL.identifier(name)) for name in names
        )
        self.env.execute_query(
            SQL(
                "UPDATE hotline_external_case c SET %s, write_uid = %s, write_date = %s"
                " FROM external_case t WHERE c.id = t.id RETURNING 1",
                sets,
                self.loaded_by_id.id or self.env.uid,
                fields.Datetime.now(),
            )
        )
        self._compute_in_sets(_MODEL, [row[0] for row in rows])

    def _put_seen(self, ids):
        """Appeals that are as they were: a file of some of them tells how fresh these are."""
        if self.source_id.is_whole:
            return  # the moment of the source is theirs
        self.env.execute_query(
            SQL(
                "UPDATE hotline_external_case SET told_at = %s"
                " WHERE id = ANY(%s::int[]) AND told_at < %s RETURNING 1",
                self.as_of,
                ids,
                self.as_of,
            )
        )

    # Whose card

    def _cards_of_cases(self, todo):
        """Return {id of row: card} of the applicants with exactly one card of name and address."""
        named = [one for one in todo if one.account.applicant_name]
        spelled = {one.row_id: _spellings(one.account.applicant_name) for one in named}
        known = self._citizens_named({text for texts in spelled.values() for text in texts})
        cards = {}
        for one in named:
            found = {
                card
                for text in spelled[one.row_id]
                for card, address in known.get(text, ())
                if external.is_same_place(address, one.account.applicant_address)
            }
            if len(found) == 1:
                cards[one.row_id] = found.pop()
        return cards

    def _citizens_named(self, names):
        """Return {name as compared: [(card, address)]} of the body's living cards."""
        query = SQL(
            """SELECT translate(lower(name), 'ё', 'е'), id, concat_ws(', ', city, street, street2)
                 FROM res_partner
                WHERE hotline_kind = 'citizen' AND active
                  AND translate(lower(name), 'ё', 'е') = ANY(%s::text[])""",
            list(names),
        )
        found = {}
        for name, card, address in self.env.execute_query(query):
            found.setdefault(name, []).append((card, address))
        return found


def _spellings(name):
    """The name as it stands there, and in the order of cards: surname, given name, patronymic."""
    return {persons.search_key(name), persons.search_key(persons.split_name(name).full)}
