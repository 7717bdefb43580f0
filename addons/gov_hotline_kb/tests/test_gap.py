from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestGap(KnowledgeCommon):
    """A2: the base is replenished from what callers asked and nobody could read out."""

    def _note(self, text, user=None, **more):
        return self.env["hotline.kb.gap"].with_user(user or self.operator).note(text, **more)

    def _gaps(self, user=None):
        domain = [("company_id", "=", self.env.company.id)]
        return self.env["hotline.kb.gap"].with_user(user or self.officer).search(domain)

    def test_from_a_search_to_a_published_article(self):
        """A2: not found → noted and counted → draft → published → found."""
        question = "оформить вид на рыбалку"
        self.assertEqual(self._titles(question), [])
        self.assertEqual(self._note(question, topic_id=self.topic.id), 1)
        self.assertEqual(self._note("На рыбалку ОФОРМИТЬ вид?", self.supervisor), 2)
        gap = self._gaps()
        self.assertRecordValues(
            gap, [{"name": question, "asked_count": 2, "topic_id": self.topic.id, "state": "new"}]
        )
        opened = gap.action_make_draft()
        page = self._pages(self.officer).browse(opened["res_id"])
        self.assertEqual((gap.state, page.state, page.topic_ids), ("draft", "draft", self.topic))
        self.assertEqual(gap.action_make_draft()["res_id"], page.id)
        page.part_how = "Разрешение не нужно."
        page.with_user(self.administrator).action_publish()
        self.assertEqual(self._titles(question), [question])

    def test_from_a_talk_in_which_no_article_fits(self):
        """A2: what the caller asked is noted though articles came; whose name it is stays out."""
        call = self.env["hotline.call"].create(
            {"line_id": self.line.id, "partner_id": self.citizen.id, "question": "Холодно"}
        )
        self._note("Иванова: холодно в бассейне", topic_id=self.topic.id, call_id=call.id)
        self.assertEqual(self._gaps().topic_id, self.topic)
        self.assertNotIn("Иванова", self._gaps().name)
        self.assertIn("бассейне", self._gaps().name)

    def test_from_a_case_for_which_no_article_fits(self):
        """A2: beside the case too, by whoever talks; the citizen's name stays out."""
        case = self._draft(name="Иванова просит отловить енотов", topic_id=self.topic.id)
        told = case.with_user(self.operator).action_note_gap()
        self.assertEqual(told["tag"], "display_notification")
        self.assertRecordValues(self._gaps(), [{"asked_count": 1, "topic_id": self.topic.id}])
        self.assertIn("енотов", self._gaps().name)
        self.assertNotIn("Иванова", self._gaps().name)
        with self.assertRaises(AccessError):
            case.with_user(self.press).action_note_gap()

    def test_telephones_and_mails_are_not_kept(self):
        self._note("позвоните 8 (913) 555-01-01 или ivan@example.com про рыбалку")
        self.assertNotRegex(self._gaps().name, r"\d|@")

    def test_who_notes_and_who_sees(self):
        for role in ("executor", "auditor", "press", "approver"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._note("вопрос про рыбалку", getattr(self, role))
        self._note("вопрос про рыбалку")
        gap = self._gaps()
        for role in ("operator", "executor", "press", "approver"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                gap.with_user(getattr(self, role)).read(["name"])
        for role in ("operator", "supervisor", "auditor"):
            user = getattr(self, role)
            with self.subTest(role=role):
                for act in ("action_make_draft", "action_dismiss"):
                    with self.assertRaises(AccessError):
                        getattr(gap.with_user(user), act)()
        with self.assertRaises(AccessError):
            gap.with_user(self.administrator).write({"asked_count": 9})
        gap.action_dismiss()
        self.assertEqual(gap.state, "dismissed")

    def test_one_person_counts_once_a_day(self):
        """A2: clicks are no callers: the same question of the same person is one a day."""
        told = [self._note("вопрос про рыбалку") for _click in range(3)]
        self.assertEqual(told, [1, 1, 1])
        self.assertEqual(self._note("про рыбалку вопрос", self.supervisor), 2)
        visits = self.env["hotline.kb.visit"].search([("gap_id", "=", self._gaps().id)])
        visits.unlink()  # as the next day
        self.assertEqual(self._note("вопрос про рыбалку"), 3)

    def test_a_draft_with_marks_is_not_sent(self):
        """A2: the title of a question from which a person was left out is to be mended first."""
        self._note("позвоните 8 (913) 555-01-01 про рыбалку")
        page = self._pages(self.officer).browse(self._gaps().action_make_draft()["res_id"])
        self.assertIn("[…]", page.name)
        page.part_how = "Разрешение не нужно."
        shown = page.with_user(self.administrator)
        with self.assertRaisesRegex(UserError, r"\[…\]"):
            shown.action_publish()
        page.write({"name": "Про рыбалку", "part_how": "Спросите […]."})
        with self.assertRaisesRegex(UserError, r"\[…\]"):
            shown.action_publish()
        page.part_how = "Разрешение не нужно."
        shown.action_publish()
        self.assertEqual(page.state, "published")

    def test_bad_words(self):
        for text in ("", "  ", "!?", None):
            with self.subTest(text=text), self.assertRaises(UserError):
                self._note(text)
        self._note("рыбалка " * 5000)
        self.assertLessEqual(len(self._gaps().name), 200)

    def test_another_body_has_its_own_list(self):
        self._note("вопрос про рыбалку")
        other = self.env["res.company"].create({"name": "Другой орган"})
        self.officer.write({"company_ids": [Command.link(other.id)]})
        gaps = self.env["hotline.kb.gap"].with_user(self.officer)
        self.assertFalse(gaps.with_context(allowed_company_ids=other.ids).search([]))
