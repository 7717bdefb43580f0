import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .phone_common import PhoneCommon

MODELS = (
    "hotline.pbx", "hotline.pbx.extension", "hotline.call.leg", "hotline.call.transfer",
    "hotline.pbx.command",
)  # fmt: skip


class RightsCommon(PhoneCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.browser = cls._telephone("110", cls.operator, kind="browser", new_sip_secret="sip-1")
        cls.pbx.write({"ws_url": "wss://pbx.example/ws", "sip_domain": "pbx.example"})
        cls.system = new_test_user(
            cls.env, "test_system", "base.group_system,gov_hotline.group_administrator"
        )
        cls.portal = new_test_user(cls.env, "test_portal_phone", "base.group_portal")
        cls.everybody = (
            *(cls.operator, cls.second, cls.officer, cls.administrator, cls.approver),
            *(cls.supervisor, cls.executor, cls.auditor, cls.press, cls.system, cls.portal),
        )


@tagged("post_install", "-at_install")
class TestPhoneRights(RightsCommon):
    """Who reads and writes what of the telephone; whose the secrets are."""

    def test_matrix(self):
        readers = {
            "hotline.pbx": {"operator", "officer", "administrator", "supervisor", "auditor"},
            "hotline.pbx.command": {"administrator", "auditor"},
        }
        calls = {"operator", "officer", "administrator", "approver", "supervisor", "auditor"}
        readers["hotline.pbx.extension"] = readers["hotline.pbx"]
        readers["hotline.call.leg"] = readers["hotline.call.transfer"] = calls
        roles = (*calls, "executor", "press")
        for model in MODELS:
            for operation in ("read", "write", "create", "unlink"):
                may = {
                    role
                    for role in roles
                    if self.env[model].with_user(getattr(self, role)).has_access(operation)
                }
                own = (
                    {"administrator"}
                    if model in ("hotline.pbx", "hotline.pbx.extension")
                    else set()
                )
                with self.subTest(model=model, operation=operation):
                    self.assertEqual(may, readers[model] if operation == "read" else own)

    def test_secrets_are_on_no_road(self):
        """read, search, group, export, web_read: whoever asks, the administrator too."""
        for record, name in ((self.pbx, "secret"), (self.browser, "sip_secret")):
            self.assertTrue(record.sudo()[name])
            for user in self.everybody:
                mine = record.with_user(user)
                roads = {
                    "read": lambda mine=mine, name=name: mine.read([name]),
                    "web_read": lambda mine=mine, name=name: mine.web_read({name: {}}),
                    "search": lambda mine=mine, name=name: mine.search([(name, "=", "x")]),
                    "group": lambda mine=mine, name=name: mine._read_group([], [name]),
                    "order": lambda mine=mine, name=name: mine.search([], order=name),
                    "export": lambda mine=mine, name=name: mine.export_data([name]),
                    "write": lambda mine=mine, name=name: mine.write({name: "mine"}),
                }
                for road, take in roads.items():
                    with self.subTest(user=user.login, name=name, road=road):
                        self.assertTrue(self._is_refused(take))
        self.assertEqual(self.pbx.sudo().secret, "ami-secret")

    def _is_refused(self, take):
        try:
            with self.env.cr.savepoint():
                take()
        except (UserError, ValueError):
            return True
        return False

    def test_where_the_pbx_is_is_for_administrators(self):
        """By which address and account the PBX is reached: no other role needs or reads it."""
        names = ("host", "port", "login", "context_trunk", "ws_url", "last_error", "check_words")
        for user in (self.operator, self.second, self.supervisor, self.auditor):
            mine = self.pbx.with_user(user)
            self.assertTrue(mine.read(["name", "state"]))
            self.assertFalse({*names} & {*mine.fields_get()})
            for name in names:
                with self.subTest(user=user.login, name=name):
                    self.assertTrue(
                        self._is_refused(lambda mine=mine, name=name: mine.read([name]))
                    )
                    self.assertTrue(
                        self._is_refused(
                            lambda mine=mine, name=name: mine.search([(name, "!=", False)])
                        )
                    )
        self.assertEqual(self.pbx.with_user(self.administrator).host, "127.0.0.1")

    def test_an_operators_page_works_without_them(self):
        """B1: look, sign in, dial, transfer, supervision: nobody's own rights reach the address."""
        self.pbx.invalidate_recordset()
        self._handset().look()
        self._handset().sign_in(self.phones["101"].id)
        self._handset().dial("+79135550101")
        call = self._talk(self.second)
        mine = self._handset(self.second)
        mine.targets(call.id, "+79135550199")
        mine.transfer(call.id, "number:+79135550199", "blind", "needs_decision")
        self._handset(self.supervisor).listen(call.id)
        self.assertEqual(self.pbx.with_user(self.operator).display_name, "АТС")

    def test_what_is_written_is_not_read_back(self):
        mine = self.pbx.with_user(self.administrator)
        mine.new_secret = "another"
        mine.invalidate_recordset()
        self.assertFalse(mine.read(["new_secret"])[0]["new_secret"])
        self.assertTrue(mine.has_secret)
        self.assertEqual(self.pbx.sudo().secret, "another")
        copy = self.browser.sudo().copy({"number": "111", "interface": "PJSIP/111"})
        self.assertFalse(copy.sip_secret)

    def test_softphone_settings_are_the_owners(self):
        self.assertFalse(self._handset().softphone_settings())  # not on the line there
        self._handset().sign_in(self.browser.id)
        self.assertEqual(
            self._handset().softphone_settings(),
            {
                "user": "110",
                "password": "sip-1",
                "domain": "pbx.example",
                "ws": "wss://pbx.example/ws",
                "name": self.operator.name,
            },
        )
        for user in (
            *(self.second, self.officer, self.administrator, self.system, self.supervisor),
        ):
            with self.subTest(user=user.login):
                self.assertFalse(self._handset(user).softphone_settings())
        for user in (self.auditor, self.press, self.executor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._handset(user).softphone_settings()

    def test_a_supervisor_listens_in_by_the_own_browser_off_the_line(self):
        """E9: without the operator's role too; never by another one's, none where one sits."""
        self.assertFalse(self._handset(self.supervisor).softphone_settings())
        ear = self._telephone("111", self.supervisor, kind="browser", new_sip_secret="sip-2")
        settings = self._handset(self.supervisor).softphone_settings()
        self.assertEqual((settings["user"], settings["password"]), ("111", "sip-2"))
        ear.sudo().at_id = self.second
        self.assertFalse(self._handset(self.supervisor).softphone_settings())
        ear.sudo().at_id = False
        self.phones["109"].sudo().at_id = self.supervisor
        self.assertFalse(self._handset(self.supervisor).softphone_settings())
        for act in ("look", "sign_out", "resume"):
            with self.subTest(act), self.assertRaises(AccessError):
                getattr(self._handset(self.supervisor), act)()  # takes no calls

    def test_administrator_makes_himself_no_owner_for_the_secret(self):
        """Who takes the telephone over gets no secret of the owner before: it is emptied."""
        self.browser.with_user(self.administrator).user_id = self.administrator
        self._handset(self.administrator).sign_in(self.browser.id)
        self.assertEqual(self._handset(self.administrator).softphone_settings()["password"], "")

    def test_two_bodies(self):
        elsewhere = self.env["res.company"].create({"name": "Другой орган"})
        other = new_test_user(
            self.env,
            "test_elsewhere",
            "gov_hotline.group_administrator,gov_hotline.group_supervisor",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        call = self._talk()
        self._handset().hangup(call.id)
        records = [
            self.pbx, self.browser, self.queue, call.leg_ids[:1],
            self.env["hotline.pbx.command"].search([], limit=1),
        ]  # fmt: skip
        for record in records:
            with self.subTest(record._name):
                self.assertFalse(record.with_user(other).has_access("read"))

    def test_number_in_a_leg_is_for_operators(self):
        call = self._talk()
        call.leg_ids[0].number = "+79135550101"
        for user in (self.supervisor, self.auditor, self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                call.leg_ids[0].with_user(user).read(["number"])
        self.assertTrue(call.leg_ids[0].with_user(self.operator).number)

    def test_what_the_pbx_tells_is_not_set_by_hand(self):
        vals = {"phase": "over", "fate": "answered", "pbx_id": self.pbx.id, "linkedid": "1.1"}
        call = self.env["hotline.call"].with_user(self.operator).create({"phone": "1", **vals})
        for name in vals:
            self.assertFalse(call[name], name)
        for user in (self.operator, self.officer, self.supervisor):
            for name, value in {**vals, "end_cause": "16", "ring_seconds": 5}.items():
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    call.with_user(user).write({name: value})

    def test_faulty_values_are_refused(self):
        for vals in (
            {"host": "127.0.0.1\r\nAction: x"}, {"login": "odoo x"}, {"new_secret": "a\nb"},
            {"allowed": "(.*)"},
        ):  # fmt: skip
            with self.subTest(vals), self.assertRaises(UserError):
                self.pbx.with_user(self.administrator).write(vals)
        for vals in ({"number": "1a"}, {"interface": "Local/1@x"}, {"interface": "PJSIP/1\r\n"}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.browser.with_user(self.administrator).write(vals)


@tagged("post_install", "-at_install")
class TestPhoneRpc(RightsCommon, HttpCase):
    """The same through the doors of RPC: sessions and keys."""

    def _call(self, method, **kwargs):
        return self.url_open(
            f"/web/dataset/call_kw/hotline.handset/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": "hotline.handset",
                        "method": method,
                        "args": [],
                        "kwargs": kwargs,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()

    @mute_logger("odoo.http")
    def test_the_session_of_the_owner(self):
        self._handset().sign_in(self.browser.id)
        self.authenticate(self.operator.login, self.operator.login)
        self.assertEqual(self._call("softphone_settings")["result"]["password"], "sip-1")
        self.authenticate(self.second.login, self.second.login)
        self.assertFalse(self._call("softphone_settings")["result"])
        self.authenticate(self.auditor.login, self.auditor.login)
        self.assertIn("error", self._call("softphone_settings"))

    def test_what_the_page_of_a_supervisor_opens_with(self):
        """The id of the own telephone in the browser, no secret; nobody else's page has it."""
        ear = self._telephone("111", self.supervisor, kind="browser", new_sip_secret="sip-2")
        listens = {}
        for user in (self.supervisor, self.operator):
            self.authenticate(user.login, user.login)
            info = self.make_jsonrpc_request("/web/session/get_session_info", {})
            listens[user] = info.get("hotline_listens")
            self.assertNotIn("sip-", json.dumps(info))
        self.assertEqual(listens, {self.supervisor: {"extension": ear.id}, self.operator: None})

    @mute_logger("odoo.http")
    def test_a_key_is_no_session(self):
        self._handset().sign_in(self.browser.id)
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.operator)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(hours=1))
        )
        answer = self.url_open(
            "/json/2/hotline.handset/softphone_settings",
            data="{}",
            headers={"Authorization": f"bearer {key}", "Content-Type": "application/json"},
        )
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("sip-1", answer.text)

    @mute_logger("odoo.http")
    def test_private_methods_are_closed(self):
        self.authenticate(self.operator.login, self.operator.login)
        for method in ("_hand_over", "_dial", "_ask", "_target"):
            with self.subTest(method):
                self.assertIn("error", self._call(method))
