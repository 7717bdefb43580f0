from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_life_grounds import GroundCommon


@tagged("post_install", "-at_install")
class TestGroundLetters(GroundCommon):
    """The letter of a ground: about its question, before the outcome; what stops correspondence."""

    def test_one_question_of_several_returns_nothing(self):
        """B4, practice 17: a court question beside others: an explanation about it alone."""
        ticket = self._case_of("Отопление", "Отменить решение суда о заборе", "Дорога")
        question = ticket.question_ids[1]
        notice = self._state(question, "court")
        self.assertEqual((notice.kind, notice.question_ids), ("explanation", question))
        self.assertIn("В части вопроса «Отменить решение суда о заборе»", notice.text)
        self.assertNotIn("возвращается", notice.text)
        self._issue(notice)
        self.assertEqual(ticket.state, "in_work")
        self.assertEqual(question.outcome_id, question.ground_id.outcome_id)
        other = self._state(ticket.question_ids[2], "obscene", **self._decision())
        self.assertEqual(other.kind, "explanation")
        self.assertIn("ч. 3 ст. 11", other.text)
        self.assertIn("В части вопроса «Дорога»", other.text)
        self.assertNotIn("____", other.text)

    def test_nothing_is_said_before_the_letter_went(self):
        """B4: no outcome while the letter is a draft; sending it is next and meets its clock."""
        ticket = self._case_of("Отменить решение суда")
        notice = self._state(ticket.question_ids, "court")
        self.assertEqual(notice.kind, "return")
        clock = ticket.deadline_ids.filtered(lambda one: one.term_id.ground == "court_decision")
        self.assertFalse(ticket.question_ids.outcome_id or clock.met_on)
        self.assertIn("не отправлено", ticket.with_context(lang="ru_RU").question_ids.answer_words)
        act = ticket.acts[0]
        self.assertEqual(act["method"], "action_open_ground_notice")
        self.assertEqual(ticket.action_open_ground_notice()["res_id"], notice.id)
        with self.assertRaises(AccessError):
            ticket.with_user(self.operator).action_open_ground_notice()
        self._issue(notice)
        ticket.invalidate_recordset(["acts"])
        self.assertNotIn("action_open_ground_notice", [act["method"] for act in ticket.acts])
        self.assertEqual(clock.met_on, notice.outgoing_date)
        self.assertTrue(ticket.question_ids.outcome_id)
        self.assertIn(notice.outgoing_number, ticket.question_ids.answer_words)

    def test_earlier_answers_are_on_this_question(self):
        """B4, practice 16: answers on other questions count only if linked as a repeat."""
        road = self.topic.create({"code": "9999.0008", "name": "Дороги", "level": 2})
        others = [self._closed(topic_id=road.id, appeal_text="Яма у моста.") for n in (1, 2)]
        earlier = others[0].question_ids | others[1].question_ids
        ticket = self._case_of("Опять о том же")
        vals = {"earlier_question_ids": [Command.set(earlier.ids)], **self._decision()}
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._state(ticket.question_ids, "repeat", **vals)
        for other in others:
            ticket.action_link(other.id, "repeat")
        self.assertTrue(self._state(ticket.question_ids, "repeat", **vals))

    def test_never_fewer_than_two_earlier_answers(self):
        """B4: neither 0 nor 1 is saved by the administrator; the body's greater number holds."""
        ground = self._ground("repeat").with_user(self.administrator)
        for number in (0, 1, -1):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                ground.min_earlier_answers = number
        self.env.company.hotline_stop_answers = 3
        earlier = self._closed().question_ids | self._closed().question_ids
        ticket = self._case_of("Опять")
        vals = {"earlier_question_ids": [Command.set(earlier.ids)], **self._decision()}
        with self.assertRaises(UserError):
            self._state(ticket.question_ids, "repeat", **vals)
