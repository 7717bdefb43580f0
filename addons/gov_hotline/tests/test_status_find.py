from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..domain import lookup
from .assignment_common import AssignmentCommon
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

    def test_what_to_ask_again(self):
        """Practice 22: one thing amiss names its question; nothing of the case is told."""
        table = (
            ({"surname": "Иванов"}, ["фамилию по буквам"]),
            ({"surname": "Ивонова"}, ["фамилию по буквам"]),
            ({"patronymic": ""}, ["отчество"]),
            ({"address": "Мира 2"}, ["адрес, как в обращении: улица, дом, квартира"]),
            ({"month": "2026-09"}, ["месяц, когда подано обращение"]),
        )
        for changes, ask in table:
            with self.subTest(changes=changes):
                self.env["hotline.status.attempt"].search([]).unlink()
                answer = self._find(**changes)
                self.assertEqual(
                    answer, {"result": "not_found", "found": [], "ask": ask, "wait_text": ""}
                )

    def test_absent_and_anothers_sound_alike(self):
        """Practice 22: nobody of that name, and another person of that name: the same answer."""
        nobody = self._find(surname="Несуществующая")
        another = self._find(patronymic="Ивановна", address="Мира 2")
        self.assertEqual(nobody, another)
        self.assertEqual(len(nobody["ask"]), 5)

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


@tagged("post_install", "-at_install")
class TestStatusTold(WorkplaceCommon):
    """A3: how a call ends, and what a voice menu says."""

    def test_third_person_is_refused(self):
        """Practice 22: the call ends as «not told»; no case is linked to it."""
        started = self._start()
        self.workplace.refuse_status(started["id"])
        self.assertRecordValues(
            self._call(started),
            [
                {
                    "state": "closed",
                    "group": "status",
                    "ticket_id": False,
                    "disposition_id": self.env.ref("gov_hotline.disposition_status_refused").id,
                }
            ],
        )

    def test_a_call_of_a_new_case_stays_its(self):
        """A3, A1: the status told in a call from which a case was made: the case is not lost."""
        other = self._registered()
        started = self._start()
        vals = {"group": "appeal", "topic_id": self.topic.id, "question": "Нет тепла"}
        made = self.workplace.register(started["id"], vals)
        self.workplace.tell_status(started["id"], other.id)
        call = self._call(started)
        self.assertRecordValues(
            call, [{"state": "closed", "group": "appeal", "ticket_id": made["ticket_id"]}]
        )
        self.assertIn(other.number, call.result)

    def _written_down(self, call, told):
        """Return the call's fields after the status of another case was told in it."""
        before = {name: call[name].id for name in ("disposition_id", "agency_id", "ticket_id")}
        group, result = call.group, call.result
        other = self._registered()
        ended = told(call.id, other.id)
        self.assertRecordValues(call, [{"group": group, **before}])
        self.assertTrue(call.result.startswith(result))
        self.assertIn(other.number, call.result)
        return ended

    def test_an_emergency_stays_one(self):
        """A3: a call transferred to 112 keeps what it is, and stays open while its alarm stands."""
        started = self._start()
        card = self.env.ref("gov_hotline.script_card_threat")
        shown = self.workplace.press_emergency(started["id"], card.id)
        self.workplace.transfer_emergency(shown["emergency"]["id"])
        call = self._call(started)
        ended = self._written_down(call, self.workplace.tell_status)
        self.assertEqual((call.state, ended["call"]["id"]), ("open", call.id))
        self.assertIn(call.number, ended["words"])
        self.workplace.close_call(call.id, {})
        self.assertEqual(call.disposition_id, self.env.ref("gov_hotline.disposition_redirect_112"))

    def test_an_alarm_is_not_closed_silently(self):
        """A3: pressed and not yet transferred: nothing is told of the call but the words."""
        started = self._start()
        card = self.env.ref("gov_hotline.script_card_threat")
        self.workplace.press_emergency(started["id"], card.id)
        self.workplace.refuse_status(started["id"])
        call = self._call(started)
        self.assertRecordValues(call, [{"state": "open", "disposition_id": False, "group": False}])
        self.assertTrue(call.result)

    def test_a_transfer_stays_one(self):
        """A3: a call redirected to another body is closed as that."""
        started = self._start()
        disposition = self.env.ref("gov_hotline.disposition_redirect_112")
        call = self._call(started)
        call.write({"group": "redirect", "disposition_id": disposition.id, "result": "Дан номер"})
        self._written_down(call, self.workplace.tell_status)
        self.assertEqual(call.state, "closed")

    def test_voice_menu(self):
        """A3: number and code by telephone: short sentences, no number, nothing personal."""
        ticket = self._registered(received_at="2026-11-20 09:00:00")
        spoken = self.env["hotline.status"].sudo()._spoken_by_code
        with self.enter_registry_test_mode():
            told = spoken(ticket.number, ticket.sudo().access_code, "+79135550101")
            absent = spoken("Щ-999/2026", "123456", "+79135550101")
        self.assertEqual(told["result"], "found")
        self.assertEqual(told["words"][0], "Обращение рассматривается.")
        for secret in (*SECRETS, ticket.number, self.env.company.name):
            self.assertNotIn(secret, str(told["words"]))
        self.assertEqual(absent["words"][0], "Обращение с таким номером и кодом не найдено.")

    def test_voice_menu_is_limited(self):
        """A3: a telephone guesses a number three times, then waits, as a visitor does."""
        ticket = self._registered()
        spoken = self.env["hotline.status"].sudo()._spoken_by_code
        with self.enter_registry_test_mode(), freeze_time(NOW):
            results = [spoken(ticket.number, "0", "+79135550101")["result"] for _try in range(4)]
        self.assertEqual(results, ["not_found"] * 3 + ["wait"])


