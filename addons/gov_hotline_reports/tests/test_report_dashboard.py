import json
from datetime import timedelta

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

    def test_each_own_figure_opens_its_own(self):
        """A5, D9: a figure of the own day opens the calls it tells of, a share what it is of."""
        self._talk(10, 60)  # of no group: in no share
        self._call()  # nobody talked
        told = {one["code"]: one for one in self._look(self.operator)["numbers"]}
        opened = {
            code: self._behind(told[code]["drill"])
            for code in ("calls", "talks", "minutes", "solved", "transfers", "thanks")
        }
        self.assertEqual(
            opened,
            {"calls": 4, "talks": 3, "minutes": 3, "solved": 2, "transfers": 0, "thanks": 1},
        )
        for code in ("calls", "talks", "transfers", "thanks"):
            self.assertEqual(told[code]["values"][0], opened[code], code)

    def test_weeks_begin_on_monday_in_every_language(self):
        """D9: where the language of the reader begins its week on Sunday, figures stay."""
        self.env["res.lang"].search([]).week_start = "7"
        cells = self._look(self.auditor, "head", "month")["matrices"][1]["rows"][-1]["cells"]
        self.assertGreaterEqual(cells[-1]["value"], 1)
        self.assertEqual(sum(cell["value"] for cell in cells[:-1]), cells[-1]["value"])

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
                {"overdue": 3, "thanks": 2},
                {
                    "topics": [
                        {"name": "Не указано", "is_named": False, "values": [99, 1, 0]},
                        {"name": "Тепло", "is_named": True, "values": [12, 10, 0]},
                        {"name": "Вода", "is_named": True, "values": [5, 10, 0]},
                        {"name": "Свет", "is_named": True, "values": [4, 0, 0]},
                    ],
                    "agencies": [
                        {"name": "Дорожники", "is_named": True, "values": [27, 0, 0],
                         "more": [4, 0, 0]},
                        {"name": "Мосты", "is_named": True, "values": [9, 0, 0],
                         "more": [8, 1, 0]},
                        {"name": "Теплосеть", "is_named": True, "values": [6, 0, 0],
                         "more": [4, 1, 1]},
                        {"name": "Водоканал", "is_named": True, "values": [6, 0, 0],
                         "more": [6, 0, 0]},
                    ],
                },
            )  # fmt: skip
        self.assertEqual(
            told["problems"],
            [
                "Просрочено обращений: 3",
                "Тепло: обращений больше — 12, было 10",
                "Теплосеть: не в срок 2 из 6",
                "Мосты: не в срок 1 из 9",
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

    def _table(self, code, *args):
        told = self._look(self.auditor, "head", *args)
        [table] = [table for table in told["tables"] if table["code"] == code]
        return table, told

    def _second_level(self):
        """Return a topic that this month's appeal is not about."""
        levels = [("parent_id", "!=", False), ("parent_id.parent_id", "=", False)]
        above = [int(one) for one in self.case.topic_id.parent_path.strip("/").split("/")]
        return self.env["hotline.topic"].search([*levels, ("id", "not in", above)], limit=1)

    def test_what_has_fallen_to_nothing_is_told(self):
        """E4: a topic of the month before stays in the table: the columns add up to the tiles."""
        gone = self._second_level()
        with freeze_time("2026-10-12 09:00:00"):
            for _n in range(5):
                self._registered(received_at="2026-10-12 08:00:00", topic_id=gone.id)
        table, told = self._table("topics", "month")
        [received] = [one["values"] for one in told["numbers"] if one["code"] == "received"]
        for column in range(3):
            self.assertEqual(
                sum(row["values"][column] for row in table["rows"]), received[column], column
            )

    def test_an_achievement_of_a_topic_that_is_gone(self):
        before = self._second_level()
        with freeze_time("2026-10-12 09:00:00"):
            for _n in range(6):
                self._registered(received_at="2026-10-12 08:00:00", topic_id=before.id)
        told = self._look(self.auditor, "head", "month")
        self.assertTrue([one for one in told["achievements"] if "6" in one], told["achievements"])

    def test_the_others_open_what_they_count(self):
        """D9: the eleventh agency and the ninth district open with all the rest, and are judged."""
        agencies = [self._agency(f"Ведомство {n:02}") for n in range(11)]
        with freeze_time("2026-11-18 09:00:00"):
            for agency in agencies:
                case = self._registered(received_at="2026-11-18 08:00:00")
                self._resolve(case.with_user(self.officer), agency)
        last = self.env["hotline.assignment"].search([("partner_id", "=", agencies[-1].id)])
        self.env.cr.execute("UPDATE hotline_assignment SET control_on = '2026-11-19' WHERE id = %s",
                            last.ids)  # fmt: skip
        table, told = self._table("agencies", "month")
        self.assertEqual(len(table["rows"]), 11)
        rest = table["rows"][-1]
        self.assertEqual((rest["values"][0], self._behind(rest["drill"])), (1, 1))
        self.assertTrue([one for one in told["problems"] if "Ведомство 10" in one])
        districts = self.env["hotline.territory"].create(
            [{"name": f"Район {n}", "kind": "district"} for n in range(9)]
        )
        houses = self.env["hotline.object"].create(
            [
                {"name": one.name, "kind_id": self.house.kind_id.id, "territory_id": one.id}
                for one in districts
            ]
        )
        with freeze_time("2026-11-18 09:00:00"):
            for house in houses:
                self._registered(received_at="2026-11-18 08:00:00", object_id=house.id)
        told = self._look(self.auditor, "head", "month")
        matrix, numbers = told["matrices"][0], self._numbers(told)
        self.assertEqual(len(matrix["columns"]), 8 + 2)  # the others, all
        whole = matrix["rows"][-1]["cells"]
        self.assertEqual(whole[-1]["value"], numbers["received"])
        self.assertEqual(sum(cell["value"] for cell in whole[:-1]), numbers["received"])
        for row in matrix["rows"]:
            for cell in row["cells"]:
                self.assertEqual(self._behind(cell["drill"]), cell["value"], row["name"])

    def test_a_share_opens_what_it_is_of(self):
        """D9: withdrawn appeals, awaited answers, calls of no group are in no share."""
        self._talk(10, 60)  # of no group
        self._resolve(self.case.with_user(self.officer), self.by_letter)
        told = {one["code"]: one for one in self._look(self.auditor, "head", "month")["numbers"]}
        opened = {code: self._behind(told[code]["drill"]) for code in told}
        self.assertEqual((opened["calls"], opened["solved"]), (4, 3))
        for code in ("discipline", "in_term"):
            self.assertEqual(opened[code], 0)
            self.assertIn(told[code]["values"][0], (None, False))

    def test_the_share_of_lost_opens_all_that_came_to_people(self):
        """D9: the lost and the answered; not those who gave up at once."""
        moment = NOON.replace(hour=13)
        for waited in (1, 90):
            self._call(moment, fate="abandoned", wait_seconds=waited)
        self.env.flush_all()
        told = {one["code"]: one for one in self._look(self.auditor, "head", "month")["numbers"]}
        lost, level = told["lost_share"], told["level"]
        self.assertEqual(self._behind(lost["drill"]), 4)
        self.assertEqual(lost["drill"], level["drill"])
        self.assertAlmostEqual(lost["values"][0], 1 / 4)

    def test_a_day_of_nothing_due_has_no_share(self):
        """A5: an old debt counts in the period it was due in, not in each one after it."""
        with freeze_time(f"{self.case.due_on + timedelta(days=1)} 09:00:00"):
            look = self.env["hotline.report.dashboard"].with_user(self.auditor).look
            day, quarter = (self._numbers(look("head", one)) for one in ("day", "quarter"))
        self.assertEqual((day["overdue"], quarter["overdue"]), (1, 1))
        self.assertIn(day["in_term"], (None, False))
        self.assertIsInstance(quarter["in_term"], float)
        self.assertEqual(quarter["in_term"], 0)

    def test_quarters_are_named(self):
        told = self.env["hotline.report.dashboard"].with_context(lang="ru_RU")
        with freeze_time(TODAY):
            told = told.with_user(self.auditor).look("head", "quarter")
        self.assertIn("кв.", told["trend"][-1]["name"])

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
