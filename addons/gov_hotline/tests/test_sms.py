from unittest.mock import patch
from uuid import UUID

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.queue_job.exception import RetryableJobError

from ..models import hotline_sms_http
from .gateway import Gateway
from .outbox_common import OutboxCommon

PHONE = "+79135550101"


@tagged("post_install", "-at_install")
class TestSms(OutboxCommon):
    """SMS: off by default, with the tick alone, the number and nothing else, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = Gateway()
        running = cls.gateway.running()
        running.__enter__()
        cls.addClassCleanup(running.__exit__, None, None, None)

    def setUp(self):
        super().setUp()
        self.gateway.taken.clear()
        self.gateway.answer = (200, b'{"id": "77-1"}', {})
        self.case = self._mailed_case(applicant_phone="8 (913) 555-01-01")
        self._switch_on()
        self.case.sms_agreed = True

    def _switch_on(self, **vals):
        self.env.company.write(
            {
                "hotline_sms_provider": "http",
                "hotline_sms_url": self.gateway.url,
                "hotline_sms_token": "secret-key",
                "hotline_sms_sender": "GOROD",
                **vals,
            }
        )

    def _notice(self, kind="registration", **vals):
        return self.case._new_notice(kind, channel="sms", authority_id=False, **vals)

    def _issued(self):
        self._notice().action_issue()
        return self.case.sms_ids

    def _run_sms(self, sms):
        with self.enter_registry_test_mode():
            try:
                sms.sudo()._run_sender()
            except RetryableJobError as error:
                return error.seconds
            finally:
                self.env.invalidate_all()
        return 0

    def assert_refused(self, act, words="."):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def test_the_number_and_nothing_else(self):
        """Practice 20: what is sent names the appeal, never its content or the applicant."""
        sms = self._issued()
        self.assertEqual((sms.state, sms.phone_to), ("queued", PHONE))
        job = self.env["queue.job"].search([("identity_key", "=", f"hotline.sms,{sms.id}")])
        self.assertEqual((job.channel, job.max_retries), ("root.hotline_sms", 0))
        self.assertEqual(self._run_sms(sms), 0)
        ((headers, message),) = self.gateway.taken
        self.assertEqual(headers["Authorization"], "Bearer secret-key")
        self.assertEqual(headers["Idempotency-Key"], sms.sudo().gateway_key)
        self.assertEqual(message["id"], sms.sudo().gateway_key)
        self.assertEqual((message["to"], message["sender"]), (PHONE, "GOROD"))
        self.assertIn(self.case.number, message["text"])
        for secret in (self.case.name, self.case.applicant_surname, self.case.appeal_text):
            self.assertNotIn(secret, message["text"])
        self.assertRecordValues(sms, [{"state": "sent", "reference": "77-1"}])
        self.assertEqual(self.case.notice_ids.state, "sent")
        self.assertEqual(self.case.notice_ids.text, message["text"])
        self.assertEqual(self._events(self.case)[-3:], ["notice_issued", "sms_queued", "sms_sent"])

    def test_words_written_by_hand_are_not_sent(self):
        """Practice 20: whatever stands in the notice, the template alone is sent."""
        self._notice(text="У Ивановой М. П. холодно").action_issue()
        self.assertNotIn("Иванов", self.case.sms_ids.body)
        self.assertEqual(self.case.notice_ids.text, self.case.sms_ids.body)

    def test_only_with_the_tick(self):
        """Practice 20: no tick, no SMS; neither another notice, nor a telephone at home."""
        self.case.sms_agreed = False
        self.assert_refused(self._notice().action_issue, "has not agreed")
        self.case.sms_agreed = True
        self.assert_refused(self._notice("forwarding").action_issue, "tells more")
        self.assert_refused(self._notice(address="+7 495 123-45-67").action_issue, "no mobile")
        self.assertFalse(self.case.sms_ids)

    def test_off_by_default(self):
        """Off: the way is not offered, the menu is not shown, a notice by it is refused."""
        menu = self.env.ref("gov_hotline.menu_sms")
        as_officer = self.env(user=self.officer)
        ways = self.env["hotline.notice"].with_user(self.officer).fields_get(["channel"])
        self.assertIn("sms", dict(ways["channel"]["selection"]))
        self.assertNotIn(menu.id, as_officer["ir.ui.menu"]._load_menus_blacklist())
        notice = self._notice()
        self.env.company.hotline_sms_provider = False
        self.assert_refused(notice.action_issue, "switched off")
        ways = self.env["hotline.notice"].with_user(self.officer).fields_get(["channel"])
        self.assertNotIn("sms", dict(ways["channel"]["selection"]))
        self.assertIn(menu.id, as_officer["ir.ui.menu"]._load_menus_blacklist())
        self.assertFalse(self.env["res.company"].create({"name": "Новый"}).hotline_sms_provider)

    def test_how_gateways_fail(self):
        """E6: what may have been taken is unknown, what was not waits, a clear no is a failure."""
        for answer, state in (
            ((429, b"slow down", {"Retry-After": "900"}), "queued"),
            ((503, b"", {}), "queued"),
            ((401, b'{"error": "bad key"}', {}), "queued"),
            ((400, b'{"error": "bad number"}', {}), "failed"),
            ((200, b'{"error": "no route"}', {}), "failed"),
            ((500, b"oops", {}), "unknown"),
            ((504, b"", {}), "unknown"),
            ((200, b"<html>ok</html>", {}), "unknown"),
            ((200, b"[1]", {}), "unknown"),
            ("drop", "unknown"),
            ("half", "unknown"),
        ):
            with self.subTest(answer=answer):
                self.case = self._mailed_case(applicant_phone=PHONE)
                self.case.sms_agreed = True
                self.gateway.taken.clear()
                self.gateway.answer = answer
                sms = self._issued()
                self._run_sms(sms)
                self.assertEqual(sms.state, state)
                self.assertTrue(sms.last_error)
                self.assertTrue(sms.in_trouble)
                self.assertIn(sms.phone_to, self.case.mail_trouble)
                self.assertEqual(len(self.gateway.taken), 1)

    def test_no_answer_after_it_was_taken(self):
        """E6: read by the gateway, no answer: unknown, never again by itself, once by hand."""
        self.gateway.answer = "hang"
        sms = self._issued()
        with patch.object(hotline_sms_http, "ANSWER", 0.3):
            self._run_sms(sms)
        self.assertEqual(sms.state, "unknown")
        self.gateway.answer = (200, b'{"id": 5}', {})
        self._run_sms(sms)
        self.assertEqual((sms.state, len(self.gateway.taken)), ("unknown", 1))
        sms.action_send_again()
        self._run_sms(sms)
        self.assertEqual((sms.state, sms.reference), ("sent", "5"))
        keys = {headers["Idempotency-Key"] for headers, _message in self.gateway.taken}
        self.assertEqual(len(keys), 1, "a gateway that knows keys sends one copy")

    def test_the_key_is_of_one_sms_in_the_world(self):
        """E6: a number of a row repeats in another database; the gateway would drop the SMS."""
        first = self._issued()
        self.case = self._mailed_case(applicant_phone=PHONE)
        self.case.sms_agreed = True
        keys = {UUID(sms.sudo().gateway_key) for sms in first | self._issued()}
        self.assertEqual(len(keys), 2)

    def test_one_queued_before_the_key(self):
        """E6: what was queued under the old key goes under it: the gateway may know it."""
        sms = self._issued()
        sms.sudo()._write_by_act({"gateway_key": False})
        self._run_sms(sms)
        self.assertEqual(self.gateway.taken[0][1]["id"], sms.sudo().dedupe_key)

    def test_who_ticked(self):
        """B4: the tick may be taken by telephone after hand-over; the journal says by whom."""
        case = self._registered(kind="message", applicant_phone=PHONE).with_user(self.operator)
        for tick in (True, True, False):
            case.sms_agreed = tick
        lines = self.env["hotline.journal"].search(
            [("res_ref", "=", case.id), ("event", "like", "sms_agree%")], order="id"
        )
        self.assertEqual(lines.mapped("event"), ["sms_agreed", "sms_agreement_withdrawn"])
        self.assertEqual(set(lines.mapped("user_ref")), {self.operator.id})

    def test_a_tick_set_at_once(self):
        """B4: so is the tick that was set before the first saving."""
        case = self._registered(kind="message", applicant_phone=PHONE, sms_agreed=True)
        self.assertEqual(self._events(case).count("sms_agreed"), 1)

    def test_nobody_listens(self):
        """E6: a dead gateway delays; what it asks to wait is waited; after a day it gives up."""
        sms = self._issued()
        self._switch_on(hotline_sms_url="http://127.0.0.1:9/")
        self.assertEqual(self._run_sms(sms), 60)
        self.assertEqual(sms.state, "queued")
        self._switch_on()
        self.gateway.answer = (429, b"", {"Retry-After": "900"})
        sms.action_send_now()
        self.assertEqual(self._run_sms(sms), 900)
        sms.sudo()._write_by_act({"queued_at": fields.Datetime.subtract(sms.queued_at, days=2)})
        sms.action_send_now()
        self._run_sms(sms)
        self.assertEqual(sms.state, "failed")
        self.assertEqual(self.case.notice_ids.state, "failed")

    def test_switched_off_while_it_waits(self):
        sms = self._issued()
        self.env.company.hotline_sms_provider = False
        self.assertGreater(self._run_sms(sms), 0)
        self.assertIn("switched off", sms.last_error)
        self.assertFalse(self.gateway.taken)

    def test_the_officer_sees_what_will_be_sent(self):
        action = self.case.action_new_notice()
        Notice = self.env["hotline.notice"].with_user(self.officer)
        with Form(Notice.with_context(**action["context"])) as form:
            form.channel = "sms"
            self.assertEqual(form.address, PHONE)
            self.assertIn(self.case.number, form.text)

    def test_a_template_names_no_content(self):
        """Practice 20: a name of the content in a text of an SMS is an error at saving."""
        Template = self.env["hotline.letter.template"].with_user(self.administrator)
        vals = {"name": "СМС", "kind": "sms", "ground": "registration"}
        for text in ("{обращение.суть}", "{заявитель.фио}", "№ {обращение.намер}", "я" * 400):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                Template.create({**vals, "text": text})
        own = self.env.company.id
        Template.create({**vals, "text": "Ваш номер: {обращение.номер}.\n{орган.сайт}",
                         "company_id": own})  # fmt: skip
        self.env.company.website = False
        self.assertEqual(self._issued().body, f"Ваш номер: {self.case.number}.")

    def test_switched_on_and_off_on_the_screen(self):
        """The way and its address are one change: each alone would be refused."""
        company = self.env.company
        self._switch_on(hotline_sms_provider=False, hotline_sms_url=False, hotline_sms_token=False)
        Settings = self.env["res.config.settings"].with_user(self.env.ref("base.user_admin"))
        with Form(Settings) as form:
            form.hotline_sms_provider = "http"
            form.hotline_sms_url = self.gateway.url
            form.hotline_sms_token = "another-key"
        self.assertEqual(company.hotline_sms_provider, "http")
        self.assertEqual(company.hotline_sms_url, self.gateway.url)
        self.assertEqual(company.sudo().hotline_sms_token, "another-key")
        off = {"hotline_sms_provider": False, "hotline_sms_url": False}
        form.record.write(off)
        self.assertRecordValues(company, [off])
        with self.assertRaisesRegex(ValidationError, "https://"), self.env.cr.savepoint():
            Settings.create({"hotline_sms_provider": "http", "hotline_sms_url": "ftp://x"})

    def test_settings(self):
        """The administrator checks the gateway and is told what is wrong; the key is nobody's."""
        admin = self.env.ref("base.user_admin")
        settings = self.env["res.config.settings"].create({}).with_user(admin)
        admin.phone = False
        self.assert_refused(settings.action_check_sms, "mobile number")
        admin.phone = "+7 913 555-01-02"
        told = settings.action_check_sms()["params"]["message"]
        self.assertIn("77-1", told)
        self.assertEqual(self.gateway.taken[0][1]["to"], "+79135550102")
        for answer, words in (
            ((401, b"no", {}), "cannot be used now"),
            ((400, b"no", {}), "refused"),
            ((200, b"ok", {}), "nobody knows"),
        ):
            self.gateway.answer = answer
            self.assert_refused(settings.action_check_sms, words)
        for url in ("ftp://x", "gateway", "https://a:b@x/", "http://["):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._switch_on(hotline_sms_url=url)
        for user in (self.officer, self.operator, self.auditor):
            with self.assertRaises(AccessError):
                self.env.company.with_user(user).read(["hotline_sms_token"])
            with self.assertRaises(AccessError):
                settings.with_user(user).action_check_sms()

    def test_roles(self):
        """Officer and auditor see SMS, the officer acts; nobody writes or deletes one."""
        self.gateway.answer = (400, b"no", {})
        sms = self._issued()
        self._run_sms(sms)
        sms.with_user(self.auditor).read(["body"])
        for user in (self.operator, self.supervisor, self.executor, self.press):
            with self.assertRaises(AccessError):
                sms.with_user(user).read(["body"])
        with self.assertRaises(AccessError):
            sms.with_user(self.auditor).action_send_again()
        with self.assertRaises(AccessError):
            sms.with_user(self.officer).write({"phone_to": "+79135550103"})
        with self.assertRaises(UserError):
            sms.sudo().unlink()
        sms.with_user(self.officer).action_cancel()
        self.assertEqual(sms.state, "cancelled")
