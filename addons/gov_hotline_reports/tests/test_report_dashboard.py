import json

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import HttpCase, tagged

from .report_common import NOON, ReportCommon

TODAY = "2026-11-20 12:00:00"


@tagged("post_install", "-at_install")
class TestReportDashboard(ReportCommon):
    """D9, E4: pages of figures; every figure opens the rows it was counted from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-11-18 09:00:00"):
            cls.case = cls._registered(
                received_at="2026-11-18 08:00:00", object_id=cls.flat.id, team_id=cls.heat.id
            )
        cls._talk(10, 60, group="consultation", topic_id=cls.topic.id)
        cls._talk(10, 120, group="thanks")
        cls._talk(10, 60, group="status", operator_id=cls.second_operator.id)
        cls._state(cls.operator, "ready", NOON, NOON.replace(hour=10))
        cls.env.flush_all()

    def _look(self, user, *args):
        with freeze_time(TODAY):
            return self.env["hotline.report.dashboard"].with_user(user).look(*args)

    def _numbers(self, told):
        return {one["code"]: one["values"][0] for one in told["numbers"]}

    def test_pages_by_role(self):
        for user, pages in (
            (self.approver, ["head"]),
            (self.supervisor, ["supervisor"]),
            (self.auditor, ["head", "supervisor"]),
            (self.operator, ["operator"]),
            (self.officer, ["head", "operator"]),
            (self.administrator, ["head", "supervisor", "operator"]),
        ):
            told = self._look(user)
            self.assertEqual((told["pages"], told["page"]), (pages, pages[0]), user.login)
        for user in (self.press, self.executor):
            with self.assertRaises(AccessError, msg=user.login):
                self._look(user)
        for user, page in ((self.operator, "head"), (self.operator, "supervisor")):
            with self.assertRaises(AccessError):
                self._look(user, page)
        with self.assertRaises(UserError):
            self._look(self.auditor, "nothing")
        with self.assertRaises(UserError):
            self._look(self.auditor, "head", "century")

    def test_own_day_is_the_own(self):
        numbers = self._numbers(self._look(self.operator))
        self.assertEqual((numbers["calls"], numbers["talks"], numbers["minutes"]), (2, 2, 3))
        self.assertEqual((numbers["thanks"], numbers["solved"]), (1, 1))
        own = self._numbers(self._look(self._new_role_user("officer", "auditor"), "operator"))
        self.assertEqual(own["calls"], 0)  # who reads all of them has none of the own

    def test_the_line(self):
        told = self._look(self.supervisor, "supervisor", "day")
        self.assertEqual(self._numbers(told)["calls"], 3)
        [operators] = [table for table in told["tables"] if table["code"] == "operators"]
        self.assertEqual([row["values"][0] for row in operators["rows"]], [2, 1])
        for hour in (1, 23, *range(8, 19)):
            self._talk(started_at=NOON.replace(hour=hour))
        told = self._look(self.supervisor, "supervisor", "month")
        [hours] = [table for table in told["tables"] if table["code"] == "hours"]
        names = [row["name"] for row in hours["rows"]]
        self.assertEqual((names, len(names)), (sorted(names), len(set(names))))  # as the day goes

    def test_topics_by_district_and_by_week(self):
        told = self._look(self.auditor, "head", "month")
        by_district, by_week = told["matrices"]
        self.assertIn("Северный район", by_district["columns"])
        for matrix in (by_district, by_week):
            with self.subTest(matrix=matrix["name"]):
                cells = [cell for row in matrix["rows"] for cell in row["cells"]]
                for cell in cells:
                    self.assertEqual(self._behind(cell["drill"]), cell["value"])
                self.assertGreaterEqual(sum(cell["value"] for cell in cells), 1)

    def _behind(self, drill):
        model, domain = json.loads(json.dumps(drill))  # as it travels
        return self.env[model].with_user(self.auditor).search_count(domain)

    def test_every_figure_opens_what_it_counts(self):
        """D9: the rows behind each count are as many as it says."""
        for page in ("head", "supervisor"):
            told = self._look(self.auditor, page, "month")
            for one in told["numbers"]:
                if one["code"] in ("received", "processed", "closed", "overdue", "awaiting",
                                   "calls", "transfers", "thanks"):  # fmt: skip
                    self.assertEqual(self._behind(one["drill"]), one["values"][0], one["code"])
            for table in told["tables"]:
                for row in table["rows"]:
                    if row["drill"]:
                        self.assertEqual(self._behind(row["drill"]), row["values"][0], row["name"])

    def test_a_running_period_has_nothing_overdue_that_is_not_due_yet(self):
        told = self._numbers(self._look(self.auditor, "head", "quarter"))
        self.assertEqual(told["overdue"], 0)  # due in December, the quarter ends after it
        with freeze_time(f"{self.case.due_on} 09:00:00"):
            told = self.env["hotline.report.dashboard"].with_user(self.auditor).look("head", "day")
        self.assertEqual(self._numbers(told)["overdue"], 0)  # the last day is in term

    def test_a_running_month_is_set_beside_as_many_days(self):
        """Half a month beside a whole one would look like a fall, and be praised for it."""
        told = self._look(self.auditor, "head", "month")
        self.assertEqual(
            told["spans"],
            [
                ["2026-11-01", "2026-11-20"], ["2026-10-01", "2026-10-20"],
                ["2025-11-01", "2025-11-20"],
            ],
        )  # fmt: skip
        self.assertEqual(told["last"], "2026-11-20")

    def test_tables_say_what_their_rows_are(self):
        told = self._look(self.auditor, "supervisor", "month")
        heads = {table["code"]: table["head"] for table in told["tables"]}
        self.assertEqual(len(set(heads.values())), len(heads), heads)

    def test_a_supervisor_of_a_department_sees_it_alone(self):
        self._works_in(self.supervisor, self.roads)
        told = self._look(self.supervisor, "supervisor", "month")
        self.assertEqual(self._numbers(told)["received"], 0)

    def test_problems_and_achievements(self):
        Figures = self.env["hotline.report.figures"].with_user(self.auditor)
        with freeze_time(TODAY):
            told = Figures.with_context(lang="ru_RU")._highlights(
                {
                    "numbers": [
                        {"code": "overdue", "values": [3]}, {"code": "thanks", "values": [2]},
                    ],
                    "tables": [
                        {"code": "topics", "rows": [
                            {"name": "Не указано", "is_named": False, "values": [99, 1, 0]},
                            {"name": "Тепло", "is_named": True, "values": [12, 10, 0]},
                            {"name": "Вода", "is_named": True, "values": [5, 10, 0]},
                            {"name": "Свет", "is_named": True, "values": [4, 0, 0]},
                        ]},
                        {"code": "agencies", "rows": [
                            {"name": "Теплосеть", "is_named": True, "values": [6, 0, 0],
                             "more": [4, 1, 1]},
                            {"name": "Дорожники", "is_named": True, "values": [27, 0, 0],
                             "more": [4, 0, 0]},
                            {"name": "Водоканал", "is_named": True, "values": [6, 0, 0],
                             "more": [6, 0, 0]},
                        ]},
                    ],
                }
            )  # fmt: skip
        self.assertEqual(
            told["problems"],
            [
                "Просрочено обращений: 3",
                "Тепло: обращений больше — 12, было 10",
                "Теплосеть: не в срок 2 из 6",
            ],
        )
        self.assertEqual(
            told["achievements"],
            [
                "Получено благодарностей: 2",
                "Вода: обращений меньше — 5, было 10",
                "Водоканал: ответов 6, все в срок",
            ],
        )

    def test_nothing_at_all(self):
        """A body on its first day: pages without figures."""
        other = self.env["res.company"].create({"name": "Новый орган"})
        self.auditor.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for page in ("head", "supervisor"):
            told = self._look(self.auditor, page, "week")
            self.assertEqual(self._numbers(told)["received"], 0)
            self.assertFalse(any(table["rows"] for table in told["tables"]))
        self.assertTrue(Domain(told["numbers"][0]["drill"][1]))


@tagged("post_install", "-at_install")
class TestReportDashboardTour(ReportCommon, HttpCase):
    def test_a_tile_opens_its_appeals(self):
        """D9: a tile of the region opens the appeals it counts."""
        self._registered()
        self.start_tour("/odoo/hotline-dashboard", "hotline_dashboard", login=self.auditor.login)
