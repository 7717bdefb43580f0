from contextlib import contextmanager
from itertools import product

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..domain import transitions
from .common import ROLES
from .test_life_grounds import GroundCommon

KIND_OF_TRACK = {"appeal": "appeal_59", "message": "message"}
GROUND_OF_END = {"returned": "court", "no_answer": "unreadable", "forwarded": "out_of_competence"}
ACT_OF_STATE = {"in_work": "action_register", "deferred": "action_defer"}


@tagged("post_install", "-at_install")
class TestWalk(GroundCommon):
    """B3, B4: every (track, state, target, role) by act, by RPC write and by kanban."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stages = cls.env["helpdesk.ticket.stage"]._by_state()

    # A case in each state, ready for one end

    def _case_in(self, track, state):
        vals = {"kind": KIND_OF_TRACK[track]}
        if track == "message":
            vals["origin"] = "phone"
        if state == "draft":
            return self._draft(**vals)
        ticket = self._case_of("x", **vals)
        if state == "deferred":
            ticket._transition("deferred")  # as after a resolution whose addressees have answered
        if state in transitions.FINAL_STATES:
            self._end_as(ticket, state)
        return ticket

    def _end_as(self, ticket, end):
        if end == "converted":
            return self._convert(ticket)
        self._prepare(ticket, end)
        return ticket.action_close()

    def _convert(self, ticket):
        files = self.env["ir.attachment"].with_user(self.operator)
        scan = files.create({"name": "Письмо.pdf", "raw": b"%PDF-1.4"})
        ticket.with_user(self.operator)._convert_by("paper", scan).action_register()

    def _prepare(self, ticket, end):
        """Bring the questions to where the case ends as `end`."""
        if end in ("closed", "converted"):
            self._answer(ticket)
        elif end == "stopped":
            vals = {"earlier_question_ids": [(6, 0, self._earlier().ids)], **self._decision()}
            self._issue(self._state(ticket.question_ids, "repeat", **vals))
        elif end == "withdrawn":
            vals = {"statement_ids": [(6, 0, self._file().ids)]}
            self._issue(self._state(ticket.question_ids, "withdrawn", **vals))
        else:
            notice = self._state(ticket.question_ids, GROUND_OF_END[end])
            if notice:
                self._issue(notice)
        if end == "forwarded":
            self._resolve(ticket, self.other_body)
        self._let_leave(ticket)

    def _earlier(self):
        return self._closed().question_ids | self._closed().question_ids

    @contextmanager
    def _undone(self):
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)

    # The three roads

    def _by_act(self, ticket, target):
        if target == "in_work" and ticket.sudo().state == "deferred":
            return ticket.action_resume()
        return getattr(ticket, ACT_OF_STATE.get(target, "action_close"))()

    def _by_write(self, ticket, target):
        ticket.write({"state": target})

    def _by_kanban(self, ticket, target):
        ticket.write({"stage_id": self.stages[target].id})

    def _try(self, road, ticket, target, may):
        source = ticket.sudo().state
        with self._undone():
            try:
                road(ticket, target)
                self.assertTrue(may or target == source, "the table forbids it")
                self.assertEqual(ticket.sudo().state, target)
            except (AccessError, UserError) as refusal:
                self.assertFalse(may, f"the table allows it: {refusal}")

    def _walk(self, track, sources, targets):
        for source in sources:
            for target in targets:
                if source == target:
                    continue
                with self._undone():
                    ticket = self._case_in(track, source)
                    if source in transitions.WORKING_STATES and target in transitions.ENDS[track]:
                        self._prepare(ticket, target)
                    if (source, target) == ("in_work", "deferred"):
                        self._resolve(ticket, self.department)
                        ticket.action_resume()
                    self._roads_of_every_role(track, ticket, source, target)

    def _roads_of_every_role(self, track, ticket, source, target):
        for role, road in product(ROLES, (self._by_act, self._by_write, self._by_kanban)):
            if target == "converted" and road == self._by_act:
                continue  # no act of the message: registering its appeal does it
            may = target in transitions.allowed(track, source, [role]) - {"converted"}
            with self.subTest(track=track, role=role, source=source, to=target, road=road.__name__):
                self._try(road, ticket.with_user(getattr(self, role)), target, may)

    def test_appeal_from_the_draft(self):
        self._walk("appeal", ["draft"], transitions.STATES)

    def test_appeal_in_work(self):
        self._walk("appeal", ["in_work"], transitions.STATES)

    def test_appeal_deferred(self):
        self._walk("appeal", ["deferred"], transitions.STATES)

    def test_message(self):
        self._walk("message", ["draft", "in_work", "deferred"], transitions.STATES)

    def test_nobody_leaves_an_end(self):
        """B4: from every final state of both tracks, nobody, by no road; nothing is edited."""
        for track in transitions.TRACKS:
            for end in transitions.ENDS[track]:
                with self._undone():  # a stopped topic would follow its citizen
                    ticket = self._case_in(track, end)
                    self.assertEqual(ticket.state, end)
                    self.env.flush_all()
                    for role in ROLES:
                        self._nothing_goes(track, ticket.with_user(getattr(self, role)))

    def _nothing_goes(self, track, ticket):
        for target in transitions.STATES:
            if target == ticket.sudo().state:
                continue
            for road in (self._by_write, self._by_kanban):
                with self.subTest(track=track, end=ticket.sudo().state, to=target):
                    self._try(road, ticket, target, may=False)
        for vals in ({"applicant_phone": "+79135550101"}, {"user_id": False}):
            with self.subTest(vals), self.assertRaises(UserError), self.env.cr.savepoint():
                ticket.write(vals)

    def test_who_edits_after_hand_over(self):
        """B4: the operator edits in no state after hand-over, the officer in work and deferred."""
        for state in transitions.WORKING_STATES:
            ticket = self._case_in("appeal", state)
            question = ticket.question_ids
            for record, vals in (
                (ticket, {"applicant_phone": "+79135550101"}),
                (ticket, {"topic_id": False}),
                (question, {"text": "иначе"}),
            ):
                with self.subTest(state=state, vals=vals):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        record.with_user(self.operator).write(vals)
                    record.with_user(self.officer).write(vals)
            with self.assertRaises(UserError):
                ticket.with_user(self.officer).appeal_text = "иначе"

    def test_every_end_locks_in_the_database(self):
        """B4: bare SQL changes neither the case nor its questions in any of the ends."""
        for track in transitions.TRACKS:
            for end in transitions.ENDS[track]:
                with self._undone():
                    self._is_locked(self._case_in(track, end))

    def _is_locked(self, ticket):
        self.env.flush_all()
        for table, column, row in (
            ("helpdesk_ticket", "appeal_text", ticket.id),
            ("hotline_question", "text", ticket.question_ids.ids[0]),
        ):
            query = f'UPDATE "{table}" SET "{column}" = \'x\' WHERE id = %s'
            with (
                self.subTest(end=ticket.state, table=table),
                self.assertRaisesRegex(Exception, "locked"),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(query, (row,), log_exceptions=False)
