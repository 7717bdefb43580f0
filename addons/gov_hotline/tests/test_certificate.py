from datetime import date

from odoo.tests import tagged

from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestCertificate(HotlineCommon):
    def _lines(self, start, lang="ru_RU", **term):
        """Return the certificate's sentences of a term that starts on `start`."""
        return self._deadline(start, **term).with_context(lang=lang)._certificate_lines()

    def _deadline(self, start, **term):
        vals = {
            "code": "TEST",
            "name": "Проверка",
            "article": "п. 1",
            "trigger": "registered",
            "length": 30,
            "track": "appeal",
            **term,
        }
        rule = self.env["hotline.term"].create(vals)
        Deadline = self.env["hotline.deadline"]
        return Deadline.create(Deadline._prepare_vals(self._draft(), rule, start))

    def test_registered_appeal(self):
        """X1: the certificate of a registered appeal in words, as every role reads it."""
        ticket = self._registered()
        main = ticket.deadline_ids.filtered("is_main")
        lines = main.with_user(self.operator).with_context(lang="ru_RU")._certificate_lines()
        self.assertIn("30 календарных дней, ч. 1 ст. 12 59-ФЗ.", lines[0])
        registered = ticket.registered_on.strftime("%d.%m.%Y")
        self.assertEqual(lines[1], f"Зарегистрировано {registered}, отсчёт со следующего дня.")

    def test_last_day_works(self):
        """X1: nothing moves when the last day is a working day."""
        self.assertEqual(
            self._lines(date(2026, 11, 24)),
            [
                "Проверка: 30 календарных дней, п. 1.",
                "Зарегистрировано 24.11.2026, отсчёт со следующего дня.",
                "Считаются все дни подряд, вместе с выходными: 25.11.2026 – 24.12.2026.",
                "Последний день, 24.12.2026, — рабочий.",
                self._calendar_line("2026"),
            ],
        )

    def _calendar_line(self, years):
        calendar = self.env["hotline.day"]._calendar(self.env.company)
        edition = calendar.version([int(year) for year in years.split(", ")]).rpartition(" ")[2]
        return f"Производственный календарь: {years}, редакция {edition}."

    def test_shift(self):
        """X1: the reason of a moved date is told, to either side."""
        before = self._lines(date(2026, 11, 20), length=1, shift="previous", trigger="received")
        self.assertIn("Поступило 20.11.2026, отсчёт со следующего дня.", before)
        self.assertIn("день остаётся", before[3])
        after = self._lines(date(2026, 11, 20), length=1, shift="next", code="TEST-2")
        self.assertEqual(
            after[3],
            "Последний день, 21.11.2026, — выходной, поэтому срок истекает в ближайший следующий "
            "рабочий день, 23.11.2026.",
        )

    def test_working_days(self):
        """X1: skipped days off are listed."""
        lines = self._lines(date(2026, 11, 19), length=3, unit="working")
        self.assertEqual(lines[0], "Проверка: 3 рабочих дня, п. 1.")
        self.assertEqual(
            lines[2:4],
            [
                "Засчитаны рабочие дни: 20.11.2026, 23.11.2026 – 24.11.2026.",
                "Не засчитаны выходные дни: 21.11.2026 – 22.11.2026.",
            ],
        )

    def test_reasons_of_left_out_days(self):
        """X1: weekends and holidays are told apart, moved working days are named."""
        lines = self._lines(date(2025, 10, 31), length=3, unit="working")
        self.assertEqual(
            lines[2:6],
            [
                "Засчитаны рабочие дни: 01.11.2025, 05.11.2025 – 06.11.2025.",
                "В том числе рабочие субботы и воскресенья по переносу: 01.11.2025.",
                "Не засчитаны выходные дни: 02.11.2025.",
                "Не засчитаны праздничные и перенесённые выходные дни: 03.11.2025 – 04.11.2025.",
            ],
        )

    def test_a_last_day_off_asks_for_duty(self):
        """X1: staff is told to name a person on duty, the citizen is not."""
        deadline = self._deadline(date(2026, 12, 30), length=7)
        deadline = deadline.with_context(lang="ru_RU").with_user(self.operator)
        duty = "Срок приходится на нерабочие дни: назначьте дежурного."
        self.assertEqual(deadline._staff_certificate_lines()[-1], duty)
        self.assertNotIn(duty, deadline._certificate_lines())
        deadline.sudo().met_on = date(2027, 1, 5)
        self.assertNotIn(duty, deadline._staff_certificate_lines())

    def test_preliminary_calendar(self):
        """X1: a year without an official calendar is named."""
        lines = self._lines(date(2030, 3, 1), length=21)
        self.assertIn("21 календарный день", lines[0])
        self.assertIn("Календарь на 2030 год пока не утверждён", lines[-1])

    def test_nothing_stored(self):
        """A deadline brought in from elsewhere has no certificate and no sentence."""
        ticket = self._registered()
        deadline = ticket.deadline_ids[:1]
        deadline.sudo().certificate = False
        self.assertEqual(deadline._certificate_lines(), [])
