from odoo.tests import HttpCase, tagged

from .common import KnowledgeCommon
from .test_measures import MeasuresCommon


@tagged("post_install", "-at_install")
class TestKnowledgeTours(KnowledgeCommon, HttpCase):
    """The knowledge base in a browser."""

    def _tour(self, name, user, page="hotline-workplace"):
        self.start_tour(f"/odoo/{page}", name, login=user.login)

    def test_search_in_a_call_and_insert(self):
        """A2: found while the citizen speaks, inserted by one click, and counted."""
        self._tour("hotline_kb_insert", self.operator)
        self.assertEqual(self.heating.used_count, 2)

    def test_search_beside_an_answer(self):
        """A2, E5: found in the answer's window; what is written stays, the article is added."""
        self.pass_office.audience = "both"
        answer = self.env["hotline.answer"].create(
            {"ticket_id": self._registered().id, "text": "…"}
        )
        path = f"/odoo/hotline.answer/{answer.id}"
        self.start_tour(path, "hotline_kb_answer", login=self.officer.login)
        self.assertRegex(answer.text, r"(?s)Здравствуйте\..*Заявление в МФЦ")

    def test_gap_draft_approval_published_found(self):
        """A2: the base is replenished from the calls, step by step, by its people."""
        Step = self.env["tier.definition"].with_user(self.administrator)
        Step.with_context(default_hotline_kb=True).create(
            {
                "name": "Руководитель", "review_type": "individual",
                "reviewer_id": self.approver.id,
            }
        )  # fmt: skip
        self._tour("hotline_kb_gap", self.operator)
        self._tour("hotline_kb_draft", self.officer, "hotline-knowledge-gaps")
        self._tour("hotline_kb_approve", self.approver, "hotline-knowledge-approval")
        self._tour("hotline_kb_found", self.operator)

    def test_a_draft_from_a_call(self):
        """A2: from a closed call, personal data checked by hand."""
        call = self.env["hotline.call"].create(
            {
                "line_id": self.line.id, "partner_id": self.citizen.id, "group": "consultation",
                "question": "Иванова, ул. Ленина, 15: нет тепла", "result": "Заявка",
                "disposition_id": self.env.ref("gov_hotline.disposition_consult_answered").id,
            }
        )  # fmt: skip
        call.action_close()
        path = f"/odoo/hotline.call/{call.id}"
        self.start_tour(path, "hotline_kb_intake", login=self.officer.login)
        page = self.env["document.page"].search([("search_hints", "like", "нет тепла")], limit=1)
        self.assertIn("ул. Ленина, 15", page.search_hints)
        self.assertNotIn("Иванова", page.search_hints)

    def test_a_citizen_on_the_site(self):
        """C6: the public side by a stranger."""
        page = self._article(
            "Нет отопления: что делать", "<p>Звоните диспетчеру.</p>", audience="both"
        )
        self.start_tour("/hotline/help", "hotline_kb_public")
        self.assertEqual(page.helped_count, 1)


@tagged("post_install", "-at_install")
class TestMeasuresTours(MeasuresCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.children.name = "Детей для теста"
        cls.income.name = "Доход для теста"

    def test_questionnaire(self):
        """C6: from the menu: answers, what fits, why; the next caller."""
        page = "/odoo/hotline-pick-measures"
        self.start_tour(page, "hotline_kb_questionnaire", login=self.operator.login)

    def test_questionnaire_in_a_call(self):
        """C6: over a talk; the list goes into what was answered."""
        page = "/odoo/hotline-workplace"
        self.start_tour(page, "hotline_kb_measures_in_call", login=self.operator.login)
