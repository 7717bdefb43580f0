from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon


class GroundCommon(AssignmentCommon):
    """Whoever may decide, and helpers that state a ground and send its letter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = cls.env["hotline.authority"].create(
            {
                "name": "Кузнецов В. А.",
                "position": "Заместитель руководителя",
                "order_number": "7",
                "order_date": "2025-01-10",
                "may_sign": True,
                "may_decide": True,
            }
        )
        cls.clerk = cls.env["hotline.authority"].create(
            {"name": "Орлова Н. П.", "position": "Начальник отдела", "may_sign": True}
        )

    def _ground(self, code, ticket=None):
        kind = ticket.kind if ticket else "appeal_59"
        track = ticket.track if ticket else "appeal"
        domain = [
            ("code", "=", code),
            ("kind", "in", (kind, False)),
            ("track", "in", (track, False)),
        ]
        return self.env["hotline.ground"].search(domain, limit=1)

    def _case_of(self, *texts, **vals):
        """Return a registered case with these questions, as its officer."""
        ticket = self._registered(**vals).with_user(self.officer)
        for text in texts[1:]:
            ticket.question_ids.create({"ticket_id": ticket.id, "text": text})
        return ticket

    def _state(self, questions, code, **vals):
        questions = questions.with_user(self.officer)
        ground = self._ground(code, questions.ticket_id)
        return questions.action_state_ground(ground.id, vals)

    def _decision(self):
        return {
            "authority_id": self.authority.id,
            "signed_on": self.env.company._hotline_today(),
        }

    def _file(self):
        files = self.env["ir.attachment"].with_user(self.officer)
        return files.create({"name": "Заявление.pdf", "raw": b"%PDF-1.4"})

    def _issue(self, notice):
        notice.with_user(self.officer).write({"authority_id": self.authority.id})
        notice.with_user(self.officer).action_issue()
        self._let_leave(notice.ticket_id)


@tagged("post_install", "-at_install")
class TestGrounds(GroundCommon):
    """Grounds of articles 8 and 11, stated for a question by the officer."""

    def test_every_ground_is_shipped_with_its_article(self):
        """C5: the grounds are data with an article and a rule of the same installation."""
        rules = set(self.env["hotline.rule"].search([]).mapped("code"))
        shipped = self.env["hotline.ground"].search([])
        self.assertGreaterEqual(len(shipped), 16)
        for ground in shipped.filtered("rule_code"):
            self.assertIn(ground.rule_code, rules)

    def test_court_question_returns_the_letter(self):
        """B3: COURT-7: the term starts, no closing without the return letter."""
        ticket = self._case_of("Не согласен с решением суда.")
        notice = self._state(ticket.question_ids, "court")
        clock = ticket.deadline_ids.filtered(lambda one: one.term_id.code == "COURT-7")
        self.assertEqual(clock.raw_due_on, ticket.registered_on + timedelta(days=7))
        self.assertRecordValues(notice, [{"kind": "return", "state": "draft", "ground": "court"}])
        with self.assertRaisesRegex(UserError, "ст. 11"), self.env.cr.savepoint():
            ticket.action_close()
        self._issue(notice)
        ticket.action_close()
        self.assertRecordValues(ticket, [{"state": "returned", "is_final": True}])
        self.assertEqual(ticket.stage_id, self.env.ref("gov_hotline.stage_returned"))
        self.assertEqual(clock.met_on, notice.outgoing_date)

    def test_one_court_question_beside_two_others(self):
        """X2: the letter is never returned for one question (practice 17)."""
        ticket = self._case_of("Суд", "Отопление", "Двор")
        court = ticket.question_ids[0]
        self._issue(self._state(court, "court"))
        self.assertEqual(ticket._final_state(), "closed")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            ticket.action_close()  # two questions are open
        self._answer(ticket)
        ticket.action_close()
        self.assertEqual(ticket.state, "closed")
        answered = ticket.question_ids.filtered("answer_id")
        self.assertEqual(answered, ticket.question_ids - court)

    def test_answer_waits_for_every_question(self):
        """X2: the answer cannot be given until each question has an outcome or a ground."""
        ticket = self._case_of("Отопление", "Двор")
        ticket.question_ids[0].outcome_id = self.supported
        answer = self.env["hotline.answer"].with_user(self.officer)
        answer = answer.create(
            {
                "ticket_id": ticket.id,
                "text": "Да.",
                "outgoing_number": "1",
                "outgoing_date": ticket.registered_on,
                "signer_name": "Кузнецов В. А.",
            }
        )
        with self.assertRaisesRegex(UserError, "ст. 10"), self.env.cr.savepoint():
            answer.action_give()
        self._state(ticket.question_ids[1], "court")
        answer.action_give()
        self.assertEqual(answer.state, "given")

    def test_unreadable(self):
        """B3: UNREAD-7: its term, its notice, no answer."""
        ticket = self._case_of("Неразборчиво")
        notice = self._state(ticket.question_ids, "unreadable")
        self.assertIn("UNREAD-7", ticket.deadline_ids.term_id.mapped("code"))
        self._issue(notice)
        ticket.action_close()
        self.assertEqual(ticket.state, "no_answer")
        self.assertEqual(ticket.outcome_id, self.env.ref("gov_hotline.outcome_unanswered"))

    def test_obscene_only_by_a_decision(self):
        """OBSC: an authorised decision is always needed, also of the system itself."""
        ticket = self._case_of("Оскорбления")
        wrong = {"authority_id": self.clerk.id, "signed_on": ticket.registered_on}
        for questions in (ticket.question_ids, ticket.question_ids.sudo()):
            for vals in ({}, wrong):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    questions.action_state_ground(self._ground("obscene").id, vals)
        self.assertFalse(ticket.question_ids.ground_id)
        notice = self._state(ticket.question_ids, "obscene", **self._decision())
        self.assertEqual(ticket.question_ids.signer_name, "Кузнецов В. А.")
        self._issue(notice)
        ticket.action_close()
        self.assertEqual(ticket.state, "no_answer")

    def test_stopping_needs_two_earlier_answers(self):
        """REPEAT: fewer than two earlier answered questions: impossible."""
        earlier = [self._closed().question_ids for _i in range(2)]
        open_one = self._registered().question_ids
        ticket = self._case_of("Опять о том же")
        one = earlier[0] | open_one
        for linked in (self.env["hotline.question"], one, ticket.question_ids):
            vals = {"earlier_question_ids": [Command.set(linked.ids)], **self._decision()}
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._state(ticket.question_ids, "repeat", **vals)
        both = earlier[0] | earlier[1]
        vals = {"earlier_question_ids": [Command.set(both.ids)], **self._decision()}
        notice = self._state(ticket.question_ids, "repeat", **vals)
        self.assertEqual(notice.kind, "stopping")
        self._issue(notice)
        ticket.action_close()
        self.assertEqual(ticket.state, "stopped")

    def test_number_of_earlier_answers_is_a_setting(self):
        """REPEAT: the administrator asks for three."""
        self._ground("repeat").with_user(self.administrator).min_earlier_answers = 3
        earlier = self._closed().question_ids | self._closed().question_ids
        ticket = self._case_of("Опять")
        vals = {"earlier_question_ids": [Command.set(earlier.ids)], **self._decision()}
        with self.assertRaises(UserError):
            self._state(ticket.question_ids, "repeat", **vals)

    def test_published_and_withdrawn(self):
        """PUB-7 wants the address, STOP the statement; what warns passes with a reason."""
        ticket = self._case_of("Опубликовано")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._state(ticket.question_ids, "published", ground_url="на сайте")
        self._state(ticket.question_ids, "published", ground_url="https://site.example/1")
        self.assertIn("PUB-7", ticket.deadline_ids.term_id.mapped("code"))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._state(ticket.question_ids, "withdrawn")
        file = self._file()
        notice = self._state(
            ticket.question_ids, "withdrawn", statement_ids=[Command.set(file.ids)]
        )
        self.assertEqual(file.res_model, "hotline.question")
        self._issue(notice)
        ticket.action_close()
        self.assertEqual(ticket.state, "withdrawn")

    def test_a_warning_passes_with_a_written_reason(self):
        """STOP is known from memory: without the statement only with a reason, kept."""
        ticket = self._case_of("Прошу прекратить")
        questions = ticket.question_ids.with_context(hotline_reason="Заявление устное, в записи")
        questions.action_state_ground(self._ground("withdrawn").id, {})
        self.assertEqual(ticket.override_ids.rule_code, "STOP")

    def test_anonymous(self):
        """ANON: yes or no is asked; «yes» demands forwarding, nobody is answered."""
        anonymous = {"applicant_surname": False, "applicant_address": False, "partner_id": False}
        quiet = self._case_of("x", unlawful_act="no", **anonymous)
        self._state(quiet.question_ids, "anonymous")
        quiet.action_close()
        self.assertEqual(quiet.state, "no_answer")
        told = self._case_of("x", unlawful_act="yes", **anonymous)
        self.assertIn("ANON-7", told.deadline_ids.term_id.mapped("code"))
        self._state(told.question_ids, "anonymous")
        with self.assertRaisesRegex(UserError, "ст. 11"), self.env.cr.savepoint():
            told.action_close()
        self._resolve(told, self.other_body)
        self._close(told)
        self.assertEqual(told.state, "forwarded")

    def test_forwarded_with_its_letter_and_notice(self):
        """FWD-7: the ground alone is no forwarding; letter, number and notice make it one."""
        ticket = self._case_of("О чужом")
        self._state(ticket.question_ids, "out_of_competence")
        with self.assertRaisesRegex(UserError, "ст. 8"), self.env.cr.savepoint():
            ticket.action_close()
        self._resolve(ticket, self.other_body)
        self._close(ticket)
        self.assertEqual(ticket.state, "forwarded")
        self.assertTrue(ticket.notice_ids.is_issued)

    def test_migration_goes_to_two(self):
        """FWD-MIG: the interior body and the head of the region."""
        ticket = self._case_of("О миграции")
        self._state(ticket.question_ids, "migration")
        with self.assertRaisesRegex(UserError, "3.1"), self.env.cr.savepoint():
            self._resolve(ticket, self.other_body)
        self._resolve(ticket, self.other_body | self._agency("Правительство", "other_body"))
        self._close(ticket)
        self.assertEqual(ticket.state, "forwarded")

    def test_named_applicant_is_not_anonymous(self):
        with self.assertRaises(UserError):
            self._state(self._case_of("x").question_ids, "anonymous")

    def test_self_return(self):
        """SELF-RET: only where somebody is complained of; closing wants the letter."""
        ticket = self._case_of("Жалоба")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._state(ticket.question_ids, "self_return")
        ticket.complaint_against_id = self.agency
        self._issue(self._state(ticket.question_ids, "self_return"))
        ticket.action_close()
        self.assertEqual(ticket.state, "returned")

    def test_migration(self):
        """MIG-20: found after registration, the closer term takes the answer's place."""
        self.env.company.hotline_serves_head = True
        ticket = self._case_of("О нелегальном общежитии")
        self._state(ticket.question_ids, "migration")
        codes = ticket.deadline_ids.term_id.mapped("code")
        self.assertIn("MIG-20", codes)
        self.assertIn("FWD-MIG", codes)
        self.assertNotIn("MAIN-30", codes)
        self.assertTrue(ticket._needs_answer())
        elsewhere = self._case_of("То же", migration_facts=True)
        self.assertIn("MIG-20", elsewhere.deadline_ids.term_id.mapped("code"))

    def test_grounds_of_59_fz_are_not_for_others(self):
        """A message and a request under 8-FZ know no grounds of article 11."""
        for kind in ("message", "request_8fz"):
            ticket = self._case_of("x", kind=kind)
            with self.subTest(kind), self.assertRaises(UserError), self.env.cr.savepoint():
                self._state(ticket.question_ids, "court")

    def test_a_changed_law_is_a_new_edition(self):
        """C5: the edition of the day of registration; a stated ground is not rewritten."""
        ticket = self._case_of("x")
        court = self._ground("court")
        today = ticket.registered_on
        newer = court.copy({"valid_from": today + timedelta(days=1), "article": "новая"})
        court.valid_to = today
        available = self.env["hotline.ground"]._available(ticket, today)
        self.assertIn(court, available)
        self.assertNotIn(newer, available)
        self._state(ticket.question_ids, "court")
        with self.assertRaises(UserError):
            court.with_user(self.administrator).article = "другая"

    def test_taking_a_ground_back(self):
        """X2: before closing, with its trace in the journal; clock and draft notice go."""
        ticket = self._case_of("x")
        self._state(ticket.question_ids, "court")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            ticket.question_ids.action_remove_ground("нет")
        ticket.question_ids.action_remove_ground("Решения суда на деле нет")
        question = ticket.question_ids
        self.assertFalse(question.ground_id or question.outcome_id or ticket.notice_ids)
        self.assertNotIn("COURT-7", ticket.deadline_ids.term_id.mapped("code"))
        events = self.env["hotline.journal"].search([("res_ref", "=", ticket.id)]).mapped("event")
        self.assertTrue({"ground_stated", "ground_removed"} <= set(events))

    def test_only_the_officer_and_only_by_the_act(self):
        """B4: no ground over RPC writes, none by the operator, none after the end."""
        ticket = self._case_of("x")
        court = self._ground("court")
        for name, value in (("ground_id", court.id), ("ground_url", "x"), ("signer_name", "x")):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                ticket.question_ids.write({name: value})
        for user in (self.operator, self.supervisor, self.auditor):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                ticket.question_ids.with_user(user).action_state_ground(court.id)
        made = ticket.question_ids.create(
            {"ticket_id": ticket.id, "text": "y", "ground_id": court.id}
        )
        self.assertFalse(made.ground_id)
        closed = self._closed().with_user(self.officer)
        with self.assertRaises(UserError):
            closed.question_ids.action_state_ground(court.id)

    def test_outcome_of_a_ground_is_fixed(self):
        ticket = self._case_of("x")
        self._state(ticket.question_ids, "court")
        with self.assertRaises(UserError):
            ticket.question_ids.outcome_id = self.supported

    def test_outcomes_that_only_a_ground_gives(self):
        """«Left without answer» is no choice of a list: it wants its ground."""
        ticket = self._case_of("x")
        ticket.question_ids.outcome_id = self.env.ref("gov_hotline.outcome_unanswered")
        self._answer(ticket)
        with self.assertRaises(UserError):
            ticket.action_close()

    def test_refusal_to_accept_is_no_outcome(self):
        """ACCEPT: an appeal within competence is always accepted."""
        refused = self.env["hotline.outcome"].create({"name": "Отказано", "is_refusal": True})
        ticket = self._case_of("x")
        ticket.question_ids.outcome_id = refused
        self._answer(ticket)
        with self.assertRaisesRegex(UserError, "ст. 9"):
            ticket.action_close()

    def test_dialog(self):
        """The officer's dialog states the ground and opens the proposed letter."""
        ticket = self._case_of("x")
        action = ticket.action_open_ground()
        wizard = self.env["hotline.ground.statement"].with_user(self.officer)
        wizard = wizard.with_context(**action["context"]).create(
            {"ground_id": self._ground("court").id}
        )
        opened = wizard.action_state()
        self.assertEqual(opened["res_model"], "hotline.notice")
        self.assertEqual(ticket.question_ids.ground_id.code, "court")
        labels = [act["method"] for act in ticket.acts]
        self.assertIn("action_open_ground_removal", labels)
