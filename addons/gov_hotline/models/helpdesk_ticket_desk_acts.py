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
        batch = self._batch(self.env._("Reminder to executors"), "remind_part")
        batch["params"]["words"] = {
            "told": self.env._("Reminded"),
            "skipped": self.env._("Nobody to remind"),
        }
        return batch

    def action_show_assignments(self):
        """Open what was given on these cases; officer."""
        self._require_role("officer")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_assignment_action"
        )
        domain = [("ticket_id", "in", self.ids), ("state", "!=", "draft")]
        return {**action, "domain": domain, "context": {}, "path": False}

    def action_show_letters_to_post(self):
        """Open the letters of these cases that are still to be printed and posted; officer."""
        self._require_role("officer")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gov_hotline.hotline_outgoing_action"
        )
        own = {"domain": [("ticket_id", "in", self.ids)], "path": False}
        return {**action, **own, "context": {"search_default_to_post": 1}}

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
        """Return the client action that does `method(*args)` with these, part by part.

        `words` are the headings of what was done; `see`: the act that shows where.
        """
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
                "words": {"told": self.env._("Sent"), "signed": self.env._("Signed")},
                "see": {
                    "method": "action_show_assignments",
                    "label": self.env._("Show the assignments"),
                },
                "post": {
                    "method": "action_show_letters_to_post",
                    "label": self.env._("To print and post"),
                },
            },
        }

    def resolve_part(self, resolution_id):
        """Give these cases the resolution prepared for them; officer, own resolutions only.

        Returns {"done", "refused", "told"} as `_do_each` does and, for those it was given to,
        "waiting": the letters that are still to be printed and posted, "unsent": how many wait
        because no mail server is set up.
        """
        self._require_role("officer")
        resolution = self.env["hotline.resolution"].browse(resolution_id)
        told = self._with_unsent(self.exists()._do_each(resolution._give_to))
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
        """Remind the executors of these cases; officer.

        Returns what `_do_each` does, "unsent" as above and "skipped": where nobody is awaited.
        """
        self._require_role("officer")
        self.check_access("write")
        cases = self.exists()
        awaited = cases.filtered("is_waiting")
        told = awaited._do_each(lambda case: case._remind_executors())
        skipped = [{**case._batch_line(), "words": case._why_nobody()} for case in cases - awaited]
        return self._with_unsent({**told, "skipped": skipped})

    def _why_nobody(self):
        """Return why nobody is awaited in this case, in words."""
        given = self.assignment_ids
        if not given:
            return self.env._("No executor is awaited.")
        return "\n".join(f"{one.partner_id.name}: {one._why_not_reminded()}" for one in given)

    def _with_unsent(self, told):
        """Add how many letters of what was done wait for a mail server, if none is set up."""
        Mail, unsent = self.env["hotline.mail"], 0
        if told["told"] and not Mail._is_set_up():
            done = [one["id"] for one in told["told"]]
            unsent = Mail.search_count([("ticket_id", "in", done), ("state", "=", "queued")])
        return {**told, "unsent": unsent}

    def _remind_executors(self):
        """Remind whom the case waits for; return whom, in words.

        Raises UserError where nobody could be reminded.
        """
        waiting = self.assignment_ids.filtered("is_waiting")
        refused = {one: why for one in waiting if (why := one._why_not_reminded())}
        reminded = waiting.filtered(lambda one: one not in refused)._remind()
        kept = [f"{one.partner_id.name}: {why}" for one, why in refused.items()]
        if not reminded:
            raise UserError("\n".join(kept) or self.env._("No executor is awaited."))
        return "\n".join([*(one._reminded_how() for one in reminded), *kept])
