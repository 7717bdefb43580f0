from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # A total opens its appeals by [("report_case_ids", "any", domain of the total)]: no list of
    # ids travels, however many they are.
    report_case_ids = fields.One2many(
        "hotline.report.case",
        "ticket_id",
        string="Line of the report",
        copy=False,
        groups="gov_hotline.group_officer,gov_hotline.group_supervisor,"
        "gov_hotline.group_approver,gov_hotline.group_auditor",
    )
