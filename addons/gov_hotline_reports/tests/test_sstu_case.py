import base64
import hashlib
import json

from odoo.tests import tagged

from odoo.addons.gov_hotline.tests.test_life_grounds import GroundCommon

from .sstu_common import BODY, OTHER, SstuCommon


@tagged("post_install", "-at_install")
class TestSstuCase(SstuCommon, GroundCommon):
    """What ССТУ.РФ is told of a case by its own records (Decree 171)."""

    def _told(self, ticket):
        ticket = ticket.sudo()
        return json.loads(ticket._sstu_document(ticket._sstu_appeal()))

    def test_answered_appeal_with_its_letter(self):
        """B9: the answer's kept letter travels with the result."""
        ticket = self._closed()
        told = self._told(ticket)
        question = told["questions"][0]
        answer = ticket.answer_ids.sudo()
        self.assertEqual(told["departmentId"], BODY)
        self.assertTrue(told["isDirect"])
        self.assertEqual(told["number"], ticket.number)
        self.assertEqual(told["name"], "Иванова Мария Петровна")
        self.assertEqual(question["status"], "Supported")
        self.assertIs(question["actionsTaken"], False)
        self.assertEqual(question["code"], "9999.0001.0001.0001")
        self.assertEqual(question["incomingDate"], str(ticket.received_on))
        self.assertEqual(question["registrationDate"], str(ticket.registered_on))
        self.assertEqual(question["responseDate"], str(answer.outgoing_date))
        letter = base64.b64decode(question["attachment"]["content"])
        self.assertEqual(hashlib.sha256(letter).hexdigest(), answer.letter_sha256)

    def test_measures_taken(self):
        ticket = self._registered().with_user(self.officer)
        ticket.question_ids.outcome_id = self.env.ref("gov_hotline.outcome_measures_taken")
        self._answer(ticket)
        ticket.action_close()
        question = self._told(ticket)["questions"][0]
        self.assertEqual((question["status"], question["actionsTaken"]), ("Supported", True))

    def test_own_outcome_is_told_as_its_administrator_says(self):
        mine = self.env["hotline.outcome"].create({"name": "Учтено", "code": "noted"})
        ticket = self._registered().with_user(self.officer)
        ticket.question_ids.outcome_id = mine
        self._answer(ticket)
        ticket.action_close()
        self.assertEqual(self._told(ticket)["questions"][0]["status"], "Answered")
        mine.sstu_status = "NotSupported"
        self.assertEqual(self._told(ticket)["questions"][0]["status"], "NotSupported")

    def test_case_in_work(self):
        question = self._told(self._registered())["questions"][0]
        self.assertEqual(question["status"], "InWork")
        self.assertNotIn("responseDate", question)
        self.assertNotIn("attachment", question)

    def test_covering_letter_gives_number_and_date(self):
        """The earliest of the letters; МЭДО makes it electronic."""
        ticket = self._registered()
        letters = [("А26-01-7", "2020-01-09", True), ("12-К", "2020-01-20", False)]
        self.env["hotline.covering.letter"].with_user(self.officer).create(
            [
                {
                    "ticket_id": ticket.id,
                    "sender_id": self.agency.id,
                    "sender_number": number,
                    "sender_date": day,
                    "came_by_medo": by_medo,
                }
                for number, day, by_medo in letters
            ]
        )
        told = self._told(ticket)
        self.assertFalse(told["isDirect"])
        self.assertEqual((told["number"], told["createDate"]), ("А26-01-7", "2020-01-09"))
        self.assertEqual(told["format"], "Electronic")

    def test_anonymous_has_a_name_that_is_none(self):
        ticket = self._registered(
            applicant_surname=False, applicant_given_name=False, applicant_patronymic=False,
            partner_id=False, unlawful_act="no",
        )  # fmt: skip
        self.assertEqual(self._told(ticket)["name"], "Аноним")

    def test_forwarded_names_the_body_its_letter_and_day(self):
        self.other_body.hotline_sstu_department = OTHER
        ticket = self._case_of("О чужом")
        ticket.topic_id = self.topic
        self._state(ticket.question_ids, "out_of_competence")
        self._resolve(ticket, self.other_body)
        self._close(ticket)
        question = self._told(ticket)["questions"][0]
        letter = ticket.sudo().assignment_ids
        self.assertEqual(question["status"], "Transferred")
        self.assertEqual(
            question["transfer"],
            {
                "departmentId": OTHER,
                "transferDate": str(letter.outgoing_date),
                "transferNumber": letter.outgoing_number,
            },
        )

    def test_forwarding_without_its_letter_is_named_as_missing(self):
        ticket = self._case_of("О чужом").sudo()
        ticket.topic_id = self.topic
        question = ticket.question_ids
        self.assertIsNone(ticket._sstu_transfer(question))
        self.assertIsNone(self.env["hotline.answer"].new({})._sstu_file())

    def test_facts_of_many_take_no_more_queries_than_of_few(self):
        few, many = self._several(2), self._several(8)
        counts = []
        for tickets in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            tickets.sudo()._sstu_appeals()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def _several(self, count):
        tickets = self.env["helpdesk.ticket"]
        for _number in range(count):
            tickets += self._registered()
        return tickets
