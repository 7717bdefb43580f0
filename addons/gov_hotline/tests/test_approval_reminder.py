import re
from datetime import date, timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .approval_common import ApprovalCommon

DAY = date(2026, 11, 23)
MONDAY = fields.Datetime.to_datetime("2026-11-23 09:00:00")
FRIDAY = fields.Datetime.to_datetime("2026-11-20 09:00:00")


class SlowCommon(ApprovalCommon):
    """An answer that came to its first step on Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.hotline_approval_days = 2
        cls.answer = cls._sent()
        cls._since(cls.answer, MONDAY)

    @classmethod
    def _since(cls, answer, moment):
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE hotline_approval SET at = %s WHERE answer_id = %s", [moment, answer.id]
        )
        cls.env.invalidate_all()

    def _run(self, days):
        """Run the daily action `days` after that Monday."""
        company = type(self.env.company)
        with patch.object(company, "_hotline_today", lambda one: DAY + timedelta(days=days)):
            step = self.env.ref("gov_hotline.step_reminders")
            run = self.env["hotline.step.run"]._begin(step, self.env.company, "running")
            if items := step._find_approvals(self.env.company, 0, 500):
                step._do_batch(run, "approvals", items)
            self.env.invalidate_all()

    def _reminders(self, answer=None):
        """Return the activities that say since when: asked at once, they say no date."""
        activities = (answer or self.answer).sudo().reminder_ids
        return activities.filtered(lambda one: re.search(r"\d\d\.\d\d\.\d{4}", one.summary))


@tagged("post_install", "-at_install")
class TestApprovalReminder(SlowCommon):
    """E6: a slow step of approval is reminded of inside, once a day, its people and substitutes."""

    def test_after_the_days_of_the_setting(self):
        self._run(1)
        self.assertFalse(self._reminders())
        self._run(2)
        reminder = self._reminders()
        self.assertEqual(reminder.user_id, self.lawyer)
        self.assertIn(self.answer.ticket_id.number, reminder.summary)
        self.assertIn("23.11.2026", reminder.summary)
        self.assertIn(f"/odoo/hotline-approval/{self.answer.id}", reminder.note)

    def test_days_off_do_not_count(self):
        """What came on a Friday is not late on Sunday."""
        self._since(self.answer, FRIDAY)
        self._run(-1)
        self.assertFalse(self._reminders())
        self._run(1)
        self.assertTrue(self._reminders())

    def test_zero_reminds_nobody(self):
        self.env.company.hotline_approval_days = 0
        self._run(30)
        self.assertFalse(self._reminders())

    def test_once_a_day_and_no_second_one_while_it_is_open(self):
        for days in (2, 2, 3):
            self._run(days)
            self.assertEqual(len(self._reminders()), 1)
        self._reminders().with_user(self.lawyer).action_done()
        self.env.invalidate_all()
        self._run(3)
        self.assertFalse(self._reminders())
        self._run(4)
        self.assertEqual(len(self._reminders()), 1)

    def test_it_goes_with_the_step(self):
        """Decided, taken back or changed: nobody is reminded of what is over."""
        self._run(2)
        self.answer.with_user(self.lawyer).action_approve()
        self.assertFalse(self._reminders())
        self._since(self.answer, MONDAY)
        self._run(2)
        self.assertEqual(self._reminders().user_id, self.head)
        self.answer.with_user(self.officer).text = "Иначе."
        self.assertFalse(self._reminders())
        self._run(9)
        self.assertFalse(self._reminders())

    def test_substitutes_too(self):
        self.env["hotline.substitute"].with_user(self.administrator).create(
            {
                "user_id": self.lawyer.id,
                "substitute_id": self.deputy.id,
                "valid_from": DAY,
                "valid_to": DAY + timedelta(days=3),
            }
        )
        self._run(2)
        self.assertEqual(self._reminders().user_id, self.lawyer | self.deputy)

    def test_inside_only(self):
        """Practice 6: no mail, nobody becomes a follower of the citizen's case."""
        before = self.answer.ticket_id.sudo().message_partner_ids
        mails = self.env["mail.mail"].search_count([])
        messages = self.env["mail.message"].search_count([])
        self._run(2)
        self.assertEqual(self.answer.ticket_id.sudo().message_partner_ids, before)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    def test_one_that_fails_stops_no_other(self):
        other = self._sent(outgoing_number="15-04/2")
        self._since(other, MONDAY)
        remind = type(self.answer)._remind

        def failing(answer):
            if answer == self.answer:
                raise ValueError("broken")
            return remind(answer)

        logger = mute_logger("odoo.addons.gov_hotline.models.hotline_step_work")
        with logger, patch.object(type(self.answer), "_remind", failing):
            self._run(2)
        self.assertFalse(self._reminders())
        self.assertTrue(self._reminders(other))

    def test_the_setting_is_the_bodys(self):
        """The step of every day reminds of approvals and takes the days of the settings."""
        self.assertIn("approvals", self.env["hotline.step"]._sweeps()["reminders"])
        settings = self.env["res.config.settings"].create({"hotline_approval_days": 5})
        settings.execute()
        self.assertEqual(self.env.company.hotline_approval_days, 5)


