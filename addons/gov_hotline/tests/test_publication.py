from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ROLES, HotlineCommon

TICKS = {"is_of_public_interest": True, "is_personal_data_removed": True}


@tagged("post_install", "-at_install")
class TestPublication(HotlineCommon):
    """ANS-PUB: an answer is marked for publication once personal data are removed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._closed()
        cls.answer = cls.ticket.answer_ids

    def _publication(self, user=None, **vals):
        Publication = self.env["hotline.publication"].with_user(user or self.officer)
        return Publication.create({"answer_id": self.answer.id, **vals})

    def test_not_without_the_ticks(self):
        """B3, ANS-PUB: a block that no reason passes; the answer stays as it was given."""
        for vals in ({}, {"is_of_public_interest": True}, {"is_personal_data_removed": True}):
            one = self._publication(**vals)
            with self.subTest(vals), self.assertRaisesRegex(UserError, "59-ФЗ"):
                one.with_context(hotline_reason="Так решил руководитель").action_mark_ready()
        one = self._publication(text="Отопление в районе восстановлено.", **TICKS)
        one.action_mark_ready()
        self.assertRecordValues(one, [{"state": "ready", "marked_by_id": self.officer.id}])
        self.assertEqual(self.answer.text, "Отопление восстановлено.")
        line = self.env["hotline.journal"].search([], limit=1, order="id desc")
        self.assertEqual((line.event, line.res_ref), ("publication_ready", self.ticket.id))

    def test_the_applicant_is_found_in_the_text(self):
        """ANS-PUB: a ticked text that names the applicant wants a written reason."""
        one = self._publication(text="Гражданке Ивановой отвечено.", **TICKS)
        self.assertEqual(one.known_from, "Ивановой")
        for reason in (False, "да"):
            one.departure_reason = reason
            with self.subTest(reason), self.assertRaisesRegex(UserError, "Ивановой"):
                one.action_mark_ready()
        one.departure_reason = "Однофамилица: так названа улица"
        one.action_mark_ready()
        with self.assertRaises(AccessError):
            one.departure_reason = "Иначе"

    def test_only_what_was_given(self):
        ticket = self._registered()
        draft = (
            self.env["hotline.answer"]
            .with_user(self.officer)
            .create({"ticket_id": ticket.id, "text": "Черновик"})
        )
        with self.assertRaisesRegex(UserError, "ст. 10"):
            self._publication(answer_id=draft.id, **TICKS).action_mark_ready()

    def test_what_is_allowed_stands(self):
        """ANS-PUB: afterwards only the address on the site; taken back, never deleted."""
        one = self._publication(text="Тепло дано.", **TICKS)
        one.action_mark_ready()
        for vals in ({"text": "x"}, {"is_personal_data_removed": False}, {"state": "draft"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                one.write(vals)
        one.url = "https://gov.example/answers/1"
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            one.url = "javascript:alert(1)"
        with self.assertRaises(UserError):
            one.unlink()
        one.action_withdraw()
        with self.assertRaises(UserError):
            one.action_mark_ready()

    def test_state_is_no_default(self):
        """An allowed publication is not made by a caller's values or defaults."""
        one = self._publication(state="ready", marked_by_id=self.officer.id)
        self.assertRecordValues(one, [{"state": "draft", "marked_by_id": False}])
        Publication = self.env["hotline.publication"].with_user(self.officer)
        forged = Publication.with_context(default_state="ready").create(
            {"answer_id": self.answer.id}
        )
        self.assertEqual(forged.state, "draft")

    def test_roles(self):
        """ANS-PUB: the officer's act; supervisor and auditor read."""
        one = self._publication(**TICKS)
        for role in ROLES:
            user = getattr(self, role)
            mine = one.with_user(user)
            writes = role in ("officer", "administrator")
            self.assertEqual(mine.has_access("write"), writes, role)
            self.assertEqual(
                mine.has_access("read"), writes or role in ("supervisor", "auditor"), role
            )
            if not writes:
                with self.assertRaises(AccessError):
                    mine.action_mark_ready()

    def test_offered_after_closing(self):
        """ANS-PUB: the button is there once an answer is given, also for an ended case."""
        methods = [act["method"] for act in self.ticket._more_acts()]
        self.assertIn("action_publication", methods)
        self.assertEqual(
            self.ticket.action_publication()["context"]["default_answer_id"], self.answer.id
        )
        one = self._publication()
        self.assertEqual(self.ticket.action_publication()["res_id"], one.id)
        fresh = self._registered().with_user(self.officer)
        self.assertNotIn("action_publication", [act["method"] for act in fresh._more_acts()])
