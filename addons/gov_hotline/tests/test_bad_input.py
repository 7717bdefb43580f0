import base64
import io
import zipfile

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import HotlineCommon

PROGRAMME = b"MZ\x90\x00" + b"\0" * 60
SCRIPT = "<script>alert(1)</script><b>жирно</b>"


def archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.txt", "x")
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestFiles(HotlineCommon):
    """Bad input, point 9: one place keeps the types and the size of files on every road."""

    def _upload(self, name, raw, user=None, **vals):
        vals = {"res_model": "helpdesk.ticket", "res_id": 0, **vals}
        files = self.env["ir.attachment"].with_user(user or self.operator)
        return files.create({"name": name, "raw": raw, **vals})

    def test_refused_by_content(self):
        """A programme or an archive under the name of a document, on every record of ours."""
        draft = self._draft()
        for model in ("helpdesk.ticket", "hotline.answer", "hotline.addition", False):
            for name, raw in (("Скан.pdf", PROGRAMME), ("Фото.jpg", archive()), ("a.zip", b"PK")):
                with self.subTest(model=model, name=name), self.assertRaisesRegex(UserError, name):
                    self._upload(name, raw, res_model=model)
        self.assertFalse(draft.attachment_ids)
        self.assertTrue(self._upload("Скан.pdf", b"%PDF-1.4", res_id=draft.id))

    def test_citizen_is_no_exception(self):
        """The weakest role: what the portal takes for a citizen goes the same way."""
        ticket = self._registered()
        portal = self.env["hotline.addition"].with_user(self.executor)
        with self.assertRaisesRegex(UserError, "Скан.pdf"):
            portal._of_citizen(ticket.sudo(), "Прилагаю", [("Скан.pdf", PROGRAMME)])

    def test_relinked_and_renamed(self):
        """A file that comes by the chatter's composer or is renamed afterwards."""
        draft = self._draft()
        with self.assertRaises(UserError):
            self._upload("Скан.exe", PROGRAMME, res_model="mail.compose.message")
        file = self._upload("Скан.pdf", b"%PDF-1.4", res_id=draft.id)
        with self.assertRaises(UserError):
            file.name = "Скан.exe"
        with self.assertRaises(UserError):
            file.raw = PROGRAMME
        with self.assertRaises(UserError):
            file.datas = base64.b64encode(PROGRAMME)

    def test_settings_of_the_body(self):
        """Types and size are settings of the body."""
        self.env.company.write({"hotline_file_types": "zip", "hotline_file_megabytes": 1})
        self.assertTrue(self._upload("Архив.zip", archive()))
        with self.assertRaises(UserError):
            self._upload("Скан.pdf", b"%PDF-1.4")
        with self.assertRaises(UserError):
            self._upload("Большой.zip", archive() + b"\0" * 1024 * 1024)

    def test_settings_that_take_nothing_are_refused(self):
        """B9: an empty list, «*», a programme: refused with words."""
        for types in ("", "*", "pdf exe"):
            refused = self.assertRaises(UserError)
            with self.subTest(types=types), refused, self.env.cr.savepoint():
                self.env.company.hotline_file_types = types

    def test_other_records_are_left_alone(self):
        """Files of other applications are none of our business."""
        self.assertTrue(self._upload("a.zip", archive(), res_model="res.partner"))

    def test_what_the_system_makes(self):
        """Mail that has come in and reports are not uploads: no letter bounces."""
        system = self.env["ir.attachment"].with_user(self.env.ref("base.user_root"))
        draft = self._draft()
        vals = {"name": "a.zip", "raw": archive(), "res_model": draft._name, "res_id": draft.id}
        self.assertTrue(system.create(vals))


