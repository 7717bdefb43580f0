import re
from ast import literal_eval

from odoo.tests import Form, tagged

from .common import KnowledgeCommon

FORM = "gov_hotline_kb.document_page_view_form"
LATIN = re.compile("[A-Za-z]{2,}")


@tagged("post_install", "-at_install")
class TestApproval(KnowledgeCommon):
    """A2: what the approver has before the eyes, and who publishes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.step = cls._step()
        cls.env.invalidate_all()  # who publishes was asked before there was a step

    @classmethod
    def _step(cls, **vals):
        Step = cls.env["tier.definition"].with_user(cls.administrator)
        person = {"review_type": "individual", "reviewer_id": cls.approver.id}
        return Step.with_context(default_hotline_kb=True, lang="ru_RU").create({**person, **vals})

    def _sent(self, page=None):
        page = (page or self.draft).with_user(self.officer)
        page.action_send_for_approval()
        return page.awaiting_version_id

    def test_no_latin_word_in_the_steps(self):
        """A2: a new step has a Russian name; a role is named as it is, without «Group»."""
        self.assertEqual(self.step.name, "Утверждение")
        role = self.env.ref("gov_hotline.group_approver")
        self.step.write({"review_type": "group", "reviewer_id": False, "reviewer_group_id": role})
        review = self._sent().review_ids.with_user(self.approver).with_context(lang="ru_RU")
        self.assertEqual(review.article_who, role.with_context(lang="ru_RU").name)
        self.assertFalse(LATIN.search(review.article_who))

    def test_the_list_of_persons_has_those_who_approve(self):
        """A2: nobody is offered whom saving would refuse."""
        view = self.env.ref("gov_hotline_kb.tier_definition_view_list")
        Step = self.env["tier.definition"].with_user(self.administrator)
        arch = Step.get_view(view.id, "list")["arch"]
        domain = re.search(r"name=\"reviewer_id\"[^>]*domain=\"([^\"]*)\"", arch)[1]
        offered = self.env["res.users"].search(literal_eval(domain))
        self.assertIn(self.approver, offered)
        self.assertIn(self.administrator, offered)
        self.assertFalse(offered & (self.operator | self.officer | self.supervisor | self.auditor))

    def test_the_approver_compares_with_what_is_shown(self):
        """A2: what changed since the version that readers see, word by word."""
        page = self.heating.with_user(self.officer)
        page.write({"content": "<p>Заявка в аварийную службу <b>водоканала</b>.</p>"})
        version = self._sent(self.heating).with_user(self.approver)
        self.assertEqual(version.previous_id, self.heating.version_id)
        self.assertIn("<ins>водоканала.</ins>", version.difference)
        self.assertIn("счётчик.</del>", version.difference)
        self.assertIn("Холодные батареи", version.difference)
        first = self._sent().with_user(self.approver)
        self.assertFalse(first.previous_id or first.difference)

    def test_articles_are_counted_among_what_waits(self):
        """A2: in the morning's numbers and after a decision; nobody's own, in two queries."""
        counts = self.env["hotline.digest.counts"]
        before = counts._approvals(self.env.company).get(self.approver.id, 0)
        first, second = self._sent(), self._sent(self.payment)
        found = counts._approvals(self.env.company)
        self.assertEqual(found[self.approver.id], before + 2)
        self.assertNotIn(self.officer.id, self.env["hotline.kb.version"]._count_by_approver(
            self.env.company))  # fmt: skip
        Answer = self.env["hotline.answer"].with_user(self.approver)
        self.assertEqual(Answer._count_awaiting_me(), 2)
        told = first.with_user(self.approver).with_context(lang="ru_RU").action_approve()
        self.assertIn(": 1", told["params"]["message"])
        self.assertEqual(told["params"]["next"]["res_model"], "hotline.kb.version")
        told = second.with_user(self.approver).action_approve()
        self.assertEqual(told["params"]["next"]["res_model"], "hotline.answer")
        self.assertEqual(Answer.with_user(self.press)._count_articles_awaiting_me(), 0)

    def test_an_empty_list_of_answers_tells_of_the_articles(self):
        """A2: articles alone wait: said with their number and a way to them."""
        Answer = self.env["hotline.answer"].with_context(lang="ru_RU")
        self.assertEqual(Answer.with_user(self.approver).awaiting_articles_help(), "")
        version = self._sent()
        told = Answer.with_user(self.approver).awaiting_articles_help()
        self.assertIn(": 1.", told)
        self.assertIn("/odoo/hotline-knowledge-mine", told)
        self.assertFalse(LATIN.search(re.sub("<[^>]*>", "", told)))
        for user in (self.officer, self.operator, self.press):
            self.assertEqual(Answer.with_user(user).awaiting_articles_help(), "")
        version.with_user(self.approver).action_approve()
        self.assertEqual(Answer.with_user(self.approver).awaiting_articles_help(), "")

    def test_a_refusal_leads_back_to_what_waits(self):
        """A2: after «Send back», as after «Approve»: what still waits."""
        first, _second = self._sent(), self._sent(self.payment)
        told = first.with_user(self.approver).action_refuse("Укажите статью закона.")
        self.assertEqual(told["params"]["next"]["res_model"], "hotline.kb.version")
        self.assertEqual(told["params"]["next"]["target"], "main")

    def test_the_digest_opens_the_articles(self):
        """A2: the number leads to what it counts."""
        digest = self.env["hotline.outbox.digest"].sudo().create(
            {
                "company_id": self.env.company.id, "user_id": self.approver.id,
                "day": "2026-11-23", "scope": "all",
            }
        )  # fmt: skip
        mine = digest.with_user(self.approver)
        self.assertEqual(mine.action_open_approvals()["res_model"], "hotline.answer")
        self._sent()
        self.assertEqual(mine.action_open_approvals()["res_model"], "hotline.kb.version")

    def test_what_may_not_be_changed_is_no_input(self):
        """A2: of a published article an officer has the text alone, of one that waits all."""
        form = Form(self.heating.with_user(self.officer), FORM)
        for name in ("name", "audience", "valid_to", "review_on", "search_hints"):
            with self.subTest(name=name), self.assertRaises(AssertionError):
                setattr(form, name, False)
        form.part_how = "Позвоните."
        form.save()
        with Form(self.payment.with_user(self.administrator), FORM) as form:
            form.name = "Иное название"
        with Form(self.draft.with_user(self.officer), FORM) as form:
            form.name = "Черновик о батареях"
        self._sent()
        for user in (self.officer, self.administrator):
            with self.subTest(user=user.login), self.assertRaises(AssertionError):
                Form(self.draft.with_user(user), FORM).name = "Поздно"

    def test_readers_have_no_input_at_all(self):
        for role in ("operator", "approver", "supervisor", "executor", "auditor", "press"):
            page = self.heating.with_user(getattr(self, role))
            with self.subTest(role=role):
                arch = page.get_view(self.env.ref(FORM).id, "form")["arch"]
                self.assertRegex(arch, r"<form[^>]*edit=\"(0|False|false)\"")

    def test_who_publishes_is_told(self):
        """A2: without steps the form says that the administrator publishes."""
        words = "the administrator publishes articles"
        page = self.draft.with_user(self.officer)
        self.assertIn(words, page.get_view(self.env.ref(FORM).id, "form")["arch"])
        self.assertTrue(page.is_approval_needed)
        self.step.active = False
        page.invalidate_recordset()
        self.assertFalse(page.is_approval_needed or page.is_publisher)
        self.assertTrue(self.draft.with_user(self.administrator).is_publisher)

    def test_what_a_person_answers_for_is_an_example_no_more(self):
        """A2: an example is the body's own when a person states the day of the check, not before.

        By the day in the draft that was approved, or by «Checked, still right».
        """
        pages = self.heating | self.payment
        pages.write({"is_example": True, "sources": "Закон"})
        self.heating.with_user(self.officer).part_how = "Позвоните."
        self._sent(self.heating).with_user(self.approver).action_approve()
        self.assertEqual(pages.mapped("is_example"), [True, True])
        self.assertIn("не проверено", self.heating.published_text)
        self.heating.with_user(self.officer).checked_on = "2026-11-20"
        self._sent(self.heating).with_user(self.approver).action_approve()
        self.assertEqual(pages.mapped("is_example"), [False, True])
        self.assertIn("Сведения на 20.11.2026", self.heating.published_text)

    def test_still_right_states_the_day(self):
        """A2: what the administrator found right says when; a draft that waits is not shown."""
        pages = self.heating | self.payment
        pages.is_example = True
        self.payment.with_user(self.officer).part_how = "Ещё не утверждено."
        pages.with_user(self.administrator).action_still_right()
        self.assertEqual(pages.mapped("is_example"), [False, False])
        self.assertIn("Сведения на", self.heating.published_text)
        self.assertFalse(self.heating.has_changes)
        self.assertNotIn("утверждено", self.payment.published_text)
