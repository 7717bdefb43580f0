from odoo import models
from odoo.fields import Domain

# Whose acts are noted on themselves, not on their case.
PARTS = ("hotline.reception", "hotline.task")


class HelpdeskTicket(models.Model):
    """The lines of the journal that tell of one case (X5)."""

    _inherit = "helpdesk.ticket"

    def action_case_journal(self):
        """Open the journal of this case; who reads the journal may."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("gov_hotline.hotline_journal_action")
        shown = {"hotline_one_case": True}  # the case itself is not repeated line by line
        return {**action, "domain": list(self._journal_domain()), "context": shown, "path": False}

    def _journal_domain(self):
        """Return the domain of the lines about the case and about what was made in it."""
        told = [Domain("model", "=", self._name) & Domain("res_ref", "=", self.id)]
        for model in PARTS:
            # sudo: ids only; the lines themselves are read with the reader's rights
            ids = self.env[model].sudo().search([("ticket_id", "=", self.id)]).ids
            told.append(Domain("model", "=", model) & Domain("res_ref", "in", ids))
        return Domain.OR(told)
