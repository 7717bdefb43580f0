from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

NAME_LIMIT = 1_000  # characters: what is to be done, not the talk
NOTE_LIMIT = 5_000
PROVED = ("promise", "callback")  # promised to a citizen; kept by evidence, never by a tick
PROMISED = frozenset({"name", "kind", "due_at", "phone", "partner_id", "call_id"})


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
    words_stand = fields.Boolean(compute="_compute_words_stand")
    note = fields.Text(
        string="Notes", copy=False, help="What was added later; the words of a promise stand."
    )
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
        tasks = super().create(vals_list)
        if not self.env.su:
            tasks._check_ahead()
        return tasks

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_typed(vals)
        if PROMISED & set(vals):
            self._check_promise_stands()
        if {"name", "note"} & set(vals):
            self._check_outstanding()
        done = super().write(vals)
        if {"due_at", "kind"} & set(vals):
            self._check_ahead()
        return done

    @api.depends("kind")
    def _compute_words_stand(self):
        """Of what is stored: choosing another kind in the form shuts no field."""
        for task in self:
            task.words_stand = task._origin.kind == "promise"

    def _check_typed(self, vals):
        """Refuse what a person typed and nobody can do: words for a telephone, a whole talk."""
        self.env["hotline.call"]._check_telephone(vals)
        if len(vals.get("name") or "") > NAME_LIMIT:
            raise UserError(
                self.env._("What is to be done: %(limit)s characters at most.", limit=NAME_LIMIT)
            )
        if len(vals.get("note") or "") > NOTE_LIMIT:
            raise UserError(self.env._("Notes: %(limit)s characters at most.", limit=NOTE_LIMIT))

    def _check_ahead(self):
        """Nobody promises a time that has passed; the running minute still counts.

        Promises of another system are read in as they are: their time may have passed.
        """
        if self.env.context.get("import_file"):
            return
        now = fields.Datetime.now()
        promised = self.filtered(lambda task: task.kind in PROVED and task.state == "open")
        late = promised.filtered("due_at").filtered(
            lambda task: task.due_at < now.replace(second=0, microsecond=0)
        )[:1]
        if late:
            raise UserError(
                self.env._(
                    "«%(name)s» is promised by %(due)s, but it is %(now)s already, by the clock of "
                    "the body. Promise a time that is still ahead.",
                    name=late.name,
                    due=late._clock(late.due_at),
                    now=late._clock(now),
                )
            )

    def _check_outstanding(self):
        """The words of what was done stay: reports and the case tell them."""
        over = self.filtered(lambda task: task.state != "open")[:1]
        if over:
            raise UserError(
                self.env._("«%(name)s» is no longer outstanding: its text stays.", name=over.name)
            )

    def _check_promise_stands(self):
        """What was promised, to whom and by when stands: a new time is a new promise (X4)."""
        promise = self.filtered(lambda task: task.kind == "promise")[:1]
        if promise:
            raise UserError(
                self.env._(
                    "«%(name)s» is a promise: its words, time and addressee stand. What is to be "
                    "added goes into the notes; else cancel it and promise anew.",
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
