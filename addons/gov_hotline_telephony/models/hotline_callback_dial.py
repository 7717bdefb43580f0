from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from ..domain import callback
from ..domain.callback import Due, Free
from .hotline_handset import LIVE

MOST = 50


class HotlineCallback(models.AbstractModel):
    """Who is free is rung for who waits longest: the operator's telephone, then the citizen's.

    The command and its mark in the task are one transaction: without the mark there is no command,
    with it nothing is dialled until the command has ended.
    """

    _inherit = "hotline.callback"

    @api.model
    def _dial(self, pbx):
        tasks = self._due(pbx)
        free = self._free(pbx) if tasks else []
        if not free:
            return
        now = fields.Datetime.now()
        due = [
            Due(
                task.id,
                task.since_at,
                task.company_id.id,
                task.first_id.id,
                task.first_until or None,
                frozenset(self._missed(task).ids),
            )
            for task in tasks
            if self._may_dial(task, now)
        ]
        for task, user in callback.assign(due, free, now):
            self._ring(tasks.browse(task), self.env["res.users"].browse(user), pbx)

    @api.model
    def _due(self, pbx):
        return self.env["hotline.task"].search(
            [
                *(("by_system", "=", True), ("state", "=", "open"), ("dialling_id", "=", False)),
                *(("next_at", "<=", fields.Datetime.now()), ("stopped", "=", False)),
                *(("user_id", "=", False), ("call_id.pbx_id", "=", pbx.id)),
            ],
            order="since_at, id",
            limit=MOST,
        )

    @api.model
    def _missed(self, task):
        return task.try_ids.filtered(lambda one: one.result == "not_taken").user_id

    @api.model
    def _may_dial(self, task, now):
        """Not at night, not while the citizen is on a line, not where the reason is gone."""
        if task.line_id and not task.line_id.callback_on:
            task._stop("switched_off")
            return False
        begins = self._by_day(now, task.company_id, task.line_id)
        if begins != now:
            task.next_at = begins
            return False
        if not callback.cause(self._ended(task.call_id)):
            task.write({"state": "cancelled", "outcome": "called_again"})
            return False
        talks = [("phone", "=", task.phone), ("phase", "in", ("waiting", *LIVE))]
        return not self.env["hotline.call"].search_count(talks, limit=1)

    @api.model
    def _free(self, pbx):
        """Return the operators on the line whose telephone is silent."""
        states = self.env["hotline.operator.state"].search(
            [("until", "=", False), ("state", "in", ("ready", "wrap_up"))]
        )
        sits = pbx.extension_ids.filtered(lambda one: one.at_id).at_id
        busy = self._busy(states.user_id)
        return [
            Free(one.user_id.id, one.company_id.id, one.since, finishing=one.state == "wrap_up")
            for one in states
            if one.user_id in sits - busy and one.user_id.has_group("gov_hotline.group_operator")
        ]

    @api.model
    def _busy(self, users):
        talks = [("operator_id", "in", users.ids), ("phase", "in", LIVE)]
        dials = [("user_id", "in", users.ids), ("state", "in", ("new", "sent"))]
        return (
            self.env["hotline.call"].search(talks).operator_id
            | self.env["hotline.pbx.command"].search(dials).user_id
        )

    @api.model
    def _ring(self, task, user, pbx):
        """Ring `user` for `task`, once: whoever else has the task in hand keeps it."""
        lock = SQL(
            "SELECT id FROM hotline_task WHERE id = %s AND dialling_id IS NULL"
            " FOR NO KEY UPDATE SKIP LOCKED",
            task.id,
        )
        if not self.env.execute_query(lock):
            return
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                task.dialling_id = self._command(task, user, pbx)
                self.env.flush_all()
        except UniqueViolation:  # the operator dials by a click of the own just now
            self.env.invalidate_all(flush=False)
        except UserError:
            self.env.invalidate_all(flush=False)
            task._stop("not_allowed")

    @api.model
    def _command(self, task, user, pbx):
        """Return the command that rings, made as the operator's own click makes it."""
        handset = (
            self.env["hotline.handset"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids, lang=user.lang)
        )
        target = pbx._destination(task.phone)
        own = task.call_id if task.cause == "dropped" else task.call_id.browse()
        extension = self.env["hotline.pbx.extension"]._at(user)
        before = own.with_env(handset.env)
        command = handset.env["hotline.pbx.command"]._once(
            lambda: handset._dial(extension, target, task.phone, before)
        )
        if not command:  # the operator's own click was quicker
            return False
        call = command.sudo().call_id  # sudo: the system tells why it is dialled
        call.write(
            {
                "line_id": task.line_id.id,
                "partner_id": task.partner_id.id,
                "company_id": task.company_id.id,
                "dialled_why": task._why_words(),
            }
        )
        call._tell_phone(user)
        return command.id
