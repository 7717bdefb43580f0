from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController


class HotlineReportController(ReportController):
    """The printed forms by their address."""

    @http.route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """A form that there is not is not found, instead of an error of the server."""
        if not request.env["ir.actions.report"]._get_report_from_name(reportname):
            raise NotFound()
        return super().report_routes(reportname, docids=docids, converter=converter, **data)
