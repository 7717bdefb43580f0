from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from ..domain import approval
from ..models.reasons import ReasonNeededError
from .approval_common import ApprovalCommon

TEXT = """Уважаемая Мария Петровна!
Ваше обращение № {number} рассмотрено.
Отопление восстановлено."""


class JointCommon(ApprovalCommon):
    """Three appeals of three people, the later ones linked with the first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.first = cls._registered(applicant_email="ivanova@example.test")
        cls.second = cls._case_of("Петров", "Иван", "Сергеевич", "ул. Мира, 7")
        cls.third = cls._case_of("Сидорова", "Анна", "Павловна", "ул. Садовая, 2")
        for case in (cls.second, cls.third):
            cls._link(case, cls.first)

    @classmethod
    def _case_of(cls, surname, given, patronymic, address, **vals):
        named = {
            "applicant_surname": surname,
            "applicant_given_name": given,
            "applicant_patronymic": patronymic,
            "applicant_address": address,
            "partner_id": False,
        }
        return cls._registered(**named, **vals)

    @classmethod
    def _link(cls, case, other, kind="same_text"):
        case.with_user(cls.officer).action_link(other.id, kind)

    @classmethod
    def _lead(cls, **vals):
        """Return the officer's draft answer in the first case."""
        return cls._prepared(
            ticket=cls.first, text=TEXT.format(number=cls.first.number), channel="post", **vals
        )

    @classmethod
    def _joint(cls, cases=None, **vals):
        """Return a joint answer with a letter for each of `cases`, their questions decided."""
        lead = cls._lead(**vals)
        lead._join((cases or cls.second | cls.third).with_user(cls.officer))
        lead.action_match_questions()
        return lead

    def _refused(self, act, words="."):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            act()

    def _warned(self, act):
        with self.assertRaises(ReasonNeededError) as refused, self.env.cr.savepoint():
            act()
        return dict(refused.exception.context["hotline_warnings"])


