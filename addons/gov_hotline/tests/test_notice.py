from contextlib import closing
from datetime import timedelta

from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.gov_hotline.models.reasons import ReasonNeededError

from .common import ROLES, HotlineCommon


@tagged("post_install", "-at_install")
class TestNotice(HotlineCommon):
    """B3: a notice is a record made here, numbered and queued in the act's transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.today = cls.env.company._hotline_today()
        cls.head = cls.env["hotline.authority"].create(
            {
                "name": "Кузнецов В. А.",
                "position": "Начальник управления",
                "order_number": "15",
                "order_date": cls.today - timedelta(days=40),
                "may_sign": True,
            }
        )

    def _notice(self, kind="registration", **vals):
        return self.ticket._new_notice(kind, **vals)

    def test_text_is_proposed(self):
        """B3: number, date, article, where it went; nothing left blank, the signer is proposed."""
        notice = self._notice("forwarding", facts={"bodies": "Теплосеть"})
        for words in (self.ticket.number, "ч. 3 ст. 8", "Теплосеть", "Уважаемая Мария Петровна"):
            self.assertIn(words, notice.text)
        self.assertNotIn("____", notice.text)
        self.assertRecordValues(
            notice,
            [
                {
                    "state": "draft",
                    "channel": "post",
                    "address": self.ticket.applicant_address,
                    "signer_name": "Кузнецов В. А.",
                }
            ],
        )

    def test_the_ground_has_its_own_text(self):
        """B3: a return tells of the way to a court, an abuse of right of its inadmissibility."""
        court = self._notice("return", ground="court")
        self.assertIn("вышестоящий суд", court.text)
        self.assertIn("ч. 2 ст. 11", court.text)
        self.assertIn("злоупотребления правом", self._notice("no_answer", ground="obscene").text)
        self.assertIn("{", self.env.ref("gov_hotline.notice_template_return").text)

    def test_the_bodys_own_text_stands_over_the_common_one(self):
        self.env["hotline.letter.template"].with_user(self.administrator).create(
            {
                "name": "Своё",
                "kind": "registration",
                "text": "Вам присвоен № {обращение.номер}",
                "company_id": self.env.company.id,
            }
        )
        self.assertEqual(self._notice().text, f"Вам присвоен № {self.ticket.number}")

    def test_a_message_is_not_told_of_59_fz(self):
        """B3: a message and a request for information have their own words and articles."""
        for kind, words in (("message", "Ваше сообщение"), ("request_8fz", "ст. 18 8-ФЗ")):
            ticket = self._registered(kind=kind).with_user(self.officer)
            for letter in ("registration", "forwarding"):
                text = ticket._new_notice(letter, facts={"bodies": "Теплосеть"}).text
                with self.subTest(kind=kind, letter=letter):
                    self.assertIn(words, text)
                    self.assertNotIn("59-ФЗ", text)

    def test_a_text_names_known_facts_only(self):
        for text in ("{passport}", "{обращение.номер", "{number}"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.env.ref("gov_hotline.notice_template_return").text = text

    def test_numbers_run_without_gaps(self):
        """X2: one series a year; a rolled back act frees its number."""
        first, second, third = (self._notice() for _ in range(3))
        first._issue()
        with closing(self.env.cr.savepoint()) as undone:
            second._issue()
            undone.rollback()
        second.invalidate_recordset()
        third._issue()
        n = int(first.outgoing_number.split("-")[1].split("/")[0])
        self.assertEqual(third.outgoing_number, f"ИСХ-{n + 1}/{self.today.year}")
        self.assertRecordValues(
            third, [{"state": "queued", "outgoing_date": self.today, "is_issued": True}]
        )
        self.assertFalse(second.is_issued)

    def test_a_numbered_notice_does_not_change(self):
        """B4: neither its text nor its number, by nobody; a draft does."""
        notice = self._notice()
        notice.text = "Другой текст"
        notice.action_issue()
        with self.assertRaisesRegex(UserError, "already|уже"):
            notice.action_issue()
        for vals in ({"text": "x"}, {"outgoing_number": "1"}, {"channel": "hand"}):
            for user in (self.officer, self.administrator, self.env.user):
                with self.subTest(vals=vals, user=user.login), self.assertRaises(UserError):
                    notice.with_user(user).sudo(user == self.env.user).write(vals)
        with self.assertRaises(UserError):
            notice.unlink()
        with self.assertRaises(UserError):
            notice._issue()

    def test_state_is_set_by_acts_alone(self):
        notice = self._notice()
        for vals in ({"state": "sent"}, {"entered_by_post": True}):
            with self.subTest(vals), self.assertRaises(AccessError):
                notice.write(vals)
        made = self.env["hotline.notice"].with_user(self.officer)
        made = made.with_context(default_state="sent").create(
            {
                "ticket_id": self.ticket.id,
                "kind": "registration",
                "text": "x",
                "addressee_name": "И.",
            }
        )
        self.assertEqual(made.state, "draft")

    def test_what_blocks_the_sending(self):
        """B3: ANS-FORM: no address for the way of sending; blanks; an authority that ended."""
        ended = self.head.copy({"valid_to": self.today - timedelta(days=1)})
        for vals in (
            {"channel": "email", "address": False},
            {"text": "Срок до ________"},
            {"text": "  "},
            {"authority_id": ended.id},
        ):
            notice = self._notice()
            notice.write(vals)
            with self.subTest(vals), self.assertRaises(UserError):
                notice._issue()

    def test_no_number_without_a_signer(self):
        """B4: a signature is a recorded fact: no letter but of registration goes without one."""
        self.head.active = False
        for kind in ("return", "no_answer", "stopping", "extension", "forwarding", "explanation"):
            notice = self._notice(kind, text="Возвращаем.", authority_id=False)
            with self.subTest(kind), self.assertRaisesRegex(UserError, "10"):
                notice.action_issue()
            self.assertFalse(notice.outgoing_number)
            notice.write({"outgoing_number": f"7-{kind}", "outgoing_date": self.today})
            with self.subTest(kind), self.assertRaisesRegex(UserError, "10"):
                notice.action_enter_by_post()
        for kind in ("registration", "how_to_file"):
            self._notice(kind, text="Сообщаем.", authority_id=False).action_issue()
        named = self._notice("return", text="Возвращаем.", authority_id=False)
        named.signer_name = "Ясенев И. П."
        named.with_context(hotline_reason="Справочник ещё не заполнен").action_issue()
        self.assertTrue(named.is_issued)

    def test_from_the_journal_of_outgoing_post(self):
        """B3: number and date by hand; no number twice in a year, answers' numbers count too."""
        notice = self._notice()
        with self.assertRaises(UserError):
            notice.action_enter_by_post()
        notice.write({"outgoing_number": "15-04/7", "outgoing_date": self.today})
        notice.action_enter_by_post()
        self.assertRecordValues(
            notice, [{"state": "sent", "entered_by_post": True, "is_issued": True}]
        )
        self._answer(self.ticket, outgoing_number="15-04/8")
        for number in ("15-04/7", "15-04/8"):
            again = self._notice()
            again.write({"outgoing_number": number, "outgoing_date": self.today})
            with self.subTest(number), self.assertRaisesRegex(UserError, number):
                again.action_enter_by_post()

    def test_delivery_is_shown_and_never_awaited(self):
        notice = self._notice()
        notice._issue()
        notice._mark_failed("Адрес не существует")
        self.assertFalse(notice.is_issued)
        notice.action_mark_sent()
        self.assertRecordValues(notice, [{"state": "sent", "failure": False, "is_issued": True}])

    def test_closed_is_locked_but_delivered(self):
        """B4: after closing the trigger keeps the letter; the delivery goes on."""
        notice = self._notice()
        notice._issue()
        self._answer(self.ticket)
        self.ticket.question_ids.outcome_id = self.supported
        why = "Уведомление уйдёт с вечерней почтой"
        self.ticket.with_context(hotline_reason=why).action_close()
        self.env.flush_all()
        for column in ("text", "outgoing_number", "address"):
            refused = self.assertRaises(RestrictViolation)
            with mute_logger("odoo.sql_db"), refused, self.env.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE hotline_notice SET {column} = 'x' WHERE id = %s", (notice.id,)
                )
        notice.action_mark_sent()
        self.env.flush_all()
        self.assertEqual(notice.state, "sent")

    def test_roles(self):
        """Role matrix: officers write, the audit and the heads read, others see nothing."""
        notice = self._notice()
        for role in ROLES:
            mine = notice.with_user(getattr(self, role))
            reads = role not in ("executor", "press")
            self.assertEqual(mine.has_access("read"), reads, role)
            writes = role in ("officer", "administrator")
            self.assertEqual(mine.has_access("write"), writes, role)
            if not writes:
                with self.subTest(role), self.assertRaises(AccessError):
                    mine.action_issue()

    def test_another_body_sees_nothing(self):
        notice = self._notice()
        other = self.env["res.company"].create({"name": "Другой орган"})
        stranger = self._new_role_user("officer", "approver")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(notice.with_user(stranger).has_access("read"))
        self.assertFalse(self.head.with_user(stranger).has_access("read"))

    def test_the_form_proposes(self):
        """B3: the kind chosen on the form brings text, addressee and way; the officer edits."""
        act = self.ticket.action_new_notice()
        Notice = self.env["hotline.notice"].with_user(self.officer)
        form = Form(Notice.with_context(**act["context"]), "gov_hotline.hotline_notice_view_form")
        self.assertIn(self.ticket.number, form.text)
        form.kind = "explanation"
        self.assertIn("В части вопроса", form.text)
        self.assertEqual(form.channel, "post")
        notice = form.save()
        self.assertEqual(notice.addressee_name, self.ticket.applicant_name)
        self.assertEqual(self.ticket.action_new_notice()["res_id"], notice.id)
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.operator).action_new_notice()

    def test_the_applicant_sees_what_was_sent(self):
        """C1: the portal shows number, date and text of issued notices, and no draft."""
        self._notice("return", facts={"reason": "Черновик"})
        issued = self._notice("forwarding", facts={"bodies": "Теплосеть"})
        issued._issue()
        self.assertEqual(
            self.ticket.with_context(lang="ru_RU")._portal_card()["notices"],
            [
                {
                    "title": issued.with_context(lang="ru_RU")._selected("kind"),
                    "number": issued.outgoing_number,
                    "date": self.today,
                    "addressee": self.ticket.applicant_name,
                    "text": issued.text,
                    "signer": "Кузнецов В. А.",
                    "documents": [
                        {"name": issued.letter_file_name, "path": f"notice/{issued.id}/letter"}
                    ],
                }
            ],
        )

    def test_by_the_portal_it_is_known_whose_account_reads_it(self):
        """C1: the officer sees the name of the account, which may not be that of the addressee."""
        notice = self._notice("forwarding", facts={"bodies": "Теплосеть"}).with_user(self.officer)
        notice.channel = "portal"
        self.assertFalse(notice.portal_account)
        account = {"login": "maria", "partner_id": self.citizen.id, "name": "Мария Иванова"}
        portal = self.env.ref("base.group_portal")
        user = self.env["res.users"].create({**account, "group_ids": portal.ids})
        notice.invalidate_recordset()
        self.assertEqual(notice.portal_account, user.name)
        notice.channel = "post"
        self.assertFalse(notice.portal_account)

    def test_what_came_by_email_is_told_how_to_file(self):
        """REG-CH, practice 9: HOWTO-3 runs, the text is ready, its sending meets the term."""
        mail = self._registered(kind="message", origin="email", applicant_email="a@example.com")
        notice = mail.notice_ids
        self.assertRecordValues(
            notice, [{"kind": "how_to_file", "state": "draft", "channel": "email"}]
        )
        self.assertIn("Госуслуги", notice.text)
        term = mail.deadline_ids.filtered(lambda one: one.term_id.code == "HOWTO-3")
        self.assertFalse(term.met_on)
        notice.with_user(self.officer).authority_id = self.head
        self.assertNotIn("____", notice.text)
        notice.with_user(self.officer).action_issue()
        self.assertEqual(term.met_on, self.today)
        self.env.ref("gov_hotline.term_howto_3").active = False
        self.assertFalse(self._registered(kind="message", origin="email").notice_ids)


