from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

NAME_LIMIT = 1_000  # characters: what is to be done, not the talk
PROMISED = frozenset({"kind", "due_at", "phone", "partner_id", "call_id"})


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
    tries = fields.Integer(string="Not reached, times", readonly=True, copy=False)
    evidence = fields.Char(copy=False, help="What shows that it was done.")
    state = fields.Selection(
        [("open", "Outstanding"), ("done", "Carried out"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _open_idx = models.Index("(user_id, due_at) WHERE state = 'open'")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_typed(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_typed(vals)
            if PROMISED & set(vals):
                self._check_promise_stands()
            if "name" in vals:
                self._check_outstanding()
        return super().write(vals)

    def _check_typed(self, vals):
        """Refuse what a person typed and nobody can do: words for a telephone, a whole talk."""
        self.env["hotline.call"]._check_telephone(vals)
        if len(vals.get("name") or "") > NAME_LIMIT:
            raise UserError(
                self.env._("What is to be done: %(limit)s characters at most.", limit=NAME_LIMIT)
            )

    def _check_outstanding(self):
        """The words of what was done stay: reports and the case tell them."""
        over = self.filtered(lambda task: task.state != "open")[:1]
        if over:
            raise UserError(
                self.env._("«%(name)s» is no longer outstanding: its text stays.", name=over.name)
            )

    def _check_promise_stands(self):
        """What was promised, to whom and by when does not change: a new time is a new promise."""
        promise = self.filtered(lambda task: task.kind == "promise")[:1]
        if promise:
            raise UserError(
                self.env._(
                    "«%(name)s» is a promise: its time and addressee stand. Cancel it and promise "
                    "anew, or keep it.",
                    name=promise.name,
                )
            )

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
        """Put the task away without doing it; a promise or a call-back asks for a reason."""
        self.write({"state": "cancelled"})
