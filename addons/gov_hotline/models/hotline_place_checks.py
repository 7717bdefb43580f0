from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..domain import addresses, places

PLACED = ("kind_id", "name", "parent_id", "territory_id")


class HotlinePlaceChecked(models.AbstractModel):
    """What people write of a place: bounded, of the right form, no part of itself.

    Asked before the row is written: the database would answer first, in its own words.
    """

    _name = "hotline.place.checked"
    _description = "Checks of a place"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_place_vals(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_place_vals(vals)
        above = self.browse(vals.get("parent_id") or []).exists().parent_path
        if set(addresses.above(above)) & set(self.ids):
            raise ValidationError(
                self.env._("A place cannot be put into itself or into a part of it.")
            )
        return super().write(vals)

    @api.model
    def _check_place_vals(self, vals):
        if len(vals.get("name") or "") > places.LONGEST:
            raise ValidationError(
                self.env._("The name is longer than %(most)s characters.", most=places.LONGEST)
            )
        if vals.get("gar_id") and not places.is_gar_id(vals["gar_id"]):
            raise ValidationError(
                self.env._("The GAR identifier is not such: copy it from the state register.")
            )
        if vals.get("postal_code") and not places.is_postal_code(vals["postal_code"]):
            raise ValidationError(self.env._("The postal code has six digits."))


class HotlineTerritory(models.Model):
    """What is written of a territory is checked."""

    _name = "hotline.territory"
    _inherit = ["hotline.territory", "hotline.place.checked"]


class HotlineObject(models.Model):
    """A name typed by hand is kept in one form; the same place is not made twice."""

    _name = "hotline.object"
    _inherit = ["hotline.object", "hotline.place.checked"]

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._tidied(vals, vals.get("kind_id")) for vals in vals_list]
        made = [vals for vals in vals_list if vals.get("active", True)]
        self._check_named([(0, *(vals.get(name) or 0 for name in PLACED)) for vals in made])
        return super().create(vals_list)

    def write(self, vals):
        kinds = self.kind_id.ids if "name" in vals else []
        if len(kinds) == 1 or vals.get("kind_id"):
            vals = self._tidied(vals, vals.get("kind_id") or kinds[0])
        if vals.keys() & set(PLACED) or vals.get("active"):
            self._check_named([one._placed(vals) for one in self if vals.get("active", one.active)])
        return super().write(vals)

    @api.model
    def _tidied(self, vals, kind_id):
        if "name" not in vals:
            return vals
        kind = self.env["hotline.object.kind"].browse(kind_id or [])
        return {**vals, "name": places.own_name(kind.code, vals["name"]) or False}

    def _placed(self, vals):
        """Return (id, kind, name, parent, territory) as they will be."""
        now = {name: self[name].id for name in PLACED if name != "name"} | {"name": self.name}
        return (self.id, *((vals[name] if name in vals else now[name]) or 0 for name in PLACED))

    @api.model
    def _check_named(self, placed):
        """Refuse a place without the name its kind must have, and one that stands already."""
        kinds = self.env["hotline.object.kind"].browse(
            {kind for _id, kind, *_rest in placed if kind}
        )
        codes = {kind.id: kind.code for kind in kinds}
        for _id, kind, name, *_rest in placed:
            if codes.get(kind) in places.NAMED and not name:
                raise ValidationError(
                    self.env._(
                        "«%(kind)s»: write the name or the number.",
                        kind=self.env["hotline.object.kind"].browse(kind).name,
                    )
                )
        standing = self._standing(placed, codes)
        for own, kind, name, parent, territory in placed:
            place = (kind, parent, 0 if parent else territory, places.key(codes.get(kind), name))
            other = standing.setdefault(place, own)
            if other != own or (not own and place in standing["new"]):
                self._refuse_second(other, name)
            standing["new"].add(place)

    @api.model
    def _refuse_second(self, other, name):
        # sudo: the address alone, to one who was about to make the same place
        address = self.sudo().browse(other).address if other else name
        raise ValidationError(
            self.env._("There is such an object already: «%(address)s».", address=address)
        )

    @api.model
    def _standing(self, placed, codes):
        """Return {(kind, parent, territory of one without a parent, folded name): id}."""
        self.flush_model([*PLACED, "active"])
        rows = self.env.execute_query(
            SQL(
                """SELECT id, kind_id, COALESCE(parent_id, 0), COALESCE(territory_id, 0), name
                     FROM hotline_object
                    WHERE active AND kind_id = ANY(%(kinds)s::int[])
                      AND id <> ALL(%(own)s::int[])
                      AND (parent_id = ANY(%(parents)s::int[])
                           OR parent_id IS NULL
                              AND COALESCE(territory_id, 0) = ANY(%(territories)s::int[]))""",
                kinds=list(codes),
                own=[one[0] for one in placed],
                parents=[one[3] for one in placed if one[3]],
                territories=[one[4] for one in placed if not one[3]],
            )
        )
        found = {"new": set()}
        for id_, kind, parent, territory, name in rows:
            key = places.key(codes[kind], name)
            found.setdefault((kind, parent, 0 if parent else territory, key), id_)
        return found