@tagged("post_install", "-at_install")
class TestTwoOfficers(HotlineCommon):
    """Bad input, point 9: the second to save is told who changed what and when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._new_role_user("officer", "approver")
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "Жилищный отдел"})

    def _seen(self, ticket, user):
        names = ["team_id", "user_id", "topic_id", "received_at", "appeal_text", "registered_on"]
        spec = {name: {} for name in names}
        (shown,) = ticket.with_user(user).web_read(spec)
        return {name: shown[name] for name in names}

    def _save(self, ticket, user, vals, seen):
        return ticket.with_user(user).web_save({**vals, "hotline_seen": seen}, {"team_id": {}})

    def test_second_is_told(self):
        ticket = self._registered()
        mine, theirs = self._seen(ticket, self.second), self._seen(ticket, self.officer)
        with freeze_time(fields.Datetime.now()):
            self._save(ticket, self.officer, {"team_id": self.team.id}, theirs)
        with self.assertRaises(UserError) as refusal:
            self._save(ticket, self.second, {"user_id": self.second.id}, mine)
        told = str(refusal.exception)
        self.assertIn(self.officer.name, told)
        label = ticket._fields["team_id"]._description_string(self.env(user=self.second.id))
        self.assertIn(label, told)
        self.assertRecordValues(ticket, [{"team_id": self.team.id, "user_id": False}])
        self._save(
            ticket, self.second, {"user_id": self.second.id}, self._seen(ticket, self.second)
        )
        self.assertEqual(ticket.user_id, self.second)

    def test_own_next_save_passes(self):
        """Every kind of value survives the way to the form and back."""
        ticket = self._registered()
        self._save(
            ticket, self.officer, {"team_id": self.team.id}, self._seen(ticket, self.officer)
        )
        seen = self._seen(ticket, self.officer)
        self._save(ticket, self.officer, {"user_id": self.officer.id}, seen)
        self.assertEqual(ticket.user_id, self.officer)

    def test_forged_list(self):
        """Unknown, unreadable and computed names in what was «seen» are no way to learn values."""
        ticket = self._registered()
        seen = {"no_such_field": 1, "days_left": 99, "deadline_ids": [], "draft_digest": "x"}
        with self.assertRaises(UserError):
            self._save(ticket, self.officer, {"team_id": self.team.id}, seen)
        del seen["draft_digest"]
        self._save(ticket, self.officer, {"team_id": self.team.id}, seen)
        self.assertEqual(ticket.team_id, self.team)

    def test_other_clients_save_as_ever(self):
        ticket = self._registered().with_user(self.officer)
        ticket.web_save({"team_id": self.team.id}, {})
        self.assertEqual(ticket.team_id, self.team)


@tagged("post_install", "-at_install")
class TestTexts(HotlineCommon):
    """Bad input, point 9: endless texts, scripts in every field that a person types."""

    def test_endless_text(self):
        for user in (self.operator, self.officer):
            with self.subTest(user=user.login), self.assertRaisesRegex(ValidationError, "100"):
                self._draft(user, appeal_text="а" * 100_001)
        self.assertTrue(self._draft(appeal_text="а" * 100_000))

    def test_scripts_are_text(self):
        """In the form's HTML, on the card and on the sheet to sign nothing runs."""
        typed = dict.fromkeys(
            (
                *("applicant_surname", "applicant_given_name", "applicant_patronymic"),
                *("applicant_address", "appeal_text"),
            ),
            SCRIPT,
        )
        ticket = self._draft(kind="message", origin="phone", **typed)
        file = {"name": f"{SCRIPT}.pdf", "raw": b"%PDF-1.4", "res_model": ticket._name}
        self.env["ir.attachment"].with_user(self.operator).create({**file, "res_id": ticket.id})
        for name in ("description", "files_html", "certificate_html"):
            with self.subTest(field=name):
                self.assertNotIn("<script", ticket[name] or "")
        ticket.action_issue_draft_code()
        reports = self.env["ir.actions.report"].with_user(self.operator)
        sheet = reports._render_qweb_html("gov_hotline.report_draft", ticket.ids)[0].decode()
        self.assertNotIn("<script>alert", sheet)
        ticket.kind = "message"
        ticket.action_register()
        card = reports._render_qweb_html("gov_hotline.report_card", ticket.ids)[0].decode()
        self.assertNotIn("<script>alert", card)
        self.assertIn("&lt;script&gt;", card)
        question = ticket.question_ids
        question.with_user(self.officer).write({"text": SCRIPT})
        self.assertEqual(question.text, SCRIPT)
