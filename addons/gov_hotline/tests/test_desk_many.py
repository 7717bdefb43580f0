from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon


class ManyCommon(AssignmentCommon):
    """Many cases at once, as the desk's buttons do it: the dialog, then parts of a batch."""

    @classmethod
    def _many(cls, count, **vals):
        none = cls.env["helpdesk.ticket"].with_user(cls.officer)
        return none.union(*(cls._case(**vals) for _n in range(count)))

    def _run(self, action, user=None):
        """Do as the interface does with a batch; return {done, refused}."""
        self.assertEqual(action["tag"], "hotline_batch")
        params = action["params"]
        part = self.env[params["model"]].with_user(user or self.officer).browse(params["ids"])
        return getattr(part, params["method"])(*params["args"])

    def _dialog(self, opened, partners, **vals):
        dialog = self.env["hotline.resolution"].with_user(self.officer)
        dialog = dialog.with_context(**opened["context"])
        return dialog.create({"addressee_ids": [(6, 0, partners.ids)], **vals})

    def _assert_all_done(self, told, cases):
        self.assertEqual((told["done"], told["refused"]), (len(cases), []))
        self.assertEqual([one["id"] for one in told["told"]], cases.ids)

    def _resolve_many(self, cases, partners, forwarding=False, **vals):
        """Resolve (or forward) `cases` by one dialog; return what the batch told."""
        act = "action_forward_selected" if forwarding else "action_resolve_selected"
        opened = getattr(cases.with_user(self.officer), act)()
        return self._run(self._dialog(opened, partners, **vals).action_sign_and_send())


