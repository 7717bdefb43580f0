from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import hotline_finder_lists
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

    # The lists

    def _listed(self, model, text, user=None):
        return (
            self.env[model].with_user(user or self.operator).search([("found_by", "ilike", text)])
        )

    def test_the_list_of_accounts_knows_the_same_words(self):
        """D2: «лен 15 кв 3» in the search of the list: any order, a slip, the other layout."""
        for typed in (
            *("лен 15 кв 3", "кв 3 лен 15", "иван 15 3 лен", "kty 15 rd 3", "лен 15 кв 3 ивнов"),
            *("4410-0093", "44100093", "0093"),
        ):
            with self.subTest(typed):
                self.assertEqual(self._listed("hotline.account", typed), self.account)
        for typed in ("л", "лен 15 кв 4 петрова", "9999-1234"):
            with self.subTest(typed):
                self.assertFalse(self._listed("hotline.account", typed))

    def test_the_list_of_objects_too(self):
        """D3: all that fits, not only the best; archived ones where the list shows them."""
        found = self._listed("hotline.object", "15 лен")
        self.assertIn(self.house, found)
        self.assertIn(self.flat, found)
        self.assertNotIn(self.other_house, found)
        self.flat.active = False
        objects = self.env["hotline.object"].with_user(self.operator)
        by_words = ("found_by", "ilike", "ленина 15 кв 3")
        self.assertFalse(objects.search([by_words]))
        self.assertEqual(objects.search([by_words, ("active", "=", False)]), self.flat)

    def test_what_a_role_does_not_see_finds_nothing(self):
        """To whom the holder is closed no word finds an account: its number alone does."""
        for user in (self.supervisor, self.auditor):
            with self.subTest(user.login):
                self.assertFalse(self._listed("hotline.account", "иванова", user))
                self.assertFalse(self._listed("hotline.account", "лен 15 кв 3", user))
                self.assertEqual(self._listed("hotline.account", "4410-0093", user), self.account)
        self._account("4410-0094", self.flat, self.company_two)
        portal = self._company_user(self.company_one, "company-portal")
        self.assertEqual(self._listed("hotline.account", "4410-00", portal), self.account)
        self.assertEqual(self._listed("hotline.account", "лен 15 кв 3", portal), self.account)
        with self.assertRaises(AccessError):
            self._listed("hotline.account", "4410-0093", self.press)

    def test_a_list_of_too_many_is_whole(self):
        """Where the ids are too many, the same condition finds them, by as many queries."""
        self._account("4410-0094", self.flat, self.company_one)
        few = self._listed("hotline.account", "лен 15 кв 3")
        with patch.object(hotline_finder_lists, "LOOKED_AT", 1):
            self.assertEqual(self._listed("hotline.account", "лен 15 кв 3"), few)
        self.assertEqual(len(few), 2)

    def test_queries_of_a_list_do_not_grow(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self._listed("hotline.account", "лен 15 кв 3")
            return self.env.cr.sql_log_count - before, len(found)

        queries()  # what is asked once a process
        asked, found = queries()
        for number in range(5):
            self._account(f"4410-01{number}0", self.flat, self.company_one)
        self.assertEqual(queries(), (asked, found + 5))
        self.assertLessEqual(asked, 12)
