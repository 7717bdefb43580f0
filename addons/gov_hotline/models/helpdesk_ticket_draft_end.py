from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

LEAST_REASON = 10  # characters


class HelpdeskTicket(models.Model):
    """How a draft ends that is never filed: withdrawn with a reason, or deleted and journalled.

    Whoever was told a code may come back with it: such a draft stays and says what became of it.
    """

    _inherit = "helpdesk.ticket"

    draft_withdrawn_at = fields.Datetime(string="Draft withdrawn", copy=False)
    draft_withdrawn_why = fields.Char(string="Why the draft was withdrawn", copy=False)

    @api.depends("draft_withdrawn_at")
    def _compute_is_awaiting(self):  # pylint: disable=missing-return
        super()._compute_is_awaiting()
        for ticket in self.filtered("draft_withdrawn_at"):
            ticket.is_awaiting = ticket.is_expired = False

    def _search_is_awaiting(self, operator, value):
        domain = super()._search_is_awaiting(operator, value)
        if domain is NotImplemented:
            return domain
        withdrawn = Domain("draft_withdrawn_at", "!=", False)
        return domain & ~withdrawn if True in value else domain | withdrawn

    def action_withdraw_draft(self, reason):
        """Withdraw a draft whose code was told; operator. The code opens it no more."""
        self.ensure_one()
        self._require_role("operator")
        self.check_access("write")
        if not self.is_awaiting:
            raise UserError(self.env._("Only a draft that waits for confirmation is withdrawn."))
        reason = (reason or "").strip()
        if len(reason) < LEAST_REASON:
            raise UserError(self.env._("Write why the draft is withdrawn (ten characters)."))
        now = fields.Datetime.now()
        self._write_draft({"draft_withdrawn_at": now, "draft_withdrawn_why": reason})
        self.env["hotline.journal"]._append("draft_withdrawn", self, number=self.draft_number)

    def _check_can_confirm(self):
        self._check_not_withdrawn()
        return super()._check_can_confirm()

    def _check_may_await(self):
        self._check_not_withdrawn()
        return super()._check_may_await()

    def _check_not_withdrawn(self):
        if self.draft_withdrawn_at:
            day = self.company_id._hotline_date(self.draft_withdrawn_at)
            raise UserError(
                self.env._(
                    "Draft %(number)s was withdrawn on %(day)s: %(why)s",
                    number=self.draft_number,
                    day=format_date(self.env, day),
                    why=self.draft_withdrawn_why,
                )
            )

    def _draft_site_refusal(self):
        if self.draft_withdrawn_at:
            return self.env._(
                "Draft %(number)s was withdrawn by the operator. Call the hotline if you did not "
                "ask for it.",
                number=self.draft_number,
            )
        return super()._draft_site_refusal()

    def _renew_acts(self):
        label = self.env._("Withdraw the draft")
        return [*super()._renew_acts(), self._act("action_open_withdrawal", label, step=False)]

    def action_open_withdrawal(self):
        """Open the dialog that asks why the draft is withdrawn; operator."""
        self.ensure_one()
        self._require_role("operator")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw the draft"),
            "res_model": "hotline.draft.withdrawal",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    # Deleting

    @api.ondelete(at_uninstall=False)
    def _unlink_except_told(self):
        for ticket in self:
            if ticket.draft_number:
                raise UserError(
                    self.env._(
                        "The code of draft %(number)s was told to the applicant: it is not "
                        "deleted. Withdraw it with a reason.",
                        number=ticket.draft_number,
                    )
                )

    def unlink(self):
        """Every deletion is a line of the journal (B4)."""
        journal = self.env["hotline.journal"]
        for ticket in self:
            journal._append("draft_deleted", ticket, received_on=ticket.received_on or False)
        return super().unlink()