@tagged("post_install", "-at_install")
class TestDeskMany(ManyCommon):
    """B3: twenty alike resolutions in one dialog; each case is done whole or not at all."""

    def test_one_resolution_for_many(self):
        """B3: each case gets its own assignments, date and questions; the card goes to each."""
        cases = self._many(3)
        told = self._resolve_many(cases, self.agency | self.department, text="Проверить котельную")
        self._assert_all_done(told, cases)
        for case in cases:
            self.assertEqual(case.state, "deferred")
            self.assertEqual(case.assignment_ids.partner_id, self.agency | self.department)
            self.assertEqual(set(case.assignment_ids.mapped("text")), {"Проверить котельную"})
            self.assertEqual(case.assignment_ids.question_ids, case.question_ids)
            self.assertEqual(
                set(case.assignment_ids.mapped("control_on")), {case._default_control_on()}
            )
        sent = self.env["hotline.journal"].search(
            [("event", "=", "assignment_send"), ("res_ref", "in", cases.ids)]
        )
        self.assertEqual(len(sent), 6)

    def test_different_topics_have_no_usual_executor(self):
        """B3: what is usual for the first case's topic is proposed only where all have it."""
        roads = self.topic.copy({"code": "9999.0002", "name": "Дороги"})
        first, second = self._many(2, topic_id=self.topic.id)
        other = self._case(topic_id=roads.id)
        self._resolve_many(self._many(2, topic_id=self.topic.id), self.agency)
        alike = self._dialog((first | second).action_resolve_selected(), self.department)
        self.assertIn(self.agency, alike.proposed_ids)
        mixed = self._dialog((first | other).action_resolve_selected(), self.department)
        self.assertFalse(mixed.proposed_ids)
        self.assertFalse(mixed.proposed_why)

    def test_one_refused_stops_no_other(self):
        """B3: a draft, a closed case, a complaint of the addressee are named, not resolved."""
        draft, closed, good = self._draft(self.officer), self._closed(), self._case()
        complaint = self._case(complaint_against_id=self.agency.id)
        cases = draft | closed | complaint | good
        told = self._resolve_many(cases, self.agency)
        self.assertEqual(told["done"], 1)
        refused = {one["id"]: one for one in told["refused"]}
        self.assertEqual(set(refused), {draft.id, closed.id, complaint.id})
        self.assertIn(closed.number, refused[closed.id]["name"])
        self.assertTrue(all(one["reason"] for one in told["refused"]))
        self.assertEqual(good.state, "deferred")
        self.assertFalse((draft | closed | complaint).assignment_ids)

    def test_twice_is_once(self):
        """B3: a part sent again (a broken connection) gives nobody the same assignment twice."""
        cases = self._many(2)
        opened = cases.action_resolve_selected()
        batch = self._dialog(opened, self.agency).action_sign_and_send()
        self.assertEqual(self._run(batch)["done"], 2)
        self.assertEqual(len(self._run(batch)["refused"]), 2)
        self.assertEqual(len(cases.assignment_ids), 2)

    def test_own_date_or_one_for_all(self):
        """B3: a date written for all that is too late for one is refused for that one only."""
        early, late = self._many(2)
        day = early.due_on
        self.env.cr.execute(
            "UPDATE hotline_deadline SET due_on = due_on - 10 WHERE ticket_id = %s", (early.id,)
        )
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET due_on = due_on - 10 WHERE id = %s", (early.id,)
        )
        self.env.invalidate_all()
        told = self._resolve_many(early | late, self.agency, control_on=day)
        self.assertEqual([one["id"] for one in told["refused"]], early.ids)
        self.assertEqual(late.assignment_ids.control_on, day)

    def test_forwarding_many(self):
        """X10: each forwarded case has a letter of its own number and a notice to its applicant."""
        cases = self._many(3)
        told = self._resolve_many(cases, self.other_body, forwarding=True)
        self._assert_all_done(told, cases)
        letters = cases.assignment_ids
        self.assertEqual(set(letters.mapped("addressee_kind")), {"other_body"})
        self.assertEqual(len(set(letters.mapped("outgoing_number"))), 3)
        self.assertEqual(letters.notice_id.ticket_id, cases)
        self.assertTrue(all(letters.notice_id.mapped("outgoing_number")))
        forwarded = self.env.ref("gov_hotline.outcome_forwarded")
        self.assertEqual(cases.question_ids.outcome_id, forwarded)

    def test_what_was_sent_is_told(self):
        """B3: after all is done the officer reads numbers and dates, and where to look."""
        cases = self._many(2)
        told = self._resolve_many(cases, self.other_body, forwarding=True)
        for case, line in zip(cases, told["told"], strict=True):
            letter = case.assignment_ids
            self.assertIn(case.number, line["name"])
            for words in (letter.partner_id.name, letter.outgoing_number,
                          letter.notice_id.outgoing_number):  # fmt: skip
                self.assertIn(words, line["words"])
        shown = cases.action_show_assignments()
        found = self.env[shown["res_model"]].with_user(self.officer).search(shown["domain"])
        self.assertEqual(found, cases.assignment_ids)
        with self.assertRaises(AccessError):
            cases.with_user(self.supervisor).action_show_assignments()

    def test_letters_that_wait_are_told(self):
        """B3: without a mail server «done» would be half the truth: letters wait, and how many."""
        self.portal_user.email = "heat@mail.example"
        first, second = self._many(1), self._many(1)
        with patch.object(type(self.env["hotline.mail"]), "_is_set_up", lambda mail: False):
            told = self._resolve_many(first | self._case(), self.agency)
        self.assertEqual(told["unsent"], 2)
        with patch.object(type(self.env["hotline.mail"]), "_is_set_up", lambda mail: True):
            told = self._resolve_many(second | self._case(), self.agency)
        self.assertEqual(told["unsent"], 0)

    def test_forwarding_asks_whose_it_is_no_more(self):
        """X10: the button forwards to whomever is chosen, also where the card calls it ours."""
        case = self._case()
        opened = case.action_forward_selected()
        dialog = self._dialog(opened, self.agency)
        dialog.action_sign_and_send()
        self.assertEqual(case.assignment_ids.addressee_kind, "other_body")
        self.assertIn("по компетенции", dialog.with_context(lang="ru_RU")._default_text())

    def test_needs_addressee_and_cases(self):
        cases = self._many(2)
        with self.assertRaises(UserError):
            self._dialog(cases.action_resolve_selected(), self.agency[:0]).action_sign_and_send()
        with self.assertRaises(UserError):
            cases[:0].action_resolve_selected()

    def test_reason_in_the_same_window(self):
        """B3: no signer of the directory: refused without a reason, done with one, recorded."""
        cases = self._many(2)
        self.env["hotline.authority"].create(
            [
                {"name": name, "position": "Заместитель начальника", "may_resolve": True}
                for name in ("Кузнецов В. А.", "Петрова И. И.")
            ]
        )
        opened = cases.action_resolve_selected()
        dialog = self._dialog(opened, self.agency, authority_id=False)
        batch = dialog.action_sign_and_send()
        self.assertEqual(len(self._run(batch)["refused"]), 2)
        again = dialog.action_repeat(cases.ids)
        self.assertEqual((again["res_model"], again["res_id"]), (dialog._name, dialog.id))
        dialog.reason = "коротко"
        with self.assertRaises(UserError):
            dialog.action_sign_and_send()
        dialog.reason = "Приказ о полномочиях подписан, в справочник внесут завтра"
        self.assertEqual(self._run(dialog.action_sign_and_send())["done"], 2)
        self.assertEqual(set(cases.override_ids.mapped("reason")), {dialog.reason})
        self.assertEqual(cases.override_ids.ticket_id, cases)

    def test_repeat_for_the_refused(self):
        """B3: what was written is opened for the refused alone, even for one; nothing is lost."""
        complaint, good = self._case(complaint_against_id=self.agency.id), self._case()
        cases = good | complaint
        dialog = self._dialog(cases.action_resolve_selected(), self.agency, text="Проверить")
        batch = dialog.action_sign_and_send()
        self.assertEqual(batch["params"]["again"], {"model": dialog._name, "id": dialog.id})
        refused = [one["id"] for one in self._run(batch)["refused"]]
        dialog.action_repeat(refused)
        self.assertRecordValues(
            dialog,
            [{"ticket_ids": complaint.ids, "ticket_id": complaint.id, "is_many": True,
              "text": "Проверить", "addressee_ids": self.agency.ids}],
        )  # fmt: skip
        dialog.write({"addressee_ids": [(6, 0, self.department.ids)], "line_ids": [(5,)]})
        self.assertEqual(self._run(dialog.action_sign_and_send())["done"], 1)
        self.assertEqual(complaint.assignment_ids.partner_id, self.department)
        self.assertEqual(good.assignment_ids.partner_id, self.agency)

    def test_nobody_repeats_what_another_wrote(self):
        """B4: only its own officer, only the cases it was written for."""
        cases, foreign = self._many(2), self._case()
        dialog = self._dialog(cases.action_resolve_selected(), self.agency)
        other = self._new_role_user("officer", "auditor")
        for act in (
            lambda: dialog.with_user(other).action_repeat(cases.ids),
            lambda: dialog.action_repeat(foreign.ids),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(dialog.ticket_ids, cases)

    def test_rights(self):
        """B4: only an officer, and only what the officer prepared for these very cases."""
        cases, foreign = self._many(2), self._case()
        for role in ("operator", "approver", "supervisor", "executor", "auditor", "press"):
            theirs = cases.with_user(getattr(self, role))
            for act in ("resolve", "forward", "remind"):
                with self.subTest(role=role, act=act), self.assertRaises(AccessError):
                    getattr(theirs, f"action_{act}_selected")()
            with self.assertRaises(AccessError):
                theirs.remind_part()
        batch = self._dialog(cases.action_resolve_selected(), self.agency).action_sign_and_send()
        args = batch["params"]["args"]
        self.assertTrue(foreign.resolve_part(*args)["refused"])
        other = self._new_role_user("officer", "auditor")
        self.assertEqual(len(cases.with_user(other).resolve_part(*args)["refused"]), 2)
        self.assertFalse((cases | foreign).assignment_ids)

    def test_cost_of_one(self):
        """B3: however many there are, one costs the same."""
        cases = self._many(7)
        opened = cases.action_resolve_selected()
        batch = self._dialog(opened, self.agency).action_sign_and_send()
        args = batch["params"]["args"]
        cases[:1].resolve_part(*args)
        costs = []
        for part in (cases[1:3], cases[3:7]):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            told = part.resolve_part(*args)
            self._assert_all_done(told, part)
            self.env.flush_all()
            costs.append((self.env.cr.sql_log_count - before) / len(part))
        self.assertLessEqual(costs[1], costs[0] + 2)


@tagged("post_install", "-at_install")
class TestDeskReminders(ManyCommon):
    """B8: «Напомнить исполнителям» of many cases, once a day each."""

    def test_remind_many(self):
        """B8: who is awaited is reminded; where nobody is, the case is named with its reason."""
        waiting, again, idle = self._many(3)
        self._resolve_many(waiting | again, self.department)
        again.assignment_ids.action_remind()
        told = self._run((waiting | again | idle).action_remind_selected())
        self.assertEqual(told["done"], 1)
        self.assertEqual([one["id"] for one in told["refused"]], again.ids)
        self.assertEqual([one["id"] for one in told["skipped"]], idle.ids)
        self.assertTrue(all(one["words"] for one in told["skipped"]))
        (reminded,) = told["told"]
        self.assertEqual(reminded["id"], waiting.id)
        self.assertIn(self.department.name, reminded["words"])
        self.assertIn(self.executor.name, reminded["words"])
        self.assertEqual(waiting.assignment_ids.reminded_on, self.today)
        lines = self.env["hotline.journal"].search(
            [("event", "=", "assignment_remind"), ("res_ref", "in", (waiting | again).ids)]
        )
        self.assertEqual(len(lines), 2)
