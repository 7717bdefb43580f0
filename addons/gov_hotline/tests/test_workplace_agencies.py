import importlib.util
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import HotlineCommon

EIGHT_TO_EIGHT = {"opens": 8.5, "closes": 20}


@tagged("post_install", "-at_install")
class TestWorkplaceAgencies(HotlineCommon):
    """The directory of agencies: whose question, telephone, hours, open now."""

    def _week(self, days="01234", **hours):
        lines = [Command.create({"weekday": day, **EIGHT_TO_EIGHT, **hours}) for day in days]
        self.agency.hotline_opening_ids = [Command.clear(), *lines]

    def _shown(self, **vals):
        self.agency.write(vals)
        workplace = (
            self.env["hotline.workplace"].with_user(self.operator).with_context(lang="en_US")
        )
        self.env.invalidate_all()
        agencies = workplace.get_state()["agencies"]
        return next(agency for agency in agencies if agency["id"] == self.agency.id)

    @freeze_time("2026-11-23 10:30:00")  # Monday, 13:30 in Moscow
    def test_open_now(self):
        """The directory says whose question it is, the telephones, and whether it is open now."""
        self.env["hotline.phone"].create(
            {
                "number": "+74951234500",
                "partner_id": self.agency.id,
                "kind": "service",
                "note": "приём",
            }
        )
        self._week()
        shown = self._shown(
            phone="84951234567", hotline_competence="отопление", hotline_other_names="ТС, теплосети"
        )
        self.assertEqual((shown["competence"], shown["names"]), ("отопление", "ТС, теплосети"))
        self.assertEqual(shown["phone"], "8 (495) 123-45-67")
        self.assertEqual(
            shown["phones"],
            [
                {"number": "8 (495) 123-45-67", "note": ""},
                {"number": "8 (495) 123-45-00", "note": "приём"},
            ],
        )
        self.assertEqual((shown["is_open"], shown["hours"]), (True, "till 20:00"))
        self.assertEqual(shown["week"], "Mon–Fri 8:30–20:00")

    def test_telephone_of_the_directory(self):
        """Agencies and organisations are dialled from the list; a citizen's number is not in it."""
        partner = self.agency.with_user(self.operator)
        for kind, shown in (
            ("agency", "8 (495) 123-45-67"),
            ("organisation", "8 (495) 123-45-67"),
            ("citizen", False),
        ):
            self.agency.write({"hotline_kind": kind, "phone": "84951234567"})
            self.env.invalidate_all()
            self.assertEqual(partner.hotline_phone_text, shown, kind)

    def test_closed_by_the_body_clock(self):
        """The operator says at once when somebody will be there again."""
        self._week()
        said = {
            "2026-11-23 04:00:00": "closed, opens at 8:30",  # Monday, 7:00 in Moscow
            "2026-11-23 18:00:00": "closed, opens tomorrow at 8:30",  # 21:00 in Moscow
            "2026-11-27 18:00:00": "closed, opens on 30.11",  # Friday evening
        }
        for moment, hours in said.items():
            with self.subTest(moment), freeze_time(moment):
                shown = self._shown()
                self.assertFalse(shown["is_open"])
                self.assertTrue(shown["hours"].startswith(hours), shown["hours"])
                self.assertTrue(shown["hours"].endswith("at 8:30"))

    @freeze_time("2026-11-22 10:00:00")  # Sunday
    def test_closed_on_a_day_off(self):
        self._week()
        shown = self._shown()
        self.assertEqual(
            (shown["is_open"], shown["hours"]), (False, "closed, opens tomorrow at 8:30")
        )
        shown = self._shown(hotline_round_the_clock=True)
        self.assertEqual((shown["is_open"], shown["hours"]), (True, "round the clock"))

    def test_the_break(self):
        self._week(lunch_from=13, lunch_to=13.75)
        with freeze_time("2026-11-23 10:30:00"):  # 13:30 in Moscow
            shown = self._shown()
            self.assertEqual((shown["is_open"], shown["hours"]), (False, "break until 13:45"))
        with freeze_time("2026-11-23 08:00:00"):
            self.assertEqual(self._shown()["hours"], "till 20:00, break at 13:00")

    def test_hours_not_known(self):
        shown = self._shown()
        self.assertEqual((shown["is_open"], shown["hours"]), (None, ""))

    def test_hours_that_cannot_be(self):
        for wrong in ({"opens": 20, "closes": 8}, {"lunch_from": 14, "lunch_to": 13}):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self._week("0", **wrong)

    @freeze_time("2026-11-23 10:30:00")
    def test_open_now_is_searched(self):
        self._week()
        closed = self.agency.copy({"name": "Закрытое"})
        found = self.env["res.partner"].search(
            [("hotline_is_open", "=", True), ("id", "in", (self.agency | closed).ids)]
        )
        self.assertEqual(found, self.agency)

    def test_the_week_from_monday(self):
        """One line and one click make the usual week; an operator may not."""
        self._week("03", lunch_from=12, lunch_to=13)
        self.agency.hotline_opening_ids.filtered(lambda one: one.weekday == "3").closes = 16
        with self.assertRaises(AccessError):
            self.agency.with_user(self.operator).action_hotline_usual_hours()
        self.agency.with_user(self.officer).action_hotline_usual_hours()
        self.env.invalidate_all()
        self.assertEqual(
            self.agency.with_context(lang="en_US").hotline_hours_text,
            "Mon–Fri 8:30–20:00 (break 12:00–13:00)",
        )

    def test_who_keeps_the_directory(self):
        """Hours and competence are read by the staff and kept by officers."""
        self._week("0")
        claim = self.env["hotline.competence"].create(
            {"partner_id": self.agency.id, "topic_id": self.topic.id}
        )
        for record in (self.agency.hotline_opening_ids, claim):
            for role in ("operator", "approver", "supervisor", "auditor"):
                user = getattr(self, role)
                self.assertTrue(record.with_user(user).has_access("read"), role)
                self.assertFalse(record.with_user(user).has_access("write"), role)
            self.assertTrue(record.with_user(self.officer).has_access("write"))

    def test_queries_do_not_grow(self):
        """One reading of the directory, however many agencies it has."""
        partners = self.env["res.partner"]

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners._agencies_for_workplace()
            return self.env.cr.sql_log_count - before

        self._week()
        few = count()
        for number in range(20):
            more = self.agency.copy({"name": f"Ведомство {number}", "phone": "84951234567"})
            more.hotline_opening_ids = [Command.create({"weekday": "1"})]
        self.assertLessEqual(count(), few + 1)


