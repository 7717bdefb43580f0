from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.hotline_assignment_answer import CAME_BY

ACTS = [
    ("answer", "Answer"),
    ("not_ours", "Not our competence"),
    ("ask_time", "Ask for time"),
    ("withdraw", "Withdraw"),
    ("redo", "Return for completion"),
    ("insist", "Leave with the executor"),
    ("refuse_time", "Refuse the time"),
]


class HotlineAssignmentAct(models.TransientModel):
    """The dialogs of an assignment: a text, a date, files. Rights are asked of the assignment."""

    _name = "hotline.assignment.act"
    _description = "Act of an assignment"

    assignment_id = fields.Many2one(
        "hotline.assignment", required=True, readonly=True, ondelete="cascade"
    )
    act = fields.Selection(ACTS, required=True, readonly=True)
    by_officer = fields.Boolean(compute="_compute_by_officer")
    answer_by = fields.Selection(related="assignment_id.answer_by")
    control_on = fields.Date(related="assignment_id.control_on")
    text = fields.Text()
    file_ids = fields.Many2many("ir.attachment", string="Files")
    is_final = fields.Boolean(string="This is the final answer", default=True)
    came_by = fields.Selection(CAME_BY, string="How it came", default="here")
    outgoing_number = fields.Char(string="Number of the answer")
    outgoing_date = fields.Date(string="Date of the answer")
    signer_name = fields.Char(string="Signed by")
    until = fields.Date()

    @api.depends_context("uid")
    def _compute_by_officer(self):
        self.by_officer = "officer" in self.env["helpdesk.ticket"]._roles()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse an assignment that the user may not read: the dialog would name it."""
        ids = [vals["assignment_id"] for vals in vals_list if vals.get("assignment_id")]
        ids.append(self.env.context.get("default_assignment_id"))
        self.env["hotline.assignment"].browse(filter(None, ids)).check_access("read")
        return super().create(vals_list)

    def action_apply(self):
        """Do the act; executor or officer, as the assignment says."""
        self.ensure_one()
        getattr(self, f"_apply_{self.act}")(self.assignment_id)
        return {"type": "ir.actions.act_window_close"}

    def _apply_answer(self, assignment):
        assignment._take_answer(
            self.text, self._own_uploads(), self.is_final,
            came_by=self.came_by if self.by_officer else "here",
            outgoing_number=self.outgoing_number, outgoing_date=self.outgoing_date,
            signer_name=self.signer_name,
        )  # fmt: skip

    def _own_uploads(self):
        """Return the files just uploaded by the user; nobody hands over what is another's."""
        files = self.file_ids
        for file in files.sudo():  # sudo: whose they are, whatever the user may read
            if file.create_uid != self.env.user or file.res_model not in (False, self._name):
                raise AccessError(self.env._("«%(name)s» is not your file.", name=file.name))
        return files

    def _apply_not_ours(self, assignment):
        assignment._say_not_ours(self.text)

    def _apply_ask_time(self, assignment):
        assignment._ask_for_time(self.until, self.text)

    def _apply_withdraw(self, assignment):
        assignment.action_withdraw(self.text)

    def _apply_redo(self, assignment):
        assignment.action_redo(self.text)

    def _apply_insist(self, assignment):
        assignment.action_insist(self.text)

    def _apply_refuse_time(self, assignment):
        assignment.action_refuse_time(self.text)
