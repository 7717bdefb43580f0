from odoo import api, fields, models
from odoo.exceptions import UserError

from ..domain import clock, phones, post, promise
from .guards import without_defaults, without_names
from .hotline_call_phone import FATES
from .hotline_task import PROVED

EVIDENCE = [
    ("talk", "A talk"),
    ("tries", "Tries at three different hours"),
    ("letter", "A written answer"),
]
RESULTS = [
    *[one for one in FATES if one[0] not in ("answered", "abandoned")],
    ("not_taken", "The operator did not take the telephone"),
]
# Set by what is found in the records or by the act of putting away, by nobody's word.
FOUND = frozenset(
    {
        *("evidence_kind", "evidence_call_id", "done_at", "tries", "try_ids"),
        *("reminded_at", "overdue_told_at"),
        *("cancel_reason", "cancelled_by_id", "cancelled_at"),
    }
)


class HotlineTaskTry(models.Model):
    """One dialling for a task that brought no talk. Written by the system alone."""

    _name = "hotline.task.try"
    _description = "Try to call back"
    _order = "at, id"
    _rec_name = "result"

    task_id = fields.Many2one(
        "hotline.task", required=True, readonly=True, index=True, ondelete="cascade"
    )
    at = fields.Datetime(string="When", required=True, readonly=True)
    result = fields.Selection(RESULTS, required=True, readonly=True)
    call_id = fields.Many2one(
        "hotline.call", readonly=True, index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one("res.users", string="Who", readonly=True, ondelete="set null")

    _call_uniq = models.UniqueIndex(
        "(task_id, call_id) WHERE call_id IS NOT NULL", "This call is noted already."
    )


class HotlineTask(models.Model):
    """What shows that a promise was kept: found in the records, never typed (X4)."""

    _inherit = "hotline.task"

    evidence_kind = fields.Selection(EVIDENCE, string="Shown by", readonly=True, copy=False)
    evidence_call_id = fields.Many2one(
        "hotline.call",
        string="Call that shows it",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    done_at = fields.Datetime(string="Carried out at", readonly=True, copy=False)
    try_ids = fields.One2many("hotline.task.try", "task_id", string="All tries", readonly=True)
    is_proved_kind = fields.Boolean(compute="_compute_is_proved_kind")

    # An add-on adds what its own records tell.
    _found = FOUND

    @api.depends("kind")
    def _compute_is_proved_kind(self):
        for task in self:
            task.is_proved_kind = task.kind in PROVED

    _open_phone_idx = models.Index("(phone) WHERE state = 'open' AND phone IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._one_spelling(vals) for vals in vals_list]
        if not self.env.su:
            vals_list = [self._without_proof(vals) for vals in vals_list]
            clean = super(HotlineTask, without_defaults(self, self._found))
            return clean.create(vals_list).with_env(self.env)
        return super().create(vals_list)

    @api.model
    def _without_proof(self, vals):
        kind = vals.get("kind") or self.env.context.get("default_kind") or "promise"
        typed = {"evidence"} if kind in PROVED else set()
        return without_names(vals, self._found | typed)

    @api.model
    def _one_spelling(self, vals):
        """Keep a number as calls have it: a call finds the tasks of its number by that."""
        known = vals.get("phone") and phones.normalise(vals["phone"]).e164
        return {**vals, "phone": known} if known else vals

    def write(self, vals):
        vals = self._one_spelling(vals)
        if not self.env.su:
            vals = self._may_write(vals)
        if vals.get("state") == "done":
            vals = {"done_at": fields.Datetime.now(), **vals}
        return super().write(vals)

    def _may_write(self, vals):
        """Return `vals` without what is found, never typed; look for it when a task is done."""
        proved = vals.get("kind") in PROVED or any(task.kind in PROVED for task in self)
        if vals.get("state") in ("done", "cancelled"):
            self._check_own()
        if vals.get("state") == "done":
            self._check_shown()
        return without_names(vals, self._found | ({"evidence"} if proved else set()))

    def _check_own(self):
        """A colleague's task is ended by nobody but the supervisor: it is taken over first."""
        for task in self:
            if not task._may_reassign():
                raise UserError(
                    self.env._(
                        "«%(name)s» is the task of %(colleague)s. Take it over with the button, or "
                        "ask the supervisor to hand it out.",
                        name=task.name,
                        colleague=task.user_id.name,
                    )
                )

    def _check_shown(self):
        """Look into the records for what shows that it was done; refuse where nothing does."""
        self._look_for_evidence()
        for task in self:
            if task.kind in PROVED and not task.evidence_kind:
                raise UserError(
                    self.env._(
                        "«%(name)s»: nothing shows yet that it was done. A talk with this number, "
                        "tries at three different hours or the written answer in the appeal end it "
                        "by themselves.",
                        name=task.name,
                    )
                )

    # Looking

    def _look_for_evidence(self):
        """End those of these tasks that the records show as done."""
        open_ = self.sudo().filtered(  # sudo: the records of the PBX, and evidence nobody types
            lambda task: task.state == "open" and task.kind in PROVED
        )
        open_._look_into_calls()
        open_.filtered(lambda task: task.state == "open")._look_into_letters()

    def _look_into_calls(self):
        numbers = [task.phone for task in self if task.phone]
        if not numbers:
            return
        calls = self.env["hotline.call"].search(
            [
                ("direction", "=", "out"),
                ("phone", "in", list(filter(None, {phones.key(one) for one in numbers}))),
                ("started_at", ">=", min(self.mapped("create_date"))),
            ],
            order="started_at, id",
        )
        for call in calls:
            self._heard(call)

    @api.model
    def _of_number(self, call):
        """Return the open promises and call-backs that a call out may end."""
        if not call.phone:
            return self.browse()
        # sudo: of colleagues too
        return self.sudo().search(
            [
                *(("state", "=", "open"), ("kind", "in", PROVED), ("phone", "=", call.phone)),
                ("company_id", "=", call.company_id.id),
            ]
        )

    def _heard(self, call):
        """Take a call out that is over: it ends these tasks of its number, or is a try."""
        shows = call._shows()
        mine = self.filtered(lambda task: task._is_answered_by(call)) if shows else self.browse()
        for task in mine:
            if shows == "talk":
                task._prove("talk", task._talk_words(call), call)
            else:
                task._note_try(call, shows)

    def _is_answered_by(self, call):
        later = self._asked_at() <= call.started_at
        same = self.company_id == call.company_id and phones.key(self.phone) == call.phone
        return self.state == "open" and self.kind in PROVED and later and same

    def _asked_at(self):
        """Return since when a call may end the task: an extension point."""
        return self.create_date.replace(microsecond=0)

    def _note_try(self, call, result, at=None):
        """Keep a try; three at different hours of the day stand for the talk."""
        if call and call in self.try_ids.call_id:
            return
        self.env["hotline.task.try"].create(
            {
                "task_id": self.id,
                "at": at or call.started_at,
                "result": result,
                "call_id": call.id,
                "user_id": call.operator_id.id,
            }
        )
        reached = self.try_ids.filtered(lambda one: one.result != "not_taken")
        self.tries = len(reached)
        if promise.is_kept_by_tries(reached.mapped("at")):
            self._prove("tries", self._tries_words(reached))

    def _look_into_letters(self):
        """A written answer of the appeal that left after the promise stands for the talk."""
        for task in self.filtered("ticket_id"):
            tz = task.company_id.hotline_tz
            letter = self.env["hotline.outgoing"].search(
                [
                    *(("ticket_id", "=", task.ticket_id.id), ("kind", "=", "answer")),
                    *(("state", "=", post.SENT), ("outgoing_number", "!=", False)),
                    ("channel", "!=", "phone"),
                    ("outgoing_date", ">=", clock.body_date(task.create_date, tz)),
                ],
                limit=1,
            )
            if letter:
                task._prove("letter", task._letter_words(letter))

    def _prove(self, kind, words, call=None):
        """End the task by what was found."""
        self.ensure_one()
        self.sudo().write(  # sudo: evidence is nobody's to type
            {
                "state": "done",
                "evidence_kind": kind,
                "evidence": words,
                "evidence_call_id": call.id if call else False,
                "done_at": (call and call.answered_at) or fields.Datetime.now(),
            }
        )

    # Words, in the language of the body

    def _here(self):
        return self.with_context(lang=self.company_id._hotline_lang())

    def _clock(self, moment):
        return clock.body_time(moment, self.company_id.hotline_tz).strftime("%d.%m.%Y %H:%M")

    def _talk_words(self, call):
        return self._here().env._(
            "Talk of %(when)s, call No. %(number)s",
            when=self._clock(call.answered_at or call.started_at),
            number=call.number,
        )

    def _tries_words(self, tries):
        return self._here().env._(
            "Not reached: %(when)s", when=", ".join(self._clock(one.at) for one in tries)
        )

    def _letter_words(self, letter):
        return self._here().env._(
            "Answer No. %(number)s of %(date)s",
            number=letter.outgoing_number,
            date=letter.outgoing_date.strftime("%d.%m.%Y"),
        )
