import json
from hashlib import sha256
from pathlib import Path

from freezegun import freeze_time
from psycopg2.errors import RestrictViolation

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..domain import journal
from ..models import hotline_destruction_run, journal_sql
from .destruction_common import LATER, MARK, DestructionCommon


@tagged("post_install", "-at_install")
class TestDestruction(DestructionCommon):
    """Retention: destroyed by act after the term, never before, with all that hangs on the case."""

    def test_nothing_is_left(self):
        """B4: in the whole database and on the disk nothing of the case stands any more, but its
        number, its dates and the act; a case of the same citizen that is held is untouched."""
        ticket, held = self._rich(), self._closed()
        self._hold(held)
        number, numbers = ticket.number, self.env["hotline.number"].sudo()
        taken = numbers.search([("ticket_id", "=", ticket.id)])
        self.assertLess({"helpdesk_ticket", "hotline_answer"}, self._tables_with(MARK))
        files = self.env["ir.attachment"].sudo().search([("name", "like", MARK)])
        paths = [Path(files._full_path(name)) for name in files.mapped("store_fname")]
        self.assertTrue(paths and all(path.exists() for path in paths))
        with freeze_time(LATER):
            act = self._carry_out(self._approved())
        self.assertFalse(ticket.exists())
        self.assertEqual(self._tables_with(MARK), set())
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse([path for path in paths if path.exists()])
        self.assertTrue(taken.exists())
        self.assertFalse(taken.ticket_id)
        line = act.line_ids.filtered(lambda line: line.number == number)
        self.assertRecordValues(line, [{"state": "destroyed", "ticket_ref": ticket.id}])
        self.assertGreater(line.file_count, 3)
        self.assertGreater(line.record_count, 15)
        self.assertEqual(held.appeal_text, "Третий день холодные батареи.")
        self.assertEqual(act.state, "done")

    def _hold(self, ticket, user=None):
        holds = self.env["hotline.hold"].with_user(user or self.officer)
        return holds.create({"ticket_id": ticket.id, "reason": "Дело в суде, № 2-118/2026"})

    def test_journal(self):
        """X5: the journal holds no name, tells of the destruction, and its chain stays whole."""
        ticket = self._rich()
        with freeze_time(LATER):
            act = self._carry_out(self._approved())
        lines = self.env["hotline.journal"].search(
            [("model", "=", "helpdesk.ticket"), ("res_ref", "=", ticket.id)]
        )
        events = lines.mapped("event")
        self.assertIn("registered", events)
        self.assertIn("case_destroyed", events)
        told = json.loads(lines.filtered(lambda one: one.event == "case_destroyed").payload)
        self.assertEqual(told["act_number"], act.number)
        self.assertFalse(lines.filtered(lambda one: MARK in (one.payload or "")))
        of_act = self.env["hotline.journal"].search(
            [("model", "=", act._name), ("res_ref", "=", act.id)], order="id"
        )
        self.assertEqual(
            of_act.mapped("event"),
            [f"destruction_{step}" for step in ("pick", "propose", "approve", "start", "finish")],
        )
        words = of_act.with_context(lang="ru_RU").mapped("event_text")
        self.assertFalse([one for one in words if one.startswith("destruction")])
        self.assertFalse(list(self._faults(lines | of_act)))

    def _faults(self, lines):
        """Lines are as they were written: each digest is that of its content."""
        self.env.flush_all()
        for line in journal_sql.unsealed(self.env.cr, min(lines.ids) - 1, 1000):
            content = sha256(journal.canonical(line).encode()).hexdigest()
            if line.id in lines.ids and content != line.digest:
                yield line

    def test_never_before_the_term(self):
        """B4: on the last day of the term nothing is picked; a picked case is looked at again."""
        ticket = self._closed()
        year = ticket.closed_on.year + 5
        self.assertEqual(ticket.kept_until, fields.Date.to_date(f"{year}-12-31"))
        with freeze_time(f"{year}-12-31 12:00:00"):
            self.assertNotIn(ticket.number, self._act().line_ids.mapped("number"))
        with freeze_time(f"{year + 1}-01-01 12:00:00"):
            act = self._approved(expert_date=f"{year}-12-30")
            self.assertIn(ticket.number, act.line_ids.mapped("number"))
        with freeze_time(f"{year}-12-30 12:00:00"):  # the clock of the server was set back
            self._carry_out(act)
        line = act.line_ids.filtered(lambda line: line.ticket_ref == ticket.id)
        self.assertEqual(line.state, "kept")
        self.assertIn("срок хранения не истёк", line.why)
        self.assertTrue(ticket.exists())

    def test_what_holds_a_case_back(self):
        """B4: «Do not destroy», an open task, an appeal in work that refers to it."""
        held, tasked, linked = self._closed(), self._closed(), self._closed()
        self._hold(held)
        task = {"name": "Перезвонить", "ticket_id": tasked.id}
        task = self.env["hotline.task"].with_user(self.operator).create(task)
        running = self._case()
        self.env["hotline.case.link"].with_user(self.officer).create(
            {"ticket_id": running.id, "other_id": linked.id, "kind": "repeat"}
        )
        with freeze_time(LATER):
            act = self._approved()
            numbers = act.line_ids.mapped("number")
            self.assertNotIn(held.number, numbers)
            self.assertNotIn(tasked.number, numbers)
            self.assertIn(linked.number, numbers)
            self._carry_out(act)
        self.assertTrue((held | tasked | linked).exists() == held | tasked | linked)
        line = act.line_ids.filtered(lambda line: line.ticket_ref == linked.id)
        self.assertIn("обращение в работе", line.why)
        task.sudo().write({"state": "done", "evidence": "Перезвонили"})
        self.env["hotline.hold"].search([("ticket_id", "=", held.id)]).with_user(
            self.officer
        ).write({"lift_reason": "Решение суда вступило в силу"})
        held.hold_ids.with_user(self.officer).action_lift()
        with freeze_time(LATER):
            numbers = self._act().line_ids.mapped("number")
        self.assertLessEqual({held.number, tasked.number}, set(numbers))

    def test_a_hold_set_after_the_approval(self):
        """B4: a mark that comes between approval and destruction still keeps the case."""
        ticket = self._closed()
        with freeze_time(LATER):
            act = self._approved()
            self._hold(ticket)
            self._carry_out(act)
        self.assertTrue(ticket.exists())
        line = act.line_ids.filtered(lambda line: line.ticket_ref == ticket.id)
        self.assertRecordValues(line, [{"state": "kept", "file_count": 0}])

    def test_a_neighbour_keeps_its_own(self):
        """B4: a closed case that is linked with a destroyed one loses the link and nothing else."""
        ticket, other = self._rich(), self._case()
        self.env["hotline.case.link"].with_user(self.officer).create(
            {"ticket_id": other.id, "other_id": ticket.id, "kind": "repeat"}
        )
        field = other.question_ids._fields["earlier_question_ids"]
        self.cr.execute(
            SQL(
                "INSERT INTO %s (%s, %s) VALUES (%s, %s)",
                *map(SQL.identifier, (field.relation, field.column1, field.column2)),
                other.question_ids.id,
                ticket.question_ids.id,
            )
        )
        answer = self._answer(other)
        other._end("closed")
        self._hold(other)
        before = (other.appeal_text, answer.text, other.text_hash)
        with freeze_time(LATER):
            self._carry_out(self._approved())
        self.assertFalse(ticket.exists())
        self.assertEqual((other.appeal_text, answer.text, other.text_hash), before)
        self.assertFalse(other.question_ids.sudo().earlier_question_ids)
        opened = self.env["hotline.journal"].search(
            [("event", "=", "lock_opened"), ("res_ref", "=", other.id)]
        )
        self.assertIn("destruction", opened[0].payload)
        with self.assert_locked():
            self.cr.execute("UPDATE helpdesk_ticket SET name = 'x', appeal_text = 'x'"
                            " WHERE id = %s", (other.id,))  # fmt: skip

    def test_reception_goes_with_its_appeal(self):
        """X10, B4: the kept card of the reception at which the appeal was made goes with it."""
        ticket = self._closed()
        reception = (
            self.env["hotline.reception"]
            .with_user(self.officer)
            .create(
                {
                    "held_at": fields.Datetime.now(),
                    "official_name": "Кузнецов В. А.",
                    "partner_id": self.citizen.id,
                    "content": MARK,
                    "attachment_ids": self._file().ids,
                }
            )
        )
        reception.action_cancel()
        self.cr.execute("ALTER TABLE hotline_reception DISABLE TRIGGER hotline_lock_update")
        self.env.flush_all()
        self.cr.execute("UPDATE hotline_reception SET ticket_id = %s WHERE id = %s",
                        (ticket.id, reception.id))  # fmt: skip
        self.cr.execute("ALTER TABLE hotline_reception ENABLE TRIGGER hotline_lock_update")
        self.env.invalidate_all()
        with freeze_time(LATER):
            self._carry_out(self._approved())
        self.assertFalse((ticket.exists(), reception.exists()) == (ticket, reception))
        self.assertEqual(self._tables_with(MARK), set())

    def test_parts_are_resumable(self):
        """B4: a part that breaks off leaves nothing half done; the next job goes on from there."""
        tickets = self.env["helpdesk.ticket"].browse([self._closed().id for _n in range(3)])
        with freeze_time(LATER):
            act = self._approved()
            ours = act.line_ids.filtered(lambda line: line.ticket_ref in tickets.ids)
            self.patch(hotline_destruction_run, "PART", 1)
            act.action_start()
            with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
                act.sudo()._run_part()
                raise ZeroDivisionError  # the server is killed before the commit
            self.env.invalidate_all()
            self.assertEqual(set(ours.mapped("state")), {"planned"})
            self.assertEqual(tickets.exists(), tickets)
            act.sudo()._run_part()
            self.assertEqual(act.destroyed_count, 1)
            self.assertAlmostEqual(act.percent, 100 / act.line_count)
            act.action_continue()
            jobs = self.env["queue.job"].sudo()
            mine = [("identity_key", "=", f"hotline.destruction,{act.id}")]
            self.assertEqual(jobs.search_count([*mine, ("state", "=", "pending")]), 1)
            while act.state == "running":
                act.sudo()._run_part()
        self.assertFalse(tickets.exists())
        act.sudo()._run_part()  # a job too many finds nothing to do
        self.assertEqual(act.state, "done")

    def test_one_bad_case_stops_nobody(self):
        """B4: a case that cannot be destroyed is shown with its error; the others go."""
        bad, good = self._closed(), self._closed()
        graph = type(self.env["hotline.case.graph"])
        destroy = graph._destroy

        def failing(graph, case, **cause):
            if case.id == bad.id:
                raise ValueError
            return destroy(graph, case, **cause)

        with freeze_time(LATER):
            act = self._approved()
            self.patch(graph, "_destroy", failing)
            self._carry_out(act)
        self.assertEqual((bad | good).exists(), bad)
        line = act.line_ids.filtered(lambda line: line.ticket_ref == bad.id)
        self.assertIn("ValueError", line.why)

    def test_every_relation_is_decided(self):
        """B4: a model that comes to refer to cases says what becomes of it, or this fails."""
        graph = self.env["hotline.case.graph"]
        self.assertFalse(graph._undeclared())
        declared = set(graph._case_relations())
        for model, name in declared:
            with self.subTest(model=model, field=name):
                field = self.env[model]._fields[name]
                self.assertTrue(field.store and field.type == "many2one")
        found = {line[0] for line in graph._relations()["helpdesk.ticket"]}
        for model in ("hotline.mail", "hotline.sms", "hotline.override", "hotline.hold"):
            self.assertIn(model, found)

    def test_locks_are_shut_afterwards(self):
        """B4: the permit is gone with the act; and without one nothing is destroyed."""
        ticket = self._closed()
        with mute_logger("odoo.sql_db"), self.assertRaises(RestrictViolation), self.cr.savepoint():
            self.env["hotline.case.graph"].sudo()._delete({"helpdesk.ticket": {ticket.id}})
        with freeze_time(LATER):
            self._carry_out(self._approved())
        self.cr.execute("SELECT current_setting('hotline.permit', true)")
        self.assertEqual(self.cr.fetchone()[0], "")
