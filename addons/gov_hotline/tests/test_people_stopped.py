from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import HotlineCommon

SCHOOL = "Прошу перевести котельную школы на газ."
REASON = "Справочник полномочий этого подписанта ещё не заполнен"


@tagged("post_install", "-at_install")
class TestStopped(HotlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.env["hotline.authority"].create(
            {
                "name": "Кузнецов В. А.", "position": "Глава", "may_sign": True,
                "may_decide": True, "order_number": "1-к",
            }
        )  # fmt: skip
        cls.today = cls.env.company._hotline_today()

    def _answered(self, count, **vals):
        """Return `count` closed appeals of the citizen on one question."""
        cases = self.env["helpdesk.ticket"]
        for _number in range(count):
            cases += self._closed(appeal_text=SCHOOL, **vals)
        return cases

    def _stop(self, earlier, user=None, **vals):
        Stopped = self.env["hotline.stopped.topic"].with_user(user or self.officer)
        return Stopped.create(
            {
                "partner_id": self.citizen.id,
                "topic_id": self.topic.id,
                "question_text": "Котельная школы",
                "earlier_ticket_ids": [Command.set(earlier.ids)],
                "authority_id": self.head.id,
                "signed_on": self.today,
                "notice_number": "ИСХ-7",
                "notice_date": self.today,
                **vals,
            }
        )

    def test_fewer_than_two_answers_is_impossible(self):
        """X10, art. 11 p. 5: with one earlier answer the correspondence cannot be stopped."""
        earlier = self._answered(2)
        running = self._registered(appeal_text=SCHOOL)
        for cases in (earlier[:1], earlier[:1] | running):
            refused = self.assertRaisesRegex(UserError, "ст. 11")
            with self.subTest(cases=cases), refused, self.cr.savepoint():
                self._stop(cases)
        self.assertEqual(self._stop(earlier).state, "stopped")
        self.env.company.hotline_stop_answers = 3
        with self.assertRaises(UserError), self.cr.savepoint():
            self._stop(earlier)

    def test_answers_on_another_question_do_not_count(self):
        """B4, art. 11 p. 5: two answers about a road do not stop a boiler house."""
        road = self.topic.create({"code": "9999.0004", "name": "Дороги", "level": 2})
        vals = {"appeal_text": "Яма у моста.", "topic_id": road.id}
        others = self._closed(**vals) + self._closed(**vals)
        with self.assertRaisesRegex(UserError, "ст. 11"), self.cr.savepoint():
            self._stop(others)
        self.assertTrue(self._stop(others, topic_id=road.id))

    def test_decision_and_notice(self):
        """X10, art. 11 p. 5: an authorised signer and a numbered notice; officer alone records."""
        earlier = self._answered(2)
        other = self.head.copy({"may_decide": False, "name": "Ясенева О. П."})
        for vals in (
            {"authority_id": False},
            {"authority_id": other.id},
            {"notice_number": False},
            {"notice_date": "2020-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                self._stop(earlier, **vals)
        for user in (self.operator, self.supervisor, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._stop(earlier, user=user)

    def test_never_refused_by_itself(self):
        """X10: a new appeal on a stopped question is registered, with a warning."""
        stopped = self._stop(self._answered(2))
        draft = self._draft(appeal_text="Снова прошу перевести котельную на газ.")
        result = draft.action_register()
        self.assertEqual((draft.state, draft.stopped_topic_id), ("in_work", stopped))
        self.assertTrue([one for one in result["warnings"] if "ч. 5 ст. 11" in one])
        other = self.topic.create({"code": "9999.0003", "name": "Дороги", "level": 2})
        road = self._registered(appeal_text="Яма у моста.", topic_id=other.id)
        self.assertFalse(road.stopped_topic_id)
        foreign = self.citizen.create({"hotline_kind": "citizen", "surname": "Ясенев"})
        self.assertFalse(self._registered(partner_id=foreign.id).stopped_topic_id)

    def test_new_arguments_are_considered(self):
        """X10: the officer must answer; «yes» runs the ordinary term and closes as usual."""
        self._stop(self._answered(2))
        ticket = self._registered(appeal_text=SCHOOL).with_user(self.officer)
        ticket.question_ids.outcome_id = self.supported
        self._answer(ticket)
        with self.assertRaisesRegex(UserError, "ст. 11"), self.cr.savepoint():
            ticket.action_close()
        with self.assertRaises(AccessError):
            ticket.with_user(self.operator).new_arguments = "yes"
        ticket.new_arguments = "yes"
        ticket.action_close()
        self.assertEqual(ticket.state, "closed")

    def test_without_new_arguments_a_decision_leaves_it(self):
        """X10: «no» closes only by the authorised ground of repetition; that is recorded."""
        earlier = self._answered(2)
        stopped = self._stop(earlier)
        ticket = self._registered(appeal_text=SCHOOL).with_user(self.officer)
        ticket.new_arguments = "no"
        with self.assertRaisesRegex(UserError, "ст. 11"), self.cr.savepoint():
            ticket.action_close()
        again = self._close_as_repeat(ticket, earlier)
        self.assertEqual(ticket.state, "stopped")
        self.assertEqual(again.ticket_id, ticket)
        self.assertNotEqual(again, stopped)

    def _close_as_repeat(self, ticket, earlier):
        """Close by the ground of repetition; return the record of stopped correspondence."""
        question = ticket.question_ids.with_user(self.officer)
        ground = self.env.ref("gov_hotline.ground_repeat")
        notice = question.action_state_ground(
            ground.id,
            {
                "authority_id": self.head.id,
                "signed_on": self.today,
                "earlier_question_ids": [Command.set(earlier.question_ids.ids)],
            },
        )
        notice.write({"authority_id": self.head.id, "signed_on": self.today})
        notice.with_context(hotline_reason=REASON).action_issue()
        ticket.with_user(self.officer).with_context(hotline_reason=REASON).action_close()
        return self.env["hotline.stopped.topic"].search([("ticket_id", "=", ticket.id)])

    def test_recorded_from_the_ground(self):
        """X10: a case that ends by the ground of repetition is remembered with its notice."""
        ticket = self._registered(appeal_text=SCHOOL).with_user(self.officer)
        stopped = self._close_as_repeat(ticket, self._answered(2))
        self.assertRecordValues(
            stopped,
            [
                {
                    "partner_id": self.citizen.id, "topic_id": self.topic.id,
                    "signer_name": "Кузнецов В. А.", "state": "stopped",
                    "notice_number": ticket.notice_ids.outgoing_number,
                }
            ],
        )  # fmt: skip
        self.assertTrue(stopped.notice_number)
        self.assertTrue(self._registered(appeal_text=SCHOOL).stopped_topic_id)

    def test_taken_up_again(self):
        """X10: with a written reason; afterwards an appeal is an appeal; nothing by hand."""
        stopped = self._stop(self._answered(2))
        with self.assertRaises(UserError):
            stopped.action_lift()
        for vals in ({"state": "lifted"}, {"partner_id": 1}, {"since": "2020-01-01"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                stopped.write(vals)
        stopped.lift_reason = "Решение суда от 12 ноября"
        stopped.action_lift()
        self.assertEqual(stopped.state, "lifted")
        self.assertFalse(self._registered(appeal_text=SCHOOL).stopped_topic_id)
        events = self.env["hotline.journal"].search(
            [("model", "=", "hotline.stopped.topic"), ("res_ref", "=", stopped.id)], order="id"
        )
        self.assertEqual(events.mapped("event"), ["topic_stopped", "topic_resumed"])
