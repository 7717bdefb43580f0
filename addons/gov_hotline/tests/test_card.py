import base64
import io

import qrcode
from lxml import html
from PIL import Image, ImageChops
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..report import pdf
from ..report.report_card import qr_data_url
from .common import HotlineCommon

CARD = "gov_hotline.report_card"
CITIZEN_CARD = "gov_hotline.report_card_citizen"


class CardCommon(HotlineCommon):
    def _pdf(self, tickets, report=CARD, user=None):
        """Return the printed card as a PdfReader."""
        reports = self.env["ir.actions.report"].with_user(user or self.officer)
        reports = reports.with_context(force_report_rendering=True, lang="ru_RU")
        content, kind = reports._render_qweb_pdf(report, tickets.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def _handed_over(self, ticket):
        """Return the words of the page that the renderer gets."""
        reports = self.env["ir.actions.report"].with_user(self.officer)
        page, _kind = reports.with_context(lang="ru_RU")._render_qweb_html(CARD, ticket.ids)
        return html.fromstring(page.decode()).find("body").text_content()

    def _text(self, reader):
        words = " ".join(page.extract_text() for page in reader.pages)
        return " ".join(words.split())


@tagged("post_install", "-at_install")
class TestCard(CardCommon):
    def test_one_page_in_russian(self):
        """B5, X1: one A4 page: number, applicant, text, questions, answer, certificate."""
        ticket = self._closed(team_id=False)
        reader = self._pdf(ticket)
        self.assertEqual(len(reader.pages), 1)
        box = reader.pages[0].mediabox
        self.assertEqual((round(box.width), round(box.height)), (595, 842))
        text = self._text(reader)
        for words in (
            "Регистрационно-контрольная карточка",
            ticket.number,
            "Иванова Мария Петровна",
            "ул. Ленина, 15, кв. 3",
            "Третий день холодные батареи.",
            "Поддержано",
            "15-04/1",
            "Кузнецов В. А.",
            "30 календарных дней",
            "ч. 1 ст. 12 59-ФЗ",
        ):
            with self.subTest(words=words):
                self.assertIn(words, text)

    def test_code_only_for_the_applicant(self):
        """B5: the status code stands on the applicant's copy alone."""
        ticket = self._registered()
        code = ticket.sudo().access_code
        self.assertNotIn(code, self._text(self._pdf(ticket)))
        copy = self._text(self._pdf(ticket, CITIZEN_CARD, self.operator))
        self.assertIn(code, copy)
        self.assertIn("отрежьте по линии", copy)

    def test_qr_is_the_number_alone(self):
        """B5: the QR code holds the number and nothing personal."""
        ticket = self._registered()
        images = [image.image.convert("L") for image in self._pdf(ticket).pages[0].images]
        self.assertEqual(len(images), 1)
        code = qrcode.QRCode(border=2, box_size=6, error_correction=qrcode.ERROR_CORRECT_M)
        code.add_data(ticket.number)
        expected = code.make_image().get_image().convert("L")
        self.assertEqual(images[0].size, expected.size)
        self.assertIsNone(ImageChops.difference(images[0], expected).getbbox())
        self.assertNotEqual(qr_data_url("И-1/2026"), qr_data_url("И-2/2026"))

    def test_long_text_goes_on_orderly(self):
        """B5: 5,000 characters stay readable: a small type, at most a second page, to the end."""
        words = "В квартире холодно, просим принять меры. "
        reader = self._pdf(self._registered(appeal_text=words * 122 + "Конец текста."))
        self.assertLessEqual(len(reader.pages), 2)
        text = self._text(reader)
        self.assertIn("Конец текста.", text)
        self.assertIn("Как посчитан срок", text)

    def test_any_text_is_bounded_before_the_renderer(self):
        """B5: no text makes the renderer work for minutes: it gets a cut one with short words."""
        unbroken = "я" * 100_000
        endless = ("В квартире холодно, просим принять меры. " * 500)[:20_000]
        lines = "строка\n" * 10_000
        for name, text in (("unbroken", unbroken), ("endless", endless), ("lines", lines)):
            ticket = self._registered(appeal_text=text, applicant_address=text[:100_000])
            with self.subTest(text=name):
                shown = self._handed_over(ticket)
                self.assertLess(len(shown), 10_000)
                words = shown.replace("\u200b", " ").split()
                self.assertLessEqual(max(map(len, words)), 40)
                reader = self._pdf(ticket)
                self.assertLessEqual(len(reader.pages), 2)
                self.assertIn("(полный текст — в деле)", self._text(reader))
                self.assertIn("Как посчитан срок", self._text(reader))

    def test_several_cards_in_one_print(self):
        """B5: several cards are printed together, a page each."""
        tickets = self._registered() | self._registered()
        reader = self._pdf(tickets)
        self.assertEqual(len(reader.pages), 2)
        for ticket, page in zip(tickets, reader.pages, strict=True):
            self.assertIn(ticket.number, " ".join(page.extract_text().split()))

    def test_who_prints(self):
        """B5: every reader of the dossier prints; the code goes out through registrars only."""
        ticket = self._registered()
        for role in ("operator", "officer", "administrator", "approver", "supervisor", "auditor"):
            with self.subTest(role=role):
                action = ticket.with_user(getattr(self, role)).action_print_card()
                self.assertEqual(action["report_name"], CARD)
        social = self._registered(kind="message", origin="social", user_id=self.executor.id)
        for role in ("executor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                social.with_user(getattr(self, role)).action_print_card()
            with self.subTest(role=role, way="report"), self.assertRaises(AccessError):
                self._pdf(social, user=getattr(self, role))
        for role in ("approver", "supervisor", "auditor", "press"):
            with self.subTest(role=role, copy="applicant"), self.assertRaises(AccessError):
                self._pdf(ticket, CITIZEN_CARD, getattr(self, role))

    def test_print_is_journalled(self):
        """B5: each print leaves a line, whichever way it was asked for."""
        ticket = self._registered()
        self._pdf(ticket, user=self.auditor)
        line = self.env["hotline.journal"].search(
            [("event", "=", "card_printed"), ("res_ref", "=", ticket.id)]
        )
        self.assertEqual(line.user_ref, self.auditor.id)

    def test_draft_has_no_card(self):
        """B5: without a number there is no card."""
        with self.assertRaisesRegex(UserError, "number"):
            self._draft().action_print_card()


@tagged("post_install", "-at_install")
class TestRenderer(CardCommon, HttpCase):
    def test_client_is_told_that_pdf_works(self):
        """B5: the client does not ask for wkhtmltopdf."""
        self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")

    def test_nothing_from_outside(self):
        """B5: the renderer fetches the add-ons' static files and nothing else."""
        fetcher = pdf.LocalFetcher(self.env)
        css = fetcher.fetch("http://any.host/gov_hotline/static/src/report/card.css").read()
        self.assertIn(b"@page", css)
        for url in (
            "http://example.com/logo.png",
            "https://example.com/web/static/../../secret",
            "file:///etc/passwd",
            "http://localhost/gov_hotline/models/res_partner.py",
            "http://localhost/gov_hotline/static/../__manifest__.py",
            "ftp://example.com/gov_hotline/static/x.css",
        ):
            with self.subTest(url=url), self.assertRaises(ValueError):
                fetcher.fetch(url)

    def test_header_and_footer(self):
        """B5: Odoo's own layouts print too: header and page counter on every page."""
        layout = "<html><body><div id='minimal_layout_report_{}'>{}</div></body></html>"
        pages = "<p>Первый лист</p><p style='break-before: page'>Второй</p>"
        reports = self.env["ir.actions.report"]
        content = reports._run_wkhtmltopdf(
            [f"<html><body>{pages}</body></html>"],
            header=layout.format("headers", "<div class='header'>Министерство</div>"),
            footer=layout.format(
                "footers",
                "<div>лист <span class='page'></span> из <span class='topage'></span></div>",
            ),
        )
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        self.assertEqual(len(pages), 2)
        for number, text in enumerate(pages, 1):
            self.assertIn("Министерство", text)
            self.assertIn(f"лист {number} из 2", " ".join(text.split()))

    def test_download(self):
        """B5: the officer's browser gets the file under its number."""
        ticket = self._registered()
        self.authenticate(self.officer.login, self.officer.login)
        response = self.url_open(f"/report/pdf/{CARD}/{ticket.id}")
        self.assertEqual(response.status_code, 200)

    def test_image_is_png(self):
        """B5: the QR code travels inside the document."""
        head, _comma, body = qr_data_url("И-1/2026").partition(",")
        self.assertEqual(head, "data:image/png;base64")
        self.assertEqual(Image.open(io.BytesIO(base64.b64decode(body))).format, "PNG")
