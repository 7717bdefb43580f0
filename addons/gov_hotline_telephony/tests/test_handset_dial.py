from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestHandsetDial(PhoneCommon):
    """Click-to-call: the own telephone first, one call for two clicks, words for failures."""

    def _dial(self, phone="8 913 555-01-01", user=None, **kwargs):
        told = self._handset(user).dial(phone, **kwargs)
        command = self.env["hotline.pbx.command"].browse(told["command_id"])
        return command, self.env["hotline.call"].browse(told["call_id"])

    def test_dialled(self):
        """The call is there at once; the command rings the operator's own telephone."""
        command, call = self._dial()
        self.assertRecordValues(
            call,
            [
                {
                    "direction": "out",
                    "source": "pbx",
                    "phase": "ringing",
                    "phone": "+79135550101",
                    "operator_id": self.operator.id,
                    "pbx_id": self.pbx.id,
                    "linkedid": command.channel_id,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(
            command.payload,
            {
                "interface": "PJSIP/101",
                "number": "+79135550101",
                "context": "hotline-originate",
                "timeout": 30,
                "caller": "+79135550101",
                "variables": {"HOTLINE_CALL_ID": str(call.id)},
            },
        )
        self.assertEqual((command.kind, command.state), ("originate", "new"))

    def test_two_clicks_one_call(self):
        first = self._dial()
        self.assertEqual(self._dial("+7 913 555 01 01"), first)
        first[0].sudo()._finish("sent", False)
        self.assertEqual(len(self._commands("originate")), 1)
        with self.assertRaises(UserError):
            self._dial("8 913 555-02-02")

    def test_two_windows_at_once(self):
        """The slower one waits for the quicker one, whose call is its answer."""
        command, _call = self._dial()
        commands = self.env["hotline.pbx.command"].with_user(self.operator)
        made = []
        with self.enter_registry_test_mode():
            self.assertIsNone(commands._once(lambda: made.append(1)))
            self.assertFalse(made)
            command.sudo()._finish("failed", "expired")
            commands._once(lambda: made.append(1))
            self.assertTrue(made)

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_no_second_one_in(self):
        """Whatever asks for it."""
        command, call = self._dial()
        commands = self.env["hotline.pbx.command"].with_user(self.operator)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            commands._ask(self.pbx, "originate", command.sudo().payload, call)
            self.env.flush_all()

    def test_the_slower_click_gets_the_call_of_the_quicker_one(self):
        """What the index has stopped looks into a fresh transaction: its own sees nothing yet."""
        command, call = self._dial()
        with self.enter_registry_test_mode():
            told = self._handset()._other_click()
        self.assertEqual(
            told, {"command_id": command.id, "call_id": call.id, "number": "+79135550101"}
        )

    def test_only_allowed_destinations(self):
        for phone in (
            "8 809 555-01-01",
            "+1 202 555 0101",
            "810 375 29 555-01-01",
            "102#",
            "",
            "*45",
        ):
            with self.subTest(phone), self.assertRaises(UserError):
                self._dial(phone)
        self.assertFalse(self._commands())
        self.assertFalse(self.env["hotline.call"].search([("pbx_id", "=", self.pbx.id)]))

    def test_emergency_is_dialled_outside(self):
        """«103» is an ambulance, not the colleague of that extension."""
        self._telephone("103", kind="expert")
        command, _call = self._dial("103")
        self.assertEqual(command.payload["context"], "hotline-originate")

    def test_end_in_words(self):
        words = {}
        for result in ("busy", "no_answer", "rejected", "offline", "expired", "denied"):
            command, call = self._dial()
            self._sent()
            command._finish("failed", result)
            [(channel, kind, told)] = self._sent()
            self.assertEqual((channel, kind), (self._channel(self.operator), "gov_hotline.command"))
            self.assertEqual((told["command_id"], told["state"]), (command.id, "failed"))
            words[result] = told["words"]
            self.assertRecordValues(call, [{"phase": "over", "state": "closed"}])
        self.assertEqual(len(set(words.values())), len(words))
        self.assertEqual(words["busy"], "Ваш телефон занят.")

    def test_a_call_that_was_answered_is_for_the_operator_to_close(self):
        command, call = self._dial()
        command._finish("done", "done")
        self.assertEqual((call.state, call.phase), ("open", "ringing"))
        with self.assertRaises(UserError):
            call.with_user(self.operator).action_close()

    def test_states_go_forward_only(self):
        command, _call = self._dial()
        command._finish("unknown", "cut")
        command._finish("done", "done")
        self.assertEqual((command.state, command.result), ("unknown", "cut"))

    def test_nobody_took_it(self):
        command, call = self._dial()
        command.sudo().made_at = fields.Datetime.now() - timedelta(seconds=31)
        fresh, _call = self._dial(user=self.second)
        self.env["hotline.pbx.command"]._expire()
        self.assertEqual((command.state, command.result), ("failed", "expired"))
        self.assertEqual((call.phase, call.fate), ("over", "failed"))
        self.assertEqual(fresh.state, "new")

    def test_a_dead_connector_does_not_block_the_telephone(self):
        """What it had taken has a fate nobody knows; the operator dials again."""
        command, lost = self._dial()
        command.sudo().write(
            {"state": "sent", "sent_at": fields.Datetime.now() - timedelta(minutes=11)}
        )
        again, _call = self._dial("8 913 555-02-02")
        self.assertEqual((command.state, command.result), ("unknown", "silent"))
        self.assertEqual((lost.phase, lost.fate, lost.state), ("over", "cut", "open"))
        self.assertEqual(again.state, "new")

    def test_a_dialling_the_connection_broke_off_is_over(self):
        """D1: the PBX told nothing of it: it does not ring for ever, and nothing is dialled."""
        command, call = self._dial()
        heard, ringing = self._dial(user=self.second)
        self._leg(ringing, "operator", "1.2")
        for one in command, heard:
            one._finish("unknown", "cut")
        (command | heard).sudo().sent_at = fields.Datetime.now() - timedelta(minutes=11)
        self.env["hotline.pbx.command"]._expire()
        self.assertEqual((call.phase, call.fate), ("over", "cut"))
        self.assertEqual(ringing.phase, "ringing")

    def test_no_connection_and_no_telephone(self):
        self.pbx.sudo().state = "offline"
        with self.assertRaises(UserError):
            self._dial()
        with self.assertRaises(UserError):
            self._dial(user=self.officer)
        self.assertFalse(self._commands())

    def test_not_in_a_talk(self):
        self._talk()
        with self.assertRaises(UserError):
            self._dial()

    def test_call_back_of_a_dropped_call(self):
        """The draft, the citizen and the appeal go over to the new call."""
        dropped = self._talk(partner_id=self.citizen.id, question="Холодно", phase="over")
        dropped.sudo().workplace_draft = {"surname": "Иванова"}
        _command, call = self._dial(call_id=dropped.id)
        self.assertRecordValues(
            call,
            [
                {
                    "partner_id": self.citizen.id,
                    "question": "Холодно",
                    "line_id": self.line.id,
                    "workplace_draft": {"surname": "Иванова"},
                }
            ],
        )

    def test_the_draft_of_a_colleague_is_not_taken(self):
        other = self._talk(self.second, question="Чужое", phase="over")
        _command, call = self._dial(call_id=other.id)
        self.assertFalse(call.question)

    def test_roles(self):
        for user in (self.auditor, self.press, self.executor, self.approver, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._dial(user=user)

    def test_hung_up_while_the_own_telephone_rings(self):
        """The connector has told nothing yet: the channel is known by the number we gave it."""
        command, call = self._dial()
        command._finish("sent", False)
        self._handset().hangup(call.id)
        self.assertEqual(self._commands("hangup"), [("hangup", {"channel": command.channel_id})])

    def test_hung_up_before_it_was_sent(self):
        """Nothing rings afterwards."""
        command, call = self._dial()
        self._handset().hangup(call.id)
        self.assertEqual((command.state, command.result), ("failed", "cancelled"))
        self.assertEqual(call.phase, "over")
        self.assertFalse(self._commands("hangup"))
