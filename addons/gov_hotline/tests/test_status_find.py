from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..domain import lookup
from .workplace_common import WorkplaceCommon

NOW = datetime(2026, 11, 24, 9, 0)  # noqa: DTZ001 as Odoo stores it: naive UTC
SECRETS = ("Иванов", "Мария", "Ленина", "батареи", "Отоплен", "восстановлено", "Кузнецов")


@tagged("post_install", "-at_install")
class TestStatusFind(WorkplaceCommon):
    """A3, practice 22: the operator's question, by code or by name, address and month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered(received_at="2026-11-20 09:00:00")
        cls.status = cls.env["hotline.status"].with_user(cls.operator)

    @contextmanager
    def _at(self, seconds=0):
        with freeze_time(NOW + timedelta(seconds=seconds)), self.enter_registry_test_mode():
            yield

    def _find(self, seconds=0, user=None, **vals):
        person = {
            "surname": "иванова",
            "given_name": "мария",
            "patronymic": "петровна",
            "address": "Ленина 15-3",
            "month": "2026-11",
        }
        asked = vals if "number" in vals else {**person, **vals}
        with self._at(seconds):
            status = self.env["hotline.status"].with_user(user or self.operator)
            return status.with_context(lang="ru_RU").find(asked)

    def _sights(self, kind):
        self.env.flush_all()
        mine = [("kind", "=", kind), ("user_ref", "=", self.operator.id)]
        return self.env["hotline.sight"].search(mine, order="id")

    def test_by_name_address_and_month(self):
        """A3, practice 22: all five agree, the sentences are there to be read aloud."""
        answer = self._find()
        self.assertEqual(answer["result"], "found")
        [told] = answer["found"]
        self.assertEqual((told["case_id"], told["external_id"]), (self.ticket.id, False))
        self.assertIn(f"номер {self.ticket.number} зарегистрировано", told["words"][0])
        self.assertIn("Ответ — не позднее двадцать", told["words"][-1])
        self.assertTrue(told["due_text"])

    def test_what_is_no_question(self):
        """X5: over RPC, anything else than named values is refused in words."""
        Status = self.env["hotline.status"].with_user(self.operator).with_context(lang="ru_RU")
        for vals in (["x"], "x", 5, None, False):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "Назовите"):
                Status.find(vals)

    def test_never_the_content(self):
        """Practice 22: neither the words of the appeal and the answer nor anybody's name."""
        self._answer(self.ticket)
        [told] = self._find()["found"]
        for secret in SECRETS:
            self.assertNotIn(secret, str(told))
        self.assertIn("исходящий номер 15-04/1", told["words"][-1])
        self.assertEqual(told["answers"][0]["number"], "15-04/1")

    def test_every_miss_sounds_alike(self):
        """Practice 22: whichever question failed, and where nobody is near: the same answer.

        The supervisor's log keeps which, the operator cannot read it.
        """
        table = (
            ({"surname": "Иванов"}, "surname"),
            ({"surname": "Ивонова"}, "surname"),
            ({"patronymic": ""}, "patronymic"),
            ({"address": "Мира 2"}, "address"),
            ({"month": "2026-09"}, "month"),
            ({"surname": "Несуществующая"}, False),
            ({"patronymic": "Ивановна", "address": "Мира 2"}, False),
        )
        answers = []
        for changes, amiss in table:
            with self.subTest(changes=changes):
                self.env["hotline.status.attempt"].search([]).unlink()
                answers.append(self._find(**changes))
                self.assertEqual(self._sights("refused")[-1].amiss, amiss)
        for answer in answers:
            self.assertEqual(answer, answers[0])
        self.assertEqual((answers[0]["result"], len(answers[0]["ask"])), ("not_found", 5))
        last = self._sights("refused")[0]
        log = last.with_user(self.supervisor).with_context(lang="ru_RU")
        self.assertEqual(log.amiss_text, "фамилия")
        with self.assertRaises(AccessError):
            last.with_user(self.operator).read(["amiss"])

    def test_what_is_nobodys_answer(self):
        """Practice 22: a month to come and a code of five digits are told, and no attempt."""
        month = self._find(month="2026-12")
        self.assertEqual((month["result"], len(month["ask"])), ("invalid", 1))
        code = self._find(number=self.ticket.number, code="12345")
        self.assertEqual((code["result"], code["ask"]), ("invalid", ["код: в нём шесть цифр"]))
        self.assertFalse(self.env["hotline.status.attempt"].search_count([]))

    def test_a_co_applicant_is_told(self):
        """Practice 22: who signed a collective appeal is its applicant too, by the own address."""
        signer = self.env["hotline.coapplicant"].create(
            {
                "ticket_id": self.ticket.id,
                "name": "Анна Ильинична Сидорова",
                "address": "Озёрск, ул. Мира, д. 2",
            }
        )
        anna = {"surname": "Сидорова", "given_name": "Анна", "patronymic": "Ильинична"}
        [told] = self._find(**anna, address="Мира 2")["found"]
        self.assertEqual(told["case_id"], self.ticket.id)
        self.assertEqual(self._find(**anna, address="Ленина 15-3")["result"], "not_found")
        self.assertEqual(self._sights("refused")[-1].amiss, "address")
        signer.name = "Сидорова Анна Ильинична"
        self.assertEqual(self._find(**anna, address="Мира 2", seconds=60)["result"], "found")

    def test_limits_are_settings(self):
        """A3: the administrator sets how many misses pass, and how long the first wait is."""
        settings = self.env["res.config.settings"].create(
            {"hotline_status_staff_free": 2, "hotline_status_staff_first_delay": 100}
        )
        settings.execute()
        results = [self._find(address="Мира 2")["result"] for _try in range(3)]
        self.assertEqual(results, ["not_found"] * 2 + ["wait"])
        self.assertEqual(self._find(seconds=90)["result"], "wait")
        self.assertEqual(self._find(seconds=110)["result"], "found")
        with self.assertRaises(ValidationError):
            self.env["res.config.settings"].create({"hotline_status_staff_failures": 0})

    def test_what_was_not_asked_yet(self):
        """Incomplete words are told so and count as no attempt."""
        answer = self._find(month="", address="")
        self.assertEqual(answer["result"], "incomplete")
        self.assertEqual(len(answer["ask"]), 2)
        self.assertEqual(self._find(month="2026-13")["result"], "incomplete")
        self.assertFalse(self.env["hotline.status.attempt"].search_count([]))

    def test_by_number_and_code(self):
        """A3: the operator's dialog takes number and code too; a wrong one asks for both."""
        code = self.ticket.sudo().access_code
        [told] = self._find(number=self.ticket.number.lower(), code=code)["found"]
        self.assertEqual(told["case_id"], self.ticket.id)
        wrong = "000000" if code != "000000" else "111111"
        answer = self._find(number=self.ticket.number, code=wrong)
        self.assertEqual((answer["result"], len(answer["ask"])), ("not_found", 2))
        self.assertEqual(self._find(number=self.ticket.number)["result"], "incomplete")

    def test_draft_and_another_body_are_absent(self):
        """What is not registered, and cases of a body that the operator does not serve."""
        self._draft(applicant_surname="Черновикова", received_at="2026-11-20 09:00:00")
        self.assertEqual(self._find(surname="Черновикова")["result"], "not_found")
        company = self.env["res.company"].create({"name": "Другой орган"})
        stranger = new_test_user(
            self.env,
            login="test_stranger",
            groups="gov_hotline.group_operator",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        with self._at():
            found = self.env["hotline.status"].with_user(stranger)
            answer = found.with_company(company).find(
                {
                    "surname": "Иванова",
                    "given_name": "Мария",
                    "patronymic": "Петровна",
                    "address": "Ленина 15-3",
                    "month": "2026-11",
                }
            )
        self.assertEqual(answer["result"], "not_found")

    def test_attempts_are_limited(self):
        """A3: five slips with a name are free, then it waits; another name does not."""
        results = [self._find(address="Мира 2")["result"] for _try in range(6)]
        self.assertEqual(results, ["not_found"] * 5 + ["wait"])
        refused = self._find()
        self.assertEqual((refused["result"], refused["found"]), ("wait", []))
        self.assertIn("Повторите через", refused["wait_text"])
        self.assertEqual(self._find(surname="Орлова")["result"], "not_found")
        self.assertEqual(self._find(seconds=20)["result"], "found")
        self.assertEqual(self._find(seconds=21, address="Мира 2")["result"], "not_found")

    def test_an_operator_has_a_limit(self):
        """A3: forty failures an hour by one operator, whatever the names; a colleague goes on."""
        with self._at():
            attempts = self.env["hotline.status.attempt"]
            for n in range(lookup.STAFF.address_failures):
                attempts._admit(f"person {n}", lookup.staff_key(self.operator.id), lookup.STAFF)
        self.assertEqual(self._find()["result"], "wait")
        self.assertEqual(self._find(user=self.officer)["result"], "found")

    def test_who_looked_up_whom(self):
        """B1: what was found and what did not agree both leave a line; of nobody a line of none."""
        self._find()
        [seen] = self._sights("status")
        self.assertEqual((seen.res_ref, seen.user_ref), (self.ticket.id, self.operator.id))
        self._find(address="Мира 2")
        self._find(address="Мира 2")
        self._find(surname="Несуществующая")
        refused = self._sights("refused")
        self.assertEqual(refused.mapped("res_ref"), [self.ticket.id, self.ticket.id, 0])
        self.assertEqual(refused.with_context(lang="ru_RU")[-1].record_name, "обращение не найдено")

    def test_only_operators_and_above(self):
        """A3: executor, press, auditor, portal may not ask; the service's rest is no RPC."""
        portal = new_test_user(self.env, login="test_portal_status", groups="base.group_portal")
        outsiders = (self.executor, self.press, self.auditor, self.approver, self.supervisor)
        for user in (*outsiders, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._find(user=user)
        own = {
            name
            for part in type(self.status).__mro__
            if part.__module__.startswith("odoo.addons.gov_hotline.models.hotline_status")
            for name in vars(part)
            if not name.startswith("_")
        }
        self.assertEqual(own, {"find"})

    def test_queries_do_not_grow(self):
        """Twenty cases of the person in that month cost as many queries as two."""
        self._registered(received_at="2026-11-19 09:00:00")
        few = self._queries()
        for _n in range(18):
            self._registered(received_at="2026-11-18 09:00:00")
        self.assertLessEqual(self._queries(), few + 8)  # five are shown instead of two
        self.assertEqual(len(self._find()["found"]), 5)

    def _queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._find()
        return self.env.cr.sql_log_count - before
