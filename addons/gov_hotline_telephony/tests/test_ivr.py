import json

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.gov_hotline.tests.objects_common import ObjectsCommon

from .phone_common import PhoneCommon

CALLER = "79135550101"
CONTROLLER = "odoo.addons.gov_hotline_telephony.controllers.ivr"
MONDAY = "2026-11-23 06:00:00"  # 9:00 in Moscow
SECRETS = ("Иванова", "Ленина", "123456", "Мария")


@tagged("post_install", "-at_install")
class TestLineVoice(PhoneCommon):
    """D1: when a line works, and what it announces."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.hotline_tz = "Europe/Moscow"
        cls.line.write({"voice_from": 8.0, "voice_to": 17.5, "phone": "+78435550101"})

    def _hello(self, line="88435550101"):
        return self.pbx._ivr_answer("hello", {"phone": CALLER, "line": line})

    def test_hours_of_a_working_day(self):
        """D1: open by the hours of the line on a working day of the body."""
        for moment, result in (
            (MONDAY, "open"),
            ("2026-11-23 04:59:00", "closed"),
            ("2026-11-23 14:29:00", "open"),
            ("2026-11-23 14:30:00", "closed"),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(self._hello()["result"], result)

    def test_a_day_off(self):
        """D1: weekends and holidays of the calendar; the caller hears the hours."""
        self.env["hotline.day"].create(
            {"date": "2026-11-24", "is_working": False, "name": "Праздник", "company_id": 1}
        )
        with freeze_time("2026-11-24 09:00:00"):
            told = self._hello()
        self.assertEqual(told["result"], "closed")
        self.assertEqual(
            told["words"][-1],
            "Мы работаем по рабочим дням с восьми часов до семнадцати часов тридцати минут.",
        )
        with freeze_time("2026-11-22 09:00:00"):
            self.assertEqual(self._hello()["result"], "closed")

    def test_round_the_clock(self):
        """D1: a dispatcher's line answers at night."""
        self.line.round_the_clock = True
        with freeze_time("2026-11-22 23:00:00"):
            self.assertEqual(self._hello(), {"result": "open", "words": []})

    def test_a_line_without_hours_is_open(self):
        self.line.write({"voice_from": 0, "voice_to": 0})
        with freeze_time("2026-11-22 23:00:00"):
            self.assertEqual(self._hello("1100")["result"], "open")

    def test_hours_that_cannot_be(self):
        with self.assertRaises(ValidationError):
            self.line.write({"voice_from": 18, "voice_to": 9})

    def test_announcement_of_the_supervisor(self):
        """D1: a supervisor announces a mass incident; it ends by itself."""
        wizard = self.env["hotline.line.announcement"].with_user(self.supervisor)
        made = wizard.create(
            {"line_id": self.line.id, "text": " Нет воды. ", "until": "2026-11-23 10:00:00"}
        )
        made.action_announce()
        self.assertEqual(self.line.voice_announced_by_id, self.supervisor)
        with freeze_time(MONDAY):
            self.assertEqual(self._hello()["words"], ["Нет воды."])
        with freeze_time("2026-11-23 10:00:00"):
            self.assertEqual(self._hello()["words"], [])
        made.action_take_off()
        with freeze_time(MONDAY):
            self.assertEqual(self._hello()["words"], [])

    def test_nobody_else_announces(self):
        wizard = self.env["hotline.line.announcement"]
        with self.assertRaises(AccessError):
            wizard.with_user(self.operator).create({"line_id": self.line.id, "text": "Нет воды"})
        with self.assertRaises(AccessError):
            self.line.with_user(self.supervisor).write({"voice_announcement": "Нет воды"})
        empty = wizard.with_user(self.supervisor).create({"line_id": self.line.id, "text": " "})
        with self.assertRaises(UserError):
            empty.action_announce()


