"""The walk over everything that roles without need may read: no contact of a citizen is whole."""

import base64
import re
from html import unescape
from types import SimpleNamespace

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from ..models.hidden_table import FIELDS, NEED, OF_CITIZENS, PHONES, groups
from .common import HotlineCommon

NUMBER = "9135559177"
MAIL = "pelageya.walk@citizen.example"
STREET = "Тайная"
DOCUMENT = "4410778899"
WITHOUT = {
    "approver": (NUMBER, DOCUMENT),
    "supervisor": (NUMBER, DOCUMENT, MAIL, STREET),
    "auditor": (NUMBER, DOCUMENT, MAIL, STREET),
}
# Where a contact may stand all the same, and why.
ALLOWED = {
    ("helpdesk.ticket", "appeal_text"): "the applicant's words are the case",
    ("hotline.answer", "text"): "the letter as the addressee gets it",
    ("hotline.mail", "body"): "the letter as the addressee got it",
    ("mail.message", "email_from"): "no citizen writes into a thread: letters come elsewhere",
    ("mail.message", "reply_to"): "as above",
}
# Where a role sees the whole, and why.
ALLOWED_TO = {
    (
        "supervisor",
        "hotline.register.run",
    ): "a register is loaded by those who see what stands in it",
    ("supervisor", "hotline.register.column"): "as above",
    ("supervisor", "hotline.register.row"): "as above",
}
SKIPPED_TYPES = ("binary", "one2many", "many2many", "many2one_reference", "reference")
# What a reader may ask of Odoo to be told with a contact's name.
CONTEXTS = {
    "show_email": True, "show_address": True, "address_inline": True, "show_vat": True,
    "partner_show_db_id": True, "hotline_addressee": True,
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestHiddenWalk(HotlineCommon):
    """B4: telephone, e-mail, street and document of a citizen, in every model, for each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.write(
            {
                "phone": f"+7{NUMBER}", "email": MAIL, "zip": "656043", "city": "Барнаул",
                "street": f"ул. {STREET}, 15",
            }
        )  # fmt: skip
        address = f"656043, Барнаул, ул. {STREET}, 15"
        cls.ticket = cls._registered(
            applicant_phone=f"+7{NUMBER}", applicant_email=MAIL, applicant_address=address
        )
        cls.user = cls.env["res.users"].create(
            {
                "login": MAIL, "partner_id": cls.citizen.id,
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )  # fmt: skip
        cls._make_what_hangs_on_it(address)
        cls.env.flush_all()

    @classmethod
    def _make_what_hangs_on_it(cls, address):
        operator = cls.env(user=cls.operator)
        case = {"ticket_id": cls.ticket.id}
        operator["hotline.call"].create({"phone": f"8{NUMBER}", "partner_id": cls.citizen.id})
        operator["hotline.task"].create(
            {"name": "Перезвонить", "kind": "callback", "phone": f"+7{NUMBER}", **case}
        )
        for name, value in (
            ("applicant_phone", f"+7{NUMBER[:-1]}0"),
            ("applicant_email", f"x{MAIL}"),
            ("applicant_address", f"{address}, кв. 2"),
        ):
            asked = {"field_name": name, "value_after": value, "reason": "ослышались", **case}
            operator["hotline.correction"].create(asked)
        cls.env["hotline.coapplicant"].create({"name": "Пелагея", "address": address, **case})
        cls.env.company.hotline_keep_document_number = True
        cls.env["hotline.reception"].create(
            {
                "partner_id": cls.citizen.id, "citizen_phone": f"+7{NUMBER}",
                "document_number": DOCUMENT, "official_name": "Кузнецов В. А.",
                "held_at": "2026-11-20 09:00:00",
            }
        )  # fmt: skip
        cls.assignment = cls.env["hotline.assignment"].create(
            {"partner_id": cls.agency.id, "text": "Проверить", **case}
        )
        cls._put_letters(cls._answer(cls.ticket), cls._notice())
        cls._load_a_register(address)
        cls.citizen.message_post(body="Дополнила адрес")

    @classmethod
    def _notice(cls):
        return cls.ticket.with_user(cls.officer)._new_notice("registration").sudo()

    @classmethod
    def _put_letters(cls, *sources):
        """Letters of which the server says that there is no such address."""
        for source in sources:
            kind = source._name.rpartition(".")[2]
            mail = cls.env["hotline.mail"]._enqueue(
                source, kind, MAIL, "Письмо", "Текст", [], f"walk:{kind}"
            )
            mail._step("send")
            mail._finish_fail(SimpleNamespace(why=f"550 <{MAIL}> unknown", server="mail"))

    @classmethod
    def _load_a_register(cls, address):
        town = cls.env["hotline.territory"].create({"name": "Город обхода"})
        source = cls.env["hotline.register.source"].create(
            {"name": "Обход", "partner_id": cls.agency.id, "territory_id": town.id}
        )
        content = f"Лицевой счёт;ФИО;Адрес;Телефон;Почта\n1;Иванова;{address};8{NUMBER};{MAIL}\n"
        run = cls.env["hotline.register.run"].create(
            {
                "source_id": source.id, "filename": "обход.csv",
                "file": base64.b64encode(content.encode()),
            }
        )  # fmt: skip
        row = {"line": 2, "cells": ["1", "Иванова", address, NUMBER, MAIL], "is_told": True}
        remarks = [["phone", NUMBER], ["no_house", address]]
        cls.env["hotline.register.row"].create({"run_id": run.id, "remarks": remarks, **row})

    def _models(self, env):
        for name in sorted(env.registry):
            model = env[name]
            stored = model._auto and not model._transient and not model._abstract
            if stored and model.has_access("read"):
                yield model

    def test_walk(self):
        """B4: every text that these roles read, of every model they read, tells none of it."""
        for role, secrets in WITHOUT.items():
            env = self.env(user=getattr(self, role), context={"lang": "ru_RU", **CONTEXTS})
            seen = 0
            for model in self._models(env):
                if (role, model._name) in ALLOWED_TO:
                    continue
                self.env.invalidate_all()
                names = [
                    name for name in model.fields_get()
                    if model._fields[name].type not in SKIPPED_TYPES
                    and (model._name, name) not in ALLOWED
                ]  # fmt: skip
                for record in model.with_context(active_test=False).search(
                    [], order="id desc", limit=8
                ):
                    seen += 1
                    told = self._told(record, names)
                    for name, text in told.items():
                        for secret in secrets:
                            self.assertNotIn(secret, text, (role, record, name))
            self.assertGreater(seen, 100)

    def _told(self, record, names):
        """Return {field: what is read, without spaces in numbers}; a refusal is nothing."""
        try:
            values = record.read(names)[0]
        except AccessError:
            values = {}
            for name in names:
                try:
                    values |= record.read([name])[0]
                except AccessError:
                    continue
        return {name: _plain(value) for name, value in values.items() if value}

    def test_the_table_is_whole(self):
        """B4: each field of the table is closed by exactly the groups of its kind."""
        for model, closed in FIELDS.items():
            for name, kind in closed.items():
                field = self.env[model]._fields[name]
                self.assertEqual(set((field.groups or "").split(",")), set(groups(kind).split(",")))
        self.assertLessEqual(set(OF_CITIZENS.values()), set(NEED))

    def test_a_citizens_mail_and_street(self):
        """B4: no search, order, group or path tells a citizen's; colleagues and agencies stay."""
        self.agency.write({"email": "teplo@agency.example", "street": "ул. Открытая, 1"})
        for role in ("supervisor", "auditor"):
            env = self.env(user=getattr(self, role))
            people = env["res.partner"]
            self.env.invalidate_all()
            for name in OF_CITIZENS:
                if name not in people._fields:
                    continue
                with self.assertRaises(AccessError):
                    people.browse(self.citizen.id).read([name])
            self.assertEqual(people.browse(self.agency.id).read(["email"])[0]["email"],
                             "teplo@agency.example")  # fmt: skip
            for term in (("email", "=", MAIL), ("email_normalized", "=", MAIL),
                         ("street", "ilike", STREET), ("zip", "=", "656043"),
                         ("display_name", "ilike", MAIL)):  # fmt: skip
                self.assertNotIn(self.citizen.id, people.search([term]).ids, term)
            self.assertFalse(people.name_search(MAIL))
            self.assertIn(self.agency.id, people.search([("email", "ilike", "teplo@")]).ids)
            self.assertFalse(env["res.users"].search([("login", "=", MAIL)]))
            for order in ("email", "street", "zip"):
                with self.assertRaises(AccessError):
                    people.search([], order=order)
                with self.assertRaises(AccessError):
                    people.formatted_read_group([], [order], ["__count"])
            self._paths(env)

    def _paths(self, env):
        found = []
        for path in ("partner_id.email", "partner_id.street", "partner_id.phone",
                     "partner_id.email_normalized"):  # fmt: skip
            value = {"partner_id.phone": NUMBER, "partner_id.street": STREET}.get(path, MAIL)
            for operator in ("ilike", "=like"):
                try:
                    wild = f"%{value}%" if operator == "=like" else value
                    found += env["helpdesk.ticket"].search([(path, operator, wild)]).ids
                except AccessError:
                    continue
        self.assertNotIn(self.ticket.id, found)

    def test_names(self):
        """B4: whatever the context asks for, a citizen is told by name alone, by any road."""
        call = self.env["hotline.call"].search([("partner_id", "=", self.citizen.id)], limit=1)
        for role in ("approver", "supervisor", "auditor"):
            for context in (CONTEXTS, {**CONTEXTS, "formatted_display_name": True}):
                env = self.env(user=getattr(self, role), context=context)
                self.env.invalidate_all()
                self.citizen.with_user(self.officer).with_context(**context).read(["display_name"])
                citizen = env["res.partner"].browse(self.citizen.id)
                name = {"display_name": {}}
                told = str(
                    [
                        env["res.partner"].name_search(self.citizen.name),
                        citizen.read(["display_name"]),
                        env["res.partner"].web_search_read([("id", "=", citizen.id)], name),
                        env["hotline.call"].browse(call.id).read(["partner_id"]),
                        env["hotline.call"].web_search_read(
                            [("id", "=", call.id)],
                            {"partner_id": {"fields": name, "context": context}},
                        ),
                        env["res.users"].browse(self.user.id).partner_id.display_name,
                    ]
                )
                self.assertEqual(told.count(self.citizen.name), 6, told)
                for secret in (MAIL, STREET):
                    self.assertNotIn(secret, told, (role, context))
        whole = self.citizen.with_user(self.officer).with_context(**CONTEXTS).display_name
        self.assertIn(MAIL, whole)
        self.assertIn(STREET, whole)
        agency = self.agency.with_user(self.auditor).with_context(show_email=True)
        self.agency.email = "teplo@agency.example"
        self.assertIn("teplo@agency.example", agency.display_name)

    def test_how_a_letter_fares(self):
        """B4: the address in part for who sees it in part, whole for whoever sends."""
        answer = self.ticket.answer_ids[:1]
        for user, shown in ((self.auditor, "p•••@citizen.example"), (self.officer, MAIL)):
            self.assertIn(shown, answer.with_user(user).mail_text)
        self.assertIn("550 <p•••@citizen.example>", answer.with_user(self.officer).mail_text)

    def test_who_needs_it(self):
        """B4: officer and operator see all, the approver where a letter goes, not the number."""
        for role in ("operator", "officer"):
            read = self.citizen.with_user(getattr(self, role)).read(["email", "street", "phone"])[0]
            self.assertEqual(read["email"], MAIL)
        self.assertEqual(self.citizen.with_user(self.approver).email, MAIL)
        told = self.ticket.with_user(self.approver).read(["applicant_address", "phone_end"])[0]
        self.assertIn(STREET, told["applicant_address"])

    def test_what_is_shown(self):
        """B4: first letter and domain, the settlement; the button shows the rest, noted."""
        for user in (self.supervisor, self.auditor):
            for record in (self.ticket, self.citizen):
                read = record.with_user(user).read(["email_part", "address_part", "phone_end"])[0]
                self.assertEqual(read["email_part"], "p•••@citizen.example")
                self.assertEqual(read["address_part"], "Барнаул, •••")
            told = self.ticket.with_user(user).action_show_hidden()["params"]["message"]
            self.assertIn(STREET, told)
            self.assertIn(MAIL, told)
            look = self.env["hotline.sight"].search([], limit=1)
            self.assertEqual((look.kind, look.user_ref), ("revealed", user.id))

    def test_a_correction(self):
        """B4: telephone, e-mail, address in part, a surname whole; who decides sees all."""
        case = {"ticket_id": self.ticket.id, "reason": "ослышались"}
        self.env["hotline.correction"].with_user(self.operator).create(
            {"field_name": "applicant_surname", "value_after": "Петрова", **case}
        )
        asked = {one.field_name: one for one in self.ticket.correction_ids}
        seen = asked["applicant_phone"].with_user(self.supervisor)
        self.assertEqual(seen.shown_before, f"••• {NUMBER[-4:]}")
        with self.assertRaises(AccessError):
            seen.read(["value_before"])
        self.assertEqual(asked["applicant_surname"].with_user(self.auditor).shown_after, "Петрова")
        whole = asked["applicant_phone"].with_user(self.officer).shown_before
        self.assertIn(NUMBER, re.sub(r"\D", "", whole))

    def test_a_task_of_the_supervisor(self):
        """B4: the supervisor gives a call-back out by its end; the whole is shown and noted."""
        task = self.env["hotline.task"].search([("ticket_id", "=", self.ticket.id)], limit=1)
        seen = task.with_user(self.supervisor)
        self.assertEqual(seen.phone_end, f"••• {NUMBER[-4:]}")
        with self.assertRaises(AccessError):
            seen.read(["phone"])
        self.assertIn(NUMBER, re.sub(r"\D", "", seen.action_show_hidden()["params"]["message"]))
        look = self.env["hotline.sight"].search([], limit=1)
        self.assertEqual((look.kind, look.model, look.res_ref), ("revealed", task._name, task.id))
        self.assertTrue(task.with_user(self.operator).phone)

    def test_the_thread(self):
        """B4: the thread of a case and the card of a colleague open; a change tells no e-mail."""
        for user in (self.supervisor, self.auditor, self.approver):
            people = self.env["res.partner"].with_user(user)
            shown = people.browse((self.citizen | self.operator.partner_id).ids)
            told = str(Store().add(shown).get_result())
            self.assertIn(self.operator.partner_id.name, told)
            self.assertEqual(MAIL in told, user == self.approver)
            people.get_mention_suggestions("test_oper")
        tracked = self.env["mail.tracking.value"].sudo().create(
            {
                "field_id": self.env["ir.model.fields"]._get("res.partner", "email").id,
                "new_value_char": MAIL,
                "mail_message_id": self.citizen.message_ids[:1].id,
            }
        )  # fmt: skip
        self.assertFalse(tracked._filter_has_field_access(self.env(user=self.auditor)))
        self.assertTrue(tracked._filter_has_field_access(self.env(user=self.operator)))


def _plain(value):
    text = unescape(str(value))
    return re.sub(r"[\s()\-\u00a0]", "", text) if re.search(r"\d", text) else text


@tagged("post_install", "-at_install")
class TestTable(HotlineCommon):
    def test_phones_are_closed_for_all(self):
        """B4: the telephone fields of Odoo's own contact are those of this version."""
        known = {name for name in self.env["res.partner"]._fields if "phone" in name}
        self.assertLessEqual(known - PHONES, {"phone_end", "hotline_phone_ids"})
