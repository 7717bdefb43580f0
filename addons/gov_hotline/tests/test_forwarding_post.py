import importlib.util
from datetime import timedelta
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.reasons import ReasonNeededError
from .assignment_common import AssignmentCommon
from .outbox_common import OutboxCommon, Session

REASON = "Заявитель получил уведомление лично"


class PostCommon(AssignmentCommon, OutboxCommon):
    """A case forwarded to a body without e-mail and to one with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailed_body = cls._agency("Росздравнадзор", kind="other_body")
        cls.mailed_body.email = "post@zdrav.example"

    def _state(self, letter, user=None):
        """Return the state of the letter's row in «Исходящие»; equal to what its own form says."""
        self.env.flush_all()
        self.env["hotline.outgoing"].invalidate_model()
        letter.invalidate_recordset()
        row = self._row(letter, user)
        self.assertEqual(row.state, letter._course())
        return row.state

    def _row(self, letter, user=None):
        rows = self.env["hotline.outgoing"].with_user(user or self.officer)
        domain = [("source_model", "=", letter._name), ("source_id", "=", letter.id)]
        return rows.search(domain)

    def _post(self, letters, numbers=(), **vals):
        """Mark the letters by the window their button opens; `numbers`: their identifiers."""
        entry = self.env["hotline.posting.entry"].with_user(self.officer)
        entry = entry.browse(letters.action_post()["res_id"])
        entry.write(vals)
        for line, number in zip(entry.line_ids, numbers, strict=False):
            line.posted_number = number
        entry.action_enter()
        return entry