@tagged("post_install", "-at_install")
class TestIvrAnswers(ObjectsCommon):
    """A3, D8: what the menu is told for keys: words, nothing personal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pbx = cls.env["hotline.pbx"].create({"name": "АТС", "code": "ivr"})
        cls.env.flush_all()

    def _ask(self, what, **asked):
        with self.enter_registry_test_mode():
            return self.pbx._ivr_answer(what, {"phone": CALLER, **asked})

    def test_status_by_digits_alone(self):
        """A3: a telephone has no letters: И-401/2026 is 4012026."""
        ticket = self._registered(received_at="2026-11-20 09:00:00")
        digits = "".join(filter(str.isdecimal, ticket.number))
        told = self._ask("status", number=digits, code=ticket.sudo().access_code)
        self.assertEqual(told["result"], "found")
        self.assertEqual(told["words"][0], "Обращение рассматривается.")
        for secret in (*SECRETS, ticket.number, self.env.company.name):
            self.assertNotIn(secret, str(told["words"]))

    def test_a_wrong_code_and_an_absent_number_sound_alike(self):
        """A3: and the fourth try waits."""
        ticket = self._registered()
        digits = "".join(filter(str.isdecimal, ticket.number))
        wrong = self._ask("status", number=digits, code="000000")
        self.assertEqual(wrong, self._ask("status", number="9992026", code="000000"))
        self.assertEqual(wrong["result"], "not_found")
        for _try in range(2):
            self._ask("status", number=digits, code="000000")
        code = ticket.sudo().access_code
        self.assertEqual(self._ask("status", number=digits, code=code)["result"], "wait")

    def test_reading_by_keys(self):
        """D8: account, the only meter, a reading with a star for the comma."""
        found = self._ask("meters", account="44100093")
        self.assertEqual(found, {"result": "found", "meters": 1, "words": []})
        told = self._ask("reading", account="44100093", meter="1", value="104*5")
        self.assertEqual(told, {"result": "accepted", "words": []})
        self.assertRecordValues(self.meter.reading_ids, [{"value": 104.5, "source": "ivr"}])

    def test_an_earlier_reading_is_not_told(self):
        """D8: whoever dials may be anybody."""
        self._ask("reading", account="44100093", meter="1", value="104")
        told = self._ask("reading", account="44100093", meter="1", value="100")
        self.assertEqual(told["result"], "asks")
        self.assertEqual(
            told["words"],
            [
                "Оно меньше прежнего.",
                "Если счётчик заменили, нажмите один.",
                "Если счётчик начал отсчёт заново, нажмите два.",
            ],
        )
        self.assertEqual(len(self.meter.reading_ids), 1)

    def test_a_strange_reading_is_taken_with_its_reason(self):
        """D8: less than before, or far more: said so, and taken when the caller says why."""
        self._ask("reading", account="44100093", meter="1", value="104")
        for key in ("", "3", "9", "x"):
            with self.subTest(key):
                told = self._ask("reading", account="44100093", meter="1", value="10", reason=key)
                self.assertEqual(told["result"], "asks")
        told = self._ask("reading", account="44100093", meter="1", value="10", reason="1")
        self.assertEqual(told, {"result": "accepted", "words": []})
        self.assertRecordValues(
            self.meter.reading_ids.sorted("id"),
            [
                {"value": 104, "confirmed_reason": False},
                {"value": 10, "confirmed_reason": "replaced"},
            ],
        )

    def test_far_more_than_usual_is_confirmed_by_a_key(self):
        """D8: ten times the usual month."""
        for value, on in ((100, "2026-01-10"), (110, "2026-02-10")):
            [told] = self.account.sudo()._submit_readings(
                [{"meter": self.meter.id, "value": value, "on": on}]
            )
            self.assertTrue(told["accepted"])
        self.env.flush_all()
        asked = {"account": "44100093", "meter": "1", "value": "90110"}
        told = self._ask("reading", **asked)
        self.assertEqual(told["result"], "asks")
        self.assertEqual(told["words"][1], "Если всё верно, нажмите один.")
        self.assertEqual(self._ask("reading", **asked, reason="1")["result"], "accepted")
        last = self.meter.reading_ids.sorted("id")[-1]
        self.assertRecordValues(last, [{"value": 90110, "confirmed_reason": "confirmed"}])

    def test_the_choice_of_a_meter(self):
        """D8: service and the end of the number by keys, no address."""
        self.env["hotline.meter"].create(
            {"account_id": self.account.id, "service_id": self.cold.id, "serial": "000777"}
        )
        self.env.flush_all()
        told = self._ask("meters", account="44100093")
        self.assertEqual(told["meters"], 2)
        self.assertRegex(told["words"][1], r"777: нажмите два\.$")
        for secret in SECRETS:
            self.assertNotIn(secret, str(told))

    def test_accounts_are_not_tried_one_by_one(self):
        """D8: a caller guesses twenty times an hour at most."""
        results = [self._ask("meters", account=f"7000{n:04}")["result"] for n in range(21)]
        self.assertEqual(results, ["not_found"] * 20 + ["wait"])

    def test_a_stranger_s_meter(self):
        told = self._ask("reading", account="44100093", meter="9", value="1")
        self.assertEqual(told, {"result": "not_found", "words": []})


@tagged("post_install", "-at_install")
class TestIvrDoor(HttpCase, PhoneCommon):
    """The door of the voice: with the key of a PBX alone."""

    def _ask(self, what, asked, key):
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        body = asked if isinstance(asked, str) else json.dumps(asked)
        return self.url_open(f"/hotline/ivr/{what}", data=body, headers=headers)

    def _new_key(self):
        made = self.pbx.with_user(self.administrator).action_make_ivr_key()
        return made["context"]["default_key"]

    def test_a_key_opens_and_only_the_last_one(self):
        """A3: the key is shown once, kept as a digest; a new one ends the old one."""
        old = self._new_key()
        answer = self._ask("hello", {"line": "1100"}, old)
        self.assertEqual((answer.status_code, answer.json()["result"]), (200, "open"))
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn(old, self.pbx.sudo().ivr_key_hash)
        new = self._new_key()
        with self.assertLogs(CONTROLLER, "WARNING"):
            self.assertEqual(self._ask("hello", {}, old).status_code, 401)
        self.assertEqual(self._ask("hello", {}, new).status_code, 200)

    def test_without_a_key(self):
        """A3: nothing for the public; each wrong key is logged."""
        self._new_key()
        for key in ("", "guessed"):
            with self.assertLogs(CONTROLLER, "WARNING") as log:
                answer = self._ask("status", {"number": "1", "code": "1"}, key)
            self.assertEqual((answer.status_code, answer.json()), (401, {"result": "denied"}))
            self.assertIn("wrong key", log.output[0])
            self.assertNotIn("guessed", log.output[0])

    def test_questions_that_are_none(self):
        key = self._new_key()
        self.assertEqual(self._ask("everything", {}, key).status_code, 404)
        for body in ("{", "[]", json.dumps({"number": "1" * 5000})):
            self.assertEqual(self._ask("status", body, key).status_code, 400)

    @mute_logger("odoo.sql_db")
    def test_a_slow_database_is_given_up(self):
        """A3: the caller hears a fallback within two seconds, the worker is free."""
        key = self._new_key()

        def sleep(this, _asked):
            this.env.cr.execute("SELECT pg_sleep(5)")

        self.patch(self.env.registry.get("hotline.pbx"), "_ivr_hello", sleep)
        with self.assertLogs(CONTROLLER, "WARNING"):
            answer = self._ask("hello", {}, key)
        self.assertEqual(answer.status_code, 503)

    def test_who_makes_a_key(self):
        for user in (self.operator, self.supervisor):
            with self.assertRaises(AccessError):
                self.pbx.with_user(user).action_make_ivr_key()
        with self.assertRaises(AccessError):
            self.pbx.with_user(self.administrator).read(["ivr_key_hash"])
