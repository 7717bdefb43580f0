import json

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .assignment_common import AssignmentCommon

CARD = {"case_text": {}, "case_applicant": {}, "case_address": {}, "text": {}}


class ReadingCommon(AssignmentCommon):
    def _lines(self, assignment):
        domain = [("event", "=", "assignment_read"), ("res_ref", "=", assignment.ticket_id.id)]
        lines = self.env["hotline.journal"].search(domain, order="id")
        return [(line.user_ref, json.loads(line.payload)["shown"]) for line in lines]


@tagged("post_install", "-at_install")
class TestReading(ReadingCommon):
    """Practice 7: a signed-in executor's reading stands in the journal, once a day."""

    def test_once_for_user_day_and_assignment(self):
        """However many calls a form makes; the next day is another reading."""
        first, second = (self._resolve(self._case(), self.department) for _n in range(2))
        own = first.with_user(self.executor)
        for _n in range(3):
            own.web_read(CARD)
            own.read(["case_text"])
            own.search_read([("id", "=", own.id)], ["case_contacts"])
        self.assertEqual(self._lines(first), [(self.executor.id, "full")])
        self.assertEqual(self._lines(second), [])
        with freeze_time("2030-01-09 12:00:00"):
            own.web_read(CARD)
        self.assertEqual(len(self._lines(first)), 2)

    def test_the_mode_is_told(self):
        """Link only: the mail holds a link, the page the whole card; either is journalled."""
        for mode in ("link_only", "no_personal_data"):
            self.department.hotline_pd_mode = mode
            assignment = self._resolve(self._case(), self.department)
            [card] = assignment.with_user(self.executor).web_read(CARD)
            with self.subTest(mode=mode):
                self.assertEqual(bool(card["case_applicant"]), mode == "link_only")
                self.assertEqual(card["case_text"], "Третий день холодные батареи.")
                self.assertEqual(self._lines(assignment), [(self.executor.id, mode)])

    def test_the_list_and_the_staff_are_no_reading(self):
        """Own lines without the citizen; the officer and the auditor read the case as such."""
        assignment = self._resolve(self._case(), self.department)
        listed = ["case_number", "questions_text", "control_on", "state"]
        assignment.with_user(self.executor).read(listed)
        open_to_all = {name: {} for name in CARD if name != "case_address"}
        for user in (self.officer, self.auditor, self.supervisor):
            assignment.with_user(user).web_read(open_to_all)
        self.assertEqual(self._lines(assignment), [])
        both = self._new_role_user("executor", "officer")
        own = self._resolve(self._case(), self._agency("Отдел", executor=both))
        own.with_user(both).web_read(CARD)
        self.assertEqual(self._lines(own), [])

    def test_export_is_reading(self):
        """What is read by a file is journalled too."""
        assignment = self._resolve(self._case(), self.department)
        executor = self.executor
        executor.group_ids += self.env.ref("base.group_allow_export")
        assignment.with_user(executor).export_data(["case_number", "case_text"])
        self.assertEqual(self._lines(assignment), [(executor.id, "full")])

    def test_nobody_touches_the_rows(self):
        """B4: no executor frees the own next line; auditors read."""
        assignment = self._resolve(self._case(), self.department)
        assignment.with_user(self.executor).web_read(CARD)
        rows = self.env["hotline.assignment.reading"].search([])
        self.assertEqual(rows.with_user(self.auditor).read(["user_id"])[0]["id"], rows.id)
        for user in (self.executor, self.officer, self.operator, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rows.with_user(user).unlink()
        with self.assertRaises(AccessError):
            rows.with_user(self.executor).read(["day"])


@tagged("post_install", "-at_install")
class TestReadingPortal(ReadingCommon, HttpCase):
    def test_page_and_file(self):
        """C1: the page and its files are one reading; a stranger's attempt is none."""
        assignment = self._resolve(self._case(), self.agency)
        url = f"/my/assignments/{assignment.id}"
        for login in ("portal_b", "portal_a", "portal_a"):
            self.authenticate(login, login)
            with mute_logger("odoo.http"):
                self.url_open("/my/assignments")
                self.url_open(url)
        self.assertEqual(self._lines(assignment), [(self.portal_user.id, assignment.pd_mode)])
