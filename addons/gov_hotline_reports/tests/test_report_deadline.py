from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .report_common import Lives, ReportCommon

NOW = "2026-11-21 09:00:00"
COUNTS = ("due", "kept", "broken", "overdue", "running", "dropped")


@tagged("post_install", "-at_install")
class TestReportDeadline(Lives, ReportCommon):
    """Answered in term, answered late, never answered, just begun: four terms of an answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        place = {"object_id": cls.flat.id, "team_id": cls.heat.id}
        cls.in_term = cls._received_on("2026-10-05 09:00:00", **place)
        cls.late = cls._received_on("2026-10-05 10:00:00")
        cls.open = cls._received_on("2026-10-06 09:00:00")
        cls.fresh = cls._received_on("2026-11-18 09:00:00")
        cls._close_on(cls.in_term, "2026-10-20 09:00:00")
        cls._close_on(cls.late, "2026-11-12 09:00:00")
        cls.cases = cls.in_term | cls.late | cls.open | cls.fresh
        cls.ours = [("ticket_id", "in", cls.cases.ids), ("is_main", "=", True)]
        cls.env.flush_all()

    def _rows(self, *more, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["hotline.report.deadline"].with_user(user or self.auditor)
        return rows.search([("ticket_id", "in", self.cases.ids), *more])

    def _state_of(self, case, *more):
        return self._rows(("ticket_id", "=", case.id), *more).mapped("state")

    @freeze_time(NOW)
    def test_totals_equal_hand_counts(self):
        """D9: of four dates one was kept, two broken (one still), one runs."""
        self.assertEqual(
            self._sums("deadline", self.ours, COUNTS),
            {"due": 4, "kept": 1, "broken": 2, "overdue": 1, "running": 1, "dropped": 0},
        )
        days = self._sums("deadline", self.ours, ["days_late", "kept_share:avg"])
        late = fields.Date.to_date("2026-11-12") - self.late.due_on
        overdue = fields.Date.to_date("2026-11-21") - self.open.due_on
        self.assertEqual(days["days_late"], (late + overdue).days)
        self.assertAlmostEqual(days["kept_share"], 1 / 3)

    @freeze_time(NOW)
    def test_the_terms_of_the_answer_are_those_of_the_share(self):
        """A5: "SLA" of the analysis of appeals and of the terms of their answers are one."""
        [(share,)] = (
            self.env["hotline.report.case"]
            .with_user(self.auditor)
            ._read_group([("ticket_id", "in", self.cases.ids)], [], ["in_term:avg"])
        )
        own = self._sums("deadline", self.ours, ["kept_share:avg"])["kept_share"]
        self.assertAlmostEqual(own, share)

    @freeze_time(NOW)
    def test_what_was_due_in_a_period(self):
        """Each date belongs to the month in which it ends, whenever the appeal came."""
        rows = self.env["hotline.report.deadline"].with_user(self.auditor)
        groups = rows._read_group(self.ours, ["due_on:month"], ["due:sum"])
        by_hand = {}
        for case in self.cases:
            month = case.due_on.replace(day=1)
            by_hand[month] = by_hand.get(month, 0) + 1
        self.assertEqual(dict(groups), by_hand)

    @freeze_time(NOW)
    def test_by_topic_place_officer_stage(self):
        """D9: the same total by each of them."""
        mine = [*self.ours, ("ticket_id", "=", self.in_term.id)]
        rows = self.env["hotline.report.deadline"].with_user(self.auditor)
        for name, value in {
            "topic_id": self.topic, "object_id": self.flat, "district_id": self.district,
            "responsible_id": self.company_one, "team_id": self.heat, "stage": "answer",
            "officer_id": self.in_term.user_id,
        }.items():  # fmt: skip
            with self.subTest(name=name):
                self.assertEqual(rows._read_group(mine, [name], ["due:sum"]), [(value, 1)])

    @freeze_time(NOW)
    def test_stages_are_the_terms_that_run(self):
        """Registration, answer and the rest: as many rows as the appeals have terms."""
        terms = self.cases.deadline_ids
        found = self._rows(("stage", "!=", "executor"))
        self.assertEqual(len(found), len(terms))
        counted = sorted(zip(found.mapped("stage"), found.mapped("due_on"), strict=True))
        self.assertEqual(counted, sorted((one.term_id.purpose, one.due_on) for one in terms))

    def test_control_dates_of_executors(self):
        """C1: a control date runs, is overdue, is kept or late; sent back it is left out."""
        case = self.fresh
        with freeze_time("2026-11-18 10:00:00"):
            self._resolve(case.with_user(self.officer), self.by_letter)
        assignment = case.assignment_ids
        control = assignment.control_on
        mine = ("stage", "=", "executor")
        with freeze_time(NOW):
            self.assertEqual(self._state_of(case, mine), ["running"])
            [row] = self._rows(("ticket_id", "=", case.id), mine)
            self.assertEqual((row.due_on, row.agency_id), (control, self.by_letter))
        with freeze_time(f"{control + timedelta(days=3)} 09:00:00"):
            [row] = self._rows(("ticket_id", "=", case.id), mine)
            self.assertEqual((row.state, row.days_late), ("overdue", 3))
        self.env.cr.execute(
            "UPDATE hotline_assignment SET state = 'returned', ask_state = 'given' WHERE id = %s",
            assignment.ids,
        )
        with freeze_time(NOW):
            [row] = self._rows(("ticket_id", "=", case.id), mine)
            self.assertEqual((row.state, row.moved), ("dropped", 1))

    def test_a_control_date_moved_by_the_officer(self):
        """C1: the date stands as it is now, and is told as moved by the act that moved it."""
        case = self.fresh.with_user(self.officer)
        with freeze_time("2026-11-18 10:00:00"):
            both = self._resolve(case, self.by_letter | self.department)
            stays = both.filtered(lambda one: one.partner_id == self.department)
        domain = [("ticket_id", "=", case.id), ("stage", "=", "executor")]
        with freeze_time(NOW):
            self.assertEqual(self._sums("deadline", domain, ["due", "moved"]),
                             {"due": 2, "moved": 0})  # fmt: skip
            moved = (both - stays).with_user(self.officer)
            day = moved.control_on - timedelta(days=1)
            moved._move_control_dates({moved.id: day})
            self.assertEqual(self._sums("deadline", domain, ["due", "moved"]),
                             {"due": 2, "moved": 1})  # fmt: skip
            [row] = self._rows(*domain, ("moved", "=", 1))
            self.assertEqual((row.agency_id, row.due_on), (self.by_letter, day))

    @freeze_time(NOW)
    def test_moved_and_deferred(self):
        """An extended answer has moved; the open terms of a deferred appeal are told apart."""
        self.env.cr.execute(
            "INSERT INTO hotline_extension (ticket_id, company_id, ground, state)"
            " VALUES (%s, %s, 'request', 'decided')",
            (self.open.id, self.open.company_id.id),
        )
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET state = 'deferred' WHERE id = %s", self.open.ids
        )
        counted = self._sums("deadline", self.ours, ["moved", "deferred", "broken"])
        self.assertEqual(counted, {"moved": 1, "deferred": 1, "broken": 2})

    @freeze_time(NOW)
    def test_a_withdrawn_appeal_is_left_out(self):
        """A5: neither kept nor broken."""
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET state = 'withdrawn', closed_on = '2026-11-20'"
            " WHERE id = %s",
            self.open.ids,
        )
        counted = self._sums("deadline", self.ours, ["kept", "broken", "dropped"])
        self.assertEqual(counted, {"kept": 1, "broken": 1, "dropped": 1})

    @freeze_time(NOW)
    def test_a_row_opens_its_appeal(self):
        action = self._rows(*self.ours, ("state", "=", "overdue")).action_open_behind()
        self.assertEqual((action["res_model"], action["res_id"]), ("helpdesk.ticket", self.open.id))

    @freeze_time(NOW)
    def test_who_sees(self):
        for user in (self.officer, self.supervisor, self.approver, self.auditor):
            self.assertEqual(len(self._rows(("is_main", "=", True), user=user)), 4, user.login)
        head = self._new_role_user("supervisor", "press")
        self._works_in(head, self.heat)
        self.assertEqual(self._rows(user=head).ticket_id.ids, self.in_term.ids)
        for user in (self.operator, self.executor, self.press, self.company_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._rows(user=user)

    @freeze_time(NOW)
    def test_a_pivot_is_one_query(self):
        rows = self.env["hotline.report.deadline"].with_user(self.auditor)
        rows._read_group(self.ours, ["due_on:month"], ["due:sum"])
        with self.assertQueryCount(3):  # the bodies, also of the assignments within; the total
            rows._read_group(self.ours, ["stage"], ["kept:sum", "broken:sum", "kept_share:avg"])
