from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HotlineTask(models.Model):
    """What merely outlives the talk: a call-back, a promise, a thing to find out."""

    _name = "hotline.task"
    _description = "Task"
    _order = "due_at, id"

    kind = fields.Selection(
        [
            ("callback", "Call back"),
            ("promise", "Promise"),
            ("todo", "To do"),
            ("find_out", "Find out"),
        ],
        required=True,
        default="promise",
    )
    name = fields.Char(required=True)
    phone = fields.Char()
    partner_id = fields.Many2one("res.partner", string="Citizen", index=True)
    call_id = fields.Many2one("hotline.call", index=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="Appeal", index=True)
    user_id = fields.Many2one(
        "res.users", string="Who does it", default=lambda self: self.env.user, index=True
    )
    due_at = fields.Datetime(string="By")
    tries = fields.Integer(readonly=True)
    evidence = fields.Char(help="What shows that it was done.")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _open_idx = models.Index("(user_id, due_at) WHERE state = 'open'")

    @api.constrains("state", "kind", "evidence")
    def _check_evidence(self):
        """A promise is kept by evidence, not by a tick (X4)."""
        for task in self:
            if (task.kind, task.state) == ("promise", "done") and not task.evidence:
                raise ValidationError(
                    self.env._(
                        "«%(name)s»: say what shows that the promise was kept.", name=task.name
                    )
                )

    def action_done(self):
        """Mark as done; a promise needs evidence. Raises ValidationError without it."""
        self.write({"state": "done"})

    def action_cancel(self):
        """Put the task away without doing it."""
        self.write({"state": "cancelled"})
