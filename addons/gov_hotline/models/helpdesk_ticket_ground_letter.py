from odoo import api, models
from odoo.exceptions import UserError

from ..domain.transitions import WORKING_STATES


class HelpdeskTicket(models.Model):
    """The letter of a ground that waits to be sent: the next step of its case."""

    _inherit = "helpdesk.ticket"

    @api.depends("notice_ids.state", "question_ids.ground_id")
    def _compute_acts(self):
        return super()._compute_acts()

    def _step_acts(self):
        """A letter of a ground that waits to be sent is the next step."""
        acts = super()._step_acts()
        if not self.can_edit or self.state not in WORKING_STATES:
            return acts  # who only reads the case may read no notices
        draft = self.notice_ids.filtered(lambda one: one.state == "draft" and one.ground)[:1]
        if not draft:
            return acts
        kind = dict(draft._fields["kind"]._description_selection(self.env))[draft.kind]
        label = self.env._("Send: %(kind)s", kind=kind)
        return [self._act("action_open_ground_notice", label), *acts]

    def action_open_ground_notice(self):
        """Open the draft letter of a ground, to check and send; officer."""
        self.ensure_one()
        self._require_role("officer")
        drafts = self.notice_ids.filtered(lambda one: one.state == "draft" and one.ground)
        if not drafts:
            raise UserError(self.env._("No notice of a ground waits to be sent."))
        return drafts[:1]._open()
