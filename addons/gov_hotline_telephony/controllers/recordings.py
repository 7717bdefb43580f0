from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.gov_hotline.controllers.own_pages import private


class RecordingsController(http.Controller):
    """The sound of talks: in parts as the player asks for them, each look noted."""

    @http.route(
        "/hotline/recording/<int:recording_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def recording(self, recording_id, download=None):
        """Give the sound to who may hear it; 404 for what is not there or not for this user."""
        try:
            recording = request.env["hotline.recording"].search([("id", "=", recording_id)])
            if not recording:
                raise NotFound()
            stream = recording._open(download=bool(download))
        except AccessError:
            raise Forbidden() from None
        except UserError:
            raise NotFound() from None
        return private(stream.get_response(as_attachment=bool(download)))
