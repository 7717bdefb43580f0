from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guards import without_defaults, without_names

TRACE = frozenset({"taken_from_id", "taken_at"})


class HotlineTask(models.Model):
    """Whose task it is: a colleague's is taken over openly, never by a slip of the hand."""

    _inherit = "hotline.task"

    taken_from_id = fields.Many2one(
        "res.users", string="Taken over from", readonly=True, copy=False
    )
    taken_at = fields.Datetime(string="Taken over at", readonly=True, copy=False)
    can_reassign = fields.Boolean(compute="_compute_can_reassign")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_can_reassign(self):
        """Of the stored person: choosing another one in the form does not shut the field."""
        for task in self:
            task.can_reassign = task._origin._may_reassign()

    def _may_reassign(self):
        """The supervisor hands out any task, everybody else the own and those of nobody."""
        return (
            self.env.su
            or self.user_id <= self.env.user
            or "supervisor" in self.env["helpdesk.ticket"]._roles()
        )

    @api.model_create_multi
    def create(self, vals_list):
        clean = super(HotlineTask, without_defaults(self, TRACE))
        tasks = clean.create([without_names(vals, TRACE) for vals in vals_list])
        return tasks.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            vals = without_names(vals, TRACE)
        if "user_id" in vals:
            self._check_reassign(vals["user_id"])
        return super().write(vals)

    def _check_reassign(self, user_id):
        for task in self:
            if task.user_id.id != user_id and not task._may_reassign():
                raise AccessError(
                    self.env._(
                        "«%(name)s» is the task of %(colleague)s. Take it over with the button, or "
                        "ask the supervisor to hand it out.",
                        name=task.name,
                        colleague=task.user_id.name,
                    )
                )

    def action_take_over(self):
        """Ask whether to take the task over from its colleague; return the window."""
        self.ensure_one()
        self._check_may_take_over()
        asked = self.env["hotline.task.takeover"].create(
            {"task_id": self.id, "colleague_id": self.user_id.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take over the task"),
            "res_model": asked._name,
            "res_id": asked.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_may_take_over(self):
        """Refuse others than operators; a colleague's task is changed by this act alone."""
        self.env["helpdesk.ticket"]._require_role("operator")
        self.check_access("read")

    def _take_over(self, colleague):
        """Make the task the user's own; the task and the journal keep from whom it came."""
        self.ensure_one()
        self._check_may_take_over()
        if self.state != "open" or self.user_id != colleague:
            raise UserError(
                self.env._("«%(name)s» has changed meanwhile: look at it again.", name=self.name)
            )
        # sudo: an operator changes the person of a colleague's task by this act alone
        self.sudo().write(
            {
                "user_id": self.env.uid,
                "taken_from_id": colleague.id,
                "taken_at": fields.Datetime.now(),
            }
        )
        self.env["hotline.journal"]._append("task_taken_over", self, taken_from=colleague.id)
