from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .assignment_common import AssignmentCommon

CARD = "gov_hotline.report_assignment_card"
OPEN = ("state", "case_number", "sent_on", "closed_on")
TAKEN = (
    "text", "withdraw_reason", "questions_text", "case_text", "case_applicant", "case_address",
    "case_contacts", "case_officer", "case_files_html",
)  # fmt: skip


class WithdrawnCommon(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(applicant_phone="+79135550101")
        cls.file = cls.env["ir.attachment"].create(
            {"name": "Письмо.pdf", "raw": b"letter", "res_model": "helpdesk.ticket",
             "res_id": cls.case.id}
        )  # fmt: skip

    def _sent(self, agency):
        agency.hotline_pd_mode = "full"
        return self._resolve(self.case, agency, text="Позвоните Ивановой, дом 15")

    def _withdraw(self, assignment):
        assignment.with_user(self.officer).action_withdraw("Дано другому отделу")
        self.env.flush_all()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestWithdrawn(WithdrawnCommon):
    """B4, practice 7: who has no assignment any more has no ground to read the citizen."""

    def test_the_executor_reads_no_citizen(self):
        """That it was withdrawn, number, dates; by reading, as a record and by export."""
        assignment = self._sent(self.department)
        own = assignment.with_user(self.executor)
        before = own.read(TAKEN)[0]
        for name in ("text", "questions_text", "case_text", "case_applicant", "case_contacts"):
            self.assertTrue(before[name], before)
        self._withdraw(assignment)
        row = own.read([*OPEN, *TAKEN])[0]
        self.assertFalse([name for name in TAKEN if row[name]], row)
        self.assertTrue(all(row[name] for name in OPEN), row)
        self.assertFalse(own.case_text or own.case_applicant or own.case_contacts)
        self.assertFalse(own._shown_files())
        self.executor.group_ids += self.env.ref("base.group_allow_export")
        told = str(own.export_data(["case_number", "text", "case_text", "case_applicant"]))
        self.assertNotIn("Иванов", told)

    def test_no_way_round(self):
        """Neither a search, nor a grouping, nor the printed card tells the words."""
        assignment = self._sent(self.department)
        own, domain = assignment.with_user(self.executor), [("text", "ilike", "Ивановой")]
        self.assertIn(own, own.search(domain))
        self._withdraw(assignment)
        self.assertNotIn(own, own.search(domain))
        self.assertIn(own, own.search([]))
        for args in (["text"], []), ([], ["text:array_agg"]):
            with self.assertRaises(AccessError):
                own.formatted_read_group([], *args)
        reports = self.env["ir.actions.report"].with_user(self.executor)
        with self.assertRaises(AccessError):
            reports.with_context(lang="ru_RU")._render_qweb_html(CARD, own.ids)

    def test_staff_reads_as_before(self):
        """The officer and the auditor read the case of a withdrawn assignment."""
        assignment = self._sent(self.department)
        assignment.with_user(self.executor).read(["case_text"])
        self._withdraw(assignment)
        for user in (self.officer, self.auditor):
            names = ["text", "case_text", "case_applicant", "withdraw_reason"]
            row = assignment.with_user(user).read(names)[0]
            self.assertTrue(all(row[name] for name in names), row)
        reports = self.env["ir.actions.report"].with_user(self.officer)
        page = reports.with_context(lang="ru_RU")._render_qweb_html(CARD, assignment.ids)[0]
        self.assertIn("Иванова", page.decode())


@tagged("post_install", "-at_install")
class TestWithdrawnPortal(WithdrawnCommon, HttpCase):
    def test_page_list_and_file(self):
        """B4: the executor of another organisation: the page says it was withdrawn, no more."""
        assignment = self._sent(self.agency)
        files = assignment.file_ids
        self.authenticate("portal_a", "portal_a")
        url = f"/my/assignments/{assignment.id}"
        self.assertIn("Иванова", self.url_open(url).text)
        self.assertTrue(files)
        self._withdraw(assignment)
        page = self.url_open(url).text
        self.assertIn(assignment.case_number, page)
        listed = self.url_open("/my/assignments?filterby=done").text
        self.assertIn(assignment.case_number, listed)
        for secret in (
            "Дано другому",
            "Иванов",
            "913 555",
            "Ленина",
            "холодные батареи",
            "Письмо.pdf",
        ):
            self.assertNotIn(secret, page)
            self.assertNotIn(secret, listed)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"{url}/file/{files[0].id}").status_code, 404)
