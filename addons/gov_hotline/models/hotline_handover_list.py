from odoo import models
from odoo.fields import Domain

from ..domain import handover as rules
from ..domain.approval import APPROVAL
from .helpdesk_ticket import NOT_FINAL
from .hotline_handover_line import AWAITED


class HotlineHandover(models.Model):
    """The list of a hand-over: what the colleague has in hand, to whom it goes, what stays."""

    _inherit = "hotline.handover"

    def _collect(self):
        self._drop_list()
        found = [(kind, one) for kind, records in self._in_hand().items() for one in records]
        vals = [self._line_vals(kind, one, number) for number, (kind, one) in enumerate(found)]
        # sudo: lines are nobody's to write
        lines = self.env["hotline.handover.line"].sudo().create(vals)
        for line, (_kind, record) in zip(lines, found, strict=True):
            words = self._stays(line, record)
            if words:
                line.write({"state": "refused", "words": words, "sequence": -1})  # seen first
        self.invalidate_recordset(["line_ids"])

    def _in_hand(self):
        """Return {kind: records} of what the colleague has in hand, as the system sees it."""
        # sudo: a supervisor sees assignments and reviews, not all of their columns
        env, user = self.sudo().env, self.from_user_id
        body = Domain("company_id", "=", self.company_id.id)
        cases = env["helpdesk.ticket"].search(
            body & NOT_FINAL & Domain("user_id", "=", user.id), order="due_on, id"
        )
        assignments = env["hotline.assignment"].search(
            body & Domain("executor_user_id", "=", user.id) & Domain("state", "in", AWAITED)
        )
        waiting = [("status", "=", "pending"), ("reviewer_ids", "in", user.ids)]
        answers = env["hotline.answer"].search(
            body & Domain("state", "=", APPROVAL) & Domain("review_ids", "any", waiting)
        )
        tasks = env["hotline.task"].search(
            body & Domain("user_id", "=", user.id) & Domain("state", "=", "open")
        )
        found = {"case": cases, "assignment": assignments, "approval": answers, "task": tasks}
        if self.team_ids:
            for kind, records in found.items():
                found[kind] = records.filtered(lambda one: self._team(one) in self.team_ids)
        if self.kind == rules.FOR_GOOD:
            steps = env["tier.definition"].search([("reviewer_id", "=", user.id)])
            found["route"] = steps.hotline_route_id.filtered_domain(body)
        return found

    def _team(self, record):
        case = record if record._name == "helpdesk.ticket" else record.ticket_id
        return case.team_id

    def _line_vals(self, kind, record, sequence):
        target = self.to_user_id
        if self.to_kind == "heads":
            target = self._team(record).user_id if kind != "route" else target.browse()
        return {
            "handover_id": self.id, "kind": kind, "res_ref": record.id, "sequence": sequence,
            "to_user_id": target.id,
        }  # fmt: skip

    def _stays(self, line, record=None):
        """Return in words why the matter stays with its owner, "" where it goes."""
        if line.kind == "route":
            return self.env._("The administrator names another person in the route")
        if line.kind == "approval" and self.to_kind == "heads":
            return self.env._("Approval is handed over to one colleague: choose the person")
        if line.kind == "approval" and self.team_ids:
            return self.env._("Approval is handed over for all departments: choose none")
        source, target = self.sudo().from_user_id, line.to_user_id  # sudo: roles of colleagues
        return line._why_not(source, target, record)
