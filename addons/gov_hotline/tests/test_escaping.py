import io

from lxml import html
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .acts_common import ActsCommon

PRODUCT = 5332114  # of 1234 and 4321: whoever counts it has run what a citizen wrote
SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
TEMPLATES = "{{ 1234*4321 }} ${1234*4321} {% print(1234*4321) %} <t t-out='1234*4321'/>"
NAMES = "{заявитель.фамилия} {applicant} {0.__class__} %(number)s %s"
BREAKS = "]]> --> </p></div></t> & &lt;b&gt; \"'"
EVIL = f"{SCRIPT} {IMAGE} {TEMPLATES} {NAMES} {BREAKS}"
SHORT = f"{SCRIPT}{{{{ 1234*4321 }}}}${{1234*4321}}"  # where a field is short: a name, a file


class EscapingCommon(ActsCommon):
    """A citizen whose name, address and words are as bad as they come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evil = {
            "applicant_surname": SHORT,
            "applicant_given_name": NAMES,
            "applicant_patronymic": IMAGE,
            "applicant_address": EVIL,
            "appeal_text": EVIL,
        }
        cls.citizen.write({"surname": SHORT, "given_name": NAMES, "street": EVIL})
        cls.ticket = cls._registered(**cls.evil).with_user(cls.officer)

    def _assert_text(self, page, *words):
        """`page` is whole, runs nothing, has counted nothing and shows `words` as they are."""
        tree = html.fromstring(page)
        scripts = "".join(tree.xpath("//script/text()"))
        self.assertNotIn("alert(1)", scripts)
        self.assertFalse(tree.xpath("//img[@onerror] | //*[starts-with(@href, 'javascript')]"))
        self.assertNotIn(str(PRODUCT), page)
        shown = " ".join(tree.text_content().split())
        for one in words:
            self.assertIn(" ".join(one.split()), shown)


@tagged("post_install", "-at_install")
class TestEscaping(EscapingCommon):
    """Bad input, point 9: a citizen's words are words wherever they stand."""

    def test_texts_of_notices(self):
        """Each kind of notice takes the words as they are; no name in braces is looked up twice."""
        kinds = dict(self.env["hotline.notice"]._fields["kind"].selection)
        self.assertGreater(len(kinds), 5)
        told = ""
        for kind in kinds:
            with self.subTest(kind=kind):
                notice = self.ticket._new_notice(kind)
                self.assertNotIn(str(PRODUCT), notice.text)
                self.assertNotIn("class 'str'", notice.text)
                told += notice.text + notice.addressee_name + (notice.address or "")
        self.assertIn(SCRIPT, told)
        self.assertIn("{{ 1234*4321 }}", told)
        self.assertIn("{applicant}", told)

    def test_form_of_the_case(self):
        """What the form shows as HTML: the words are in it, nothing of it runs."""
        self._request(self.ticket)
        self._letter(self.ticket, sender_number=SHORT)
        file = {"name": f"{SHORT}.pdf", "raw": b"%PDF-1.4", "res_model": self.ticket._name}
        self.env["ir.attachment"].with_user(self.officer).create({**file, "res_id": self.ticket.id})
        addition = self.env["hotline.addition"].with_user(self.operator)
        addition.create({"ticket_id": self.ticket.id, "text": EVIL})
        self._registered(**self.evil)
        self.ticket.invalidate_recordset()
        shown = {
            name: self.ticket[name]
            for name, field in self.ticket._fields.items()
            if field.type == "html" and self.ticket[name]
        }
        self.assertGreaterEqual(len(shown), 4, list(shown))
        for name, page in shown.items():
            with self.subTest(field=name):
                self._assert_text(f"<div>{page}</div>")
        self._assert_text(f"<div>{shown['additions_html']}</div>", SCRIPT, TEMPLATES, NAMES)
        self._assert_text(f"<div>{shown['files_html']}</div>", SHORT)

    def test_cards_and_sheets(self):
        """The card for staff, the card for the applicant, as page and as PDF."""
        self._answer(self.ticket, text=EVIL)
        reports = self.env["ir.actions.report"].with_user(self.officer)
        reports = reports.with_context(force_report_rendering=True, lang="ru_RU")
        for name in ("report_card", "report_card_citizen"):
            report = f"gov_hotline.{name}"
            with self.subTest(report=name):
                page = reports._render_qweb_html(report, self.ticket.ids)[0].decode()
                self._assert_text(page, SCRIPT, "{{ 1234*4321 }}")
                content, kind = reports._render_qweb_pdf(report, self.ticket.ids)
                self.assertEqual(kind, "pdf")
                pages = PdfReader(io.BytesIO(content)).pages
                text = "".join("".join(one.extract_text().split()) for one in pages)
                self.assertIn("<script>alert(1)</script>", text)
                self.assertNotIn(str(PRODUCT), text)

    def test_words_of_the_journal(self):
        """The journal tells what was done with names and reasons as they are written."""
        correction = self.env["hotline.correction"].with_user(self.operator)
        correction.create(
            {
                "ticket_id": self.ticket.id,
                "field_name": "applicant_address",
                "value_after": f"ул. Ленина, {NAMES}",
                "reason": EVIL,
            }
        )
        self._extension(self.ticket, reason=EVIL).action_propose()
        lines = self.env["hotline.journal"].with_user(self.auditor)
        lines = lines.search([("model", "=", self.ticket._name), ("res_ref", "=", self.ticket.id)])
        self.assertGreaterEqual(len(lines), 4)
        for line in lines.with_context(lang="ru_RU"):
            words = f"{line.event_text} {line.record_name} {line.payload_text} {line.user_name}"
            self.assertNotIn(str(PRODUCT), words)
            self.assertTrue(line.event_text)

    def test_refusals_in_words(self):
        """A sentence that names a record repeats its name, whatever percents it has."""
        request = self._request(self.ticket)
        request.partner_id.name = f"{NAMES} {SCRIPT}"
        request.action_send()
        with self.assertRaises(UserError) as refusal:
            request.text = "x"
        self.assertIn(NAMES, str(refusal.exception))

    def test_messages_to_colleagues(self):
        """Who gets the case is told its number, in a message that nothing broke."""
        self.ticket.user_id = self.officer
        message = self.env["mail.message"].search(
            [("model", "=", self.ticket._name), ("res_id", "=", self.ticket.id)]
        )
        for one in message:
            self._assert_text(f"<div>{one.body or '-'}</div>")


