from odoo import fields, models

from odoo.addons.gov_hotline.models import hotline_task_evidence

CAUSES = [
    ("abandoned", "Did not wait for an answer"),
    ("wish", "Asked to be called back"),
    ("dropped", "The talk broke off"),
    ("fault", "Cut off by a fault of the PBX"),
]
STOPPED = [
    ("tries_over", "Not reached: all tries are made"),
    ("nobody_took", "No operator took the telephone"),
    ("not_allowed", "The number may not be dialled"),
    ("switched_off", "The line does not call back by itself"),
]
OUTCOMES = [
    ("talk", "Called back"),
    ("called_again", "Called again and was answered"),
    ("late", "Not reached"),
]
OF_SYSTEM = {
    *("by_system", "line_id", "since_at", "waited_seconds", "cause", "next_at", "first_id"),
    *("first_until", "dialling_id", "not_taken", "stopped", "outcome", "called_back_seconds"),
    *("in_time_share",),
}


class HotlineTask(models.Model):
    """A call-back of the hotline itself: made and dialled by the system (D1)."""

    _inherit = "hotline.task"

    _found = hotline_task_evidence.HotlineTask._found | OF_SYSTEM

    by_system = fields.Boolean(string="Made by the system", readonly=True, copy=False)
    line_id = fields.Many2one(
        "hotline.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    since_at = fields.Datetime(string="Waits since", readonly=True, copy=False)
    waited_seconds = fields.Integer(string="Waited, s", readonly=True, copy=False)
    cause = fields.Selection(CAUSES, string="Why", readonly=True, copy=False)
    next_at = fields.Datetime(string="Next try", readonly=True, copy=False)
    first_id = fields.Many2one(
        "res.users", string="Operator of the talk", readonly=True, ondelete="set null"
    )
    first_until = fields.Datetime(readonly=True, copy=False)
    dialling_id = fields.Many2one(
        "hotline.pbx.command", readonly=True, copy=False, ondelete="set null"
    )
    not_taken = fields.Integer(string="Not taken by operators", readonly=True, copy=False)
    stopped = fields.Selection(STOPPED, string="Why a person goes on", readonly=True, copy=False)
    outcome = fields.Selection(OUTCOMES, string="How it ended", readonly=True, copy=False)
    called_back_seconds = fields.Integer(
        string="Called back after, s", readonly=True, copy=False, aggregator="avg"
    )
    in_time_share = fields.Float(
        string="In time, %", readonly=True, copy=False, aggregator="avg", digits=(5, 1)
    )

    _callback_uniq = models.UniqueIndex(
        "(company_id, phone) WHERE by_system AND state = 'open'",
        "This number is called back already.",
    )
    _callback_due_idx = models.Index("(next_at) WHERE by_system AND state = 'open'")

    def _asked_at(self):
        return self.since_at if self.by_system else super()._asked_at()

    def _prove(self, kind, words, call=None):
        """Keep when the citizen was called back, for the figures."""
        done = super()._prove(kind, words, call)
        for task in self.filtered("by_system"):
            if kind == "talk":
                seconds = max(0, round((task.done_at - task.since_at).total_seconds()))
                in_time = not task.due_at or task.done_at <= task.due_at
                ends = {
                    "outcome": "talk",
                    "called_back_seconds": seconds,
                    "in_time_share": 100 if in_time else 0,
                    "user_id": call.operator_id.id,
                }
            else:
                ends = {"outcome": "late"}
            task.sudo().write({**ends, "next_at": False})  # sudo: the system's
        return done

    def _why_words(self):
        """Return why the telephone rings, in the language of the body."""
        env = self._here().env
        when = self._clock(self.since_at)[-5:]
        if self.cause == "dropped":
            return env._("Calling back: the talk of %(when)s broke off", when=when)
        if self.cause == "wish":
            return env._("Calling back: asked for it at %(when)s", when=when)
        minutes = round(self.waited_seconds / 60)
        if not minutes:
            return env._("Calling back: did not wait, %(when)s", when=when)
        return env._("Calling back: waited %(minutes)s min, %(when)s", minutes=minutes, when=when)
