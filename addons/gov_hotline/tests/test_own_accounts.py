from datetime import timedelta

from lxml import html

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestOwnAccounts(ObjectsCommon, HttpCase):
    """D8: a citizen hands in readings at the portal, of the own accounts alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._hotline_today()
        cls.mine = cls._citizen_user("citizen_a", partner_id=cls.citizen.id)
        cls.stranger = cls._citizen_user("citizen_b")
        cls.other = cls._account("5510-0001", cls.other_flat, cls.company_two)
        cls.other_meter = cls.env["hotline.meter"].create(
            {"account_id": cls.other.id, "service_id": cls.cold.id, "serial": "777888"}
        )
        cls.env.flush_all()

    @classmethod
    def _citizen_user(cls, login, **vals):
        return new_test_user(cls.env, login=login, groups="base.group_portal", lang="ru_RU", **vals)

    def _page(self, url, user=None, data=None):
        user = user or self.mine
        self.authenticate(user.login, user.login)
        if data is not None:
            data = {**data, "csrf_token": http.Request.csrf_token(self)}
        with mute_logger("odoo.http"):
            return self.url_open(url, data=data)

    def _hand_in(self, value, account=None, user=None, **more):
        """Post the form of the account's page as a browser does; return the page shown then."""
        url = f"/my/accounts/{(account or self.account).id}/readings"
        return self._page(url, user, data={f"value_{self.meter.id}": value, **more})

    def _words(self, page):
        return " ".join(html.fromstring(page.text).text_content().split())

    def _earlier(self, *values):
        """Enter readings of the last months as an operator, the last one a month ago."""
        for months, value in zip(range(len(values), 0, -1), values, strict=True):
            on = str(self.today - timedelta(days=30 * months))
            line = {"meter": self.meter.id, "value": value, "on": on}
            self.account.with_user(self.operator).submit_readings([line])

    def test_pages(self):
        """D8: the entry, the list, the account with its meters."""
        self.authenticate(self.mine.login, self.mine.login)
        told = self.make_jsonrpc_request("/my/counters", {"counters": ["hotline_account_count"]})
        self.assertEqual(told["hotline_account_count"], 1)
        self.assertIn("4410-0093", self._words(self._page("/my/accounts")))
        card = self._words(self._page(f"/my/accounts/{self.account.id}"))
        for words in (
            "4410-0093",
            "УК «Первая»",
            "ул. Ленина, д. 15, кв. 3",
            "№ 123456",
            "Передать",
        ):
            self.assertIn(words, card)

    def test_taken_with_a_receipt(self):
        """D8: a reading is kept as the citizen's, of today, from the portal; a receipt tells it."""
        page = self._hand_in("104,5")
        self.assertIn(f"/my/accounts/{self.account.id}/receipt/", page.url)
        reading = self.meter.reading_ids
        self.assertRecordValues(
            reading,
            [
                {
                    "value": 104.5, "read_on": self.today, "source": "portal",
                    "user_id": self.mine.id, "account_id": self.account.id,
                }
            ],
        )  # fmt: skip
        receipt = self._words(page)
        for words in (str(reading.id), "104,5 м³", "4410-0093", self.today.strftime("%d.%m.%Y")):
            self.assertIn(words, receipt)

    def test_asked_again(self):
        """D8: ten times the usual month is asked in words and taken with a reason."""
        self._earlier("90", "95", "100")
        asked = self._hand_in("900")
        self.assertIn("больше обычного", self._words(asked))
        self.assertEqual(len(self.meter.reading_ids), 3)
        field = html.fromstring(asked.text).xpath(f"//input[@name='value_{self.meter.id}']")[0]
        self.assertEqual(field.get("value"), "900")
        reasons = html.fromstring(asked.text).xpath(f"//input[@name='reason_{self.meter.id}']")
        self.assertEqual(
            [one.get("value") for one in reasons], ["confirmed", "turned_over", "replaced"]
        )
        taken = self._hand_in("900", **{f"reason_{self.meter.id}": "confirmed"})
        self.assertIn("/receipt/", taken.url)
        self.assertEqual(self.meter.last_reading_id.confirmed_reason, "confirmed")

    def test_refused(self):
        """D8: what is less, no number or empty is told and not kept."""
        self._earlier("100")
        for value, words in (("90", "Меньше прошлого"), ("сто", "не число"), ("", "хотя бы")):
            with self.subTest(value):
                self.assertIn(words, self._words(self._hand_in(value)))
                self.assertEqual(len(self.meter.reading_ids), 1)

    def test_own_slip_is_corrected(self):
        """D8: the citizen strikes out the own last reading, never an operator's."""
        self._earlier("100")
        page = html.fromstring(self._page(f"/my/accounts/{self.account.id}").text)
        self.assertFalse(page.xpath(f"//input[@name='corrects_{self.meter.id}']"))
        self._hand_in("99", **{f"corrects_{self.meter.id}": "1"})
        self.assertEqual(self.meter.last_value, 100)
        self._hand_in("105")
        wrong = self.meter.last_reading_id
        self._hand_in("103", **{f"corrects_{self.meter.id}": "1"})
        self.assertTrue(wrong.is_struck)
        self.assertEqual(self.meter.last_value, 103)

    def test_a_strangers_account(self):
        """D8: another's account is as absent as one that never was: page, form and receipt."""
        self._hand_in("104,5")
        receipt = f"/my/accounts/{self.account.id}/receipt/{self.meter.reading_ids.id}"
        for user, url in (
            (self.stranger, f"/my/accounts/{self.account.id}"),
            (self.stranger, receipt),
            (self.mine, f"/my/accounts/{self.other.id}"),
            (self.mine, "/my/accounts/100000000"),
            (self.mine, f"/my/accounts/{self.account.id}/receipt/1-x-999999999999"),
        ):
            with self.subTest(user=user.login, url=url):
                self.assertEqual(self._page(url, user).status_code, 404)
        self.assertNotIn("4410", self._words(self._page("/my/accounts", self.stranger)))
        self.assertEqual(self._hand_in("1", user=self.stranger).status_code, 404)
        self.assertEqual(self._hand_in("1", account=self.other).status_code, 404)
        self._hand_in("", **{f"value_{self.other_meter.id}": "5"})
        self.assertFalse(self.other_meter.reading_ids)

    def test_a_receipt_tells_own_readings(self):
        """D8: what an operator or a former holder entered stands in no receipt."""
        self._earlier("100")
        url = f"/my/accounts/{self.account.id}/receipt/{self.meter.reading_ids.id}"
        self.assertEqual(self._page(url).status_code, 404)

    def test_closed_account(self):
        """D8: a closed account shows no form and takes nothing."""
        self.account.state = "closed"
        page = self._page(f"/my/accounts/{self.account.id}")
        self.assertIn("показания не принимаются", self._words(page))
        self.assertFalse(html.fromstring(page.text).xpath("//input[@inputmode]"))
        self._hand_in("5")
        self.assertFalse(self.meter.reading_ids)

    def test_by_rpc(self):
        """D8: a citizen reads no account by RPC, the own one neither."""
        for model in ("hotline.account", "hotline.meter", "hotline.reading", "hotline.object"):
            records = self.env[model].with_user(self.mine)
            self.assertFalse(records.search([]), model)
        with self.assertRaises(AccessError):
            self.account.with_user(self.mine).read(["number"])


