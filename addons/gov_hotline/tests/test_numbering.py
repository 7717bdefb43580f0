from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import HotlineCommon

LETTERED = "{kind}{letter}-{seq}/{year}{dept}"


@tagged("post_install", "-at_install")
class TestNumbering(HotlineCommon):
    """The template decides what stands in a number and which cases count together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        Team = cls.env["helpdesk.ticket.team"]
        cls.housing = Team.create({"name": "ЖКХ", "hotline_code": "T2"})
        cls.social = Team.create({"name": "Соцзащита", "hotline_code": "T3"})

    def _numbers(self, *cases):
        """Register drafts of the given (kind, department); return their numbers."""
        origins = {"appeal_59": "paper", "message": "email", "request_8fz": "paper"}
        return [
            self._registered(kind=kind, origin=origins[kind], team_id=team.id).number
            for kind, team in cases
        ]

    def test_each_department_counts_for_itself(self):
        """The index of the department stands in the number."""
        self.company.hotline_number_template = LETTERED
        with freeze_time("2031-03-04 09:00:00"):
            found = self._numbers(
                ("appeal_59", self.housing), ("appeal_59", self.social), ("appeal_59", self.housing)
            )
        self.assertEqual(found, ["И-1/2031-T2", "И-1/2031-T3", "И-2/2031-T2"])

    def test_each_kind_counts_for_itself(self):
        """Messages and requests do not stand among the appeals under 59-FZ."""
        self.company.hotline_number_template = LETTERED
        with freeze_time("2031-03-04 09:00:00"):
            found = self._numbers(
                ("appeal_59", self.housing),
                ("message", self.housing),
                ("request_8fz", self.housing),
                ("appeal_59", self.housing),
            )
        self.assertEqual(found, ["И-1/2031-T2", "СО-И-1/2031-T2", "ЗИ-И-1/2031-T2", "И-2/2031-T2"])

    def test_what_the_number_does_not_show_counts_together(self):
        """Otherwise two cases would get one number."""
        self.company.hotline_number_template = "{letter}-{seq:04}/{yy}"
        with freeze_time("2031-03-04 09:00:00"):
            found = self._numbers(
                ("appeal_59", self.housing), ("appeal_59", self.social), ("message", self.social)
            )
        self.assertEqual(found, ["И-0001/31", "И-0002/31", "И-0003/31"])

    def test_the_letter_is_decoration(self):
        self.company.hotline_number_template = "{letter}-{seq}/{year}"
        with freeze_time("2031-03-04 09:00:00"):
            first = self._registered()
            second = self._registered(applicant_surname="Ёлкин")
        self.assertEqual((first.number, second.number), ("И-1/2031", "Е-2/2031"))

    def test_the_year_changes_at_the_bodys_midnight(self):
        """X10: 31 December 23:59 and 1 January 00:00 of the body's time zone, not of UTC."""
        self.company.hotline_number_template = "{seq}/{year}"
        midnights = {
            "Europe/Moscow": "2031-12-31 21:00:00",
            "Asia/Kamchatka": "2031-12-31 12:00:00",
            "Europe/Kaliningrad": "2031-12-31 22:00:00",
        }
        for zone, midnight in midnights.items():
            with self.subTest(zone=zone), self.env.cr.savepoint() as undone:
                self.company.hotline_tz = zone
                moment = fields.Datetime.to_datetime(midnight)
                with freeze_time(moment - timedelta(minutes=1)):
                    before = [self._registered() for _ in range(2)]
                with freeze_time(moment):
                    after = self._registered()
                self.assertEqual([one.number for one in before], ["1/2031", "2/2031"])
                self.assertEqual(after.number, "1/2032")
                self.assertEqual(str(after.registered_on), "2032-01-01")
                undone.rollback()

    def test_a_year_is_that_of_registration_not_of_receipt(self):
        """X10: what came in on 31 December and is registered in January counts in January."""
        self.company.hotline_number_template = "{seq}/{year}"
        with freeze_time("2032-01-09 08:00:00"):
            ticket = self._registered(received_at="2031-12-31 10:00:00")
        self.assertEqual(ticket.number, "1/2032")
        self.assertEqual(str(ticket.received_on), "2031-12-31")

    def test_a_series_goes_on_from_its_last_number(self):
        """A number of last year does not hold this year's back, nor does another series."""
        self.company.hotline_number_template = LETTERED
        with freeze_time("2031-12-30 08:00:00"):
            self._numbers(("appeal_59", self.housing), ("appeal_59", self.housing))
        with freeze_time("2032-01-12 08:00:00"):
            found = self._numbers(("appeal_59", self.housing), ("appeal_59", self.housing))
        self.assertEqual(found, ["И-1/2032-T2", "И-2/2032-T2"])

    def test_a_template_changed_within_the_year_repeats_no_number(self):
        """The new template begins a series at 1; what was given already is passed over."""
        self.company.hotline_number_template = "{letter}-{seq}/{year}"
        with freeze_time("2031-03-04 09:00:00"):
            first = self._registered()
            self.company.hotline_number_template = "{letter}-{seq}/{year}{dept}"
            second = self._registered()
        self.assertEqual((first.number, second.number), ("И-1/2031", "И-2/2031"))

    def test_a_failed_registration_frees_its_number(self):
        """Gapless: what is rolled back is given to the next one."""
        self.company.hotline_number_template = "{seq}/{year}"
        with freeze_time("2031-03-04 09:00:00"):
            lost = self._draft()
            with self.env.cr.savepoint() as undone:
                self.assertEqual(lost.action_register()["number"], "1/2031")
                undone.rollback()
            self.env.invalidate_all()
            self.assertEqual(self._registered().number, "1/2031")
            self.assertEqual(lost.state, "draft")

    def test_numbers_committed_meanwhile_are_passed_over(self):
        """Others took 1, 2 and 4 since this transaction began; 3 stands on an older case."""
        numbers = self.env["hotline.number"].sudo()
        for n in (1, 2, 4):
            vals = {"company_id": self.company.id, "series": "x", "year": 2031, "n": n}
            numbers.create(vals)
        ticket = self._draft()
        insert = type(numbers)._insert

        def unaware(self, key, first, ticket):
            """The transaction sees none of them: it begins at 1."""
            return insert(self, key, first or 1, ticket)

        with patch.object(type(numbers), "_insert", unaware):
            taken = numbers._take(self.company, "x", 2031, ticket, lambda n: n == 3)
        self.assertEqual(taken, 5)
        rows = numbers.search([("series", "=", "x")], order="n")
        self.assertEqual(rows.mapped("n"), [1, 2, 4, 5])
        self.assertEqual(rows[-1].ticket_id, ticket)
