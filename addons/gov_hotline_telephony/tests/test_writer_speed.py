import dataclasses
import json

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..connector.writer import Batch
from ..models.hotline_call_pop import RINGING
from ..models.hotline_call_told import CALL
from .common_calls import CITIZEN, CallsCommon, over, ringing, talking

TELEPHONES = range(200, 208)


@tagged("post_install", "-at_install")
class TestWriterSpeed(CallsCommon):
    """B1: who calls is seen at once, also where twenty calls come in a second."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = [cls._at(number) for number in TELEPHONES]

    @classmethod
    def _at(cls, number):
        role = "gov_hotline.group_operator"
        user = new_test_user(cls.env, login=f"desk{number}", groups=role, lang="ru_RU")
        vals = {"pbx_id": cls.pbx.id, "number": str(number), "interface": f"PJSIP/{number}"}
        cls.env["hotline.pbx.extension"].create({**vals, "user_id": user.id})
        cls.env["hotline.operator.state"]._happened(user, "sign_in")
        return user

    def _step(self, make, index, turn):
        """Return a step of the call that is this telephone's."""
        number, born = str(TELEPHONES[index]), f"{index}0.{turn}"
        leg = ringing().legs[1]
        leg = dataclasses.replace(leg, uniqueid=f"{born}.2", interface=f"PJSIP/{number}")
        call = make(dataclasses.replace(leg, number=number), linkedid=born)
        citizen = dataclasses.replace(CITIZEN, uniqueid=born, ended=call.ended)
        return dataclasses.replace(call, legs=(citizen, *call.legs[1:]))

    def _batch(self, make, indexes, turn=1):
        """Write a batch as the connector does; return the number of its statements."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        calls = [self._step(make, index, turn) for index in indexes]
        self.assertEqual(Batch(self.env(su=True), self.pbx.id, calls).write(), [])
        self.env.cr.precommit.run()
        return self.env.cr.sql_log_count - before

    def _heard(self):
        """Return [type] of what was told, in its order."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].search([], order="id")
        found = [json.loads(one.message)["type"] for one in messages]
        messages.unlink()
        return [one for one in found if one.startswith("gov_hotline.")]

    def test_more_operators_need_no_more_statements(self):
        """States and running calls by the set; of a pop what its operator alone may read."""
        cost = {}
        for make in (ringing, over):
            self._batch(make, range(8), turn=2)  # what a server learns once: groups, rules
        for make in (ringing, talking, over):
            one, many = self._batch(make, [0]), self._batch(make, range(1, 8))
            cost[make.__name__] = (many - one) / 6
        self.assertLessEqual(cost["talking"], 0.5)
        self.assertLessEqual(cost["over"], 0.5)
        self.assertLessEqual(cost["ringing"], 3)

    def _people(self):
        """Return the people of each bar that was told, in their order."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].search([], order="id")
        told = [json.loads(one.message) for one in messages]
        messages.unlink()
        return [one["payload"]["people"] for one in told if one["type"] == RINGING]

    def test_cases_and_accounts_are_shown_of_whoever_has_them(self):
        """E9: who has none is not asked for; who has is, with the operator's own rights."""
        stranger = {"hotline_kind": "citizen", "surname": "Чужой", "phone": "+79135550909"}
        self.env["res.partner"].create(stranger)
        case = self._registered()
        held = {"provider_id": self.agency.id, "holder_id": self.citizen.id}
        self.env["hotline.account"].create({"number": "4401", **held})
        self._people()
        calls = [self._step(ringing, index, 1) for index in range(2)]
        calls[1] = dataclasses.replace(calls[1], caller="79135550909")
        Batch(self.env(su=True), self.pbx.id, calls).write()
        [[known], [nobodys]] = self._people()
        self.assertEqual([one["number"] for one in known["cases"]], [case.number])
        self.assertEqual((known["open"], known["accounts"]), (1, ["4401"]))
        self.assertEqual((nobodys["open"], nobodys["cases"], nobodys["accounts"]), (0, [], []))

    def test_who_calls_is_told_before_everything_else(self):
        self._heard()
        self._batch(ringing, [0, 1])
        told = self._heard()
        self.assertEqual(told[:2], [RINGING, RINGING])
        self.assertNotIn(RINGING, told[2:])

    def test_lifted_before_the_ring_could_be_told(self):
        """Ring and answer in one batch: the page learns who calls, then that the talk goes on."""
        self._heard()
        self._batch(talking, [0])
        told = [one for one in self._heard() if one in (RINGING, CALL)]
        self.assertEqual(told, [RINGING, CALL])
        self._batch(talking, [0])
        self.assertNotIn(RINGING, self._heard())

    def test_over_before_the_ring_could_be_told(self):
        """Nobody waits for it any more, and nobody's look at the citizen is noted."""
        self._heard()
        self._batch(over, [0])
        self.assertNotIn(RINGING, self._heard())

    def test_who_changes_twice_is_told_once(self):
        self._heard()
        self._batch(over, [0])
        kind = "gov_hotline.presence"
        self.assertEqual(self._heard().count(kind), 1)
        rows = self.env["hotline.operator.state"].search(
            [("user_id", "=", self.people[0].id)], order="id"
        )
        self.assertEqual(rows.mapped("state"), ["ready", "talking", "wrap_up"])
        self.assertEqual(rows[1].until, rows[2].since)
        self.assertFalse(rows[2].until)

    @mute_logger("odoo.addons.gov_hotline_telephony.connector.teller")
    def test_one_who_cannot_be_told_leaves_the_others_their_looks(self):
        """The set is told anew one by one: what was noted with it is noted again (D2)."""
        make = self.registry["hotline.call"]._pop_vals

        def broken(call):
            return 1 / 0 if call.linkedid == "10.1" else make(call)

        self.patch(self.registry["hotline.call"], "_pop_vals", broken)
        self.env["hotline.sight"].flush_model()
        self._heard()
        self._batch(ringing, [0, 1])
        self.assertEqual(self._heard().count(RINGING), 1)
        seen = self.env["hotline.sight"].search(
            [("user_ref", "=", self.people[0].id), ("kind", "=", "opened")]
        )
        self.assertEqual(seen.mapped("res_ref"), self.citizen.ids)
