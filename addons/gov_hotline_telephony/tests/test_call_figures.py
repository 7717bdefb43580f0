from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon


@tagged("post_install", "-at_install")
class TestCallFigures(HotlineCommon):
    def _call(self, started_at, **vals):
        return self.env["hotline.call"].create(
            {"started_at": started_at, "operator_id": self.operator.id, **vals}
        )

    def test_day_and_hour_are_the_bodys(self):
        """B1: a call of 22:30 UTC is one of 01:30 of the next day in Moscow."""
        call = self._call("2026-11-20 22:30:00")
        self.assertRecordValues(
            call, [{"started_on": call.started_on.replace(day=21), "started_hour": 1}]
        )
        self.assertEqual(str(call.started_on), "2026-11-21")

    def test_counted_by_hour_operator_and_disposition(self):
        """B1: totals equal hand counts."""
        told = self.env.ref("gov_hotline.disposition_status_told")
        calls = self._call("2026-11-20 06:05:00", disposition_id=told.id, talk_seconds=60)
        calls |= self._call("2026-11-20 06:50:00", talk_seconds=30)
        calls |= self._call("2026-11-20 07:00:00", operator_id=self.officer.id)
        Call = self.env["hotline.call"].with_user(self.supervisor)
        ours = [("id", "in", calls.ids)]
        self.assertEqual(
            Call._read_group(ours, ["started_hour"], ["__count", "talk_seconds:sum"]),
            [(9, 2, 90), (10, 1, 0)],
        )
        by_operator = dict(Call._read_group(ours, ["operator_id"], ["__count"]))
        self.assertEqual({who.id: n for who, n in by_operator.items()}, {
            self.operator.id: 2, self.officer.id: 1
        })  # fmt: skip
        by_disposition = dict(Call._read_group(ours, ["disposition_id"], ["__count"]))
        self.assertEqual({one.id: n for one, n in by_disposition.items()}, {told.id: 1, False: 2})

    def test_filters(self):
        """B1: «today», «missed», «without a disposition» of the list."""
        missed = self._call(
            "2026-11-20 06:00:00", source="pbx", ended_at="2026-11-20 06:00:20"
        )
        answered = self._call(
            "2026-11-20 06:00:00",
            source="pbx",
            answered_at="2026-11-20 06:00:05",
            ended_at="2026-11-20 06:02:00",
        )
        by_hand = self._call("2026-11-20 06:00:00", ended_at="2026-11-20 06:02:00")
        today = self.env["hotline.call"].create({"operator_id": self.operator.id})
        found = self._filtered("missed")
        self.assertIn(missed, found)
        self.assertFalse(found & (answered | by_hand | today))
        self.assertIn(today, self._filtered("today"))
        self.assertNotIn(missed, self._filtered("today"))

    def _filtered(self, name):
        """Return what the filter `name` of the search view finds."""
        Call = self.env["hotline.call"].with_user(self.operator)
        arch = Call.get_view(view_type="search")["arch"]
        [domain] = etree.fromstring(arch).xpath(f"//filter[@name='{name}']/@domain")
        return Call.search(literal_eval(domain)).with_env(self.env)

    def test_press_and_executor_see_no_calls(self):
        for role in ("press", "executor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["hotline.call"].with_user(getattr(self, role)).search([])

    def test_list_stays_first(self):
        views = self.env.ref("gov_hotline.hotline_call_action").views
        self.assertEqual([mode for _view, mode in views], ["list", "pivot", "graph", "form"])
