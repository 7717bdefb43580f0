import base64
from datetime import UTC, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import signature_file
from . import signature_files
from .approval_common import ApprovalCommon
from .common import ROLES

PDF = base64.b64encode(b"%PDF-1.4 scan")


@tagged("post_install", "-at_install")
class TestSigning(ApprovalCommon):
    """Practice 11: paper and its scan, or a file signed outside; nothing is claimed of GOST."""

    def _exported(self, answer):
        answer.action_export()
        return base64.b64decode(answer.export_file)

    def _load(self, answer, raw):
        answer.signature_file = base64.b64encode(raw)

    def test_approved_answer_says_how_it_is_signed(self):
        """ANS-SIGN: on paper the scan is there, by electronic signature the file."""
        answer = self._approved()
        for kind in (False, "paper", "ukep"):
            answer.signature_kind = kind
            with self.subTest(kind), self.assertRaises(UserError):
                answer.action_give()
        answer.write({"signature_kind": "paper", "scan_file": PDF})
        answer.action_give()
        self.assertEqual(answer.state, "given")

    def test_scan_is_a_picture_or_a_pdf(self):
        answer = self._prepared()
        for raw in (b"MZ programme", b"just words"):
            with self.assertRaises(UserError):
                answer.scan_file = base64.b64encode(raw)

    def test_signature_of_the_exported_file(self):
        """E6: exported, signed outside, loaded: its certificate is shown, then given."""
        answer = self._approved()
        body = self._exported(answer)
        self.assertTrue(body.startswith(b"%PDF-"))
        for encoding in ("DER", "PEM"):
            self._load(answer, signature_files.rsa_signature(body, encoding=encoding))
            self.assertRecordValues(
                answer,
                [
                    {
                        "certificate_subject": "Кузнецов Виктор Андреевич, Министерство",
                        "certificate_issuer": signature_files.ISSUER,
                        "certificate_serial": "3F1A2B",
                        "is_gost": False,
                        "is_signature_compared": True,
                    }
                ],
            )
        answer.action_give()
        self.assertEqual(answer.state, "given")

    def test_mail_carries_what_was_signed(self):
        """E6: the exported file and its signature, or the scan; no letter printed anew."""
        ticket = {"kind": "message", "applicant_email": "ivanova@example.test"}
        answer = self._approved(ticket=self._registered(**ticket), channel="email")
        body = self._exported(answer)
        signature = signature_files.rsa_signature(body)
        self._load(answer, signature)
        answer.action_give()
        carried = answer.sudo()._mails().attachment_ids.mapped("raw")
        self.assertCountEqual(carried, [body, signature])
        vals = {"outgoing_number": "15-04/2", "channel": "email"}
        answer = self._approved(ticket=self._registered(**ticket), **vals)
        answer.write({"signature_kind": "paper", "scan_file": PDF, "scan_name": "Ответ.pdf"})
        answer.action_give()
        files = answer.sudo()._mails().attachment_ids
        self.assertEqual(files.mapped("name"), ["Ответ.pdf"])
        self.assertEqual(files.raw, base64.b64decode(PDF))

    def test_signature_of_another_file_is_refused(self):
        """E6: the signature is of the very bytes that were exported, apart or inside."""
        answer = self._approved()
        with self.assertRaises(UserError):
            self._load(answer, signature_files.rsa_signature(b"nothing exported"))
        body = self._exported(answer)
        for attached in (False, True):
            with self.assertRaises(UserError):
                other = signature_files.rsa_signature(body + b" ", attached=attached)
                self._load(answer, other)
        self._load(answer, signature_files.rsa_signature(body, attached=True))
        self.assertTrue(answer.is_signature_compared)

    def test_no_signature_file(self):
        answer = self._approved()
        self._exported(answer)
        for raw in (b"words", b"0\x03\x02\x01\x01", b"", b"%PDF-1.4", b"MIIB"):
            with self.subTest(raw), self.assertRaises(signature_file.NoSignatureError):
                signature_file.read(raw)
        with self.assertRaises(UserError):
            self._load(answer, b"words")

    def test_gost_is_shown_and_not_verified(self):
        """Practice 11: the certificate is shown, the words claim no check of GOST."""
        answer = self._approved()
        self._exported(answer)
        self._load(answer, signature_files.gost_signature())
        self.assertRecordValues(
            answer,
            [
                {
                    "certificate_subject": "Кузнецов В. А.",
                    "certificate_serial": "3F1A2B",
                    "is_gost": True,
                    "is_signature_compared": False,
                }
            ],
        )
        self.assertIn("не проверяется", answer.with_context(lang="ru_RU").signature_note)
        answer.action_give()
        self.assertEqual(answer.state, "given")

    def test_certificate_is_valid_on_the_day(self):
        answer = self._approved()
        body = self._exported(answer)
        old = datetime.now(UTC) - timedelta(days=90)
        self._load(answer, signature_files.rsa_signature(body, starts=old, days=30))
        with self.assertRaises(UserError):
            answer.action_give()

    def test_changed_words_need_a_new_file(self):
        """E6: with the approval goes what was exported and its signature."""
        answer = self._approved()
        self._load(answer, signature_files.rsa_signature(self._exported(answer)))
        answer.text = "Отопления не будет."
        self.assertRecordValues(
            answer, [{"state": "draft", "export_file": False, "signature_file": False}]
        )
        self.route.active = False
        draft = self._prepared()
        draft.action_export()
        draft.text = "Иначе."
        self.assertFalse(draft.export_file)

    def test_nobody_types_the_certificate(self):
        answer = self._approved()
        self._exported(answer)
        answer.write({"certificate_subject": "Губернатор", "is_signature_compared": True})
        self.assertRecordValues(
            answer, [{"certificate_subject": False, "is_signature_compared": False}]
        )
        forged = {"default_certificate_subject": "Губернатор"}
        other = self.env["hotline.answer"].with_user(self.officer).with_context(**forged)
        made = other.create({"ticket_id": self._registered().id, "text": "Да.", "export_file": PDF})
        self.assertRecordValues(made, [{"certificate_subject": False, "export_file": False}])

    def test_who_exports(self):
        answer = self._approved()
        for user in (self.operator, self.head, self.auditor):
            with self.assertRaises(AccessError):
                answer.with_user(user).action_export()
        draft = self._sent()
        with self.assertRaises(UserError):
            draft.action_export()

    def test_sheet_of_approval(self):
        """E6: the sheet names steps, in whose place, the digest and the certificate; A4 PDF."""
        answer = self._approved()
        self._load(answer, signature_files.rsa_signature(self._exported(answer)))
        report = self.env["ir.actions.report"].with_user(self.head).with_context(lang="ru_RU")
        page = report._render_qweb_html("gov_hotline.report_approval", answer.ids)[0].decode()
        for words in (
            "Лист согласования", self.lawyer.name, self.head.name, answer.content_hash,
            "3F1A2B", answer.ticket_id.number,
        ):  # fmt: skip
            self.assertIn(words, page)
        report = report.with_context(force_report_rendering=True)
        pdf = report._render_qweb_pdf("gov_hotline.report_approval", answer.ids)[0]
        self.assertTrue(pdf.startswith(b"%PDF-"))
        with self.assertRaises(AccessError):
            report.with_user(self.press)._render_qweb_html(
                "gov_hotline.report_approval", answer.ids
            )

    def test_whoever_only_reads_sees_a_closed_form(self):
        """B4: the form asks what its reader may do, not what the system may."""
        answer = self._prepared()
        for role in ROLES:
            user = getattr(self, role)
            reads = self.env["hotline.answer"].with_user(user).has_access("read")
            self.env.invalidate_all()
            with self.subTest(role):
                may = reads and answer.with_user(user).can_edit
                self.assertEqual(bool(may), role in ("officer", "administrator"))
