import io
import json

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_posting_many import ManyCommon


class PrintCommon(ManyCommon):
    """An answer, a notice and a forwarding, ticked in «Outgoing letters»."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")

    def _print(self, *letters, user=None, envelopes=False):
        """Return (the print, what its part told) of these letters, in this order."""
        opened = self._rows(*letters, user=user).action_print_selected()
        made = self.env["hotline.outgoing.print"].with_user(user or self.officer)
        made = made.browse(opened["res_id"])
        made.with_envelopes = envelopes
        params = made.action_print()["params"]
        lines = self.env[params["model"]].with_user(user or self.officer).browse(params["ids"])
        return made, getattr(lines, params["method"])()

    def _pages(self, content):
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def _printed(self):
        return self.env["hotline.journal"].search_count([("event", "=", "letter_printed")])


@tagged("post_install", "-at_install")
class TestOutgoingPrint(PrintCommon):
    """E6, B5: ticked letters come as one file, in the list's order, each as it was issued."""

    def test_one_file_of_many_letters(self):
        """E6: every letter is found by its number on its own sheet, in order; none is lost."""
        ticked = (self.notice, self.answer, self.letter)
        made, told = self._print(*ticked)
        self.assertEqual((told["done"], told["refused"]), (3, []))
        pages = self._pages(made._pdf())
        sheets = [len(self._pages(one._letter_pdf())) for one in ticked]
        self.assertEqual(len(pages), sum(sheets))
        at = [sum(sheets[:place]) for place in range(3)]
        for place, letter in zip(at, ticked, strict=True):
            self.assertIn(letter.outgoing_number, pages[place])
        self.assertIn("3", made._file_name())

    def test_each_as_it_was_issued(self):
        """E6: a later letterhead changes nothing of what is kept."""
        self.env.company.hotline_letter_name = "НОВЫЙ ОРГАН"
        made, _told = self._print(self.notice, self.answer)
        self.assertNotIn("НОВЫЙ ОРГАН", " ".join(self._pages(made._pdf())))

    def test_envelopes_behind_the_letters(self):
        """B5: in the same order; who has no address gets the letter, the envelope is named."""
        ticked = (self.letter, self.answer)
        made, told = self._print(*ticked, envelopes=True)
        self.assertEqual((told["done"], told["refused"]), (2, []))
        pages = self._pages(made._pdf())
        self.assertIn("ул. Правды, 1", pages[-2])
        self.assertIn(self.letter.outgoing_number, pages[-2])
        self.assertIn(self.answer.outgoing_number, pages[-1])
        self.other_body.write({"street": False, "city": False, "zip": False, "country_id": False})
        made, told = self._print(*ticked, envelopes=True)
        self.assertEqual((told["done"], told["refused"]), (2, []))
        (bare,) = told["skipped"]
        self.assertIn(self.letter.outgoing_number, bare["name"])
        self.assertTrue(bare["words"])
        self.assertTrue(bare["url"].endswith(f"hotline.assignment/{self.letter.id}"))
        pages = self._pages(made._pdf())
        self.assertIn(self.letter.outgoing_number, pages[0])
        self.assertNotIn(self.letter.outgoing_number, pages[-1])
        self.assertEqual(made._file_name().count("2.pdf"), 1)

    def test_what_cannot_be_printed_is_named(self):
        """E6: a damaged file stops nobody else's letter; it is named with its reason."""
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "hotline.answer"), ("res_id", "=", self.answer.id),
             ("res_field", "=", "letter_file")]
        )  # fmt: skip
        kept.raw = b"%PDF-1.4 another"
        self.env.invalidate_all()
        made, told = self._print(self.answer, self.notice)
        self.assertEqual(told["done"], 1)
        (refused,) = told["refused"]
        self.assertIn(self.answer.outgoing_number, refused["name"])
        self.assertIn("SHA-256", refused["reason"])
        self.assertTrue(refused["url"].endswith(f"hotline.answer/{self.answer.id}"))
        self.assertIn(self.notice.outgoing_number, " ".join(self._pages(made._pdf())))

    def test_each_print_leaves_its_traces(self):
        """X5: the journal has a line a letter and a line an envelope."""
        before = self._printed()
        self._print(self.notice, self.letter, envelopes=True)
        self.assertEqual(self._printed(), before + 4)

    def test_rights_of_the_single_prints(self):
        """X5: who reads letters prints them; forwardings the officer alone; others nothing."""
        for role in ("supervisor", "approver", "auditor"):
            _made, told = self._print(self.notice, self.letter, user=getattr(self, role))
            with self.subTest(role=role):
                self.assertEqual(told["done"], 1)
                self.assertIn(self.letter.outgoing_number, told["refused"][0]["name"])
        for role in ("operator", "press", "executor"):
            rows = self._rows(self.notice).with_user(getattr(self, role))
            with self.subTest(role=role), self.assertRaises(AccessError):
                rows.action_print_selected()
        with self.assertRaises(UserError):
            self.env["hotline.outgoing"].with_user(self.officer).action_print_selected()

    def test_another_ones_print(self):
        """X5: neither drawn nor taken by anybody else; the bytes are nobody's column."""
        made, _told = self._print(self.notice)
        other = self._new_role_user("officer", "operator")
        for act in (
            lambda: made.with_user(other).action_print(),
            lambda: made.with_user(other).line_ids.print_part(),
            lambda: made.with_user(other)._pdf(),
            lambda: made.line_ids.read(["letter_file"]),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_the_bulk_forwarding_opens_what_waits(self):
        """FIND8: the window of the result has a button to the unsent letters of these cases."""
        opened = self.case.action_forward_selected()
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        cases = self._case() | self._case()
        opened = cases.action_forward_selected()
        dialog = dialog.with_context(**opened["context"])
        dialog = dialog.create({"addressee_ids": [(6, 0, self.other_body.ids)]})
        batch = dialog.action_sign_and_send()["params"]
        told = cases.resolve_part(*batch["args"])
        action = getattr(cases, batch["post"]["method"])()
        self.env.flush_all()
        shown = self.env[action["res_model"]].with_user(self.officer)
        self.assertIn("search_default_to_post", action["context"])
        found = shown.search([*action["domain"], ("state", "=", "to_post")])
        self.assertEqual(len(found), 4)
        for row in found:
            waiting = "".join(one["letters"] for one in told["waiting"])
            self.assertIn(row.outgoing_number, waiting)
        with self.assertRaises(AccessError):
            cases.with_user(self.supervisor).action_show_letters_to_post()


@tagged("post_install", "-at_install")
class TestOutgoingPrintDownload(PrintCommon, HttpCase):
    """The file by its address: whoever prepared it."""

    def test_who_gets_it(self):
        made, _told = self._print(self.notice, self.answer)
        url = f"/hotline/outgoing/print/{made.id}.pdf"
        self.authenticate(self.officer.login, self.officer.login)
        reply = self.url_open(url)
        self.assertEqual(reply.headers["Content-Type"], "application/pdf")
        words = " ".join(self._pages(reply.content))
        for letter in (self.notice, self.answer):
            self.assertIn(letter.outgoing_number, words)
        absent = self.url_open("/hotline/outgoing/print/999999.pdf")
        self.assertEqual(absent.status_code, 404)
        self.assertIn("напечатайте письма заново", absent.text)
        for user in (self.supervisor, self.operator, self.press, self.executor):
            self.authenticate(user.login, user.login)
            with self.subTest(user.login), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 403)

    def test_what_there_is_not(self):
        """X5: a print that was not drawn and a form that there is not: not found, no failure."""
        empty = self.env["hotline.outgoing.print"].with_user(self.officer).create({})
        self.authenticate(self.officer.login, self.officer.login)
        reply = self.url_open(f"/hotline/outgoing/print/{empty.id}.pdf")
        self.assertEqual(reply.status_code, 404)
        self.assertIn("напечатайте письма заново", reply.text)
        for kind in ("html", "pdf", "text"):
            url = f"/report/{kind}/gov_hotline.no_such_form/{empty.id}"
            with self.subTest(kind), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url).status_code, 404)

    def test_rpc_of_the_wrong_roles(self):
        """X5: over RPC, past the buttons."""
        made, _told = self._print(self.notice)
        for user in (self.supervisor, self.operator, self.press, self.executor):
            self.authenticate(user.login, user.login)
            for method, model, ids in (
                ("print_part", "hotline.outgoing.print.line", made.line_ids.ids),
                ("action_print", "hotline.outgoing.print", made.ids),
                ("action_post", "hotline.answer", self.answer.ids),
            ):
                with self.subTest(f"{user.login} {method}"), mute_logger("odoo.http"):
                    params = {"model": model, "method": method, "args": [ids], "kwargs": {}}
                    reply = self.url_open(
                        f"/web/dataset/call_kw/{model}/{method}",
                        data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                        headers={"Content-Type": "application/json"},
                    ).json()
                    self.assertIn("AccessError", reply["error"]["data"]["name"])
