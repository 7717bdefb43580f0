"""Two companies at the portal, through real sessions: what a browser's console may ask."""

import base64
from datetime import timedelta
from urllib.parse import urljoin

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..domain import assignments as rules
from .assignment_common import AssignmentCommon
from .objects_common import ObjectsCommon

# What a reader may ask of Odoo to be told with a name.
TELLING = {
    "show_email": True, "show_address": True, "address_inline": True, "show_vat": True,
    "partner_show_db_id": True, "hotline_addressee": True, "formatted_display_name": True,
    "active_test": False, "bin_size": False,
}  # fmt: skip
PLACES = ("hotline.object", "hotline.account", "hotline.meter", "hotline.reading")
CLOSED = (
    "helpdesk.ticket", "hotline.assignment", "hotline.call", "hotline.object.company",
    "hotline.register.run", "hotline.sight", "hotline.answer", "hotline.journal",
    "hotline.territory", "hotline.mail",
)  # fmt: skip


class CompaniesCommon(AssignmentCommon, ObjectsCommon):
    """Company one has house 15, company two a house of its own street; a citizen, a case, a call.

    The citizen's card holds what the register of company one does not know.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._places_of_the_other()
        cls._names_company(cls.house, cls.company_one)
        cls.one = cls._company_user(cls.company_one, "rpc_one")
        cls.two = cls._company_user(cls.company_two, "rpc_two")
        cls.citizen.write(
            {
                "surname": "Тайнова", "street": "ул. Домашняя, 5", "zip": "656043",
                "city": "Барнаул", "email": "taynova@citizen.example", "phone": "+79135559177",
            }
        )  # fmt: skip
        cls.account.holder_name = "Иванова М. П."
        cls.house.note = "Код домофона 1978"
        cls._case_and_call()
        cls.env.flush_all()

    @classmethod
    def _places_of_the_other(cls):
        street = cls._object("street", "Чужедольная", territory_id=cls.town.id)
        cls.their_house = cls._object("house", "77", parent_id=street.id)
        cls.their_flat = cls._object("flat", "9", parent_id=cls.their_house.id)
        cls._names_company(cls.their_house, cls.company_two)
        cls.their_account = cls._account(
            "7788-9900", cls.their_flat, cls.company_two, holder_name="Чужестранова Анна"
        )
        cls.their_meter = cls.env["hotline.meter"].create(
            {"account_id": cls.their_account.id, "service_id": cls.cold.id, "serial": "SN-4444"}
        )
        for account, meter, value in (
            (cls.account, cls.meter, "104,5"), (cls.their_account, cls.their_meter, "4321,987")
        ):  # fmt: skip
            account.with_user(cls.operator).submit_readings([{"meter": meter.id, "value": value}])

    @classmethod
    def _case_and_call(cls):
        cls.company_one.hotline_pd_mode = rules.NO_PERSONAL_DATA
        cls.call = cls.env["hotline.call"].with_user(cls.operator).create(
            {"phone": "89135559177", "partner_id": cls.citizen.id, "object_id": cls.flat.id}
        )  # fmt: skip
        about = {"applicant_surname": "Тайнова", "applicant_address": "ул. Домашняя, 5"}
        cls.case = cls._case(
            object_id=cls.flat.id, applicant_phone="+79135559177", **about,
            applicant_email="taynova@citizen.example",
        )  # fmt: skip
        cls.sent = cls._resolve(cls.case, cls.company_one)
        cls.theirs = cls._resolve(cls._case(object_id=cls.their_flat.id), cls.company_two)
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "Скан паспорта.txt", "datas": base64.b64encode("Скан".encode()),
                "res_model": "helpdesk.ticket", "res_id": cls.case.id,
            }
        )  # fmt: skip

    # What must never be told, in any answer, refusals included.
    OF_CITIZENS = (
        "Тайнова", "Домашняя", "656043", "citizen.example", "9135559177", "913 555-91-77",
        "Скан паспорта", "Код домофона",
    )  # fmt: skip
    OF_TWO = ("Чужедольная", "7788-9900", "Чужестранова", "SN-4444", "4321.987")
    OF_ONE = ("ул. Ленина, д. 15", "4410-0093", "Иванова М. П.", "123456")


@tagged("post_install", "-at_install")
class TestCompanyRpc(CompaniesCommon, HttpCase):
    """D3, D2: over HTTP a company is told its own places and accounts and nothing else."""

    def _ask(self, model, method, *args, **kwargs):
        """Return the answer of the server as text, whatever it is, and whether it refused."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        url = urljoin(self.base_url(), f"/web/dataset/call_kw/{model}/{method}")
        with mute_logger("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule"):
            answer = self.opener.post(url, json={"jsonrpc": "2.0", "id": 1, "params": params})
        return answer.json()

    def _roads(self, ids, own, shown, every, groups):
        """Yield (method, arguments) of the ways to read a model that the web client knows."""
        spec = {name: {"fields": {"display_name": {}}} for name in shown}
        yield "search_read", ([], shown)
        yield "search_read", ([], every)
        yield "read", (own, shown)
        yield "read", (ids, ["display_name"])
        yield "web_read", (own, spec)
        yield "web_search_read", ([], spec)
        yield "name_search", ()
        yield "export_data", (own, [*shown, ".id"])
        for name in every:
            yield "read", (own, [name])
        for name in groups:
            yield "web_read_group", ([], [name], ["__count"])

    def _walk(self, user, model, secrets):
        """Return how many questions about `model` were answered; none tells a secret."""
        records = self.env[model]
        shown = list(self._ask(model, "fields_get")["result"])
        every = [name for name in records._fields if name != "search_words"]
        groups = [name for name, one in records.fields_get().items() if one.get("groupable")]
        ids, own = records.search([]).ids, records.with_user(user).search([]).ids
        answered = 0
        for method, args in self._roads(ids, own, shown, every, groups):
            told = self._ask(model, method, *args, context=TELLING)
            answered += "result" in told
            for secret in secrets:
                self.assertNotIn(secret, str(told), (user.login, model, method, args))
        return answered

    def test_places(self):
        """D3, D2: objects, accounts, meters, readings by every road of the web client."""
        for user, others in ((self.one, self.OF_TWO), (self.two, self.OF_ONE)):
            self.authenticate(user.login, user.login)
            for model in PLACES:
                with self.subTest(model=model, user=user.login):
                    self.assertGreater(self._walk(user, model, (*others, *self.OF_CITIZENS)), 15)

    def test_own_is_told(self):
        """D2: the same roads do tell a company its own: the walk is not blind."""
        self.authenticate(self.one.login, self.one.login)
        names = {"hotline.object": "address", "hotline.meter": "serial", "hotline.reading": "value"}
        told = str([self._ask(model, "search_read", [], [name]) for model, name in names.items()])
        told += str(self._ask("hotline.account", "search_read", [], ["number", "holder_name"]))
        for known in ("ул. Ленина, д. 15, кв. 3", "4410-0093", "Иванова М. П.", "123456", "104.5"):
            self.assertIn(known, told)

    def _seen(self, user, model, domain):
        self.authenticate(user.login, user.login)
        return {row["id"] for row in self._ask(model, "search_read", domain, ["id"])["result"]}

    def test_the_nearest_company_sees_it(self):
        """D3: a flat given to another company for all work is no more of the house's company."""
        places = self.house | self.flat
        at = [("id", "in", places.ids)]
        self.assertEqual(self._seen(self.one, "hotline.object", at), set(places.ids))
        given = self._names_company(self.flat, self.company_two)
        theirs = self._account("5500-0001", self.flat, self.company_two)
        self.env.flush_all()
        self.assertEqual(self._seen(self.one, "hotline.object", at), set(self.house.ids))
        self.assertEqual(self._seen(self.two, "hotline.object", at), set(self.flat.ids))
        accounts = [("object_id", "=", self.flat.id)]
        self.assertEqual(self._seen(self.one, "hotline.account", accounts), set(self.account.ids))
        self.assertEqual(self._seen(self.two, "hotline.account", accounts), set(theirs.ids))
        for user, sent in ((self.one, self.sent.browse()), (self.two, self.theirs)):
            seen = self.sent.with_user(user)
            self.assertEqual(seen.sudo().search(seen._company_domain()), sent)
        given.valid_to = self.env.company._hotline_today() - timedelta(days=1)
        self.env.flush_all()
        self.assertEqual(self._seen(self.one, "hotline.object", at), set(places.ids))
        self.assertEqual(self._seen(self.two, "hotline.object", at), set())

    def test_a_company_of_one_work_sees_it_too(self):
        """D3: who is named for one work stands beside the one for all, until a nearer one."""
        lifts = self.env.ref("gov_hotline.work_kind_lifts")
        places = self.house | self.flat
        at = [("id", "in", places.ids)]
        self._names_company(self.house, self.company_two, work_kind_id=lifts.id)
        self.env.flush_all()
        for user in (self.one, self.two):
            self.assertEqual(self._seen(user, "hotline.object", at), set(places.ids))
        nearer = self._names_company(self.flat, self.company_one, work_kind_id=lifts.id)
        self.env.flush_all()
        self.assertEqual(self._seen(self.one, "hotline.object", at), set(places.ids))
        self.assertEqual(self._seen(self.two, "hotline.object", at), set(self.house.ids))
        nearer.write({"work_kind_id": False})
        self.env.flush_all()
        self.assertEqual(self._seen(self.two, "hotline.object", at), set(self.house.ids))

    def test_as_the_card_says(self):
        """D3: a company sees exactly the objects whose card names it among who answers today."""
        lifts = self.env.ref("gov_hotline.work_kind_lifts")
        self._names_company(self.street, self.company_two)
        self._names_company(self.street, self.company_two, work_kind_id=lifts.id)
        self._names_company(self.flat, self.company_two, work_kind_id=lifts.id)
        places = self.street | self.house | self.flat | self.other_house | self.other_flat
        self.env.invalidate_all()
        for user, company in ((self.one, self.company_one), (self.two, self.company_two)):
            said = places.filtered(lambda one, of=company: of in one.answering_ids.partner_id)
            self.assertTrue(said)
            seen = self._seen(user, "hotline.object", [("id", "in", places.ids)])
            self.assertEqual(seen, set(said.ids))

    def test_the_citizens_card(self):
        """D3, practice 7: neither the name on the card nor its address, asked with any context."""
        self.authenticate(self.one.login, self.one.login)
        for context in ({}, TELLING):
            for method, args in (
                ("read", ([self.account.id], ["holder_id"])),
                ("web_read", ([self.account.id], {"holder_id": {"fields": {"street": {}}}})),
                ("search_read", ([], ["holder_id"])),
                ("search", ([("holder_id.street", "ilike", "Домашняя")],)),
                ("search", ([("holder_id", "any", [("phone", "like", "9135")])],)),
                ("search", ([("holder_id", "any!", [("phone", "like", "9135")])],)),
                ("search", ([], 0, 10, "holder_id")),
                ("formatted_read_group", ([], ["holder_id"], ["__count"])),
            ):
                with self.subTest(method=method, args=args):
                    told = self._ask("hotline.account", method, *args, context=context)
                    self.assertIn("error", told)

    def test_who_of_the_staff(self):
        """D3: who of the staff entered a reading or an account is not told, grouped or searched."""
        self.authenticate(self.one.login, self.one.login)
        for model in PLACES:
            own = self.env[model].with_user(self.one).search([]).ids
            offered = self._ask(model, "fields_get")["result"]
            for name in ("create_uid", "write_uid"):
                self.assertNotIn(name, offered)
                for method, args in (
                    ("search_read", ([], [name])), ("read", (own, [name])),
                    ("web_read", (own, {name: {"fields": {"display_name": {}}}})),
                    ("formatted_read_group", ([], [name], ["__count"])),
                    ("formatted_read_group", ([], [], [f"{name}:array_agg"])),
                    ("search_count", ([(f"{name}.name", "ilike", "test")],)),
                    ("search_count", ([(name, "=", self.operator.id)],)),
                    ("search", ([], 0, 9, name)), ("get_metadata", (own,)),
                ):  # fmt: skip
                    with self.subTest(model=model, method=method, args=args):
                        self.assertIn("error", self._ask(model, method, *args))
            told = self._ask(model, "read", own, list(offered))
            self.assertNotIn(self.operator.name, str(told))

    def test_guessing(self):
        """D3: no search through a link tells what stands at the other company or on a card."""
        self.authenticate(self.one.login, self.one.login)
        for model, domain in (
            ("hotline.object", [("account_ids.number", "=", "7788-9900")]),
            ("hotline.object", [("account_ids", "any", [("holder_name", "ilike", "Чуже")])]),
            ("hotline.object", [("company_ids.partner_id.name", "ilike", "Вторая")]),
            ("hotline.account", [("object_id.address", "ilike", "Чужедольная")]),
            ("hotline.account", [("provider_id.name", "ilike", "Вторая")]),
            ("hotline.account", [("holder_name", "ilike", "Чуже")]),
            ("hotline.account", [("holder_name", "ilike", "Тайнова")]),
            ("hotline.meter", [("serial", "=", "SN-4444")]),
            ("hotline.meter", [("account_id.holder_name", "ilike", "Чуже")]),
            ("hotline.reading", [("value", ">", 4000)]),
            ("hotline.reading", [("user_id.name", "ilike", "test_operator")]),
            ("hotline.object", [("is_ours", "=", False)]),
            ("res.partner", [("street", "ilike", "Домашняя")]),
            ("res.partner", [("id", "=", self.citizen.id)]),
        ):
            with self.subTest(model=model, domain=domain):
                told = self._ask(model, "search_count", domain)
                self.assertFalse(told.get("result"), told)

    def test_closed_models(self):
        """D3: cases, assignments, calls, registers and the rest answer nothing."""
        for user in (self.one, self.two):
            self.authenticate(user.login, user.login)
            for model in CLOSED:
                for method, args in (
                    ("search_read", ([],)), ("name_search", ()), ("read", ([1], ["id"])),
                ):  # fmt: skip
                    if hasattr(self.env[model], method):
                        told = self._ask(model, method, *args)
                        self.assertIn("error", told, (user.login, model, method))

    def test_nothing_is_written(self):
        """D8: no reading, object or account is made, changed, archived by RPC."""
        self.authenticate(self.one.login, self.one.login)
        account = [self.account.id]
        line = [{"meter": self.meter.id, "value": "105"}]
        for model, method, args in (
            ("hotline.account", "submit_readings", (account, line)),
            ("hotline.account", "_submit_readings", (account, line)),
            ("hotline.account", "get_readings_form", (account,)),
            ("hotline.account", "action_show_hidden", (account,)),
            ("hotline.account", "write", (account, {"holder_name": "x"})),
            ("hotline.account", "web_save", (account, {"number": "1"}, {"number": {}})),
            ("hotline.account", "copy", (account,)),
            ("hotline.object", "action_archive", ([self.house.id],)),
            ("hotline.object", "create", ({"kind_id": self.flat.kind_id.id, "name": "99"},)),
            ("hotline.object", "action_open_cases", ([self.their_house.id],)),
            ("hotline.reading", "unlink", (self.meter.reading_ids.ids,)),
            ("hotline.workplace", "find", ("7788-9900",)),
            ("hotline.finder", "find", ("7788-9900",)),
        ):
            with self.subTest(model=model, method=method):
                self.assertIn("error", self._ask(model, method, *args))


