from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestResolutionTemplate(AssignmentCommon):
    """B3: what is written again and again stands in the resolution by one choice."""

    def _template(self, user=None, **vals):
        return self.env["hotline.resolution.template"].with_user(user or self.officer).create(
            {
                "name": "Отопление",
                "text": "По обращению {обращение.номер}: проверьте параметры теплоносителя.",
                "partner_ids": self.department.ids,
                "days": 3,
                **vals,
            }
        )  # fmt: skip

    def _dialog(self, case):
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        return Form(dialog.with_context(**case.action_resolution()["context"]))

    def test_a_choice_fills_the_resolution(self):
        """Addressees, text with the number, control date; one button sends it."""
        case, template = self._case(), self._template()
        form = self._dialog(case)
        form.template_id = template
        self.assertIn(case.number, form.text)
        calendar = self.env["hotline.day"]._calendar(case.company_id)
        self.assertEqual(form.control_on, calendar.add_working_days(self.today, 3))
        form.save().action_sign_and_send()
        sent = case.assignment_ids
        self.assertEqual((sent.partner_id, sent.state), (self.department, "sent"))
        self.assertIn(case.number, sent.text)

    def test_a_long_term_gives_the_usual_date(self):
        """A control date is never later than the due date, whatever the template says."""
        case, template = self._case(), self._template(days=200)
        form = self._dialog(case)
        usual = form.control_on
        form.template_id = template
        self.assertEqual(form.control_on, usual)

    def test_complained_of_is_left_out(self):
        """59-FZ, art. 8, p. 6: the template does not bring in whom the complaint is about."""
        case = self._case()
        case.complaint_against_id = self.department
        template = self._template(partner_ids=(self.department | self.agency).ids)
        form = self._dialog(case)
        with self.assertLogs("odoo.tests.form.onchange", "WARNING"):
            form.template_id = template
        self.assertEqual(form.addressee_ids.ids, self.agency.ids)

    def test_topics_choose(self):
        """Templates of other topics are not offered; those of the branch and of any topic are."""
        below = self.env["hotline.topic"].create(
            {"code": "9999.0001.1", "name": "Батареи", "level": 3, "parent_id": self.topic.id}
        )
        other = self.env["hotline.topic"].create({"code": "9998", "name": "Дороги", "level": 2})
        case = self._case(topic_id=below.id)
        offered = self._template(topic_ids=self.topic.ids) | self._template(name="Любая")
        self._template(topic_ids=other.ids)
        found = self.env["hotline.resolution.template"].with_user(self.officer)._for_case(case)
        self.assertEqual(found, offered)

    def test_no_applicant_in_a_resolution(self):
        """Practice 7: executors may see no personal data, a template cannot carry them."""
        for name in ("заявитель.фио", "заявитель.адрес", "обращение.суть", "нет.такого"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self._template(text=f"Ответить: {{{name}}}")

    def test_own_and_shared(self):
        """Own templates are their officer's; shared ones are the supervisor's, read by all."""
        own = self._template()
        shared = self._template(user=self.supervisor, is_shared=True)
        second = self._new_role_user("officer", "executor")
        seen = self.env["hotline.resolution.template"].with_user(second).search([])
        self.assertIn(shared, seen)
        self.assertNotIn(own, seen)
        own.with_user(self.officer).days = 5
        for act in (
            lambda: shared.with_user(self.officer).write({"days": 1}),
            lambda: shared.with_user(self.officer).unlink(),
            lambda: own.with_user(self.officer).write({"is_shared": True}),
            lambda: own.with_user(second).read(["text"]),
            lambda: self._template(is_shared=True),
            lambda: self._template(user=self.operator),
            lambda: self._template(user=self.press),
        ):
            with self.assertRaises(AccessError):
                act()

    def _written(self):
        form = self._dialog(self._case())
        form.addressee_ids.add(self.department)
        form.text = "Осмотреть подвал."
        return form.save()

    def test_keep_what_is_written(self):
        """A written resolution becomes an own template: named, of any topic, and it is said so."""
        dialog = self._written()
        asked = dialog.action_save_template()
        self.assertFalse(dialog.template_id)
        with Form(dialog, asked["views"][0][0]) as form:
            self.assertEqual(form.template_name, "Управление ЖКХ: Осмотреть подвал.")
            form.template_name = "Подвалы"
        told = dialog.action_keep_template()
        self.assertRecordValues(
            dialog.template_id,
            [{"name": "Подвалы", "text": "Осмотреть подвал.", "user_id": self.officer.id,
              "partner_ids": self.department.ids, "topic_ids": []}],
        )  # fmt: skip
        self.assertIn("Подвалы", told["params"]["message"])
        self.assertEqual(told["params"]["next"]["res_id"], dialog.id)
        topic = self.env["hotline.topic"].create({"code": "9998", "name": "Дороги", "level": 2})
        other = self._case(topic_id=topic.id)
        offered = self._dialog(other).template_choice_ids
        self.assertIn(dialog.template_id.id, offered.ids)

    def test_keep_for_topics(self):
        """The topics chosen while keeping are those of the template and are named."""
        dialog = self._written()
        dialog.action_save_template()
        dialog.template_topic_ids = self.topic
        told = dialog.action_keep_template()
        self.assertEqual(dialog.template_id.topic_ids, self.topic)
        self.assertIn(self.topic.name, told["params"]["message"])
        self.assertEqual(dialog.action_back()["res_id"], dialog.id)
