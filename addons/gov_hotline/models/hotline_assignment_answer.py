from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import assignments as rules
from ..domain import texts
from .hotline_assignment import BY_ACT

CAME_BY = [
    ("here", "Entered here"),
    ("portal", "Portal"),
    ("email", "E-mail"),
    ("paper", "On paper"),
    ("phone", "By telephone"),
]


class HotlineAssignmentAnswer(models.Model):
    """What an executor answered: never changed afterwards, another one is added."""

    _name = "hotline.assignment.answer"
    _description = "Executor's answer"
    _order = "assignment_id, id"
    _rec_name = "outgoing_number"

    assignment_id = fields.Many2one(
        "hotline.assignment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    ticket_id = fields.Many2one(
        related="assignment_id.ticket_id", store=True, index=True,
        groups="gov_hotline.group_operator,gov_hotline.group_approver,"
        "gov_hotline.group_supervisor,gov_hotline.group_auditor",
    )  # fmt: skip
    company_id = fields.Many2one(related="assignment_id.company_id", store=True, index=True)
    text = fields.Text(required=True, readonly=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", readonly=True)
    is_final = fields.Boolean(string="Final", default=True, readonly=True)
    came_by = fields.Selection(CAME_BY, string="How it came", default="here", readonly=True)
    outgoing_number = fields.Char(string="Number", readonly=True)
    outgoing_date = fields.Date(string="Date", readonly=True)
    signer_name = fields.Char(string="Signed by", readonly=True)
    author_id = fields.Many2one("res.users", string="Entered by", readonly=True)
    received_on = fields.Date(string="Received", required=True, readonly=True)

    @api.constrains("text")
    def _check_text(self):
        for answer in self:
            if len(answer.text or "") > texts.TEXT_LIMIT:
                raise ValidationError(
                    self.env._(
                        "The answer is longer than %(limit)s characters: attach it as a file.",
                        limit=texts.TEXT_LIMIT,
                    )
                )

    def write(self, vals):
        if self.env.context.get("hotline_by") is not BY_ACT:
            raise UserError(self.env._("An executor's answer is not changed. Add another one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if self.env.context.get("hotline_by") is BY_ACT:
            return
        raise UserError(self.env._("An executor's answer is not deleted."))

    def _take_off(self):
        """Delete what was attached to the wrong assignment; a final one is awaited again.

        For the act that attached it: it has checked who asks, and keeps the letter itself.
        """
        assignment = self.assignment_id.sudo()  # sudo: as the system, the act has checked
        if any(one.state not in (rules.SENT, rules.ANSWERED) for one in assignment):
            raise UserError(
                self.env._(
                    "The answer to this assignment was decided on already. Send the assignment "
                    "back to the executor first."
                )
            )
        final = self.filtered("is_final").assignment_id.sudo()  # sudo: as above
        final.filtered(lambda one: one.state == rules.ANSWERED)._set(state=rules.SENT)
        self.sudo().with_context(hotline_by=BY_ACT).unlink()  # sudo: as above

    def _own_files(self):
        """Make the uploaded files the answer's own: read by its readers, locked with it."""
        for answer in self:
            loose = answer.attachment_ids.filtered(
                lambda file: not file.res_id or file.res_model != "hotline.assignment.answer"
            )
            loose.write({"res_model": self._name, "res_id": answer.id})
