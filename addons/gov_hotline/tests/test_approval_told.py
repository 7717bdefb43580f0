from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.reasons import ReasonNeededError
from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalTold(ApprovalCommon):
    """E6: whoever must act on an answer sees it inside; nothing goes by Odoo's plain mail."""

    def _told(self, answer):
        return {one.user_id: one for one in answer.sudo().reminder_ids}

    def test_the_next_approver_and_the_author_are_told(self):
        answer = self._sent()
        self.assertEqual(set(self._told(answer)), {self.lawyer})
        answer.with_user(self.lawyer).action_approve()
        self.assertEqual(set(self._told(answer)), {self.head})
        answer.with_user(self.head).action_refuse("Назовите статью кодекса")
        self.assertEqual(set(self._told(answer)), {self.officer})
        news = self._told(answer)[self.officer]
        self.assertIn(answer.ticket_id.number, news.summary)
        self.assertNotIn("Отопление", f"{news.summary}{news.note}")
        answer.action_send_for_approval()
        self.assertEqual(set(self._told(answer)), {self.lawyer})

    def test_approved_given_voided(self):
        answer = self._approved()
        self.assertEqual(set(self._told(answer)), {self.officer})
        answer.write(self.SCAN)
        answer.action_give()
        self.assertFalse(self._told(answer))
        changed = self._approved(outgoing_number="15-04/2")
        changed.with_user(self._colleague()).text = "Иначе."
        self.assertEqual(set(self._told(changed)), {self.officer})
        self.assertTrue(changed.is_voided)

    def test_the_bell_counts_it_and_no_mail_leaves(self):
        # the day is the body's: without a zone Odoo would count by Greenwich until three at night
        (self.officer | self.lawyer).tz = self.env.company.hotline_tz
        before = self.env["mail.mail"].search_count([]), self.env["mail.message"].search_count([])
        followers = self._registered().message_partner_ids
        answer = self._sent()
        answer.with_user(self.lawyer).action_refuse("Назовите статью кодекса")
        for user, seen in ((self.officer, 1), (self.lawyer, 0)):
            groups = self.env["res.users"].with_user(user)._get_activity_groups()
            found = [one for one in groups if one["model"] == "helpdesk.ticket"]
            self.assertEqual(sum(one["today_count"] for one in found), seen)
        mails = self.env["mail.mail"].search_count([])
        self.assertEqual(mails, before[0])
        notices = self.env["mail.message"].search(
            [("res_id", "=", answer.ticket_id.id), ("model", "=", "helpdesk.ticket"),
             ("message_type", "=", "user_notification")]
        )  # fmt: skip
        self.assertFalse(notices)
        self.assertEqual(answer.ticket_id.message_partner_ids, followers)

    def test_a_substitute_is_told_too(self):
        self._stands_for(self.deputy, self.lawyer)
        self.assertEqual(set(self._told(self._sent())), {self.lawyer, self.deputy})

    def test_after_the_decision_the_list_is_shown(self):
        """The page with its buttons is left: a second tap recalls and approves nothing."""
        first, _second = self._sent(), self._sent(outgoing_number="15-04/2")
        lawyer = first.with_user(self.lawyer).with_context(lang="ru_RU")
        action = lawyer.action_approve()
        self.assertEqual(action["params"]["next"]["res_model"], "hotline.answer")
        self.assertIn("1", action["params"]["message"])
        last = _second.with_user(self.lawyer).with_context(lang="ru_RU")
        self.assertNotIn("1", last.action_approve()["params"]["message"])

    def test_recalled_by_its_author_or_the_officer_in_charge(self):
        answer = self._sent()
        other = self._colleague()
        self.assertFalse(answer.with_user(other).is_own)
        with self.assertRaises(AccessError):
            answer.with_user(other).action_take_back()
        answer.ticket_id.sudo().user_id = other
        answer.with_user(other).action_take_back()
        self.assertEqual(answer.state, "draft")

    def test_closed_on_the_form_while_it_runs(self):
        """What is approved is read-only on the form until it is recalled; the number is not."""
        answers = self.env["hotline.answer"].with_user(self.officer)
        arch = etree.fromstring(answers.get_view(view_type="form")["arch"])
        on_form = "[not(ancestor::list|ancestor::kanban)]"  # not the table of a joint answer
        for name in ("text", "channel", "attachment_ids", "with_certificate"):
            for node in arch.xpath(f"//field[@name='{name}']{on_form}"):
                self.assertIn("state != 'draft'", node.get("readonly"), name)
        [number] = arch.xpath(f"//field[@name='outgoing_number']{on_form}")
        self.assertNotIn("draft", number.get("readonly"))
        [recall] = arch.xpath("//button[@name='action_take_back']")
        self.assertTrue(recall.get("confirm"))
        self.assertIn("is_own", recall.get("invisible"))

    def test_soonest_first(self):
        later, sooner = self._sent(), self._sent(outgoing_number="15-04/2")
        today = self.env.company._hotline_today()
        later.ticket_id.deadline_ids.sudo().due_on = today + timedelta(days=9)
        sooner.ticket_id.deadline_ids.sudo().due_on = today + timedelta(days=2)
        self.env.flush_all()
        found = self.env["hotline.answer"].with_user(self.lawyer)
        order = found.search([("awaits_me", "=", True)], order="due_on, id")
        self.assertEqual(order, sooner | later)
        arch = etree.fromstring(found.get_view(view_type="kanban")["arch"])
        self.assertEqual(arch.get("default_order"), "due_on, id")

    def test_in_whose_place(self):
        """«за …» stands on the card and the button, with the order in the sheet."""
        self.lawyer.name = "Показова Вера (руководитель)"
        self._stands_for(self.deputy, self.lawyer, basis="Приказ № 5")
        answer = self._sent()
        mine = answer.with_user(self.deputy).with_context(lang="ru_RU")
        self.assertEqual(mine.place_words, "за Показову Веру")
        self.assertFalse(answer.with_user(self.lawyer).place_words)
        mine.action_approve()
        line = answer.approval_ids[-1].with_context(lang="ru_RU")
        self.assertEqual(line.who, f"{self.deputy.name} за Показову Веру (Приказ № 5)")

    def test_one_person_for_two_steps(self):
        """A second step by one person needs a written reason; the body may forbid it."""
        self._stands_for(self.lawyer, self.head)
        answer = self._sent()
        mine = answer.with_user(self.lawyer)
        mine.action_approve()
        with self.assertRaises(ReasonNeededError):
            mine.action_approve()
        reason = "Руководитель в отъезде, срок истекает сегодня"
        self.env.company.hotline_one_step_each = True
        with self.assertRaises(UserError):
            mine.with_context(hotline_reason=reason).action_approve()
        self.assertEqual(answer.state, "approval")
        self.env.company.hotline_one_step_each = False
        mine.with_context(hotline_reason=reason).action_approve()
        self.assertEqual(answer.state, "approved")
        self.assertEqual(answer.approval_ids[-1].reason, reason)

    def test_advice_where_the_approver_is_complained_of(self):
        """The approver is replaced: the complaint is considered, not returned."""
        ticket = self._registered()
        ticket.with_user(self.officer).complaint_against_id = self.head.partner_id
        answer = self._prepared(ticket).with_context(lang="ru_RU")
        with self.assertRaisesRegex(UserError, "другого согласующего"):
            answer.action_send_for_approval()

    def test_number_date_signature_in_the_checklist(self):
        answer = self._prepared(outgoing_number=False, outgoing_date=False)
        levels = {sign.code: sign.level for sign in answer._checklist()}
        self.assertEqual([levels[code] for code in ("number", "date", "signature")], ["warn"] * 3)
        answer.action_send_for_approval()
        for user in (self.lawyer, self.head):
            answer.with_user(user).action_approve()
        levels = {sign.code: sign.level for sign in answer._checklist()}
        self.assertEqual([levels[code] for code in ("number", "date", "signature")], ["bad"] * 3)
        self.assertTrue(answer.is_giving_due)
        number = {"outgoing_number": "1", "outgoing_date": answer.ticket_id.registered_on}
        answer.write({**number, **self.SCAN})
        levels = {sign.code: sign.level for sign in answer._checklist()}
        self.assertEqual([levels[code] for code in ("number", "date", "signature")], ["ok"] * 3)

    def test_the_sheet_says_who_signs_and_who_signed(self):
        answer = self._approved().with_context(lang="ru_RU")
        rows = self.env["report.gov_hotline.report_approval"].with_context(lang="ru_RU")._rows
        self.assertIn("Подписант", dict(rows(answer)))
        answer.write(self.SCAN)
        answer.action_give()
        head = dict(rows(answer))
        self.assertNotIn("Подписант", head)
        self.assertIn("Кузнецов В. А.", head["Подписал"])
        self.assertRegex(head["Подписал"], r"\d\d\.\d\d\.\d{4}")
        self.assertEqual(sum(f"{label}{words}".count("№") for label, words in head.items()
                             if "15-04/1" in words), 1)  # fmt: skip

    def test_the_envelope_has_a_file_of_its_own(self):
        answer = self._prepared()
        self.assertNotEqual(answer._envelope_name(), answer._letter_name())
        report = self.env.ref("gov_hotline.action_report_envelope_answer")
        self.assertEqual(report.print_report_name, "object._envelope_name()")

    def test_the_export_reads_the_form_again(self):
        """Odoo reads the form again after any address but a «download»."""
        self.assertEqual(self._approved().action_export()["target"], "new")

    def test_first_screen_of_an_approver(self):
        """PRODUCT: what waits for the approver's signature is one tap away."""
        menus = self.env["ir.ui.menu"].with_user(self.lawyer).load_menus(False)
        root = self.env.ref("gov_hotline.menu_root").id
        first = menus[root]["children"][0]
        self.assertEqual(first, self.env.ref("gov_hotline.menu_approvals").id)

    def _colleague(self):
        known = self.env["res.users"].search([("login", "=", "officer_two")])
        return known or self.officer.copy({"login": "officer_two", "name": "Второй И. И."})

    def _stands_for(self, substitute, user, **vals):
        values = {"user_id": user.id, "substitute_id": substitute.id, **vals}
        return self.env["hotline.substitute"].with_user(self.administrator).create(values)


@tagged("post_install", "-at_install")
class TestApprovalFiles(ApprovalCommon):
    def test_subject_ends_with_a_whole_word(self):
        """Lists show whole words and say where they were cut."""
        ticket = self._registered(appeal_text="отключение закончилось " * 20)
        self.assertLessEqual(len(ticket.name), 120)
        self.assertRegex(ticket.name, r"(отключение|закончилось)…$")
