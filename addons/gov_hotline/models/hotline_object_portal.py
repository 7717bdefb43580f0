from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..domain import assignments as rules

SHOWN = 80


class HotlineObject(models.Model):
    """The pages of a management company: values for templates; the record rules choose."""

    _inherit = "hotline.object"

    def _portal_row(self):
        # sudo: a name only
        return {"id": self.id, "address": self.address, "kind": self.sudo().kind_id.name}

    def _portal_card(self):
        """Return what the page of one object shows: its parts and the company's accounts."""
        self.ensure_one()
        at = [("object_id", "=", self.id)]
        parts = self.search([("parent_id", "=", self.id)], limit=SHOWN)
        accounts = self.env["hotline.account"].search(at, limit=SHOWN)
        return {
            **self._portal_row(),
            "parts": [part._portal_row() for part in parts],
            "accounts": [account._portal_row() for account in accounts],
        }


class HotlineAccount(models.Model):
    _inherit = "hotline.account"

    def _portal_row(self):
        state = self._fields["state"]._description_selection(self.env)
        return {
            "number": self.number,
            "holder": self.holder_name or "",
            # sudo: names of services are nobody's secret
            "services": ", ".join(self.sudo().service_ids.mapped("name")),
            "state": dict(state)[self.state],
        }


class HotlineAssignment(models.Model):
    """What was assigned to a company about its objects, for all who work there.

    A colleague of the executor sees no name, no telephone and no text: number, place, what is
    asked by the mode of the assignment, the control date. The card is the executor's own page.
    """

    _inherit = "hotline.assignment"

    @api.model
    def _company_domain(self):
        """Return the domain of what was sent to the signed-in user's company about its objects."""
        company = self.env.user.commercial_partner_id
        return (
            Domain("partner_id.commercial_partner_id", "=", company.id)
            & Domain("state", "!=", rules.DRAFT)
            & Domain("ticket_id.object_id.is_ours", "=", True)
        )

    def _company_row(self):
        """Return a line of the company's list; called as the system on what the domain chose."""
        return {
            "id": self.id,
            "number": self.case_number,
            "address": self.ticket_id.object_id.address,
            "asked": (self.questions_text or "")[:300],  # without people where the mode says so
            "state_label": self._portal_state(),
            "control": format_date(self.env, self.control_on) if self.control_on else "",
            "due_text": self.due_text,
            "due_level": self.due_level,
            "is_mine": self.executor_user_id == self.env.user,
        }
