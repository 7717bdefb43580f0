import dataclasses
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.bus.models.bus import channel_with_db, json_dump

from ..domain.queue_board import BoardChange, Line, MemberChange
from ..domain.snapshots import Transfer
from ..models.hotline_call_pop import RING_OVER, RINGING
from ..models.hotline_queue import TOLD as QUEUE
from .common_calls import (
    BEGAN,
    SECOND,
    CallsCommon,
    abandoned,
    dialled,
    over,
    ringing,
    talking,
    transferred,
    waiting,
)


@tagged("post_install", "-at_install")
class TestWriterTells(CallsCommon):
    def _told(self, *kinds):
        """Return [(login, type)] of the messages on their way, of these kinds."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([])
        channels = {
            json_dump(channel_with_db(self.env.cr.dbname, user.partner_id)): user
            for user in self.operator | self.second | self.executor
        }
        found = [(channels.get(one.channel), json.loads(one.message)) for one in messages]
        messages.unlink()
        return [(user, one["type"]) for user, one in found if one["type"] in kinds]

    def _pops(self, *calls):
        self._told()
        self._write(*calls)
        return self._told(RINGING, RING_OVER)

    def test_the_pop_follows_the_ring(self):
        """B1: shown where it rings and nowhere else; taken off when the ring goes on."""
        self.assertEqual(self._pops(waiting()), [])
        self.assertEqual(self._pops(ringing()), [(self.operator, RINGING)])
        self.assertEqual(self._pops(ringing()), [])
        self.assertEqual(self._pops(waiting(legs=ringing().legs)), [(self.operator, RING_OVER)])
        self.assertFalse(self._call().operator_id)
        first = dataclasses.replace(ringing().legs[1], ended=ringing().started + 16)
        second = ringing(SECOND, legs=(*waiting().legs, first, SECOND))
        self.assertEqual(self._pops(second), [(self.second, RINGING)])
        self.assertEqual(self._call().operator_id, self.second)

    def _both(self, **changes):
        """It rings at two operators at once."""
        legs = (*ringing().legs, dataclasses.replace(SECOND, rang=BEGAN + 1))
        return ringing(**{"legs": legs, "ringing": ("PJSIP/101", "PJSIP/102"), **changes})

    def test_all_telephones_of_a_queue_ring(self):
        """E9: each of them has its own pop; it goes where another one took the call."""
        self.assertEqual(self._pops(waiting()), [])
        both = [(self.operator, RINGING), (self.second, RINGING)]
        self.assertEqual(self._pops(self._both()), both)
        self.assertEqual(self._pops(self._both()), [])
        citizen, first, second = self._both().legs
        elsewhere = dataclasses.replace(first, ended=BEGAN + 4, cause=26)
        answered = dataclasses.replace(second, answered=BEGAN + 4)
        taken = talking(operator="PJSIP/102", legs=(citizen, elsewhere, answered))
        self.assertEqual(self._pops(taken), [(self.operator, RING_OVER)])
        self.assertEqual(self._call().operator_id, self.second)

    def test_one_of_those_telephones_stops_ringing(self):
        """The others go on; the call is one of theirs."""
        self._pops(self._both())
        self.assertEqual(self._call().operator_id, self.operator)
        citizen, first, second = self._both().legs
        refused = dataclasses.replace(first, ended=BEGAN + 4, cause=21)
        now = self._both(legs=(citizen, refused, second), ringing=("PJSIP/102",))
        self.assertEqual(self._pops(now), [(self.operator, RING_OVER)])
        self.assertEqual(self._call().operator_id, self.second)
        self.assertEqual(self._pops(abandoned(legs=now.legs)), [(self.second, RING_OVER)])
        self.assertFalse(self._call().operator_id)

    def test_who_opens_it_first_need_not_be_who_answers(self):
        """Both open the card while both telephones ring; the answer decides, a stranger may not."""
        self._pops(self._both())
        call = self._call()
        for user in (self.operator, self.second, self.operator):
            call.with_user(user).action_answer()
            self.assertEqual(call.operator_id, user)
        stranger = self._new_role_user("operator", "executor")
        with self.assertRaises(AccessError):
            call.with_user(stranger).action_answer()
        citizen, first, second = self._both().legs
        answered = dataclasses.replace(second, answered=BEGAN + 4)
        self._pops(talking(operator="PJSIP/102", legs=(citizen, first, answered)))
        with self.assertRaises(AccessError):
            call.with_user(self.operator).action_answer()
        call.with_user(self.second).action_answer()
        self.assertEqual(call.operator_id, self.second)

    def test_the_bar_stays_with_who_answered(self):
        """It is there to choose the citizen and open the card."""
        self._pops(ringing())
        self.assertEqual(self._pops(talking()), [])
        self.assertEqual(self._pops(over()), [])

    def test_the_caller_gave_up(self):
        self._pops(ringing())
        self.assertEqual(self._pops(abandoned()), [(self.operator, RING_OVER)])

    def test_a_click_to_call_pops_nothing(self):
        self.assertEqual(self._pops(dialled()), [])

    def test_who_takes_no_calls_gets_no_pop(self):
        """An expert's telephone rings: no right to read calls, no pop."""
        expert = dataclasses.replace(SECOND, interface="PJSIP/103", number="103")
        self.assertEqual(self._pops(ringing(expert)), [])

    @mute_logger("odoo.addons.gov_hotline_telephony.connector.teller")
    def test_one_who_cannot_be_told_stops_nobody_else(self):
        """Whose right to read calls is gone is not told; the call is written all the same."""
        self.patch(
            self.registry["hotline.call"],
            "_pop_vals",
            lambda call: 1 / 0 if call.linkedid == "1.1" else {"call_id": call.id},
        )
        other = ringing(SECOND, linkedid="2.1")
        self.assertEqual(self._pops(ringing(), other), [(self.second, RINGING)])
        self.assertEqual(self._call().phase, "ringing")

    def _states(self, user):
        rows = self.env["hotline.operator.state"].search([("user_id", "=", user.id)], order="id")
        return [(one.state, one.reason_id.code or "") for one in rows]

    def test_the_operators_state_follows_the_telephone(self):
        """C2: rings, talks, finishes the card; whoever was not on the line goes back off it."""
        self.env["hotline.operator.state"]._happened(self.operator, "sign_in")
        for step in (waiting(), ringing(), ringing(), talking(), over(), over()):
            self._write(step)
        states = ["ready", "ringing", "talking", "wrap_up"]
        self.assertEqual(self._states(self.operator), [(one, "") for one in states])
        self.assertEqual(self._current(self.operator).call_id, self._call())

    def _current(self, user):
        return self.env["hotline.operator.state"]._current(user)

    def test_a_call_that_was_not_taken_leaves_the_operator_ready(self):
        self.env["hotline.operator.state"]._happened(self.operator, "sign_in")
        self._write(ringing())
        self._write(abandoned())
        self.assertEqual([one for one, _why in self._states(self.operator)][-1], "ready")

    def test_the_state_follows_the_queue(self):
        """In step both ways: what is done on the telephone itself shows on the screen."""

        def board(*events):
            changes = [MemberChange("PJSIP/101", event, why, BEGAN) for event, why in events]
            self._write(board=BoardChange(members=tuple(changes)))

        board(("member_added", ""))
        board(("member_paused", "lunch"))
        board(("member_unpaused", ""))
        board(("member_removed", ""))
        self.assertEqual(
            self._states(self.operator),
            [("ready", ""), ("paused", "lunch"), ("ready", ""), ("offline", "")],
        )

    def test_the_running_call_is_told_to_who_talks(self):
        """The strip follows the call; whose phone only rang is not told of the talk."""
        kind = "gov_hotline.phone_call"

        def told(call):
            self._told()
            self._write(call)
            return self._told(kind)

        self.assertEqual(told(ringing()), [])
        self.assertEqual(told(talking()), [(self.operator, kind)])
        self.assertEqual(told(talking()), [])
        self.assertEqual(told(talking(phase="held")), [(self.operator, kind)])
        self.assertEqual(told(over()), [(self.operator, kind)])

    def _of_three(self, result, **changes):
        """The operator has brought the expert at 103 into the talk; None: not yet."""
        citizen, first = talking().legs
        expert = dataclasses.replace(
            SECOND, role="colleague", interface="PJSIP/103", number="103", answered=BEGAN + 20
        )
        first = dataclasses.replace(first, **changes)
        move = Transfer("attended", "103", BEGAN + 30, result, "PJSIP/101", "attended/1.2/103")
        return talking(legs=(citizen, first, expert), transfers=(move,) if result else ())

    def _talk_of_three(self):
        """Write it as the acts of the screen and the PBX make it; return the call."""
        self.pbx.state = "online"
        self.env["hotline.operator.state"]._happened(self.operator, "sign_in")
        self._write(talking())
        self.env["hotline.call.transfer"].create(
            {
                "call_id": self._call().id,
                "kind": "attended",
                "to": "103",
                "to_name": "Эксперт",
                "at": self._call().answered_at,
                "user_id": self.operator.id,
            }
        )
        self._write(self._of_three(None))
        self._told_calls()
        asked = self.env["hotline.handset"].with_user(self.operator).conference(self._call().id)
        self._write(self._of_three("joined"))
        self.env["hotline.pbx.command"].browse(asked["command_id"])._finish("done", "ok")
        return self._call()

    def _told_calls(self):
        """Return what the operator's page is told of calls."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([], order="id")
        mine = json_dump(channel_with_db(self.env.cr.dbname, self.operator.partner_id))
        found = [json.loads(one.message) for one in messages if one.channel == mine]
        messages.unlink()
        return [one["payload"] for one in found if one["type"] == "gov_hotline.phone_call"]

    def test_three_talk_and_the_operator_leaves_the_two(self):
        """B6: her page says at once that the talk is over for her, the call goes on."""
        call = self._talk_of_three()
        [told] = self._told_calls()
        self.assertEqual(told["consult"], {"to": "Эксперт", "phase": "joined"})
        self.assertEqual(told["may"], ["complete", "hangup"])
        handset = self.env["hotline.handset"].with_user(self.operator)
        self.assertEqual(handset.look()["call"]["call_id"], call.id)
        self._write(self._of_three("answered", ended=BEGAN + 40))
        [told] = self._told_calls()
        self.assertEqual(told, {"call_id": call.id, "phase": "over", "dropped": False})
        self.assertEqual((call.phase, call.operator_id), ("talking", self.operator))
        self.assertFalse(handset.look()["call"])
        self.assertEqual(self._current(self.operator).state, "wrap_up")  # the card is hers
        with self.assertRaises(UserError):
            handset.hangup(call.id)  # whose talk it is no more
        self.assertEqual(call.transfer_ids.result, "done")

    def test_three_who_end_together(self):
        """It was no transfer, and none that failed."""
        call = self._talk_of_three()
        legs = [dataclasses.replace(leg, ended=BEGAN + 63) for leg in self._of_three("").legs]
        joined = self._of_three("joined").transfers
        self._write(over(legs=tuple(legs), transfers=joined))
        self.assertEqual(call.transfer_ids.result, "joined")
        self.assertFalse(self._told_calls()[-1]["dropped"])

    def test_who_leaves_three_by_the_screen_has_handed_it_on(self):
        """The act's own end comes before the PBX knows that the two go on."""
        call = self._talk_of_three()
        asked = self.env["hotline.handset"].with_user(self.operator).complete(call.id)
        self.env["hotline.pbx.command"].browse(asked["command_id"])._finish("done", "ok")
        self._write(self._of_three("joined", ended=BEGAN + 40))
        self.assertEqual(call.transfer_ids.result, "done")
        self.assertEqual(self._current(self.operator).state, "ready")

    def test_a_citizen_handed_on_to_an_expert(self):
        """B6: who handed on at once sees the talk of the two no more, though the call is hers."""
        self._write(talking())
        citizen, first = talking().legs
        expert = dataclasses.replace(SECOND, role="colleague", interface="PJSIP/103", number="103")
        out = dataclasses.replace(first, ended=BEGAN + 30)
        self._told_calls()
        self._write(transferred("", legs=(citizen, out, expert)))
        talks = dataclasses.replace(expert, answered=BEGAN + 35)
        self._write(transferred("answered", legs=(citizen, out, talks), operator="PJSIP/103"))
        self.assertEqual([one["phase"] for one in self._told_calls()], ["over", "over"])
        self.assertEqual(self._call().operator_id, self.operator)

    def test_an_own_hangup_stays_whoever_writes_later(self):
        """E9: the operator ended the talk on the screen: later news take nothing back."""
        self._write(talking())
        call = self._call()
        self.env["hotline.pbx.command"].with_user(self.operator)._ask(
            self.pbx, "hangup", {"channel": "1.1"}, call
        )._finish("done", "ok")
        self._write(over(ended_by=""))
        self.assertEqual(call.ended_by, "operator")
        for late in (over(ended_by="", end_cause=None), over(ended_by="", unknown_from=BEGAN)):
            self._write(late)
            call.invalidate_recordset()
            self.assertEqual(call.ended_by, "operator")
        self.assertFalse(call._over_vals()["dropped"])

    def test_a_batch_between_the_lifted_telephone_and_the_talk(self):
        """B1: the call stays with who lifted, its bar too; then that page gets the talk."""
        kinds = (RING_OVER, "gov_hotline.phone_call")
        self._write(ringing())
        self._told()
        self._write(talking(answered=None, operator=""))
        self.assertEqual(self._told(*kinds), [(self.operator, kinds[1])])
        self.assertEqual(self._call().operator_id, self.operator)
        self._write(talking())
        self.assertEqual(self._told(*kinds), [(self.operator, kinds[1])])

    def test_the_queue_is_told_to_its_operators(self):
        """By one message a body, however many operators it has."""
        self._told()
        self._write(board=BoardChange({"hotline": Line(1, 1.0)}))
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].search([("message", "like", QUEUE)])
        channel = json_dump(channel_with_db(self.env.cr.dbname, (self.line.company_id, QUEUE)))
        self.assertEqual(messages.mapped("channel"), [channel])

    def test_only_operators_hear_of_the_queue(self):
        """Whoever takes no calls cannot subscribe: the channel is the server's to give."""
        for user, hears in ((self.operator, True), (self.executor, False)):
            with self.subTest(user=user.login):
                given = self.env["ir.websocket"].with_user(user)._queue_channels()
                self.assertEqual(bool(given), hears)
