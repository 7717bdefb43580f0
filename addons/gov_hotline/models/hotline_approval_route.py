from odoo import api, fields, models

from ..domain import approval
from .helpdesk_ticket import KINDS


class HotlineApprovalRoute(models.Model):
    """Which answers are approved and by whom: topic, agency and kind choose, steps follow."""

    _name = "hotline.approval.route"
    _description = "Route of approval"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, help="The first route that fits is taken.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Body", required=True, default=lambda self: self.env.company
    )
    topic_ids = fields.Many2many(
        "hotline.topic", string="Topics", help="With everything below them. Empty: any topic."
    )
    agency_ids = fields.Many2many(
        "res.partner",
        string="Agencies",
        domain=[("hotline_kind", "=", "agency")],
        help="Executors and competent bodies of the appeal. Empty: any agency.",
    )
    kind = fields.Selection(KINDS, string="Kind of appeal", help="Empty: any kind.")
    step_ids = fields.One2many("tier.definition", "hotline_route_id", string="Steps")

    def _domain_route(self):
        return approval.Route(
            frozenset(self.topic_ids.ids), frozenset(self.agency_ids.ids), self.kind or ""
        )

    @api.model
    def _for_ticket(self, ticket):
        """Return the route that answers to `ticket` take; none: they are given directly."""
        # sudo: a route binds whoever answers, the list is the administrator's
        routes = self.sudo().search([("company_id", "=", ticket.company_id.id)])
        routes = routes.filtered("step_ids")
        found = approval.choose(
            [route._domain_route() for route in routes], ticket._approval_case()
        )
        return routes[found] if found is not None else routes.browse()
