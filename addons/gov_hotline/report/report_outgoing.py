from odoo import api, models


class ReportOutgoing(models.AbstractModel):
    """The register of outgoing mail on paper. Every print is journalled."""

    _name = "report.gov_hotline.report_outgoing"
    _inherit = "report.gov_hotline.report_card"
    _description = "Register of outgoing mail"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the role, note the print in the journal, return what the template needs."""
        registers = self.env["hotline.outgoing.register"].browse(docids)
        for register in registers:
            register._check_register()
        self._note_print(registers)
        return {"doc_ids": docids, "doc_model": registers._name, "docs": registers}

    def _append_print(self, registers):
        for register in registers:
            register._journal()