@tagged("post_install", "-at_install")
class TestMyAnswers(SlowCommon):
    """E6: the officer sees where the own answers stand: whose turn, since when, what came back."""

    def _found(self, user, *filters):
        action = self.env.ref("gov_hotline.hotline_answer_action_mine")
        Answer = self.env["hotline.answer"].with_user(user)
        view = Answer.get_view(action.search_view_id.id, "search")["arch"]
        domain = [("approval_round", ">", 0)]
        for name in filters:
            node = etree.fromstring(view).xpath(f"//filter[@name='{name}']")[0]
            domain += safe_eval(node.get("domain"), {"uid": user.id})
        return Answer.search(domain)

    def test_filters(self):
        refused = self._sent(outgoing_number="15-04/2")
        refused.with_user(self.lawyer).action_refuse("Назовите дату начала работ")
        approved = self._approved(outgoing_number="15-04/3")
        draft = self._prepared(outgoing_number="15-04/4")
        every = self.answer | refused | approved
        officer = self.officer
        self.assertEqual(self._found(officer, "mine", "open"), every)
        self.assertNotIn(draft, self._found(officer))
        self.assertEqual(self._found(officer, "approval"), self.answer)
        self.assertEqual(self._found(officer, "approved"), approved)
        self.assertEqual(self._found(officer, "sent_back"), refused)
        other = officer.copy({"login": "officer2"})
        self.assertFalse(self._found(other, "mine"))
        self.assertEqual(self._found(other, "open"), every)
        refused.ticket_id.sudo().user_id = other
        self.assertEqual(self._found(other, "mine"), refused)

    def test_whose_turn_and_since_when(self):
        answer = self.answer.with_user(self.officer)
        self.assertRecordValues(
            answer,
            [
                {
                    "step_name": self.lawyer.name,
                    "step_who": self.lawyer.name,
                    "step_since": MONDAY,
                }
            ],
        )
        answer.action_take_back()
        self.assertRecordValues(
            answer, [{"step_name": False, "step_who": False, "step_since": False}]
        )

    def test_what_takes_too_long(self):
        company = type(self.env.company)
        slow = self.answer.with_user(self.officer)
        for days, found in ((1, False), (2, True)):
            slow.invalidate_recordset()
            with patch.object(
                company, "_hotline_today", lambda one, days=days: DAY + timedelta(days=days)
            ):
                self.assertEqual(slow.is_step_slow, found)
                self.assertEqual(bool(self._found(self.officer, "slow")), found)

    def test_many_approvers_are_counted(self):
        """A step of a whole role does not fill the list with names."""
        group = self.env.ref("gov_hotline.group_approver")
        names = [self._approver(f"a{n}", f"Согласующий {n}") for n in range(5)]
        self.assertGreater(len(group.all_user_ids), len(names))
        route = self._route([self.lawyer], topic_ids=self.topic.ids, sequence=-1, name="Роль")
        route.step_ids.write(
            {"review_type": "group", "reviewer_group_id": group.id, "reviewer_id": False}
        )
        answer = self._sent(outgoing_number="15-04/9")
        self.assertRegex(answer.with_context(lang="ru_RU").step_who, r"и ещё \d+$")

    def test_the_author_is_led_to_the_own_list(self):
        self.answer.with_user(self.lawyer).action_refuse("Назовите дату начала работ")
        news = self.answer.sudo().reminder_ids
        self.assertEqual(news.user_id, self.officer)
        self.assertIn(f"/odoo/hotline-answers/{self.answer.id}", news.note)

    def test_the_list_is_one_page_of_few_queries(self):
        answers = self.answer
        for n in range(9):
            answers |= self._sent(outgoing_number=f"15-05/{n}")
        names = ["case_number", "applicant_short", "case_name", "state", "step_name", "step_who",
                 "step_since", "is_step_slow", "due_text", "due_level"]  # fmt: skip
        officer = answers.with_user(self.officer)
        officer.read(names)
        counts = []
        for part in (officer[:2], officer):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            part.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 8 * 2)

    def test_reminders_are_nobodys_to_read(self):
        with self.assertRaises(AccessError):
            self.answer.with_user(self.officer).read(["reminder_ids"])

    def test_the_page_of_an_answer_opens_for_its_officer(self):
        with Form(self.answer.with_user(self.officer)) as form:
            self.assertEqual(form.state, "approval")