@tagged("post_install", "-at_install")
class TestAnswerJoint(JointCommon):
    """Issue 4, point 2: one answer to several linked cases, each by its own number."""

    def test_each_letter_has_its_own_words(self):
        """Names, numbers and addresses are of each case, the rest of the text is one."""
        lead = self._joint()
        two, three = lead.companion_ids.sorted(lambda one: one.ticket_id.id)
        self.assertIn("{заявитель.приветствие}", lead.common_text)
        self.assertIn("{обращение.номер}", lead.common_text)
        self.assertEqual(lead.text, TEXT.format(number=self.first.number))
        self.assertEqual(
            two.text,
            TEXT.format(number=self.second.number).replace(
                "Уважаемая Мария Петровна", "Уважаемый Иван Сергеевич"
            ),
        )
        self.assertIn("Уважаемая Анна Павловна", three.text)
        self.assertEqual(two._addressee(), "Петров Иван Сергеевич")
        self.assertIn("ул. Мира, 7", two._address())
        lead.common_text += "\nПерерасчёт сделан по адресу {заявитель.адрес}."
        self.assertIn("по адресу ул. Мира, 7.", two.text)
        self.assertIn("по адресу ул. Ленина, 15, кв. 3.", lead.text)

    def test_given_by_one_act(self):
        """Each case is answered: own outgoing number, day, questions, clock, journal, closing."""
        lead = self._joint()
        lead.action_give()
        letters = lead | lead.companion_ids
        self.assertEqual(set(letters.mapped("state")), {approval.GIVEN})
        self.assertEqual(len(set(letters.mapped("outgoing_number"))), 3)
        self.assertTrue(all(letters.mapped("outgoing_date")))
        for case in self.first | self.second | self.third:
            case = case.with_user(self.officer)
            answer = case.answer_ids
            self.assertEqual(case.question_ids.answer_id, answer)
            self.assertTrue(case.deadline_ids.filtered("is_main").met_on)
            self.assertEqual(answer.signer_name, self.signer.name)
            self.assertEqual(answer.content_hash, answer._content_digest())
            case.action_close()
            self.assertEqual(case.state, "closed")
            events = self.env["hotline.journal"].search(
                [("model", "=", "helpdesk.ticket"), ("res_ref", "=", case.id)]
            )
            self.assertIn("answer_given", events.mapped("event"))

    def test_all_or_nothing(self):
        """One case that cannot be answered stops all, and is named by its number."""
        lead = self._joint()
        self.third.question_ids.with_user(self.officer).outcome_id = False
        self._refused(lead.action_give, self.third.number)
        self.assertEqual(set((lead | lead.companion_ids).mapped("state")), {approval.DRAFT})
        self.assertFalse(self.second.deadline_ids.filtered("is_main").met_on)
        letter = lead.companion_ids.filtered(lambda one: one.ticket_id == self.third)
        self.assertTrue(letter.lacking)
        letter.action_leave()
        lead.action_give()
        self.assertFalse(self.third.answer_ids)

    def test_an_address_for_every_letter(self):
        """Art. 10, p. 4: a letter without an address is named before signing."""
        lead = self._joint()
        letter = lead.companion_ids[0]
        letter.channel = "email"
        self.assertIn("адрес", letter.with_context(lang="ru_RU").lacking)
        self._refused(lead.action_give, letter.case_number)

    def test_what_cannot_be_joined(self):
        """Closed, anonymous, unlinked, with an answer under way: refused in words."""
        closed = self._closed()
        self._link(self.second, closed)
        anonymous = self._registered(applicant_surname=False, unlawful_act="no", partner_id=False)
        self._link(anonymous, self.first)
        stranger = self._case_of("Зорин", "Олег", "Ильич", "ул. Новая, 1")
        self._prepared(ticket=self.third)
        lead = self._lead()
        why = {one.id: words for one, words in lead._candidates()}
        for case in (closed, anonymous, self.third):
            self.assertTrue(why[case.id], case.number)
            self._refused(lambda case=case: lead._join(case.with_user(self.officer)), case.number)
        self.assertEqual(why[self.second.id], "")
        self.assertNotIn(stranger.id, why)
        self._refused(lambda: lead._join(stranger.with_user(self.officer)), stranger.number)

    def test_another_body(self):
        """An appeal to another body is answered by that body, with or without a link."""
        body = self.env["res.company"].create(
            {"name": "Другой орган", "hotline_tz": "Europe/Moscow"}
        )
        self.operator.company_ids |= body
        other = self._registered(
            self.operator.with_context(allowed_company_ids=body.ids), company_id=body.id
        )
        lead = self._lead()
        self.assertNotIn(other, lead._linked_cases())
        with self.assertRaises(UserError), self.env.cr.savepoint():
            lead._join(self.env["helpdesk.ticket"].with_user(self.officer).browse(other.id))

    def test_one_approval(self):
        """E6: the route approves all letters at once; who is in the list is in the digest."""
        self.route.active = True
        lead = self._joint()
        self._refused(lead.companion_ids[0].action_send_for_approval)
        lead.action_send_for_approval()
        self.assertEqual(len(lead.review_ids), 2)
        self.assertFalse(lead.companion_ids.review_ids)
        for user in (self.lawyer, self.head):
            lead.with_user(user).action_approve()
        self._refused(lead.companion_ids[0].action_give)
        self._refused(lead.action_give)  # ANS-SIGN: nothing is signed yet
        lead.write(self.SCAN)
        self._refused(lead.action_give, self.second.number)
        for letter in lead.companion_ids:
            self.assertEqual(letter.signature_kind, "paper")
            letter.scan_file = self.SCAN["scan_file"]
        lead.action_give()
        self.assertEqual(set((lead | lead.companion_ids).mapped("state")), {approval.GIVEN})

    def test_any_change_voids_the_approval(self):
        """E6: another text, road, file, addressee or list is another answer."""
        self.route.active = True

        def one_less(lead):
            lead.companion_ids[0].action_leave()

        def other_road(lead):
            lead.companion_ids[0].channel = "hand"

        def other_file(lead):
            lead.attachment_ids = self._file()

        def other_text(lead):
            lead.common_text += " И ещё."

        for change in (one_less, other_road, other_file, other_text):
            with self.subTest(change.__name__), self.env.cr.savepoint() as point:
                lead = self._joint()
                lead.action_send_for_approval()
                change(lead)
                self.assertEqual(lead.state, approval.DRAFT)
                point.rollback()
        lead = self._joint()
        lead.action_send_for_approval()
        self.second.sudo().applicant_address = "ул. Другая, 1"
        self._refused(lead.with_user(self.lawyer).action_approve)

    def test_another_route(self):
        """E6: a case that others approve is not answered past them."""
        roads = self.topic.create({"code": "9999.0002", "name": "Дороги", "level": 2})
        self._route([self.head], name="Дороги", topic_ids=roads.ids)
        road = self._case_of("Зорин", "Олег", "Ильич", "ул. Новая, 1", topic_id=roads.id)
        self._link(road, self.first)
        lead = self._joint()
        self.assertIn("Дороги", dict(lead._candidates())[road.with_user(self.officer)])
        self._refused(lambda: lead._join(road.with_user(self.officer)), "Дороги")

    def test_files_go_with_every_letter(self):
        """Each letter keeps copies of its own; removed in the lead, they go from all."""
        lead = self._joint()
        lead.attachment_ids = self._file()
        two, three = lead.companion_ids
        self.assertEqual(two.attachment_ids.mapped("name"), ["акт.pdf"])
        self.assertNotEqual(two.attachment_ids, three.attachment_ids)
        self.assertEqual(two.attachment_ids.res_id, two.id)
        lead.attachment_ids = False
        self.assertFalse(two.attachment_ids | three.attachment_ids)

    def test_mail_of_each(self):
        """Each applicant gets the own letter alone, by the own address."""
        self.second.sudo().applicant_email = "petrov@example.test"
        lead = self._joint(self.second)
        (lead | lead.companion_ids).channel = "email"
        lead.with_context(hotline_reason="Заявители просили ответ на почту").action_give()
        for letter in lead | lead.companion_ids:
            mail = letter.sudo()._mails()
            self.assertEqual(mail.email_to, letter.ticket_id.applicant_email)
            self.assertIn(letter.outgoing_number, mail.body)
            self.assertIn(letter.ticket_id.number, mail.subject)
        self.assertNotIn("Иван Сергеевич", lead.sudo()._mails().body)
        self.assertNotIn("Мария", lead.companion_ids.sudo()._mails().body)

    def test_several_senders_of_one_text(self):
        """Practice 10: several numbers, one answer, a report to each sender."""
        letters = self.env["hotline.covering.letter"].with_user(self.officer)
        today = self.env.company._hotline_today()
        for case, number in ((self.first, "П-1"), (self.second, "Д-2"), (self.third, "А-3")):
            letters |= letters.create(
                {
                    "ticket_id": case.id,
                    "sender_id": self.agency.id,
                    "sender_number": number,
                    "sender_date": today,
                    "is_controlled": True,
                    "report_by": today,
                }
            )
        self._joint().action_give()
        action = self.second.with_user(self.officer).action_report_letters()
        wizard = self.env[action["res_model"]].with_user(self.officer)
        dialog = Form(wizard.with_context(**action["context"])).save()
        self.assertEqual(dialog.line_ids.letter_id, letters)
        dialog.action_report()
        self.assertEqual(set(letters.mapped("state")), {"reported"})
        self.assertEqual(len(set(letters.mapped("report_number"))), 3)
        for case in self.first | self.second | self.third:
            case.with_user(self.officer).action_close()
            self.assertEqual(case.state, "closed")

    def test_a_letter_is_not_written_apart(self):
        """Text, files and signature are the joint answer's; nobody forges the tie over RPC."""
        lead = self._joint()
        letter = lead.companion_ids[0]
        for vals in ({"text": "Иное"}, {"authority_id": False}, {"attachment_ids": False}):
            self._refused(lambda vals=vals: letter.write(vals), lead.case_number)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            letter.lead_id = False
        made = letter.with_context(default_lead_id=lead.id).create(
            {"ticket_id": self.first.id, "text": "x", "lead_id": lead.id}
        )
        self.assertFalse(made.lead_id)
        self._refused(lambda: lead.write({"common_text": "{нет.такого}"}), "нет.такого")

    def test_roles(self):
        """B4: only the officer joins, leaves and numbers; readers see the letters."""
        lead = self._joint()
        for role in ("operator", "approver", "supervisor", "auditor"):
            theirs = lead.with_user(getattr(self, role))
            theirs.invalidate_recordset()
            self.assertEqual(len(theirs.companion_ids), 2)
            for act in ("action_join", "action_match_questions", "action_number", "action_give"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(theirs, act)()
            with self.assertRaises(AccessError):
                theirs.companion_ids.action_leave()

    def test_the_officers_window(self):
        """The window offers every linked case, ticked where it can be answered."""
        self._prepared(ticket=self.third)
        lead = self._lead()
        action = lead.action_join()
        model = self.env[action["res_model"]].with_user(self.officer)
        dialog = Form(model.with_context(**action["context"])).save()
        chosen = {line.ticket_id: line.is_chosen for line in dialog.line_ids}
        self.assertEqual(chosen, {self.second: True, self.third: False})
        dialog.action_join()
        self.assertEqual(lead.companion_ids.ticket_id, self.second)

    def test_ticked_beforehand(self):
        """Only what is linked with this very case and has its topic is ticked."""
        roads = self.topic.create({"code": "9999.0003", "name": "Дороги", "level": 2})
        chained = self._case_of("Зорин", "Олег", "Ильич", "ул. Новая, 1")
        self._link(chained, self.second)
        other = self._case_of("Яшина", "Яна", "Ильинична", "ул. Новая, 2", topic_id=roads.id)
        self._link(other, self.first, "repeat")
        action = self._lead().action_join()
        model = self.env[action["res_model"]].with_user(self.officer)
        dialog = Form(model.with_context(lang="ru_RU", **action["context"])).save()
        lines = {line.ticket_id: line for line in dialog.line_ids}
        ticked = dialog.line_ids.filtered("is_chosen").ticket_id
        self.assertEqual(ticked, self.second | self.third)
        self.assertFalse(lines[chained].why_not or lines[other].why_not)
        self.assertNotIn(self.first.number, lines[chained].how_linked)
        self.assertEqual(lines[other].how_linked, f"Повторное к {self.first.number}")

    def test_deleted_with_its_lead(self):
        lead = self._joint()
        lead.unlink()
        self.assertFalse((self.second | self.third).answer_ids)

    def test_the_cost_grows_evenly(self):
        """One more letter costs the same, however many there are."""
        cases = [
            self._case_of(f"Фамильный{chr(1072 + n)}", "Иван", "Сергеевич", f"ул. Мира, {n}")
            for n in range(1, 9)
        ]
        for case in cases:
            self._link(case, self.first)
        self._joint(self.second).action_give()  # caches are warm
        counts = []
        for group in (cases[:2], cases[2:4], cases[4:8]):
            base = self._case_of("Орлова", "Ольга", "Олеговна", "ул. Мира, 90")
            others = base.browse([one.id for one in group])
            for case in others:
                self._link(case, base)
            lead = self._prepared(ticket=base, outgoing_number=False, outgoing_date=False)
            lead._join(others.with_user(self.officer))
            lead.action_match_questions()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            lead.action_give()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        _warm, two, four = counts
        each = (four - two) / 2
        self.assertLess(each, 80)
        self.assertGreater(two - 2 * each, 0)


@tagged("post_install", "-at_install")
class TestAnswerJointTour(JointCommon, HttpCase):
    def test_officer_answers_together(self):
        """Issue 4, point 2: chosen, previewed, numbered and given on the answer's own page."""
        lead = self._lead(outgoing_number=False, outgoing_date=False)
        path = f"/odoo/hotline-appeals/{self.first.id}/hotline.answer/{lead.id}"
        self.start_tour(path, "hotline_answer_together", login=self.officer.login)
        letters = lead | lead.companion_ids
        self.assertEqual(letters.mapped("state"), ["given"] * 3)
        self.assertEqual(len(set(letters.mapped("outgoing_number"))), 3)
