from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestObjectNames(ObjectsCommon):
    """D3: what people type of a place; the register of companies has its own road."""

    def _by_operator(self, kind, name, **vals):
        kind = self.env.ref(f"gov_hotline.object_kind_{kind}")
        Objects = self.env["hotline.object"].with_user(self.operator)
        return Objects.create({"kind_id": kind.id, "name": name, **vals})

    def test_one_form(self):
        """D3: «дом 16-А» is house 16а, by hand or mended."""
        made = self._by_operator("house", " дом 16-А ", parent_id=self.street.id)
        self.assertEqual(made.address, "Озёрск, ул. Ленина, д. 16а")
        made.with_user(self.supervisor).name = "д. 018"
        self.assertEqual(made.address, "Озёрск, ул. Ленина, д. 18")

    def test_the_same_place_is_named(self):
        """D3: a second one is refused however it is spelled, and the first one is named."""
        for kind, name, where in (
            ("house", "15", {"parent_id": self.street.id}),
            ("house", "д. 15", {"parent_id": self.street.id}),
            ("flat", "03", {"parent_id": self.house.id}),
            ("street", "ул. ЛЕНИНА", {"territory_id": self.town.id}),
        ):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "Озёрск, ул. Ленина"):
                self._by_operator(kind, name, **where)
        self._by_operator("flat", "3", parent_id=self.other_house.id)
        with self.assertRaisesRegex(ValidationError, "д. 15"):
            self.other_house.with_user(self.supervisor).name = "дом 15"
        with self.assertRaises(ValidationError):
            vals = {"kind_id": self.flat.kind_id.id, "parent_id": self.house.id}
            self.env["hotline.object"].create([{**vals, "name": "8"}, {**vals, "name": "08"}])

    def test_of_those_put_away(self):
        """D3: what is archived hinders nobody and comes back only where its place is free."""
        self.flat.active = False
        again = self._by_operator("flat", "3", parent_id=self.house.id)
        with self.assertRaises(ValidationError):
            self.flat.active = True
        again.with_user(self.supervisor).active = False
        self.flat.active = True

    def test_a_number_is_asked_for(self):
        """D3: a flat or a house without a number is refused; a yard needs none."""
        for kind, above in (("flat", self.house), ("house", self.street)):
            for name in (False, "  "):
                with self.assertRaises(ValidationError):
                    self._by_operator(kind, name, parent_id=above.id)
        self.assertTrue(self._by_operator("yard", False, parent_id=self.house.id))

    def test_what_cannot_be(self):
        """D3: identifiers, the postal code, lengths, a place in itself: refused in words."""
        house, town = self.house.with_user(self.supervisor), self.town.with_user(self.supervisor)
        for record, vals, said in (
            (house, {"gar_id": "абв<script>"}, "GAR"),
            (town, {"gar_id": "абв"}, "GAR"),
            (house, {"postal_code": "6" * 10000}, "six"),
            (house, {"name": "9" * 100000}, "longer"),
            (town, {"name": "я" * 100000}, "longer"),
            (self.street.with_user(self.supervisor), {"parent_id": self.flat.id}, "itself"),
            (town, {"parent_id": self.town.id}, "itself"),
        ):
            with self.subTest(said=said), self.assertRaisesRegex(UserError, said):
                record.with_context(lang="en_US").write(vals)
        house.write({"gar_id": "4a1d3c5e-0f1b-4f6f-9a3a-1b2c3d4e5f60", "postal_code": "656043"})
        self.assertEqual(house.postal_code, "656043")

    def test_one_question_for_many(self):
        """D3: ninety flats are compared with those that stand by one query."""
        vals = {"kind_id": self.flat.kind_id.id, "parent_id": self.house.id}
        placed = [(0, vals["kind_id"], str(n), self.house.id, 0) for n in range(100, 190)]
        self.env.flush_all()
        self.flat.kind_id.fetch(["code"])
        with self.assertQueryCount(1):
            self.env["hotline.object"]._check_named(placed)
