import importlib.util
from pathlib import Path

from odoo.tests import new_test_user, tagged

from .objects_common import ObjectsCommon

SHIPPED = {"house", "entrance", "parking", "playground", "network"}
MIGRATION = Path(__file__).parents[1] / "migrations" / "19.0.1.7.0" / "post-passports.py"


@tagged("post_install", "-at_install")
class TestObjectPassports(ObjectsCommon):
    """D3: kinds come with fields of their passports, the body's to change."""

    def _kind(self, code):
        return self.env.ref(f"gov_hotline.object_kind_{code}")

    def _labels(self, code):
        return [field["string"] for field in self._kind(code).properties_definition or ()]

    def _migrate(self):
        spec = importlib.util.spec_from_file_location("passports", MIGRATION)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.6.0")
        self.env.invalidate_all()

    def test_an_update_fills_what_is_empty(self):
        """D3: an update to 19.0.1.7.0: shipped fields come where there are none, others stay."""
        self.env["hotline.object.kind"].search([]).properties_definition = False
        own = [{"name": "own", "string": "Материал крыши", "type": "char"}]
        self._kind("parking").properties_definition = own
        self._migrate()
        self._migrate()  # once more changes nothing
        self.assertEqual(self._labels("parking"), ["Материал крыши"])
        for code in SHIPPED - {"parking"}:
            self.assertTrue(self._labels(code), code)
        self.assertLessEqual({"Год постройки", "Стены", "Есть лифт"}, set(self._labels("house")))
        self.assertIn("Сертификат действует до", self._labels("playground"))
        # registers bring hundreds of thousands of flats: no passport to fill for each
        self.assertFalse(self._labels("flat"))

    def test_a_supervisor_fills_the_passport(self):
        """D3: without any setting the card of a house has year, storeys, walls, lift to fill."""
        self._migrate()
        house = self._object("house", "77", parent_id=self.street.id)
        supervisor = new_test_user(self.env, "supervisor7", "gov_hotline.group_supervisor")
        house = house.with_user(supervisor)
        values = {"built": "1978", "floors": 9, "walls": "panel", "lift": True}
        house.properties = values
        house.invalidate_recordset()
        for name, value in {**values, "walls": "Панельные"}.items():
            self.assertEqual(house.properties[name], value)
