from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from .letters import XLSX


class RegistersController(http.Controller):
    """Tables of the loads of registers, for staff."""

    @http.route(
        "/hotline/register/<int:run_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def rows_xlsx(self, run_id):
        """Give the rows of a load that somebody has to mend; the role is checked."""
        run = request.env["hotline.register.run"].browse(run_id).exists()
        if not run:
            raise NotFound()
        run._check_table()
        run._note_downloaded()
        name = content_disposition(f"{run.display_name}.xlsx")
        return request.make_response(
            run._xlsx(), [("Content-Type", XLSX), ("Content-Disposition", name)]
        )
