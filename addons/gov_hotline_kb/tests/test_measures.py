import json
from urllib.parse import quote

from odoo import Command, http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.gov_hotline.tests.common import HotlineCommon

READERS = ("operator", "officer", "administrator", "approver", "supervisor", "auditor")
STRANGERS = ("executor", "press")


class MeasuresCommon(HotlineCommon):
    """Two questions, a measure for large families and one for a district, beside what ships."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hotline.kb.measure"].search([]).action_archive()
        Question = cls.env["hotline.kb.question"]
        cls.children = Question.create({"name": "Детей", "kind": "number", "unit": "детей"})
        cls.income = Question.create(
            {
                "name": "Доход",
                "kind": "choice",
                "option_ids": [
                    Command.create({"name": "ниже минимума"}),
                    Command.create({"name": "выше минимума"}),
                ],
            }
        )
        cls.low, cls.high = cls.income.option_ids
        cls.large = cls._measure(
            "Статус многодетной",
            [{"question_id": cls.children.id, "bound": "at_least", "number": 3}],
        )
        cls.poor = cls._measure(
            "Пособие",
            [
                {"question_id": cls.children.id, "bound": "at_least", "number": 1},
                {"question_id": cls.income.id, "option_ids": [Command.set(cls.low.ids)]},
            ],
        )

    @classmethod
    def _measure(cls, name, conditions, **vals):
        return cls.env["hotline.kb.measure"].create(
            {
                "name": name,
                "what": "Выплата",
                "how": "Подать заявление",
                "where": "МФЦ",
                "source": "Закон, статья 1",
                "checked_on": "2026-11-23",
                "condition_ids": [Command.create(one) for one in conditions],
                **vals,
            }
        )

    def _service(self, user=None):
        service = self.env["hotline.kb.questionnaire"].with_context(lang="ru_RU")
        return service.with_user(user or self.operator)

    def _names(self, answers, place_id=False, user=None):
        found = self._service(user).choose(answers, place_id)
        return [[one["name"] for one in found[fit]] for fit in ("fits", "may_fit")]

    def _answers(self, children=None, income=None):
        given = {str(self.children.id): children, str(self.income.id): income and income.ids}
        return {key: value for key, value in given.items() if value is not None}


@tagged("post_install", "-at_install")
class TestMeasures(MeasuresCommon):
    """C6: a short questionnaire picks the measures of support."""

    def test_what_fits_what_may_fit_and_why(self):
        """C6: measures by answers, each with what, how, where and why it is proposed."""
        self.assertEqual(self._names({}), [[], []])
        self.assertEqual(self._names(self._answers(3)), [["Статус многодетной"], ["Пособие"]])
        self.assertEqual(self._names(self._answers(1, self.low)), [["Пособие"], []])
        self.assertEqual(self._names(self._answers(1, self.high)), [[], []])
        found = self._service().choose(self._answers(3))
        (large,) = found["fits"]
        self.assertEqual(large["why"], [{"text": "Детей: не менее 3 детей", "known": True}])
        self.assertEqual([part["text"] for part in large["parts"]][:3],
                         ["Выплата", "Подать заявление", "МФЦ"])  # fmt: skip
        self.assertEqual((large["source"], large["checked"]), ("Закон, статья 1", "23.11.2026"))
        (poor,) = found["may_fit"]
        self.assertEqual([one["known"] for one in poor["why"]], [True, False])

    def test_bad_answers_are_no_answers(self):
        """Bad input: what is no answer is left out, nothing breaks and nothing is evaluated."""
        for value in ("3 or 1", [3], {"a": 1}, True, None, -5, 10**30, "__import__('os')"):
            with self.subTest(value=value):
                self.assertEqual(self._names({str(self.children.id): value}), [[], []])
        for answers in ([], "x", None, {"nobody": 1}, {"": {}}):
            with self.subTest(answers=answers):
                self.assertEqual(self._names(answers), [[], []])
        for place in (10**9, -1):
            self.assertEqual(self._names(self._answers(3), place)[0], ["Статус многодетной"])

    def test_a_measure_of_a_district(self):
        region = self.env["hotline.territory"].create({"name": "Край Тест", "kind": "region"})
        inner, other = self.env["hotline.territory"].create(
            [
                {"name": "Район внутри", "kind": "district", "parent_id": region.id},
                {"name": "Район иной", "kind": "district"},
            ]
        )
        self.large.territory_ids = region
        self.assertEqual(self._names(self._answers(3), inner.id)[0], ["Статус многодетной"])
        self.assertEqual(self._names(self._answers(3), other.id)[0], [])
        self.assertIn("Статус многодетной", self._names(self._answers(3))[1])
        told = self._service().get_questions()
        self.assertEqual([one["name"] for one in told["places"]], ["Край Тест"])

    def test_archived_and_out_of_force_are_not_proposed(self):
        self.large.valid_to = "2020-01-01"
        self.poor.active = False
        self.assertEqual(self._names(self._answers(3, self.low)), [[], []])

    def test_who_reads_and_who_writes(self):
        """Operators ask, officers write, the others of the house read or have no part."""
        for role in READERS:
            with self.subTest(role=role):
                names = self._names(self._answers(3), user=getattr(self, role))
                self.assertEqual(names[0], ["Статус многодетной"])
        portal = new_test_user(self.env, login="kb_measures", groups="base.group_portal")
        strangers = [getattr(self, role) for role in STRANGERS]
        for user in (*strangers, portal, self.env.ref("base.public_user")):
            for act in ("get_questions", "choose", "list_text"):
                args = {"choose": [{}], "list_text": [self.large.ids]}.get(act, [])
                with self.subTest(user=user.login, act=act), self.assertRaises(AccessError):
                    getattr(self._service(user), act)(*args)
        for role in ("operator", "supervisor", "auditor", "approver"):
            mine = self.large.with_user(getattr(self, role))
            for act in (lambda one: one.write({"name": "Иначе"}), lambda one: one.unlink(),
                        lambda one: one.action_mark_checked()):  # fmt: skip
                with self.subTest(role=role), self.assertRaises(AccessError):
                    act(mine)
        self.large.with_user(self.officer).name = "Многодетным"
        with self.assertRaises(AccessError):
            self.large.with_user(self.officer).unlink()

    def test_the_officer_builds_a_measure_on_its_form(self):
        """C6: built by users on a form; the conditions are data."""
        view = "gov_hotline_kb.hotline_kb_measure_view_form"
        with Form(self.env["hotline.kb.measure"].with_user(self.officer), view=view) as form:
            form.name = "Льгота"
            form.what = form.how = form.where = "…"
            form.source = "Закон"
            with form.condition_ids.new() as line:
                line.question_id = self.income
                line.option_ids.add(self.high)
        words = form.record.with_context(lang="ru_RU").condition_ids.words
        self.assertEqual(words, "Доход: выше минимума")
        self.assertEqual(self._names(self._answers(income=self.high))[0], ["Льгота"])

    def test_a_condition_fits_its_question(self):
        with self.assertRaises(ValidationError):
            self._measure("Без вариантов", [{"question_id": self.income.id}])
        alien = self.env["hotline.kb.question"].create(
            {"name": "Иной", "kind": "choice", "option_ids": [Command.create({"name": "да"})]}
        )
        with self.assertRaises(ValidationError):
            self._measure(
                "Чужой вариант",
                [
                    {
                        "question_id": self.income.id,
                        "option_ids": [Command.set(alien.option_ids.ids)],
                    }
                ],
            )
        with self.assertRaises(ValidationError):
            self._measure("Меньше нуля", [{"question_id": self.children.id, "number": -1}])
        with self.assertRaisesRegex(ValidationError, "0.*30"):
            self.children.most = 30
            self._measure("Сто детей", [{"question_id": self.children.id, "number": 100}])
        with self.assertRaises(ValidationError):
            self.children.least = 2
        with self.assertRaises(UserError):
            self.income.kind = "yes_no"
        with self.assertRaises(UserError):
            self.low.unlink()

    def test_conditions_are_told_in_human_words(self):
        """C6: a denied choice, several options and whole numbers as people say them."""
        self.income.option_ids = [Command.create({"name": "не назван"})]
        _low, _high, unknown = self.income.option_ids
        several = [Command.set((self.low | unknown).ids)]
        measure = self._measure(
            "Всё сразу",
            [
                {"question_id": self.income.id, "among": "none_of", "option_ids": several},
                {"question_id": self.income.id, "option_ids": several},
                {"question_id": self.children.id, "bound": "at_most", "number": 2},
            ],
        )
        self.assertEqual(
            measure.with_context(lang="ru_RU").condition_ids.mapped("words"),
            [
                "Доход: кроме «ниже минимума» и «не назван»",
                "Доход: ниже минимума или не назван",
                "Детей: не более 2 детей",
            ],
        )

    def test_what_nobody_checked_says_so(self):
        """C6: an example and a measure without a date, on the screen, in the letter, on paper."""
        for vals, checked, caution in (
            ({"is_example": True}, "не проверено", "Пример. Проверьте по источнику."),
            ({"checked_on": False}, "не проверено", "Не проверено. Проверьте по источнику."),
            ({}, "23.11.2026", ""),
        ):
            with self.subTest(vals=vals):
                self.large.write({"checked_on": "2026-11-23", "is_example": False, **vals})
                (told,) = self._service().choose(self._answers(3))["fits"]
                self.assertEqual((told["checked"], told["caution"]), (checked, caution))
                text = self._service().list_text(self.large.ids, self._answers(3))
                self.assertIn(f"Дата проверки: {checked}.", text)
                self.assertEqual(text.count("Проверьте по источнику."), bool(caution))
        self.large.with_user(self.officer).action_mark_checked()
        self.assertNotEqual(self.large.check_words, "не проверено")

    def test_another_body_has_its_own_measures(self):
        other = self.env["res.company"].create({"name": "Другой орган"})
        self.large.company_id = other
        self.assertEqual(self._names(self._answers(3))[0], [])


@tagged("post_install", "-at_install")
class TestMeasuresHanded(MeasuresCommon):
    """C6: the list reaches the citizen; the answers stay with nobody but the case."""

    def setUp(self):
        super().setUp()
        self.ticket = self._registered()
        self.given = (self.large.ids, self._answers(3, self.low))

    def test_the_list_in_words(self):
        text = self._service().list_text(*self.given)
        self.assertIn("1. Статус многодетной", text)
        self.assertIn("Закон, статья 1", text)
        self.assertIn("решает ведомство", text)
        for ids in ([], None, [10**9], self.poor.ids):
            with self.subTest(ids=ids), self.assertRaises(UserError):
                self._service().list_text(ids, self._answers(3, self.high))

    def test_answers_are_stored_in_a_case_alone_and_when_asked(self):
        """C6: personal answers are kept nowhere until an operator puts them to the case."""
        before = self.ticket.message_ids
        self._service().choose(self.given[1])
        self._service().list_text(*self.given)
        self._service()._print(*self.given)
        self.assertEqual(self.ticket.message_ids, before)
        self._service(self.officer).put_to_case(self.ticket.id, *self.given)
        note = self.ticket.message_ids - before
        self.assertEqual(len(note), 1)
        self.assertIn("Детей: 3 детей", note.body)
        self.assertIn("Статус многодетной", note.body)
        self.assertFalse(note.partner_ids)

    def test_a_name_of_a_measure_is_no_markup(self):
        self.large.name = "<script>x()</script>"
        self._service(self.officer).put_to_case(self.ticket.id, *self.given)
        self.assertNotIn("<script", self.ticket.message_ids[0].body)

    def test_who_puts_and_who_writes(self):
        for role in ("supervisor", "auditor", "approver", "executor", "press"):
            user = getattr(self, role)
            for act in ("put_to_case", "write_to_citizen"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(self._service(user), act)(self.ticket.id, *self.given)
        with self.assertRaises(AccessError):
            self._service().write_to_citizen(self.ticket.id, *self.given)

    def test_nothing_is_put_to_a_closed_case(self):
        closed = self._closed()
        for act in ("put_to_case", "write_to_citizen"):
            with self.subTest(act=act), self.assertRaises(UserError):
                getattr(self._service(self.officer), act)(closed.id, *self.given)

    def test_a_letter_to_the_applicant(self):
        """C6: the list goes out as a notice: numbered, signed and sent as any other."""
        article = self.env["document.page"].create({"name": "О статусе", "content": "<p>Текст</p>"})
        article.action_publish()
        self.large.page_id = article
        action = self._service(self.officer).write_to_citizen(self.ticket.id, *self.given)
        self.assertEqual(article.used_count, 1)
        notice = self.env["hotline.notice"].browse(action["res_id"])
        self.assertRecordValues(
            notice, [{"state": "draft", "kind": "explanation", "ticket_id": self.ticket.id}]
        )
        self.assertIn("Статус многодетной", notice.text)

    def test_the_case_opens_the_questionnaire(self):
        """C6: one click in a case; who has no part in it has no button."""
        acts = [one["method"] for one in self.ticket.with_user(self.operator).acts]
        self.assertIn("action_pick_measures", acts)
        action = self.ticket.with_user(self.operator).action_pick_measures()
        self.assertEqual(action["params"], {"ticket_id": self.ticket.id})
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.press).action_pick_measures()


@tagged("post_install", "-at_install")
class TestMeasuresPrinted(MeasuresCommon, HttpCase):
    def _post(self, told):
        chosen = told if isinstance(told, str) else json.dumps(told)
        data = {"chosen": chosen, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open("/hotline/knowledge/measures", data=data)

    def test_the_list_on_paper(self):
        """C6: printed for the citizen; by the rights of the user, and damaged input is told."""
        told = {"measure_ids": self.large.ids, "answers": self._answers(3), "place_id": False}
        self.authenticate(self.operator.login, self.operator.login)
        page = self._post(told)
        self.assertEqual(page.headers["Content-Type"], "application/pdf")
        self.assertTrue(page.content.startswith(b"%PDF"))
        name = quote("Меры поддержки.pdf")
        self.assertIn(name, page.headers["Content-Disposition"])
        for damaged in ("", "[]", "{", json.dumps({"measure_ids": "x", "answers": []})):
            # refusals are logged
            with self.subTest(damaged=damaged), mute_logger("odoo.http"):
                self.assertNotEqual(self._post(damaged).status_code, 200)
        self.authenticate(self.press.login, self.press.login)
        with mute_logger("odoo.http"):  # as above
            self.assertEqual(self._post(told).status_code, 403)


@tagged("post_install", "-at_install")
class TestMeasuresShipped(HotlineCommon):
    """C6: thirty federal measures ship as examples with their sources."""

    def test_thirty_with_source_and_warning(self):
        Measure = self.env["hotline.kb.measure"]
        data = self.env["ir.model.data"].search(
            [("module", "=", "gov_hotline_kb"), ("model", "=", Measure._name)]
        )
        shipped = Measure.browse(data.mapped("res_id")).exists()
        self.assertGreaterEqual(len(shipped), 30)
        for one in shipped:
            with self.subTest(measure=one.name):
                self.assertTrue(one.is_example)
                self.assertFalse(one.checked_on)
                self.assertTrue(one._told()["caution"])
                self.assertRegex(one.source, "стать|пункт")
                self.assertTrue(one.condition_ids)
                self.assertNotIn("$", one.what + one.how)
        before = Measure.search_count([])
        Measure._load_examples()
        self.assertEqual(Measure.search_count([]), before)

    def test_a_family_of_four(self):
        """A poor family with three children, one of them just born, gets its measures."""
        ref = self.env.ref
        below = ref("gov_hotline_kb.option_income_below").id
        answers = {
            str(ref("gov_hotline_kb.question_children").id): 3,
            str(ref("gov_hotline_kb.question_youngest").id): 0,
            str(ref("gov_hotline_kb.question_born").id): True,
            str(ref("gov_hotline_kb.question_order").id): True,
            str(ref("gov_hotline_kb.question_income").id): [below],
        }
        service = self.env["hotline.kb.questionnaire"].with_user(self.operator)
        fits = {one["id"] for one in service.choose(answers)["fits"]}
        wanted = ("unified_child", "birth_once", "care_to_18_months", "maternity_capital",
                  "capital_monthly", "large_family_status", "social_contract")  # fmt: skip
        for name in wanted:
            self.assertIn(ref(f"gov_hotline_kb.measure_{name}").id, fits, name)
        self.assertNotIn(ref("gov_hotline_kb.measure_funeral").id, fits)