@tagged("post_install", "-at_install")
class TestEscapingPages(EscapingCommon, HttpCase):
    """Bad input, point 9: the same on the pages of citizens and executors."""

    def _page(self, url, login):
        self.authenticate(login, login)
        with mute_logger("odoo.http"):
            page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        return page.text

    def test_portal_of_the_citizen(self):
        """The list, the own case with a notice, an answer and an addition."""
        login = "citizen_evil"
        new_test_user(self.env, login=login, groups="base.group_portal", partner_id=self.citizen.id)
        notice = self.ticket._new_notice("registration", text=EVIL, channel="portal")
        notice._issue()
        self.env["hotline.addition"]._of_citizen(
            self.ticket.sudo(), EVIL, [(f"{SHORT}.pdf", b"%PDF-1.4")]
        )
        self._answer(self.ticket, text=EVIL)
        case = self._page(f"/my/ticket/{self.ticket.id}", login)
        self._assert_text(case, SCRIPT, TEMPLATES, NAMES)
        self.assertGreaterEqual(html.fromstring(case).text_content().count(SCRIPT), 4)
        self._assert_text(self._page("/my/tickets", login))
        found = self._page(f"/my/tickets?search={SHORT.replace('{', '%7B')}", login)
        self._assert_text(found)

    def test_portal_of_the_executor(self):
        """The assignment with the whole appeal; its text is the officer's."""
        executor = new_test_user(
            self.env, login="portal_evil", groups="base.group_portal", lang="ru_RU"
        )
        executor.partner_id.parent_id = self.agency
        self.head.may_resolve = True
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        dialog = dialog.with_context(**self.ticket.action_resolution()["context"])
        dialog.create(
            {"addressee_ids": [(6, 0, self.agency.ids)], "text": EVIL}
        ).action_sign_and_send()
        assignment = self.ticket.assignment_ids
        assignment.sudo()._set(executor_user_id=executor.id, pd_mode="full")
        page = self._page(f"/my/assignments/{assignment.id}", executor.login)
        self._assert_text(page, SCRIPT, TEMPLATES, NAMES)
        self._assert_text(self._page("/my/assignments", executor.login))
