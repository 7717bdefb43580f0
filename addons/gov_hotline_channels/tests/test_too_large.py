from odoo.exceptions import UserError
from odoo.tests import tagged

from .placing_common import PlacingCommon
from .test_upload_link import PDF


@tagged("post_install", "-at_install")
class TestTooLarge(PlacingCommon):
    """Issue 4, point 6: over the limit gets an upload link, once, and never a programme."""

    def _large(self, **vals):
        """Return a letter of which only the head came, decided upon."""
        mail = self._came(**{"is_too_large": True, "size": 41 * 1024 * 1024, "body": "", **vals})
        mail.sudo()._too_large()
        mail.invalidate_recordset()
        return mail

    def _links(self, mail):
        return self.env["hotline.upload.link"].sudo().search([("incoming_id", "=", mail.id)])

    def _large_reply(self, our, **vals):
        return self._large(**{"from_address": our.email_to, "in_reply_to": our.message_id, **vals})

    def test_executors_large_answer(self):
        """The reply to the card gets a link; the files land in its assignment, the letter too."""
        assignment, card = self._carded()
        mail = self._large_reply(card)
        link = self._links(mail)
        self.assertEqual((link.assignment_id, link.email_to), (assignment, card.email_to))
        self.assertEqual((mail.state, mail.kind), ("quarantine", "executor_answer"))
        self.assertIn("41", mail.why)
        self.assertIn(card.email_to, mail.why)
        token = link._mails().link_key
        link = link._by_token(token)
        link._take("ответ.pdf", PDF)
        link._hand_over()
        mail.invalidate_recordset()
        answer = assignment.answer_ids
        self.assertEqual((answer.came_by, answer.attachment_ids.name), ("link", "ответ.pdf"))
        self.assertRecordValues(
            mail, [{"state": "placed", "res_model": answer._name, "res_id": answer.id}]
        )

    def test_once(self):
        """The same letter decided upon again sends nothing more."""
        _assignment, card = self._carded()
        mail = self._large_reply(card)
        mail.sudo()._too_large()
        links = self._links(mail)
        self.assertEqual((len(links), len(links._mails())), (1, 1))

    def test_applicants_large_reply(self):
        """Art. 5: the applicant's link leads to an addition of the case."""
        address = "m@citizen.example"
        case = self._case(kind="message", origin="phone", applicant_email=address)
        signer = self._signer(case.company_id, case.registered_on)
        notice = case._new_notice(
            "registration", channel="email", address=address, authority_id=signer.id
        )
        notice.action_issue()
        our = case.mail_ids.filtered(lambda mail: mail.kind == "notice")
        mail = self._large_reply(our)
        link = self._links(mail)
        self.assertFalse(link.assignment_id)
        self.assertEqual((link.ticket_id, mail.kind), (case.sudo(), "addition"))

    def test_never_to_a_programme(self):
        """Auto-replies, mailings and bounces get nothing."""
        _assignment, card = self._carded()
        for headers in (
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "Return-Path: <>",
            "Content-Type: multipart/report; report-type=delivery-status",
        ):
            mail = self._large_reply(card, headers=headers)
            with self.subTest(headers):
                self.assertFalse(self._links(mail))

    def test_never_to_a_stranger(self):
        """From another address, or about nothing of ours: a person decides."""
        _assignment, card = self._carded()
        for mail in (
            self._large_reply(card, from_address="someone@elsewhere.example"),
            self._large(),
            self._large(from_address="roads@roads.example"),
        ):
            self.assertFalse(self._links(mail))
            self.assertEqual(mail.state, "quarantine")
            self.assertIn("41", mail.why)

    def test_reply_to_the_link(self):
        """A small reply to the letter with the link lands where the link leads."""
        assignment, card = self._carded()
        ours = self._links(self._large_reply(card))._mails()
        mail = self._reply_to(ours, body="Файл всё-таки поместился.")
        self.assertEqual((mail.state, mail.assignment_id), ("placed", assignment))
        self.assertIn("поместился", assignment.answer_ids.text)

    def _refused(self, act):
        with self.assertRaisesRegex(UserError, "ссылк|link"), self.env.cr.savepoint():
            act()

    def test_a_head_is_not_attached(self):
        """B4: without its content a letter is no answer and no addition, whoever forces the act."""
        assignment, card = self._carded()
        mail = self._large_reply(card)
        dialog = self.env["hotline.incoming.placement"].with_user(self.officer)
        case = assignment.ticket_id
        for act, chosen in (
            ("answer", {"assignment_id": assignment.id, "is_final": True}),
            ("addition", {"ticket_id": case.id}),
        ):
            with self.subTest(act):
                self._refused(getattr(mail, f"action_open_{act}"))
                forced = dialog.create({"mail_id": mail.id, "act": act, **chosen})
                self._refused(forced.action_apply)
        mail.invalidate_recordset()
        self.assertEqual(mail.state, "quarantine")
        self.assertFalse(assignment.answer_ids or case.addition_ids)

    def test_a_head_is_put_aside_or_registered(self):
        """What needs no content is still done: a body's letter as a draft, a stranger's aside."""
        aside = self._large()
        self._decide(aside, "reject", reason="Файлы взяты из ящика и внесены в дело")
        self.assertEqual(aside.state, "rejected")
        self.assertTrue(self._large().action_open_covering())

    def test_final_after_the_link(self):
        """Once the files came by the link, the officer may call the answer final."""
        assignment, card = self._carded()
        mail = self._large_reply(card)
        link = self._links(mail)
        link._take("ответ.pdf", PDF)
        link._hand_over()
        mail.invalidate_recordset()
        self._decide(mail, "final")
        self.assertEqual(assignment.state, "answered")

    def test_a_head_is_not_called_damaged(self):
        """The letter says that only its head was fetched, also after the decision."""
        head = (
            b"From: otvet@roads.example\r\nSubject: Re\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: multipart/mixed; boundary=xx\r\n\r\n"
        )
        file = self.env["ir.attachment"].create({"name": "letter.eml", "raw": head})
        size = 37 * 1024 * 1024
        mail = self._came(is_too_large=True, size=size, raw_id=file.id).sudo()
        mail.with_context(lang="ru_RU")._read()
        self.assertNotIn("повреждено", mail.faults)
        self.assertIn("37", mail.faults)
        self.assertFalse(mail.attachment_ids)
        mail._too_large()
        self._decide(mail.with_user(self.officer), "reject", reason="Разослано всем подряд")
        self.assertIn("37", mail.faults)
        mail._write_by_act({"is_too_large": False})
        mail.with_context(lang="ru_RU")._read()
        self.assertIn("повреждено", mail.faults)
