import base64
import hashlib
from urllib.parse import unquote

from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from . import signature_files
from .acts_common import ActsCommon
from .approval_common import ApprovalCommon
from .outbox_common import OutboxCommon
from .test_letter_print import LetterCommon

KEPT = ("letter_file", "letter_file_name", "letter_sha256")


class FrozenCommon(LetterCommon):
    """A notice issued and an answer given, both on the letterhead of their day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket.question_ids.outcome_id = cls.supported
        cls.letter.action_give()
        cls.both = ((cls.notice, "notice"), (cls.letter, "answer"))

    def _change_everything(self):
        """A new letterhead, head, template and name of the applicant."""
        self.company.write({"hotline_letter_name": "НОВЫЙ ОРГАН", "hotline_letter_lines": "тел. 1"})
        self.head.position = "Министр"
        self.citizen.surname = "Другая"
        self.notice.sudo().template_id.text = "Иной текст."
        self.env.flush_all()
        self.env.invalidate_all()

    def _printed(self, letter, name, user=None):
        Report = self.env["ir.actions.report"].with_user(user or self.officer)
        Report = Report.with_context(force_report_rendering=True)
        return Report._render_qweb_pdf(f"gov_hotline.report_letter_{name}", letter.ids)[0]

    def _as_before(self, letter):
        """Make it a letter of the time when none was kept."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET letter_sha256 = NULL, letter_file_name = NULL WHERE id = %s",
                SQL.identifier(letter._table),
                letter.id,
            )
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestLetterFrozen(FrozenCommon):
    """E6: what was issued is kept with its SHA-256; a print gives those bytes for ever."""

    def test_a_print_is_what_was_issued(self):
        """A later letterhead, signer, template or name changes nothing of an issued letter."""
        before = {name: letter._letter_pdf() for letter, name in self.both}
        self._change_everything()
        for letter, name in self.both:
            with self.subTest(name):
                self.assertEqual(letter._letter_pdf(), before[name])
                self.assertEqual(self._printed(letter, name), before[name])
                self.assertEqual(letter.letter_sha256, hashlib.sha256(before[name]).hexdigest())
                self.assertIn(letter.letter_sha256, letter.letter_note)
                self.assertIn("АППАРАТ", self._pdf_words(before[name]))
                self.assertIn(letter.outgoing_number, self._pdf_words(before[name]))

    def test_a_draft_is_printed_with_the_letterhead_of_today(self):
        draft = self.ticket._new_notice("registration", authority_id=self.head.id)
        self._change_everything()
        self.assertIn("НОВЫЙ ОРГАН", self._pdf_words(draft._letter_pdf()))
        self.assertFalse(draft.letter_note)
        self.assertFalse(draft.letter_sha256)

    def test_a_letter_without_a_copy_is_printed_anew_and_says_so(self):
        self._change_everything()
        for letter, name in self.both:
            self._as_before(letter)
            with self.subTest(name):
                self.assertIn("НОВЫЙ ОРГАН", self._pdf_words(self._printed(letter, name)))
                self.assertIn("бланке", letter.with_context(lang="ru_RU").letter_note)
                self.assertEqual(letter.action_print_letter()["type"], "ir.actions.report")

    def test_several_are_printed_together(self):
        """One file of a kept letter and of one that is printed now; each print is journalled."""
        second = self.ticket._new_notice("registration", authority_id=self.head.id)
        journal = self.env["hotline.journal"]
        before = journal.search_count([("event", "=", "letter_printed")])
        words = self._pdf_words(self._printed(self.notice | second, "notice"))
        self.assertEqual(words.count("АППАРАТ"), 2)
        self.assertEqual(journal.search_count([("event", "=", "letter_printed")]), before + 2)

    def test_a_damaged_file_is_not_passed_off_as_the_letter(self):
        for letter, name in self.both:
            kept = self.env["ir.attachment"].search(
                [("res_model", "=", letter._name), ("res_id", "=", letter.id),
                 ("res_field", "=", "letter_file")]
            )  # fmt: skip
            self.assertEqual(len(kept), 1)
            kept.raw = b"%PDF-1.4 another"
            self.env.invalidate_all()
            with self.subTest(name), self.assertRaisesRegex(UserError, "SHA-256"):
                self._printed(letter, name)

    def test_nobody_reads_or_writes_the_kept_bytes(self):
        """The print is the only door, for every role; a letter is not born with bytes either."""
        for user in (self.officer, self.administrator, self.auditor):
            for letter, name in self.both:
                one = letter.with_user(user)
                with self.subTest(f"{user.login} {name}"):
                    with self.assertRaises(AccessError):
                        one.read(["letter_file"])
                    for field in KEPT:
                        with self.assertRaises(UserError):  # AccessError is one
                            one.write({field: base64.b64encode(b"forged")})
        forged = dict.fromkeys(KEPT[1:], "forged")
        for made in (
            self.letter.copy_data()[0] | forged,
            self.notice.copy_data()[0] | forged,
        ):
            model = "hotline.notice" if "kind" in made else "hotline.answer"
            born = self.env[model].with_user(self.officer).create(made)
            self.assertFalse(born.letter_sha256)
            self.assertFalse(born.letter_file_name)

    def test_roles_print_as_before(self):
        for user in (self.press, self.executor):
            for letter, name in self.both:
                with self.subTest(f"{user.login} {name}"), self.assertRaises(AccessError):
                    self._printed(letter, name, user)

    def test_the_journal_knows_the_digest(self):
        """X5: the line of the act carries the SHA-256 of the letter."""
        for letter, event in ((self.notice, "notice_issued"), (self.letter, "answer_given")):
            line = self.env["hotline.journal"].search(
                [("event", "=", event), ("res_ref", "=", self.ticket.id)]
            )
            self.assertIn(letter.letter_sha256, line.payload)

    def test_the_word_file_beside_it_is_a_working_copy(self):
        letter = self.letter.with_context(lang="ru_RU")
        self.assertIn("рабочая копия", letter._docx_name())
        self._as_before(letter)
        self.assertNotIn("рабочая копия", letter._docx_name())

    def test_the_lock_keeps_it(self):
        """B4: after closing the kept file changes by no road."""
        self._close(self.ticket)
        self.env.flush_all()
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "hotline.answer"), ("res_field", "=", "letter_file")]
        )
        self.assertTrue(kept)
        locked = self.assertRaisesRegex(RestrictViolation, "locked")
        with mute_logger("odoo.sql_db"), locked, self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE ir_attachment SET checksum = 'x' WHERE id = %s", [kept[0].id]
            )


