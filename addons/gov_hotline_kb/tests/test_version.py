from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestVersion(KnowledgeCommon):
    """A2: what readers see was approved, and each version stays."""

    def _step(self, **vals):
        Step = self.env["tier.definition"].with_user(self.administrator)
        return Step.with_context(default_hotline_kb=True).create(
            {
                "name": "Руководитель", "review_type": "individual",
                "reviewer_id": self.approver.id, **vals,
            }
        )  # fmt: skip

    def test_the_state_of_a_step_is_in_russian(self):
        """E12: the approver reads who decides and in which state it is, without a Latin word."""
        self._step()
        review = self._sent().review_ids.with_context(lang="ru_RU")
        self.assertEqual(review.mapped("article_state"), ["Ждёт решения"])

    def _sent(self, page=None):
        page = (page or self.draft).with_user(self.officer)
        page.action_send_for_approval()
        return page.awaiting_version_id

    def test_each_publication_is_a_version(self):
        page = self.heating.with_user(self.administrator)
        page.content = "<p>Второй текст.</p>"
        page.action_publish()
        versions = page.version_ids.sorted("number", reverse=True)
        self.assertEqual(versions.mapped("number"), [2, 1])
        self.assertEqual(versions.mapped("state"), ["published", "replaced"])
        self.assertIn("замер температуры", versions[1].text)
        page.action_withdraw()
        self.assertEqual(versions[0].state, "withdrawn")

    def test_the_way_of_a_draft(self):
        """A2: officer writes, approver approves, operators find it; nobody publishes past it."""
        self._step()
        with self.assertRaises(UserError):
            self.draft.with_user(self.administrator).action_publish()
        version = self._sent()
        self.assertEqual(version.state, "approval")
        self.assertEqual(self._titles("черновик"), [])
        waiting = self.env["hotline.kb.version"].with_user(self.approver)
        self.assertEqual(waiting.search([("awaits_me", "=", True)]), version)
        self.draft.with_user(self.officer).content = "<p>Поздняя правка.</p>"
        version.with_user(self.approver).action_approve()
        self.assertEqual(self._titles("черновик"), ["Черновик про батареи"])
        shown = self.draft.with_user(self.operator)
        self.assertIn("Не проверено", shown.published_text)
        self.assertNotIn("Поздняя", shown.published_text)
        self.assertTrue(self.draft.has_changes)
        self.assertEqual(shown.published_by_id, self.approver)

    def test_sent_back_with_a_reason(self):
        self._step()
        version = self._sent().with_user(self.approver)
        with self.assertRaises(UserError):
            version.action_refuse("нет")
        ask = version.action_ask_refusal()
        wizard = self.env[ask["res_model"]].with_user(self.approver)
        with Form(wizard.with_context(**ask["context"])) as form:
            form.reason = "Укажите статью закона и срок."
        form.record.action_refuse()
        self.assertEqual((version.state, version.refusal[:7]), ("refused", "Укажите"))
        self.assertEqual(self._sent().number, 2)

    def test_several_steps_in_their_order(self):
        self._step(sequence=1)
        group = self.env.ref("gov_hotline.group_administrator")
        self._step(
            name="Редактор", sequence=2, review_type="group",
            reviewer_id=False, reviewer_group_id=group.id,
        )  # fmt: skip
        version = self._sent()
        with self.assertRaises(AccessError):
            version.with_user(self.administrator).action_approve()
        version.with_user(self.approver).action_approve()
        self.assertEqual(version.state, "approval")
        version.with_user(self.administrator).action_approve()
        self.assertEqual(version.state, "published")

    def test_what_waits_for_approval_is_what_is_published(self):
        """A2: title, readers, topics, dates and owners are fixed with the text sent."""
        self._step()
        page = self.draft.with_user(self.officer)
        page.owner_ids = [Command.create({"agency_id": self.agency.id, "part": "Акты"})]
        version = self._sent()
        for vals in (
            {"name": "Иное название"},
            {"audience": "public"},
            {"topic_ids": [Command.set(self.housing.ids)]},
            {"valid_to": "2030-01-01"},
            {"owner_ids": [Command.clear()]},
        ):
            for user in (self.officer, self.administrator):
                article = self.draft.with_user(user).with_context(lang="ru_RU")
                with (
                    self.subTest(vals=vals, user=user.login),
                    self.assertRaisesRegex(UserError, "отзовите"),
                ):
                    article.write(vals)
        with self.assertRaises(UserError):
            page.owner_ids.part = "Иное"
        version.with_user(self.officer).action_take_back()
        page.write({"name": "Верное название", "audience": "both"})
        self._sent().with_user(self.approver).action_approve()
        self.assertEqual((self.draft.name, self.draft.audience), ("Верное название", "both"))

    def test_the_approver_sees_what_readers_will(self):
        """A2: readers, topics, territories, dates and owners stand in the approver's form."""
        self._step()
        territory = self.env["hotline.territory"].create({"name": "Край Тест", "kind": "region"})
        self.draft.write(
            {
                "audience": "both", "topic_ids": self.topic.ids, "valid_to": "2030-01-01",
                "territory_ids": territory.ids, "review_on": "2029-01-01",
                "owner_ids": [Command.create({"agency_id": self.agency.id, "part": "Акты"})],
            }
        )  # fmt: skip
        form = Form(
            self._sent().with_user(self.approver), "gov_hotline_kb.hotline_kb_version_view_form"
        )
        self.assertEqual((form.audience, str(form.valid_to)), ("both", "2030-01-01"))
        self.assertEqual(str(form.review_on), "2029-01-01")
        self.assertEqual((form.topic_ids[:], form.territory_ids[:]), (self.topic, territory))
        self.assertIn(self.agency.name, form.owner_names)
        self.assertIn("Акты", form.owner_names)

    def test_nobody_approves_his_own(self):
        self._step(reviewer_id=self.administrator.id)
        page = self.draft.with_user(self.administrator)
        with self.assertRaises(UserError):
            page.action_send_for_approval()

    def test_who_may_not(self):
        self._step()
        version = self._sent()
        for role in ("operator", "supervisor", "executor", "press"):
            user = getattr(self, role)
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    self.draft.with_user(user).action_send_for_approval()
                with self.assertRaises(AccessError):
                    version.with_user(user).action_approve()
                with self.assertRaises(AccessError):
                    version.with_user(user).read(["text"])
        for method in ("action_approve", "validate_tier", "request_validation"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(version.with_user(self.officer), method)()
        with self.assertRaises(AccessError):
            version.with_user(self.auditor).action_take_back()

    def test_nothing_by_hand(self):
        """Versions, reviews and steps of others change by no write."""
        self._step()
        version = self._sent()
        for role in ("officer", "administrator", "approver"):
            user = getattr(self, role)
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    version.with_user(user).write({"state": "published"})
                with self.assertRaises(AccessError):
                    version.review_ids.with_user(user).write({"status": "approved"})
        with self.assertRaises(AccessError):
            self.env["hotline.kb.version"].with_user(self.officer).create(
                {"page_id": self.draft.id, "number": 9, "name": "Мимо", "state": "published"}
            )
        with self.assertRaises(AccessError):
            self._step().with_user(self.officer).unlink()

    def test_a_step_needs_somebody_who_approves(self):
        with self.assertRaises(ValidationError):
            self._step(reviewer_id=self.operator.id)

    def test_taken_back_and_sent_twice(self):
        self._step()
        version = self._sent()
        with self.assertRaises(UserError):
            self.draft.with_user(self.officer).action_send_for_approval()
        version.with_user(self.officer).action_take_back()
        self.assertEqual(version.state, "taken_back")
        with self.assertRaises(UserError):
            version.with_user(self.approver).action_approve()

    def test_parts_become_the_text(self):
        """A2: who is entitled, what, how, where, term, documents, form."""
        page = self._pages(self.officer).create(
            {
                "name": "Пособие", "part_who": "Семьи с детьми",
                "part_documents": "- Паспорт\n- Справка <b>", "sources": "Закон, статья 1",
                "checked_on": "2026-11-21",
            }
        )  # fmt: skip
        page.with_user(self.administrator).action_publish()
        html = page.published_html
        for piece in ("Кому положено", "<li>Паспорт</li>", "Справка &lt;b&gt;", "21.11.2026"):
            self.assertIn(piece, html)
        self.assertEqual(self._titles("справка"), ["Пособие"])

    def test_owners_and_their_parts(self):
        """C3: several agencies, each for its part; of a published article the publisher's."""
        page = self.heating.with_user(self.officer)
        owner = Command.create({"agency_id": self.agency.id, "part": "Акты и перерасчёт"})
        with self.assertRaises(AccessError):
            page.owner_ids = [owner]
        self.heating.with_user(self.administrator).owner_ids = [owner]
        self.assertEqual(self.heating.with_user(self.operator).owner_ids.part, "Акты и перерасчёт")
        with self.assertRaises(AccessError):
            page.owner_ids.part = "Иное"
        Owner = self.env["hotline.kb.owner"].with_user(self.officer)
        vals = {"agency_id": self.agency.copy({"name": "Другое ведомство"}).id}
        with self.assertRaises(AccessError):
            Owner.create({"page_id": self.heating.id, **vals})
        with self.assertRaises(AccessError):
            Owner.with_context(default_page_id=self.heating.id).create(vals)
        mine = Owner.create({"page_id": self.draft.id, **vals})
        with self.assertRaises(AccessError):
            mine.page_id = self.heating.id

    def test_due_for_review(self):
        """A2: what is due for review stands in a list till somebody says it still holds."""
        action = self.env.ref("gov_hotline_kb.document_page_action_review")
        domain = [("state", "=", "published"), ("review_on", "<=", "today")]
        self.heating.review_on = "2020-01-01"
        self.assertEqual(self._pages(self.officer).search(domain).ids, self.heating.ids)
        self.assertIn("review_on", action.domain)
        with self.assertRaises(AccessError):
            self.heating.with_user(self.officer).action_still_right()
        self.heating.with_user(self.administrator).action_still_right()
        self.assertFalse(self._pages(self.officer).search(domain))

    def test_dates_in_their_order(self):
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["document.page"].create(
                {"name": "Даты", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
            )

    def test_ten_megabytes_are_refused(self):
        """Bad input: told at once, not after minutes."""
        for name in ("content", "part_how", "short_form"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self.draft.with_user(self.officer).write({name: "я" * 10_000_000})
