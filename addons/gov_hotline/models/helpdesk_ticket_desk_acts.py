from odoo import models
from odoo.exceptions import UserError

PART = 5  # cases in one call: letters and numbers are made, and the progress is to be seen


class HelpdeskTicket(models.Model):
    """What the officer does with many cases of the desk at once: resolve, forward, remind.

    Each case is done whole or not at all; the refused ones are named with their reasons.
    """

    _inherit = "helpdesk.ticket"

    def action_resolve_selected(self):
        """Open the resolution, one for all these cases. Officer."""
        return self._many_dialog(self.env._("Resolution"))

    def action_forward_selected(self):
        """Open the forwarding of these cases, a letter of its own number for each. Officer."""
        title = self.env._("Forwarding by competence")
        return self._many_dialog(title, default_is_forwarding=True)

    def action_remind_selected(self):
        """Remind the executors that these cases wait for, part by part. Officer."""
        self._require_role("officer")
        return self._batch(self.env._("Reminder to executors"), "remind_part")

    def _many_dialog(self, title, **context):
        self._require_role("officer")
        self.check_access("write")
        if not self:
            raise UserError(self.env._("Tick at least one appeal."))
        if len(self) == 1:
            self._check_open_for_resolution()
        dialog = self[0]._resolution_dialog()
        many = {"default_ticket_ids": self.ids, **context}
        return {**dialog, "name": title, "context": {**dialog["context"], **many}}

    def _batch(self, title, method, *args):
        """Return the client action that does `method(*args)` with these, part by part."""
        return {
            "type": "ir.actions.client",
            "tag": "hotline_batch",
            "name": title,
            "params": {
                "model": self._name,
                "method": method,
                "ids": self.ids,
                "args": args,
                "part": PART,
            },
        }

    def resolve_part(self, resolution_id):
        """Give these cases the resolution prepared for them; officer, own resolutions only.

        Returns {"done", "refused"} as `register_part` does and, for those it was given to,
        "waiting": the letters that are still to be printed and posted.
        """
        self._require_role("officer")
        resolution = self.env["hotline.resolution"].browse(resolution_id)
        told = self.exists()._do_each(resolution._give_to)
        return {**told, "waiting": self._waiting_letters({one["id"] for one in told["refused"]})}

    def _waiting_letters(self, refused):
        """Return [{"id", "name", "letters"}] of these, but `refused` (ids): what is on paper."""
        given = self.exists().filtered(lambda case: case.id not in refused)
        found = [(case, case._left_to_post()) for case in given]
        return [
            {"id": case.id, "name": case._batch_name(), "letters": "\n".join(letters)}
            for case, letters in found
            if letters
        ]

    def remind_part(self):
        """Remind the executors of these cases; officer. Returns {"done", "refused"}."""
        self._require_role("officer")
        self.check_access("write")
        return self.exists()._do_each(lambda case: case._remind_executors())

    def _remind_executors(self):
        """Remind whom the case waits for; raise UserError where nobody could be reminded."""
        waiting = self.assignment_ids.filtered("is_waiting")
        if not waiting:
            raise UserError(self.env._("No executor is awaited."))
        refused = {one: one._why_not_reminded() for one in waiting}
        if not waiting.filtered(lambda one: not refused[one])._remind():
            raise UserError(
                "\n".join(f"{one.partner_id.name}: {why}" for one, why in refused.items())
            )