@tagged("post_install", "-at_install")
class TestFrozenMail(OutboxCommon):
    """E6: what is mailed is what is kept."""

    def test_letters_by_mail(self):
        case = self._mailed_case()
        notice = case._new_notice("registration", authority_id=False)
        notice.write({"channel": "email", "address": "m@citizen.example"})
        notice.action_issue()
        answer = self._answer(case, channel="email")
        for letter in (notice, answer):
            file = letter.sudo()._mails().attachment_ids
            self.assertEqual(file.raw, letter._letter_pdf())
            self.assertEqual(hashlib.sha256(file.raw).hexdigest(), letter.letter_sha256)


@tagged("post_install", "-at_install")
class TestFrozenBodyLetters(OutboxCommon, ActsCommon):
    """Requests and reports to other bodies are kept as they were issued too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.email = "zhkh@mo.example"
        cls.ticket = cls._case()

    def test_requests_and_reports(self):
        vals = {"channel": "email", "authority_id": self.head.id}
        request = self._request(self.ticket, **vals)
        request.action_send()
        report = self._letter(self.ticket, report_text="Тепло дано.")
        report.write(vals)
        report.action_report()
        for letter in (request, report):
            before = letter._letter_pdf()
            self.assertEqual(letter.letter_sha256, hashlib.sha256(before).hexdigest())
            self.assertEqual(letter.sudo()._mails().attachment_ids[0].raw, before)
            self.env.company.hotline_letter_name = "НОВЫЙ ОРГАН"
            self.assertEqual(letter._letter_pdf(), before)
            self.assertEqual(letter.action_print_letter()["type"], "ir.actions.act_url")
            with self.assertRaises(UserError):  # AccessError is one
                letter.letter_sha256 = "forged"

    def test_a_report_without_words_is_no_letter(self):
        file = self.env["ir.attachment"].with_user(self.officer)
        file = file.create({"name": "Отчёт.txt", "raw": b"done"})
        report = self._letter(self.ticket, report_attachment_ids=file.ids)
        report.action_report()
        self.assertFalse(report.letter_sha256)
        self.assertFalse(report.letter_note)

    def test_no_letter_is_born_with_bytes(self):
        forged = self._request(self.ticket, letter_sha256="forged")
        self.assertFalse(forged.letter_sha256)


@tagged("post_install", "-at_install")
class TestFrozenSigned(ApprovalCommon):
    """E6: what was signed is what is kept."""

    def test_the_exported_file(self):
        answer = self._approved()
        answer.action_export()
        body = base64.b64decode(answer.export_file)
        signature = signature_files.rsa_signature(body)
        answer.write({"signature_file": base64.b64encode(signature)})
        answer.action_give()
        self.assertEqual(answer._letter_pdf(), body)
        self.assertEqual(answer.letter_file_name, answer.export_name)

    def test_the_scan(self):
        """A picture too: it is taken as it is, not drawn into a PDF by the report."""
        picture = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
            "rkJggg=="
        )
        answer = self._approved()
        answer.write(
            {
                "signature_kind": "paper",
                "scan_file": base64.b64encode(picture),
                "scan_name": "Ответ.png",
            }
        )
        answer.action_give()
        self.assertEqual(answer._letter_pdf(), picture)
        self.assertEqual(answer.letter_file_name, "Ответ.png")
        Report = self.env["ir.actions.report"].with_user(self.officer)
        Report = Report.with_context(force_report_rendering=True)
        with self.assertRaises(UserError):
            Report._render_qweb_pdf("gov_hotline.report_letter_answer", answer.ids)

    def test_the_counting_of_the_term_is_approved_with_the_letter(self):
        """E6: the counting of the term is part of what is approved: once added, it lapses."""
        answer = self._approved(**self.SCAN)
        answer.with_user(self.officer).with_certificate = True
        self.assertEqual(answer.state, "draft")
        answer.action_send_for_approval()
        for user in (self.lawyer, self.head):
            answer.with_user(user).action_approve()
        self.env.cr.execute(
            "UPDATE hotline_answer SET with_certificate = false WHERE id = %s", [answer.id]
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            answer.action_give()


@tagged("post_install", "-at_install")
class TestFrozenDownload(FrozenCommon, HttpCase):
    """The kept letter by its address: for roles that see the dossier, journalled."""

    def test_who_gets_it(self):
        url = self.letter.action_print_letter()["url"]
        self.authenticate(self.officer.login, self.officer.login)
        before = self.env["hotline.journal"].search_count([("event", "=", "letter_printed")])
        reply = self.url_open(url)
        self.assertEqual(reply.content, self.letter._letter_pdf())
        self.assertEqual(reply.headers["Content-Type"], "application/pdf")
        self.assertIn("15-04-1.pdf", unquote(reply.headers["Content-Disposition"]))
        journal = self.env["hotline.journal"].search_count([("event", "=", "letter_printed")])
        self.assertEqual(journal, before + 1)
        self.assertEqual(self.url_open(f"{url[:-7]}/x").status_code, 404)
        for user in (self.press, self.executor):
            self.authenticate(user.login, user.login)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 403)

    def test_nothing_kept_nothing_given(self):
        url = self.letter.action_print_letter()["url"]
        self._as_before(self.letter)
        self.authenticate(self.officer.login, self.officer.login)
        self.assertEqual(self.url_open(url).status_code, 404)
