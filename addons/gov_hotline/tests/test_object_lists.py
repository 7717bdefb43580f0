from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .objects_common import ObjectsCommon
from .test_card import CardCommon

READERS = ("operator", "officer", "administrator", "approver", "supervisor", "auditor")
VIEWS = {
    "helpdesk.ticket": (
        ("helpdesk_ticket_view_list", "list"),
        ("helpdesk_ticket_view_list_desk", "list"),
        ("helpdesk_ticket_view_search", "search"),
        ("helpdesk_ticket_view_search_desk", "search"),
    ),
    "hotline.call": (("hotline_call_view_list", "list"), ("hotline_call_view_search", "search")),
}


@tagged("post_install", "-at_install")
class TestObjectLists(ObjectsCommon):
    """D3: where a case or a call happened, in the lists, filters and groups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls.env["hotline.territory"].create({"name": "Область", "kind": "region"})
        cls.town.parent_id = cls.region
        cls.other_town = cls.env["hotline.territory"].create(
            {"name": "Снежинск", "parent_id": cls.region.id}
        )
        cls.far = cls._object("street", "Мира", territory_id=cls.other_town.id)

    def test_number_of_parts(self):
        """D3: the card's button says how many parts there are, of every level."""
        for role in READERS:
            street, flat = (one.with_user(getattr(self, role)) for one in (self.street, self.flat))
            parts = self.env["hotline.object"].search_count([("id", "child_of", street.id)]) - 1
            self.assertGreaterEqual(parts, 4)
            self.assertEqual((street.part_count, flat.part_count), (parts, 0))

    def test_columns_and_filters(self):
        """D3: object and territory stand in the lists and searches of who reads objects."""
        for model, views in VIEWS.items():
            for xml_id, kind in views:
                view = self.env.ref(f"gov_hotline.{xml_id}").id
                for role in READERS:
                    self.env.invalidate_all()
                    records = self.env[model].with_user(getattr(self, role))
                    arch = records.get_view(view, kind)["arch"]
                    with self.subTest(view=xml_id, role=role):
                        for name in ("object_id", "territory_id"):
                            self.assertIn(f'<field name="{name}"', arch)
                        if kind == "search":
                            self.assertIn('name="group_territory"', arch)

    def test_not_for_the_press(self):
        """B4: the press service's list tells no place."""
        records = self.env["helpdesk.ticket"].with_user(self.press)
        for xml_id, kind in VIEWS["helpdesk.ticket"]:
            arch = records.get_view(self.env.ref(f"gov_hotline.{xml_id}").id, kind)["arch"]
            self.assertNotIn("territory_id", arch)

    def test_grouped_by_territory(self):
        """D3: cases and calls by settlement; a region finds those of its settlements."""
        tickets = self._registered(object_id=self.flat.id) | self._draft(object_id=self.far.id)
        calls = self.env["hotline.call"].create(
            [{"object_id": one.id} for one in (self.house, self.flat, self.far)]
        )
        for records, expected in (
            (tickets, {self.town.id: 1, self.other_town.id: 1}),
            (calls, {self.town.id: 2, self.other_town.id: 1}),
        ):
            own = [("id", "in", records.ids)]
            model = records.with_user(self.officer)
            groups = model.formatted_read_group(own, ["territory_id"], ["__count"])
            self.assertEqual({one["territory_id"][0]: one["__count"] for one in groups}, expected)
            of_region = [*own, ("territory_id", "child_of", self.region.id)]
            self.assertEqual(model.search_count(of_region), len(records))

    def test_moves_with_the_street(self):
        """D3: a street moved to another settlement takes its cases along."""
        ticket = self._registered(object_id=self.flat.id)
        self.street.territory_id = self.other_town
        self.env.flush_all()
        self.assertEqual(ticket.territory_id, self.other_town)


@tagged("post_install", "-at_install")
class TestObjectOnCard(CardCommon, ObjectsCommon):
    def test_printed(self):
        """B5, D3: the registration card names the object."""
        ticket = self._registered(object_id=self.flat.id)
        text = self._text(self._pdf(ticket))
        self.assertIn("Объект", text)
        self.assertIn("Озёрск, ул. Ленина, д. 15, кв. 3", text)
        for role in READERS:
            rows = ticket.with_user(getattr(self, role))._card_rows()
            self.assertIn(self.flat.address, [value for _label, value in rows], role)


@tagged("post_install", "-at_install")
class TestCoded(ObjectsCommon):
    def test_one_code_once(self):
        """D3: kinds, works and services of the body's own get a code; none is there twice."""
        for model in ("hotline.object.kind", "hotline.work.kind", "hotline.service"):
            with self.subTest(model):
                one, two = self.env[model].create([{"name": "Свой"}, {"name": "Другой"}])
                self.assertTrue(one.code.startswith("own_"))
                self.assertNotEqual(one.code, two.code)
                self.assertNotEqual(one.copy().code, one.code)
                quiet = mute_logger("odoo.sql_db")
                with quiet, self.assertRaises(UniqueViolation), self.cr.savepoint():
                    two.write({"code": one.code})
                    two.flush_recordset()
