import io

from PIL import Image
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .test_outgoing_print import PrintCommon


def picture(kind="PNG"):
    """Return the bytes of a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(buffer, kind)
    return buffer.getvalue()


class PaperCommon(PrintCommon):
    def _request_sent(self, case=None, **vals):
        made = self.env["hotline.request"].with_user(self.officer).create(
            {"ticket_id": (case or self.case).id, "partner_id": self.agency.id,
             "text": "Акты осмотра", **vals}
        )  # fmt: skip
        made.action_send()
        return made

    def _reported(self):
        letter = self.env["hotline.covering.letter"].with_user(self.officer).create(
            {"ticket_id": self._case().id, "sender_id": self.agency.id, "sender_number": "7-12",
             "sender_date": self.today, "is_controlled": True, "report_by": self.today,
             "report_text": "Заявителю дан ответ"}
        )  # fmt: skip
        letter.action_report()
        return letter


@tagged("post_install", "-at_install")
class TestPrintedMark(PaperCommon):
    """FIND11.6: «К печати» tells what is printed from what is not, and who printed it."""

    def _shown(self, name):
        self.env.flush_all()
        rows = self.env["hotline.outgoing"].with_user(self.officer)
        rows.invalidate_model()
        view = self.env.ref("gov_hotline.hotline_outgoing_view_search")
        (node,) = view._get_combined_arch().xpath(f"//filter[@name='{name}']")
        return rows.search(safe_eval(node.get("domain")))

    def test_printed_and_not_printed(self):
        row = self._rows(self.answer)
        self.assertFalse(row.printed_text)
        self.assertIn(row, self._shown("not_printed"))
        self.assertNotIn(row, self._shown("printed"))
        self._print(self.answer)
        row = self._rows(self.answer)
        self.assertEqual(row.printed_by_id, self.officer)
        self.assertIn(self.today.strftime("%d.%m.%Y"), row.printed_text)
        self.assertNotIn(row, self._shown("not_printed"))
        self.assertIn(row, self._shown("printed"))
        self._post(self.answer, posted_way="plain")
        self.assertNotIn(row, self._shown("printed"))

    def test_a_single_print_marks_too(self):
        """Of every kind; an envelope alone is no letter, nobody sets the mark by hand."""
        report = self.env["ir.actions.report"].with_user(self.officer)
        envelope = "gov_hotline.action_report_envelope_assignment"
        report._render_qweb_pdf(envelope, self.letter.ids)
        self.assertFalse(self.letter.printed_at)
        report._render_qweb_pdf("gov_hotline.action_report_letter_assignment", self.letter.ids)
        self.assertEqual(self.letter.printed_by_id, self.officer)
        for letter in (self.notice, self.answer, self.letter, self._request_sent()):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                letter.with_user(self.officer).write({"printed_at": "2026-01-01 10:00:00"})


@tagged("post_install", "-at_install")
class TestAnnexes(PaperCommon):
    """FIND11.7: what the letter names as its enclosure is printed behind it, or named."""

    def _enclose(self, letter, name, raw):
        file = self.env["ir.attachment"].create(
            {"name": name, "raw": raw, "res_model": "helpdesk.ticket",
             "res_id": letter.ticket_id.id}
        )  # fmt: skip
        letter.sudo()._set(file_ids=[Command.link(file.id)])
        return file

    def test_sheets_are_printed_behind(self):
        bare = len(self._pages(self.letter._letter_pdf()))
        self._enclose(self.letter, "Снимок.png", picture())
        self._enclose(self.letter, "Письмо.pdf", self.notice._letter_pdf())
        self.letter.sudo()._set(pd_mode="full")
        made, told = self._print(self.letter)
        self.assertEqual((told["done"], told["skipped"]), (1, []))
        self.assertGreater(len(PdfReader(io.BytesIO(made._pdf())).pages), bare + 1)
        report = self.env["ir.actions.report"].with_user(self.officer)
        report = report.with_context(force_report_rendering=True)
        name = "gov_hotline.action_report_letter_assignment"
        alone = report._render_qweb_pdf(name, self.letter.ids)[0]
        self.assertGreater(len(PdfReader(io.BytesIO(alone)).pages), bare + 1)

    def test_what_is_no_sheet_is_named(self):
        """A record of a call, a table, a damaged picture: named in the result and on the form."""
        self._enclose(self.letter, "Смета.csv", "а;б\n1;2".encode())
        self._enclose(self.letter, "Обрыв.png", picture()[:40])
        _made, told = self._print(self.letter)
        self.assertEqual((told["done"], told["refused"]), (1, []))
        (named,) = told["skipped"]
        self.assertIn("Смета.csv", named["words"])
        self.assertIn("Обрыв.png", named["words"])
        self.assertIn("Смета.csv", self.letter.with_user(self.officer).letter_note)


@tagged("post_install", "-at_install")
class TestBodyPosting(PaperCommon):
    """FWD-7: requests and reports on paper are «to be posted» until they are marked."""

    def test_on_paper_until_marked(self):
        for letter in (self._request_sent(), self._reported()):
            with self.subTest(model=letter._name):
                self.assertEqual(self._state(letter), "to_post")
                self.assertTrue(letter.is_to_post)
                entry = self._post(letter, posted_way="courier", numbers=["15"])
                self.assertEqual(entry.line_ids.number, letter._outgoing_mark()[0])
                self.assertEqual(self._state(letter), "sent")
                self.assertRecordValues(
                    letter, [{"posted_on": self.today, "posted_number": "15", "is_to_post": False}]
                )
                opened = letter.with_user(self.officer).action_correct_posting()
                window = self.env["hotline.posting.correction"].with_user(self.officer)
                window = window.browse(opened["res_id"])
                window.write({"posted_number": "16", "reason": "Списано не с той строки"})
                window.action_correct()
                self.assertEqual(letter.posted_number, "16")

    def test_by_mail_withdrawn_or_arrived_nothing_is_posted(self):
        """What left by e-mail, was taken back or is known to be there waits for nobody."""
        self.agency.email = "agency@agency.example"
        signer = self._signer(self.env.company, self.today)
        mailed = self._request_sent(channel="email", authority_id=signer.id)
        self.assertEqual(self._state(mailed), "queued")
        self.assertFalse(mailed.is_to_post)
        taken = self._request_sent()
        taken.action_withdraw()
        self.assertEqual(self._state(taken), "withdrawn")
        arrived = self._request_sent()
        arrived.received_on = self.today
        self.assertEqual(self._state(arrived), "sent")
        self.assertTrue(arrived.is_to_post, "its identifier may still be entered")

    def test_roles(self):
        """FWD-7: the officer alone; a mark is no column to write."""
        letter = self._request_sent()
        for role in ("operator", "supervisor", "approver", "auditor", "press", "executor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                letter.with_user(getattr(self, role)).action_post()
        for vals in ({"posted_on": self.today}, {"awaits_posting": False}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                letter.with_user(self.officer).write(vals)
        born = self.env["hotline.request"].with_user(self.officer).create(
            {"ticket_id": self.case.id, "partner_id": self.agency.id, "text": "Акты",
             "posted_on": self.today, "printed_at": "2026-01-01 10:00:00"}
        )  # fmt: skip
        self.assertFalse(born.posted_on or born.printed_at)

    def test_after_closing(self):
        """B4: the mark lives on after closing, given once; the lock refuses another day."""
        letter = self._reported()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET state = 'closed' WHERE id = %s", [letter.ticket_id.id]
        )
        self.env.invalidate_all()
        self._print(letter)
        self.assertEqual(letter.printed_by_id, self.officer)
        self._post(letter, posted_way="plain")
        self.assertEqual(letter.posted_on, self.today)


@tagged("post_install", "-at_install")
class TestClosingAsks(PaperCommon):
    def _close_act(self, case):
        acts = case.with_user(self.officer).acts
        return next(act for act in acts if act["method"] == "action_close")

    def test_closing_asks_about_the_paper(self):
        """FIND11.6: an answer on paper without its mark: the button asks, the server does not."""
        case = self.answer.ticket_id
        self.assertIn(self.answer.outgoing_number, self._close_act(case)["ask"])
        self._post(self.answer, posted_way="plain")
        self.assertNotIn("ask", self._close_act(case))
