from odoo import api, models


class HelpdeskTicket(models.Model):
    """What the form offers for a draft with a code (A4)."""

    _inherit = "helpdesk.ticket"

    @api.depends("draft_number", "confirmed_at", "draft_until")
    @api.depends_context("uid", "lang")
    def _compute_acts(self):
        return super()._compute_acts()

    def _step_acts(self):
        """A waiting draft is accepted first; it is registered when it is confirmed."""
        acts = super()._step_acts()
        return (
            self._accept_acts() + acts if self._offers_draft_acts() and self.is_awaiting else acts
        )

    def _more_acts(self):
        acts = super()._more_acts()
        if self._offers_draft_acts():
            acts += self._renew_acts() if self.is_awaiting else self._make_draft_acts()
        return acts

    def _offers_draft_acts(self):
        return bool(self.can_edit_intake and self.id)

    def _make_draft_acts(self):
        """Offer a code for a draft that has not come in by itself."""
        if self.confirmed_at or self.origin not in ("phone", "visit", "email", "social"):
            return []
        label = self.env._("Draft with a code for the applicant")
        blocked = self._why_not(self._check_may_await)
        return [self._act("action_draft_dialog", label, blocked, step=False)]

    def _accept_acts(self):
        blocked = self._why_not(self._check_can_confirm)
        paper, visit = self.env._("Signed paper accepted"), self.env._("Accepted at the reception")
        return [
            self._act("action_accept_paper", paper, blocked),
            self._act("action_accept_visit", visit, blocked),
        ]

    def _renew_acts(self):
        sheet, renew = self.env._("Print the sheet to sign"), self.env._("New code and term")
        return [
            self._act("action_print_draft", sheet, step=False),
            self._act("action_draft_dialog", renew, step=False),
        ]

    def action_draft_dialog(self):
        """Give a code and show what is read out; operator."""
        return {
            "type": "ir.actions.client",
            "tag": "gov_hotline.draft_dialog",
            "params": {"draft": self.action_issue_draft_code()},
        }

    def action_accept_paper(self):
        """Open the dialog that accepts the signed sheet."""
        return self._accept_dialog("paper", self.env._("Signed paper accepted"))

    def action_accept_visit(self):
        """Open the dialog that accepts the draft at the reception."""
        return self._accept_dialog("visit", self.env._("Accepted at the reception"))

    def _accept_dialog(self, how, title):
        self.ensure_one()
        self._require_role("operator")
        self.check_access("write")
        self._check_can_confirm()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "hotline.draft.accept",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, "default_how": how},
        }

    def action_print_draft(self):
        """Return the action that prints the sheet the citizen signs."""
        self._check_print_draft()
        return self.env.ref("gov_hotline.action_report_draft").report_action(self)

    def _check_print_draft(self):
        self._require_role("operator")
        self.check_access("read")
        for ticket in self:
            ticket._check_can_confirm()

    def _draft_title(self):
        """Return the name of the printed file."""
        self.ensure_one()
        return self.env._("Draft appeal %(number)s", number=self.draft_number)
