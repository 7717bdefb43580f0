from dataclasses import replace

from odoo.tests import tagged

from ..connector.calls import LiveCalls
from ..connector.memory_rows import going_on
from ..connector.writer import Batch
from ..domain.ami import message
from .common_calls import BEGAN, FIRST, CallsCommon, abandoned, over, ringing, talking, waiting


class InTransaction:
    """The writer, in the transaction of the test."""

    def __init__(self, env, pbx_id):
        self.env, self.pbx_id = env, pbx_id

    # pylint: disable-next=method-required-super
    def write(self, snapshots, board=None, reach=None):
        return Batch(self.env, self.pbx_id, list(snapshots)).write(board, reach)

    def going_on(self, now):
        return going_on(self.env, self.pbx_id, now)


@tagged("post_install", "-at_install")
class TestWriterRestart(CallsCommon):
    """A connector killed in mid-call leaves rows; the next one begins with them."""

    heard = "2026-11-21 21:05:31"  # 20 seconds into the call

    def _again(self, *channels, at=BEGAN + 60):
        """Begin anew with these channels in the PBX, write what that makes of the calls."""
        self.pbx.last_event_at = self.heard
        live = LiveCalls(InTransaction(self.env(su=True), self.pbx.id))
        live.resync(list(channels), [], at)
        if changed := live.changed(at):
            live.save(changed)
        return live

    def _channel(self, name, number, uniqueid):
        return message(
            Event="CoreShowChannel",
            Channel=f"{name}-1",
            ChannelState="6",
            CallerIDNum=number,
            Uniqueid=uniqueid,
            Linkedid="1.1",
            Duration="00:01:00",
            BridgeId="b",
        )

    def test_a_talk_that_goes_on_goes_on(self):
        """One row; its wait and operator stay; in between nothing is claimed."""
        self._write(waiting())
        self._write(talking())
        citizen = self._channel("PJSIP/trunk", "79135550101", "1.1")
        self._again(citizen, self._channel("PJSIP/101", "101", FIRST.uniqueid))
        self.assertRecordValues(
            self._call(),
            [
                {
                    "phase": "talking",
                    "operator_id": self.operator.id,
                    "wait_seconds": 3,
                    "fate": False,
                    "unknown_from": self._at("21:05:31"),
                    "unknown_until": self._at("21:06:11"),
                }
            ],
        )
        self.assertEqual(len(self._call().leg_ids), 2)

    def _at(self, time):
        return self.pbx._fields["last_event_at"].to_datetime(f"2026-11-21 {time}")

    def test_a_talk_that_ended_meanwhile_is_over(self):
        """What was talked until the last news counts, no more."""
        self._write(talking())
        self._again()
        self.assertRecordValues(
            self._call(), [{"phase": "over", "fate": "answered", "talk_seconds": 17}]
        )
        self.assertTrue(all(leg.ended_at for leg in self._call().leg_ids))

    def test_what_was_heard_of_an_end_is_not_doubted(self):
        """D1: killed between the citizen's end and that of a telephone that rang for him."""
        citizen, phone = abandoned().legs
        self._write(abandoned(legs=(citizen, replace(phone, ended=None))))
        self._call().callback_looked = True
        self._again()
        call = self._call()
        self.assertEqual((call.fate, call.ended_by), ("abandoned", "citizen"))
        self.assertTrue(all(leg.ended_at for leg in call.leg_ids))
        self.assertTrue(call.callback_looked)

    def test_killed_before_the_report_of_what_was_heard(self):
        """The health is some seconds behind the calls: the talk was one, its card is finished."""
        self.heard = "2026-11-21 21:05:05"  # before the call
        self.env["hotline.operator.state"]._happened(self.operator, "sign_in")
        self._write(talking())
        self._again()
        self.assertRecordValues(
            self._call(),
            [
                {
                    "phase": "over",
                    "fate": "answered",
                    "state": "open",
                    "operator_id": self.operator.id,
                    "unknown_from": self._at("21:05:15"),
                }
            ],
        )
        state = self.env["hotline.operator.state"]._current(self.operator)
        self.assertEqual(state.state, "wrap_up")

    def test_a_telephone_that_was_there_before_the_connector(self):
        """The list of a resync tells of it as well as the news of a moment ago; once each."""
        phone = self.env["hotline.pbx.extension"].search([("interface", "=", "PJSIP/101")])
        live = self._again()

        def tell(state):
            live.feed(message(Event="DeviceStateChange", Device="PJSIP/101", State=state), BEGAN)
            if changed := live.changed(BEGAN):
                live.save(changed)
            phone.invalidate_recordset()
            return phone.registered, bool(changed)

        self.assertEqual(tell("NOT_INUSE"), (True, True))
        self.assertEqual(tell("INUSE"), (True, False))
        self.assertEqual(tell("UNAVAILABLE"), (False, True))

    def test_a_caller_who_waited_is_cut(self):
        self._write(ringing())
        self._again()
        self.assertRecordValues(self._call(), [{"phase": "over", "fate": "cut", "state": "closed"}])

    def test_ended_calls_are_left_alone(self):
        self._write(over(), abandoned(linkedid="2.1"))
        live = LiveCalls(InTransaction(self.env(su=True), self.pbx.id))
        live.resync([], [], BEGAN + 100)
        self.assertIsNone(live.changed(BEGAN + 100))

    def test_a_dialling_the_former_connector_sent_is_over_without_its_channel(self):
        """D1: else the call-back would wait for its end for ever."""
        vals = {"source": "pbx", "pbx_id": self.pbx.id, "direction": "out", "phase": "ringing"}
        calls = self.env["hotline.call"].create(
            [{**vals, "linkedid": f"{n}.1", "started_at": "2026-11-21 21:06:00"} for n in (1, 2)]
        )
        commands = self.env["hotline.pbx.command"].create(
            [
                {
                    "pbx_id": self.pbx.id,
                    "kind": "originate",
                    "call_id": call.id,
                    "state": state,
                    "user_id": user.id,
                }
                for call, state, user in (
                    (calls[0], "sent", self.operator),
                    (calls[1], "new", self.second),
                )
            ]
        )
        commands[0]._finish("unknown", "restarted")
        self._again()
        self.assertEqual(calls.mapped("phase"), ["over", "ringing"])

    def test_a_click_a_moment_ago_waits_for_its_channel(self):
        vals = {"source": "pbx", "pbx_id": self.pbx.id, "direction": "out", "phase": "ringing"}
        calls = self.env["hotline.call"].create(
            [
                {**vals, "linkedid": "click-1", "started_at": "2026-11-21 21:06:00"},
                {**vals, "linkedid": "click-2", "started_at": "2026-11-21 21:05:00"},
            ]
        )
        self._again()
        self.assertEqual(calls.mapped("phase"), ["ringing", "over"])
