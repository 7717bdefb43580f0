from freezegun import freeze_time

from odoo.tests import tagged

from .assignment_common import AssignmentCommon
from .test_status_find import NOW, SECRETS
from .workplace_common import WorkplaceCommon


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
        self.assertEqual((answer["found"], len(answer["ask"])), ([], 5))

    def test_no_code_there(self):
        """A3: asked by number and code, the dialog says that such appeals have none."""
        nobody = dict.fromkeys(("surname", "given_name", "patronymic", "address", "month"), "")
        hint = self._find(**nobody, number="15-01/1")["hint"]
        self.assertIn("кода нет", hint)

    def test_registered_month_or_filed(self):
        """A3: a system that tells the day of registration: either month is right."""
        self.case.write({"filed_on": "2026-10-31", "registered_on": "2026-11-02"})
        for month in ("2026-10", "2026-11"):
            [told] = self._find(month=month)["found"]
            self.assertIn("зарегистрировано второго ноября", told["words"][0])
        self.assertEqual(self._find(month="2026-09")["result"], "not_found")

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
