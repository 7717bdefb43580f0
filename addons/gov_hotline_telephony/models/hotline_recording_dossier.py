from odoo import api, models

from .hotline_recording import STORED


class HotlineDossier(models.AbstractModel):
    """A call of the dossier that the reader may hear says so."""

    _inherit = "hotline.dossier"

    @api.model
    def _calls_cells(self, calls):
        rows = super()._calls_cells(calls)
        Recording = self.env["hotline.recording"]
        if Recording.has_access("read"):
            domain = [("call_id", "in", [call.id for call in rows]), ("state", "=", STORED)]
            for (call,) in Recording._read_group(domain, ["call_id"]):
                rows[call][0]["sound"] = True
        return rows
