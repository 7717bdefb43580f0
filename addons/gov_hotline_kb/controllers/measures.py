import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.gov_hotline.controllers.own_pages import own_bytes

LONGEST = 20_000  # characters of what the questionnaire sends


class HotlineMeasures(http.Controller):
    """The list of measures on paper: made of the answers that were sent, kept nowhere.

    The answers come in the body of the request: an address would stand in the server's log.
    """

    @http.route(
        "/hotline/knowledge/measures", type="http", auth="user", methods=["POST"], readonly=True
    )
    def measures(self, chosen="", **_kw):
        """Return the PDF of the chosen measures; by the rights of whoever asks."""
        told = self._read(chosen)
        pdf = request.env["hotline.kb.questionnaire"]._print(
            told.get("measure_ids"), told.get("answers"), told.get("place_id")
        )
        name = request.env._("Measures of support")  # not within an f-string: terms are read here
        return own_bytes(f"{name}.pdf", pdf)

    def _read(self, chosen):
        try:
            told = json.loads(chosen[:LONGEST])
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise UserError(request.env._("The questionnaire was sent damaged: open it anew."))
        return told
