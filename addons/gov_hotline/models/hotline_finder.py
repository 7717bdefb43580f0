import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..domain import phones, search_words
from . import search_sql
from .hotline_searched import MOST_ENDINGS

ROLES = ("operator", "supervisor", "auditor")
LOOKED_AT = 2000  # of more that fit, nobody would look through them: type another word
READ_AT_MOST = 200  # the shortest lines of them: the house before its flats
# People by names alone: hardly a line is better than another, fewer will do.
OF_PEOPLE, NAMED_LOOKED_AT, NAMED_READ = ("citizen", "account", "external"), 400, 60
SHORTEST = 2
SHORTEST_PHONE = 6
_PHONE = re.compile(r"[\d\s()+-]+")
_NUMBER = re.compile(r"[^\W\d_]{0,5}[-/ ]?\d[\w/-]*")


class HotlineFinder(models.AbstractModel):
    """Search as one types: citizens, appeals, agencies in one list, words in any order.

    Everything is read with the caller's own rights, by the record rules of each model.
    """

    _name = "hotline.finder"
    _description = "Search as one types"

    @api.model
    @api.readonly
    def find(self, text, kinds=None, limit=10):
        """Return what was found, best first: [{kind, id, title, subtitle}], `limit` of each kind.

        `kinds`: some of `_kinds()`, all by default. An exact number comes first. A word may be
        unfinished, have a slip or be typed in the other layout. Raises AccessError.
        """
        self.env["helpdesk.ticket"]._require_role(*ROLES)
        return self._look(text, kinds, limit)[0]

    @api.model
    def _look(self, text, kinds=None, limit=10):
        """Return (rows, what was looked for in words where that is not what was typed)."""
        text = " ".join((text or "").split())
        if len(text) < SHORTEST:
            return [], ""
        kinds = [kind for kind in self._kinds() if not kinds or kind in kinds]
        rows = self._by_number(text, kinds, limit)
        for asked, known in self._meanings(text):
            found = self._by_words(asked, known, kinds, limit)
            if found:
                typed = search_words.query(text).unmarked().shown
                shown = asked.unmarked().shown
                return self._joined(rows, found), "" if shown == typed else shown
        return rows, ""

    @api.model
    def _joined(self, rows, found):
        there = {(row["kind"], row["id"]) for row in rows}
        return rows + [row for row in found if (row["kind"], row["id"]) not in there]

    @api.model
    def _kinds(self):
        """Return {kind: (model, domain)} in the order of the groups; rooms add theirs."""
        return {
            "citizen": ("res.partner", [("hotline_kind", "=", "citizen")]),
            "case": ("helpdesk.ticket", []),
            "agency": ("res.partner", [("hotline_kind", "in", ("agency", "organisation"))]),
        }

    # By number

    @api.model
    def _by_number(self, text, kinds, limit):
        """Return rows of those whose very number was typed: a case's, a telephone."""
        rows = []
        if "case" in kinds and _NUMBER.fullmatch(text) and self._may_read("helpdesk.ticket"):
            cases = self.env["hotline.workplace"]._cases_by_number(text)[:limit]
            rows += self._rows("case", cases)
        if "citizen" in kinds and _PHONE.fullmatch(text):
            rows += self._rows("citizen", self._citizens_by_phone(text, limit))
        return rows

    @api.model
    def _may_read(self, model):
        return self.env[model].has_access("read")

    @api.model
    def _citizens_by_phone(self, text, limit):
        """Return citizens by the end of their number, for those who may read telephones."""
        Phone = self.env["hotline.phone"]
        digits = re.sub(r"\D", "", text)
        if len(digits) < SHORTEST_PHONE or not self._reads_phones():
            return self.env["res.partner"]
        exact = phones.normalise(text).e164
        number = Domain("number", "=", exact) if exact else self._ends_with(digits)
        domain = Domain("partner_id.hotline_kind", "=", "citizen") & number
        return Phone.search_fetch(domain, ["partner_id"], limit=limit).partner_id

    @api.model
    def _reads_phones(self):
        Phone = self.env["hotline.phone"]
        return not self.env["hotline.hidden"]._hides("phone") and Phone.has_access("read")

    @api.model
    def _ends_with(self, digits):
        """Return the domain of numbers that end so, for the index of reversed numbers."""

        def to_sql(_model, alias, _query):
            return SQL("reverse(%s) LIKE %s", SQL.identifier(alias, "number"), f"{digits[::-1]}%")

        return Domain.custom(to_sql=to_sql)

    # By words

    @api.model
    def _meanings(self, text):
        """Yield (Query, {name: words it may be}) the likeliest first, till something is found.

        As typed or in the other layout, whichever has known words; then whatever the numbers are
        the numbers of, the last one only begun; then with slips mended; then without the flat.
        """
        meant = search_words.queries(text)
        self._flush_words()
        names = {name for one in meant for name in one.names}
        known = self.env["hotline.search.word"]._known(sorted(names))
        meant = sorted(meant, key=lambda one: not all(known[name] for name in one.names))
        held = [one for one in meant if self._may_be_held(one, known)]
        yield from ((one, known) for one in held)
        loose = [one.unmarked().begun() for one in held]
        yield from ((two, known) for one, two in zip(held, loose, strict=True) if one != two)
        for one in meant:
            for mended in self._mended(one, known):
                yield from ((mended, known), (mended.unmarked(), known))
        houses = [one.without_flat() for one in held]  # no such flat: its house all the same
        yield from ((two, known) for one, two in zip(held, houses, strict=True) if one != two)

    @api.model
    def _flush_words(self):
        """Write the words of what this transaction has changed: the known words follow them."""
        for model in {name for name, _domain in self._kinds().values()}:
            if "search_words" in self.env[model]._fields:
                self.env[model].flush_model(["search_words"])

    @api.model
    def _may_be_held(self, asked, known):
        """Whether some line may hold the words: what is no beginning of a known word is in none."""
        return all(known[name] or not search_words.is_kept(name) for name in asked.names)

    @api.model
    def _mended(self, asked, known):
        """Yield the query with the nearest known words in place of what is not known.

        Where every word is known and they are not found together, all of them may be slips.
        """
        unknown = [name for name in asked.names if not known[name]]
        near = {}
        for name in unknown or asked.names:
            near[name] = self.env["hotline.search.word"]._near(name)
        near = {name: words for name, words in near.items() if words}
        if near and near.keys() >= set(unknown):
            for name, words in near.items():
                known[words[0]] = [*words, *(() if unknown else known[name])]
            yield asked.replaced({name: words[0] for name, words in near.items()})

    @api.model
    def _by_words(self, asked, known, kinds, limit):
        """Return rows of all kinds, the kind with the best row first."""
        condition = self._condition(asked, known)
        groups = []
        with search_sql.dear_words(self.env.cr):
            found = {kind: self._ranked(kind, condition, asked, known) for kind in kinds}
        for kind, ranked in found.items():
            if ranked := ranked[:limit]:
                model = self.env[self._kinds()[kind][0]]
                records = model.browse([record_id for _score, record_id in ranked])
                groups.append((ranked[0][0], self._rows(kind, records)))
        groups.sort(key=lambda group: group[0][:2], reverse=True)
        return [row for _score, rows in groups for row in rows]

    @api.model
    def _condition(self, asked, known):
        """Return the domain: every word, each initial."""
        groups = [self._alternatives(word, known) for word in asked.words]
        search_text = search_words.search_text(groups)

        def to_sql(_model, alias, _query):
            conditions = [search_sql.condition(alias, search_text)]
            conditions += [search_sql.begins_with(alias, letter) for letter in asked.initials]
            return SQL(" AND ").join(conditions)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _alternatives(self, word, known):
        """Return [(key, may be longer)] of one word: its known endings are quicker to look up."""
        if word.is_number:
            return [(word.key, word.may_be_unfinished)]
        endings = known.get(word.text) or ()
        if not endings or len(endings) >= MOST_ENDINGS:
            return [(word.text, True)]
        return [(one, False) for one in dict.fromkeys((word.text, *endings))]

    @api.model
    def _searched_column(self, kind):
        """Return the column whose words find a `kind` for this caller; "" for none.

        To whoever sees the settlement only, a street and a house would tell who lives there.
        """
        closed = {"citizen": "name"} if self.env["hotline.hidden"]._hides("address") else {}
        return closed.get(kind, "search_words")

    @api.model
    def _named(self, asked, known):
        """Return the domain: every word and initial is one of the name, not of the address."""
        groups = [[key for key, _longer in self._alternatives(one, known)] for one in asked.words]
        groups += [[letter] for letter in asked.initials]
        return Domain.custom(to_sql=lambda _model, alias, _query: search_sql.named(alias, groups))

    @api.model
    def _ranked(self, kind, condition, asked, known):
        """Return [(score, id)] of one kind, best first, by the caller's record rules."""
        name, domain = self._kinds()[kind]
        model, column = self.env[name], self._searched_column(kind)
        if not column or "search_words" not in model._fields or not model.has_access("read"):
            return []
        model.flush_model(["search_words", column])
        if column == "name":
            condition &= self._named(asked, known)
        looked_at, read_at_most = self._depth(kind, asked)
        query = model._search(Domain(domain) & condition, limit=looked_at)
        # the line is nobody's to read: it only tells which of the readable records fits best
        columns = [SQL.identifier(query.table, one) for one in ("id", column)]
        shortest = SQL(
            "SELECT id, line FROM (%s) AS found (id, line) ORDER BY length(line), id LIMIT %s",
            query.select(*columns),
            read_at_most,
        )
        rows = self.env.execute_query(shortest)
        held = search_words.words if column == "name" else str.split
        scored = [(search_words.score(asked, held(line)), one) for one, line in rows]
        return sorted(scored, key=lambda row: (row[0], -row[1]), reverse=True)

    @api.model
    def _depth(self, kind, asked):
        """Return how many lines that fit are looked at, and how many of them are weighed."""
        if kind in OF_PEOPLE and not any(word.is_number for word in asked.words):
            return NAMED_LOOKED_AT, NAMED_READ
        return LOOKED_AT, READ_AT_MOST

    # What is shown of what was found

    @api.model
    def _rows(self, kind, records):
        """Return the rows of `records`, in their order: titles only, no card is opened by them."""
        shown = getattr(self, f"_{kind}_rows")(records) if records else []
        return [
            {"kind": kind, "id": one.id, **row} for one, row in zip(records, shown, strict=True)
        ]

    @api.model
    def _citizen_rows(self, citizens):
        in_part = self.env["hotline.hidden"]._hides("address")
        citizens.fetch(["name", "city"] if in_part else ["name", "street", "city"])
        counts = self.env["hotline.workplace"]._case_counts(citizens)
        return [
            {
                "title": one.name or "",
                "subtitle": one.address_part
                if in_part
                else ", ".join(filter(None, (one.city, one.street))),
                "open": counts.get(one, (0, 0))[0],
            }
            for one in citizens
        ]

    @api.model
    def _agency_rows(self, agencies):
        agencies.fetch(["name", "hotline_competence", "hotline_other_names"])
        return [
            {
                "title": one.name or "",
                "subtitle": one.hotline_competence or one.hotline_other_names or "",
            }
            for one in agencies
        ]

    @api.model
    def _case_rows(self, cases):
        cases.fetch(["number", "state", "name", "partner_id"])
        states = dict(cases._fields["state"]._description_selection(self.env))
        return [
            {
                "title": one.number,
                "subtitle": ", ".join(filter(None, (one.partner_id.name, states[one.state]))),
                "citizen_id": one.partner_id.id,
            }
            for one in cases
        ]
