from ast import literal_eval

from lxml import etree

from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.common import HotlineCommon


@tagged("post_install", "-at_install")
class TestCallList(HotlineCommon):
    def _call(self, started_at, **vals):
        return self.env["hotline.call"].create(
            {"started_at": started_at, "operator_id": self.operator.id, **vals}
        )

    def test_filters(self):
        """B1: «today», «missed», «without a disposition» of the list."""
        missed = self._call("2026-11-20 06:00:00", source="pbx", ended_at="2026-11-20 06:00:20")
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
        Call = self.env["hotline.call"].with_user(self.operator).with_context(tz="Europe/Moscow")
        arch = Call.get_view(view_type="search")["arch"]
        [domain] = etree.fromstring(arch).xpath(f"//filter[@name='{name}']/@domain")
        return Call.search(literal_eval(domain)).with_env(self.env)
