from odoo import api, models


class ReportAssignmentCard(models.AbstractModel):
    """The card that goes to an executor (B5): whoever may read the assignment may print it."""

    _name = "report.gov_hotline.report_assignment_card"
    _description = "Card for the executor"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the rights (numbers are easy to count up); return what the template needs."""
        assignments = self.env["hotline.assignment"].browse(docids)
        assignments.check_access("read")
        assignments._check_print_assignment_card()
        return {"doc_ids": docids, "doc_model": "hotline.assignment", "docs": assignments}
