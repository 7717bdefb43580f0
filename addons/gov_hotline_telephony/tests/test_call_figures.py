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
            call, [{"started_on": call.started_on.replace(day=21), "hour_of_day": "01"}]
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
            Call._read_group(ours, ["hour_of_day"], ["__count", "talk_seconds:sum"]),
            [("09", 2, 90), ("10", 1, 0)],
        )
        by_operator = dict(Call._read_group(ours, ["operator_id"], ["__count"]))
        self.assertEqual({who.id: n for who, n in by_operator.items()}, {
            self.operator.id: 2, self.officer.id: 1
        })  # fmt: skip
        by_disposition = dict(Call._read_group(ours, ["disposition_id"], ["__count"]))
        self.assertEqual({one.id: n for one, n in by_disposition.items()}, {told.id: 1, False: 2})

    def test_hours_follow_the_clock(self):
        """B1: the axis of hours goes from midnight to midnight and says «09:00»."""
        calls = self._call("2026-11-20 07:00:00") | self._call("2026-11-20 06:00:00")
        calls |= self._call("2026-11-20 21:10:00") | self._call("2026-11-20 20:50:00")
        rows = (
            self.env["hotline.call"]
            .with_user(self.supervisor)
            .formatted_read_group([("id", "in", calls.ids)], ["hour_of_day"], ["__count"])
        )
        labels = dict(calls._fields["hour_of_day"]._description_selection(self.env))
        self.assertEqual(
            [labels[row["hour_of_day"]] for row in rows], ["00:00", "09:00", "10:00", "23:00"]
        )

    def test_press_and_executor_see_no_calls(self):
        for role in ("press", "executor"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["hotline.call"].with_user(getattr(self, role)).search([])

    def test_list_stays_first(self):
        views = self.env.ref("gov_hotline.hotline_call_action").views
        self.assertEqual([mode for _view, mode in views], ["list", "pivot", "graph", "form"])
