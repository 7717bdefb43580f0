from odoo import api, fields, models

from ..domain import external, register_columns

# What a column of a document system's file may hold, in the order of the list.
FIELDS = [
    ("case_number", "Number of the appeal"),
    ("filed_on", "Filed on"),
    ("registered_on", "Registered on"),
    ("applicant_name", "Applicant: full name"),
    ("applicant_address", "Address of the applicant"),
    ("case_state", "State"),
    ("due_on", "Term"),
    ("outgoing_number", "Outgoing number"),
    ("outgoing_on", "Day of the outgoing letter"),
    ("forwarded_to", "Where it was sent"),
    ("kind_text", "Kind of the appeal"),
    ("topic_text", "What it is about"),
]


class HotlineRegisterColumn(models.Model):
    """A column of an export: each kind of source offers its own fields."""

    _inherit = "hotline.register.column"

    field = fields.Selection(selection_add=FIELDS)
    choices = fields.Json(compute="_compute_choices")

    @api.depends("run_id.subject")
    def _compute_choices(self):
        for column in self:
            is_external = column.run_id.subject == "external"
            column.choices = [
                *(external.CASE_FIELDS if is_external else register_columns.ACCOUNT_FIELDS)
            ]
