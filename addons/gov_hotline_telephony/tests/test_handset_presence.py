from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestHandsetPresence(PhoneCommon):
    """On the line, pause, finishing: from the screen and from the PBX, kept in step both ways."""

    def setUp(self):
        super().setUp()
        self.states = self.env["hotline.operator.state"]

    def _sign_in(self, user=None, number="101"):
        self._handset(user).sign_in(self.phones[number].id)
        self._end_commands()

    def _end_commands(self):
        self.env["hotline.pbx.command"].search([])._finish("done", "done")

    def _state(self, user=None):
        now = self.states._current(user or self.operator)
        return now.state, now.reason_id.code

    def test_a_day(self):
        """Each state is a row with its time; the commands keep the queue in step."""
        handset = self._handset()
        self._sign_in()
        handset.pause(self.lunch.id)
        handset.resume()
        handset.sign_out()
        rows = self.states.search([("user_id", "=", self.operator.id)], order="id")
        self.assertEqual(rows.mapped("state"), ["ready", "paused", "ready", "offline"])
        self.assertEqual([bool(one) for one in rows.mapped("until")[:3]], [True] * 3)
        self.assertFalse(rows[-1].until)
        self.assertEqual(rows.extension_id, self.phones["101"])
        member = {"queue": "hotline", "interface": "PJSIP/101"}
        self.assertEqual(
            self._commands(),
            [
                ("queue_add", {**member, "name": self.operator.name}),
                ("pause", {"interface": "PJSIP/101", "reason": "lunch"}),
                ("unpause", {"interface": "PJSIP/101"}),
                ("queue_remove", member),
            ],
        )
        self.assertFalse(self.phones["101"].at_id)

    def test_told_to_that_operator_alone(self):
        self._sent()
        self._handset().sign_in(self.phones["101"].id)
        told = [one for one in self._sent() if one[1] == "gov_hotline.presence"]
        [(channel, _kind, payload)] = told
        self.assertEqual(channel, self._channel(self.operator))
        self.assertEqual((payload["state"], payload["words"]), ("ready", "На линии"))
        self._end_commands()
        self._sent()
        self._handset().pause(self.lunch.id)
        [payload] = [one[2] for one in self._sent() if one[1] == "gov_hotline.presence"]
        self.assertEqual((payload["words"], payload["reason"]), ("Обед", self.lunch.id))

    def test_wrap_up_without_a_stop_watch(self):
        """C2: the queue stays away from the talk on, until the card is closed."""
        self._sign_in()
        call = self._talk()
        for event in ("ring", "answer"):
            self.states._happened(self.operator, event, call)
        self.assertEqual(
            self._commands("pause"), [("pause", {"interface": "PJSIP/101", "reason": "wrap_up"})]
        )
        self._end_commands()
        self.states._happened(self.operator, "member_paused", reason="wrap_up")
        call.phase = "over"
        self.states._happened(self.operator, "hangup", call)
        self.assertEqual(self._state()[0], "wrap_up")
        self.assertFalse(self._commands("unpause"))
        mine = call.with_user(self.operator)
        mine.disposition_id = self.env.ref("gov_hotline.disposition_silence")
        mine.action_close()
        self.assertEqual(self._state()[0], "ready")
        self.assertEqual(self._commands("unpause"), [("unpause", {"interface": "PJSIP/101"})])

    def test_the_card_closed_before_the_end_of_the_talk(self):
        self._sign_in()
        call = self._talk()
        self.states._happened(self.operator, "answer", call)
        self._end_commands()
        call.disposition_id = self.env.ref("gov_hotline.disposition_silence")
        call.with_user(self.operator).action_close()
        self.assertEqual(self._state()[0], "talking")
        self.states._happened(self.operator, "hangup", call)
        self.assertEqual(self._state()[0], "ready")
        self.assertTrue(self._commands("unpause"))

    def test_whoever_handed_the_call_over_has_nothing_to_finish(self):
        """Its card goes with the caller; so it does not stay with a colleague who was asked."""
        self._sign_in()
        self._sign_in(self.second, "102")
        call = self._talk()
        for user in (self.operator, self.second):
            self.states._happened(user, "answer", call)
        self.states._happened(self.second, "hangup", call)
        self.assertEqual(self._state(self.second)[0], "ready")
        self._handset().transfer(call.id, f"user:{self.second.id}", "blind", "no_article")
        self.states._happened(self.operator, "hangup", call)
        self.assertEqual(self._state()[0], "ready")

    def test_finished_by_the_button(self):
        self._sign_in()
        call = self._talk()
        for event in ("answer", "hangup"):
            self.states._happened(self.operator, event, call)
        told = self._handset().finish_wrap_up()
        self.assertEqual(self._state()[0], "ready")
        command = self.env["hotline.pbx.command"].browse(told["command_id"])
        self.assertEqual(command.kind, "unpause")
        with self.assertRaises(UserError):
            self._handset().finish_wrap_up()

    def test_from_the_pbx(self):
        """Paused on the telephone, or taken out of the queue by its administrator."""
        self._sign_in()
        self.states._happened(self.operator, "member_paused", reason="lunch")
        self.assertEqual(self._state(), ("paused", "lunch"))
        self.states._happened(self.operator, "member_unpaused")
        self.assertEqual(self._state(), ("ready", False))
        self.states._happened(self.operator, "member_removed")
        self.assertEqual(self._state(), ("offline", False))

    def test_echo_of_an_own_command_changes_nothing(self):
        """«Pause» and «on the line» in quick turn: the late echo of the pause is not believed."""
        self._sign_in()
        self._handset().pause(self.lunch.id)
        self._handset().resume()
        self.assertFalse(self.states._happened(self.operator, "member_paused", reason="lunch"))
        self.assertEqual(self._state()[0], "ready")

    def test_a_key_of_the_telephone_brings_on_the_line(self):
        self.states._happened(self.operator, "member_added")
        self.assertEqual(self._state()[0], "ready")
        self.assertEqual(self.phones["101"].at_id, self.operator)
        self.states._happened(self.operator, "member_removed")
        self.assertFalse(self.phones["101"].at_id)

    def test_card_closed_while_the_pbx_was_away(self):
        """It comes back with the operator on our pause: the pause is ended, calls come again."""
        self._sign_in()
        call = self._talk()
        self.states._happened(self.operator, "answer", call)
        self._end_commands()
        self.pbx.sudo().state = "offline"
        self.states._happened(self.operator, "hangup", call)
        self._handset().finish_wrap_up()
        self.assertFalse(self._commands("unpause"))
        self.pbx.sudo().state = "online"
        self.states._happened(self.operator, "member_paused", reason="wrap_up")
        self.assertEqual(self._state()[0], "ready")
        self.assertEqual(self._commands("unpause"), [("unpause", {"interface": "PJSIP/101"})])

    def test_late_news_do_not_turn_back_the_clock(self):
        self._sign_in()
        self.states._happened(self.operator, "ring", at=self.states._current(self.operator).since)
        self.states._happened(self.operator, "ring_over", at="2020-01-01 00:00:00")
        rows = self.states.search([("user_id", "=", self.operator.id)])
        for row in rows.filtered("until"):
            self.assertGreaterEqual(row.until, row.since)

    def test_one_telephone_one_person(self):
        shared = self._telephone("120", kind="common")
        self._handset().sign_in(shared.id)
        with self.assertRaises(UserError) as refused:
            self._handset(self.second).sign_in(shared.id)
        self.assertIn(self.operator.name, str(refused.exception))
        self._end_commands()
        self._handset().sign_in(self.phones["101"].id)
        self.assertFalse(shared.at_id)
        self.assertEqual(self.phones["101"].at_id, self.operator)
        self.assertEqual(
            self.pbx._users_by_interface(),
            {
                "PJSIP/101": self.operator.id,
                "PJSIP/102": self.second.id,
                "PJSIP/109": self.supervisor.id,
            },
        )

    def test_not_at_a_colleagues_telephone(self):
        with self.assertRaises(AccessError):
            self._handset().sign_in(self.phones["102"].id)

    def test_not_out_of_a_talk(self):
        self._sign_in()
        self.states._happened(self.operator, "answer", self._talk())
        with self.assertRaises(UserError):
            self._handset().sign_out()
        with self.assertRaises(UserError):
            self._handset().pause(self.lunch.id)

    def test_leaves_while_the_pbx_is_down(self):
        self._sign_in()
        self.pbx.sudo().state = "offline"
        self._handset().sign_out()
        self.assertEqual(self._state()[0], "offline")
        self.assertFalse(self._commands("queue_remove"))
        with self.assertRaises(UserError):
            self._handset().sign_in(self.phones["101"].id)

    def test_nobody_writes_states(self):
        self._sign_in()
        row = self.states._current(self.operator)
        for role in ("operator", "supervisor", "administrator", "auditor"):
            user = getattr(self, role)
            for operation in ("write", "create", "unlink"):
                with self.subTest(role=role, operation=operation):
                    self.assertFalse(row.with_user(user).has_access(operation))
        self.assertTrue(row.with_user(self.supervisor).has_access("read"))
        self.assertFalse(row.with_user(self.second).has_access("read"))
        elsewhere = self.env["res.company"].create({"name": "Другой орган"})
        row.company_id = elsewhere
        self.assertFalse(row.with_user(self.supervisor).has_access("read"))
