from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..domain import assignments as rules
from .assignment_common import AssignmentCommon
from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestCompanyPages(AssignmentCommon, ObjectsCommon, HttpCase):
    """D3, practice 7: two management companies at the portal, page by page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._names_company(cls.house, cls.company_one)
        cls._names_company(cls.other_house, cls.company_two)
        cls._account("5510-7777", cls.other_flat, cls.company_two)
        cls.one = cls._company_user(cls.company_one, "company_one_user")
        cls.two = cls._company_user(cls.company_two, "company_two_user")
        cls.case = cls._case(object_id=cls.flat.id, applicant_phone="+79135550101")
        cls.company_one.hotline_pd_mode = rules.NO_PERSONAL_DATA
        cls.sent = cls._resolve(cls.case, cls.company_one)

    def _page(self, user, url):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def _shown(self, page, url):
        """Whether the home page shows the entry before any counter has come."""
        (card,) = html.fromstring(page).xpath(f"//a[@href='{url}']/..") or (None,)
        return card is not None and "d-none" not in card.get("class")

    def test_home_has_its_own_entries(self):
        """FIND12.12: a company's home page has no citizen's appeals and no draft to confirm."""
        page = self._page(self.one, "/my").text
        self.assertFalse(self._shown(page, "/my/tickets"))
        self.assertFalse(self._shown(page, "/hotline/draft"))
        citizen = new_test_user(self.env, "a_citizen", groups="base.group_portal")
        page = self._page(citizen, "/my").text
        self.assertTrue(self._shown(page, "/my/tickets"))
        self.assertTrue(self._shown(page, "/hotline/draft"))

    def test_objects(self):
        """D3: a company's list has its own objects, an object its accounts and parts."""
        page = self._page(self.one, "/my/objects").text
        self.assertIn(self.flat.address, page)
        self.assertNotIn(self.other_flat.address, page)
        self.assertNotIn(self.other_flat.address, self._page(self.one, "/my/objects?search=2").text)
        card = self._page(self.one, f"/my/objects/{self.flat.id}").text
        self.assertIn("4410-0093", card)
        self.assertIn(self.case.number, card)

    def test_a_strangers_object(self):
        """D3: another company's object is as absent as one that never was."""
        for user, place in ((self.one, self.other_flat), (self.two, self.flat), (self.one, None)):
            url = f"/my/objects/{place.id if place else 10**8}"
            self.assertEqual(self._page(user, url).status_code, 404)

    def test_cases(self):
        """D3, practice 7: what was assigned to the company, without the people it hides."""
        page = self._page(self.one, "/my/company-cases").text
        self.assertIn(self.case.number, page)
        self.assertIn(self.flat.address, page)
        for hidden in ("Иванова", "9135550101", "913 555"):
            self.assertNotIn(hidden, page)
        self.assertNotIn(self.case.number, self._page(self.two, "/my/company-cases").text)

    def test_only_about_own_objects(self):
        """D3: what was assigned about another's object or not sent yet is not in the list."""
        about_other = self._case(object_id=self.other_flat.id)
        self._resolve(about_other, self.company_one)
        self.env["hotline.assignment"].with_user(self.officer).create(
            {"ticket_id": self._case(object_id=self.flat.id).id, "partner_id": self.company_one.id}
        )
        Assignments = self.env["hotline.assignment"].with_user(self.one)
        self.assertEqual(Assignments.sudo().search(Assignments._company_domain()), self.sent)

    def test_by_rpc(self):
        """D3: over RPC a company reads no case, no assignment and no other's object."""
        for model, record in (
            ("helpdesk.ticket", self.case),
            ("hotline.assignment", self.sent),
            ("hotline.object", self.other_flat),
            ("hotline.object.company", self.house.company_ids),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.one).browse(record.id).read(["display_name"])
        with self.assertRaises(AccessError):
            self.env["hotline.assignment"].with_user(self.one).browse(self.sent.id).read(
                ["case_applicant"]
            )

    def test_home(self):
        """D3: the entries stand for who has objects; a citizen's home has none."""
        counters = ["hotline_object_count", "hotline_company_case_count"]
        self.authenticate(self.one.login, self.one.login)
        told = self.make_jsonrpc_request("/my/counters", {"counters": counters})
        self.assertEqual([told[name] for name in counters], [2, 1])
