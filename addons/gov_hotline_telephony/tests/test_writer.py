from datetime import datetime

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..connector.writer import Writer
from ..domain.snapshots import Transfer
from .common_calls import (
    BEGAN,
    CallsCommon,
    abandoned,
    dialled,
    over,
    ringing,
    talking,
    transferred,
    waiting,
)


def at(seconds):
    return datetime.fromisoformat("2026-11-21T21:05:11").replace(second=11 + seconds)


@tagged("post_install", "-at_install")
class TestWriter(CallsCommon):
    def _row(self, call):
        """Return all that the database has of a call."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(c) - 'write_date' FROM hotline_call c WHERE id = %s", [call.id]
        )
        [[row]] = self.env.cr.fetchall()
        self.env.cr.execute(
            "SELECT jsonb_agg(to_jsonb(l) - 'write_date' ORDER BY uniqueid)"
            "  FROM hotline_call_leg l WHERE call_id = %s",
            [call.id],
        )
        return row, self.env.cr.fetchall()

    def test_a_new_call_with_what_is_known_of_it(self):
        """B1: number, line, queue, body and the citizen are there before anybody answers."""
        self.assertEqual(self._write(waiting()), [])
        call = self._call()
        self.assertRecordValues(
            call,
            [
                {
                    "source": "pbx",
                    "direction": "in",
                    "phase": "waiting",
                    "state": "open",
                    "phone": "+79135550101",
                    "phone_raw": "79135550101",
                    "line_id": self.line.id,
                    "queue_id": self.queue.id,
                    "company_id": self.line.company_id.id,
                    "partner_id": self.citizen.id,
                    "operator_id": False,
                    "started_at": at(0),
                    "hour_of_day": "00",
                }
            ],
        )
        self.assertRegex(call.number, r"\d")
        self.assertEqual(call.leg_ids.mapped("role"), ["citizen"])

    def test_the_whole_life_of_a_call(self):
        """B1: one row from the ring to the end; the operator is who answered."""
        for step in (waiting(), ringing(), talking(), over()):
            self._write(step)
        self.assertRecordValues(
            self._call(),
            [
                {
                    "phase": "over",
                    "fate": "answered",
                    "operator_id": self.operator.id,
                    "answered_at": at(3),
                    "wait_seconds": 3,
                    "ring_seconds": 2,
                    "talk_seconds": 60,
                    "ended_by": "citizen",
                    "end_cause": "16",
                    "state": "open",  # the operator disposes of it
                    "disposition_id": False,
                }
            ],
        )
        self.assertRecordValues(
            self._call().leg_ids.sorted("uniqueid"),
            [
                {"role": "citizen", "user_id": False, "interface": "PJSIP/trunk"},
                {"role": "operator", "user_id": self.operator.id, "interface": "PJSIP/101"},
            ],
        )

    def test_the_same_batch_twice_changes_nothing(self):
        for step in (waiting(), ringing(), talking(), over()):
            self._write(step)
            before = self._row(self._call())
            self._write(step)
            self.assertEqual(self._row(self._call()), before)
        self.assertEqual(self.env["hotline.call"].search_count([("linkedid", "=", "1.1")]), 1)

    def test_everything_in_one_batch(self):
        """A busy connector writes the end at once."""
        self._write(over(), abandoned(linkedid="2.1"))
        self.assertRecordValues(
            self._call() | self._call("2.1"),
            [
                {"fate": "answered", "operator_id": self.operator.id, "state": "open"},
                {"fate": "abandoned", "operator_id": False, "state": "closed"},
            ],
        )

    def test_who_gave_up_is_disposed_of_by_the_system(self):
        """Nobody could dispose of it: «Не дождался»; whose phone rang has no call of it."""
        self._write(ringing())
        self.assertEqual(self._call().operator_id, self.operator)
        self._write(abandoned())
        self.assertRecordValues(
            self._call(),
            [
                {
                    "state": "closed",
                    "disposition_id": self.env.ref("gov_hotline.disposition_abandoned").id,
                    "group": "other",
                    "operator_id": False,
                    "wait_seconds": 8,
                }
            ],
        )

    def test_a_call_lost_with_the_pbx(self):
        unknown = {"unknown_from": BEGAN + 2, "unknown_until": BEGAN + 8}
        self._write(waiting(), abandoned(linkedid="2.1", fate="cut", ended_by="", **unknown))
        call = self._call("2.1")
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_dropped"))
        self.assertEqual((call.unknown_from, call.unknown_until), (at(2), at(8)))

    def test_served_by_the_machine_alone(self):
        """B6: such a call has its characteristic, too."""
        served = self.env.ref("gov_hotline.disposition_by_machine")
        self._write(abandoned(queue="", fate="", ended_by="", legs=()))
        self.assertRecordValues(
            self._call(), [{"state": "closed", "disposition_id": served.id, "fate": False}]
        )

    def test_a_click_to_call_keeps_its_row(self):
        """The row was made by the click; a call nobody answered is disposed of."""
        made = self.env["hotline.call"].create(
            {
                "direction": "out",
                "source": "pbx",
                "pbx_id": self.pbx.id,
                "linkedid": "click-1",
                "phone": "+79135550101",
                "operator_id": self.operator.id,
                "phase": "ringing",
            }
        )
        self._write(dialled(direction="inner"))
        self.assertEqual(self._call("click-1"), made)
        ends = {"phase": "over", "ended": BEGAN + 9, "legs": ()}
        self._write(dialled(fate="busy", end_cause=17, **ends))
        self.assertRecordValues(
            made,
            [
                {
                    "fate": "busy",
                    "operator_id": self.operator.id,
                    "state": "closed",
                    "disposition_id": self.env["hotline.disposition"]
                    .search([("code", "=", "not_reached")])
                    .id,
                }
            ],
        )

    def test_a_call_dialled_on_the_desk_telephone(self):
        self._write(dialled())
        self.assertRecordValues(
            self._call("click-1"),
            [
                {
                    "direction": "out",
                    "operator_id": self.operator.id,
                    "phone": "+79135550101",
                    "partner_id": self.citizen.id,
                }
            ],
        )

    def test_calls_among_colleagues_are_no_calls_of_citizens(self):
        self._write(waiting(linkedid="9.9", direction="inner", caller="101", called="103"))
        self.assertFalse(self._call("9.9"))

    # who it is

    def _citizen_of(self, linkedid, **changes):
        self._write(waiting(linkedid=linkedid, **changes))
        return self._call(linkedid).partner_id

    def test_a_number_of_several_people_chooses_nobody(self):
        self.env["res.partner"].create(
            {"hotline_kind": "citizen", "surname": "Иванов", "phone": "+79135550101"}
        )
        self.assertFalse(self._citizen_of("2.1"))

    def test_numbers_of_nobody_choose_nobody(self):
        """Practice 21: hidden, shared, service and VIP numbers are never a person."""
        phone = self.env["hotline.phone"].search([("number", "=", "+79135550101")])
        for kind in ("shared", "service", "vip"):
            phone.kind = kind
            with self.subTest(kind=kind):
                self.assertFalse(self._citizen_of(f"2.{kind}"))
        self.assertFalse(self._citizen_of("3.1", caller="anonymous"))
        self.assertRecordValues(self._call("3.1"), [{"phone": False, "phone_kind": "hidden"}])
        self.assertFalse(self._citizen_of("3.2", caller=""))

    def test_a_number_marked_shared_besides_a_person(self):
        self.env["hotline.phone"].create({"number": "+79135550101", "kind": "shared"})
        self.assertFalse(self._citizen_of("2.1"))

    # where it came to

    def test_the_line_by_the_queue_when_the_number_is_unknown(self):
        self._write(waiting(line="7777"))
        self.assertRecordValues(self._call(), [{"line_id": self.line.id}])

    def test_the_line_by_its_number_in_any_spelling(self):
        self.oral_line.phone = "8 (843) 555-01-01"
        self._write(waiting(line="+78435550101", queue=""))
        self.assertRecordValues(self._call(), [{"line_id": self.oral_line.id, "queue_id": False}])

    def test_the_body_of_its_line(self):
        body = self.env["res.company"].create({"name": "Другой орган"})
        self.line.sudo().company_id = body
        self._write(waiting(), waiting(linkedid="2.1", line="", queue=""))
        self.assertEqual(self._call().company_id, body)
        self.assertEqual(self._call("2.1").company_id, self.pbx.company_id)

    # what people made of it

    def test_late_news_do_not_damage_a_closed_call(self):
        """The operator's fields win; the PBX's own are completed."""
        for step in (waiting(), ringing(), talking()):
            self._write(step)
        call = self._call()
        mine = {
            "disposition_id": self.env.ref("gov_hotline.disposition_consult_answered").id,
            "group": "consultation",
            "question": "Когда дадут тепло?",
            "partner_id": False,
        }
        call.with_user(self.operator).write(mine)
        call.with_user(self.operator).action_close()
        call.operator_id = self.second
        self._write(over())
        self.assertRecordValues(
            call,
            [
                {
                    **mine,
                    "state": "closed",
                    "operator_id": self.second.id,
                    "talk_seconds": 60,
                    "phase": "over",
                    "fate": "answered",
                }
            ],
        )

    def test_a_citizen_chosen_by_hand_stays(self):
        other = self.env["res.partner"].create({"hotline_kind": "citizen", "surname": "Петров"})
        self._write(waiting())
        self._call().partner_id = other
        self._write(ringing())
        self._write(abandoned())
        self.assertEqual(self._call().partner_id, other)

    def test_a_case_made_of_it_keeps_it_open(self):
        self._write(waiting())
        call = self._call()
        call.ticket_id = self._draft()
        self._write(abandoned())
        self.assertEqual((call.state, call.disposition_id.id), ("open", False))

    def test_what_was_known_is_not_lost_after_a_restart(self):
        """The connector begins anew: it knows less than the database."""
        self._write(waiting())
        self._write(talking())
        later = {"answered": BEGAN + 40, "wait": 0.0, "ring": 0.0, "queue": "", "line": ""}
        self._write(talking(unknown_from=BEGAN + 30, unknown_until=BEGAN + 40, **later))
        self.assertRecordValues(
            self._call(),
            [
                {
                    "answered_at": at(3),
                    "wait_seconds": 3,
                    "ring_seconds": 2,
                    "queue_id": self.queue.id,
                    "line_id": self.line.id,
                }
            ],
        )

    # transfers

    def test_the_act_of_the_operator_gets_its_result(self):
        """The row with its cause was made by the act; the PBX tells what came of it."""
        self._write(talking())
        row = self.env["hotline.call.transfer"].create(
            {"call_id": self._call().id, "kind": "blind", "to": "103", "at": at(29)}
        )
        self._write(transferred(result=""))
        self.assertEqual(row.result, "trying")
        self._write(transferred(result="no_answer"))
        self.assertEqual(self._call().transfer_ids, row)
        self.assertEqual(row.result, "no_answer")

    def test_a_consultation_ends_with_its_call(self):
        """B6, X8: the citizen hung up while a colleague was asked: nothing is under way."""
        self._write(talking())
        row = self.env["hotline.call.transfer"].create(
            {"call_id": self._call().id, "kind": "attended", "to": "103", "at": at(29)}
        )
        self._write(over())
        self.assertEqual(row.result, "failed")
        move = Transfer("attended", "103", BEGAN + 62, "answered", "PJSIP/101", "attended/1.2/103")
        self._write(over(transfers=(move,)))  # told a moment late
        self.assertEqual(row.result, "done")

    def test_a_transfer_made_on_the_telephone(self):
        self._write(transferred())
        self._write(transferred())
        self.assertRecordValues(
            self._call().transfer_ids,
            [{"kind": "blind", "to": "103", "result": "done", "user_id": self.operator.id}],
        )

    def test_after_a_transfer_the_call_is_the_colleagues_if_an_operator(self):
        self._write(talking())
        self._write(transferred(operator="PJSIP/103"))
        self.assertEqual(self._call().operator_id, self.operator)  # an expert takes no calls
        self._write(transferred(operator="PJSIP/102"))
        self.assertEqual(self._call().operator_id, self.second)

    # batches

    @mute_logger("odoo.addons.gov_hotline_telephony.connector.writer", "odoo.sql_db")
    def test_a_broken_call_does_not_lose_the_others(self):
        broken = waiting(linkedid="7.7", phase="no such phase" * 99, wait=1e12)
        faults = self._write(waiting(), broken, waiting(linkedid="2.1"))
        self.assertEqual([linkedid for linkedid, _why in faults], ["7.7"])
        self.assertTrue(self._call() and self._call("2.1"))
        self.assertFalse(self._call("7.7"))

    def test_the_number_of_queries_does_not_grow_with_events(self):
        """Ten calls that go on cost what one costs."""
        several = [f"{index}.1" for index in range(100, 110)]
        held = [talking(linkedid=one, phase="held") for one in several]
        self._write(*[talking(linkedid=one) for one in several])
        self._write(held[0])
        one = self._count(talking(linkedid=several[0], hold=1.0))
        ten = self._count(*[talking(linkedid=one, hold=2.0) for one in several])
        self.assertLessEqual(ten, one + 2)

    def _count(self, *calls):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._write(*calls)
        return self.env.cr.sql_log_count - before

    def test_a_batch_is_committed_by_the_writer(self):
        """In a cursor of its own, once."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            faults = Writer(self.registry, self.pbx.id).write([waiting(linkedid="5.1")])
        self.assertEqual(faults, [])
        self.assertTrue(self._call("5.1"))
