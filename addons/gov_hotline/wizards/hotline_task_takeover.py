from odoo import api, fields, models


class HotlineTaskTakeover(models.TransientModel):
    """Ask before a colleague's task is taken over; the colleague is named."""

    _name = "hotline.task.takeover"
    _description = "Taking over a task"

    task_id = fields.Many2one("hotline.task", required=True, readonly=True, ondelete="cascade")
    colleague_id = fields.Many2one("res.users", required=True, readonly=True)
    question = fields.Char(compute="_compute_question")

    @api.depends("task_id", "colleague_id")
    def _compute_question(self):
        for asked in self:
            asked.question = self.env._(
                "«%(task)s» is the task of %(colleague)s. Take it over?",
                task=asked.task_id.name,
                colleague=asked.colleague_id.name,
            )

    def action_confirm(self):
        """Take the task over. Operator."""
        self.ensure_one()
        self.task_id._take_over(self.colleague_id)
        return {"type": "ir.actions.act_window_close"}
