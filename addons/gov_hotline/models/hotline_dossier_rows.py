from odoo import api, models
from odoo.fields import Domain


class HotlineDossier(models.AbstractModel):
    """What stands in each section of the dossier: which records, and their cells."""

    _inherit = "hotline.dossier"

    # Appeals

    @api.model
    def _appeals_domain(self, scope):
        return Domain("id", "in", scope["cases"])

    @api.model
    def _appeals_cells(self, cases):
        answers = self._answers_of(cases)
        added = self.env["hotline.addition"]._read_group(
            [("ticket_id", "in", cases.ids)], ["ticket_id"], ["__count"]
        )
        counts = dict(added)
        return {case: self._appeal_cells(case, answers, counts) for case in cases}

    @api.model
    def _answers_of(self, cases):
        """Return {case: its last given answer}."""
        given = self.env["hotline.answer"].search_fetch(
            [("ticket_id", "in", cases.ids), ("state", "=", "given")],
            ["ticket_id", "outgoing_number", "outgoing_date"],
        )
        return {answer.ticket_id: answer for answer in given}

    @api.model
    def _appeal_cells(self, case, answers, added):
        answer = answers.get(case)
        state, outcome = self._label(case, "state"), case.outcome_id.name or ""
        told = self._outgoing(answer) if answer else outcome if outcome != state else ""
        until = self.env._("until %(day)s", day=self._day(case.due_on)) if case.due_text else ""
        beside = " · ".join(filter(None, (until, outcome if answer else "")))
        return [
            self._cell(self._case_number(case), self._label(case, "kind")),
            self._cell(self._day(case.received_on), self._label(case, "origin")),
            self._cell(case.name, case.topic_id.name, badges=self._marks(case, added)),
            self._cell(state, case.user_id.name),
            self._cell(case.due_text or told, beside, case.due_level),
        ]

    @api.model
    def _marks(self, case, added):
        marks = []
        if case.repetition and case.repetition != "primary":
            marks.append({"text": self._label(case, "repetition"), "level": "warning"})
        if case.is_collective:
            marks.append({"text": self.env._("Collective"), "level": "info"})
        if case.stopped_topic_id:
            words = self.env._("Correspondence stopped")
            marks.append({"text": words, "level": "danger"})
        if added.get(case):
            words = self.env._("Additions: %(count)s", count=added[case])
            marks.append({"text": words, "level": "light"})
        return marks

    @api.model
    def _outgoing(self, record):
        """Return «15-04/1 of 21.11.2026» of an outgoing letter."""
        if not record.outgoing_number:
            return self._day(record.outgoing_date)
        if not record.outgoing_date:
            return record.outgoing_number
        day = self._day(record.outgoing_date)
        return self.env._("%(number)s of %(day)s", number=record.outgoing_number, day=day)

    # Stopped correspondence

    @api.model
    def _stopped_domain(self, scope):
        domain = Domain("partner_id", "=", scope["partner"].id)
        if scope["text"]:
            domain &= Domain("question_text", "ilike", scope["text"])
        if scope["topic"]:
            domain &= Domain("topic_id", "=", scope["topic"])
        return domain & self._year_domain("since", scope["year"])

    @api.model
    def _stopped_cells(self, stopped):
        return {one: self._stopped_row(one) for one in stopped}

    @api.model
    def _stopped_row(self, one):
        by = self._case_number(one.ticket_id) if one.ticket_id else ""
        notice = " · ".join(filter(None, (one.notice_number, self._day(one.notice_date))))
        level = "danger" if one.state == "stopped" else "done"
        return [
            self._cell(self._day(one.since)),
            self._cell(one.question_text, one.topic_id.name),
            self._cell(by),
            self._cell(notice),
            self._cell(self._label(one, "state"), one.lift_reason, level),
        ]

    # Answers

    @api.model
    def _answers_domain(self, scope):
        return Domain("ticket_id", "in", scope["cases"]) & Domain("state", "=", "given")

    @api.model
    def _answers_cells(self, answers):
        return {
            answer: [
                self._cell(self._outgoing(answer)),
                self._cell(self._case_number(answer.ticket_id), answer.ticket_id.name),
                self._cell(answer.text),
                self._cell(answer.signer_name),
                self._cell(self._label(answer, "channel")),
            ]
            for answer in answers
        }

    # Answers that executors gave the applicant themselves

    @api.model
    def _executors_domain(self, scope):
        taken = self.env["hotline.assignment"].search(
            [
                ("ticket_id", "in", scope["cases"]),
                ("state", "=", "accepted"),
                ("answer_by", "=", "executor"),
            ]
        )
        return Domain("assignment_id", "in", taken.ids) & Domain("is_final", "=", True)

    @api.model
    def _executors_cells(self, answers):
        return {
            answer: [
                self._cell(self._outgoing(answer) or self._day(answer.received_on)),
                self._cell(self._case_number(answer.ticket_id), answer.ticket_id.name),
                self._cell(answer.text),
                self._cell(answer.signer_name),
                self._cell(answer.assignment_id.partner_id.name),
            ]
            for answer in answers
        }

    # Additions

    @api.model
    def _additions_domain(self, scope):
        return Domain("ticket_id", "in", scope["cases"])

    @api.model
    def _additions_cells(self, additions):
        return {
            one: [
                self._cell(self._moment(one.received_at, one.company_id)),
                self._cell(self._case_number(one.ticket_id)),
                self._cell(one.text, one.file_names),
                self._cell(self._label(one, "kind")),
                self._cell(self._label(one, "origin"), one.user_id.name),
            ]
            for one in additions
        }

    # Calls

    @api.model
    def _calls_domain(self, scope):
        domain = Domain("partner_id", "=", scope["partner"].id)
        if scope["text"]:
            names = ("number", "question", "result")
            domain &= Domain.OR(Domain(name, "ilike", scope["text"]) for name in names)
        if scope["topic"]:
            domain &= Domain("topic_id", "=", scope["topic"])
        if scope["state"] or scope["mark"]:
            domain &= Domain("ticket_id", "in", scope["cases"])
        return domain & self._year_domain("started_at", scope["year"])

    @api.model
    def _calls_cells(self, calls):
        return {call: self._call_cells(call) for call in calls}

    @api.model
    def _call_cells(self, call):
        case = self._case_number(call.ticket_id) if call.ticket_id else ""
        return [
            self._cell(self._moment(call.started_at, call.company_id), call.number),
            self._cell(call.question, call.topic_id.name),
            self._cell(call.result, case),
            self._cell(call.disposition_id.name or self._label(call, "group")),
            self._cell(call.operator_id.name, self._label(call, "direction")),
        ]

    # Personal reception

    @api.model
    def _receptions_domain(self, scope):
        domain = Domain("partner_id", "=", scope["partner"].id)
        if scope["text"]:
            names = ("number", "content", "oral_answer")
            domain &= Domain.OR(Domain(name, "ilike", scope["text"]) for name in names)
        if scope["topic"]:
            domain &= Domain("topic_id", "=", scope["topic"])
        if scope["state"] or scope["mark"]:
            domain &= Domain("ticket_id", "in", scope["cases"])
        return domain & self._year_domain("held_on", scope["year"])

    @api.model
    def _receptions_cells(self, receptions):
        return {
            one: [
                self._cell(self._moment(one.held_at, one.company_id), one.number),
                self._cell(one.content, one.topic_id.name),
                self._cell(one.oral_answer or one.explanation, self._label(one, "result")),
                self._cell(one.official_name),
                self._cell(self._label(one, "state")),
            ]
            for one in receptions
        }

    # Tasks

    @api.model
    def _tasks_domain(self, scope):
        domain = Domain("ticket_id", "in", scope["cases"])
        if not (scope["state"] or scope["mark"] or scope["topic"]):
            domain |= Domain("partner_id", "=", scope["partner"].id)
        if scope["text"]:
            domain &= Domain("name", "ilike", scope["text"])
        return domain & self._year_domain("due_at", scope["year"])

    @api.model
    def _tasks_cells(self, tasks):
        return {task: self._task_cells(task) for task in tasks}

    @api.model
    def _task_cells(self, task):
        case = self._case_number(task.ticket_id) if task.ticket_id else ""
        return [
            self._cell(self._moment(task.due_at, task.company_id)),
            self._cell(task.name, self._label(task, "kind")),
            self._cell(case),
            self._cell(task.user_id.name),
            self._cell(self._label(task, "state"), task.evidence),
        ]


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    # Few are answered by the executor: without it the planner reads all that were accepted.
    _dossier_idx = models.Index("(ticket_id) WHERE state = 'accepted' AND answer_by = 'executor'")
