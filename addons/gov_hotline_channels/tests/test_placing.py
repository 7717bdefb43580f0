from odoo.tests import tagged

from .placing_common import PlacingCommon

ACTIVITY = "gov_hotline_channels.mail_activity_type_incoming"


@tagged("post_install", "-at_install")
class TestPlacing(PlacingCommon):
    def test_executors_reply(self):
        """B5: the reply to the card's mail lands in its assignment with its files, not final."""
        assignment, card = self._carded()
        mail = self._reply_to(card, body="Тепло дано.", files=[("Акт.pdf", b"%PDF-1.4 act")])
        self.assertRecordValues(
            mail,
            [
                {
                    "state": "placed",
                    "kind": "executor_answer",
                    "assignment_id": assignment.id,
                    "ticket_id": assignment.ticket_id.id,
                    "our_mail_id": card.id,
                    "res_model": "hotline.assignment.answer",
                }
            ],
        )
        answer = assignment.answer_ids
        self.assertRecordValues(
            answer, [{"came_by": "email", "is_final": False, "author_id": False}]
        )
        self.assertIn("Тепло дано.", answer.text)
        self.assertEqual(answer.attachment_ids.mapped("name"), ["Акт.pdf"])
        self.assertEqual(answer.attachment_ids.raw, b"%PDF-1.4 act")
        self.assertEqual(assignment.state, "sent", "the officer says whether it is final")

    def test_reply_found_by_references(self):
        """B5: mail programmes that leave In-Reply-To out."""
        _assignment, card = self._carded()
        mail = self._reply_to(
            card, in_reply_to=False, references=f"<a@b.example> {card.message_id}"
        )
        self.assertEqual(mail.state, "placed")

    def test_colleague_of_the_executor(self):
        """B5: a contact of the same agency may answer for it."""
        assignment, card = self._carded()
        self.env["res.partner"].create(
            {"name": "Мастер", "parent_id": self.by_letter.id, "email": "Master@roads.example"}
        )
        mail = self._reply_to(card, from_address="master@roads.example")
        self.assertEqual((mail.state, mail.assignment_id), ("placed", assignment))

    def test_stranger_answers_the_card(self):
        """B5: from a stranger's address: quarantine with a proposal, and the officer is told."""
        assignment, card = self._carded()
        assignment.ticket_id.user_id = self.officer
        mail = self._reply_to(card, from_address="someone@elsewhere.example")
        self.assertRecordValues(
            mail,
            [
                {
                    "state": "quarantine",
                    "kind": "executor_answer",
                    "assignment_id": assignment.id,
                    "res_id": 0,
                }
            ],
        )
        self.assertIn("someone@elsewhere.example", mail.why)
        self.assertFalse(assignment.answer_ids)
        told = assignment.ticket_id.activity_search([ACTIVITY])
        self.assertEqual(told.user_id, self.officer)

    def test_too_late(self):
        """B5: the assignment was withdrawn: the letter waits, its case is named."""
        assignment, card = self._carded()
        self._act(assignment, "withdraw", text="Передано другому исполнителю.")
        mail = self._reply_to(card)
        self.assertEqual((mail.state, mail.ticket_id), ("quarantine", assignment.ticket_id))
        self.assertIn(assignment.case_number, mail.why)

    def test_applicants_reply(self):
        """B5, art. 5: the reply to a notice is an addition while the case is open."""
        case, notice = self._noticed()
        mail = self._reply_to(
            notice, body="Ещё и протечка.", files=[("Фото.jpg", b"\xff\xd8\xff1")]
        )
        self.assertEqual((mail.state, mail.kind), ("placed", "addition"))
        addition = case.addition_ids
        self.assertRecordValues(
            addition, [{"kind": "applicant", "origin": "email", "text": "Ещё и протечка."}]
        )
        self.assertEqual(addition.attachment_ids.mapped("name"), ["Фото.jpg"])
        self.assertTrue(case.new_addition_on, "the officer is told as of any addition")

    def test_refused_file_of_an_addition(self):
        """B5: what the body does not take is named in the addition and stays in the letter."""
        case, notice = self._noticed()
        mail = self._reply_to(notice, files=[("архив.rar", b"Rar!\x1a"), ("пусто.pdf", b"")])
        self.assertEqual(mail.state, "placed")
        self.assertIn("архив.rar, пусто.pdf", case.addition_ids.text)
        self.assertFalse(case.addition_ids.attachment_ids)
        self.assertEqual(len(mail.attachment_ids), 2)

    def test_applicants_reply_after_closing(self):
        """B5, practice 15: a closed case takes nothing by itself; the letter waits."""
        case, notice = self._noticed()
        self._answer(case)
        self._close(case)
        mail = self._reply_to(notice)
        self.assertEqual((mail.state, mail.kind), ("quarantine", "addition"))
        self.assertFalse(case.addition_ids)

    def test_citizens_letter(self):
        """Practice 9: a stranger's letter is a draft of a message, received when it came."""
        mail = self._placed(
            received_at="2026-11-20 09:00:00", files=[("Фото.jpg", b"\xff\xd8\xff1")]
        )
        self.assertEqual((mail.state, mail.kind), ("placed", "message"))
        self.assertRecordValues(
            mail.ticket_id,
            [
                {
                    "state": "draft",
                    "kind": "message",
                    "origin": "email",
                    "applicant_email": "anna@citizen.example",
                    "applicant_name": "Смирнова Анна Олеговна",
                    "appeal_text": "Третий день холодные батареи.",
                }
            ],
        )
        self.assertEqual(str(mail.ticket_id.received_at), "2026-11-20 09:00:00")
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", mail.ticket_id.id)]
        )
        self.assertEqual(files.mapped("name"), ["Фото.jpg"])

    def test_message_is_told_how_to_file(self):
        """Practice 9: once registered, «how to file an appeal» is prepared within its term."""
        case = self._placed().ticket_id
        case.write({"topic_id": self.topic.id})
        case.action_register()
        self.assertIn("how_to_file", case.notice_ids.mapped("kind"))

    def test_known_body(self):
        """Practice 10: the letter of a body waits to be registered with what it says of itself."""
        self.other_body.email = "post@prokuratura.example"
        by_domain = self._placed(from_address="ivanov@prokuratura.example")
        self.assertRecordValues(
            by_domain,
            [{"state": "quarantine", "kind": "covering", "sender_id": self.other_body.id}],
        )

    def test_public_mailboxes_tell_nothing(self):
        """Practice 9: a body with a mailbox at a public provider makes nobody else a body."""
        self.other_body.email = "prok@mail.ru"
        self.assertEqual(self._placed(from_address="anna@mail.ru").kind, "message")
        self.assertEqual(self._placed(from_address="prok@mail.ru").kind, "covering")

    def test_case_named(self):
        """B5: a number in the subject is a proposal only: anybody can write it."""
        case = self._case()
        mail = self._placed(subject=f"По обращению № {case.number}")
        self.assertEqual((mail.state, mail.ticket_id), ("quarantine", case))
        self.assertFalse(case.addition_ids)

    def test_automatons(self):
        """B5: neither «out of office» nor a loop makes a card, an answer or a letter."""
        assignment, card = self._carded()
        letters = self.env["hotline.mail"].search_count([])
        cases = self.env["helpdesk.ticket"].search_count([])
        away = self._reply_to(card, headers="Auto-Submitted: auto-replied\nX-Mailer: x")
        loop = self._placed(message_id=card.message_id, from_address="post@gov.example")
        self.assertEqual({away.state, loop.state}, {"noise"})
        self.assertFalse(assignment.answer_ids)
        self.assertEqual(self.env["hotline.mail"].search_count([]), letters)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), cases)

    def test_a_loop_ends(self):
        """B5: two programmes that talk to each other make at most twenty drafts an hour."""
        robot = "robot@loop.example"
        made = [self._placed(from_address=robot, body=f"Письмо {at}").state for at in range(23)]
        self.assertEqual(made, ["placed"] * 20 + ["noise"] * 3)

    def test_bounce(self):
        """E6: a report that our letter was not delivered makes no card; its officer is told."""
        assignment, card = self._carded()
        assignment.ticket_id.user_id = self.officer
        raw = self.env["ir.attachment"].create(
            {"name": "report.eml", "raw": b"Message-ID: " + card.message_id.encode()}
        )
        mail = self._placed(
            from_address="mailer-daemon@roads.example",
            headers="Content-Type: multipart/report; report-type=delivery-status",
            raw_id=raw.id,
        )
        self.assertEqual((mail.state, mail.ticket_id), ("noise", assignment.ticket_id))
        self.assertIn(card.email_to, mail.why)
        self.assertTrue(assignment.ticket_id.activity_search([ACTIVITY]))

    def test_placed_once(self):
        """E6: a job that runs twice makes one answer."""
        assignment, card = self._carded()
        mail = self._reply_to(card)
        mail.sudo()._place()
        self.assertEqual(len(assignment.answer_ids), 1)

    def test_nothing_leaves_and_nobody_follows(self):
        """E6, practice 6: incoming mail provokes no outgoing mail, and no sender is a follower."""
        assignment, card = self._carded()
        case, notice = self._noticed()
        before = self.env["hotline.mail"].search([])
        odoo_mails = self.env["mail.mail"].search_count([])
        followers = (case | assignment.ticket_id).message_partner_ids
        self._reply_to(card)
        self._reply_to(notice)
        self._placed()
        self.assertEqual(self.env["hotline.mail"].search([]), before)
        self.assertEqual(self.env["mail.mail"].search_count([]), odoo_mails)
        self.assertEqual((case | assignment.ticket_id).message_partner_ids, followers)

    def test_another_body(self):
        """A letter to one body answers no letter of another."""
        _assignment, card = self._carded()
        other = self.env["res.company"].create({"name": "Другой орган"})
        mail = self._came(company_id=other.id, in_reply_to=card.message_id).sudo()
        mail._place()
        self.assertFalse(mail.our_mail_id)
        self.assertEqual(mail.kind, "message")
        self.assertEqual(mail.ticket_id.company_id, other)

    def _noticed(self):
        """Return (case, the letter with a notice) of an applicant with a mailbox."""
        case = self._case(kind="message", origin="phone", applicant_email="m@citizen.example")
        signer = self._signer(case.company_id, case.registered_on)
        notice = case._new_notice(
            "registration", channel="email", address="m@citizen.example", authority_id=signer.id
        )
        notice.action_issue()
        return case, case.mail_ids.filtered(lambda mail: mail.kind == "notice")