@tagged("post_install", "-at_install")
class TestStatusExternal(WorkplaceCommon):
    """A3: appeals that live in the body's document system."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = cls.env["hotline.external.source"].create(
            {"name": "СЭД администрации", "told_name": "СЭД", "as_of": "2026-11-24 06:45:00"}
        )
        cls.case = cls.env["hotline.external.case"].create(
            {
                "source_id": source.id,
                "company_id": cls.env.company.id,
                "key": "1",
                "number": "15-01/1",
                "filed_on": "2026-11-02",
                "applicant_name": "Иванова Мария Петровна",
                "applicant_address": "656043, Озёрск, ул. Ленина, 15, кв. 3",
                "state": "answered",
                "outgoing_number": "15-07/8",
                "outgoing_on": "2026-11-20",
                "topic_text": "Отопление",
                "told_at": "2026-11-24 06:45:00",
            }
        )

    def _find(self, **vals):
        person = {"surname": "Иванова", "given_name": "Мария", "patronymic": "Петровна"}
        asked = {**person, "address": "Ленина 15-3", "month": "2026-11", **vals}
        with freeze_time(NOW), self.enter_registry_test_mode():
            return self.workplace.env["hotline.status"].with_context(lang="ru_RU").find(asked)

    def test_told_as_of(self):
        """A3: «по данным СЭД на 09:45», and the same as of ours; never what it is about."""
        [told] = self._find()["found"]
        self.assertEqual((told["case_id"], told["external_id"]), (False, self.case.id))
        opening, answer = told["words"]
        self.assertTrue(opening.startswith("По данным СЭД на 09:45: ваше обращение номер 15-01/1"))
        self.assertIn("подано второго ноября", opening)
        self.assertEqual(answer, "Ответ направлен двадцатого ноября, исходящий номер 15-07/8.")
        for secret in SECRETS:
            self.assertNotIn(secret, str(told))

    def test_no_term_once_it_has_ended(self):
        """A3: an answered and a forwarded appeal wait for no answer of the body."""
        self.case.due_on = "2026-12-07"
        for state, shown in (("answered", False), ("forwarded", False)):
            self.case.state = state
            [told] = self._find()["found"]
            self.assertEqual((bool(told["due_on"]), told["registered_on"]), (shown, ""))

    def test_does_not_agree(self):
        """Practice 22: another address asks again, nothing of the other system is told."""
        answer = self._find(address="Мира 2")
        self.assertEqual((answer["found"], len(answer["ask"])), ([], 1))

    def test_the_call_says_whose_data(self):
        """A3: the call keeps number, state and whose data; no case of ours is linked."""
        started = self._start()
        with freeze_time(NOW):
            self.workplace.with_context(lang="ru_RU").tell_status(
                started["id"], False, self.case.id
            )
        call = self._call(started)
        self.assertFalse(call.ticket_id)
        self.assertIn("15-01/1", call.result)
        self.assertIn("СЭД на 09:45", call.result)


@tagged("post_install", "-at_install")
class TestStatusSent(AssignmentCommon):
    def test_where_it_was_sent(self):
        """Practice 22: the body it was sent to, with number and date; nothing before it is sent."""
        case = self._case()
        status = self.env["hotline.status"]
        self.assertEqual(status._told(case)["forwarded"], [])
        letter = self._resolve(case, self.other_body)
        case.invalidate_recordset()
        told = status._told(case)
        self.assertEqual(
            told["forwarded"],
            [
                {
                    "body": "Прокуратура",
                    "number": letter.outgoing_number,
                    "day": letter.outgoing_date,
                    "date": letter.outgoing_date,
                }
            ],
        )
        self.assertIn(
            f"по компетенции: Прокуратура, исходящий номер {letter.outgoing_number}.",
            told["words"][1],
        )
