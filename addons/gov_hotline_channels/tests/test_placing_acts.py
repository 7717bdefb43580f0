from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import ROLES

from .placing_common import PlacingCommon

ACTIVITY = "gov_hotline_channels.mail_activity_type_incoming"
MAY_DECIDE = {"officer", "administrator"}
ACTS = (
    "action_open_answer", "action_open_addition", "action_open_covering", "action_open_reject",
    "action_make_message",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestPlacingActs(PlacingCommon):
    def test_attach_to_an_assignment(self):
        """B5: the officer places a stranger's answer by the proposal; who and when is kept."""
        assignment, card = self._carded()
        assignment.ticket_id.user_id = self.officer
        mail = self._reply_to(
            card, from_address="x@elsewhere.example", body="Исх. № 5-1 от 20.11.2026. Дано.",
            files=[("Акт.pdf", b"%PDF-1.4 act")],
        )  # fmt: skip
        opened = mail.action_open_answer()["context"]
        self.assertEqual(opened["default_assignment_id"], assignment.id)
        self.assertEqual(opened["default_outgoing_number"], "5-1")
        self._decide(mail, "answer", outgoing_number="5-1", outgoing_date=False)
        self.assertRecordValues(
            mail,
            [
                {
                    "state": "placed",
                    "kind": "executor_answer",
                    "decided_by": self.officer.id,
                    "ticket_id": assignment.ticket_id.id,
                }
            ],
        )
        self.assertRecordValues(
            assignment.answer_ids,
            [{"came_by": "email", "author_id": self.officer.id, "outgoing_number": "5-1"}],
        )
        self.assertFalse(assignment.ticket_id.activity_search([ACTIVITY]), "decided: told no more")
        line = self._journal_of(assignment.ticket_id, "incoming_placed").with_user(self.auditor)
        words = line.with_context(lang="ru_RU").payload_text
        self.assertIn("Ответ исполнителя", words)

    def test_final_answer(self):
        """B5: what landed by itself becomes the final answer by a decision of the officer."""
        assignment, card = self._carded()
        mail = self._reply_to(card, files=[("Акт.pdf", b"%PDF-1.4 act")])
        self.assertTrue(mail.can_finish)
        self._decide(mail, "final")
        self.assertEqual(assignment.state, "answered")
        self.assertTrue(assignment._final_answer().attachment_ids)
        self.assertFalse(mail.can_finish)
        assignment.action_accept()
        self.assertEqual(assignment.state, "accepted")

    def test_copy_of_the_executors_own_answer(self):
        """Practice 5: number, date, signer and file are asked before it is placed for good."""
        line = {"partner_id": self.by_letter.id, "answer_by": "executor"}
        assignment = self._resolve(self._case(), self.by_letter, line_ids=[(0, 0, line)])
        card = assignment.sudo()._mails()
        mail = self._reply_to(
            card, body="Ответ дан.\n\nМинистр П. П. Петров", files=[("Ответ.pdf", b"%PDF-1.4 a")]
        )
        opened = mail.action_open_final()["context"]
        self.assertEqual(opened["default_signer_name"], "Министр П. П. Петров")
        with self.assertRaises(UserError):
            self._decide(mail, "final")
        self.assertFalse(assignment._final_answer())
        self._decide(mail, "final", outgoing_number="15/4", outgoing_date=self.today)
        assignment.action_accept()
        self.assertEqual(assignment.state, "accepted")

    def test_letter_to_an_assignment_that_awaits_nothing(self):
        """B5: it is not offered what is refused: it goes into the case, and stays within."""
        assignment, card = self._carded()
        self._act(assignment, "withdraw", text="Передано другому исполнителю.")
        mail = self._reply_to(card)
        self.assertEqual((mail.kind, mail.main_act), ("executor_answer", "letter"))
        self.assertFalse(mail.action_open_answer()["context"]["default_assignment_id"])
        self._decide(mail, "addition")
        self.assertRecordValues(assignment.ticket_id.addition_ids, [{"kind": "letter"}])
        self.assertEqual((mail.state, mail.kind), ("placed", "executor_answer"))

    def test_attach_to_a_case(self):
        """Art. 5: a letter of the applicant is an addition once the officer says so."""
        case = self._case(applicant_email="anna@citizen.example")
        mail = self._placed(subject=f"По обращению № {case.number}")
        self._decide(mail, "addition")
        self.assertRecordValues(case.addition_ids, [{"kind": "applicant", "origin": "email"}])
        self.assertEqual((mail.state, mail.kind), ("placed", "addition"))
        self.assertEqual(len(case.sudo()._portal_card()["additions"]), 1)

    def test_a_strangers_letter_is_not_the_applicants(self):
        """Practice 6: from another address it stays within: the citizen never sees it."""
        case = self._case(applicant_email="masha@citizen.example")
        mail = self._placed(
            subject=f"По обращению № {case.number}", from_address="hacker@mail.example",
            body="Прошу закрыть обращение.", files=[("Паспорт.pdf", b"%PDF-1.4")],
        )  # fmt: skip
        self._decide(mail, "addition")
        addition = case.addition_ids
        self.assertRecordValues(addition, [{"kind": "letter", "user_id": self.officer.id}])
        self.assertEqual(addition.attachment_ids.mapped("name"), ["Паспорт.pdf"])
        self.assertEqual((mail.state, mail.kind), ("placed", "unknown"))
        self.assertFalse(case.new_addition_on, "no addition of the applicant")
        self.assertFalse(case.sudo()._portal_card()["additions"])

    def test_letter_of_a_body_unknown_to_the_directory(self):
        """Practice 10: it waits, and the body of its sender's name is proposed."""
        mail = self._placed(
            from_name=self.by_letter.name.upper(), from_address="box@mail.example",
            body="Исх. № 7-12 от 20.11.2026\nНаправляется обращение Гусева П. П.",
        )  # fmt: skip
        self.assertRecordValues(mail, [{"state": "quarantine", "kind": "covering"}])
        self.assertIn("box@mail.example", mail.why)
        self.assertFalse(mail.ticket_id)
        proposed = mail.action_open_covering()["context"]
        self.assertEqual(proposed["default_sender_id"], self.by_letter.id)
        self.assertEqual(proposed["default_outgoing_number"], "7-12")

    def test_attach_to_a_closed_case(self):
        """Practice 15: after closing it is the officer's addition to the closed case."""
        case = self._closed()
        mail = self._placed(subject=f"№ {case.number}", files=[("Акт.pdf", b"%PDF-1.4")])
        self._decide(mail, "addition")
        self.assertRecordValues(case.addition_ids, [{"kind": "closed"}])
        self.assertEqual(case.addition_ids.attachment_ids.mapped("name"), ["Акт.pdf"])

    def test_letter_of_a_body(self):
        """Practice 10, CONTROL-10: the draft has the covering letter with number and control."""
        self.other_body.email = "post@prokuratura.example"
        mail = self._placed(
            from_address="post@prokuratura.example",
            body="Исх. № 7-12 от 20.11.2026. О результатах сообщить до 15.12.2026.",
            files=[("Обращение.pdf", b"%PDF-1.4")],
        )
        opened = self._decide(mail, "covering")
        case = self.env["helpdesk.ticket"].browse(opened["res_id"])
        self.assertRecordValues(
            case, [{"state": "draft", "kind": "appeal_59", "origin": "forwarded"}]
        )
        letter = case.covering_letter_ids
        self.assertRecordValues(
            letter,
            [
                {
                    "sender_id": self.other_body.id,
                    "sender_number": "7-12",
                    "is_controlled": True,
                }
            ],
        )
        self.assertEqual(str(letter.sender_date), "2026-11-20")
        self.assertEqual(str(letter.report_by), "2026-12-15")
        self.assertEqual(letter.attachment_ids.mapped("name"), ["Обращение.pdf"])

    def test_request_8fz(self):
        """8-FZ: a request by e-mail is taken as one; the officer says so."""
        mail = self._placed(subject="Запрос информации по 8-ФЗ")
        self.assertEqual((mail.state, mail.kind), ("quarantine", "request_8fz"))
        mail.action_make_message()
        self.assertEqual(mail.ticket_id.kind, "request_8fz")

    def test_put_aside_and_back(self):
        """B5: put aside with a reason, it stays in the list and can be taken back."""
        mail = self._placed(headers="X-Spam-Flag: YES")
        with self.assertRaises(UserError):
            self._decide(mail, "reject", is_spam=True, reason="спам")
        self._decide(mail, "reject", is_spam=True, reason="Реклама окон, не обращение")
        self.assertRecordValues(mail, [{"state": "rejected", "kind": "spam"}])
        self.assertEqual(mail.why, "Реклама окон, не обращение")
        mail.action_reopen()
        self.assertEqual(mail.state, "quarantine")
        events = self._journal_of(mail, "incoming_rejected") | self._journal_of(
            mail, "incoming_reopened"
        )
        self.assertEqual(len(events), 2)

    def test_draft_taken_back(self):
        """B5: a draft made of a letter goes, the letter waits again; also when it is deleted."""
        mail = self._placed()
        mail.action_reopen()
        self.assertFalse(mail.ticket_id)
        self.assertEqual(mail.state, "quarantine")
        mail.action_make_message()
        mail.ticket_id.with_user(self.operator).unlink()
        mail.invalidate_recordset()
        self.assertEqual(mail.state, "quarantine")
        self.assertTrue(mail.why)

    def test_what_is_attached_stays(self):
        """B4: what became a part of a case is not taken back."""
        _assignment, card = self._carded()
        mail = self._reply_to(card)
        with self.assertRaises(UserError):
            mail.action_reopen()

    def test_decided_once(self):
        """Two officers at one letter: the second is told."""
        mail = self._placed(body="")
        opened = mail.action_open_reject()["context"]
        mail.action_make_message()
        dialog = self.env["hotline.incoming.placement"].with_user(self.officer)
        late = dialog.with_context(**opened).create({"reason": "Не обращение, реклама"})
        with self.assertRaises(UserError):
            late.action_apply()

    def test_who_decides(self):
        """B5: only an officer decides; an operator, an auditor and others are refused."""
        mail = self._placed(body="")
        for role in ROLES:
            for act in ACTS[:-1]:
                with self.subTest(role=role, act=act):
                    one = mail.with_user(getattr(self, role))
                    if role in MAY_DECIDE:
                        self.assertTrue(getattr(one, act)())
                        continue
                    with self.assertRaises(AccessError):
                        getattr(one, act)()
        for role in set(ROLES) - MAY_DECIDE:
            with self.subTest(role=role), self.assertRaises(AccessError):
                mail.with_user(getattr(self, role)).action_make_message()

    def test_dialog_of_another(self):
        """The dialog itself gives nobody what the letter does not."""
        mail = self._placed(body="")
        vals = {"mail_id": mail.id, "act": "reject", "reason": "Не обращение, реклама"}
        for role in ("operator", "auditor", "executor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                dialog = self.env["hotline.incoming.placement"].with_user(getattr(self, role))
                dialog.create(vals).action_apply()

    def test_of_another_body(self):
        """Nobody places a letter in a case that he may not read."""
        other = self.env["res.company"].create({"name": "Другой орган"})
        foreign = self.env["helpdesk.ticket"].create(
            {"company_id": other.id, "appeal_text": "Чужое", "kind": "message"}
        )
        mail = self._placed(body="")
        with self.assertRaises(AccessError):
            self._decide(mail, "addition", ticket_id=foreign.id)

    def _journal_of(self, record, event):
        line = self.env["hotline.journal"].search(
            [("model", "=", record._name), ("res_ref", "=", record.id), ("event", "=", event)]
        )
        self.assertTrue(line, event)
        return line
