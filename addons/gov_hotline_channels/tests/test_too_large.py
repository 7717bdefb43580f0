from odoo.tests import tagged

from .placing_common import PlacingCommon
from .test_upload_link import PDF, TOKEN


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
        token = link._mails().body.partition(TOKEN)[2].split()[0]
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
