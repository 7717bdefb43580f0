from odoo import api, fields, models
from odoo.exceptions import UserError


class HotlineWorkplace(models.AbstractModel):
    """Promises of the operator's screen: made in a call, taken back, counted."""

    _inherit = "hotline.workplace"

    @api.model
    def _count_promises(self):
        """Return how many call-backs and promises of this operator wait to be kept."""
        return self.env["hotline.task"].search_count(self._promises_domain())

    @api.model
    def _promises_domain(self):
        return [
            ("user_id", "=", self.env.uid),
            ("kind", "in", ("callback", "promise")),
            ("state", "=", "open"),
        ]

    @api.model
    def promise(self, call_id, vals):
        """Promise to call back: `vals` holds `due_at` (UTC, «YYYY-MM-DD HH:MM:SS») and `note`."""
        call = self._own_open_call(call_id)
        due_at = fields.Datetime.to_datetime(vals.get("due_at"))
        if not due_at:
            raise UserError(self.env._("Promise a time that is still ahead."))
        self.env["hotline.task"].create(self._prepare_promise_vals(call, due_at, vals.get("note")))
        return {"tasks": self._tasks(call), "promises": self._count_promises()}

    @api.model
    def cancel_promise(self, call_id, task_id):
        """Take back a promise made in this call."""
        call = self._own_open_call(call_id)
        reason = self.env._("Taken back by its maker while the call's card was open.")
        task = call.task_ids.filtered(lambda task: task.id == task_id)
        task.with_context(hotline_reason=reason).action_cancel()
        return {"tasks": self._tasks(call), "promises": self._count_promises()}

    @api.model
    def _prepare_promise_vals(self, call, due_at, note):
        when = self._time(due_at)
        return {
            "kind": "promise",
            "name": note or self.env._("Call back by %(time)s", time=when),
            "due_at": due_at,
            "phone": call.phone,
            "partner_id": call.partner_id.id,
            "call_id": call.id,
            "ticket_id": call.ticket_id.id,
            "company_id": call.company_id.id,
        }

    @api.model
    def _tasks(self, call):
        return [
            {"id": task.id, "name": task.name, "due": self._time(task.due_at)}
            for task in call.task_ids.filtered(lambda task: task.state == "open")
        ]
