from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestRules(HotlineCommon):
    def test_a_counted_term_is_not_changed_in_place(self):
        """C5: a change of the law is a new edition, the old one only ends."""
        self._registered()
        term = self.env.ref("gov_hotline.term_main_30").with_user(self.administrator)
        with self.assertRaises(UserError):
            term.length = 20
        newer = term.copy({"length": 20, "valid_from": "2027-01-01", "valid_to": False})
        term.valid_to = "2026-12-31"
        ticket = self._draft()
        Term = self.env["hotline.term"]
        old_day, new_day = (
            Term._fields["valid_from"].to_date(d) for d in ("2026-12-31", "2027-01-01")
        )
        self.assertIn(term.sudo(), Term._applicable(ticket, "registered", old_day))
        self.assertEqual(
            Term._applicable(ticket, "registered", new_day).filtered("is_main"), newer.sudo()
        )

    def test_rules_are_the_administrators(self):
        for model in ("hotline.term", "hotline.day", "hotline.outcome", "hotline.line"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.officer).search([], limit=1).write({"active": False})

    def test_a_regional_day_counts_for_its_body_only(self):
        """X10: the body's own day off moves its due dates, not those of others."""
        other = self.env["res.company"].create({"name": "Другой орган"})
        Day = self.env["hotline.day"]
        Day.create(
            {"date": "2026-11-25", "name": "Местный праздник", "company_id": self.env.company.id}
        )
        day = Day._fields["date"].to_date("2026-11-25")
        self.assertFalse(Day._calendar(self.env.company).is_working(day))
        self.assertTrue(Day._calendar(other).is_working(day))

    def test_a_shipped_day_takes_the_place_of_one_entered_by_hand(self):
        """C5: an update that brings next year's calendar meets days the administrator typed."""
        Day = self.env["hotline.day"]
        typed = Day.create({"date": "2031-01-06", "name": "Каникулы"})
        rows = [["gov_hotline.day_2031_01_06", "2031-01-06", "False", "Новогодние каникулы"]]
        result = Day.load(["id", "date", "is_working", "name"], rows)
        self.assertEqual(result["ids"], typed.ids)
        self.assertEqual(typed.name, "Новогодние каникулы")

    def test_an_own_outcome_needs_only_its_name(self):
        """C5: the administrator adds a row in the list; its code comes by itself."""
        for model, extra in (("hotline.outcome", {}), ("hotline.disposition", {"group": "other"})):
            Model = self.env[model].with_user(self.administrator)
            rows = Model.create([{"name": "Своё", **extra}, {"name": "Ещё одно", **extra}])
            self.assertEqual(len(set(rows.mapped("code"))), 2)

    def test_number_template_is_checked(self):
        for template in ("{letter}/{year}", "{seq}-{unknown}", "{seq"):
            with self.subTest(template), self.assertRaises(ValidationError):
                self.env.company.hotline_number_template = template
        self.env.company.hotline_number_template = "{kind}{seq:05}/{yy}"
        self.assertRegex(self._registered().number, r"^\d{5}/\d{2}$")

    def test_oral_line_wants_its_local_act(self):
        """A1: mode b of practice needs the act's number and date."""
        with self.assertRaises(ValidationError):
            self.line.mode = "oral"

    def test_batch_registration_takes_numbers_in_a_row(self):
        tickets = self._draft() | self._draft() | self._draft()
        results = tickets.action_register()
        self.assertEqual([row["id"] for row in results], tickets.ids)
        numbers = self.env["hotline.number"].search([("ticket_id", "in", tickets.ids)], order="n")
        self.assertEqual(numbers.ticket_id.ids and numbers[-1].n - numbers[0].n, 2)

    def test_a_bad_one_in_a_batch_leaves_nothing_half_done(self):
        good, bad = self._draft(), self._draft(appeal_text=False)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (good | bad).action_register()
        self.assertEqual((good | bad).mapped("number"), ["/", "/"])
