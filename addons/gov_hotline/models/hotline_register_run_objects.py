from odoo import models
from odoo.tools import SQL

from ..domain import addresses


class HotlineRegisterRun(models.Model):
    """The objects of the rows' addresses: found, or made level by level from the street down."""

    _inherit = "hotline.register.run"

    def _put_objects(self, todo):
        """Return {id of row: id of its object}; what is missing on the way is made."""
        kinds = self._kinds()
        above = {one.row_id: (0, one.territory_id) for one in todo}
        for level in range(max(len(one.account.steps) for one in todo)):
            wanted = {}
            for one in todo:
                if level < len(one.account.steps):
                    code, name = one.account.steps[level]
                    place = (*above[one.row_id], kinds[code], addresses.fold(name))
                    wanted.setdefault(place, (name, one.account.postal_code))
            found = self._standing_objects(wanted)
            found.update(self._make_objects(wanted, found))
            for one in todo:
                if level < len(one.account.steps):
                    code, name = one.account.steps[level]
                    place = (*above[one.row_id], kinds[code], addresses.fold(name))
                    above[one.row_id] = (found[place], one.territory_id)
        return {row: found for row, (found, _territory) in above.items()}

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

    def _make_objects(self, wanted, found):
        missing = [place for place in wanted if place not in found]
        ids = self._new_ids("hotline_object", len(missing))
        made = dict(zip(missing, ids, strict=True))
        paths = self._paths({parent for parent, *_rest in missing if parent})
        rows = [
            (
                made[place],
                place[0] or None,
                f"{paths.get(place[0], '')}{made[place]}/",
                place[1],
                place[2],
                wanted[place][0],
                wanted[place][1] or None,
                True,
            )
            for place in missing
        ]
        self._copy("hotline.object", _COLUMNS, rows)
        return made

    def _paths(self, parents):
        query = SQL(
            "SELECT id, parent_path FROM hotline_object WHERE id = ANY(%s::int[])", list(parents)
        )
        return dict(self.env.execute_query(query))


_CODES = ("street", "house", "flat")
_COLUMNS = (
    *("id", "parent_id", "parent_path", "territory_id", "kind_id", "name"),
    *("postal_code", "active"),
)
