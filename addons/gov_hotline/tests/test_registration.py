from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..domain.texts import TEXT_LIMIT
from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestRegistration(HotlineCommon):
    @freeze_time("2026-11-24 10:00:00")
    def test_registers_with_number_code_and_clocks(self):
        """A1, X1: REG-3 is met on the day, MAIN-30 runs from it, the number has its parts."""
        ticket = self._draft(received_at="2026-11-24 09:00:00")
        result = ticket.action_register()
        self.assertRecordValues(
            ticket,
            [
                {
                    "state": "in_work",
                    "track": "appeal",
                    "registered_on": ticket._fields["registered_on"].to_date("2026-11-24"),
                    "is_anonymous": False,
                }
            ],
        )
        self.assertRegex(ticket.number, r"^И-\d+/2026$")
        self.assertRegex(result["access_code"], r"^\d{6}$")
        self.assertEqual(str(ticket.due_on), "2026-12-24")
        main = ticket.deadline_ids.filtered("is_main")
        self.assertEqual(main.certificate["steps"][0]["kind"], "start")
        registration = ticket.deadline_ids - main
        self.assertEqual(registration.term_id.code, "REG-3")
        self.assertEqual(str(registration.met_on), "2026-11-24")
        self.assertEqual(ticket.stage_id, self.env.ref("gov_hotline.stage_in_work"))

    @freeze_time("2026-04-30 10:00:00")
    def test_reg_3_vector_with_warning(self):
        """X10: the shifted date would not be later than the start, so the raw one stands."""
        ticket = self._registered(received_at="2026-04-30 09:00:00")
        registration = ticket.deadline_ids.filtered(lambda d: d.term_id.code == "REG-3")
        self.assertEqual(str(registration.due_on), "2026-05-03")
        self.assertTrue(registration.certificate["warnings"])

    @freeze_time("2026-11-24 20:59:00")
    def test_dates_are_the_bodys(self):
        """X10: 23:59 in Moscow is today, 00:01 is tomorrow."""
        today = self._draft(received_at="2026-11-24 20:59:00")
        tomorrow = self._draft(received_at="2026-11-24 21:01:00")
        self.assertEqual(str(today.received_on), "2026-11-24")
        self.assertEqual(str(tomorrow.received_on), "2026-11-25")

    def test_numbers_run_without_gaps(self):
        first, second = self._registered(), self._registered()
        numbers = self.env["hotline.number"].search([("ticket_id", "in", (first | second).ids)])
        self.assertEqual(len(set(numbers.mapped("series"))), 1)
        self.assertEqual(abs(numbers[0].n - numbers[1].n), 1)

    def test_rollback_frees_the_number(self):
        first = self._registered()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._registered()
            raise ZeroDivisionError
        second = self._registered()
        numbers = self.env["hotline.number"].search([("ticket_id", "in", (first | second).ids)])
        self.assertEqual(abs(numbers[0].n - numbers[1].n), 1)

    def test_a_message_has_its_own_prefix_and_term(self):
        """A1: a call becomes a message by the mode of the line (practice: mode a)."""
        ticket = self._registered(kind="message", origin="phone", line_id=self.line.id)
        self.assertTrue(ticket.number.startswith("СО-И-"))
        self.assertEqual(ticket.deadline_ids.term_id.mapped("code"), ["MSG-10"])

    def test_a_telephone_call_is_no_appeal(self):
        """A4: REG-CH blocks, names the article and the way out; nothing is half-done."""
        ticket = self._draft(origin="phone", line_id=self.line.id)
        with self.assertRaisesRegex(UserError, "59-ФЗ"), self.env.cr.savepoint():
            ticket.action_register()
        self.assertEqual((ticket.state, ticket.number), ("draft", "/"))

    def test_oral_line_wants_name_and_address(self):
        """A1: mode b, by the body's local act."""
        ticket = self._draft(origin="phone", line_id=self.oral_line.id, applicant_address=False)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            ticket.action_register()
        ticket.applicant_address = "ул. Ленина, 15"
        self.assertTrue(ticket.action_register()["number"])

    def _anonymous(self, **vals):
        names = ("surname", "given_name", "patronymic", "address")
        nobody = {f"applicant_{name}": False for name in names}
        return self._draft(partner_id=False, **nobody, **vals)

    def test_letter_without_signature_date_and_addressee(self):
        """B3, REQ-W: what the letter lacks is warned of and kept; it is registered all the same."""
        lacking = {"lacks_signature": True, "lacks_date": True, "lacks_addressee": True}
        warnings = self._draft(**lacking).action_register()["warnings"]
        for words in ("signature", "date of the letter", "addressee"):
            with self.subTest(words):
                self.assertTrue(any(words in warning for warning in warnings), warnings)
        whole = self._draft()
        self.assertFalse(whole.action_register()["warnings"])
        with self.assertRaises(AccessError):
            whole.lacks_signature = True
        called = self._draft(origin="visit", **lacking)
        self.assertEqual(len(called.action_register()["warnings"]), 3)

    def test_anonymous_asks_for_an_unlawful_act(self):
        """ANON (art. 11 p. 1): the question must be answered, and "yes" wants a forwarding."""
        ticket = self._anonymous()
        with self.assertRaisesRegex(UserError, "ст. 11"), self.env.cr.savepoint():
            ticket.action_register()
        ticket.unlawful_act = "yes"
        ticket.action_register()
        ticket = ticket.with_user(self.officer)
        ticket.question_ids.outcome_id = self.env.ref("gov_hotline.outcome_unanswered")
        with self.assertRaises(UserError):
            ticket.action_close()
        ticket.question_ids.outcome_id = self.env.ref("gov_hotline.outcome_forwarded")
        with self.assertRaisesRegex(UserError, "ст. 8"):  # a word is no forwarding
            ticket.action_close()
        self.agency.hotline_addressee_kind = "other_body"
        self.env["hotline.assignment"].with_user(self.officer).create(
            {
                "ticket_id": ticket.id,
                "partner_id": self.agency.id,
                "addressee_kind": "other_body",
            }
        )
        ticket.action_send_resolution()
        self._close(ticket)
        self.assertEqual(ticket.state, "forwarded")

    def test_anonymous_is_registered(self):
        """ANON: without surname and address it is registered, marked, with warnings."""
        ticket = self._anonymous(unlawful_act="no")
        result = ticket.action_register()
        self.assertTrue(ticket.is_anonymous)
        self.assertTrue(result["number"].startswith("Аноним-"))
        self.assertTrue(result["warnings"])

    def test_wrong_roles_cannot_register(self):
        for role in ("approver", "supervisor", "executor", "auditor", "press"):
            ticket = self._draft()
            with self.subTest(role=role), self.assertRaises(AccessError):
                ticket.with_user(getattr(self, role)).action_register()

    def test_registration_is_journalled_without_names(self):
        """X5: the lines hold no name and carry a digest."""
        ticket = self._registered()
        lines = self.env["hotline.journal"].search(
            [("model", "=", "helpdesk.ticket"), ("res_ref", "=", ticket.id)]
        )
        self.assertEqual(set(lines.mapped("event")), {"transition", "registered"})
        self.assertTrue(all(len(line.digest) == 64 for line in lines))
        self.assertNotIn("Иванова", "".join(lines.mapped("payload")))

    @freeze_time("2026-11-24 10:00:00")
    def test_late_registration_is_told_not_blocked(self):
        """REG-3, practice: coloured and counted, never blocked."""
        result = self._draft(received_at="2026-11-10 09:00:00").action_register()
        self.assertTrue(any("13.11.2026" in warning for warning in result["warnings"]))
        self.assertFalse(
            self._draft(received_at="2026-11-24 09:00:00").action_register()["warnings"]
        )

    def test_text_has_a_limit(self):
        """A text no case needs is refused in words, on the way in and later."""
        with self.assertRaisesRegex(ValidationError, "limit is 100000"):
            self._draft(appeal_text="я" * (TEXT_LIMIT + 1))
        ticket = self._draft(appeal_text="я" * TEXT_LIMIT)
        with self.assertRaisesRegex(ValidationError, "100001 characters"):
            ticket.appeal_text = "я" * (TEXT_LIMIT + 1)

    def test_registration_asks_little_of_the_database(self):
        """Forty at once share two processors: what one registration costs, all of them wait for."""
        self._registered()  # caches that live longer than a request
        draft = self._draft()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(46):  # 38 today
            draft.action_register()
            self.env.flush_all()
