from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .acts_common import ActsCommon


@tagged("post_install", "-at_install")
class TestCoveringLetter(ActsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prosecutor = cls.env["res.partner"].create(
            {"name": "Прокуратура области", "hotline_kind": "agency", "is_company": True}
        )
        cls.deputy = cls.env["res.partner"].create(
            {"name": "Депутат Зорин", "hotline_kind": "agency"}
        )

    def assert_refused(self, act, words="."):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def test_the_earlier_date_leads(self):
        """Practice 10: the report's date leads while it is earlier; the law's comes back after."""
        ticket = self._case()
        law = ticket.law_due_on
        early = law - timedelta(days=8)
        letter = self._letter(ticket, sender_id=self.prosecutor.id, report_by=early)
        self.assertEqual((ticket.due_on, ticket.law_due_on), (early, law))
        html = ticket.with_context(lang="ru_RU").due_reason_html
        self.assertIn(f"<b>{early:%d.%m.%Y}</b>: доклад: Прокуратура области", html)
        self.assertIn(f"{law:%d.%m.%Y}: ответ заявителю по закону", html)
        letter.report_by = law + timedelta(days=8)
        self.assertEqual(ticket.due_on, law)
        letter.write({"report_by": early, "report_text": "Ответ дан"})
        letter.action_report()
        self.assertEqual(ticket.due_on, law)
        self.assertFalse(ticket.due_reason_html)

    def test_the_applicant_is_told_the_laws_date(self):
        """Practice 10: control is between bodies; portal, paper and voice tell the law's date."""
        ticket = self._draft(origin="forwarded", partner_id=self.citizen.id)
        self._letter(ticket, user=self.operator, report_by=self.today + timedelta(days=5))
        result = ticket.action_register()
        law = ticket.law_due_on
        self.assertLess(ticket.due_on, law)
        self.assertEqual(result["due_on"], law)
        for told in (ticket.sudo()._portal_card(), ticket.sudo()._status_public()):
            self.assertEqual(told["due_on"], law)
            self.assertNotEqual(told["due_level"], "danger")
        self.assertEqual(ticket.sudo()._portal_row()["due_on"], law)

    def test_no_control_ends_without_a_report(self):
        """CONTROL-10: closing and unticking are blocked until the report."""
        ticket = self._case()
        letter = self._letter(ticket, sender_id=self.prosecutor.id)
        self._answer(ticket)
        ticket.question_ids.outcome_id = self.supported
        self.assert_refused(ticket.action_close, "Прокуратура области")
        self.assert_refused(lambda: letter.write({"is_controlled": False}), "Прокуратура области")
        self.assert_refused(letter.action_report)
        letter.write(
            {"report_number": "15-9", "report_date": self.today, "report_text": "Ответ дан"}
        )
        letter.action_report()
        self.assertRecordValues(letter, [{"state": "reported", "off_control_on": self.today}])
        self.assert_refused(
            lambda: letter.with_user(self.administrator).write({"report_by": False})
        )
        ticket.action_close()
        self.assertEqual(ticket.state, "closed")
        self.assertEqual(self._events(ticket).count("covering_reported"), 1)

    def test_one_text_from_several_senders(self):
        """Practice 10: several numbers, one answer, a report to each by one act."""
        first, second = self._case(origin="forwarded"), self._case(origin="forwarded")
        self.assertNotEqual(first.number, second.number)
        one = self._letter(first, sender_id=self.prosecutor.id, sender_number="П-1")
        two = self._letter(second, sender_id=self.deputy.id, sender_number="Д-2")
        self._answer(first)
        self.assertTrue(second.deadline_ids.filtered("is_main").met_on)
        action = second.action_report_letters()
        wizard = Form(
            self.env[action["res_model"]].with_user(self.officer).with_context(**action["context"])
        ).save()
        self.assertEqual(wizard.line_ids.letter_id, one | two)
        self.assertIn("15-04/1", wizard.text)
        wizard.action_report()
        self.assertEqual((one | two).mapped("state"), ["reported", "reported"])
        self.assertEqual(len(set((one | two).mapped("report_number"))), 2)
        for ticket in (first, second):
            ticket.question_ids.outcome_id = self.supported
            ticket.action_close()
            self.assertEqual(ticket.state, "closed")
        self.assertEqual(len((first | second).answer_ids), 1)

    def test_a_text_typed_anew_is_linked_by_hand(self):
        """Practice 10: the digest differs, the link «same text» joins the cases all the same."""
        first = self._case()
        other = self._case(appeal_text="Третий день холодные батареи!")
        self.assertFalse(other._same_text_cases())
        self.env["hotline.case.link"].with_user(self.officer).create(
            {"ticket_id": other.id, "other_id": first.id, "kind": "same_text"}
        )
        self.assertEqual(other._same_text_cases(), first)
        self.assertEqual(first._same_text_cases(), other)
        self._answer(first)
        self.assertNotIn("no_answer_given", [one.code for one in other._closing_problems()])

    def test_equal_words_without_letters_are_two_cases(self):
        """Two people of one name may write one text: an answer to one leaves the other open."""
        first, other = self._case(), self._case()
        self._letter(first, sender_id=self.prosecutor.id)
        self._answer(first)
        self.assertFalse(other.deadline_ids.filtered("is_main").met_on)
        self.assertIn("no_answer_given", [one.code for one in other._closing_problems()])

    def test_another_applicant_is_another_text(self):
        first = self._case()
        other = self._case(applicant_surname="Петров")
        for case, sender in ((first, self.prosecutor), (other, self.deputy)):
            self._letter(case, sender_id=sender.id)
        self._answer(first)
        self.assertFalse(other._same_text_cases())
        self.assertIn("no_answer_given", [one.code for one in other._closing_problems()])

    def test_a_forwarded_case_without_its_letter(self):
        """Practice 10: a warning at registration, gone once the letter is entered."""
        bare = self._draft(origin="forwarded")
        warnings = bare.with_context(lang="ru_RU").action_register()["warnings"]
        self.assertTrue([text for text in warnings if "сопроводительн" in text.lower()])
        full = self._draft(origin="forwarded", user=self.operator)
        self._letter(full, user=self.operator)
        warnings = full.with_context(lang="ru_RU").action_register()["warnings"]
        self.assertFalse([text for text in warnings if "сопроводительн" in text.lower()])
        self.assertIn("covering_entered", self._events(full))

    def test_found_by_the_senders_number(self):
        ticket = self._case()
        self._letter(ticket, sender_number="Пр-77/У")
        domain = [("covering_letter_ids.sender_number", "ilike", "пр-77")]
        self.assertEqual(self.env["helpdesk.ticket"].with_user(self.officer).search(domain), ticket)

    def test_dates_out_of_order(self):
        ticket = self._case()
        self.assert_refused(
            lambda: self._letter(ticket, sender_date=self.today + timedelta(days=1))
        )
        self.assert_refused(lambda: self._letter(ticket, report_by=self.today - timedelta(days=9)))

    def test_on_the_card(self):
        """B5: letter and report stand on the body's card, never on the applicant's sheet."""
        ticket = self._case()
        self._letter(ticket, sender_id=self.prosecutor.id, sender_number="П-1")
        request = self._request(ticket, received_on=self.today)
        request.action_send()
        Report = self.env["ir.actions.report"]
        paper = Report._render_qweb_html("gov_hotline.report_card", ticket.ids)[0].decode()
        self.assertIn("Прокуратура области", paper)
        self.assertIn(request.outgoing_number, paper)
        sheet = Report._render_qweb_html("gov_hotline.report_card_citizen", ticket.ids)[0].decode()
        self.assertNotIn("Прокуратура области", sheet)
        self.assertNotIn(request.outgoing_number, sheet)

    def test_overdue(self):
        with freeze_time("2026-11-24 05:00:00"):
            letter = self._letter(
                self._case(), sender_date=date(2026, 11, 20), report_by=date(2026, 12, 1)
            )
        with freeze_time("2026-12-02 05:00:00"):
            self.assertTrue(letter.is_overdue)
            found = self.env["hotline.covering.letter"].search([("is_overdue", "=", True)])
            self.assertIn(letter, found)

    def test_roles(self):
        """B4: the operator enters letters of drafts only, the officer in work; readers read."""
        draft, ticket = self._draft(), self._case()
        mine = self._letter(draft, user=self.operator)
        mine.with_user(self.operator).unlink()
        with self.assertRaises(AccessError):
            self._letter(ticket, user=self.operator)
        letter = self._letter(ticket)
        with self.assertRaises(AccessError):
            letter.with_user(self.operator).write({"sender_number": "x"})
        with self.assertRaises(AccessError):
            letter.with_user(self.operator).action_report()
        self.assert_refused(letter.unlink)
        for role in ("approver", "supervisor", "auditor"):
            theirs = letter.with_user(getattr(self, role))
            self.assertTrue(theirs.sender_number)
            with self.subTest(role=role), self.assertRaises(AccessError):
                theirs.write({"sender_number": "x"})
        for role in ("executor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                letter.with_user(getattr(self, role)).read(["sender_number"])

    def test_state_is_set_by_acts_alone(self):
        """B4: neither a write nor a default of the context takes a letter off control."""
        ticket = self._case()
        letter = self._letter(ticket)
        with self.assertRaises(AccessError):
            letter.write({"off_control_on": self.today})
        Letter = self.env["hotline.covering.letter"].with_user(self.officer)
        forged = Letter.with_context(default_off_control_on=self.today, default_state="reported")
        made = forged.create(
            {
                "ticket_id": ticket.id,
                "sender_id": self.deputy.id,
                "sender_number": "1",
                "sender_date": self.today,
                "is_controlled": True,
            }
        )
        self.assertEqual(made.state, "control")
