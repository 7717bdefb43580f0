from odoo import api, fields, models
from odoo.tools import format_date

from ..domain import assignments as rules

ANSWER_SHOWN = 240  # characters of an answer in the table; the whole is one click away


class HelpdeskTicket(models.Model):
    """The ledger of the case: questions → addressees → answers as one table (X2, C1)."""

    _inherit = "helpdesk.ticket"

    ledger = fields.Json(compute="_compute_ledger", help="Groups of rows, for the table.")

    @api.depends("assignment_ids.state", "assignment_ids.ask_state", "assignment_ids.answer_ids")
    @api.depends_context("uid", "lang")
    def _compute_ledger(self):
        readable = self.env["hotline.assignment"].has_access("read")
        for ticket in self:
            assignments = ticket.assignment_ids.sorted("id") if readable else ()
            ticket.ledger = ticket._ledger_groups(assignments) if assignments else False

    def _ledger_groups(self, assignments):
        """Return [{key, question, rows}]: assignments by their questions, then the unassigned."""
        by_questions = assignments.grouped("question_ids")
        several = len(self.question_ids) > 1
        groups = [
            {
                "key": ",".join(map(str, questions.ids)),
                "question": several and "; ".join(questions.mapped("display_name")),
                "rows": [assignment._ledger_row() for assignment in lines],
            }
            for questions, lines in by_questions.items()
        ]
        left = self.question_ids - assignments.question_ids
        words = [
            self.env._("Not assigned: %(question)s", question=question.display_name)
            for question in left
        ]
        rest = [{"key": f"left{n}", "question": word, "rows": []} for n, word in enumerate(words)]
        return groups + rest


class HotlineQuestion(models.Model):
    """A line of the questions: question → executors → answer → outcome (X2)."""

    _inherit = "hotline.question"

    executors = fields.Json(
        compute="_compute_executors", help="Who executes the question, for the table."
    )

    @api.depends(
        "ticket_id.assignment_ids.question_ids", "ticket_id.assignment_ids.state",
        "ticket_id.assignment_ids.control_on",
    )  # fmt: skip
    @api.depends_context("uid", "lang")
    def _compute_executors(self):
        readable = self.env["hotline.assignment"].has_access("read")
        for question in self:
            lines = question.ticket_id.assignment_ids if readable else ()
            question.executors = [
                line._ledger_executor()
                for line in lines
                if question in line.question_ids and line.state != rules.WITHDRAWN
            ]


class HotlineAssignment(models.Model):
    _inherit = "hotline.assignment"

    def _ledger_executor(self):
        """Return who executes, until when and how it stands, for the line of a question."""
        return {
            "id": self.id,
            "name": self.partner_id.display_name,
            "person": self._executor_name(),
            "due": self.due_text or "",
            "level": self.due_level,
            "words": self._executor_words(),
        }

    def _executor_words(self):
        """Return part, state and, while the answer is awaited, the control date in words."""
        words = [self._word("role").lower()] if self.role == rules.CO else []
        if self.is_waiting and self.control_on:
            day = format_date(self.env, self.control_on)
            words.append(self.env._("awaiting the answer by %(day)s", day=day))
        else:
            words.append(self._ledger_label().lower())
        return ", ".join(words)

    def _executor_name(self):
        # sudo: who executes is told to every reader of the case, whatever their own directory
        return self.executor_user_id.sudo().name or ""

    def _ledger_row(self):
        """Return the line of the table: addressee, date, state with its words, answers, acts."""
        return {
            "id": self.id,
            "addressee": self.partner_id.display_name,
            "part": self._ledger_part(),
            "person": self._executor_name(),
            "control": (self.control_on and format_date(self.env, self.control_on)) or "",
            "due": self.due_text or "",
            "level": self.due_level,
            "state": self.state,
            "label": self._ledger_label(),
            "note": self._ledger_note(),
            "answers": [answer._ledger_answer() for answer in self.answer_ids],
            "acts": self.acts or [],
        }

    def _ledger_part(self):
        if self.addressee_kind == rules.OTHER_BODY:
            return self._ledger_letter()
        words = [self._word("addressee_kind")] if self.addressee_kind != rules.OWN else []
        if self.role == rules.CO:
            words.append(self._word("role"))
        if self.answer_by == rules.EXECUTOR:
            words.append(self.env._("answers the applicant"))
        return ", ".join(words)

    def _ledger_letter(self):
        if not self.outgoing_number:
            return self._word("addressee_kind")
        return self.env._(
            "letter No. %(number)s of %(day)s",
            number=self.outgoing_number,
            day=format_date(self.env, self.outgoing_date),
        )

    def _ledger_label(self):
        forwarded = self.addressee_kind == rules.OTHER_BODY and self.state == rules.SENT
        return self.env._("Forwarded") if forwarded else self._word("state")

    def _ledger_note(self):
        """Return the words that the state needs beside it."""
        if self.state == rules.RETURNED:
            return self.return_reason
        if self.state == rules.WITHDRAWN:
            return self.withdraw_reason
        if self.state == rules.SENT and self.ask_state == "asked":
            return self.env._(
                "asks for time until %(day)s: %(reason)s",
                day=format_date(self.env, self.asked_until),
                reason=self.ask_reason,
            )
        return self.redo_reason if self.state == rules.SENT else ""

    def _word(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")


class HotlineAssignmentAnswer(models.Model):
    _inherit = "hotline.assignment.answer"

    def _ledger_answer(self):
        text = self.text or ""
        details = [self.outgoing_number and f"№ {self.outgoing_number}"]
        details += [self.outgoing_date and format_date(self.env, self.outgoing_date)]
        details += [self.signer_name, not self.is_final and self.env._("not final")]
        return {
            "id": self.id,
            "text": text[:ANSWER_SHOWN] + ("…" if len(text) > ANSWER_SHOWN else ""),
            "details": ", ".join(filter(None, details)),
            "files": [{"id": file.id, "name": file.name} for file in self.attachment_ids],
        }
