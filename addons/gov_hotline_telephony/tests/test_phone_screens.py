from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .phone_common import PhoneCommon

ACTIONS = {
    "menu_pbx": "hotline_pbx_action",
    "menu_extensions": "hotline_pbx_extension_action",
    "menu_queues": "hotline_queue_action",
    "menu_pause_reasons": "hotline_pause_reason_action",
    "menu_waiting": "hotline_call_action_waiting",
    "menu_operators": "hotline_operator_state_action",
}
SETTINGS = {"menu_pbx", "menu_extensions", "menu_queues", "menu_pause_reasons"}
MENUS = {
    "operator": set(),
    "officer": set(),
    "administrator": SETTINGS,
    "approver": set(),
    "supervisor": {"menu_waiting", "menu_operators"},
    "executor": set(),
    "auditor": {"menu_operators"},
    "press": set(),
}


@tagged("post_install", "-at_install")
class TestPhoneScreens(PhoneCommon):
    """Each role has its own screens of the telephone, and each of them opens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hotline.handset"].with_user(cls.operator).sign_in(cls.phones["101"].id)

    def test_menus_by_role(self):
        for role, menus in MENUS.items():
            user = getattr(self, role)
            visible = set(self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
            seen = {
                name
                for name in ACTIONS
                if self.env.ref(f"gov_hotline_telephony.{name}").id in visible
            }
            with self.subTest(role):
                self.assertEqual(seen, menus)

    def test_every_screen_opens(self):
        for role, menus in MENUS.items():
            for name in sorted(menus):
                with self.subTest(role=role, menu=name):
                    self._open(getattr(self, role), ACTIONS[name])

    def _open(self, user, name):
        """Do what a browser does: views, then the list with the columns of the view."""
        self.env.invalidate_all()
        action = self.env.ref(f"gov_hotline_telephony.{name}")
        Model = self.env[action.res_model].with_user(user)
        modes = [(False, mode) for mode in action.view_mode.split(",")]
        loaded = Model.get_views([*modes, (False, "search")])
        fields = loaded["models"][action.res_model]["fields"]
        listed = Model.web_search_read([], {field: {} for field in fields}, limit=5)
        self.assertIn("records", listed)

    def test_card_of_a_call_for_each_reader(self):
        """The page «Telephone» opens for whoever reads calls; numbers for operators only."""
        call = self._talk(partner_id=self.citizen.id)
        call.leg_ids[0].number = "+79135550101"
        self._handset().transfer(call.id, f"user:{self.second.id}", "blind", "competence")
        for role in ("operator", "officer", "administrator", "approver", "supervisor", "auditor"):
            self.env.invalidate_all()
            mine = call.with_user(getattr(self, role))
            with self.subTest(role):
                arch = mine.get_view(view_type="form")["arch"]
                self.assertIn('name="transfer_ids"', arch)
                names = ["role", "answered_at", "cause_words"]
                if role in ("operator", "officer", "administrator"):
                    names.append("number")
                    self.assertIn('name="number"', arch)
                self.assertEqual(len(mine.leg_ids.read(names)), 2)
                self.assertTrue(mine.transfer_ids.read(["to_name", "cause", "result"]))
        with self.assertRaises(AccessError):
            call.with_user(self.press).read(["leg_ids"])

    def test_lists_cost_the_same_for_more(self):
        """Few statements, however many telephones and states stand in a list."""
        states = self.env["hotline.operator.state"].with_user(self.supervisor)
        columns = {name: {} for name in ("user_id", "state", "lasts", "since", "reason_id")}
        columns |= {"user_id": {"fields": {"display_name": {}}}}
        states.web_search_read([], columns)
        for number in range(200, 230):
            self.env["hotline.operator.state"].sudo().create(
                {
                    "user_id": self.second.id,
                    "state": "paused",
                    "since": f"2026-11-22 10:00:{number - 200:02}",
                    "until": f"2026-11-22 10:01:{number - 200:02}",
                    "company_id": self.env.company.id,
                }
            )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            states.web_search_read([], columns)

    def test_a_hidden_number_shows_no_word_of_the_exchange(self):
        """Neither on the strip nor as the end of a number where only the end is shown."""
        call = self._talk(phone=False, phone_raw="anonymous")
        self.assertEqual(call.with_user(self.operator)._phone_vals()["phone"], "")
        self.assertFalse(call.with_user(self.supervisor).phone_end)
        inside = self._talk(phone=False, phone_raw="215")
        self.assertEqual(inside.with_user(self.operator)._phone_vals()["phone"], "215")

    def test_causes_of_transfers_are_words_of_the_reader(self):
        Transfer = self.env["hotline.call.transfer"].with_user(self.supervisor)
        of_a_call = self.env["hotline.call"].with_context(lang="ru_RU")
        told = Transfer.with_context(lang="ru_RU").fields_get(["cause"])["cause"]["selection"]
        wanted = of_a_call.fields_get(["redirect_cause"])["redirect_cause"]["selection"]
        self.assertEqual(told, wanted)
        self.assertNotRegex(" ".join(words for _code, words in told), "[A-Za-z]")

    def test_call_backs_read_themselves_anew_and_are_not_made_by_hand(self):
        """D1: what the system dials comes and goes by itself."""
        action = self.env.ref("gov_hotline_telephony.hotline_callback_action")
        self.assertIs(literal_eval(action.context)["create"], False)
        arch = self.env.ref("gov_hotline_telephony.hotline_callback_view_list").arch
        self.assertEqual(etree.fromstring(arch).get("js_class"), "hotline_live_list")

    def test_filters_of_calls(self):
        gone = self._talk(phase="over", fate="abandoned", answered_at=False)
        dropped = self._talk(phase="over", fate="answered")
        ended = self._talk(phase="over", fate="answered", ended_by="citizen")
        going = self._talk()
        ours = gone | dropped | ended | going
        for name, found in {"abandoned": gone, "dropped": dropped, "in_pbx": going}.items():
            with self.subTest(name):
                self.assertEqual(self._filtered(name) & ours, found)

    def _filtered(self, name):
        Call = self.env["hotline.call"].with_user(self.supervisor)
        arch = Call.get_view(view_type="search")["arch"]
        [domain] = etree.fromstring(arch).xpath(f"//filter[@name='{name}']/@domain")
        return Call.search(literal_eval(domain)).with_env(self.env)
