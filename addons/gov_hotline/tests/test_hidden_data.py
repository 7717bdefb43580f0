import re

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.hidden_table import PHONES
from .common import HotlineCommon

NUMBER = "9135559177"
DOCUMENT = "4410778899"
WITHOUT_NEED = ("approver", "supervisor", "auditor")
WALKED = ("hotline.", "helpdesk.", "res.partner")


@tagged("post_install", "-at_install")
class TestHiddenData(HotlineCommon):
    """Telephones and documents in part for roles that call nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.phone = f"+7{NUMBER}"
        cls.ticket = cls._registered(applicant_phone=f"+7{NUMBER}")
        cls.call = (
            cls.env["hotline.call"]
            .with_user(cls.operator)
            .create({"phone": f"8{NUMBER}", "partner_id": cls.citizen.id})
        )
        cls.env.company.hotline_keep_document_number = True
        cls.reception = cls.env["hotline.reception"].create(
            {
                "partner_id": cls.citizen.id, "citizen_phone": f"+7{NUMBER}",
                "document_number": DOCUMENT, "official_name": "Кузнецов В. А.",
                "held_at": "2026-11-20 09:00:00",
            }
        )  # fmt: skip
        cls.closed_fields = (
            (cls.ticket, "applicant_phone"), (cls.call, "phone"), (cls.call, "phone_raw"),
            (cls.reception, "citizen_phone"), (cls.reception, "document_number"),
            (cls.citizen, "phone"), (cls.citizen, "hotline_phone_ids"),
        )  # fmt: skip

    def test_who_needs_it_sees_it(self):
        """B4: operator and officer call people: they see the number."""
        for role in ("operator", "officer", "administrator"):
            for record, name in self.closed_fields:
                value = record.with_user(getattr(self, role)).read([name])[0][name]
                self.assertTrue(value, (role, name))

    def test_no_road_gives_it(self):
        """B4: not by reading, searching, sorting, grouping, exporting; not by a path either."""
        for role in WITHOUT_NEED:
            user = getattr(self, role)
            user.group_ids += self.env.ref("base.group_allow_export")
            for record, name in self.closed_fields:
                with self.subTest(role=role, model=record._name, name=name):
                    self._refused(record.with_user(user), name)
            paths = (("helpdesk.ticket", "partner_id.phone"), ("hotline.call", "partner_id.phone"),
                     ("helpdesk.ticket", "call_ids.phone"))  # fmt: skip
            for model, path in paths:
                with self.subTest(role=role, path=path), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([(path, "ilike", NUMBER)])
            with self.assertRaises(AccessError):
                self.call.with_user(user).export_data(["partner_id/phone"])
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).web_read({"partner_id": {"fields": {"phone": {}}}})

    def _refused(self, record, name):
        """Each road to a closed field ends in a refusal."""
        self.env.invalidate_all()
        model = record.browse()
        roads = [
            lambda: record.read([name]),
            lambda: record.web_read({name: {}}),
            lambda: model.search([(name, "ilike", NUMBER[:5])]),
            lambda: record.export_data([name]),
        ]
        if record._fields[name].type == "char":
            roads += [
                lambda: model.search([], order=name),
                lambda: model.formatted_read_group([], [name], ["__count"]),
                lambda: model.formatted_read_group([], [], [f"{name}:array_agg"]),
            ]
        for number, road in enumerate(roads):
            with self.assertRaises(AccessError, msg=number):
                road()
        self.assertNotIn(name, model.fields_get())

    def test_searched_by_its_own_method(self):
        """B4: no virtual field (Odoo's search over telephones, a user's card) answers a guess."""
        citizen = self.env["res.users"].create(
            {
                "login": "citizen-of-the-page", "partner_id": self.citizen.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )  # fmt: skip
        names = sorted(PHONES)
        for role in WITHOUT_NEED:
            env = self.env(user=getattr(self, role))
            for model, name in ((m, n) for m in ("res.partner", "res.users") for n in names):
                with self.subTest(role=role, model=model, name=name):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        env[model].browse((citizen if "users" in model else self.citizen).id).read(
                            [name]
                        )
                    if name == "phone_blacklisted":  # neither stored nor searched
                        continue
                    value = True if "blacklisted" in name else f"+7{NUMBER}"
                    for term in ((name, "=", value), (name, "in", [value])):
                        with self.assertRaises(AccessError):
                            env[model].search([term])
            self._walk_searches(env)
        self.assertTrue(
            self.env["res.partner"]
            .with_user(self.operator)
            .search([("phone_mobile_search", "=", f"+7{NUMBER}")])
        )

    def _walk_searches(self, env):
        """A true and a false number get the same answer from every searched field."""
        for name in sorted(env.registry):
            model = env[name]
            walked = name.startswith(WALKED) or name == "res.users"
            if not walked or not model._auto or model._transient or not model.has_access("read"):
                continue
            for field in model._fields.values():
                told = field.store or not field.search or field.name == "display_name"
                if told or field.type not in ("char", "text"):
                    continue
                if not model._has_field_access(field, "read"):
                    continue
                for operator in ("=", "ilike"):
                    found = [
                        self._count(model, (field.name, operator, number))
                        for number in (f"+7{NUMBER}", "+79990000000")
                    ]
                    self.assertEqual(*found, (env.user.login, field, operator))

    def _count(self, model, term):
        try:
            return model.search_count([term])
        except (UserError, NotImplementedError, ValueError) as refused:
            return type(refused)

    def test_users_phone(self):
        """B4: the telephone on a user's card is no road to a citizen's; one's own is read."""
        user = self.auditor.with_user(self.auditor)
        self.assertIn("phone", user.read(["phone"])[0])
        citizen = self.env["res.users"].create(
            {
                "login": "citizen-of-the-page", "partner_id": self.citizen.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )  # fmt: skip
        Users = self.env["res.users"].with_user(self.auditor)
        with self.assertRaises(AccessError):
            Users.search_read([("share", "=", True)], ["login", "phone"])
        self.auditor.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            Users.browse(citizen.id).export_data(["phone"])
        with self.assertRaises(AccessError):
            Users.search([("partner_id.phone_mobile_search", "=", f"+7{NUMBER}")])
        self.assertEqual(citizen.with_user(self.operator).phone, f"+7{NUMBER}")

    def test_walk(self):
        """B4: everything these roles may read of everything holds the number nowhere."""
        for role in WITHOUT_NEED:
            env = self.env(user=getattr(self, role))
            for name in sorted(env.registry):
                model = env[name]
                if not name.startswith(WALKED) or not model._auto or model._transient:
                    continue
                if not model.has_access("read"):
                    continue
                self.env.invalidate_all()
                skipped = ("binary", "one2many", "many2many")  # what they hold is walked itself
                names = [k for k in model.fields_get() if model._fields[k].type not in skipped]
                for record in model.search([], order="id desc", limit=5):
                    found = re.sub(r"[\s()\-\u00a0]", "", str(record.read(names)))
                    self.assertNotIn(NUMBER, found, (role, record))
                    self.assertNotIn(DOCUMENT, found, (role, record))

    def test_the_end_is_shown(self):
        """B4: the last four: to know which of two numbers it was."""
        for role in WITHOUT_NEED:
            user = getattr(self, role)
            for record in (self.ticket, self.call, self.reception, self.citizen):
                shown = record.with_user(user).phone_end
                self.assertEqual(shown, f"••• {NUMBER[-4:]}", (role, record))
            self.assertEqual(self.reception.with_user(user).document_end, f"••• {DOCUMENT[-4:]}")
            self.agency.phone = "+73852100200"
            self.assertEqual(self.agency.with_user(user).phone_end, "+73852100200")

    def test_the_button(self):
        """X5: the whole is shown on demand, and who asked for it stays noted."""
        for record in (self.ticket, self.call, self.reception, self.citizen):
            told = record.with_user(self.supervisor).action_show_hidden()["params"]["message"]
            self.assertIn(NUMBER, re.sub(r"\D", "", told))
            look = self.env["hotline.sight"].search([], limit=1)
            self.assertEqual(
                (look.kind, look.model, look.res_ref, look.user_ref),
                ("revealed", record._name, record.id, self.supervisor.id),
            )
        for role in ("executor", "press"):
            with self.assertRaises(AccessError):
                self.ticket.with_user(getattr(self, role)).action_show_hidden()

    def test_views(self):
        """B4: no screen of theirs asks for a closed field."""
        for role in WITHOUT_NEED:
            for model in ("helpdesk.ticket", "hotline.call", "hotline.reception", "res.partner"):
                Model = self.env[model].with_user(getattr(self, role))
                closed = {name for record, name in self.closed_fields if record._name == model}
                for kind in ("list", "form", "search"):
                    arch = Model.get_view(view_type=kind)["arch"]
                    shown = set(re.findall(r'<field[^>]* name="(\w+)"', arch))
                    self.assertFalse(shown & closed, (role, model, kind))
