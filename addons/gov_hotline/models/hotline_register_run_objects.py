from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..domain import addresses, search_words


class Place(NamedTuple):
    """Where an object is: its settlement and its whole address."""

    town: str
    address: str

    @property
    def street(self):
        """The address within the settlement."""
        return self.address.removeprefix(f"{self.town}, ")


class HotlineRegisterRun(models.Model):
    """The objects of the rows' addresses: found, or made level by level from the street down."""

    _inherit = "hotline.register.run"

    def _put_objects(self, todo):
        """Return {id of row: id of its object}; what is missing on the way is made."""
        kinds = self._kinds()
        above = {one.row_id: (0, one.territory_id) for one in todo}
        for level in range(max(len(one.account.steps) for one in todo)):
            wanted, places = {}, {}
            for one in todo:
                if level < len(one.account.steps):
                    code, name = one.account.steps[level]
                    place = (*above[one.row_id], kinds[code], addresses.fold(name))
                    wanted.setdefault(place, (name, one.account.postal_code))
                    places[one.row_id] = place
            found = self._standing_objects(wanted)
            if level:
                found = {**self._objects_of_entrances(wanted, found), **found}
            found.update(self._make_objects(wanted, found))
            above.update({row: (found[place], place[1]) for row, place in places.items()})
        return {row: found for row, (found, _territory) in above.items()}

    def _addresses(self, places):
        """Return {object: Place} of those of `places`."""
        query = SQL(
            """SELECT o.id, t.name, COALESCE(o.address, '') FROM hotline_object o
                 JOIN hotline_territory t ON t.id = o.territory_id WHERE o.id = ANY(%s::int[])""",
            list(set(places.values())),
        )
        return {one: Place(town, line) for one, town, line in self.env.execute_query(query)}

    def _kinds(self):
        kinds = self.env["hotline.object.kind"].with_context(active_test=False)
        return {one.code: one.id for one in kinds.search([("code", "in", _CODES)])}

    def _standing_objects(self, wanted):
        """Return {(parent, territory, kind, folded name): id} of all that stand beside these."""
        parents = list({parent for parent, *_rest in wanted})
        territories = list({territory for _parent, territory, *_rest in wanted})
        query = SQL(
            """SELECT COALESCE(parent_id, 0), territory_id, kind_id, name, id
                 FROM hotline_object
                WHERE active AND territory_id = ANY(%s::int[]) AND (parent_id = ANY(%s::int[])
                      OR parent_id IS NULL AND 0 = ANY(%s::int[]))""",
            territories,
            parents,
            parents,
        )
        return {
            (parent, territory, kind, addresses.fold(name)): found
            for parent, territory, kind, name, found in self.env.execute_query(query)
        }

    def _objects_of_entrances(self, wanted, found):
        """Return the same of flats that stand in an entrance of the house.

        Companies write the house and the flat, the body may have drawn the entrances.
        """
        parents = list({place[0] for place in wanted if place not in found})
        query = SQL(
            """SELECT part.parent_id, o.territory_id, o.kind_id, o.name, o.id
                 FROM hotline_object part JOIN hotline_object o ON o.parent_id = part.id
                WHERE part.parent_id = ANY(%s::int[]) AND part.active AND o.active
                  AND part.kind_id IN (SELECT id FROM hotline_object_kind WHERE code = 'entrance')
             ORDER BY o.id DESC""",
            parents,
        )
        return {
            (whole, territory, kind, addresses.fold(name)): one
            for whole, territory, kind, name, one in self.env.execute_query(query)
        }

    def _make_objects(self, wanted, found):
        missing = [place for place in wanted if place not in found]
        ids = self._new_ids("hotline_object", len(missing))
        made = dict(zip(missing, ids, strict=True))
        if not missing:
            return made
        wholes = self._wholes(missing)
        kinds = self.env["hotline.object.kind"].browse({place[2] for place in missing})
        prefixes = {kind.id: kind.prefix for kind in kinds}
        rows = [
            self._object_row(made[place], place, wholes[place[:2]], prefixes, *wanted[place])
            for place in missing
        ]
        # a kind without a passport has no first values for one
        passport = () if any(kinds.mapped("properties_definition")) else ("properties",)
        self._copy("hotline.object", _COLUMNS, rows, filled=passport)
        return made

    def _object_row(self, own, place, whole, prefixes, name, postal_code):
        """`whole`: (path, address) of what the object is a part of."""
        parent, territory, kind, _folded = place
        path, above = whole
        address = addresses.of_part(above, prefixes[kind], name)
        return (
            *(own, parent or None, f"{path}{own}/", territory, kind, name, postal_code or None),
            *(True, address, addresses.sort_key(address), search_words.line((address,))),
        )

    def _wholes(self, missing):
        """Return {(parent, territory): (path, address)} of what the missing ones are parts of."""
        pairs = {(parent, territory) for parent, territory, *_rest in missing}
        query = SQL(
            "SELECT id, COALESCE(parent_path, ''), address FROM hotline_object"
            " WHERE id = ANY(%s::int[])",
            [parent for parent, _territory in pairs if parent],
        )
        parents = {one: rest for one, *rest in self.env.execute_query(query)}
        territories = self.env["hotline.territory"].browse({one for _parent, one in pairs})
        towns = {one.id: ("", one.name) for one in territories}
        return {(parent, one): parents[parent] if parent else towns[one] for parent, one in pairs}


_CODES = ("street", "house", "flat")
_COLUMNS = (
    *("id", "parent_id", "parent_path", "territory_id", "kind_id", "name"),
    *("postal_code", "active", "address", "sort_key", "search_words"),
)
