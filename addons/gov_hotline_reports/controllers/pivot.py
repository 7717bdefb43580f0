import json

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.pivot import TableExporter


def _writes(_controller, _rule, _args):
    """Odoo's route only reads; this one leaves a line in the journal."""
    return False


class PivotController(TableExporter):
    """The table of a pivot as a file: an export like any other."""

    @http.route(readonly=_writes)
    def export_xlsx(self, data, **kw):
        """As Odoo; whoever may not export is refused, the others leave a line in the journal."""
        text = data.read() if isinstance(data, FileStorage) else data
        request.env["hotline.report.download"]._note_pivot(json.loads(text))
        return super().export_xlsx(text, **kw)
