import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import ROLES
from .workplace_common import WorkplaceCommon


@tagged("post_install", "-at_install")
class TestEmergency(WorkplaceCommon):
    """«112», «Угроза», «Ребёнок», «Кризис»: alarm at once, transfer, slip, trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("gov_hotline.script_card_threat")
        cls.alarms = cls.env["hotline.alarm"]

    def _press(self, started=None, card=None):
        started = started or self._start()
        shown = self.workplace.press_emergency(started["id"], (card or self.card).id)
        return self._call(started), self.alarms.browse(shown["emergency"]["id"])

    def _told(self, act):
        """Return {user's partner id: [payload]} of what the bus says while `act` runs."""
        self.env.cr.precommit.run()  # what was said before
        before = self.env["bus.bus"].search([], order="id desc", limit=1).id
        act()
        self.env.cr.precommit.run()
        found = {}
        for one in self.env["bus.bus"].search([("id", ">", before)], order="id"):
            message = json.loads(one.message)
            if message["type"] == "gov_hotline.alarm":
                partner_id = json.loads(one.channel)[2]
                found.setdefault(partner_id, []).append(message["payload"])
        return found

    def _events(self, call):
        lines = self.env["hotline.journal"].search(
            [("model", "=", "hotline.call"), ("res_ref", "=", call.id)], order="id"
        )
        return lines.mapped("event")

    def test_pressed(self):
        """The alarm and the kept recording stand in the call before a word is typed."""
        call, alarm = self._press()
        self.assertRecordValues(call, [{"emergency_id": self.card.id, "hold_recording": True}])
        self.assertRecordValues(
            alarm,
            [
                {
                    "operator_id": self.operator.id,
                    "state": "raised",
                    "company_id": call.company_id.id,
                }
            ],
        )
        self.assertEqual(self._events(call), ["emergency_raised"])
        self.assertFalse(call.disposition_id)

    def test_supervisors_of_this_body_alone_hear_it(self):
        """At once, by the bus; the caller's name and number stay in the call."""
        stranger = self._supervisor_elsewhere()
        told = self._told(self._press)
        there = self.env["res.users"].browse(self.supervisor.id)
        self.assertEqual(len(told[there.partner_id.id]), 1)
        self.assertNotIn(stranger.partner_id.id, told)
        for role in set(ROLES) - {"supervisor", "operator"}:
            self.assertNotIn(getattr(self, role).partner_id.id, told, role)
        payload = told[there.partner_id.id][0]
        self.assertEqual(payload["causes"], [{"name": "Угроза", "fresh": False}])
        self.assertEqual(payload["state"], "raised")
        self.assertEqual(payload["operator"], self.operator.name)
        for secret in ("Иванова", "9135550101"):
            self.assertNotIn(secret, json.dumps(payload, ensure_ascii=False))

    def test_a_script_that_alarms_nobody(self):
        self.card.alarm = False
        self.assertEqual(self._told(self._press), {})
        self.assertEqual(self.alarms.with_user(self.supervisor).waiting(), [])

    def test_taken(self):
        """Who took it is seen by the others and by the operator; it is taken once."""
        call, alarm = self._press()
        waiting = self.alarms.with_user(self.supervisor).waiting()
        self.assertEqual([one["call_id"] for one in waiting], [call.id])
        told = self._told(lambda: alarm.with_user(self.supervisor).action_take())
        for user in (self.supervisor, self.operator):
            payload = told[user.partner_id.id][0]
            self.assertEqual(payload["taken_by"], self.supervisor.name)
        self.assertEqual(alarm.state, "taken")
        self.assertEqual(self.alarms.with_user(self.supervisor).waiting(), [])
        shown = self.workplace.open_call(call.id)
        self.assertEqual(shown["emergency"]["taken_by"], self.supervisor.name)
        second = self._new_role_user("supervisor", "auditor")
        with self.assertRaisesRegex(UserError, self.supervisor.name):
            alarm.with_user(second).action_take()
        self.assertIn("emergency_taken", self._events(call))

    def test_transferred(self):
        """Without telephony the operator is told what to dial; the typed words stay."""
        started = self._start()
        self.workplace.save_call(started["id"], {"result": "Говорил тихо."})
        call, alarm = self._press(started)
        told = self.workplace.transfer_emergency(alarm.id)
        self.assertFalse(told["done"])
        self.assertIn("112", told["words"])
        self.assertEqual(told["call"]["group"], "redirect")
        self.assertIn("Говорил тихо.", call.result)
        self.assertIn("112", call.result)
        self.assertTrue(told["call"]["emergency"]["transferred"])
        self.workplace.close_call(call.id, {})
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_redirect_112"))
        self.assertEqual(self._events(call)[:2], ["emergency_raised", "emergency_transferred"])

    def test_pressed_by_mistake(self):
        """A slip frees the call; the alarm and the journal keep its trace."""
        call, alarm = self._press()
        told = self._told(lambda: self.workplace.undo_emergency(alarm.id))
        self.assertEqual(told[self.supervisor.partner_id.id][0]["state"], "undone")
        self.assertRecordValues(call, [{"emergency_id": False, "hold_recording": False}])
        self.assertEqual(alarm.state, "undone")
        self.assertEqual(self._events(call), ["emergency_raised", "emergency_undone"])
        with self.assertRaises(UserError):
            alarm.with_user(self.supervisor).action_take()
        with self.assertRaises(UserError):
            self.workplace.undo_emergency(alarm.id)

    def test_a_slip_beside_an_earlier_alarm(self):
        """Another alarm of the call stands: its recording is still kept."""
        started = self._start()
        call, _first = self._press(started)
        _call, second = self._press(started, self.env.ref("gov_hotline.script_card_child"))
        self.assertEqual(call.emergency_id, second.card_id)
        self.workplace.undo_emergency(second.id)
        self.assertRecordValues(call, [{"emergency_id": self.card.id, "hold_recording": True}])

    def test_the_bar_after_a_slip(self):
        """The slip alone leaves the bar: the former cause stands and waits."""
        started = self._start()
        _call, _first = self._press(started)
        _call, second = self._press(started, self.env.ref("gov_hotline.script_card_child"))
        told = self._told(lambda: self.workplace.undo_emergency(second.id))
        payload = told[self.supervisor.partner_id.id][-1]
        self.assertEqual([one["name"] for one in payload["causes"]], ["Угроза"])
        self.assertEqual(payload["state"], "raised")

    def test_one_bar_a_call(self):
        """The alarms of one call are one; they are taken by one act, each with its trace."""
        started = self._start()
        for card in (self.card, self.env.ref("gov_hotline.script_card_112"), self.card):
            call, alarm = self._press(started, card)
        (bar,) = self.alarms.with_user(self.supervisor).with_context(lang="ru_RU").waiting()
        self.assertEqual([one["name"] for one in bar["causes"]], ["Угроза", "112"])
        told = self._told(lambda: alarm.with_user(self.supervisor).action_take())
        self.assertEqual(len(told[self.supervisor.partner_id.id]), 1)
        self.assertEqual(set(call.alarm_ids.mapped("state")), {"taken"})
        self.assertEqual(self._events(call).count("emergency_taken"), 3)
        self.assertEqual(self.alarms.with_user(self.supervisor).waiting(), [])

    def test_pressed_after_it_was_taken(self):
        """The taker stays named, to the operator too; the new cause alone is fresh and waits."""
        started = self._start()
        _call, first = self._press(started)
        first.with_user(self.supervisor).action_take()
        child = self.env.ref("gov_hotline.script_card_child")
        told = self._told(lambda: self.workplace.press_emergency(started["id"], child.id))
        bar = told[self.supervisor.partner_id.id][0]
        self.assertEqual([one["fresh"] for one in bar["causes"]], [False, True])
        self.assertEqual((bar["state"], bar["taken_by"]), ("raised", self.supervisor.name))
        shown = self.workplace.open_call(started["id"])["emergency"]
        self.assertEqual(shown["taken_by"], self.supervisor.name)
        self.assertEqual((shown["card_id"], len(shown["causes"])), (child.id, 2))
        (bar,) = first.with_user(self.supervisor).action_take()
        self.assertEqual([one["fresh"] for one in bar["causes"]], [False, False])
        self.assertEqual((bar["state"], bar["taken_by"]), ("taken", self.supervisor.name))

    def test_a_transfer_is_no_slip(self):
        _call, alarm = self._press()
        self.workplace.transfer_emergency(alarm.id)
        with self.assertRaises(UserError):
            self.workplace.undo_emergency(alarm.id)

    def test_who_may(self):
        """Own alarms for operators, those of the body for supervisors and auditors; by acts."""
        call, alarm = self._press()
        other = self._new_role_user("operator", "press")
        for act in ("undo_emergency", "transfer_emergency"):
            with self.assertRaises(AccessError):
                getattr(self.workplace.with_user(other), act)(alarm.id)
        for role in set(ROLES) - {"supervisor"}:
            with self.subTest(role), self.assertRaises(AccessError):
                alarm.with_user(getattr(self, role)).action_take()
        readers = {
            role for role in ROLES if alarm.with_user(getattr(self, role)).has_access("read")
        }
        self.assertEqual(readers, {"operator", "supervisor", "auditor", "administrator"})
        self.assertFalse(alarm.with_user(other).has_access("read"))
        for role in ROLES:
            for operation in ("write", "create", "unlink"):
                Model = self.alarms.with_user(getattr(self, role))
                self.assertFalse(Model.has_access(operation), (role, operation))
        for vals in ({"emergency_id": False}, {"hold_recording": False}):
            with self.assertRaises(AccessError):
                call.with_user(self.operator).write(vals)
        made = self.env["hotline.call"].with_user(self.operator).create({"hold_recording": True})
        self.assertFalse(made.hold_recording)

    def test_another_body_reads_no_alarm(self):
        stranger = self._supervisor_elsewhere()
        _call, alarm = self._press()
        self.assertEqual(self.alarms.with_user(stranger).waiting(), [])
        with self.assertRaises(AccessError):
            alarm.with_user(stranger).action_take()

    def test_scripts_of_the_shift(self):
        cards = self.workplace.with_context(lang="en_US").get_state()["cards"]
        self.assertEqual([card["name"] for card in cards], ["112", "Threat", "A child", "Crisis"])
        self.assertTrue(all(len(card["lines"]) == 3 and card["hold"] for card in cards))
        with self.assertRaises(AccessError):
            self.env.ref("gov_hotline.script_card_112").with_user(self.operator).phone = "02"

    def test_a_service_of_the_directory(self):
        """A card takes name and number from the directory; the panel says whether it is open."""
        self.agency.write({"phone": "84951234567", "hotline_round_the_clock": True})
        with Form(self.card) as card:
            card.agency_id = self.agency
        self.assertEqual(self.card.agency_name, self.agency.name)
        cards = self.workplace.with_context(lang="en_US").get_state()["cards"]
        shown = next(one for one in cards if one["id"] == self.card.id)
        self.assertEqual((shown["is_open"], shown["hours"]), (True, "round the clock"))
        self.assertEqual(shown["phone"], self.agency.phone)

    def test_words_of_the_journal(self):
        call, _alarm = self._press()
        line = self.env["hotline.journal"].search(
            [("model", "=", "hotline.call"), ("res_ref", "=", call.id)]
        )
        line = line.with_user(self.auditor).with_context(lang="ru_RU")
        self.assertIn("тревожная кнопка", line.event_text.lower())
        self.assertIn("Угроза", line.payload_text)
