from datetime import timedelta

from odoo import api, fields, models

from ..domain import promise
from .hotline_task_evidence import PROVED

AT_ONCE = 500
NOTICE = "simple_notification"  # what any open page of Odoo shows


class HotlineTask(models.Model):
    """Who promised is told before the time; what is late is told to the supervisors, once."""

    _inherit = "hotline.task"

    reminded_at = fields.Datetime(readonly=True, copy=False)
    overdue_told_at = fields.Datetime(readonly=True, copy=False)

    _due_idx = models.Index("(due_at) WHERE state = 'open' AND due_at IS NOT NULL")

    @api.model
    def _cron_promises(self):
        """Look for evidence, remind, tell of what is late; every few minutes."""
        self.search(
            [("state", "=", "open"), ("kind", "in", PROVED)], order="due_at, id", limit=AT_ONCE
        )._look_for_evidence()
        self._remind()
        self._tell_overdue()

    @api.model
    def _remind(self):
        now = fields.Datetime.now()
        near = self.search(
            [
                *(("state", "=", "open"), ("user_id", "!=", False), ("reminded_at", "=", False)),
                *(("due_at", ">=", now - promise.REMIND), ("due_at", "<=", now + promise.REMIND)),
            ],
            limit=AT_ONCE,
        )
        for task in near.filtered(lambda task: promise.is_to_remind(task.due_at, now)):
            task._tell_reminder()
        near.reminded_at = now

    def _tell_reminder(self):
        told = self.with_context(lang=self.user_id.lang)
        self.user_id._bus_send(
            NOTICE,
            {
                "type": "warning",
                "sticky": True,
                "title": told.env._("By %(time)s", time=told._clock(self.due_at)[-5:]),
                "message": self.name,
            },
        )

    @api.model
    def _tell_overdue(self):
        now = fields.Datetime.now()
        late = self.search(
            [
                *(("state", "=", "open"), ("overdue_told_at", "=", False)),
                *(("due_at", "<", now), ("due_at", ">=", now - timedelta(days=1))),
            ],
            limit=AT_ONCE,
        )
        supervisors = self.env.ref("gov_hotline.group_supervisor").all_user_ids
        for company, tasks in late.grouped("company_id").items():
            for user in supervisors.filtered(lambda one, body=company: body in one.company_ids):
                tasks._tell_late(user)
        late.overdue_told_at = now

    def _tell_late(self, user):
        env = self.with_context(lang=user.lang).env
        user._bus_send(
            NOTICE,
            {
                "type": "danger",
                "title": env._("Late tasks: %(count)s", count=len(self)),
                "message": "; ".join(self.mapped("name")[:3]),
            },
        )
