import time
from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.session_lock import DEFAULT, NEXT, PARAM, SEEN_AT
from .common import ROLES, HotlineCommon

LOCKED = "odoo.addons.auth_timeout.models.ir_http.CheckIdentityException"


@tagged("post_install", "-at_install")
class TestLockSetting(HotlineCommon):
    def _seconds(self, user):
        return user._get_lock_timeout_inactivity()

    def test_who_is_locked(self):
        """B4: every role after fifteen minutes; a citizen's own page never."""
        for role in ROLES:
            self.assertEqual(self._seconds(getattr(self, role)), DEFAULT * 60, role)
        citizen = self.env["res.users"].create(
            {
                "login": "maria", "name": "Мария",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )  # fmt: skip
        self.assertFalse(self._seconds(citizen))

    def test_the_setting(self):
        """B4: the administrator sets the minutes; never and nonsense are refused."""
        settings = self.env["res.config.settings"].create({"hotline_lock_minutes": 5})
        settings.execute()
        self.assertEqual(self._seconds(self.operator), 300)
        for minutes in (0, -1, 1441):
            with self.subTest(minutes), self.assertRaises(ValidationError):
                self.env["res.config.settings"].create({"hotline_lock_minutes": minutes})
        self.env["ir.config_parameter"].set_param(PARAM, "?")
        self.assertEqual(self._seconds(self.operator), DEFAULT * 60)

    def test_a_stricter_group(self):
        """B4: what the administrator asks of a group holds where it is stricter."""
        group = self.env.ref("gov_hotline.group_operator")
        group.lock_timeout_inactivity = 3
        self.assertEqual(self._seconds(self.operator), 180)
        group.lock_timeout_inactivity = 60
        self.assertEqual(self._seconds(self.operator), DEFAULT * 60)
        group.lock_timeout_inactivity_mfa = True
        own = self.operator._get_lock_timeouts()["lock_timeout_inactivity"]
        self.assertEqual(own, [(DEFAULT * 60, False), (3600, True)])


@tagged("post_install", "-at_install")
class TestSessionLock(HotlineCommon, HttpCase):
    """The session is locked on the server; the password opens it."""

    def setUp(self):
        super().setUp()
        self.authenticate(self.operator.login, self.operator.login)

    def _stored(self, **values):
        session = root.session_store.get(self.session.sid)
        session.update(values)
        root.session_store.save(session)

    def _rpc(self, url="/web/dataset/call_kw", **params):
        answer = self.url_open(url, json={"params": params or self._read()}).json()
        return answer.get("error", {}).get("data", {}).get("name") or answer.get("result")

    def _read(self):
        return {"model": "helpdesk.ticket", "method": "search_count", "args": [[]], "kwargs": {}}

    def _unlock(self, password):
        url = "/auth-timeout/session/check-identity"
        return self._rpc(url, type="password", password=password)

    def _idle(self, minutes):
        self._stored(**{SEEN_AT: time.time() - 60 * minutes})

    @mute_logger("odoo.http")  # the wrong password
    def test_idle(self):
        """B4: after the time nothing is answered, whatever the browser tells; then the password."""
        self.assertIsInstance(self._rpc(), int)
        self._idle(DEFAULT - 1)
        self.assertIsInstance(self._rpc(), int)
        self._idle(DEFAULT + 1)
        self.assertEqual(self._rpc(), LOCKED)
        self.assertEqual(self._rpc(), LOCKED)
        self.assertEqual(self._unlock("wrong"), "odoo.exceptions.AccessDenied")
        self.assertEqual(self._rpc(), LOCKED)
        self.assertIsNone(self._unlock(self.operator.login))
        self.assertIsInstance(self._rpc(), int)

    def test_pages(self):
        """B4: a page asked for by its address leads to the password, too."""
        self._idle(DEFAULT + 1)
        page = self.url_open("/web/export/xlsx", data={"data": "{}"}, allow_redirects=False)
        self.assertIn("/auth-timeout/check-identity", page.headers["Location"])
        words = self.url_open("/auth-timeout/check-identity").text
        self.assertIn("Сеанс заблокирован", words)

    def test_other_doors(self):
        """B4: files and the JSON door by the session's cookie are closed, a key's not."""
        ticket = self._registered()
        attachment = self.env["ir.attachment"].create(
            {"name": "x.txt", "raw": b"hi", "res_model": ticket._name, "res_id": ticket.id}
        )
        file = f"/web/content/{attachment.id}"
        same_origin = {
            "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Site": "same-origin", "Sec-Fetch-User": "?1",
        }  # fmt: skip
        count = {"url": "/json/2/helpdesk.ticket/search_count", "json": {"domain": []}}
        self.assertEqual(self.url_open(file).content, b"hi")
        self.assertEqual(self.url_open(**count, headers=same_origin).status_code, 200)
        self._idle(DEFAULT + 1)
        self.assertEqual(self.url_open(file).status_code, 404)
        self.assertEqual(self.url_open(**count, headers=same_origin).status_code, 403)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        key = self.env["res.users.apikeys"].with_user(self.operator)._generate("rpc", "x", tomorrow)
        bearer = {"Authorization": f"bearer {key}"}
        self.assertEqual(self.url_open(**count, headers=bearer).status_code, 200)

    def test_at_once(self):
        """B4: who leaves the desk locks it without waiting."""
        self.url_open("/hotline/session/lock", json={"params": {}})
        self.assertEqual(self._rpc(), LOCKED)

    def test_core_lock_is_not_opened_by_asking(self):
        """B4: the browser said nobody is there: no request of that session opens it again."""
        self._stored(**{NEXT: time.time() - 1, SEEN_AT: time.time()})
        self.assertEqual(self._rpc(), LOCKED)
        self.assertEqual(self._rpc(), LOCKED)

    @mute_logger("odoo.http")  # the wrong password
    def test_the_screen_keeps_what_was_typed(self):
        """B4: locked in the middle of a text; the password brings it back."""
        self.env["res.lang"]._activate_lang("ru_RU")
        ticket = self._draft(appeal_text="Начало.")
        self.start_tour(
            f"/odoo/helpdesk.ticket/{ticket.id}", "hotline_lock_keeps_text",
            login=self.operator.login, timeout=120,
        )  # fmt: skip
        self.assertEqual(ticket.appeal_text, "Начало и продолжение.")
