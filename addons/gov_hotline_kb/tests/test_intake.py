from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestIntake(KnowledgeCommon):
    """A2: a draft from a closed case or call, the people taken out of it by a checked proposal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._call(
            question="Иванова Мария, ул. Ленина, 15, кв. 3, тел. 8 913 555-01-01: нет тепла",
            result="Марии сказано: подать заявку в Теплосеть, л/с 4410-0093",
            disposition_id=cls.env.ref("gov_hotline.disposition_consult_answered").id,
        )
        cls.call.action_close()

    @classmethod
    def _call(cls, **vals):
        return cls.env["hotline.call"].create(
            {
                "line_id": cls.line.id, "partner_id": cls.citizen.id, "topic_id": cls.topic.id,
                "operator_id": cls.operator.id, "group": "consultation", **vals,
            }
        )  # fmt: skip

    def _service(self, user=None):
        return self.env["hotline.kb.intake"].with_user(user or self.officer)

    def _made(self, source, kept=None):
        opened = self._service().make(source._name, source.id, kept or {})
        return self.env["document.page"].browse(opened["res_id"])

    def test_from_a_call_to_a_draft_without_people(self):
        """A2: names, telephones, addresses, accounts are marked, and gone unless kept."""
        parts = {one["name"]: one for one in self._service().propose("hotline.call", self.call.id)}
        marked = [
            (piece["kind"], piece["text"]) for piece in parts["question"]["pieces"] if piece["kind"]
        ]
        self.assertEqual(
            marked,
            [
                ("name", "Иванова"), ("name", "Мария"), ("address", "ул. Ленина, 15, кв. 3"),
                ("number", "8 913 555-01-01"),
            ],
        )  # fmt: skip
        whole = "".join(piece["text"] for piece in parts["answer"]["pieces"])
        self.assertEqual(whole, self.call.result)
        page = self._made(self.call)
        self.assertEqual((page.state, page.topic_ids), ("draft", self.topic))
        text = f"{page.name} {page.search_hints} {page.content}"
        for secret in ("Иванов", "Мари", "Ленина", "555", "4410"):
            self.assertNotIn(secret, text)
        self.assertIn("нет тепла", page.search_hints)
        self.assertIn("подать заявку в Теплосеть", page.content)

    def test_a_mark_that_stays(self):
        """A2: a person decides each mark: a street of a rule is no one's address."""
        parts = {one["name"]: one for one in self._service().propose("hotline.call", self.call.id)}
        street = next(one for one in parts["question"]["pieces"] if one["kind"] == "address")
        page = self._made(self.call, {"question": [street["start"], "x", None, 10**9]})
        self.assertIn("ул. Ленина, 15, кв. 3", page.search_hints)
        self.assertNotIn("555", page.search_hints)

    def test_a_name_that_was_missed(self):
        """A2: what the reader finds goes too, in any case of declension; and is let go again."""
        call = self._call(
            question="платит пупкин, соседу пупкину холодно, шифр аб-17",
            disposition_id=self.env.ref("gov_hotline.disposition_consult_answered").id,
        )
        call.action_close()
        more = ["Пупкин", "аб-17", " ", 5]
        service = self._service()
        pieces = service.propose("hotline.call", call.id, more)[0]["pieces"]
        self.assertEqual(
            [one["text"] for one in pieces if one["kind"]], ["пупкин", "пупкину", "аб-17"]
        )
        pieces = service.propose("hotline.call", call.id)[0]["pieces"]
        self.assertFalse([one for one in pieces if one["kind"]])
        made = service.make("hotline.call", call.id, {}, more)
        page = self.env["document.page"].browse(made["res_id"])
        self.assertNotRegex(f"{page.name} {page.search_hints}", "пупкин|аб-17")

    def test_from_a_closed_case(self):
        """A2: the appeal and the answer that was given; co-applicants go as the applicant does."""
        case = self._closed()
        page = self._made(case)
        text = f"{page.name} {page.search_hints} {page.content}"
        self.assertNotIn("Иванов", text)
        self.assertTrue(page.content)
        acts = [one["method"] for one in case.with_user(self.officer).acts]
        self.assertIn("action_draft_article", acts)
        acts = [one["method"] for one in case.with_user(self.operator).acts or []]
        self.assertNotIn("action_draft_article", acts)
        action = case.with_user(self.officer).action_draft_article()
        self.assertEqual(action["params"], {"model": "helpdesk.ticket", "id": case.id})

    def test_who_may_and_when(self):
        for role in ("operator", "supervisor", "approver", "executor", "auditor", "press"):
            user = getattr(self, role)
            for act in (
                lambda one: one.propose("hotline.call", self.call.id),
                lambda one: one.make("hotline.call", self.call.id, {}),
            ):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    act(self._service(user))
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call.with_user(user).action_draft_article()
        for model in ("res.partner", "ir.config_parameter", "", "no.model"):
            with self.subTest(model=model), self.assertRaises(UserError):
                self._service().propose(model, 1)
        with self.assertRaises(UserError):
            self._service().propose("hotline.call", self._call(question="Ещё идёт").id)
        with self.assertRaises(UserError):
            self._service().propose("helpdesk.ticket", self._registered().id)

    def test_markup_of_a_talk_is_text(self):
        call = self._call(
            question="<script>x()</script> как быть", result="<b>так</b>",
            disposition_id=self.env.ref("gov_hotline.disposition_consult_answered").id,
        )  # fmt: skip
        call.action_close()
        self.assertNotIn("<script", self._made(call).content)


