from odoo.tests import tagged

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestFinderObjects(ObjectsCommon):
    """D2, D3, E2: accounts and objects in the same box."""

    def _find(self, text, user=None, **options):
        finder = self.env["hotline.finder"].with_user(user or self.operator)
        return [(row["kind"], row["id"]) for row in finder.find(text, **options)]

    def test_an_account_by_holder_and_address(self):
        """D2: «лен 15 кв 3 иван» is one account, whatever the order, the layout, the slip."""
        found = ("account", self.account.id)
        for typed in ("лен 15 кв 3 иван", "иван 15 3 лен", "kty 15 rd 3 bdfy", "лен 15 кв 3 ивнов"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed, kinds=["account"]), [found])

    def test_an_account_by_its_number(self):
        """D2: the very number first; its beginning, or its digits without the dash, find it too."""
        for typed in ("4410-0093", "44100093", "4410 0093", "4410-00", "4410-009", "0093"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed)[0], ("account", self.account.id))

    def test_a_house_before_its_flats(self):
        """D3: the shorter address is the nearer one."""
        found = self._find("лен 15", kinds=["object"])
        self.assertEqual(found[:2], [("object", self.house.id), ("object", self.flat.id)])
        self.assertNotIn(("object", self.other_house.id), found)

    def test_what_moves_is_found_at_its_new_place(self):
        """A street renamed, an account given to another flat."""
        self.street.name = "Знаменская"
        self.assertEqual(self._find("знамен 15 кв 3", kinds=["object"]), [("object", self.flat.id)])
        self.assertEqual(
            self._find("знамен 15 4410", kinds=["account"]), [("account", self.account.id)]
        )
        self.account.object_id = self.other_flat
        self.assertEqual(self._find("знамен 15 4410", kinds=["account"]), [])

    def test_rows_say_what_the_screen_needs(self):
        """D2: the account names its citizen and its object, so that both are filled."""
        [row] = self.env["hotline.finder"].with_user(self.operator).find("4410-0093", ["account"])
        self.assertEqual(
            (row["citizen_id"], row["object_id"], row["is_closed"]),
            (self.citizen.id, self.flat.id, False),
        )
        self.assertIn("Ленина", row["subtitle"])

    def test_other_roles(self):
        """The supervisor finds them as well, a press officer is refused by the finder itself."""
        self.assertTrue(self._find("4410-0093", self.supervisor))