@tagged("post_install", "-at_install")
class TestReasonWizard(HotlineCommon):
    """B3: the reason is asked once, then the act runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._registered().with_user(cls.officer)
        cls.ticket.question_ids.outcome_id = cls.supported
        cls.env["hotline.authority"].create({"name": "Кузнецов В. А.", "position": "Начальник"})
        cls.ticket.question_ids.with_user(cls.officer).outcome_id = cls.supported
        cls.answer = (
            cls.env["hotline.answer"]
            .with_user(cls.officer)
            .create(
                {
                    "ticket_id": cls.ticket.id,
                    "text": "Отопление восстановлено.",
                    "outgoing_number": "15-04/1",
                    "outgoing_date": cls.ticket.registered_on,
                    "signer_name": "Неизвестный",
                }
            )
        )

    def _wizard(self, user, reason, **vals):
        return (
            self.env["hotline.reason.wizard"]
            .with_user(user)
            .create(
                {
                    "res_model": "hotline.answer",
                    "res_ids": f"[{self.answer.id}]",
                    "method": "action_give",
                    "reason": reason,
                    **vals,
                }
            )
        )

    def test_the_act_runs_with_the_reason(self):
        with self.assertRaises(ReasonNeededError):
            self.answer.action_give()
        result = self._wizard(self.officer, "Подписал заместитель").action_confirm()
        self.assertEqual(result["type"], "ir.actions.act_window_close")
        self.assertEqual(self.answer.state, "given")
        self.assertRecordValues(
            self.ticket.override_ids,
            [{"rule_code": "SIGN-AUTH", "subject": f"hotline.answer,{self.answer.id}"}],
        )

    def test_no_reason_no_act(self):
        for reason in (False, "потому"):
            with self.subTest(reason), self.assertRaises(UserError):
                self._wizard(self.officer, reason).action_confirm()
        self.assertEqual(self.answer.state, "draft")

    def test_it_runs_acts_only_and_with_the_users_rights(self):
        """B4: the wizard is no way around rights: private methods, other models, other roles."""
        for vals in (
            {"method": "_mark_given"},
            {"method": "unlink"},
            {"res_model": "res.users", "method": "action_archive"},
            {"res_model": "hotline.reason.wizard", "method": "action_confirm"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                self._wizard(self.officer, "Подписал заместитель", **vals).action_confirm()
        # operators have the wizard for what they put away; the act is the officer's
        with self.assertRaises(AccessError):
            self._wizard(self.operator, "Подписал заместитель").action_confirm()
        with self.assertRaises(AccessError):
            self._wizard(self.press, "Подписал заместитель")
        with self.assertRaises(AccessError):
            self._wizard(self.approver, "Подписал заместитель").action_confirm()
