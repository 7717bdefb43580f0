from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import KnowledgeCommon


@tagged("post_install", "-at_install")
class TestSearch(KnowledgeCommon):
    def test_any_form_of_a_russian_word(self):
        """A2: the caller's words in any case and number find the article."""
        for query in ("холодная батарея", "батареями", "ХОЛОДНЫЕ батареи?"):
            with self.subTest(query=query):
                self.assertEqual(self._titles(query)[0], "Холодные батареи")

    def test_stems_of_one_word_that_the_stemmer_parts(self):
        """«батареи» is «батар» to the stemmer, «батареями» is «батаре»: both are known here."""
        self._article("Ремонт", "<p>Батарея в подъезде.</p>")
        self.assertIn("Холодные батареи", self._titles("батареями"))

    def test_title_weighs_more_than_text(self):
        self.assertEqual(self._titles("батареи отопление")[0], "Холодные батареи")
        self._article("Отопление", "<p>Сезон.</p>")
        self.assertEqual(
            self._titles("отопление"), ["Отопление", "Перерасчёт за коммунальные услуги"]
        )

    def test_as_you_type(self):
        self.assertEqual(self._titles("коммун"), ["Перерасчёт за коммунальные услуги"])

    def test_yo_is_ye(self):
        self.assertEqual(self._titles("перерасчет"), ["Перерасчёт за коммунальные услуги"])
        self.assertEqual(self._titles("счетчик"), ["Холодные батареи"])

    def test_some_words_are_enough(self):
        """A caller says more words than the article has."""
        self.assertEqual(self._titles("дедушке нужна замена паспорта срочно"), ["Замена паспорта"])

    def test_misspelt_title(self):
        if not self.env.registry.has_trigram:
            self.skipTest("pg_trgm is not installed")
        self.assertEqual(self._titles("зомена паспарта"), ["Замена паспорта"])

    def test_nothing_breaks_the_query(self):
        for query in ("", "   ", "' & | ! ( ) : *", "батареи & !(", "\\'", "<->", "a" * 3000):
            with self.subTest(query=query):
                self.assertIsInstance(self._titles(query), list)
        self.assertEqual(self._titles("батареи' | (:*"), ["Холодные батареи"])

    def test_list_search_box(self):
        found = self._pages().search([("search_words", "ilike", "замену паспортов")])
        self.assertEqual(found, self.pass_office.with_user(self.operator))

    def test_the_list_comes_best_first(self):
        """A2: a text ranks the list as it does beside a talk; its pages fit together."""
        names = [f"{letter} батареи" for letter in "АБВ"]
        for name in names:
            self._article(name, "<p>О разном.</p>")
        Page, domain = self._pages(), [("search_words", "ilike", "холодные батареи")]
        ranked = self._titles("холодные батареи")
        self.assertEqual(ranked[0], "Холодные батареи")
        listed = Page.web_search_read(domain, {"name": {}}, order="")["records"]
        self.assertEqual([one["name"] for one in listed], ranked)
        paged = [Page.search(domain, offset=place, limit=1).name for place in range(len(ranked))]
        self.assertEqual(paged, ranked)
        self.assertEqual(Page.search(domain, order="name ASC").mapped("name"), sorted(ranked))
        self.assertEqual(Page.search_count(domain), len(ranked))
        narrowed = [*domain, ("name", "in", names)]
        self.assertEqual(Page.search(narrowed).mapped("name"), names)
        self.assertFalse(Page.search([("search_words", "ilike", "абракадабра")]))

    def test_what_is_used_comes_first(self):
        """A2: among equals what operators and citizens use; a mark weighs more than a use."""
        first, second = (self._article("Поверка", "<p>Поверка.</p>") for _twice in range(2))
        self.assertEqual(self._pages()._found_ids("поверка", 9), [first.id, second.id])
        second._used_once_more()
        self.assertEqual(self._pages()._found_ids("поверка", 9), [second.id, first.id])
        self._pages().mark_helped(first.id, True)
        self.assertEqual(self._pages()._found_ids("поверка", 9), [first.id, second.id])

    def test_index_serves_the_search(self):
        """The stems of a question are looked up in the index of words, not in the texts."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(
            SQL("EXPLAIN SELECT page_id, weight FROM hotline_kb_word WHERE stem = 'батар'")
        )
        self.assertIn("hotline_kb_word_stem_idx", str(plan))

    def test_very_long_text_is_saved_and_found(self):
        words = " ".join(f"слово{number}" for number in range(150_000))
        page = self._article("Длинная статья", f"<p>{words}</p>")
        self.assertEqual(self._titles("длинная статья"), [page.name])

    def test_suggested_by_topic_then_words_then_wider_topic(self):
        """A2: beside the case and the call, what fits the topic comes first."""
        suggest = self._pages().suggest
        by_topic = [one["title"] for one in suggest(self.topic.id)]
        self.assertEqual(by_topic, ["Холодные батареи", "Перерасчёт за коммунальные услуги"])
        with_words = [one["title"] for one in suggest(self.topic.id, "потерян паспорт, замена")]
        self.assertEqual(with_words[:2], ["Холодные батареи", "Замена паспорта"])
        self.assertEqual(suggest(), [])

    def test_words_order_the_articles_of_one_topic(self):
        """A2: of two articles of the topic the one about the caller's words comes first."""
        meters = self._article(
            "Цена поверки счётчика", "<p>Кто платит за поверку.</p>", topic_ids=self.topic.ids
        )
        suggest = self._pages().suggest
        self.assertEqual(suggest(self.topic.id)[0]["title"], self.heating.name)
        asked = suggest(self.topic.id, "кто платит за поверку")
        self.assertEqual(asked[0]["title"], meters.name)

    def test_what_a_suggestion_carries(self):
        [first, *_] = self._pages().suggest(self.topic.id)
        self.assertEqual(first["short"], "Позвоните в аварийную службу.")
        self.assertEqual(
            set(first),
            {"id", "title", "short", "note", "text", "example", "similar", "files"},
        )

    def test_beside_the_case(self):
        """A2: articles by the topic of the case, read with the rights of the reader."""
        ticket = self._draft()
        for role in ("operator", "officer", "supervisor", "auditor"):
            with self.subTest(role=role):
                pages = ticket.with_user(getattr(self, role)).kb_page_ids
                self.assertIn(self.heating, pages.with_env(self.env))
                self.assertNotIn(self.draft, pages.with_env(self.env))

    def test_the_case_searches_for_itself(self):
        """A2: the short form is found and read out in the case, by the rights of the reader."""
        case = self._draft().with_user(self.operator)
        found = {one["title"]: one["short"] for one in case.find_articles()}
        self.assertEqual(found["Холодные батареи"], "Позвоните в аварийную службу.")
        found = case.find_articles("замену паспорта")
        self.assertEqual([one["title"] for one in found], ["Замена паспорта"])
        with self.assertRaises(AccessError):
            case.with_user(self.executor).find_articles("паспорт")

    def test_a_word_shared_by_chance_is_only_similar(self):
        """A2: what answers a small part of the question stands apart; what answers it does not."""
        self._article("Уборка во дворе", "<p>Мусор.</p>")
        said = {one["title"]: one["similar"] for one in self._pages().search_text(
            "Во дворе мигает прожектор"
        )}  # fmt: skip
        self.assertEqual(said, {"Уборка во дворе": True})
        said = {one["title"]: one["similar"] for one in self._pages().search_text("уборка двора")}
        self.assertEqual(said, {"Уборка во дворе": False})

    def test_a_short_word_begins_only_what_is_known(self):
        """A2: «кот» is no boiler; four letters of it are."""
        self._article("Котёл", "<p>Газовое оборудование.</p>")
        self.assertEqual(self._titles("кот"), [])
        self.assertEqual(self._titles("котё"), ["Котёл"])

    def test_own_filters_offer_what_has_a_meaning(self):
        """Nobody groups articles by a colour or by whatever the machine keeps."""
        fields = self._pages().fields_get()
        offered = {
            one["string"] for one in fields.values() if one["groupable"] or one["searchable"]
        }
        strings = [
            one["string"] for one in fields.values() if one["groupable"] or one["searchable"]
        ]
        self.assertEqual(len(offered), len(strings))
        self.assertFalse({"color", "history_head", "write_date"} & {
            name for name, one in fields.items() if one["groupable"] or one["searchable"]
        })  # fmt: skip

    def test_a_new_answer_searches_by_its_case(self):
        """A2: before the first save, by the rights to the case; the example says that it is one."""
        case = self._registered()
        self.heating.write({"audience": "both"})
        self.heating.is_example = True
        Answer = self.env["hotline.answer"].with_user(self.officer).with_context(lang="ru_RU")
        [told] = Answer.find_articles(ticket_id=case.id)
        self.assertEqual(told["id"], self.heating.id)
        self.assertIn("[Пример из базы знаний", told["letter"])
        self.assertIn("замер температуры", told["letter"])
        with self.assertRaises(AccessError):
            Answer.with_user(self.executor).find_articles(ticket_id=case.id)

    def test_one_click_into_the_answer(self):
        """A2: what may leave the body goes into the draft of the answer, nothing else does."""
        ticket = self._registered()
        answer = (
            self.env["hotline.answer"]
            .with_user(self.officer)
            .create({"ticket_id": ticket.id, "text": "Здравствуйте."})
        )
        self.heating.audience = "both"
        self.assertEqual([one["id"] for one in answer.find_articles()], self.heating.ids)
        page = self.heating.with_user(self.officer).with_context(hotline_answer_id=answer.id)
        page.action_insert_into_answer()
        self.assertTrue(answer.text.startswith("Здравствуйте."))
        self.assertIn("замер температуры", answer.text)
        self.assertNotIn("Пример", answer.text)
        self.assertFalse(page.example_mark)
        with self.assertRaises(UserError):
            self.payment.with_env(page.env).action_insert_into_answer()
        for role in ("operator", "auditor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                page.with_user(getattr(self, role)).action_insert_into_answer()

    def test_the_answer_searches_for_itself(self):
        """A2: whoever writes an answer looks for an article in its window; staff's stay away."""
        ticket = self._registered()
        answer = self.env["hotline.answer"].create({"ticket_id": ticket.id, "text": "…"})
        mine = answer.with_user(self.officer)
        self.pass_office.audience = "public"
        found = [one["title"] for one in mine.find_articles("замену паспорта")]
        self.assertEqual(found, ["Замена паспорта"])
        self.assertEqual(mine.find_articles("холодные батареи"), [])
        self.heating.audience = "both"
        self.assertEqual([one["id"] for one in mine.find_articles()], self.heating.ids)
        self.pass_office.with_user(self.officer).with_context(
            hotline_answer_id=answer.id
        ).action_insert_into_answer()
        self.assertIn("Заявление в МФЦ", answer.text)
        self.assertEqual(self.pass_office.used_count, 1)
        for role in ("executor", "press"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                answer.with_user(getattr(self, role)).find_articles("паспорт")

    def test_an_example_in_an_answer_is_marked_and_keeps_its_numbers(self):
        """E5: lists keep their numbers, paragraphs their gaps; what ships says that it did."""
        steps = "1. Позвоните.\n2. Запишите номер."
        self.heating.write({"audience": "both", "content": "<p>А</p><p>Б</p>", "part_how": steps})
        self.heating.action_publish()
        self.heating.is_example = True
        answer = self.env["hotline.answer"].with_user(self.officer)
        answer = answer.create({"ticket_id": self._registered().id, "text": "Здравствуйте."})
        page = self.heating.with_user(self.officer)
        page = page.with_context(hotline_answer_id=answer.id, lang="ru_RU")
        page.action_insert_into_answer()
        _hello, mark, text = answer.text.split("\n\n", 2)
        self.assertIn("[Пример из базы знаний", mark)
        self.assertEqual(text, f"Как получить:\n{steps}\n\nА\n\nБ")
        self.assertEqual(page.example_mark, "Пример")

    def test_query_budget(self):
        self._titles("батареи")
        self.env.flush_all()
        self.env.invalidate_all()
        # the stems, the best, the articles, the groups of the user, the files of all of them
        with self.assertQueryCount(5):
            self._titles("батареи")
