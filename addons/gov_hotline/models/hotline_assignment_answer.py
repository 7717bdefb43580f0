from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

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
        raise UserError(self.env._("An executor's answer is not deleted."))

    def _own_files(self):
        """Make the uploaded files the answer's own: read by its readers, locked with it."""
        for answer in self:
            loose = answer.attachment_ids.filtered(
                lambda file: not file.res_id or file.res_model != "hotline.assignment.answer"
            )
            loose.write({"res_model": self._name, "res_id": answer.id})
