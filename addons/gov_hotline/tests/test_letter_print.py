import base64
import io
import zipfile

from docx import Document
from pypdf import PdfReader

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open, mute_logger

from ..report import letter_docx
from .common import HotlineCommon

WORDS = "{{ 7*7 }} {обращение.номер} <script>alert(1)</script> <b>жирно</b> {% for x in y %}"


class LetterCommon(HotlineCommon):
    """A case with a notice and an answer that carries a citizen's traps in its text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.company = cls.env.company
        cls.company.write(
            {"hotline_letter_name": "АППАРАТ\nГУБЕРНАТОРА", "hotline_letter_lines": "тел. 112"}
        )
        cls.head = cls.env["hotline.authority"].create(
            {
                "name": "Кузнецов В. А.",
                "position": "начальник управления",
                "order_number": "15",
                "may_sign": True,
            }
        )
        cls.notice = cls.ticket._new_notice("registration", authority_id=cls.head.id)
        cls.notice.action_issue()
        cls.letter = cls.env["hotline.answer"].with_user(cls.officer)
        cls.letter = cls.letter.create(
            {
                "ticket_id": cls.ticket.id,
                "text": f"Уважаемая Мария Петровна!\n\n{WORDS}",
                "outgoing_number": "15-04/1",
                "outgoing_date": cls.company._hotline_today(),
                "authority_id": cls.head.id,
                "channel": "post",
            }
        )

    def _pdf_words(self, content):
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def _docx_words(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.assertIsNone(packed.testzip())
        document = Document(io.BytesIO(content))
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        holders = [document, *cells, document.sections[0].footer]
        return "\n".join(part.text for holder in holders for part in holder.paragraphs)


@tagged("post_install", "-at_install")
class TestLetterPrint(LetterCommon):
    """B5, E6: a letter on the letterhead, as PDF and as DOCX, with the certificate inside."""

    def test_a_notice_is_an_a4_with_its_fields(self):
        """The fields of GOST R 7.0.97, and the counting of the term where the template asks."""
        content = self.notice._letter_pdf()
        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        self.assertEqual((round(box.width), round(box.height)), (595, 842))
        words = self._pdf_words(content)
        number, day = self.notice.outgoing_number, self.ticket.registered_on.strftime("%d.%m.%Y")
        for field in ("АППАРАТ", "тел. 112", number, self.ticket.number, day, "Ивановой М. П."):
            self.assertIn(field, words.replace("\u00a0", " "))
        self.assertIn("Начальник управления", words)
        self.assertNotIn("приказ", words)
        self.assertIn("30 календарных дней", words)
        self.assertNotIn("30 календарных дней", self._pdf_words(self.letter._letter_pdf()))

    def test_a_citizens_words_are_printed_not_run(self):
        """Braces and markup in the text reach the sheet as they are, on both kinds of it."""
        pdf = self._pdf_words(self.letter._letter_pdf()).replace("\u200b", "")
        docx = self._docx_words(self.letter._letter_docx()).replace("\u200b", "")
        for words in (pdf, docx):
            self.assertIn(WORDS, words)
            self.assertNotIn("49", words)

    def test_the_word_letter_has_the_same_fields(self):
        words = self._docx_words(self.letter._letter_docx()).replace("\u00a0", " ")
        for field in ("АППАРАТ", "15-04/1", self.ticket.number, "Ивановой М. П.", "В. А. Кузнецов"):
            self.assertIn(field, words)
        self.assertNotIn("{{ ", words.replace(WORDS, ""))

    def test_an_own_letterhead_is_used(self):
        self.company.hotline_letter_docx = self._letterhead("Наш бланк. {{ номер }}: {{ текст }}")
        words = self._docx_words(self.letter._letter_docx())
        self.assertIn(f"Наш бланк. 15-04/1: {WORDS}", words.replace("\u200b", ""))

    def test_a_letterhead_is_checked_at_upload(self):
        """Names of the catalogue and nothing else: no calls, loops, filters; a place for text."""
        for text, told in (
            ("{{ текст }} {{ фамилия }}", "фамилия"),
            ("{{ текст }} {{ текст.__class__ }}", "двойных скобках"),
            ("{{ текст }} {% for x in 'ab' %}{{ x }}{% endfor %}", "двойных скобках"),
            ("{{ текст|upper }}", "двойных скобках"),
            ("{{ текст }} {{ 7*7 }}", "двойных скобках"),
            ("{{ текст", "двойных скобках"),
            ("Без места", "{{ текст }}"),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, told):
                self._in_russian().hotline_letter_docx = self._letterhead(text)
        with self.assertRaisesRegex(ValidationError, "DOCX"):
            self._in_russian().hotline_letter_docx = self._encoded(b"not a document")

    def test_the_usual_letterhead_passes_its_own_check(self):
        self.assertEqual(letter_docx.problems(letter_docx.usual()), [])

    def test_the_word_letter_has_page_numbers_and_the_font_of_the_pdf(self):
        """A second sheet has its number above; the first one and the PDF's font are as in PDF."""
        document = Document(io.BytesIO(letter_docx.usual()))
        section = document.sections[0]
        self.assertTrue(section.different_first_page_header_footer)
        self.assertIn('w:instr="PAGE"', section.header._element.xml)
        self.assertNotIn("PAGE", section.first_page_header._element.xml)
        for footer in (section.footer, section.first_page_footer):
            self.assertIn("{{ исполнитель }}", footer.paragraphs[0].text)
        css = file_open("gov_hotline/static/src/report/letter.css").read()
        self.assertIn(f'"{letter_docx.FONT}", "{letter_docx.ELSE_FONT}"', css)
        self.assertEqual(document.styles["Normal"].font.name, letter_docx.FONT)

    def test_telephones_are_printed_as_in_russian_letters(self):
        self.company.write({"hotline_letter_lines": False, "phone": "+7 843 555-01-01"})
        self.officer.phone = "+78435550102"
        words = self._pdf_words(self.letter._letter_pdf()).replace("\u00a0", " ")
        self.assertIn("8 (843) 555-01-01", words)
        self.assertIn("8 (843) 555-01-02", words)

    def test_files_are_named_as_enclosures(self):
        files = self.env["ir.attachment"].with_user(self.officer)
        files = files.create([{"name": name, "raw": b"1"} for name in ("акт.txt", "схема.txt")])
        self.letter.attachment_ids = files
        self.assertIn("2. схема", self._pdf_words(self.letter._letter_pdf()))

    def test_long_letters_run_over_pages_without_noise(self):
        self.letter.text = "Уважаемая Мария Петровна!\n\n" + "Очень длинный ответ. " * 500
        pages = PdfReader(io.BytesIO(self.letter._letter_pdf())).pages
        self.assertGreater(len(pages), 2)

    def test_envelopes_are_of_the_bodys_size(self):
        """Sender and addressee in the dative, C5 or DL."""
        Report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for size, width in (("c5", 649), ("dl", 624)):
            self.company.hotline_envelope = size
            content, _kind = Report._render_qweb_pdf(
                "gov_hotline.report_envelope_answer", self.letter.ids
            )
            self.assertEqual(round(PdfReader(io.BytesIO(content)).pages[0].mediabox.width), width)
            self.assertIn("Ивановой Марии Петровне", self._pdf_words(content))

    def test_prints_are_journalled_and_roles_are_checked(self):
        """X5: who printed whose letter stands in the journal; the press service prints none."""
        journal = self.env["hotline.journal"]
        before = journal.search_count([("event", "=", "letter_printed")])
        Report = self.env["ir.actions.report"].with_user(self.officer)
        Report._render_qweb_html("gov_hotline.report_letter_answer", self.letter.ids)
        self.assertEqual(journal.search_count([("event", "=", "letter_printed")]), before + 1)
        for user in (self.press, self.executor):
            for act in ("action_print_letter", "action_print_envelope", "action_download_docx"):
                with self.subTest(user=user.login, act=act), self.assertRaises(AccessError):
                    getattr(self.letter.with_user(user), act)()

    def _in_russian(self):
        return self.company.with_context(lang="ru_RU")

    def _letterhead(self, text):
        document = Document()
        document.add_paragraph(text)
        buffer = io.BytesIO()
        document.save(buffer)
        return self._encoded(buffer.getvalue())

    def _encoded(self, content):
        return base64.b64encode(content)


@tagged("post_install", "-at_install")
class TestLetterDownload(LetterCommon, HttpCase):
    """The Word file by its address: for roles that see the dossier."""

    def test_who_gets_it(self):
        url = f"/hotline/letter/hotline.answer/{self.letter.id}.docx"
        self.authenticate(self.officer.login, self.officer.login)
        reply = self.url_open(url)
        self.assertEqual(reply.status_code, 200)
        self.assertIn("15-04/1", self._docx_words(reply.content))
        self.assertEqual(self.url_open("/hotline/letter/res.users/1.docx").status_code, 404)
        for user in (self.press, self.executor):
            self.authenticate(user.login, user.login)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 403)

    def test_the_usual_letterhead_is_the_administrators(self):
        self.authenticate(self.administrator.login, self.administrator.login)
        reply = self.url_open("/hotline/letterhead.docx")
        self.assertEqual(letter_docx.problems(reply.content), [])
        self.authenticate(self.officer.login, self.officer.login)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open("/hotline/letterhead.docx").status_code, 403)
