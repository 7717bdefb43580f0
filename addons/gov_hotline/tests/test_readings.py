from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..domain import readings
from ..models.hotline_account import REASONS
from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestReadings(ObjectsCommon):
    """D8: one method takes readings for the operator, the portal and the voice menu."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._hotline_today()

    def _take(self, value, days_ago=0, user=None, **line):
        account = self.account.with_user(user or self.operator)
        on = self.today - timedelta(days=days_ago)
        return account.submit_readings(
            [{"meter": self.meter.id, "value": value, "on": str(on), **line}]
        )[0]

    def _values(self):
        return self.meter.reading_ids.sorted("id").mapped("value")

    def test_accepted(self):
        """D8: a reading is kept with its day, source, person and call."""
        call = self.env["hotline.call"].with_user(self.operator).create({"phone": "89135550101"})
        account = self.account.with_user(self.operator)
        line = {"meter": self.meter.id, "value": "104,5", "on": str(self.today)}
        (result,) = account.submit_readings([line], call.id)
        self.assertEqual((result["code"], result["accepted"]), ("ok", True))
        self.assertRecordValues(
            self.meter.reading_ids,
            [
                {
                    "value": 104.5,
                    "read_on": self.today,
                    "source": "operator",
                    "user_id": self.operator.id,
                    "call_id": call.id,
                    "account_id": self.account.id,
                    "confirmed_reason": False,
                }
            ],
        )
        self.assertEqual((self.meter.last_value, self.meter.last_on), (104.5, self.today))

    def test_readings_of_one_day(self):
        """D8: each is compared with the one told before it, not with the first of the day."""
        told = [self._take(value)["code"] for value in ("325,5", "350", "345", "350", "352")]
        self.assertEqual(told, ["ok", "ok", "less", "same", "ok"])
        self.assertEqual(self._values(), [325.5, 350, 352])

    def test_told_what_was_taken(self):
        """D8: the operator can read aloud what was taken, and what was used since the last one."""
        first = self._take("100", days_ago=30)
        then = self._take("104,5")
        self.assertIn("100", first["receipt"])
        self.assertIn("104,5", then["receipt"])
        before = (self.today - timedelta(days=30)).strftime("%d.%m.%Y")
        for part in (self.meter.display_name, " 4,5", before):
            self.assertIn(part, then["receipt"])
        refused = self._take("5")
        self.assertEqual((refused["accepted"], refused["receipt"]), (False, ""))

    def test_asked_again(self):
        """D8: less than before is taken with a reason only, and the reason is kept."""
        self._take("100", days_ago=30)
        asked = self._take("5")
        self.assertEqual((asked["code"], asked["accepted"]), ("less", False))
        self.assertEqual([code for code, _label in asked["reasons"]], ["turned_over", "replaced"])
        self.assertIn("100", asked["words"])
        self.assertEqual(self._values(), [100])
        self.assertTrue(self._take("5", reason="replaced")["accepted"])
        self.assertEqual(self.meter.last_reading_id.confirmed_reason, "replaced")

    def test_ten_times_more(self):
        """D8: ten times the usual month is asked again."""
        for value, days in (("100", 90), ("105", 60), ("110", 30)):
            self.assertTrue(self._take(value, days)["accepted"])
        self.assertEqual(self._take("900")["code"], "too_much")
        self.assertTrue(self._take("900", reason="confirmed")["accepted"])

    def test_refused(self):
        """D8: nothing of what is refused is kept."""
        self._take("100", days_ago=3)
        for code, line in (
            ("future", {"value": "101", "days_ago": -1}),
            ("before_last", {"value": "99", "days_ago": 4}),
            ("not_number", {"value": "сто"}),
            ("negative", {"value": "-1", "reason": "replaced"}),
            ("too_long", {"value": "100000", "reason": "confirmed"}),
        ):
            with self.subTest(code):
                result = self._take(**line)
                self.assertEqual((result["code"], result["accepted"]), (code, False))
                self.assertTrue(result["words"])
        self.assertEqual(self._take("100", days_ago=3)["code"], "same")
        self.meter.active = False
        self.assertEqual(self._take("101")["code"], "meter_off")
        self.account.state = "closed"
        self.assertEqual(self._take("101")["code"], "closed")
        self.assertEqual(self._values(), [100])

    def test_day_out_of_reason(self):
        """D8: a day before the meter, years ago or no day at all is refused in words."""
        for on, code in (
            ("0001-01-01", "too_old"),
            ("1926-11-22", "too_old"),
            ("2026-13-40", "not_day"),
            ("вчера", "not_day"),
        ):
            with self.subTest(on):
                line = {"meter": self.meter.id, "value": "7", "on": on}
                (told,) = self.account.with_user(self.operator).submit_readings([line])
                self.assertEqual((told["code"], told["accepted"]), (code, False))
                self.assertTrue(told["words"])
        self.meter.installed_on = self.today - timedelta(days=5)
        self.assertEqual(self._take("7", days_ago=6)["code"], "before_meter")
        self.assertEqual(self._values(), [])

    def test_correction(self):
        """D8: a wrong reading is struck out by the right one; neither is written over."""
        self._take("100", days_ago=30)
        self._take("501")
        wrong = self.meter.last_reading_id
        self.assertTrue(self._take("105", corrects=wrong.id)["accepted"])
        self.assertTrue(wrong.is_struck)
        self.assertEqual(self.meter.last_value, 105)
        self.assertEqual(self._values(), [100, 501, 105])
        first = self.meter.reading_ids.sorted("id")[0]
        self.assertEqual(self._take("90", corrects=first.id)["code"], "not_last")
        found = self.env["hotline.reading"].search([("is_struck", "=", True)])
        self.assertEqual(found, wrong)

    def test_append_only(self):
        """D8: nobody writes over a reading or deletes it, the system neither."""
        self._take("100")
        reading = self.meter.reading_ids
        for refused in (lambda: reading.write({"value": 1}), reading.unlink):
            with self.assertRaises(AccessError):
                refused()
        with self.assertRaises(AccessError):
            self.env["hotline.reading"].with_user(self.supervisor).create(
                {
                    "meter_id": self.meter.id,
                    "value": 1,
                    "read_on": self.today,
                    "source": "operator",
                }
            )

    def test_who_enters(self):
        """D8: operators, officers and supervisors enter; the others do not."""
        for user in (self.operator, self.officer, self.supervisor):
            self.assertTrue(self._take("100", user=user)["accepted"])
        for user in (self.auditor, self.executor, self.press, self.approver):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._take("101", user=user)
            with self.assertRaises(AccessError):
                self.account.with_user(user).get_readings_form()

    def test_a_strangers_meter(self):
        """D8: a meter of another account is refused."""
        other = self._account("1", self.other_flat, self.company_two)
        with self.assertRaises(UserError):
            other.with_user(self.operator).submit_readings([{"meter": self.meter.id, "value": "1"}])

    def test_form(self):
        """D8: the dialog shows each meter with its last reading."""
        self._take("104,5")
        shown = self.account.with_user(self.operator).get_readings_form()
        self.assertEqual(shown["address"], "Озёрск, ул. Ленина, д. 15, кв. 3")
        self.assertEqual(shown["meters"][0]["last"], "104,5")
        self.assertEqual(shown["meters"][0]["last_id"], self.meter.last_reading_id.id)

    def test_reasons_are_those_of_the_domain(self):
        self.assertEqual({code for code, _label in REASONS}, set(readings.REASONS))


@tagged("post_install", "-at_install")
class TestTwoCompanies(ObjectsCommon):
    """Two management companies at the portal: each sees its own and nothing else (D3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._names_company(cls.house, cls.company_one)
        cls._names_company(cls.other_house, cls.company_two)
        cls.other_account = cls._account("4410-0094", cls.other_flat, cls.company_two)
        cls.env["hotline.meter"].create(
            {"account_id": cls.other_account.id, "service_id": cls.cold.id, "serial": "654321"}
        )
        cls.one = cls._company_user(cls.company_one, "portal_one")
        cls.two = cls._company_user(cls.company_two, "portal_two")

    def _seen(self, model, user):
        return self.env[model].with_user(user).search([]).sudo()

    def test_objects(self):
        """D3: the objects a company answers for today, their parts too."""
        self.assertEqual(self._seen("hotline.object", self.one), self.house | self.flat)
        self.assertEqual(self._seen("hotline.object", self.two), self.other_house | self.other_flat)
        with self.assertRaises(AccessError):
            self.other_flat.with_user(self.one).read(["address"])
        self.house.company_ids.valid_to = self.env.company._hotline_today() - timedelta(days=1)
        self.assertFalse(self._seen("hotline.object", self.one))
        with self.assertRaises(AccessError):
            self.flat.with_user(self.one).read(["address"])

    def test_accounts_and_meters(self):
        """D2: the accounts with the company itself, their meters and readings."""
        self.account.with_user(self.operator).submit_readings(
            [{"meter": self.meter.id, "value": "1"}]
        )
        self.assertEqual(self._seen("hotline.account", self.one), self.account)
        self.assertEqual(self._seen("hotline.account", self.two), self.other_account)
        self.assertEqual(self._seen("hotline.meter", self.one), self.meter)
        self.assertEqual(self._seen("hotline.reading", self.one), self.meter.reading_ids)
        self.assertFalse(self._seen("hotline.reading", self.two))
        with self.assertRaises(AccessError):
            self.account.with_user(self.two).read(["holder_name"])

    def test_a_citizen_at_the_portal(self):
        """D3: a citizen's sign-in is no company."""
        user = self._company_user(self.env["res.partner"], "portal_citizen")
        for model in ("hotline.object", "hotline.account", "hotline.meter", "hotline.reading"):
            self.assertFalse(self._seen(model, user), model)

    def test_nothing_else(self):
        """D3: a company changes nothing and does not read the history of cases."""
        flat = self.flat.with_user(self.one)
        for names in (["case_ids"], ["case_count"], ["call_ids"]):
            with self.assertRaises(AccessError):
                flat.read(names)
        for model in ("hotline.object", "hotline.account", "hotline.meter", "hotline.reading"):
            for operation in ("write", "create", "unlink"):
                access = self.env[model].with_user(self.one).has_access(operation)
                self.assertFalse(access, (model, operation))
        for method in ("get_readings_form", "action_enter_readings"):
            with self.assertRaises(AccessError):
                getattr(self.account.with_user(self.one), method)()
        with self.assertRaises(AccessError):
            self.account.with_user(self.one).submit_readings([])
