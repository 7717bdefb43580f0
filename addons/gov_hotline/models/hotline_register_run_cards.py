from odoo import models
from odoo.tools import SQL

from ..domain import persons, registers, search_words

_COLUMNS = (
    *("id", "name", "complete_name", "surname", "given_name", "patronymic", "phone"),
    *("phone_sanitized", "city", "street", "zip", "hotline_kind", "type", "active", "is_company"),
    *("partner_share", "commercial_partner_id", "lang", "color", "search_words"),
)
_IS_MADE = SQL(
    "EXISTS (SELECT FROM hotline_register_line l WHERE l.partner_id = p.id AND l.is_card_made)"
)


class HotlineRegisterRun(models.Model):
    """The cards of holders: the same person of two companies has one card (D2)."""

    _inherit = "hotline.register.run"

    def _put_cards(self, todo, places, where):
        """Return {id of row: (id of the holder's card or 0, whether this source made it)}."""
        cards = {one.row_id: (0, False) for one in todo}
        if not self.source_id.has_cards:
            return cards
        named = [one for one in todo if one.account.holder]
        stay = [one for one in named if self._is_same_holder(one)]
        self._rename_cards(stay)
        self._return_cards([one.known.card_id for one in stay])
        cards.update({one.row_id: (one.known.card_id, one.known.is_card_made) for one in stay})
        others = [one for one in named if one.row_id not in {same.row_id for same in stay}]
        neighbours, callers = self._neighbours(others, places), self._callers(others)
        new = {}
        for one in others:
            person = (places[one.row_id], persons.search_key(one.account.holder))
            found = neighbours.get(person) or self._caller(one, callers)
            if found:
                cards[one.row_id] = found
            else:
                new.setdefault(person, []).append(one)
        cards.update(self._make_cards(list(new.values()), places, where))
        self._put_phones(named, cards)
        return cards

    def _is_same_holder(self, one):
        known = one.known
        if not (known and known.card_id):
            return False
        return not registers.is_other_person(known.holder_name, one.account.holder)

    def _rename_cards(self, stay):
        """A name that the company has mended; a card that was mended by hand is left alone."""
        renamed = [one for one in stay if one.account.holder != one.known.holder_name]
        # sudo: the register keeps the cards it has made
        for one in renamed:
            card = self.env["res.partner"].sudo().browse(one.known.card_id)
            if one.known.is_card_made and card.name == one.known.holder_name:
                name = persons.split_name(one.account.holder)
                card.write(
                    {
                        "surname": name.surname,
                        "given_name": name.given,
                        "patronymic": name.patronymic,
                    }
                )

    def _return_cards(self, cards):
        """Whoever is in the file again is out of the archive."""
        self.env.execute_query(
            SQL(
                "UPDATE res_partner SET active = TRUE WHERE id = ANY(%s::int[]) AND NOT active"
                " RETURNING 1",
                cards,
            )
        )

    def _neighbours(self, others, places):
        """Return {(object, key of the name): (card, made by a register)} of holders there."""
        query = SQL(
            """SELECT a.object_id, p.name, p.id, %s FROM hotline_account a
                 JOIN res_partner p ON p.id = a.holder_id AND p.active
                WHERE a.object_id = ANY(%s::int[])""",
            _IS_MADE,
            list({places[one.row_id] for one in others}),
        )
        return {
            (place, persons.search_key(name)): (card, is_made)
            for place, name, card, is_made in self.env.execute_query(query)
        }

    def _callers(self, others):
        """Return {number: [((card, made by a register), name)]} of the personal numbers known."""
        query = SQL(
            """SELECT h.number, p.id, %s, p.name FROM hotline_phone h
                 JOIN res_partner p ON p.id = h.partner_id AND p.active
                WHERE h.kind = 'personal' AND p.hotline_kind = 'citizen'
                  AND h.number = ANY(%s::varchar[])""",
            _IS_MADE,
            list({one.account.phone for one in others if one.account.phone}),
        )
        found = {}
        for number, card, is_made, name in self.env.execute_query(query):
            found.setdefault(number, []).append(((card, is_made), name))
        return found

    def _caller(self, one, callers):
        name = persons.search_key(one.account.holder)
        known = callers.get(one.account.phone, ())
        return next((card for card, own in known if persons.search_key(own) == name), None)

    def _make_cards(self, people, places, where):
        """Make a card for each list of rows of one person; return {id of row: (card, True)}."""
        ids = self._new_ids("res_partner", len(people))
        lang = self.env["res.partner"].default_get(["lang"]).get("lang")
        made = [
            self._card_row(card, rows, where[places[rows[0].row_id]], lang)
            for card, rows in zip(ids, people, strict=True)
        ]
        self._copy("res.partner", _COLUMNS, made)
        return {
            one.row_id: (card, True) for card, rows in zip(ids, people, strict=True) for one in rows
        }

    def _card_row(self, card, rows, where, lang):
        account = rows[0].account
        name = persons.split_name(account.holder)
        phone = next((one.account.phone for one in rows if one.account.phone), None)
        line = search_words.citizen_line(account.holder, where.town, where.street)
        return (
            *(card, account.holder, account.holder),
            *(name.surname or None, name.given or None, name.patronymic or None, phone, phone),
            *(where.town, where.street, account.postal_code or None),
            *("citizen", "contact", True, False, True, card, lang, 0, line),
        )

    def _put_phones(self, named, cards):
        """The numbers by which a caller is known; one that is there stays as it is."""
        pairs = sorted(
            {
                (one.account.phone, cards[one.row_id][0])
                for one in named
                if one.account.phone and cards[one.row_id][0]
            }
        )
        self.env.execute_query(
            SQL(
                """INSERT INTO hotline_phone
                          (number, partner_id, kind, create_uid, create_date, write_uid, write_date)
                   SELECT d.number, d.card, 'personal', %s, now() AT TIME ZONE 'UTC',
                          %s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%s::varchar[], %s::int[]) AS d (number, card)
                       ON CONFLICT DO NOTHING RETURNING 1""",
                self.env.uid,
                self.env.uid,
                [number for number, _card in pairs],
                [card for _number, card in pairs],
            )
        )