@tagged("post_install", "-at_install")
class TestCompanyLinks(CompaniesCommon, HttpCase):
    """D3: links with another's id."""

    def _get(self, user, url):
        self.authenticate(user.login, user.login)
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.url_open(url, allow_redirects=True)

    def test_files(self):
        """D3: no file of a case and no field of another's record by a link."""
        for url in (
            f"/web/content/{self.file.id}",
            f"/web/content/ir.attachment/{self.file.id}/datas",
            f"/web/content/hotline.account/{self.their_account.id}/holder_name",
            f"/web/content/hotline.object/{self.house.id}/note",
            f"/web/image/ir.attachment/{self.file.id}/datas",
            f"/report/html/gov_hotline.report_card/{self.case.id}",
            f"/report/pdf/gov_hotline.report_card/{self.case.id}",
            f"/my/ticket/{self.case.id}",
            f"/my/ticket/{self.case.id}/file/{self.file.id}",
            f"/my/assignments/{self.theirs.id}",
            f"/my/assignments/{self.theirs.id}/file/{self.file.id}",
            f"/my/objects/{self.their_flat.id}",
            f"/my/objects/{self.street.id}",
            f"/odoo/hotline-accounts/{self.their_account.id}",
        ):
            with self.subTest(url):
                page = self._get(self.one, url)
                for secret in (*self.OF_CITIZENS, "Скан", *self.OF_TWO):
                    self.assertNotIn(secret, page.text)
                self.assertFalse(page.headers.get("Content-Disposition", "").count("Скан"))

    def test_pages(self):
        """D3, practice 7: the company's own pages name no citizen by the card."""
        for url in (
            "/my/home", "/my/objects", "/my/objects?search=Чужедольная", "/my/company-cases",
            f"/my/objects/{self.flat.id}", f"/my/objects/{self.house.id}", "/my/assignments",
            f"/my/assignments/{self.sent.id}", "/my/tickets",
        ):  # fmt: skip
            with self.subTest(url):
                page = self._get(self.one, url)
                self.assertEqual(page.status_code, 200)
                for secret in (*self.OF_CITIZENS, "7788-9900", "Чужестранова"):
                    self.assertNotIn(secret, page.text)
