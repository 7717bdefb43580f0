from odoo import fields, models
from odoo.exceptions import AccessError

from ..domain import assignments as rules
from ..domain import executors
from .hotline_assignment import BY_ACT


class HotlineAssignment(models.Model):
    """What the officer does with an assignment after it was sent."""

    _inherit = "hotline.assignment"

    def action_accept(self):
        """Take the executor's final answer. Officer."""
        self._check_officer("accept")
        for assignment in self:
            assignment._raise_problems(assignment._accept_problems())
            assignment._step("accept", closed_on=self._today())

    def action_redo(self, reason):
        """Give an answer back for completion, with what to complete; the term stays. Officer."""
        self._check_officer("redo")
        self._raise_problems(rules.reason_problems(reason))
        self._step("redo", redo_reason=reason.strip(), closed_on=False)

    def action_withdraw(self, reason):
        """Withdraw a sent assignment, with a reason; its own parts are withdrawn too. Officer."""
        self._check_officer("withdraw")
        self._raise_problems(rules.reason_problems(reason))
        parts = self.child_ids.filtered(lambda part: rules.may("withdraw", part.state, "officer"))
        (self | parts)._step(
            "withdraw", withdraw_reason=reason.strip(), closed_on=self._today(), ask_state=False
        )
        self.ticket_id._settle_forwarding()

    def action_agree_return(self):
        """Agree that it is not their competence; return the dialog of the next resolution."""
        self._check_officer("agree_return")
        for assignment in self:
            assignment._step(
                "agree_return", withdraw_reason=assignment.return_reason, closed_on=self._today()
            )
        return self[:1].ticket_id._resolution_dialog(self)

    def action_insist(self, reason):
        """Leave the assignment with the executor who said it was not theirs. Officer."""
        self._check_officer("insist")
        self._raise_problems(rules.reason_problems(reason))
        self._step("insist", redo_reason=reason.strip())

    def action_give_time(self):
        """Give the time that the executor asked for, up to the parent's limit. Officer."""
        self._check_officer("decide_time")
        for assignment in self._asking():
            until = assignment.asked_until
            latest, today = assignment._latest_control(), self._today()
            assignment._raise_problems(rules.control_problems(until, latest, today))
            assignment._set(control_on=until, ask_state="given")
            assignment._journal("time_given", control_on=until)

    def action_refuse_time(self, reason):
        """Refuse the time asked for, with a reason. Officer."""
        self._check_officer("decide_time")
        self._raise_problems(rules.reason_problems(reason))
        for assignment in self._asking():
            assignment._set(ask_state="refused", redo_reason=reason.strip())
            assignment._journal("time_refused")

    def _asking(self):
        return self.filtered(lambda assignment: assignment.ask_state == "asked")

    def _accept_problems(self):
        """Return what stands against taking the answer: open parts, an unsigned own answer."""
        answer = self._final_answer()
        found = rules.open_problem(self.child_ids._is_open().mapped("partner_id.name"))
        if self.answer_by == rules.EXECUTOR:
            found += rules.own_answer_problems(
                answer.outgoing_number or "", answer.outgoing_date or None,
                answer.signer_name or "", len(answer.attachment_ids),
            )  # fmt: skip
        return found

    def _final_answer(self):
        return self.answer_ids.filtered("is_final").sorted("id")[-1:]

    # Answers, whoever enters them

    def _who(self):
        """Return as whom the current user acts on this assignment; refuse strangers."""
        self.ensure_one()
        if "officer" in self.env["helpdesk.ticket"]._roles() and self.has_access("read"):
            return rules.OFFICER
        # sudo: a portal user may read nothing of the record but on its page
        assignment = self.sudo().exists()
        if assignment.executor_user_id == self.env.user and assignment.state != rules.DRAFT:
            return rules.EXECUTOR
        raise AccessError(self.env._("This assignment is not yours."))

    def _take_answer(self, text, files, is_final=True, **vals):
        """Record an answer: the executor's own, or one the officer was given; return it.

        `files`: attachments uploaded by the current user. `vals`: came_by, outgoing_number,
        outgoing_date, signer_name. The answer that closes an assignment is `is_final`.
        """
        self.ensure_one()
        act = "answer" if is_final else "answer_part"
        self._check_act(act, self._who())
        self._raise_problems(rules.answer_problems(text, len(files)))
        self._raise_problems(self._letter_problems(vals))
        Answer = self.env["hotline.assignment.answer"].sudo()  # entered by acts alone
        answer = Answer.create(
            {
                "assignment_id": self.id,
                "text": (text or "").strip() or self.env._("The answer is in the files."),
                "is_final": is_final,
                "author_id": self.env.uid,
                "received_on": self._today(),
                "attachment_ids": [fields.Command.set(files.ids)],
                **vals,
            }
        )
        answer.with_context(hotline_by=BY_ACT)._own_files()
        self._step(act, **({"ask_state": False} if is_final else {}))
        return answer

    def _letter_problems(self, vals):
        """Return what is wrong with number and date of an answer: they go into the case."""
        sent = self.sudo().sent_on or None  # sudo: a date of the own assignment
        day = fields.Date.to_date(vals.get("outgoing_date")) or None
        number = vals.get("outgoing_number") or ""
        return executors.letter_problems(number, day, sent, self._today())

    def _say_not_ours(self, reason):
        """«Not our competence», within a working day. The executor, or the officer for them."""
        self.ensure_one()
        self._check_act("not_ours", self._who())
        company = self.sudo().company_id  # sudo: own dates; the right was checked
        calendar = self.env["hotline.day"].sudo()._calendar(company)  # as above
        sent = self.sudo().sent_on  # as above
        if self._who() == rules.EXECUTOR:
            problems = rules.not_ours_problems(sent, self._today(), reason or "", calendar)
        else:
            problems = rules.reason_problems(reason)
        self._raise_problems(problems)
        self._step("not_ours", return_reason=reason.strip(), ask_state=False)

    def _ask_for_time(self, until, reason):
        """Ask for a later control date. The executor, or the officer for them."""
        self.ensure_one()
        self._check_act("ask_time", self._who())
        self_sudo = self.sudo()  # own dates; the right was checked
        problems = rules.ask_problems(
            until or None, self_sudo.control_on, self._latest_control(), reason or "",
            self_sudo.ask_state == "asked",
        )  # fmt: skip
        self._raise_problems(problems)
        self._set(asked_until=until, ask_reason=reason.strip(), ask_state="asked")
        self._journal("ask_time", control_on=until)
