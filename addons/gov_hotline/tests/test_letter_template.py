import importlib.util
from datetime import timedelta
from pathlib import Path

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..domain import placeholders
from .common import HotlineCommon


@tagged("post_install", "-at_install")
class TestLetterTemplate(HotlineCommon):
    """E5: texts of letters by kind and topic; names of a fixed catalogue, nothing evaluated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.today = cls.env.company._hotline_today()
        cls.Template = cls.env["hotline.letter.template"].with_user(cls.administrator)

    def _template(self, **vals):
        return self.Template.create({"name": "Своё", "kind": "answer", "text": "Текст", **vals})

    def _answer_form(self, ticket=None):
        Answer = self.env["hotline.answer"].with_user(self.officer)
        ticket = ticket or self.ticket
        return Form(
            Answer.with_context(default_ticket_id=ticket.id), "gov_hotline.hotline_answer_view_form"
        )

    def test_twenty_texts_ship_and_can_all_be_filled(self):
        """E5: notices of every kind and common answers, in Russian."""
        shipped = self.env["hotline.letter.template"].search([])
        self.assertGreaterEqual(len(shipped), 20)
        kinds = dict(shipped._fields["kind"].selection).keys()
        self.assertEqual(set(shipped.mapped("kind")), set(kinds))
        for template in shipped:
            self.assertFalse(placeholders.unknown(template.text), template.code)

    def test_an_unknown_name_is_refused_with_the_nearest_known_ones(self):
        """E5: an unknown name is an error at saving."""
        with self.assertRaisesRegex(ValidationError, r"заявитель\.имя_отчество"):
            self._template(text="Здравствуйте, {заявитель.имя}!")
        with self.assertRaisesRegex(ValidationError, r"обращение\.номер"):
            self._template(kind="mail", subject="№ {обращение.номир}")

    def test_the_catalogue_stands_beside_the_text(self):
        template = self._template(text="№ {обращение.номер}")
        self.assertIn("{заявитель.фио_дательный}", template.catalogue)
        self.assertIn("Ивановой Марии Петровне", template.catalogue)
        template = self._template(kind="sms", text="№ {обращение.номер}")
        self.assertIn("{обращение.номер}", template.catalogue)
        self.assertNotIn("заявитель.", template.catalogue, "an SMS takes no such name")
        self.assertEqual(template.sample, "№ И-401/2026")

    def test_choosing_a_template_fills_the_text_and_the_officer_edits_it(self):
        """E5, E6: filled with the citizen's data, corrected before sending."""
        form = self._answer_form()
        form.template_id = self.env.ref("gov_hotline.letter_template_answer_measures")
        self.assertIn("Уважаемая Мария Петровна!", form.text)
        self.assertIn(self.ticket.number, form.text)
        form.text = form.text.replace("________", "трубы заменены")
        answer = form.save()
        self.assertIn("трубы заменены", answer.text)
        self.assertNotIn("____", answer.text)

    def test_words_of_the_citizen_stay_words(self):
        """Braces, script and names of the catalogue in an appeal are text in the letter."""
        words = "{{ 7*7 }} {обращение.номер} <script>alert(1)</script> {% x %}"
        ticket = self._registered(applicant_surname="{орган.сайт}").with_user(self.officer)
        # sudo: the registered words are locked for every role
        ticket.sudo().name = words
        form = self._answer_form(ticket)
        form.template_id = self._template(text="{обращение.суть} — {заявитель.фио}")
        self.assertEqual(form.text, f"{words} — {{орган.сайт}} Мария Петровна")

    def test_a_notice_offers_texts_of_its_kind_and_keeps_the_words_of_the_act(self):
        notice = self.ticket._new_notice("forwarding", facts={"bodies": "Теплосеть"})
        self.assertEqual(set(notice.available_template_ids.mapped("kind")), {"forwarding"})
        other = self.env.ref("gov_hotline.notice_template_forwarding_several_bodies")
        with Form(notice) as form:
            form.template_id = other
            self.assertIn("направлены: Теплосеть", form.text)

    def test_offered_are_texts_that_suit_the_case_today(self):
        """C5: by kind of appeal, topic with all below it, and validity dates."""
        below = self.env["hotline.topic"].create(
            {"code": "9999.0001.01", "name": "Батареи", "parent_id": self.topic.id, "level": 3}
        )
        other = self.env["hotline.topic"].create({"code": "9998", "name": "Дороги", "level": 1})
        ticket = self._registered(topic_id=below.id).with_user(self.officer)
        rows = {
            True: [{}, {"topic_id": self.topic.id}, {"ticket_kind": "appeal_59"}],
            False: [
                {"topic_id": other.id},
                {"ticket_kind": "message"},
                {"kind": "sms"},
                {"valid_to": self.today - timedelta(days=1)},
                {"valid_from": self.today + timedelta(days=1)},
                {"active": False},
            ],
        }
        form = self._answer_form(ticket)
        for offered, cases in rows.items():
            for vals in cases:
                template = self._template(**vals)
                found = self.env["hotline.letter.template"]._for_case("answer", ticket, self.today)
                self.assertEqual(template in found, offered, vals)
        self.assertTrue(form.available_template_ids)

    def test_the_nearest_topic_stands_over_the_common_text(self):
        self._template(kind="registration", text="Общий")
        near = self._template(kind="registration", text="Об отоплении", topic_id=self.topic.id)
        found = self.env["hotline.letter.template"]._for(
            "registration", "", self.ticket, self.today
        )
        self.assertEqual(found, near)

    def test_officers_read_and_administrators_write(self):
        template = self._template()
        self.assertEqual(template.with_user(self.officer).text, "Текст")
        for user in (self.officer, self.supervisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                template.with_user(user).write({"text": "Другой"})

    def test_a_letter_with_a_blank_is_not_given(self):
        """What the officer has to fill in stops the answer as it stops a notice."""
        with self.assertRaises(UserError):
            self._answer(self.ticket, text="Работы завершены ________")


@tagged("post_install", "-at_install")
class TestLetterTemplateMigration(HotlineCommon):
    """An update to 19.0.1.3.0: «Texts of notices» are «Letter templates» with new names."""

    def test_texts_and_external_ids_move(self):
        cr = self.env.cr
        cr.execute(
            "UPDATE hotline_letter_template SET text = 'Так: {applicant}, № {number} {our}'"
            " WHERE code = 'registration'"
        )
        cr.execute("ALTER TABLE hotline_letter_template RENAME TO hotline_notice_template")
        cr.execute(
            "UPDATE ir_model_data SET name = 'model_hotline_notice_template'"
            " WHERE module = 'gov_hotline' AND name = 'model_hotline_letter_template'"
        )
        self._migrate()
        cr.execute("SELECT text FROM hotline_letter_template WHERE code = 'registration'")
        self.assertEqual(cr.fetchone()[0], "Так: {заявитель.фио}, № {обращение.номер} {our}")
        self.assertTrue(self.env.ref("gov_hotline.model_hotline_letter_template"))
        self._migrate()  # the second run finds nothing to do

    def _migrate(self):
        path = Path(__file__).parents[1] / "migrations" / "19.0.1.3.0" / "pre-migration.py"
        spec = importlib.util.spec_from_file_location("pre_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, "19.0.1.2.0")
        self.env.registry.clear_cache()
        self.env.invalidate_all()
