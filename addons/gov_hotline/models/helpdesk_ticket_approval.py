from odoo import api, fields, models

from ..domain import approval
from ..domain.transitions import WORKING_STATES


class HelpdeskTicket(models.Model):
    """An answer that an approver sent back is seen on the case: it is the next step."""

    _inherit = "helpdesk.ticket"

    sent_back_words = fields.Char(compute="_compute_sent_back_words", string="Sent back")

    @api.depends("answer_ids.state", "answer_ids.refusal")
    @api.depends_context("uid", "lang")
    def _compute_sent_back_words(self):
        for ticket in self:
            answer = ticket._sent_back_answer()
            ticket.sent_back_words = bool(answer) and self.env._(
                "The answer was sent back for correction: %(reason)s", reason=answer.refusal
            )

    @api.depends("answer_ids.refusal")
    def _compute_acts(self):
        return super()._compute_acts()

    def _step_acts(self):
        acts = super()._step_acts()
        if not self._sent_back_answer():
            return acts
        others = [act for act in acts if act["method"] != "action_answer"]
        return [self._act("action_answer", self.env._("Rework the answer")), *others]

    def _sent_back_answer(self):
        """Return the answer to be reworked, for who may do it."""
        if not self.can_edit or self.state not in WORKING_STATES:
            return self.env["hotline.answer"]
        drafts = self.answer_ids.filtered(lambda one: one.state == approval.DRAFT and one.refusal)
        return drafts[:1]

    def action_answer(self):
        """Open the answer that was sent back before any other in preparation; officer."""
        action = super().action_answer()
        return {**action, "res_id": self._sent_back_answer().id or action["res_id"]}
