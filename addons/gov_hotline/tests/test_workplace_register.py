from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .workplace_common import E164, WorkplaceCommon


@tagged("post_install", "-at_install")
class TestWorkplaceRegister(WorkplaceCommon):
    def _vals(self, **vals):
        return {"group": "appeal", "topic_id": self.topic.id, "question": "Нет тепла", **vals}

    def test_message_on_the_line_of_messages(self):
        """A1, practice 4a: a case of kind «сообщение», number and code to read out."""
        started = self._start()
        told = self.workplace.register(started["id"], self._vals())
        ticket = self._call(started).ticket_id
        self.assertRecordValues(
            ticket,
            [
                {
                    "kind": "message",
                    "state": "in_work",
                    "origin": "phone",
                    "number": told["number"],
                    "partner_id": self.citizen.id,
                    "appeal_text": "Нет тепла",
                    "applicant_phone": E164,
                    "topic_id": self.topic.id,
                }
            ],
        )
        self.assertRegex(told["access_code"], r"^\d{6}$")
        self.assertTrue(told["due_on"])
        main = ticket.deadline_ids.filtered("is_main")
        self.assertEqual(told["certificate"], main._staff_certificate_lines())
        self.workplace.close_call(started["id"], {})
        self.assertEqual(
            self._call(started).disposition_id,
            self.env.ref("gov_hotline.disposition_appeal_message"),
        )

    def test_oral_appeal_needs_name_and_address(self):
        """A4, practice 4b: on the line of oral appeals full name and address are compulsory."""
        started = self._start("8 913 555-01-72", self.oral_line)
        with self.assertRaises(UserError):
            self.workplace.register(started["id"], self._vals())
        self.assertFalse(self._call(started).ticket_id, "nothing is left half-made")
        citizen = {
            "surname": "Орлов",
            "given_name": "Иван",
            "patronymic": "Ильич",
            "address": "ул. Мира, 2",
        }
        told = self.workplace.register(started["id"], self._vals(citizen=citizen))
        ticket = self.env["helpdesk.ticket"].browse(told["ticket_id"])
        self.assertRecordValues(
            ticket,
            [{"kind": "appeal_59", "applicant_name": "Орлов Иван Ильич", "state": "in_work"}],
        )
        self.assertIn("ул. Мира, 2", ticket.applicant_address)

    def test_line_of_consultations_refuses(self):
        """Practice 4c: the line is for consultation only, and says why."""
        started = self._start(line=self.consult_line)
        told = self.workplace.check_intake(started["id"], self._vals())
        self.assertIn("Справочная", told["refused"])
        with self.assertRaises(UserError):
            self.workplace.register(started["id"], self._vals())

    def test_what_is_missing_while_typing(self):
        """A4: the list follows the fields, also those of a citizen not yet kept."""
        started = self._start("8 913 555-01-73", self.oral_line)
        check = self.workplace.check_intake
        empty = {one["code"] for one in check(started["id"], {"group": "appeal"})["problems"]}
        self.assertLessEqual({"no_text", "no_applicant_surname", "no_applicant_address"}, empty)
        citizen = {"surname": "Орлов", "given_name": "Иван", "address": ""}
        half = check(started["id"], self._vals(citizen=citizen))
        self.assertEqual(half["kind"], "appeal_59")
        self.assertEqual(
            {one["code"] for one in half["problems"] if one["blocks"]}, {"no_applicant_address"}
        )
        citizen["address"] = "ул. Мира, 2"
        full = check(started["id"], self._vals(citizen=citizen))
        self.assertFalse([one for one in full["problems"] if one["blocks"]])
        self.assertFalse(self._call(started).ticket_id)

    def test_registered_case_survives_a_reload(self):
        started = self._start()
        told = self.workplace.register(started["id"], self._vals())
        self.assertEqual(self.workplace.get_state()["call"]["registered"], told)

    def test_promise_follows_the_case(self):
        started = self._start()
        due = fields.Datetime.now() + timedelta(hours=1)
        self.workplace.promise(started["id"], {"due_at": str(due.replace(microsecond=0))})
        told = self.workplace.register(started["id"], self._vals())
        self.assertEqual(self._call(started).task_ids.ticket_id.id, told["ticket_id"])

    def test_status_is_told(self):
        """A3: state, term and place from the open cases; the call is closed with «status told»."""
        ticket = self._registered()
        started = self._start()
        status = self.workplace.get_status(ticket.id)
        self.assertEqual(status["number"], ticket.number)
        self.assertEqual(status["body"], ticket.company_id.name)
        self.assertTrue(status["due_text"])
        self.workplace.tell_status(started["id"], ticket.id)
        call = self._call(started)
        self.assertRecordValues(
            call,
            [
                {
                    "state": "closed",
                    "group": "status",
                    "ticket_id": ticket.id,
                    "disposition_id": self.env.ref("gov_hotline.disposition_status_told").id,
                }
            ],
        )
        self.assertIn(ticket.number, call.result)

    def test_status_tells_no_content(self):
        """A3, practice 22: the status never holds the words of the appeal."""
        ticket = self._registered(appeal_text="Сосед шумит по ночам")
        self._answer(ticket)
        status = self.workplace.get_status(ticket.id)
        self.assertNotIn("шумит", str(status))
        self.assertNotIn("Отопление восстановлено", str(status))
        self.assertEqual(status["answers"][0]["number"], "15-04/1")

    def test_topics_by_everyday_words(self):
        words = {
            "батарею": "0005.0005.0056.0000",
            "собаки": "0003.0011.0127.0000",
            "поликлиника": "0002.0014.0143.0000",
        }
        for word, code in words.items():
            with self.subTest(word=word):
                found = self.workplace.search_topics(word)
                self.assertIn(code, [topic["code"] for topic in found])

    def test_topics_by_words_and_by_code(self):
        found = self.workplace.search_topics("отопл")
        self.assertIn(self.topic.id, [topic["id"] for topic in found])
        self.assertEqual(self.workplace.search_topics("9999.0001")[0]["id"], self.topic.id)
        self.assertFalse(self.workplace.search_topics("такой темы нет"))
