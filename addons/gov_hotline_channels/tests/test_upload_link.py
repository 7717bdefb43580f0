import email
from datetime import timedelta
from email import policy

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.assignment_common import AssignmentCommon
from odoo.addons.gov_hotline.tests.common import ROLES

from ..domain import upload_link
from ..models.hotline_mail_key import HIDDEN_KEY

PDF = b"%PDF-1.4 answer"
TOKEN = "/hotline/upload/"


class UploadCommon(AssignmentCommon):
    """An assignment sent to an agency with an address, and its link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case()
        cls.by_letter.email = "otvet@teploset.example"
        cls.assignment = cls._resolve(cls.case, cls.by_letter)

    def _sent(self, assignment=None):
        """Return (link as the system, its token) of a link sent by the officer."""
        assignment = assignment or self.assignment
        assignment.with_user(self.officer).action_send_upload_link()
        link = assignment.sudo().upload_link_ids[:1]
        token = link._mails().link_key
        return self.env["hotline.upload.link"]._by_token(token), token


@tagged("post_install", "-at_install")
class TestUploadLink(UploadCommon):
    """Issue 4, point 6: over the limit gets an upload link."""

    def _refused(self, act, words="."):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def test_sent_by_the_officers_hand(self):
        """The letter names the number and nothing else of the case; only a digest is kept."""
        link, token = self._sent()
        mail = link._mails()
        self.assertRecordValues(
            mail, [{"kind": "upload_link", "email_to": "otvet@teploset.example"}]
        )
        self.assertNotIn("Иванова", mail.body + mail.subject)
        self.assertIn(self.case.number, mail.body)
        self.assertEqual(link.token_hash, upload_link.digest(token))
        self.assertNotIn(token, str(link.read()) + mail.body)
        acts = {act["method"] for act in self.assignment.with_user(self.officer).acts}
        self.assertIn("action_send_upload_link", acts)

    def test_applicant_gets_one_by_the_officers_hand(self):
        """The applicant's files by the link are an addition; a button of the case says so."""
        case = self._case(applicant_email="anna@citizen.example")
        method = "action_send_upload_link"
        for role in ROLES:
            one = case.with_user(getattr(self, role))
            with self.subTest(role=role):
                if role in ("officer", "administrator"):
                    self.assertIn(method, {act["method"] for act in one.acts})
                    continue
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    one.action_send_upload_link()
        case.action_send_upload_link()
        link = case.upload_link_ids.sudo()
        self.assertRecordValues(
            link, [{"email_to": "anna@citizen.example", "assignment_id": False, "state": "open"}]
        )
        link._take("Фото.pdf", PDF)
        link._hand_over("Вот фото.")
        self.assertRecordValues(case.addition_ids, [{"origin": "link", "text": "Вот фото."}])
        self.assertNotIn(link, self.assignment.ticket_id.upload_link_ids.sudo())

    def test_applicant_without_an_address(self):
        """The button is there and says why it does nothing; a draft has none."""
        case = self._case(applicant_email=False)
        act = next(one for one in case.acts if one["method"] == "action_send_upload_link")
        self.assertTrue(act["blocked"])
        self._refused(case.action_send_upload_link)

    def test_files_become_the_executors_answer(self):
        """Files land in the assignment; the officer decides, as with every answer."""
        link, _token = self._sent()
        for name in ("ответ.pdf", "схема.pdf"):
            link._take(name, PDF + name.encode())
        link._hand_over("Смотрите схему.", is_final=True)
        answer = self.assignment.answer_ids
        self.assertRecordValues(
            answer, [{"came_by": "link", "text": "Смотрите схему.", "is_final": True}]
        )
        self.assertEqual(set(answer.attachment_ids.mapped("name")), {"ответ.pdf", "схема.pdf"})
        self.assertEqual(set(answer.attachment_ids.mapped("res_model")), {answer._name})
        self.assertEqual((self.assignment.state, link.state), ("answered", "used"))
        link._hand_over("Смотрите схему.", is_final=True)
        self._refused(lambda: link._hand_over("Ещё раз"), "использован|is used")
        self.assertEqual(len(self.assignment.answer_ids), 1)
        self._refused(lambda: link._take("ещё.pdf", PDF))
        events = self.env["hotline.journal"].search(
            [("model", "=", "helpdesk.ticket"), ("res_ref", "=", self.case.id)]
        )
        self.assertLessEqual({"upload_link_sent", "upload_link_used"}, set(events.mapped("event")))

    def test_a_part_leaves_the_assignment_open(self):
        link, _token = self._sent()
        link._take("ответ.pdf", PDF)
        link._hand_over()
        self.assertEqual(self.assignment.state, "sent")
        self.assertTrue(self.assignment.answer_ids.text)

    def test_what_is_not_taken(self):
        """Programmes and archives by content, empty ones, over the room: named, nothing kept."""
        link, _token = self._sent()
        for name, content in (
            ("ответ.pdf", b"MZ programme"),
            ("архив.zip", b"PK\3\4 archive"),
            ("макрос.docm", b"x"),
            ("пусто.pdf", b""),
        ):
            self._refused(lambda name=name, content=content: link._take(name, content), name)
        link._write_by_act({"megabytes": 1})
        link._take("первый.pdf", PDF + b"0" * 900_000)
        self._refused(lambda: link._take("второй.pdf", PDF + b"0" * 200_000), "второй.pdf")
        self.assertEqual(link.attachment_ids.mapped("name"), ["первый.pdf"])
        link._drop(link.attachment_ids.id)
        link._take("второй.pdf", PDF + b"0" * 200_000)
        self.assertEqual(link.attachment_ids.mapped("name"), ["второй.pdf"])

    def test_its_life(self):
        """Ten days by the setting; closed by hand; over with the assignment."""
        self.env.company.hotline_upload_days = 3
        link, _token = self._sent()
        with freeze_time(fields.Datetime.now() + timedelta(days=3, minutes=1)):
            link.invalidate_recordset(["state"])
            self.assertEqual(link.state, "expired")
            self._refused(lambda: link._take("ответ.pdf", PDF))
        link.invalidate_recordset(["state"])
        link.with_user(self.officer).action_close()
        self._refused(lambda: link._take("ответ.pdf", PDF))
        other, _token = self._sent()
        self.assertNotEqual(other, link)
        self.assignment.with_user(self.officer).action_withdraw("Больше не нужно")
        self._refused(lambda: other._take("ответ.pdf", PDF))
        self.assertEqual(other._page_values()["state"], "closed")
        self._refused(self.assignment.with_user(self.officer).action_send_upload_link)

    def test_files_never_handed_over_are_not_lost(self):
        """The page was closed before the last button: at the end of the term they land."""
        link, _token = self._sent()
        link._take("ответ.pdf", PDF)
        with freeze_time(fields.Datetime.now() + timedelta(days=11)):
            self.env["hotline.upload.link"]._gc_forgotten()
        self.assertEqual(self.assignment.answer_ids.attachment_ids.mapped("name"), ["ответ.pdf"])
        self.assertFalse(self.assignment.answer_ids.is_final)

    def test_an_applicants_files_are_an_addition(self):
        """Art. 5: documents of the applicant, more than a letter carries."""
        Link = self.env["hotline.upload.link"].sudo()
        link = Link._send_new(self.case.sudo(), "ivanova@example.test")
        token = link._mails().link_key
        link = Link._by_token(token)
        link._take("фото.jpg", b"\xff\xd8\xff" + b"0" * 21 * 1024 * 1024)
        link._hand_over("")
        addition = self.case.sudo().addition_ids
        self.assertEqual(addition.attachment_ids.mapped("name"), ["фото.jpg"])
        self.assertEqual(addition.attachment_ids.res_model, addition._name)
        self.assertEqual((addition.kind, addition.origin), ("applicant", "link"))

    def test_roles(self):
        """B4: the officer sends and closes; the auditor reads; others do not see it."""
        link, _token = self._sent()
        for role in ROLES:
            user = getattr(self, role)
            theirs = self.env["hotline.upload.link"].with_user(user).browse(link.id)
            is_officer = role in ("officer", "administrator")
            with self.subTest(role=role):
                self.assertEqual(theirs.has_access("read"), is_officer or role == "auditor")
                with self.assertRaises(AccessError):
                    theirs.write({"megabytes": 9})
                with self.assertRaises(AccessError):
                    theirs.read(["token_hash"])
                if not is_officer:
                    with self.assertRaises(AccessError):
                        theirs.action_close()
                    with self.assertRaises(AccessError):
                        self.assignment.with_user(user).action_send_upload_link()

    def test_wrong_tokens(self):
        Link = self.env["hotline.upload.link"]
        _link, token = self._sent()
        for wrong in ("", "x", token[:-1], token + "A", upload_link.digest(token), None):
            self.assertFalse(Link._by_token(wrong))

    def test_nobody_reads_the_key(self):
        """B4: the key leaves with the letter; who reads the outgoing mail cannot use the link."""
        link, token = self._sent()
        mail = link._mails()
        sent = mail._message("hotline@body.example").as_string(policy=policy.SMTPUTF8)
        bodies = email.message_from_string(sent, policy=policy.default)
        for kind in ("plain", "html"):
            self.assertIn(TOKEN + token, bodies.get_body((kind,)).get_content())
        for role in ("auditor", "officer", "administrator"):
            theirs = mail.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.assertIn(TOKEN + HIDDEN_KEY, theirs.read(["body"])[0]["body"])
                self.assertNotIn(token, str(theirs.read()))
                with self.assertRaises(AccessError):
                    theirs.read(["link_key"])
                with self.assertRaises(AccessError):
                    theirs.search([("link_key", "=like", token[:3] + "%")])
        link._mail_sent(mail)
        self.assertFalse(mail.link_key)

    def test_a_key_is_kept_no_longer_than_its_link(self):
        link, _token = self._sent()
        with freeze_time(fields.Datetime.now() + timedelta(days=11)):
            link.invalidate_recordset(["state"])
            link._gc_keys()
        self.assertFalse(link._mails().link_key)
        other, _token = self._sent()
        other.with_user(self.officer).action_close()
        self.assertFalse(other._mails().link_key)
