from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request


class SstuController(http.Controller):
    """The files of the exports to ССТУ.РФ, for staff."""

    @http.route(
        "/hotline/sstu/<int:part_id>.zip",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def sstu_part(self, part_id):
        """Give a file as it was made; the role is checked, the download journalled."""
        part = request.env["hotline.sstu.part"].browse(part_id).exists()
        if not part:
            raise NotFound()
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Disposition", content_disposition(part.name)),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(part._download(), headers=headers)
