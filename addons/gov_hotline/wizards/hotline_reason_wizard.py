import json

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method

from ..domain import strictness


class HotlineReasonWizard(models.TransientModel):
    """One written reason for the warnings of an act; then the act runs as if pressed again."""

    _name = "hotline.reason.wizard"
    _description = "Reason for departing from a rule"

    res_model = fields.Char(required=True)
    res_ids = fields.Char(required=True, help="JSON list of the records of the act.")
    method = fields.Char(required=True)
    warnings = fields.Text(readonly=True, help="What the rules say, a line each.")
    reason = fields.Text(string="Why it is done all the same")

    def action_confirm(self):
        """Run the act with the reason; return what the act returns, else close the window.

        Raises UserError for a reason of less than ten characters, AccessError for what is no act
        of ours. Everything else is checked by the act itself, as the same user.
        """
        self.ensure_one()
        if not strictness.is_reason(self.reason):
            raise UserError(
                self.env._(
                    "A reason is written in words: at least %(count)s characters.",
                    count=strictness.REASON_LENGTH,
                )
            )
        records = self._records().with_context(hotline_reason=self.reason)
        result = get_public_method(records, self.method)(records)
        is_action = isinstance(result, dict) and result.get("type")
        return result if is_action else {"type": "ir.actions.act_window_close"}

    def _records(self):
        ours = self.res_model == "helpdesk.ticket" or self.res_model.startswith("hotline.")
        if not (ours and self.method.startswith("action_")) or self.res_model == self._name:
            raise AccessError(self.env._("Only an act of the hotline is run with a reason."))
        return self.env[self.res_model].browse(json.loads(self.res_ids))
