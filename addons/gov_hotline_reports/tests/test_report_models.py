from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .report_common import NOON, Lives, ReportCommon


@tagged("post_install", "-at_install")
class TestReportCall(ReportCommon):
    """Calls of a day, few enough to count by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = {"group": "consultation", "topic_id": cls.topic.id, "object_id": cls.flat.id}
        calls = cls._talk(10, 60, **group)
        calls |= cls._talk(20, 120, **group)
        calls |= cls._talk(21, 180, group="redirect", redirect_cause="no_access")
        calls |= cls._call(fate="abandoned", wait_seconds=40)
        calls |= cls._call(fate="abandoned", wait_seconds=2)
        calls |= cls._call(fate="cut", wait_seconds=2)
        calls |= cls._call(phase="waiting")
        calls |= cls._talk(10, 60, direction="out")
        cls.ours = [("call_id", "in", calls.ids)]
        cls.env.flush_all()

    def test_ends_equal_hand_counts(self):
        """A5: three answered (two in time), one lost and one cut off; the short one counts not."""
        counted = self._sums(
            "call", self.ours, ["calls", "offered", "in_time", "late", "lost", "talks", "transfers"]
        )
        self.assertEqual(
            counted,
            {
                "calls": 8, "offered": 5, "in_time": 2, "late": 1, "lost": 2, "talks": 4,
                "transfers": 1,
            },
        )  # fmt: skip

    def test_shares_and_times(self):
        """A5: service level 2 of 5, solved at once 2 of 3; a talk of 60, 120, 180 and 60 s."""
        measures = ["level:avg", "lost_share:avg", "solved:avg", "wait:avg", "talk:avg"]
        counted = self._sums("call", self.ours, [*measures, "talk_minutes"])
        self.assertAlmostEqual(counted["level"], 0.4)
        self.assertAlmostEqual(counted["lost_share"], 0.4)
        self.assertAlmostEqual(counted["solved"], 2 / 3)
        self.assertAlmostEqual(counted["wait"], (10 + 20 + 21 + 40 + 2) / 5)
        self.assertAlmostEqual(counted["talk"], 105)
        self.assertAlmostEqual(counted["talk_minutes"], 7)

    def test_told_at_once_of_an_appeal_that_was_there(self):
        """A3, A5: of an appeal asked about the call is solved; of one made from it, not."""
        with freeze_time(NOON - timedelta(days=3)):
            case = self._registered(received_at=NOON - timedelta(days=3))
        with freeze_time(NOON + timedelta(minutes=1)):
            made = self._registered(received_at=NOON + timedelta(minutes=1))
        calls = [
            self._talk(10, 60, group=group, ticket_id=ticket.id)
            for group, ticket in (("status", case), ("tech", made))
        ]
        self.env.flush_all()
        rows = self.env["hotline.report.call"].with_user(self.auditor)
        found = rows.search([("call_id", "in", [one.id for one in calls])], order="id")
        self.assertEqual(found.mapped("solved"), [1.0, 0.0])

    def test_same_day_as_the_board(self):
        """The analysis and the board of the shift count one day alike."""
        with freeze_time(NOON + timedelta(hours=3)):
            board = self.env["hotline.board"]._figures(self.env.company)["total"]
            day = [("day", "=", "2026-11-20"), ("company_id", "=", self.env.company.id)]
            ours = self._sums("call", day, ["in_time", "late", "lost", "offered"])
        self.assertEqual(ours, {name: board[name] for name in ours})

    def test_by_topic_place_company_hour_and_operator(self):
        """D9: the same total by each of them."""
        Report = self.env["hotline.report.call"].with_user(self.auditor)
        with_topic = [*self.ours, ("topic_id", "!=", False)]
        for name, value in {
            "topic_2_id": self.env["hotline.topic"], "object_id": self.flat,
            "territory_id": self.town, "district_id": self.district,
            "responsible_id": self.company_one, "hour": "12:00", "operator_id": self.operator,
            "team_id": self.heat, "line_id": self.line, "group": "consultation",
        }.items():  # fmt: skip
            with self.subTest(name=name):
                [(key, count)] = Report._read_group(with_topic, [name], ["calls:sum"])
                self.assertEqual(count, 2)
                if name != "topic_2_id":
                    self.assertEqual(key, value)

    def test_the_day_is_the_bodys(self):
        late = self._call("2026-11-20 22:30:00")  # half past one in Moscow
        self.env.flush_all()
        row = self.env["hotline.report.call"].search([("call_id", "=", late.id)])
        self.assertEqual((str(row.day), row.hour), ("2026-11-21", "01:00"))

    def test_a_total_opens_its_calls(self):
        lost = self.env["hotline.call"].with_user(self.supervisor)
        found = lost.search([("report_call_ids", "any", [("end", "=", "lost"), *self.ours])])
        self.assertEqual(len(found), 2)
        self.assertEqual(set(found.mapped("fate")), {"abandoned", "cut"})

    def test_a_pivot_is_one_query(self):
        Report = self.env["hotline.report.call"].with_user(self.auditor)
        Report._read_group(self.ours, ["day:month"], ["calls:sum"])
        with self.assertQueryCount(2):  # the bodies, the total
            Report._read_group(self.ours, ["day:month"], ["calls:sum", "level:avg"])


@tagged("post_install", "-at_install")
class TestReportShift(ReportCommon):
    def test_hours_by_state_and_a_night_shift(self):
        """Two hours free before midnight of the body, one of talk after it, half a pause."""
        midnight = NOON.replace(day=19, hour=21)

        def at(hours):
            return midnight + timedelta(hours=hours)

        states = self._state(self.operator, "ready", at(-2), at(1))
        states |= self._state(self.operator, "talking", at(1), at(2))
        states |= self._state(self.operator, "paused", at(2), at(2.5))
        states |= self._state(self.operator, "offline", at(2.5), at(9))
        self.env.flush_all()
        Report = self.env["hotline.report.shift"].with_user(self.auditor)
        measures = ["on_line", "ready", "talking", "paused", "talks"]
        rows = Report._read_group(
            [("state_id", "in", states.ids)], ["day:day"], [f"{name}:sum" for name in measures]
        )
        counted = {str(day): tuple(round(one, 3) for one in rest) for day, *rest in rows}
        self.assertEqual(
            counted, {"2026-11-19": (2, 2, 0, 0, 0), "2026-11-20": (2.5, 1, 1, 0.5, 1)}
        )

    def test_what_lasts_is_counted_until_now(self):
        hour_ago = self.env.cr.now() - timedelta(hours=1)
        state = self._state(self.operator, "ready", hour_ago, False)
        counted = self._sums("shift", [("state_id", "=", state.id)], ["ready"])
        self.assertAlmostEqual(counted["ready"], 1, places=2)


@tagged("post_install", "-at_install")
class TestReportQuestion(Lives, ReportCommon):
    def test_questions_of_an_appeal_are_counted_each(self):
        """D9: of two questions with an outcome in mind none is decided till the appeal ends."""
        case = self._received_on("2026-11-02 09:00:00", object_id=self.flat.id)
        self.env["hotline.question"].with_user(self.officer).create(
            {"ticket_id": case.id, "topic_id": self.topic.id, "text": "Второй вопрос"}
        )
        case.question_ids.with_user(self.officer).outcome_id = self.supported
        self.assertEqual(self._counted_of(case), {"asked": 2, "decided": 0, "in_work": 2})
        self.assertEqual(self._by_outcome(case), {self.supported.browse(): 2})
        self._close_on(case, "2026-11-10 09:00:00")
        self.assertEqual(self._counted_of(case), {"asked": 2, "decided": 2, "in_work": 0})
        self.assertEqual(self._by_outcome(case), {self.supported: 2})
        behind = self.env["hotline.question"].with_user(self.officer)
        decided = [("decided", "=", 1), ("ticket_id", "=", case.id)]
        self.assertEqual(
            behind.search([("report_question_ids", "any", decided)]),
            case.question_ids.with_user(self.officer),
        )

    def _counted_of(self, case):
        ours = [("ticket_id", "=", case.id)]
        return self._sums("question", ours, ["asked", "decided", "in_work"])

    def _by_outcome(self, case):
        rows = self.env["hotline.report.question"].with_user(self.auditor)
        ours = [("ticket_id", "=", case.id)]
        return dict(rows._read_group(ours, ["outcome_id"], ["__count"]))


@tagged("post_install", "-at_install")
class TestReportAssignment(ReportCommon):
    """In time, late, overdue, withdrawn: each counted by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-10-05 09:00:00"):
            cls.case = cls._case(team_id=cls.heat.id, object_id=cls.flat.id)
            agencies = cls.agency | cls.department | cls.by_letter | cls._agency("Горсвет")
            cls.sent = cls._resolve(cls.case, agencies)
        by_agency = {one.partner_id: one for one in cls.sent}
        cls.sent.sudo()._set(control_on="2026-10-15")
        with freeze_time("2026-10-12 09:00:00"):
            cls.in_time = cls._answered(by_agency[cls.agency])
        with freeze_time("2026-10-20 09:00:00"):
            cls.late = cls._answered(by_agency[cls.department])
        cls.overdue = by_agency[cls.by_letter]
        cls.withdrawn = cls.sent - cls.in_time - cls.late - cls.overdue
        cls.withdrawn.sudo()._set(state="withdrawn")
        cls.ours = [("assignment_id", "in", cls.sent.ids)]

    @freeze_time("2026-10-25 09:00:00")
    def test_discipline(self):
        """D9: one in time (7 days), one late by 5 days, one overdue by 10; the fourth withdrawn."""
        names = ["sent", "awaited", "in_time", "late", "overdue", "days_late"]
        counted = self._sums("assignment", self.ours, [*names, "discipline:avg", "days:avg"])
        self.assertAlmostEqual(counted.pop("discipline"), 1 / 3)
        self.assertAlmostEqual(counted.pop("days"), (7 + 15) / 2)
        self.assertEqual(
            counted,
            {"sent": 4, "awaited": 1, "in_time": 1, "late": 1, "overdue": 1, "days_late": 15},
        )

    @freeze_time("2026-10-25 09:00:00")
    def test_a_total_opens_its_assignments(self):
        behind = self.env["hotline.assignment"].with_user(self.officer)
        self.env.flush_all()
        found = behind.search([("report_assignment_ids", "any", [("overdue", "=", 1), *self.ours])])
        self.assertEqual(found, self.overdue.with_user(self.officer))

    @freeze_time("2026-10-15 09:00:00")
    def test_nothing_is_overdue_on_the_last_day(self):
        self.assertEqual(self._sums("assignment", self.ours, ["overdue"]), {"overdue": 0})

    def test_main_executor_of_the_case(self):
        self.env.flush_all()
        row = self.env["hotline.report.case"].search([("ticket_id", "=", self.case.id)])
        self.assertEqual(row.agency_id, self.sent.sorted("id")[:1].partner_id)
        self.assertEqual(row.responsible_id, self.company_one)
        self.assertEqual(row.operator_id, self.operator)
