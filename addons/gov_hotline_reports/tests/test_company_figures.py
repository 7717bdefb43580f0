from freezegun import freeze_time
from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from .report_common import Lives, ReportCommon

TODAY = "2026-11-20 12:00:00"
CODES = ("received", "done", "in_time", "in_work", "overdue")
PAGE_MOST = 60


@tagged("post_install", "-at_install")
class TestCompanyFigures(Lives, ReportCommon, HttpCase):
    """Point 8: a company reads the figures of its own objects, each opening its appeals.

    Of the first company: answered in time in October, answered late in November, overdue of
    October, fresh of November. Of the second: one fresh.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._names_company(cls.other_house, cls.company_two)
        cls.other_user = cls._company_user(cls.company_two, "other_report_company")
        own = {"object_id": cls.flat.id}
        cls.in_time = cls._received_on("2026-10-05 09:00:00", **own)
        cls.late = cls._received_on("2026-10-05 10:00:00", **own)
        cls.open = cls._received_on("2026-10-06 09:00:00", object_id=cls.house.id)
        cls.fresh = cls._received_on("2026-11-18 09:00:00", **own)
        cls.theirs = cls._received_on("2026-11-18 10:00:00", object_id=cls.other_flat.id)
        cls._close_on(cls.in_time, "2026-10-20 09:00:00")
        cls._close_on(cls.late, "2026-11-12 09:00:00")
        cls.env.flush_all()

    def _told(self, period, user=None):
        with freeze_time(TODAY):
            Figures = self.env["hotline.report.company"].with_user(user or self.company_user)
            return Figures._look(period)

    def _totals(self, *args):
        totals = self._told(*args)["totals"]
        return tuple(totals[code] for code in CODES)

    def _page(self, url, user=None):
        user = user or self.company_user
        self.authenticate(user.login, user.login)
        with freeze_time(TODAY):
            return self.url_open(url)

    def test_totals_equal_hand_counts(self):
        """Point 8: received, answered, in time, in work, overdue: as counted by hand."""
        self.assertEqual(self._totals("month"), (1, 1, 0, 2, 1))
        self.assertEqual(self._totals("last_month"), (3, 1, 1, 2, 1))
        self.assertEqual(self._totals("quarter"), (4, 2, 1, 2, 1))
        self.assertEqual(self._totals("year"), (4, 2, 1, 2, 1))
        self.assertEqual(self._told("year")["share"], 50)
        self.assertEqual(self._totals("year", self.other_user), (1, 0, 0, 1, 0))

    def test_flats_are_counted_in_their_house(self):
        """Point 8: what came about a house and its flats is one row of the house."""
        told = self._told("year")
        [row] = told["houses"]
        self.assertEqual((row["id"], row["name"]), (self.house.id, self.house.address))
        self.assertEqual(tuple(row[code] for code in CODES), (4, 2, 1, 2, 1))
        for code in CODES:
            counted = sum(row.get(code, 0) for row in told["topics"])
            self.assertEqual(counted, told["totals"][code], code)

    def test_a_flat_without_its_house(self):
        """Point 8: who answers for a flat alone does not get its house."""
        third = self._company("УК «Третья»")
        self._names_company(self.other_flat, third)
        user = self._company_user(third, "third_report_company")
        [row] = self._told("year", user)["houses"]
        self.assertEqual((row["id"], row["received"]), (self.other_flat.id, 1))
        domain = self.env["hotline.report.company"].with_user(user)._behind
        with freeze_time(TODAY):
            behind = domain("received", "year", None, self.other_flat.with_user(user))
            self.assertEqual(
                self.env["hotline.report.case"].with_user(user).search(behind).ids, self.theirs.ids
            )

    def test_complaints_about_the_company_are_not_counted(self):
        """D9: not shown to whom they are about, so in no figure of theirs."""
        self.fresh.sudo().complaint_against_id = self.company_one
        self.env.flush_all()
        self.assertEqual(self._totals("month"), (0, 1, 0, 1, 1))

    def _links(self, page):
        """Return {link: its figure} of the tiles and the tables."""
        tree = html.fromstring(page.text)
        links = tree.xpath("//main//a[starts-with(@href, '/my/figures/appeals')]")
        return {
            one.get("href"): int((one.xpath(".//*[contains(@class, 'fs-2')]") or [one])[0].text)
            for one in links
        }

    def test_every_figure_opens_its_appeals(self):
        """Point 8: each figure of the page opens a list as long as it says."""
        links = self._links(self._page("/my/figures?period=year"))
        self.assertGreaterEqual(len(links), 15)  # five of the whole, of a topic, of a house
        for url, figure in links.items():
            page = html.fromstring(self._page(url).text)
            rows = page.xpath("//div[contains(@class, 'list-group-item')]")
            self.assertEqual(len(rows), figure, url)

    def test_a_page_in_russian(self):
        """Point 8: words of the page and of the list; the appeal's number, nobody's name."""
        page = self._page("/my/figures?period=year").text
        for word in ("Показатели", "Поступило", "Просрочено сейчас", self.house.address):
            self.assertIn(word, page)
        self.assertNotIn(self.other_house.address, page)
        listed = self._page("/my/figures/appeals?what=in_work&period=year").text
        for case in (self.open, self.fresh):
            self.assertIn(case.number, listed)
        for hidden in (self.theirs.number, self.in_time.number, "Иванова"):
            self.assertNotIn(hidden, listed)

    def test_an_own_assignment_is_a_link(self):
        """Point 8: an appeal assigned to the reader opens the page of the assignment."""
        sent = self._resolve(self.fresh.with_user(self.officer), self.company_one)
        sent.sudo()._set(executor_user_id=self.company_user.id)
        self.env.flush_all()
        page = self._page("/my/figures/appeals?what=in_work&period=year").text
        self.assertIn(f"/my/assignments/{sent.id}", page)

    def test_nothing_yet(self):
        """Point 8: a company of no appeals, and one of no objects, read why there is nothing."""
        empty = self._company("УК «Пустая»")
        user = self._company_user(empty, "empty_report_company")
        self.assertIn("не отвечает ни за один объект", self._page("/my/figures", user).text)
        self._names_company(self._object("house", "99"), empty)
        page = self._page("/my/figures", user)
        self.assertIn("не поступало", page.text)
        self.assertFalse(self._links(page))

    def test_others_find_nothing(self):
        """Point 8: no such page for a citizen and for staff; no stranger's house."""
        citizen = new_test_user(self.env, "a_figure_citizen", groups="base.group_portal")
        staff = new_test_user(
            self.env, "a_figure_auditor", groups="base.group_user,gov_hotline.group_auditor"
        )
        for user in (citizen, staff):
            for url in ("/my/figures", "/my/figures/appeals"):
                self.assertEqual(self._page(url, user).status_code, 404, (user.login, url))
        for args in (
            f"houses={self.other_house.id}", "houses=x", "houses=0", "topics=99999999",
            "topics=-1", "what=secret", "houses=99999999999999999999",
        ):  # fmt: skip
            page = self._page(f"/my/figures/appeals?{args}")
            self.assertEqual(page.status_code, 404, args)
        self.assertEqual(self._page("/my/figures?period=century&full=1").status_code, 200)

    def test_home(self):
        """Point 8: the entry stands for a company with objects, not for a citizen."""
        page = self._page("/my")
        self.assertIn("/my/figures", page.text)
        told = self.make_jsonrpc_request("/my/counters", {"counters": ["hotline_figure_count"]})
        self.assertEqual(told["hotline_figure_count"], 1)
        citizen = new_test_user(self.env, "a_figure_citizen", groups="base.group_portal")
        self.assertNotIn("/my/figures", self._page("/my", citizen).text)

    def _cost(self, url):
        """Return how many queries a page costs, once all is warm."""
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time(TODAY):
                self.assertEqual(self.url_open(url).status_code, 200)
        return self.env.cr.sql_log_count - before

    def test_as_many_questions_whatever_it_counts(self):
        """Point 8: many houses, topics and appeals cost the page as many queries as a few."""
        self.authenticate(self.company_user.login, self.company_user.login)
        urls = ("/my/figures?period=year", "/my/figures/appeals?what=received&period=year")
        few = [self._cost(url) for url in urls]
        topics = self.env["hotline.topic"].search([("parent_id.parent_id", "!=", False)], limit=12)
        for n, topic in enumerate(topics):
            house = self._object("house", f"5{n}", parent_id=self.street.id)
            self._names_company(house, self.company_one)
            flat = self._object("flat", "1", parent_id=house.id)
            self._received_on("2026-11-18 09:00:00", object_id=flat.id, topic_id=topic.id)
        for url, before in zip(urls, few, strict=True):
            after = self._cost(url)
            self.assertLessEqual(after, before + 2, url)
            self.assertLess(after, PAGE_MOST)
