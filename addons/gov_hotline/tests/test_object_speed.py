"""How many queries the cards of places and the pages of a company cost, whatever stands there."""

from odoo.tests import HttpCase, tagged

from .assignment_common import AssignmentCommon
from .objects_common import ObjectsCommon
from .test_desk import form_specification

CARD_MOST = 60
PAGE_MOST = 60


class SpeedCommon(AssignmentCommon, ObjectsCommon):
    @classmethod
    def _flats(cls, house, count, prefix="1"):
        kind = cls.flat.kind_id.id
        return cls.env["hotline.object"].create(
            [{"kind_id": kind, "name": f"{prefix}{n}", "parent_id": house.id} for n in range(count)]
        )

    @classmethod
    def _accounts(cls, places, company, prefix):
        return cls.env["hotline.account"].create(
            [
                {
                    "number": f"{prefix}-{n}", "object_id": place.id, "provider_id": company.id,
                    "holder_name": "Петров П. П.",
                }
                for n, place in enumerate(places)
            ]
        )  # fmt: skip


@tagged("post_install", "-at_install")
class TestCardSpeed(SpeedCommon):
    def _cost(self, record):
        """Return how many queries the form of `record` costs an operator, once all is warm."""
        records = self.env[record._name].with_user(self.operator)
        spec = form_specification(records.get_view(view_type="form")["arch"])
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.browse(record.id).web_read(spec)
        return self.env.cr.sql_log_count - before

    def test_object(self):
        """D3: the card of a house with sixty flats, cases and calls of them: as one with a few."""
        few = self._cost(self.house)
        flats = self._flats(self.house, 60)
        self._accounts(flats, self.company_one, "60")
        self.env["hotline.call"].create([{"object_id": one.id} for one in flats[:25]])
        for flat in flats[:12]:
            self._registered(object_id=flat.id)
        self._names_company(self.street, self.company_one)
        self._names_company(self.house, self.company_two)
        many = self._cost(self.house)
        self.assertLess(many, CARD_MOST)
        self.assertLessEqual(many - few, 12)  # of kinds of rows that a bare house has none of
        for flat in flats[12:24]:
            self._registered(object_id=flat.id)
        self._flats(self.house, 30, "9")
        self.assertLessEqual(self._cost(self.house), many + 2)

    def test_account(self):
        """D2: the card of an account with eight meters and their readings: as one with two."""
        meters = self.meter
        costs = []
        for count in (2, 6):
            meters |= self.env["hotline.meter"].create(
                [{"account_id": self.account.id, "service_id": self.cold.id}] * count
            )
            for month in range(1, 5):
                on, value = f"2026-0{month}-0{count}", str(count * 10 + month)
                self.account.with_user(self.operator).submit_readings(
                    [{"meter": one.id, "value": value, "on": on} for one in meters]
                )
            costs.append(self._cost(self.account))
        self.assertLessEqual(costs[1], costs[0])
        self.assertLess(costs[0], CARD_MOST)

    def test_readings_form(self):
        """D8: the dialog of readings and the citizen's page: queries do not follow the meters."""
        costs = []
        for count in (1, 9):
            meters = self.env["hotline.meter"].create(
                [{"account_id": self.account.id, "service_id": self.cold.id}] * count
            )
            lines = [{"meter": one.id, "value": "5"} for one in meters]
            self.account.with_user(self.operator).submit_readings(lines)
            for warm in (False, True):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.account.with_user(self.operator).get_readings_form()
                self.account._own_card()
                if warm:
                    costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0])


@tagged("post_install", "-at_install")
class TestPageSpeed(SpeedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._names_company(cls.house, cls.company_one)
        cls.one = cls._company_user(cls.company_one, "speed_one")
        cls._resolve(cls._case(object_id=cls.flat.id), cls.company_one)

    def _cost(self, url):
        """Return how many queries a page costs, once all is warm."""
        for _warm in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = self.url_open(url)
            self.assertEqual(page.status_code, 200)
        return self.env.cr.sql_log_count - before

    def test_company_with_many_houses(self):
        """D3: pages of a company with 200 houses and many cases: as of one with a single house."""
        self.authenticate(self.one.login, self.one.login)
        urls = ("/my/objects", f"/my/objects/{self.house.id}", "/my/company-cases")
        few = [self._cost(url) for url in urls]
        self.assertGreater(min(few), 3)  # the page's own queries are counted
        self._grow()
        many = [self._cost(url) for url in urls]
        for url, before, after in zip(urls, few, many, strict=True):
            with self.subTest(url):
                self.assertLessEqual(after, before + 4)
                self.assertLess(after, PAGE_MOST)

    def _grow(self):
        kind = self.house.kind_id.id
        houses = self.env["hotline.object"].create(
            [{"kind_id": kind, "name": f"3{n}", "parent_id": self.street.id} for n in range(200)]
        )
        for house in houses:
            self._names_company(house, self.company_one)
        flats = self._flats(self.house, 60)
        self._accounts([self.house] * 1 + list(flats), self.company_one, "70")
        for flat in flats[:8]:
            self._resolve(self._case(object_id=flat.id), self.company_one)
