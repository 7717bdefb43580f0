"""Who lives where: neither the finder nor the accounts tell it to roles that see the settlement."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestHiddenPlaces(ObjectsCommon):
    """B4: a citizen is found by name alone, an account by its number, an object by its address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {
                "hotline_kind": "citizen", "surname": "Щукозёрова", "given_name": "Мария",
                "patronymic": "Петровна", "city": "Озёрск",
                "street": "ул. Лензнаменская, 15, кв. 3",
            }
        )  # fmt: skip
        cls.account.write({"holder_id": cls.person.id, "holder_name": cls.person.name})
        cls.hidden = (cls.supervisor, cls.auditor)
        cls.env.flush_all()

    def _rows(self, text, user, **options):
        return self.env["hotline.finder"].with_user(user).find(text, **options)

    def _find(self, text, user, **options):
        return [(row["kind"], row["id"]) for row in self._rows(text, user, **options)]

    def test_nobody_is_found_by_the_address(self):
        """B4: not by street, house, settlement, nor by a name joined with them."""
        person = ("citizen", self.person.id)
        for typed in ("лензнам 15 кв 3", "озерск", "щукоз лензнам", "щукозерова 15", "щукоз о",
                      "ktypyfv"):  # fmt: skip
            with self.subTest(typed):
                self.assertIn(person, self._find(typed, self.operator))
                for user in self.hidden:
                    self.assertNotIn(person, self._find(typed, user))

    def test_the_name_finds(self):
        """B4: in any order, unfinished, with initials, a slip or the other layout."""
        for user in self.hidden:
            for typed in ("мария щукоз", "ЩУКОЗЁРОВА М П", "щуказерова", "oerjp vfhbz"):
                with self.subTest(user=user.login, typed=typed):
                    [row] = self._rows(typed, user, kinds=["citizen"])
                    self.assertEqual(row["id"], self.person.id)
                    self.assertEqual(row["subtitle"], "Озёрск, •••")

    def test_an_account_by_number_without_its_holder(self):
        """B4: number and place; not whose it is, and not by whose it is."""
        for user in self.hidden:
            for typed in ("щукозерова", "щукоз лен 15", "лен 15 кв 3"):
                self.assertEqual(self._find(typed, user, kinds=["account"]), [], typed)
            [row] = self._rows("4410-0093", user)
            self.assertEqual((row["id"], row["name"], row["citizen_id"]),
                             (self.account.id, "", False))  # fmt: skip
            self.assertIn(("object", self.flat.id), self._find("лен 15 кв 3", user))

    def _roads(self, account, name):
        meter = self.meter.with_user(account.env.user)
        value = "Щукоз"
        return (
            lambda: account.read([name]),
            lambda: account.web_read({name: {}}),
            lambda: account.search([(name, "ilike", value)]),
            lambda: account.search([], order=name),
            lambda: account.formatted_read_group([], [name], ["__count"]),
            lambda: account.export_data([name]),
            lambda: account.search([("holder_id.name", "ilike", value)]),
            lambda: meter.search([(f"account_id.{name}", "ilike", value)]),
            lambda: meter.export_data([f"account_id/{name}"]),
        )

    def test_no_road_to_the_holder(self):
        """B4: reading, searching, sorting, grouping, exporting, also from another model."""
        for user in self.hidden:
            user.group_ids += self.env.ref("base.group_allow_export")
            account = self.account.with_user(user)
            for name in ("holder_name", "holder_id"):
                for number, road in enumerate(self._roads(account, name)):
                    self.env.invalidate_all()
                    told = (user.login, name, number)
                    with self.subTest(told), self.assertRaises(AccessError):
                        road()
                self.assertNotIn(name, account.fields_get())
            self.assertFalse(account.name_search("Щукоз"))
            self.assertEqual(account.name_search("4410-00")[0][0], account.id)

    def test_the_screens_open(self):
        """B4: lists, cards and searches of these roles; the dialog of readings names nobody."""
        for user in self.hidden:
            account = self.account.with_user(user)
            views = [("hotline.account", kind) for kind in ("list", "form", "search")]
            for model, kind in (*views, ("hotline.object", "form")):
                view = self.env[model].with_user(user).get_view(view_type=kind)
                self.assertNotIn("holder_", view["arch"], (user.login, model, kind))
            account.read(["number", "address", "meter_ids"])
        form = self.account.with_user(self.supervisor).get_readings_form()
        self.assertEqual(form["holder"], "")
        self.account.with_user(self.supervisor).write({"opened_on": "2026-01-01"})

    def test_who_needs_it(self):
        """D2: operator, officer, approver read the holder; the operator's screen finds all."""
        for user in (self.operator, self.officer, self.approver, self.administrator):
            told = self.account.with_user(user).read(["holder_name"])[0]
            self.assertEqual(told["holder_name"], self.person.name)
        [row] = self._rows("лен 15 кв 3 щукоз", self.operator, kinds=["account"])
        self.assertEqual(row["citizen_id"], self.person.id)

    def test_shown_by_the_button(self):
        """B4: the button tells the holder and leaves a line on the holder's card."""
        told = self.account.with_user(self.auditor).action_show_hidden()["params"]["message"]
        self.assertIn(self.person.name, told)
        self.assertEqual(self._looks(self.person, self.auditor), ["revealed"])

    def _looks(self, record, user):
        domain = [("model", "=", record._name), ("res_ref", "=", record.id),
                  ("user_ref", "=", user.id)]  # fmt: skip
        return self.env["hotline.sight"].search(domain).mapped("kind")

    def test_opening_an_account_is_a_look(self):
        """B4: the card leaves a line of its holder, a list none; without a card, of the account."""
        account = self.account.with_user(self.operator)
        account.web_read({"number": {}, "holder_name": {}, "address": {}})
        self.assertEqual(self._looks(self.person, self.operator), [])
        for _twice in range(2):
            account.web_read({"number": {}, "holder_id": {}, "meter_ids": {}})
            self.assertEqual(self._looks(self.person, self.operator), ["opened"])
        self.assertEqual(self._looks(self.account, self.operator), [])
        self.account.holder_id = False
        account.web_read({"holder_id": {}})
        self.assertEqual(self._looks(self.account, self.operator), ["opened"])
        look = self.env["hotline.sight"].with_user(self.auditor).search([], limit=1)
        self.assertIn("4410-0093", look.record_name)


@tagged("post_install", "-at_install")
class TestNoSuchFlat(ObjectsCommon):
    def test_the_house_is_offered(self):
        """D3: «ленина 15 кв 77» is nobody's flat: the house, said in words."""
        for typed in ("ленина 15 кв 77", "ленина 15 77", "ktybyf 15 rd 77"):
            with self.subTest(typed):
                found = self.env["hotline.workplace"].with_user(self.operator).find(typed)
                places = [row["id"] for row in found["rows"] if row["kind"] == "object"]
                self.assertEqual(places[0], self.house.id)
                self.assertEqual(found["meant"], "ленина 15")
        there = self.env["hotline.workplace"].with_user(self.operator).find("ленина 15 кв 3")
        self.assertEqual(there["meant"], "")
