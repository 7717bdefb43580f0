from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .destruction_common import LATER, MARK, DestructionCommon


@tagged("post_install", "-at_install")
class TestStorageTerms(DestructionCommon):
    """Retention of what has no case: calls, receptions, tasks, citizens' cards."""

    def _person(self, **vals):
        vals = {"surname": MARK, "given_name": "Анна", "hotline_kind": "citizen", **vals}
        return self.env["res.partner"].create(vals)

    def _call(self, **vals):
        calls = self.env["hotline.call"].with_user(self.operator)
        disposition = self.env["hotline.disposition"].search(
            [("group", "=", "consultation")], limit=1
        )
        call = calls.create(
            {
                "phone": "89135550177",
                "question": MARK,
                "group": "consultation",
                "disposition_id": disposition.id,
                **vals,
            }
        )
        call.action_close()
        return call

    def _task(self, **vals):
        tasks = self.env["hotline.task"].with_user(self.operator)
        task = tasks.create({"kind": "todo", "name": MARK, **vals})
        task.action_done()
        return task

    def _reception(self, **vals):
        reception = (
            self.env["hotline.reception"]
            .with_user(self.officer)
            .create(
                {
                    "held_at": "2026-03-02 09:00:00",
                    "official_name": "Кузнецов В. А.",
                    "partner_id": self.citizen.id,
                    "content": MARK,
                    "attachment_ids": self._file().ids,
                    **vals,
                }
            )
        )
        reception.action_cancel()
        return reception

    def _gone(self, kind, *records):
        """Carry out an act over `kind` and return its lines of `records`."""
        with freeze_time(LATER):
            act = self._act(kind=kind)
            if act.line_ids:
                act.action_propose()
                act.with_user(self.approver).action_approve()
                self._carry_out(act)
        refs = {record.id for record in records}
        return act.line_ids.filtered(lambda line: line.ticket_ref in refs)

    def test_copies_of_the_document_system(self):
        """A3, B4: a copy stands while the system tells of it, then goes with its files."""
        source = self.env["hotline.external.source"].create({"name": "СЭД"})
        here, gone = self.env["hotline.external.case"].create(
            [
                {
                    "source_id": source.id, "company_id": self.env.company.id, "key": key,
                    "number": f"15-01/{key}", "filed_on": "2026-11-02", "applicant_name": MARK,
                    "told_at": "2026-11-22 06:45:00", "active": active,
                }
                for key, active in (("1", True), ("2", False))
            ]
        )  # fmt: skip
        file = {"name": f"{MARK}.pdf", "raw": b"%PDF-1.4", "res_model": gone._name}
        self.env["ir.attachment"].create({**file, "res_id": gone.id})
        line = self._gone("external", here, gone)
        self.assertEqual((line.ticket_ref, line.state), (gone.id, "destroyed"))
        self.assertTrue(here.exists())
        self.assertFalse(gone.exists())
        here.active = False
        self._gone("external", here)
        self.assertFalse(self._tables_with(MARK))

    def test_calls_receptions_tasks(self):
        """B4: each goes by an act of its kind, with its files; nothing of it is left."""
        records = {
            "call": self._call(),
            "reception": self._reception(),
            "task": self._task(),
        }
        call_task = self._task(call_id=records["call"].id)
        for kind, record in records.items():
            with self.subTest(kind=kind):
                number = record._kept_name()
                line = self._gone(kind, record)
                self.assertRecordValues(line, [{"state": "destroyed", "number": number}])
                self.assertFalse(record.exists())
                told = self.env["hotline.journal"].search(
                    [("model", "=", record._name), ("res_ref", "=", record.id)]
                )
                self.assertIn("record_destroyed", told.mapped("event"))
        self.assertFalse(call_task.exists())
        self.assertEqual(self._tables_with(MARK), set())

    def test_common_act_leaves_them(self):
        """B4: an act over appeals takes neither calls nor cards: they are chosen by name."""
        call, case = self._call(), self._closed()
        with freeze_time(LATER):
            act = self._act()
        self.assertEqual(set(act.line_ids.mapped("res_model")), {"helpdesk.ticket"})
        self.assertIn(case.id, act.line_ids.mapped("ticket_ref"))
        self.assertTrue(call.exists())

    def test_not_before_its_own_term(self):
        """B4: in the last year of its term a call is not picked; in the next one it is."""
        call = self._call()
        year = self.today.year
        for now, picked in ((year + 3, False), (year + 4, True)):
            with freeze_time(f"{now}-06-01 12:00:00"):
                act = self._act(kind="call")
                self.assertEqual(call.id in act.line_ids.mapped("ticket_ref"), picked)
                act.unlink()

    def test_what_keeps_them(self):
        """B4: a mark, an open task, an appeal: the call stays; so does one of a marked citizen."""
        person = self._person()
        marked, tasked, owned = self._call(), self._call(), self._call(partner_id=person.id)
        self.env["hotline.task"].with_user(self.operator).create(
            {"name": "Узнать", "kind": "find_out", "call_id": tasked.id}
        )
        for record in (marked, person):
            self._hold(record)
        of_case = self._call()
        self._case().sudo().call_ids = of_case
        for call in (marked, tasked, owned, of_case):
            self.assertTrue(call.sudo()._reasons_to_keep())
        self.assertFalse(self._gone("call", marked, tasked, owned, of_case))
        self.assertTrue(marked.has_hold)
        self.assertTrue(owned.has_hold)

    def _hold(self, record):
        holds = self.env["hotline.hold"].with_user(self.officer)
        context = record.with_user(self.officer).action_place_hold()["context"]
        return holds.with_context(**context).create({"reason": "Проверка прокуратуры, № 7-12"})

    def test_a_mark_comes_off(self):
        """B4: the list of marks names the call; taken off with a reason, the call goes."""
        call = self._call()
        hold = self._hold(call)
        self.assertIn(call.number, hold.subject)
        self.assertEqual(hold.company_id, call.company_id)
        hold.lift_reason = "Проверка окончена без замечаний"
        hold.action_lift()
        self.assertEqual(self._gone("call", call).state, "destroyed")

    def test_a_mark_needs_a_subject(self):
        """B4: neither an empty mark nor one on what has no term of its own."""
        holds = self.env["hotline.hold"].with_user(self.officer)
        with self.assertRaises(UserError):
            holds.create({"reason": "Проверка", "res_model": "res.users", "res_id": 1})
        with self.assertRaises(AccessError):
            self._call().with_user(self.operator).action_place_hold()

    def _account(self, person, **vals):
        return self.env["hotline.account"].create(
            {
                "number": f"4410-{person.id}", "provider_id": self.agency.id,
                "holder_id": person.id, "holder_name": person.name, **vals,
            }
        )  # fmt: skip

    def test_open_account_keeps_the_card(self):
        """B4: whoever has an open account with a company is served yet; the act says why."""
        served, unknown = self._person(), self._person()
        self._account(served)
        self._account(unknown, state="closed")
        self.assertFalse(self._gone("citizen", served, unknown))
        with freeze_time(LATER):
            for card in (served, unknown):
                self.assertEqual(card.sudo()._reasons_to_keep(), ("open_account",))
        line = self.env["hotline.destruction.line"]
        self.assertIn("open", line._reason_words(("open_account",)))

    def test_card_after_the_account_is_closed(self):
        """B4: the term of the card counts from the end of the account, which loses the name."""
        person = self._person()
        account = self._account(person, state="closed", closed_on=self.today)
        year = self.today.year
        for now, reasons in ((year + 3, ("term_runs",)), (year + 4, ())):
            with freeze_time(f"{now}-06-01 12:00:00"):
                self.assertEqual(person.sudo()._reasons_to_keep(), reasons)
        self.assertEqual(self._gone("citizen", person).state, "destroyed")
        self.assertFalse(person.exists())
        self.env.invalidate_all()
        self.assertRecordValues(account, [{"holder_id": False, "holder_name": False}])
        self.assertEqual(account.number, f"4410-{person.id}")
        self.assertEqual(self._tables_with(MARK) - {"hotline_search_word"}, set())

    def test_account_closed_later_than_the_last_case(self):
        """B4: of two ends the later one counts."""
        person = self._person()
        person.hotline_last_on = "2020-03-01"
        self._account(person, state="closed", closed_on="2030-03-01")
        row = person.sudo()._kept_found()[0]
        self.assertEqual(str(row.ended), "2030-03-01")

    def test_card_after_the_last_case(self):
        """B7: a card stays while anything names the citizen, and goes after the last case, with
        telephones and notes; what was said of them stays nowhere."""
        ticket = self._closed()
        person = self._person(email="a@example.org", phone="89135550178")
        self._put(ticket, person)
        person.message_post(body=f"Заметка: {MARK}")
        self.assertFalse(self._gone("citizen", person))
        with freeze_time(LATER):
            self._carry_out(self._approved())
        self.assertFalse(ticket.exists())
        self.assertEqual(person.hotline_last_on, self.today)
        line = self._gone("citizen", person)
        self.assertRecordValues(line, [{"state": "destroyed", "number": f"№ {person.id}"}])
        self.assertFalse(person.exists())
        self.assertEqual(self._tables_with(MARK), set())

    def _put(self, ticket, person):
        self.env.flush_all()
        with self.env["hotline.lock"]._permitted(ticket):
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET partner_id = %s WHERE id = %s", (person.id, ticket.id)
            )
        self.env.invalidate_all()

    def test_card_named_elsewhere(self):
        """B7: a call or an account keeps the card, and says so."""
        person, user = self._person(), self.press.partner_id
        user.hotline_kind = "citizen"
        self._call(partner_id=person.id)
        with freeze_time(LATER):
            self.assertEqual(person.sudo()._reasons_to_keep(), ("named",))
            self.assertIn("has_account", user.sudo()._reasons_to_keep())
        self.assertFalse(self._gone("citizen", person, user))
        self.assertTrue(person.exists())

    def test_a_case_that_came_in_between(self):
        """B7: a card that was picked and is named again before the act is carried out stays."""
        person = self._person()
        with freeze_time(LATER):
            act = self._approved(kind="citizen")
            self._call(partner_id=person.id)
            self._carry_out(act)
        line = act.line_ids.filtered(lambda line: line.ticket_ref == person.id)
        self.assertRecordValues(line, [{"state": "kept"}])
        self.assertTrue(line.why)

    def test_terms(self):
        """C5: shorter than the list is refused for receptions; calls are the local act's."""
        terms = self.env["hotline.retention"].with_user(self.administrator)
        vals = {"name": "x", "article": "x", "valid_from": "2090-01-01"}
        with self.assertRaises(ValidationError):
            terms.create({**vals, "kind": "reception", "years": 2})
        self.assertTrue(terms.create({**vals, "kind": "call", "years": 1}))
        with self.assertRaisesRegex(UserError, "day to come"):
            terms.create({"name": "x", "article": "x", "kind": "call", "years": 1})
        with self.assertRaisesRegex(UserError, "day to come"):
            terms.create({**vals, "kind": "message", "years": 1, "valid_from": self.today})
        self.assertTrue(terms.create({"name": "x", "article": "x", "kind": "call", "years": 9}))
        others = ["call", "reception", "incoming", "task", "citizen"]
        shipped = terms.search([("kind", "in", others)])
        self.assertGreaterEqual(len(shipped.filtered("note")), 5)