@tagged("post_install", "-at_install")
class TestOpeningMigration(HotlineCommon):
    """An update to 19.0.1.6.0: one pair of times becomes a table by weekday."""

    def test_hours_of_all_working_days(self):
        always, none = self.agency.copy(), self.agency.copy()
        cr = self.env.cr
        for name in ("hotline_opens", "hotline_closes"):
            cr.execute(f"ALTER TABLE res_partner ADD COLUMN IF NOT EXISTS {name} float")
        for partner, opens, closes in ((self.agency, 8.5, 20), (always, 0, 24), (none, 0, 0)):
            cr.execute(
                "UPDATE res_partner SET hotline_opens = %s, hotline_closes = %s WHERE id = %s",
                (opens, closes, partner.id),
            )
        self._migrate()
        self._migrate()  # once more changes nothing
        week = self.agency.with_context(lang="en_US").hotline_hours_text
        self.assertEqual(week, "Mon–Fri 8:30–20:00")
        self.assertTrue(always.hotline_round_the_clock)
        self.assertFalse(always.hotline_opening_ids | none.hotline_opening_ids)
        self.assertFalse(none.hotline_round_the_clock)

    def _migrate(self):
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.6.0" / "post-opening_hours.py"
        spec = importlib.util.spec_from_file_location("opening_hours", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.5.0")
        self.env.invalidate_all()