@tagged("post_install", "-at_install")
class TestVoiceReadings(ObjectsCommon):
    """D8: the methods a voice menu calls: by account number and meter, as the system."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Accounts = cls.env["hotline.account"]
        cls.env.flush_all()

    def test_meters_of_a_number(self):
        """D8: dashes apart; service and the end of the serial, no holder, no address."""
        told = self.Accounts.with_context(lang="ru_RU")._voice_meters("44100093")
        self.assertEqual(told["account"], self.account.id)
        self.assertEqual([one["key"] for one in told["meters"]], [1])
        self.assertIn("456", told["meters"][0]["words"])
        for secret in ("Иванова", "Ленина", "123456"):
            self.assertNotIn(secret, str(told))

    def test_no_such_number(self):
        """D8: part of a number, a stranger's, a closed one, one of two companies: nothing."""
        self.assertFalse(self.Accounts._dialled("4410009"))
        self.assertFalse(self.Accounts._dialled("93"))
        self.assertFalse(self.Accounts._dialled(""))
        twin = self._account("441-00093", self.other_flat, self.company_two)
        self.env.flush_all()
        self.assertFalse(self.Accounts._dialled("44100093"))
        self.assertEqual(self.Accounts._dialled("44100093", self.company_one), self.account)
        twin.state = self.account.state = "closed"
        self.assertFalse(self.Accounts._dialled("44100093"))

    def test_reading(self):
        """D8: taken from the voice menu with its call; the same checks, the same words."""
        call = self.env["hotline.call"].create({"phone": "89135550101"})
        told = self.Accounts._voice_reading("44100093", self.meter.id, "104*5", call=call)
        self.assertTrue(told["accepted"])
        self.assertRecordValues(
            self.meter.reading_ids, [{"value": 104.5, "source": "ivr", "call_id": call.id}]
        )
        less = self.Accounts._voice_reading("44100093", self.meter.id, "10")
        self.assertEqual((less["accepted"], less["code"]), (False, "less"))
        again = self.Accounts._voice_reading("44100093", self.meter.id, "10", reason="replaced")
        self.assertTrue(again["accepted"])

    def test_anothers_meter(self):
        """D8: a meter of another account takes nothing."""
        other = self._account("5510-0001", self.other_flat, self.company_two)
        meter = self.env["hotline.meter"].create(
            {"account_id": other.id, "service_id": self.cold.id}
        )
        self.env.flush_all()
        told = self.Accounts._voice_reading("44100093", meter.id, "5")
        self.assertEqual((told["accepted"], told["code"]), (False, "unknown"))
        self.assertFalse(meter.reading_ids)
