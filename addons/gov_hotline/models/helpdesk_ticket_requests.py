from odoo import fields, models

from ..domain import requests

EXCLUDED = [
    ("court", "Court"),
    ("inquiry", "Body of inquiry"),
    ("investigation", "Body of preliminary investigation"),
]


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotline_excluded_from_requests = fields.Selection(
        EXCLUDED,
        string="Not asked by requests",
        help="Courts, bodies of inquiry and of preliminary investigation are not asked for "
        "materials (59-FZ, art. 10, p. 1, item 2). Holds for the divisions too.",
    )

    def _excluded_from_requests(self):
        """Return why the agency or one above it is not asked (code), "" where it may be."""
        agency = self
        while agency:
            if agency.hotline_excluded_from_requests:
                return agency.hotline_excluded_from_requests
            agency = agency.parent_id
        return ""


class HelpdeskTicket(models.Model):
    """Requests of the case."""

    _inherit = "helpdesk.ticket"

    request_ids = fields.One2many("hotline.request", "ticket_id", string="Requests")

    def action_add_request(self):
        """Open a new request in a dialog: the body complained of is proposed (practice 1)."""
        self.ensure_one()
        self._require_role("officer")
        return self._act_dialog(
            "hotline.request",
            self.env._("Request for explanations and materials"),
            default_partner_id=self.complaint_against_id.id,
        )

    def _act_dialog(self, model, name, res_id=False, **defaults):
        """Return the action that opens a record of the case (or a new one) in a dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "res_id": res_id,
            "views": [(False, "form")],
            "target": "new",
            "context": {} if res_id else {"default_ticket_id": self.id, **defaults},
        }

    def _more_acts(self):
        acts = super()._more_acts()
        if self.can_edit:
            label = self.env._("Ask another body")
            acts.append(self._act("action_add_request", label, step=False))
        return acts

    def _closing_problems(self):
        states = self.request_ids.mapped("state")
        open_ones = requests.closing(states.count("draft"), states.count("sent"))
        return [*super()._closing_problems(), *open_ones]
