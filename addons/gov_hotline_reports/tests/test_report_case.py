from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon
from odoo.addons.gov_hotline.tests.test_life_grounds import GroundCommon

from .report_common import Lives

OCTOBER, NOVEMBER = "October 2026", "November 2026"
COUNTED = ("received", "closed", "in_work", "overdue", "late")


@tagged("post_install", "-at_install")
class TestReportCase(Lives, HotlineCommon):
    """A year of one body, small enough to count by hand.

    October: answered in term; answered late; never answered. November: just begun.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root_topic = cls.env["hotline.topic"].create(
            {"code": "9998", "name": "Жильё", "level": 1}
        )
        cls.topic.parent_id = cls.root_topic
        cls.in_term = cls._received_on("2026-10-05 09:00:00")
        cls.late = cls._received_on("2026-10-05 10:00:00")
        cls.open = cls._received_on("2026-10-06 09:00:00")
        cls.fresh = cls._received_on("2026-11-18 09:00:00")
        cls._close_on(cls.in_term, "2026-10-20 09:00:00")
        cls._close_on(cls.late, "2026-11-12 09:00:00")
        cls.env.flush_all()
        cls.ours = [("ticket_id", "in", (cls.in_term | cls.late | cls.open | cls.fresh).ids)]

    def _report(self, user=None):
        return self.env["hotline.report.case"].with_user(user or self.officer)

    def _by(self, groupby, *measures, user=None):
        groups = self._report(user)._read_group(
            self.ours, [groupby], [f"{name}:sum" for name in measures or COUNTED]
        )
        return {key: tuple(rest) for key, *rest in groups}

    @freeze_time("2026-11-21 09:00:00")
    def test_totals_by_month_equal_hand_counts(self):
        """D9, E4: received, of them closed, in work, overdue, late: counted by hand."""
        totals = {
            month.strftime("%B %Y"): counts
            for month, counts in self._by("received_on:month").items()
        }
        self.assertEqual(totals, {OCTOBER: (3, 2, 1, 1, 1), NOVEMBER: (1, 0, 1, 0, 0)})

    @freeze_time("2026-11-21 09:00:00")
    def test_months_are_named_by_themselves(self):
        report = self._report().with_context(lang="ru_RU")
        groups = report.formatted_read_group(self.ours, ["received_on:month"], ["received:sum"])
        labels = [group["received_on:month"][1] for group in groups]
        self.assertEqual(labels, ["октябрь 2026", "ноябрь 2026"])
        empty = report.formatted_read_group(
            [("ticket_id", "=", self.open.id)], ["closed_on:month"], ["received:sum"]
        )
        self.assertFalse(empty[0]["closed_on:month"])

    @freeze_time("2026-11-21 09:00:00")
    def test_share_in_term(self):
        """A5: of three answered or overdue one was in term; the fresh one does not count yet."""
        [(share,)] = self._report()._read_group(self.ours, [], ["in_term:avg"])
        self.assertAlmostEqual(share, 1 / 3)

    @freeze_time("2026-11-21 09:00:00")
    def test_topics_of_two_levels(self):
        """D9: the same total by the first and by the second level of the classifier."""
        self.assertEqual(self._by("topic_1_id", "received"), {self.root_topic: (4,)})
        self.assertEqual(self._by("topic_2_id", "received"), {self.topic: (4,)})

    @freeze_time("2026-11-21 09:00:00")
    def test_kind_line_origin_outcome(self):
        self.assertEqual(self._by("kind", "received"), {"appeal_59": (4,)})
        self.assertEqual(self._by("origin", "received"), {"paper": (4,)})
        no_outcome = self.env["hotline.outcome"]
        self.assertEqual(
            self._by("outcome_id", "received"), {self.supported: (2,), no_outcome: (2,)}
        )

    def test_overdue_follows_the_clock_and_the_time_zone(self):
        """ "Overdue" is derived: nothing is written, only the body's day changes."""
        due_on = self.open.due_on
        self.assertTrue(due_on)
        with freeze_time(f"{due_on} 13:00:00"):
            self.assertEqual(self._overdue(), 0)
            self.env.company.hotline_tz = "Asia/Kamchatka"  # there it is past midnight
            self.assertEqual(self._overdue(), 1)

    def _overdue(self):
        self.env.flush_all()
        self.env.invalidate_all()
        [(overdue,)] = self._report()._read_group(
            [("ticket_id", "=", self.open.id)], [], ["overdue:sum"]
        )
        return overdue

    @freeze_time("2026-11-21 09:00:00")
    def test_overdue_is_what_the_officers_list_shows(self):
        listed = self.env["helpdesk.ticket"].search_count([("is_overdue", "=", True)])
        self.assertEqual(self._report().search_count([("overdue", "=", 1)]), listed)

    @freeze_time("2026-11-21 09:00:00")
    def test_a_total_opens_its_appeals(self):
        """The domain the screen sends: the records behind the total, no more and no fewer."""
        tickets = self.env["helpdesk.ticket"].with_user(self.officer)
        behind = tickets.search([("report_case_ids", "any", [("overdue", "=", 1), *self.ours])])
        self.assertEqual(behind, self.open.with_user(self.officer))

    def test_a_line_opens_its_appeal(self):
        action = self._report().search([("ticket_id", "=", self.open.id)]).action_open_case()
        self.assertEqual((action["res_model"], action["res_id"]), ("helpdesk.ticket", self.open.id))

    def test_drafts_are_not_counted(self):
        draft = self._draft()
        self.env.flush_all()
        self.assertFalse(self._report().search([("ticket_id", "=", draft.id)]))

    def test_who_sees(self):
        """Officers, supervisors, approvers and auditors read all, an operator the own ones."""
        for role in ("officer", "administrator", "supervisor", "approver", "auditor"):
            with self.subTest(role=role):
                self.assertEqual(self._report(getattr(self, role)).search_count(self.ours), 4)
        colleague = self._new_role_user("operator", "executor")
        self.assertEqual(self._report(self.operator).search_count(self.ours), 4)
        self.assertEqual(self._report(colleague).search_count(self.ours), 0)
        for role in ("executor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._report(getattr(self, role)).search_count(self.ours)

    def test_operator_reads_the_appeal_without_the_report_line(self):
        """The link to the report does not get into the way of those who do not see it."""
        values = self.open.with_user(self.operator).read()[0]
        self.assertNotIn("report_case_ids", values)

    def test_own_bodies_only(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        stranger = self._new_role_user("supervisor", "auditor")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(self._report(stranger).search_count(self.ours))

    def test_nobody_writes(self):
        case = self._report(self.administrator).search(self.ours, limit=1)
        with self.assertRaises(AccessError):
            case.write({"received": 5})

    @freeze_time("2026-11-21 09:00:00")
    def test_query_budget(self):
        """A pivot is one question to the database, however many appeals there are."""
        self._by("received_on:month")  # the bodies and their rules are in the cache now
        self.env.flush_all()
        with self.assertQueryCount(2):  # the bodies (who is there may change), the total
            self._by("received_on:month")


@tagged("post_install", "-at_install")
class TestReportOfWithdrawn(GroundCommon):
    def test_withdrawn_is_left_out_of_the_share(self):
        """A5: a withdrawn appeal is closed, and neither in term nor late."""
        ticket = self._case_of("Отопление")
        statement = {"statement_ids": [Command.set(self._file().ids)]}
        self._issue(self._state(ticket.question_ids, "withdrawn", **statement))
        ticket.action_close()
        self.env.flush_all()
        report = self.env["hotline.report.case"].with_user(self.officer)
        measures = ["received:sum", "closed:sum", "in_term:avg"]
        [row] = report._read_group([("ticket_id", "=", ticket.id)], [], measures)
        self.assertEqual(row, (1, 1, False))
