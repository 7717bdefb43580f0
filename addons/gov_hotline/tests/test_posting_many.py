from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_forwarding_post import PostCommon

FIRST, SECOND = "80080000000008", "60300095123458"
REASON = "Списано не с той квитанции"


class ManyCommon(PostCommon):
    """A forwarding and its notice, both on paper, and an answer that goes by post."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_body.write({"street": "ул. Правды, 1", "city": "Озёрск"})
        cls.case = cls._case()
        cls.letter = cls._resolve(cls.case, cls.other_body)
        cls.notice = cls.letter.notice_id
        cls.answer = cls._answer(cls._case(), channel="post")

    def _rows(self, *letters, user=None):
        self.env.flush_all()
        self.env["hotline.outgoing"].invalidate_model()
        rows = self.env["hotline.outgoing"].browse()
        for letter in letters:
            rows += self._row(letter, user)
        return rows.with_user(user or self.officer)

    def _entry(self, *letters):
        opened = self._rows(*letters).action_mark_posted()
        entry = self.env["hotline.posting.entry"].with_user(self.officer)
        return entry.browse(opened["res_id"])


@tagged("post_install", "-at_install")
class TestPostingMany(ManyCommon):
    """FWD-7, B5: many letters are marked at once, each with its own identifier."""

    def test_each_its_own_identifier(self):
        """FWD-7: one day and way for all, an own line and identifier, the list's order."""
        entry = self._entry(self.notice, self.letter)
        self.assertEqual(
            entry.line_ids.mapped("number"),
            [self.notice.outgoing_number, self.letter.outgoing_number],
        )
        entry.line_ids[0].posted_number = "800800 00 00000 8"
        entry.line_ids[1].posted_number = SECOND
        entry.action_enter()
        self.assertEqual(self.notice.posted_number, FIRST)
        self.assertEqual(self.letter.posted_number, SECOND)
        self.assertEqual({self.letter.posted_on, self.notice.posted_on}, {self.today})
        self.assertEqual([self._state(self.letter), self._state(self.notice)], ["sent", "sent"])

    def test_one_identifier_of_two_letters_is_refused(self):
        """FWD-7: neither twice in the window nor that of another letter; nothing is done."""
        entry = self._entry(self.notice, self.letter)
        entry.line_ids.write({"posted_number": FIRST})
        for words in (FIRST, self.notice.outgoing_number, self.letter.outgoing_number):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                entry.action_enter()
        self.assertFalse(self.letter.posted_on or self.notice.posted_on)
        self._post(self.answer, numbers=[FIRST])
        entry.line_ids[0].posted_number = SECOND
        with (
            self.assertRaisesRegex(UserError, self.answer.outgoing_number),
            self.env.cr.savepoint(),
        ):
            entry.action_enter()
        self.assertFalse(self.notice.posted_on)

    def test_a_slip_of_the_pen_is_refused(self):
        """FWD-7: the check digit of a registered letter; the number of a courier is anything."""
        entry = self._entry(self.letter)
        for wrong in ("80080000000001", "8008"):
            entry.line_ids.posted_number = wrong
            with self.assertRaisesRegex(UserError, wrong), self.env.cr.savepoint():
                entry.action_enter()
        entry.posted_way = "courier"
        entry.action_enter()
        self.assertEqual(self.letter.posted_number, "8008")

    def test_an_ordinary_letter_has_no_identifier(self):
        entry = self._entry(self.letter)
        entry.line_ids.posted_number = FIRST
        entry.posted_way = "plain"
        entry.action_enter()
        self.assertFalse(self.letter.posted_number)

    def test_a_pasted_column(self):
        """FWD-7: from a table, by the letters' numbers or in order; what is of nobody is told."""
        entry = self._entry(self.notice, self.letter)
        with Form(entry) as form:
            form.pasted = f"{FIRST}\n{SECOND}"
        self.assertEqual(entry.line_ids.mapped("posted_number"), [FIRST, SECOND])
        with Form(entry) as form:
            form.pasted = f"{self.letter.outgoing_number}\t{FIRST}\nИСХ-0\t1"
            self.assertEqual(form.left_over, "ИСХ-0\t1")
        self.assertEqual(entry.line_ids[1].posted_number, FIRST)

    def test_roles(self):
        """FWD-7: the officer alone, over RPC too; another's window is nobody's."""
        rows = self._rows(self.letter)
        for role in ("operator", "supervisor", "approver", "auditor", "press", "executor"):
            user = getattr(self, role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                rows.with_user(user).action_mark_posted()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.answer.with_user(user).action_post()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.letter.with_user(user).action_correct_posting()
        entry = self._entry(self.letter)
        other = self._new_role_user("officer", "operator")
        with self.assertRaises(AccessError):
            entry.with_user(other).action_enter()


@tagged("post_install", "-at_install")
class TestPostingCorrection(ManyCommon):
    """FWD-7: a slip is corrected with a reason; what it was stays in the journal."""

    def _correct(self, letter, reason=REASON, user=None, **vals):
        opened = letter.with_user(user or self.officer).action_correct_posting()
        window = self.env["hotline.posting.correction"].with_user(user or self.officer)
        window = window.browse(opened["res_id"])
        window.write({"reason": reason, **vals})
        window.action_correct()

    def test_a_wrong_identifier(self):
        """FWD-7: before and after closing; journal and note of the case say what it was."""
        for letter in (self.letter, self.notice, self.answer):
            self._post(letter, numbers=[FIRST if letter == self.letter else ""])
        self._correct(self.letter, posted_number=SECOND)
        self.assertEqual(self.letter.posted_number, SECOND)
        self.case.action_close()
        self._correct(self.letter, posted_number="60300095123458", posted_way="courier")
        self.assertEqual(self.letter.posted_way, "courier")
        lines = self.env["hotline.journal"].with_user(self.auditor)
        lines = lines.search([("event", "=", "posting_corrected")])
        told = " ".join(lines.mapped("payload_text"))
        for words in (FIRST, SECOND, self.letter.outgoing_number):
            self.assertIn(words, told)
        self.assertNotIn(REASON, told, "words of people are no part of the journal")
        self.assertIn(REASON, " ".join(self.case.message_ids.mapped("body")))

    def test_an_identifier_is_added_without_a_reason(self):
        self._post(self.answer)
        self._correct(self.answer, reason=False, posted_number=FIRST)
        self.assertEqual(self.answer.posted_number, FIRST)

    def test_the_day_moves_the_term_of_a_forwarding(self):
        """FWD-7: the term is met on the day that is proved; of a closed case it stands."""
        self._post(self.letter)
        clock = self.case._forwarding_clocks()
        self.assertEqual(clock.met_on, self.today)
        later = self.today + timedelta(days=1)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._correct(self.letter, posted_on=later)
        self.env.cr.execute(
            "UPDATE hotline_assignment SET outgoing_date = %s WHERE id = %s",
            (self.today - timedelta(days=2), self.letter.id),
        )
        self.env.invalidate_all()
        self._correct(self.letter, posted_on=self.today - timedelta(days=1))
        self.assertEqual(clock.met_on, self.today - timedelta(days=1))
        self._post(self.notice)
        self.case.action_close()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._correct(self.letter, posted_on=self.today)

    def test_what_cannot_be(self):
        """FWD-7: no reason, nothing changed, the identifier of another letter, not posted yet."""
        with self.assertRaises(UserError):
            self.letter.action_correct_posting()
        self._post(self.letter, numbers=[FIRST])
        self._post(self.notice, numbers=[SECOND])
        for vals in (
            {"posted_number": "80080000000001"},
            {"posted_number": SECOND},
            {"posted_way": "courier", "reason": "ок"},
            {},
        ):
            with self.subTest(vals), self.assertRaises(UserError), self.env.cr.savepoint():
                self._correct(self.letter, **vals)
        self.assertEqual(self.letter.posted_number, FIRST)


@tagged("post_install", "-at_install")
class TestAnswerPosting(ManyCommon):
    """B5, ANS-FORM: an answer on paper is «to be posted» until it is marked; its term is met."""

    def test_on_paper_until_it_is_marked(self):
        """B5: given, its term is met by its number; in the list it waits for the post."""
        self.assertEqual(self._state(self.answer), "to_post")
        main = self.answer.ticket_id.deadline_ids.filtered("is_main")
        self.assertEqual(main.met_on, self.answer.outgoing_date)
        self._post(self.answer, numbers=[FIRST])
        self.assertEqual(self._state(self.answer), "sent")
        self.assertEqual(self.answer.posted_number, FIRST)
        with self.assertRaises(UserError):
            self.answer.action_post()

    def test_it_keeps_no_case_open(self):
        """SENT: the answer is given and signed; it may be marked after closing."""
        case = self.answer.ticket_id
        self._close(case)
        self.assertTrue(case.is_final)
        self._post(self.answer, numbers=[FIRST])
        self.env.flush_all()
        self.assertEqual(self._state(self.answer), "sent")

    def test_by_the_other_ways(self):
        """B5: in person it waits too; e-mail and the account prove themselves."""
        by_hand = self._answer(self._case(kind="message"), channel="hand")
        self.assertEqual(self._state(by_hand), "to_post")
        self._post(by_hand, posted_way="hand")
        self.assertEqual(self._state(by_hand), "sent")
        told = self._answer(self._case(kind="message"), channel="phone")
        self.assertEqual(self._state(told), "sent")

    def test_what_was_given_before_waits_for_nothing(self):
        """An update makes no old answer one to be posted; what came back had left."""
        self.answer._by_act({"awaits_posting": False})
        self.assertEqual(self._state(self.answer), "sent")
        self.answer._by_act({"awaits_posting": True})
        event = self.env["hotline.post.event"].with_user(self.officer)
        event.create(
            {
                "answer_id": self.answer.id, "kind": "returned", "cause": "left",
                "happened_on": self.today,
            }
        )  # fmt: skip
        self.assertEqual(self._state(self.answer), "sent")

    def test_the_columns_are_nobodys_hand(self):
        for name in ("posted_on", "awaits_posting", "posted_number"):
            for user in (self.officer, self.administrator):
                with self.subTest(name), self.assertRaises(UserError):
                    self.answer.with_user(user).write({name: False})
        born = self._answer_draft(self._case(), awaits_posting=True, posted_on=self.today)
        self.assertFalse(born.posted_on or born.awaits_posting)

    def _answer_draft(self, case, **vals):
        answers = self.env["hotline.answer"].with_user(self.officer)
        return answers.create({"ticket_id": case.id, "text": "Тепло дано.", **vals})
