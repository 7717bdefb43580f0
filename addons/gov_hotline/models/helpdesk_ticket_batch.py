from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError


class HelpdeskTicket(models.Model):
    """Many at once: each is done whole or not at all, and the refused ones are named."""

    _inherit = "helpdesk.ticket"

    def action_register_selected(self):
        """Register the drafts among these, by date of receipt; operator or officer.

        Returns the client action that does it part by part: so the numbers of the year's series
        are held for one part only, whoever else registers goes on, and the progress is seen.
        """
        self._require_role("operator")
        drafts = self.filtered(lambda ticket: ticket.state == "draft")
        return {
            "type": "ir.actions.client",
            "tag": "hotline_batch",
            "name": self.env._("Registration of drafts"),
            "params": {
                "model": self._name,
                "method": "register_part",
                "ids": drafts.sorted("received_at").ids,
            },
        }

    def register_part(self):
        """Register the drafts among these, in their order; operator or officer.

        Returns {"done": how many, "refused": [{"id", "name", "reason"}]}; a refused one is left as
        it was. What somebody else has registered meanwhile is neither.
        """
        self._require_role("operator")
        drafts = self.filtered(lambda ticket: ticket.state == "draft")

        def register(cases):
            return cases.action_register()

        if not self._why_refused(drafts, register):  # the rule: all at once, far quicker
            return {"done": len(drafts), "refused": []}
        return drafts._do_each(register)

    def _do_each(self, act):
        """Do `act(case)` with each of these.

        Returns {"done", "refused"} as `register_part` does, and "told": [{"id", "name", "words"}]
        of the cases about which `act` has returned words.
        """
        refused, told, done = [], [], 0
        for case in self:
            words, reason = self._try(case, act)
            if reason:
                refused.append({**case._batch_line(), "reason": reason})
                continue
            done += 1
            if isinstance(words, str):
                told.append({**case._batch_line(), "words": words})
        return {"done": done, "refused": refused, "told": told}

    def _why_refused(self, cases, act):
        """Do it with these; return why it was refused (nothing of it is half-done), or nothing."""
        return self._try(cases, act)[1]

    def _try(self, cases, act):
        """Do it with these; return (what it returned, why it was refused or nothing)."""
        try:
            with self.env.cr.savepoint():
                return act(cases), ""
        except UserError as refusal:
            return None, str(refusal)
        except IntegrityError as refusal:
            return None, self._sql_error_to_message(refusal)

    def _batch_line(self):
        return {"id": self.id, "name": self._batch_name()}

    def _batch_name(self):
        """Return how a list names a case; a draft has no number yet."""
        number = self.number if self.number != "/" else ""
        return ", ".join(filter(None, (number, self.applicant_short, self.name)))