@tagged("post_install", "-at_install")
class TestGapsOfCalls(KnowledgeCommon):
    """A2: what the base does not answer is told by the ends and the transfers of calls."""

    def _call(self, question, **vals):
        return self.env["hotline.call"].with_user(self.operator).create(
            {
                "line_id": self.line.id, "partner_id": self.citizen.id, "group": "consultation",
                "topic_id": self.topic.id, "question": question,
                "disposition_id": self.env.ref("gov_hotline.disposition_consult_answered").id,
                **vals,
            }
        )  # fmt: skip

    def _gaps(self):
        return self.env["hotline.kb.gap"].search([("company_id", "=", self.env.company.id)])

    def test_a_call_ended_without_an_answer(self):
        """A2: the disposition «no answer in the base» puts the question into the list."""
        no_article = self.env.ref("gov_hotline_kb.disposition_no_article").id
        self._call("Иванова: где ловить рыбу?", disposition_id=no_article).action_close()
        self._call("Где ловить рыбу", disposition_id=no_article).action_close()
        gap = self._gaps()
        self.assertRecordValues(
            gap, [{"asked_count": 2, "call_count": 2, "topic_id": self.topic.id, "state": "new"}]
        )
        self.assertNotIn("Иванов", gap.name)

    def test_a_call_transferred_for_want_of_an_article(self):
        """A2: the cause of a transfer counts; the other causes do not."""
        self._call("Где ловить рыбу?", redirect_cause="competence").action_close()
        self.assertFalse(self._gaps())
        self._call("Где ловить рыбу?", redirect_cause="no_article").action_close()
        self.assertEqual(self._gaps().call_count, 1)

    def test_a_transfer_leaves_no_person_in_the_list(self):
        """A2: neither the caller nor the way to reach them is in the list of questions."""
        question = (
            "звонит Сидорова Анна, телефон 555-01-01, Ленина 5-12, ул мира 7 кв 2, "
            "сын петров иван иванович, мария ивановна: где ловить рыбу?"
        )
        self._call(question, redirect_cause="no_article").action_close()
        name = self._gaps().name
        self.assertNotRegex(name, r"\d|Сидоров|Анна|Ленина|мира|петров|иванов")
        self.assertIn("где ловить рыбу", name)

    def test_nothing_asked_stops_nothing(self):
        """A call is never kept from ending by the knowledge base."""
        Gap = self.env["hotline.kb.gap"]
        for text in ("!!!", "", False, "8 913 555-01-01"):
            self.assertFalse(Gap._count(text, self.topic, self.env.company, of_call=True))
        self.assertFalse(self._gaps())

    def test_answered_calls_are_no_gaps(self):
        self._call("Где ловить рыбу?").action_close()
        self.assertFalse(self._gaps())


@tagged("post_install", "-at_install")
class TestUse(KnowledgeCommon):
    """A2: which articles are used and which never."""

    def test_opened_and_inserted_are_counted(self):
        Page = self._pages()
        Page.note_used(self.heating.id)
        Page.note_used(self.heating.id)
        self._pages(self.officer).note_used(self.heating.id)
        self.assertEqual(self.heating.used_count, 3)
        self.assertEqual(len(self.env["hotline.kb.use"].search([])), 2)
        never = self.env["document.page"].with_user(self.supervisor)
        found = never.search([("used_count", "=", 0), ("state", "=", "published")])
        self.assertNotIn(self.heating, found)
        self.assertIn(self.payment, found)

    def test_rights(self):
        with self.assertRaises(AccessError):
            self._pages().note_used(self.draft.id)
        with self.assertRaises(AccessError):
            self.env["hotline.kb.use"].with_user(self.operator).search([])
        with self.assertRaises(AccessError):
            self.heating.with_user(self.administrator).write({"used_count": 99})
