from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import HotlineCommon

FRIDAY_EVENING = "2026-11-20 15:30:00"  # 18:30 in Moscow
SATURDAY = "2026-11-21 09:00:00"


@tagged("post_install", "-at_install")
class TestReceipt(HotlineCommon):
    def _act(self, number="12-р"):
        self.env.company.write({"hotline_after_hours_act": number, "hotline_closes_at": 18.0})

    @freeze_time("2026-11-23 09:00:00")
    def test_from_its_own_date_without_an_act(self):
        """Practice 3: a receipt after hours moves by nobody's wish but the local act's."""
        for number in (False, "  "):
            self._act(number)
            ticket = self._registered(received_at=FRIDAY_EVENING)
            self.assertEqual(str(ticket.received_on), "2026-11-20")
            self.assertFalse(ticket.registration_warnings)

    @freeze_time("2026-11-23 09:00:00")
    def test_from_the_next_working_day_by_the_act(self):
        """Practice 3: the term of registration counts from the day the act names."""
        self._act()
        for moment in (FRIDAY_EVENING, SATURDAY):
            ticket = self._registered(received_at=moment)
            self.assertEqual(str(ticket.received_on), "2026-11-23")
            self.assertIn("12-р", ticket.registration_warnings[-1])
            reg = ticket.deadline_ids.filtered(lambda one: one.term_id.trigger == "received")
            self.assertEqual({str(one.start_on) for one in reg}, {"2026-11-23"})
        in_time = self._registered(received_at="2026-11-20 14:59:00")
        self.assertEqual(str(in_time.received_on), "2026-11-20")
        self.assertFalse(in_time.registration_warnings)

    @freeze_time(FRIDAY_EVENING)
    def test_registered_on_the_same_evening(self):
        """REG-3: nothing is registered before its receipt, and the evening shift may register."""
        self._act()
        ticket = self._registered(received_at="2026-11-20 15:10:00")
        self.assertEqual(str(ticket.registered_on), "2026-11-20")
        self.assertEqual(ticket.received_on, ticket.registered_on)
        self.assertFalse(ticket.registration_warnings)

    @freeze_time("2026-11-23 09:00:00")
    def test_the_act_moves_drafts_only(self):
        """A newly entered act does not touch what is registered."""
        registered = self._registered(received_at=FRIDAY_EVENING)
        draft = self._draft(received_at=FRIDAY_EVENING)
        self._act()
        self.assertEqual(str(registered.received_on), "2026-11-20")
        self.assertEqual(str(draft.received_on), "2026-11-23")

    def test_a_working_day_ends_within_the_day(self):
        for hour in (0, 24, -1):
            with self.subTest(hour), self.assertRaises(ValidationError):
                self.env.company.hotline_closes_at = hour
