from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon

IN_QUARTER = "2026-08-12 09:00:00"
TODAY = "2026-11-21 09:00:00"


class StatisticsCommon(HotlineCommon):
    """A quarter of two themes and two districts: 6 and 7 appeals, 5 and one alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.hotline_public_statistics = True
        cls.heat = cls._theme("9999", "Тепло")
        cls.water = cls._theme("9998", "Вода")
        cls.north, cls.south = (cls._house(name) for name in ("Северный район", "Южный район"))
        with freeze_time(IN_QUARTER):
            for theme, house, count in (
                (cls.heat, cls.north, 6), (cls.heat, cls.south, 7),
                (cls.water, cls.north, 5), (cls.water, cls.south, 1),
            ):  # fmt: skip
                for _number in range(count):
                    cls._registered(received_at=IN_QUARTER, topic_id=theme.id, object_id=house.id)
        cls.env.flush_all()

    @classmethod
    def _theme(cls, code, name):
        Topic = cls.env["hotline.topic"]
        section = Topic.create({"code": f"{code}x", "name": f"Раздел {name}", "level": 1})
        vals = {"code": f"{code}x.0001", "name": name, "level": 2, "parent_id": section.id}
        theme = Topic.create(vals)
        vals = {"code": f"{code}x.0001.0001", "name": "Тема", "level": 3, "parent_id": theme.id}
        return Topic.create(vals)

    @classmethod
    def _house(cls, name):
        Territory = cls.env["hotline.territory"]
        district = Territory.create({"name": name, "kind": "district"})
        village = Territory.create(
            {"name": f"Село, {name}", "kind": "settlement", "parent_id": district.id}
        )
        kind = cls.env["hotline.object.kind"].search([], limit=1)
        return cls.env["hotline.object"].create(
            {"name": f"Дом, {name}", "kind_id": kind.id, "territory_id": village.id}
        )

    @classmethod
    def _quarter(cls, user=None, **vals):
        Statistics = cls.env["hotline.statistics"].with_user(user or cls.supervisor)
        return Statistics.create({"year": 2026, "quarter": "3", **vals})

    @classmethod
    @freeze_time(TODAY)
    def _counted(cls):
        quarter = cls._quarter()
        quarter.action_count()
        return quarter

    @classmethod
    def _published(cls):
        quarter = cls._counted()
        quarter.action_publish()
        return quarter


@tagged("post_install", "-at_install")
class TestStatistics(StatisticsCommon):
    """X6: public statistics hide small numbers."""

    def test_one_alone_is_hidden_with_a_rectangle(self):
        table = self._counted().table
        self.assertEqual([topic["name"] for topic in table["topics"]], ["Вода", "Тепло"])
        self.assertEqual([topic["total"] for topic in table["topics"]], [6, 13])
        self.assertEqual(
            [one["name"] for one in table["districts"]], ["Северный район", "Южный район"]
        )
        self.assertEqual([one["total"] for one in table["districts"]], [11, 8])
        self.assertEqual(table["cells"], [[None, None], [None, None]])
        self.assertEqual(table["total"], 19)

    def test_what_is_large_is_shown(self):
        with freeze_time(IN_QUARTER):
            for _number in range(4):
                self._registered(
                    received_at=IN_QUARTER, topic_id=self.water.id, object_id=self.south.id
                )
        self.assertEqual(self._counted().table["cells"], [[5, 5], [6, 7]])

    def test_other_quarters_and_kinds_are_not_counted(self):
        with freeze_time("2026-10-02 09:00:00"):
            self._registered(received_at="2026-10-02 08:00:00", topic_id=self.heat.id)
        self._draft(topic_id=self.heat.id)
        self.assertEqual(self._counted().table["total"], 19)

    def test_without_topic_or_object_is_counted_too(self):
        with freeze_time(IN_QUARTER):
            for _number in range(5):
                self._registered(received_at=IN_QUARTER, topic_id=self.heat.id)
        table = self._counted().table
        self.assertEqual(table["total"], 24)
        self.assertEqual(table["districts"][-1]["name"], "Территория не указана")

    def test_words_of_a_quarter(self):
        quarter = self._quarter().with_context(lang="ru_RU")
        self.assertEqual(quarter.display_name, "III квартал 2026 года")

    @freeze_time(TODAY)
    def test_last_quarter_is_proposed_and_a_running_one_refused(self):
        Statistics = self.env["hotline.statistics"].with_user(self.supervisor)
        self.assertEqual(Statistics._last_quarter(), (2026, "3"))
        with self.assertRaises(UserError):
            self._quarter(quarter="4").action_count()

    @freeze_time(TODAY)
    def test_too_little_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "пяти"):
            self._quarter(quarter="2").with_context(lang="ru_RU").action_count()

    def test_published_is_never_counted_anew(self):
        """A second table over the same appeals would show by subtraction what this one hides."""
        quarter = self._published()
        before = quarter.table
        for again in ("action_count", "action_publish"):
            with self.assertRaises(UserError, msg=again):
                getattr(quarter, again)()
        quarter.action_withdraw()
        with self.assertRaises(UserError):
            quarter.action_count()
        with self.assertRaises(UserError):
            quarter.unlink()
        quarter.action_publish()
        self.assertEqual(quarter.table, before)

    def test_no_caller_writes_the_table(self):
        quarter = self._quarter(state="published", table={"total": 1})
        self.assertRecordValues(quarter, [{"state": "draft", "table": False}])
        for vals in ({"table": {"total": 1}}, {"state": "published"}):
            with self.assertRaises(AccessError):
                quarter.write(vals)
        counted = self._counted_in(2025)
        with self.assertRaises(UserError):
            counted.write({"year": 2024})

    def _counted_in(self, year):
        quarter = self._quarter(year=year)
        quarter._write_by_act({"state": "counted", "table": {"total": 5}})
        return quarter

    def test_bad_year(self):
        with self.assertRaises(ValidationError):
            self._quarter(year=26)

    def test_publishing_leaves_its_line(self):
        quarter = self._published()
        lines = self.env["hotline.journal"].search(
            [("model", "=", "hotline.statistics"), ("res_ref", "=", quarter.id)]
        )
        self.assertEqual(lines.mapped("event"), ["statistics_published"])
        self.assertEqual(lines.user_ref, self.supervisor.id)

    def test_roles(self):
        quarter = self._counted()
        for user in (self.operator, self.officer, self.executor, self.press, self.approver):
            with self.assertRaises(AccessError, msg=user.login):
                quarter.with_user(user).read(["table"])
        self.assertEqual(quarter.with_user(self.auditor).total, 19)
        for act in ("action_count", "action_publish", "action_withdraw"):
            with self.assertRaises(AccessError, msg=act):
                getattr(quarter.with_user(self.auditor), act)()

    def test_another_body_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        stranger = self._new_role_user("supervisor", "auditor")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            self._counted().with_user(stranger).read(["table"])


@tagged("post_install", "-at_install")
class TestStatisticsPage(StatisticsCommon, HttpCase):
    """X6: the page and the JSON that everybody reads."""

    def test_page_and_json(self):
        quarter = self._published()
        page = self.url_open("/hotline/statistics")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Северный район", page.text)
        told = self.url_open("/hotline/statistics.json?quarter=2026-3").json()
        self.assertEqual(told["quarter"], "2026-3")
        self.assertEqual(told["cells"], quarter.table["cells"])

    def test_a_page_that_names_who_signed_in_is_not_kept_for_others(self):
        """A copy of a page for everybody may lie at a proxy: it names nobody."""
        self._published()
        page = self.url_open("/hotline/statistics")
        self.assertIn("public", page.headers["Cache-Control"])
        self.assertIn("Cookie", page.headers["Vary"])
        self.authenticate(self.supervisor.login, self.supervisor.login)
        page = self.url_open("/hotline/statistics")
        self.assertIn(self.supervisor.name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "private, no-store")

    def test_nothing_until_published_and_switched_on(self):
        quarter = self._counted()
        addresses = ("/hotline/statistics", "/hotline/statistics.json")
        self.assertEqual([self.url_open(one).status_code for one in addresses], [404, 404])
        quarter.action_publish()
        self.assertEqual([self.url_open(one).status_code for one in addresses], [200, 200])
        self.assertEqual(self.url_open("/hotline/statistics?quarter=x").status_code, 404)
        self.env.company.hotline_public_statistics = False
        self.env.flush_all()
        self.assertEqual([self.url_open(one).status_code for one in addresses], [404, 404])