@tagged("post_install", "-at_install")
class TestForwardingPost(PostCommon):
    """FWD-7, COPY-7: a forwarding letter is said to be sent once it is proved, not before."""

    def test_on_paper_until_it_is_marked(self):
        """FWD-7 (art. 8 p. 3): no e-mail: «К печати»; marked with day, kind and number: sent."""
        letter = self._resolve(self._case(), self.other_body)
        self.assertEqual(self._state(letter), "to_post")
        self.assertRecordValues(self._row(letter), [{"channel": "post"}])
        acts = [act["method"] for act in letter.acts]
        self.assertEqual(acts[:2], ["action_post", "action_print_forwarding"])
        self._post(letter, ["80080000000008"], posted_way="registered")
        self.assertEqual(self._state(letter), "sent")
        self.assertRecordValues(
            letter,
            [{"posted_on": self.today, "posted_way": "registered",
              "posted_number": "80080000000008"}],
        )  # fmt: skip
        self.assertNotIn("action_post", [act["method"] for act in letter.acts])
        events = self.env["hotline.journal"].search([("event", "=", "letter_posted")])
        told = events.filtered(lambda line: line.res_ref == letter.ticket_id.id)
        self.assertIn(letter.outgoing_number, told.with_user(self.auditor).payload_text)

    def test_by_email_it_follows_the_mail(self):
        """FWD-7: in the queue, sent, not delivered: as the server says, never before it."""
        for session, state in (
            (Session(), "sent"),
            (Session(refusal=(550, b"5.1.1 unknown")), "failed"),
            (Session(breaks="in"), "failed"),
        ):
            letter = self._resolve(self._case(), self.mailed_body)
            with self.subTest(state=state):
                self.assertEqual(self._state(letter), "queued")
                self.assertEqual(self._row(letter).channel, "email")
                self._run_job(letter._mails(), session)
                self.assertEqual(self._state(letter), state)

    def test_what_did_not_leave_goes_on_paper(self):
        """FWD-7: refused by the server it is printed and posted; the e-mail is given up."""
        letter = self._resolve(self._case(), self.mailed_body)
        with self.assertRaises(UserError):
            letter.action_post()
        self._run_job(letter._mails(), Session(refusal=(550, b"5.1.1 unknown")))
        self._post(letter, posted_way="courier")
        self.assertEqual(self._state(letter), "sent")
        self.assertEqual(letter._mails().state, "cancelled")
        self.assertEqual(self._row(letter).channel, "other")

    def test_cancelled_by_email_it_waits_on_paper(self):
        letter = self._resolve(self._case(), self.mailed_body)
        letter._mails().with_user(self.officer).action_cancel()
        self.assertEqual(self._state(letter), "to_post")

    def test_a_notice_by_email_follows_it_too(self):
        """FWD-7: cancelled in the outbox, the notice waits on paper; unknown is not sent."""
        for session, state in ((None, "to_post"), (Session(breaks="in"), "failed")):
            case = self._case(applicant_email="m@citizen.example", origin="email", kind="message")
            notice = self._resolve(case, self.other_body).notice_id
            self.assertEqual(self._state(notice), "queued")
            if session:
                self._run_job(notice._mails(), session)
            else:
                notice._mails().with_user(self.officer).action_cancel()
            with self.subTest(state=state):
                self.assertEqual(self._state(notice), state)
                self._post(notice)
                self.assertEqual(self._state(notice), "sent")

    def test_withdrawn_before_it_left(self):
        """FWD-7: what was withdrawn on paper is neither sent nor waits."""
        letter = self._resolve(self._case(), self.other_body)
        letter.action_withdraw("Направлено ошибочно")
        self.assertEqual(self._state(letter), "withdrawn")
        with self.assertRaises(UserError):
            letter.action_post()

    def test_days_of_a_posting(self):
        """FWD-7: neither before the number was given nor in the future, once only."""
        letter = self._resolve(self._case(), self.other_body)
        for day in (self.today + timedelta(days=1), self.today - timedelta(days=1)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._post(letter, posted_on=day)
        entry = self._post(letter)
        with self.assertRaises(UserError):
            entry.action_enter()

    def test_roles(self):
        """FWD-7: the officer marks; nobody else, by no road; the columns are nobody's hand's."""
        letter = self._resolve(self._case(), self.other_body)
        for role in ("operator", "supervisor", "approver", "auditor", "press", "executor"):
            user = getattr(self, role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                letter.with_user(user).action_post()
        for user in (self.officer, self.administrator):
            with self.assertRaises(AccessError):
                letter.with_user(user).write({"posted_on": self.today})
        entry = self.env["hotline.posting.entry"].with_user(self.officer)
        entry = entry.browse(letter.action_post()["res_id"])
        other = self._new_role_user("officer", "operator")
        with self.assertRaises(AccessError):
            entry.with_user(other).action_enter()

    def test_many_at_once_in_the_list(self):
        """FWD-7: the list of letters to post: forwardings and notices, marked together."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        notice = letter.notice_id
        rows = self._row(letter) | self._row(notice)
        self.assertEqual(rows.mapped("state"), ["to_post", "to_post"])
        waiting = self.env["hotline.outgoing"].with_user(self.officer)
        waiting = waiting.search([("state", "=", "to_post"), ("ticket_id", "=", case.id)])
        self.assertEqual(waiting, rows)
        opened = rows.action_mark_posted()
        entry = self.env["hotline.posting.entry"].with_user(self.officer)
        entry = entry.browse(opened["res_id"])
        self.assertEqual(entry.count, 2)
        self.assertIn(notice.outgoing_number, entry.line_ids.mapped("number"))
        entry.action_enter()
        self.assertEqual([self._state(letter), self._state(notice)], ["sent", "sent"])
        with self.assertRaises(UserError):
            rows.action_mark_posted()

    def test_the_register_of_post_holds_it(self):
        """B5: the letters on paper stand in the register of post with address and kind."""
        self.other_body.write({"street": "ул. Правды, 1", "city": "Озёрск"})
        paper = self._resolve(self._case(), self.other_body)
        mailed = self._resolve(self._case(), self.mailed_body)
        register = self.env["hotline.outgoing.register"].with_user(self.officer)
        by_post = {one.number: one for one in register.create({})._entries()}
        self.assertIn("ул. Правды, 1", by_post[paper.outgoing_number].address)
        self.assertNotIn(mailed.outgoing_number, by_post)
        self._post(paper, posted_way="courier")
        whole = register.create({"by_post_only": False})._entries()
        whole = {one.number: one for one in whole}
        self.assertEqual(whole[mailed.outgoing_number].address, "post@zdrav.example")
        self.assertTrue(whole[paper.outgoing_number].channel)

    def test_the_journal_names_letters_by_number(self):
        """X5: number and date, or whom it is for; the number of the record stays in the line."""
        self.by_letter.email = "road@gov.example"
        case = self._case()
        letter = self._resolve(case, self.mailed_body)
        card = self._resolve(self._case(), self.by_letter, control_on=self.today)
        for told, words in ((letter, letter.outgoing_number), (card, self.by_letter.name)):
            lines = self.env["hotline.journal"].with_user(self.auditor)
            lines = lines.search([("res_ref", "=", told.ticket_id.id)])
            mailed = lines.filtered(lambda line: line.event == "assignment_mail_card")
            with self.subTest(words):
                self.assertIn(words, mailed.payload_text)
                self.assertNotIn(f": {told._mails().id};", f"{mailed.payload_text};")
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["hotline.journal"].with_user(self.auditor).search([], limit=80)
        few, many = (self._cost(lines[:count]) for count in (10, 80))
        self.assertLessEqual(many, few + 30, "letters are looked up together")

    def _cost(self, lines):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        lines.mapped("payload_text")
        return self.env.cr.sql_log_count - before

    def test_migration_dates_what_was_closed(self):
        """FWD-7: an update to 19.0.1.5.0: letters of closed cases are done, others wait."""
        done, running, mailed = (self._case() for _ in range(3))
        letters = [
            self._resolve(case, body)
            for case, body in (
                (done, self.other_body), (running, self.other_body), (mailed, self.mailed_body),
            )
        ]  # fmt: skip
        for case in (done, mailed):
            case.with_context(hotline_reason=REASON).action_close()
        self.env.flush_all()
        self._migrate("19.0.1.5.0", "post-forwardings.py")
        self.assertEqual([self._state(one) for one in letters], ["sent", "to_post", "queued"])

    def _migrate(self, version, script):
        path = Path(__file__).parents[1] / "migrations" / version / script
        spec = importlib.util.spec_from_file_location(Path(script).stem.replace("-", "_"), path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.env.cr, version)
        self.env.invalidate_all()

    def test_migration_names_notice_and_letter_apart(self):
        """SENT: an update to 19.0.1.6.0: «Outgoing letters» calls two letters by two names."""
        outgoing = self.env.ref(
            "gov_hotline.selection__hotline_outgoing__kind__notice_forwarding"
        ).with_context(lang="ru_RU")
        printed = self.env.ref(
            "gov_hotline.selection__hotline_outgoing_print_line__res_model__hotline_assignment"
        ).with_context(lang="ru_RU")
        for label in (outgoing, printed):
            self.env.cr.execute(
                "UPDATE ir_model_fields_selection SET name = name || %s::jsonb WHERE id = %s",
                ('{"ru_RU": "Направление по компетенции"}', label.id),
            )
        self._migrate("19.0.1.6.0", "post-notice_names.py")
        self.assertEqual(outgoing.name, "Уведомление о перенаправлении")
        self.assertEqual(printed.name, "Письмо о направлении")


@tagged("post_install", "-at_install")
class TestClosingUnsent(PostCommon):
    """SENT: the case is not closed by one click while a letter of it has not left."""

    def _refused(self, case, *words):
        with self.assertRaises(ReasonNeededError) as caught, self.env.cr.savepoint():
            case.action_close()
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_closing_waits_for_the_letters(self):
        """SENT, FWD-7: letter and notice are named; once both have left it closes by itself."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        self._refused(case, letter.outgoing_number, letter.notice_id.outgoing_number, "ч. 3 ст. 8")
        with self.assertRaises(ReasonNeededError), self.env.cr.savepoint():
            case.write({"state": "forwarded"})
        self._post(letter)
        self._refused(case, letter.notice_id.outgoing_number)
        self._post(letter.notice_id)
        case.action_close()
        self.assertEqual(case.state, "forwarded")
        self.assertFalse(case.override_ids)

    def test_a_reason_closes_before_the_letters_left(self):
        """SENT: each warning its reason, in the case and in the journal; the letters live on."""
        case = self._case()
        letter = self._resolve(case, self.other_body)
        case.with_context(hotline_reason=REASON).action_close()
        self.assertEqual(case.state, "forwarded")
        self.assertEqual(case.override_ids.mapped("rule_code"), ["SENT", "SENT"])
        self.assertIn("override", self._events(case))
        self._post(letter)
        self._post(letter.notice_id)
        self.env.flush_all()
        self.assertEqual([self._state(letter), self._state(letter.notice_id)], ["sent", "sent"])
        with self.assertRaises(UserError):
            self._post(letter)

    def test_an_email_in_the_queue(self):
        """SENT: what stands in the queue or was refused keeps the case open too."""
        case = self._case(applicant_email="m@citizen.example", origin="email", kind="message")
        case.notice_ids.unlink()
        letter = self._resolve(case, self.mailed_body)
        self._refused(case, letter.outgoing_number)
        self._run_job(letter._mails(), Session(refusal=(550, b"5.1.1 unknown")))
        self._run_job(letter.notice_id._mails())
        self._refused(case, letter.outgoing_number)
        letter._mails().with_user(self.officer).action_send_again()
        self._run_job(letter._mails())
        self.assertFalse(case._unsent_problems())

    def test_an_answer_in_the_queue(self):
        """SENT, ANS-FORM (art. 10 p. 4): an answer by e-mail is awaited too, or a reason given."""
        mail = self._mailed_answer()
        case = mail.ticket_id.with_user(self.officer)
        self._refused(case, mail.email_to)
        self._run_job(mail)
        case.action_close()
        self.assertEqual(case.state, "closed")

    def test_returns_and_refusals_wait_too(self):
        """SENT: a return, a leaving without answer: the letter of the decision is posted first."""
        head = self.env["hotline.authority"].create(
            {"name": "Орлов И. И.", "position": "Начальник", "may_sign": True}
        )
        for code, end in (("court", "returned"), ("senseless", "no_answer")):
            case = self._case()
            ground = self.env["hotline.ground"]._available(case, self.today)
            ground = ground.filtered(lambda one, code=code: one.code == code)
            notice = case.question_ids.action_state_ground(ground.id, {})
            notice.authority_id = head
            notice.action_issue()
            with self.subTest(code):
                self._refused(case, notice.outgoing_number)
                notice.action_mark_sent()
                case.action_close()
                self.assertEqual(case.state, end)

    def test_many_forwarded_say_what_waits_on_paper(self):
        """SENT: the result of a bulk forwarding names the letters that are still to be posted."""
        paper, other = self._case(), self._case()
        opened = (paper | other).action_forward_selected()
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        dialog = dialog.with_context(**opened["context"])
        dialog = dialog.create({"addressee_ids": [(6, 0, self.other_body.ids)]})
        batch = dialog.action_sign_and_send()["params"]
        told = (paper | other).resolve_part(*batch["args"])
        self.assertEqual((told["done"], told["refused"]), (2, []))
        self.assertTrue(batch["words"]["signed"])
        self.assertNotIn("answer by", "".join(one["words"] for one in told["told"]))
        self.assertIn("Notice of forwarding", told["waiting"][0]["letters"])
        self.assertEqual([one["id"] for one in told["waiting"]], (paper | other).ids)
        for case, waiting in zip((paper, other), told["waiting"], strict=True):
            for number in (
                case.assignment_ids.outgoing_number, case.notice_ids.outgoing_number,
            ):  # fmt: skip
                self.assertIn(number, waiting["letters"])
            self._refused(case, case.assignment_ids.outgoing_number)

    def test_bodies_with_no_way_are_named_beforehand(self):
        """SENT: the window warns of a body with neither e-mail nor postal address."""
        self.other_body.write({"street": "ул. Правды, 1", "city": "Светлоозёрск"})
        opened = (self._case() | self._case()).action_forward_selected()
        dialogs = self.env["hotline.resolution"].with_user(self.officer)
        dialog = Form(dialogs.with_context(**opened["context"]))
        dialog.addressee_ids.add(self.other_body)
        self.assertFalse(dialog.roadless)
        self.other_body.write({"street": False, "city": False, "zip": False, "country_id": False})
        self.other_body.email = "reception@body.example"
        dialog = Form(dialogs.with_context(**opened["context"]))
        dialog.addressee_ids.add(self.other_body)
        self.assertFalse(dialog.roadless)
        self.other_body.email = False
        dialog = Form(dialogs.with_context(**opened["context"]))
        dialog.addressee_ids.add(self.other_body)
        self.assertEqual(dialog.roadless, self.other_body.name)
