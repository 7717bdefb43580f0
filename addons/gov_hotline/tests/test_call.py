from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestCall(HotlineCommon):
    def _call(self, **vals):
        Call = self.env["hotline.call"].with_user(self.operator)
        return Call.create({"phone": "8 (913) 555-01-01", "line_id": self.line.id, **vals})

    def test_number_is_one_in_every_spelling(self):
        """D2: the caller is found by the number, however it is written."""
        call = self._call()
        self.assertEqual(call.phone, "+79135550101")
        known = self.env["hotline.phone"].search([("number", "=", call.phone)])
        self.assertEqual(known.partner_id, self.citizen)

    def test_closing_wants_a_disposition(self):
        """B6: every call has its characteristic before it is closed."""
        call = self._call(question="Когда дадут тепло?")
        with self.assertRaises(UserError):
            call.action_close()
        call.disposition_id = self.env.ref("gov_hotline.disposition_consult_answered")
        call.action_close()
        self.assertEqual(call.state, "closed")
        self.assertTrue(call.ended_at)

    def test_consultation_wants_the_question(self):
        """B6: what exactly they asked; a call is not closed over RPC without it either."""
        call = self._call(
            disposition_id=self.env.ref("gov_hotline.disposition_consult_answered").id,
            question=" ?",
        )
        english = call.with_context(lang="en_US")
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            english.action_close()
        self.assertIn("write down what was asked", str(refused.exception))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call.write({"state": "closed"})
        call.question = "Когда дадут тепло?"
        call.action_close()
        self.assertEqual(call.state, "closed")

    def test_thanks_want_somebody_or_something(self):
        """B6, A5: thanks to nobody and for nothing are no thanks."""
        thanks = self.env["hotline.disposition"].create({"name": "Спасибо", "group": "thanks"})
        call = self._call(disposition_id=thanks.id)
        with self.assertRaises(UserError):
            call.action_close()
        call.question = "Диспетчеру за терпение"
        call.action_close()
        self.assertEqual(call.state, "closed")

    def test_a_question_has_an_end(self):
        """A text of millions of characters is refused in words."""
        for name in ("question", "result"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self._call(**{name: "а" * 20_001})
        self.assertTrue(self._call(question="а" * 20_000))

    def test_redirect_wants_the_agency(self):
        """A1: redirect to the competent agency."""
        call = self._call(disposition_id=self.env.ref("gov_hotline.disposition_redirect_agency").id)
        with self.assertRaises(UserError):
            call.action_close()
        call.agency_id = self.agency
        call.action_close()
        self.assertEqual(call.state, "closed")

    def test_closed_call_is_fixed(self):
        call = self._call(disposition_id=self.env.ref("gov_hotline.disposition_silence").id)
        call.action_close()
        with self.assertRaises(UserError):
            call.result = "иное"
        call.with_user(self.supervisor).result = "исправлено"

    def test_ticket_by_the_mode_of_the_line(self):
        """A1: a message, an oral appeal by a local act, or none on a line that consults."""
        kinds = {"message": "message", "oral": "appeal_59"}
        for line in (self.line, self.oral_line):
            ticket = self._call(
                line_id=line.id, partner_id=self.citizen.id, question="Нет тепла"
            )._make_ticket({})
            self.assertEqual(ticket.kind, kinds[line.mode])
            self.assertEqual(ticket.applicant_name, "Иванова Мария Петровна")
            self.assertEqual(ticket.applicant_phone, "+79135550101")
            self.assertTrue(ticket.action_register()["number"])
        consult = self.env["hotline.line"].create({"name": "Справочная", "mode": "consult"})
        with self.assertRaises(UserError):
            self._call(line_id=consult.id)._make_ticket({})

    def test_one_ticket_a_call(self):
        call = self._call(question="Нет тепла")
        call._make_ticket({})
        with self.assertRaises(UserError):
            call._make_ticket({})

    def test_no_way_around_the_disposition(self):
        """B6: a call is not closed over RPC without its disposition, nor opened again."""
        call = self._call()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call.write({"state": "closed"})
        self.assertEqual(call.state, "open")
        call.disposition_id = self.env.ref("gov_hotline.disposition_silence")
        call.action_close()
        with self.assertRaises(UserError):
            call.write({"state": "open"})

    def test_colleagues_call_is_read_not_changed(self):
        call = self._call()
        colleague = self._new_role_user("operator", "press")
        self.assertEqual(call.with_user(colleague).phone, "+79135550101")
        with self.assertRaises(AccessError):
            call.with_user(colleague).question = "чужое"
        call.with_user(self.officer).question = "уточнено"

    def test_a_promise_does_not_become_something_else(self):
        """X4: neither its kind nor its time moves; a new time is a new promise."""
        task = self.env["hotline.task"].with_user(self.operator).create({"name": "Перезвонить"})
        for vals in ({"kind": "callback"}, {"due_at": "2030-01-01 10:00:00"}):
            with self.subTest(vals), self.assertRaises(UserError):
                task.write(vals)
        task.with_context(hotline_reason="Обещано по ошибке").action_cancel()
        self.assertEqual(task.state, "cancelled")

    def test_figures_of_a_closed_call_are_fixed(self):
        call = self._call(disposition_id=self.env.ref("gov_hotline.disposition_silence").id)
        call.action_close()
        stranger = self._draft()
        for vals in ({"ticket_id": stranger.id}, {"talk_seconds": 1}, {"direction": "out"}):
            with self.subTest(vals), self.assertRaises(UserError):
                call.write(vals)

    def test_what_the_pbx_told_is_not_typed(self):
        """B8, X8: waits, talks and the share in time are the PBX's word, of an open call, too."""
        call = self._call()
        call.sudo().write({"source": "pbx", "wait_seconds": 7})
        told = ("wait_seconds", "talk_seconds", "started_at", "answered_at", "ended_at")
        for user in (self.operator, self.officer, self.supervisor, self.administrator):
            for name in told:
                value = 999 if name.endswith("seconds") else "2026-11-01 10:00:00"
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    call.with_user(user).write({name: value})
            with self.assertRaises(AccessError):
                call.with_user(user).direction = "out"
        self.assertEqual(call.wait_seconds, 7)
        call.with_user(self.operator).question = "Когда дадут тепло?"

    def test_its_card_is_closed_while_a_call_of_the_pbx_goes_on(self):
        """B6, X8: the end of the talk is told by the PBX alone."""
        call = self._call(disposition_id=self.env.ref("gov_hotline.disposition_silence").id)
        call.sudo().source = "pbx"
        call.action_close()
        self.assertEqual((call.state, call.ended_at, call.talk_seconds), ("closed", False, 0))

    def test_a_task_is_what_a_person_can_do(self):
        """X4: words for a telephone, a whole talk for a name: told what is wrong, nothing kept."""
        tasks = self.env["hotline.task"].with_user(self.operator)
        for vals in ({"phone": "абв"}, {"name": "я" * 100_000}):
            with self.subTest(next(iter(vals))), self.assertRaises(UserError):
                tasks.create({"name": "Перезвонить", "kind": "callback", **vals})
        task = tasks.create({"name": "Перезвонить", "kind": "todo", "phone": "8 913 555-01-01"})
        with self.assertRaises(UserError):
            task.phone = "после обеда"

    def test_the_words_of_what_was_done_stay(self):
        """X4: a finished task tells afterwards what it was."""
        task = self.env["hotline.task"].with_user(self.operator).create({"name": "Найти схему"})
        task.sudo().kind = "todo"
        task.name = "Найти схему теплотрассы"
        task.action_done()
        with self.assertRaises(UserError):
            task.name = "x"
        self.assertEqual(task.name, "Найти схему теплотрассы")
