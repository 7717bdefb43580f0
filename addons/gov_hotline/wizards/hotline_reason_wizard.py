import json

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method

from ..domain import strictness
from ..models.reasons import ReasonNeededError


class HotlineReasonWizard(models.TransientModel):
    """A written reason for each warning of an act; then the act runs as if pressed again."""

    _name = "hotline.reason.wizard"
    _description = "Reason for departing from a rule"

    res_model = fields.Char(required=True)
    res_ids = fields.Char(required=True, help="JSON list of the records of the act.")
    method = fields.Char(required=True)
    line_ids = fields.One2many("hotline.reason.wizard.line", "wizard_id", string="Warnings")
    is_several = fields.Boolean(compute="_compute_is_several")
    reason = fields.Text(string="One reason for all", help="For those that have none of their own.")

    @api.depends("line_ids")
    def _compute_is_several(self):
        for wizard in self:
            wizard.is_several = len(wizard.line_ids) > 1

    def action_confirm(self):
        """Run the act with the reasons; return what the act returns, else close the window.

        An act that meets further warnings opens the window again with these added. Raises
        UserError for a reason of less than ten characters, AccessError for what is no act of ours.
        Everything else is checked by the act itself, as the same user.
        """
        self.ensure_one()
        records = self._records().with_context(**self._reasons())
        try:
            with self.env.cr.savepoint():
                result = get_public_method(records, self.method)(records)
        except ReasonNeededError as further:
            return self._ask_further(further)
        is_action = isinstance(result, dict) and result.get("type")
        return result if is_action else {"type": "ir.actions.act_window_close"}

    def _reasons(self):
        """Return the context of the act: a reason for each warning, one for what comes later."""
        own = {line.key: line.reason or self.reason for line in self.line_ids}
        if not all(map(strictness.is_reason, own.values() if own else [self.reason])):
            raise UserError(
                self.env._(
                    "A reason is written in words: at least %(count)s characters.",
                    count=strictness.REASON_LENGTH,
                )
            )
        shared = {"hotline_reason": self.reason} if strictness.is_reason(self.reason) else {}
        return {"hotline_reasons": own, **shared}

    def _ask_further(self, error):
        known = set(self.line_ids.mapped("key"))
        self.line_ids = [
            Command.create({"key": key, "warning": words})
            for key, words in error.context["hotline_warnings"]
            if key not in known
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A written reason is needed"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _records(self):
        ours = self.res_model == "helpdesk.ticket" or self.res_model.startswith("hotline.")
        if not (ours and self.method.startswith("action_")) or self.res_model == self._name:
            raise AccessError(self.env._("Only an act of the hotline is run with a reason."))
        return self.env[self.res_model].browse(json.loads(self.res_ids))


class HotlineReasonWizardLine(models.TransientModel):
    """One warning and the reason to depart from it."""

    _name = "hotline.reason.wizard.line"
    _description = "Reason for departing from one warning"

    wizard_id = fields.Many2one("hotline.reason.wizard", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    warning = fields.Text(string="What the rule says")
    reason = fields.Text(string="Why it is done all the same")
