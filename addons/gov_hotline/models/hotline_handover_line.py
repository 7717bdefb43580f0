from odoo import api, fields, models

from ..domain import assignments as assignment_rules
from ..domain.approval import APPROVAL

MODELS = {
    "case": "helpdesk.ticket",
    "assignment": "hotline.assignment",
    "approval": "hotline.answer",
    "task": "hotline.task",
    "route": "hotline.approval.route",
}
# Who may take it: any one of these roles.
FITTING = {
    "case": ("officer",),
    "assignment": ("executor", "officer"),
    "approval": ("approver",),
    "task": ("operator", "supervisor"),
}
AWAITED = (assignment_rules.DRAFT, assignment_rules.SENT)


class HotlineHandoverLine(models.Model):
    """One matter of a hand-over: to whom it goes, or why it stays. It holds ids, no names."""

    _name = "hotline.handover.line"
    _description = "Matter handed over"
    _order = "handover_id, sequence, id"

    handover_id = fields.Many2one("hotline.handover", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="handover_id.company_id", store=True)
    sequence = fields.Integer()
    kind = fields.Selection(
        [
            ("case", "Appeal"),
            ("assignment", "Assignment"),
            ("approval", "Answer for approval"),
            ("task", "Task"),
            ("route", "Step of a route"),
        ],
        string="What",
        required=True,
    )
    res_ref = fields.Integer(string="Record", required=True)
    to_user_id = fields.Many2one("res.users", string="To whom", index=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("listed", "To be handed over"),
            ("handed", "Handed over"),
            ("refused", "Stays where it is"),
            ("returned", "Came back"),
            ("kept", "Did not come back"),
        ],
        string="Course",
        required=True,
        default="listed",
    )
    words = fields.Char(string="Why not")
    number = fields.Char(compute="_compute_shown", string="No.")
    about = fields.Char(compute="_compute_shown", string="What it is about")
    due_on = fields.Date(compute="_compute_shown", string="Term")

    @api.depends("kind", "res_ref")
    def _compute_shown(self):
        for kind, lines in self.grouped("kind").items():
            # sudo: number and subject of what was handed to or from the reader of the line
            records = self.env[MODELS[kind]].sudo().browse(lines.mapped("res_ref")).exists()
            known = {record.id: record for record in records}
            for line in lines:
                record = known.get(line.res_ref)
                line.update(line._shown(record) if record else _NOTHING)

    def _shown(self, record):
        shown = getattr(self, f"_shown_{self.kind}")(record)
        return dict(zip(("number", "about", "due_on"), shown, strict=True))

    def _shown_case(self, case):
        number = case.number if case.number != "/" else self.env._("Draft")
        return number, case.name, case.due_on

    def _shown_assignment(self, assignment):
        name = assignment.partner_id.name
        return assignment.case_number, name, assignment.control_on

    def _shown_approval(self, answer):
        return answer.ticket_id.number, answer.ticket_id.name, answer.ticket_id.due_on

    def _shown_task(self, task):
        due = task.due_at and task.company_id._hotline_date(task.due_at)
        return task.ticket_id.number or "", task.name, due

    def _shown_route(self, route):
        return "", route.name, False

    def _record(self):
        """Return the record as the system: the hand-over's act has checked who may."""
        self.ensure_one()
        # sudo: a supervisor hands over what is not his to write
        return self.env[MODELS[self.kind]].sudo().browse(self.res_ref).exists()

    def action_open(self):
        """Open what it is about, with the reader's own rights."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": MODELS[self.kind],
            "res_id": self.res_ref,
            "views": [(False, "form")],
        }

    # Why not

    def _why_not(self, source, target, record=None):
        """Return in words why the matter does not go from `source` to `target`, "" if it does.

        `record`: what it is about, where the caller has read it with others of its kind.
        """
        record = record or self._record()
        if not record or not getattr(self, f"_is_with_{self.kind}")(record, source):
            return self.env._("Not in hand any more")
        if not target:
            return self.env._("The department has no head")
        if not target.active:
            return self.env._("%(name)s does not work here any more", name=target.name)
        if record.company_id and record.company_id not in target.company_ids:
            return self.env._("%(name)s does not work for this body", name=target.name)
        if not any(target.has_group(f"gov_hotline.group_{role}") for role in FITTING[self.kind]):
            return self.env._("%(name)s has no role for this", name=target.name)
        return getattr(self, f"_why_not_{self.kind}")(record, target)

    def _complained_of(self, case, target, role):
        """59-FZ, art. 8, p. 6: nobody considers a complaint about himself."""
        if any(problem.blocks for problem in case._self_no_problems(target, role)):
            return self.env._("The complaint is about %(name)s", name=target.name)
        return ""

    def _is_with_case(self, case, user):
        return case.user_id == user and not case.is_final

    def _why_not_case(self, case, target):
        return self._complained_of(case, target, "executor")

    def _is_with_assignment(self, assignment, user):
        ended = assignment.ticket_id.is_final
        return assignment.executor_user_id == user and assignment.state in AWAITED and not ended

    def _why_not_assignment(self, assignment, target):
        if not assignment.partner_id._may_be_executed_by(target):
            return assignment.partner_id._not_an_executor_text(target)
        return self._complained_of(assignment.ticket_id, target, "executor")

    def _is_with_approval(self, answer, user):
        return answer.state == APPROVAL and user in answer._current_review().reviewer_ids

    def _why_not_approval(self, answer, target):
        if answer.sent_by_id == target:
            return self.env._("%(name)s wrote this answer", name=target.name)
        return self._complained_of(answer.ticket_id, target, "approver")

    def _is_with_task(self, task, user):
        return task.user_id == user and task.state == "open"

    def _why_not_task(self, task, target):
        return ""

    # Moving

    def _move(self, source, target):
        """Bring the matter from `source` to `target`; its journal line says by which hand-over."""
        record = self._record()
        getattr(self, f"_move_{self.kind}")(record, source, target)

    def _trace(self, source):
        return {"taken_from": source.id, "handover": self.handover_id.id}

    def _move_case(self, case, source, target):
        # one message tells of all cases: Odoo would send one for each
        case.with_context(mail_auto_subscribe_no_notify=True).write({"user_id": target.id})
        planned = case.activity_ids.filtered(lambda one: one.user_id == source)
        own = planned.filtered(lambda one: not one.hotline_answer_id)
        own.with_context(mail_activity_quick_update=True).write({"user_id": target.id})
        self._append("case_handed_over", case, source)

    def _move_assignment(self, assignment, source, target):
        assignment._set(executor_user_id=target.id)
        assignment.with_user(self.env.user)._journal("handed_over", **self._trace(source))

    def _move_approval(self, answer, source, target):
        """The substitution of the hand-over does it: the sheet of approval says «за …»."""
        self._append("approval_handed_over", answer.ticket_id, source)

    def _move_task(self, task, source, target):
        task.write(
            {"user_id": target.id, "taken_from_id": source.id, "taken_at": fields.Datetime.now()}
        )
        self._append("task_handed_over", task, source)

    def _append(self, event, record, source):
        self.env["hotline.journal"]._append(event, record, **self._trace(source))


_NOTHING = {"number": False, "about": False, "due_on": False}
