import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .recalculation_common import RecalculationCommon

DECREE = (
    "перенести в 2031 году следующие выходные дни: с субботы 4 января на пятницу 2 мая; "
    "с воскресенья 5 января на среду 31 декабря"
)


@tagged("post_install", "-at_install")
class TestCalendarLoad(RecalculationCommon):
    """X9, PRODUCT «next year's calendar»: three clicks of the administrator."""

    def _wizard(self, user=None, **vals):
        return self.env["hotline.calendar.load"].with_user(user or self.administrator).create(vals)

    def _year(self, year=2031):
        return self.days.search([("date", ">=", f"{year}-01-01"), ("date", "<=", f"{year}-12-31")])

    def test_the_decree_of_next_year(self):
        """X9: pasted, seen, loaded; the year is official and a recalculation is proposed."""
        form = Form(self.env["hotline.calendar.load"].with_user(self.administrator))
        form.text = DECREE
        self.assertFalse(form.problems)
        self.assertIn("2031", form.preview)
        self.assertIn("31.12", form.preview)
        action = form.save().action_load()
        found = self._open()
        self.assertEqual((action["res_model"], action["res_id"]), (found._name, found.id))
        self._run(found)
        self.assertEqual(found.state, "unchanged")  # nothing runs as far as 2031
        calendar = self.env["hotline.day"]._calendar(self.env.company)
        self.assertFalse(calendar.is_preliminary(2031))
        self.assertEqual(len(self._year().filtered(lambda day: not day.is_working)), 14)

    def test_a_year_in_place_of_what_is_there(self):
        """X9: days that are not in it go, others are corrected, the rest is left alone."""
        wrong = self.days.create({"date": "2031-03-12", "name": "Ошибка"})
        kept = self.days.create({"date": "2031-01-01", "name": "Новый год"})
        turned = self.days.create({"date": "2031-12-31", "name": "Рабочий", "is_working": True})
        regional = self.days.create(
            {"date": "2031-08-30", "name": "День республики", "company_id": self.env.company.id}
        )
        self._wizard(text=DECREE).action_load()
        self.assertFalse(wrong.exists())
        self.assertEqual(kept.name, "Новый год")
        self.assertFalse(turned.is_working)
        self.assertTrue(regional.exists())

    def test_a_file(self):
        table = "дата;рабочий;причина\n06.01.2031;нет;Каникулы\n20.12.2031;да;Перенос\n"
        wizard = self._wizard(file=base64.b64encode(table.encode("cp1251")))
        self.assertTrue(wizard.warning)  # the holidays are missing
        wizard.action_load()
        self.assertEqual(self._year().mapped("name"), ["Перенос", "Каникулы"])

    def test_what_cannot_be_read_changes_nothing(self):
        """X9: whole or not at all, and in words."""
        before = self.days.search_count([])
        for text in (DECREE.replace("субботы", "среды"), "календарь", ""):
            wizard = self._wizard(text=text)
            with self.subTest(text), self.assertRaises(UserError) as caught:
                wizard.action_load()
            self.assertTrue(str(caught.exception))
        self.assertEqual(self.days.search_count([]), before)

    def test_the_same_again_proposes_nothing(self):
        self._wizard(text=DECREE).action_load()
        self._run(self._open())
        before = self.env["hotline.recalculation"].search_count([])
        action = self._wizard(text=DECREE).action_load()
        self.assertEqual(action["res_model"], "hotline.day")
        self.assertEqual(self.env["hotline.recalculation"].search_count([]), before)

    def test_the_journal_tells_who(self):
        self._wizard(text=DECREE).action_load()
        line = self.env["hotline.journal"].search([("event", "=", "calendar_loaded")], limit=1)
        self.assertEqual(line.user_ref, self.administrator.id)
        self.assertIn("2031", line.payload_text)

    def test_the_administrators_alone(self):
        for user in (self.officer, self.supervisor, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._wizard(user, text=DECREE)
