from odoo import fields, models


class HelpdeskTicketTeam(models.Model):
    """A department of the body."""

    _inherit = "helpdesk.ticket.team"

    hotline_code = fields.Char(string="Index", help="Stands in the numbers as {dept}.")
