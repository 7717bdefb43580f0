import io
from datetime import timedelta

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ROLES, HotlineCommon

CAME_WITH = "Просит установить светофор у школы."


@tagged("post_install", "-at_install")
class TestReception(HotlineCommon):
    def _book(self, user=None, **vals):
        Reception = self.env["hotline.reception"].with_user(user or self.operator)
        return Reception.create(
            {
                "held_at": fields.Datetime.now() - timedelta(minutes=20),
                "official_name": "Кузнецов В. А., глава",
                "partner_id": self.citizen.id,
                "content": CAME_WITH,
                **vals,
            }
        )

    def _seen(self, **vals):
        """Book with the identity document seen; return it as the officer's."""
        seen = {"document_kind": "passport", "document_checked": True}
        return self._book(**seen, **vals).with_user(self.officer)

    def test_booked(self):
        """X10, art. 13: the operator books, the card takes name and address from the citizen."""
        one = self._book()
        self.assertTrue(one.number.startswith("ЛП-"))
        self.assertEqual((one.state, one.citizen_name), ("booked", self.citizen.name))
        self.assertIn("Ленина", one.citizen_address)
        self.assertEqual(one.held_on, self.env.company._hotline_date(one.held_at))
        with self.assertRaises(AccessError):
            one.action_hold()
        for role in set(ROLES) - {"operator", "officer", "administrator"}:
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._book(user=getattr(self, role))

    def test_not_without_a_document(self):
        """X10, art. 13 p. 2: without the identity document the card is not kept as held."""
        for vals in ({}, {"document_kind": "passport"}, {"document_checked": True}):
            one = self._book(
                result="oral", oral_agreed=True, oral_answer="Разъяснено.",
                held_at=fields.Datetime.now() - timedelta(days=len(str(vals))), **vals,
            )  # fmt: skip
            refused = self.assertRaisesRegex(UserError, "ст. 13")
            with self.subTest(vals=vals), refused, self.cr.savepoint():
                one.with_user(self.officer).action_hold()
            self.assertEqual(one.state, "booked")

    def test_oral_answer_only_with_consent(self):
        """X10, art. 13 p. 3: orally only where the facts are obvious and the citizen agrees."""
        one = self._seen(result="oral", oral_answer="Светофор в плане на май.")
        with self.assertRaisesRegex(UserError, "59-ФЗ"), self.cr.savepoint():
            one.action_hold()
        one.oral_agreed = True
        one.action_hold()
        self.assertEqual((one.state, one.held_by_id), ("held", self.officer))
        line = self.env["hotline.journal"].search(
            [("model", "=", "hotline.reception"), ("res_ref", "=", one.id)], limit=1
        )
        self.assertEqual(line.event, "reception_held")

    def test_written_appeal_in_one_click(self):
        """X10, art. 13 p. 3-4: an appeal of origin «visit» with all that is on the card."""
        one = self._seen(topic_id=self.topic.id)
        opened = one.action_make_appeal()
        ticket = one.ticket_id
        self.assertEqual(opened["res_id"], ticket.id)
        self.assertRecordValues(
            ticket,
            [
                {
                    "kind": "appeal_59", "origin": "visit", "state": "draft",
                    "applicant_surname": "Иванова", "appeal_text": CAME_WITH,
                    "topic_id": self.topic.id, "partner_id": self.citizen.id,
                }
            ],
        )  # fmt: skip
        self.assertEqual((one.state, one.result), ("held", "written"))
        ticket.action_register()
        self.assertEqual(ticket.state, "in_work")
        without = self._book(held_at=fields.Datetime.now()).with_user(self.officer)
        with self.assertRaisesRegex(UserError, "ст. 13"), self.cr.savepoint():
            without.action_make_appeal()

    def test_out_of_competence_and_refusal(self):
        """X10, art. 13 p. 5-6: explained where to go; refused with the earlier answer named."""
        out = self._seen(result="out")
        with self.assertRaises(UserError), self.cr.savepoint():
            out.action_hold()
        out.explanation = "В ГИБДД, ул. Мира, 1, по четвергам."
        out.action_hold()
        earlier = self._closed()
        running = self._registered()
        refusal = self._seen(result="repeated", held_at=fields.Datetime.now())
        refusal.earlier_ticket_id = running
        with self.assertRaises(UserError), self.cr.savepoint():
            refusal.action_hold()
        refusal.earlier_ticket_id = earlier
        refusal.action_hold()
        self.assertEqual((out.state, refusal.state), ("held", "held"))

    def test_departure_with_a_written_reason(self):
        """X10: what only warns passes with a reason of ten characters, what blocks does not."""
        one = self._seen(result="repeated", departure_reason="коротко")
        with self.assertRaises(UserError), self.cr.savepoint():
            one.action_hold()
        one.departure_reason = "Ответ дан до перехода на систему, № 15 от 2024 года"
        one.action_hold()
        self.assertEqual(one.state, "held")

    def test_paper_handed_over(self):
        """X10, art. 13 p. 4: what was handed over is to be registered."""
        one = self._seen(result="oral", oral_answer="Да.", oral_agreed=True, has_paper=True)
        with self.assertRaises(UserError), self.cr.savepoint():
            one.action_hold()
        one.action_make_appeal()
        self.assertTrue(one.ticket_id)

    def test_kept_card_does_not_change(self):
        """B4: the card of a held reception stands, for every role; it is never deleted."""
        one = self._seen(result="oral", oral_answer="Да.", oral_agreed=True)
        one.action_hold()
        for user in (self.officer, self.administrator):
            for vals in ({"content": "x"}, {"state": "booked"}, {"ticket_id": 1}):
                with self.subTest(vals=vals), self.assertRaises(AccessError):
                    one.with_user(user).write(vals)
        with self.assertRaises(UserError):
            one.with_user(self.administrator).unlink()
        missed = self._book(held_at=fields.Datetime.now())
        missed.action_miss()
        self.assertEqual(missed.state, "missed")

    def test_number_of_the_document(self):
        """X10, 152-FZ: the number of the document is kept only by a setting."""
        one = self._book(document_number="92 04 123456")
        one.write({"document_number": "92 04 123456"})
        self.assertFalse(one.document_number)
        self.env.company.hotline_keep_document_number = True
        kept = self._book(document_number="92 04 123456", held_at=fields.Datetime.now())
        self.assertEqual(kept.document_number, "92 04 123456")

    def test_one_at_a_time(self):
        """X10: an official receives one citizen at a time; a called-off hour is free again."""
        at = fields.Datetime.now() + timedelta(days=1)
        first = self._book(held_at=at, duration=0.5)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._book(held_at=at + timedelta(minutes=15))
        self._book(held_at=at + timedelta(minutes=15), official_name="Ясенева О. П.")
        first.action_cancel()
        self._book(held_at=at + timedelta(minutes=15))

    def test_first_turn(self):
        """X10, art. 13 p. 7: who has the right of first turn stands first on that day."""
        noon = fields.Datetime.now().replace(hour=9, minute=0)
        later = self._book(
            held_at=noon + timedelta(hours=1),
            category_id=self.env.ref("gov_hotline.reception_category_heroes").id,
        )
        earlier = self._book(held_at=noon)
        found = self.env["hotline.reception"].search([("id", "in", (earlier | later).ids)])
        self.assertEqual(found, later | earlier)

    def test_print(self):
        """X10: one A4 sheet; every print is journalled; the press service prints nothing."""
        one = self._seen(result="oral", oral_answer="Да. " * 900, oral_agreed=True)
        one.content = "слово " * 3_000
        one.action_hold()
        report = self.env["ir.actions.report"].with_user(self.officer)
        report = report.with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf("gov_hotline.report_reception", one.ids)
        self.assertEqual(kind, "pdf")
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 1)
        events = self.env["hotline.journal"].search(
            [("model", "=", "hotline.reception"), ("res_ref", "=", one.id)]
        )
        self.assertIn("reception_printed", events.mapped("event"))
        with self.assertRaises(AccessError):
            one.with_user(self.press).action_print()
