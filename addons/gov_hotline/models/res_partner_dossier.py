from odoo import fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """The dossier: all appeals of one person beside the calls (B7)."""

    _inherit = "res.partner"

    hotline_ticket_ids = fields.One2many(
        "helpdesk.ticket",
        "partner_id",
        string="Appeals of the citizen",
        groups="gov_hotline.group_operator,gov_hotline.group_supervisor,"
        "gov_hotline.group_approver,gov_hotline.group_auditor",
    )


class HelpdeskTicket(models.Model):
    """The way from a case to the dossier of its applicant."""

    _inherit = "helpdesk.ticket"

    def action_open_dossier(self):
        """Open the page of the applicant with the dossier; who may read dossiers."""
        self.ensure_one()
        self.check_access("read")
        if not self.partner_id:
            raise UserError(self.env._("The applicant of this appeal is not in the directory."))
        partner = self.env["hotline.dossier"]._partner(self.partner_id.id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dossier"),
            "res_model": partner._name,
            "res_id": partner.id,
            "views": [(self.env.ref("gov_hotline.res_partner_view_form").id, "form")],
        }
