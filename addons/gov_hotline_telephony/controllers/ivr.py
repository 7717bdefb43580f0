import json
import logging

from psycopg2.errors import QueryCanceled

from odoo import http
from odoo.http import request

_logger = logging.getLogger(__name__)
BUDGET_MS = 1_800  # the voice waits for two seconds
MOST = 4_096  # bytes of a question
BEARER = "bearer "


class HotlineIvr(http.Controller):
    """Questions of the voice beside the PBX: with its key only, nothing for the public."""

    @http.route(
        "/hotline/ivr/<string:what>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,  # the key is the authority; there is no session to misuse
        save_session=False,
    )
    def answer(self, what):
        """Return {"result", "words"} as JSON: 401 without a right key, 404 for an unknown question.

        Nothing is told of why a key is wrong; each wrong one is written to the log.
        """
        pbx = self._pbx()
        if not pbx:
            _logger.warning("Voice menu: a wrong key from %s", request.httprequest.remote_addr)
            return self._json({"result": "denied"}, 401)
        asked = self._asked()
        if asked is None:
            return self._json({"result": "invalid"}, 400)
        request.env.cr.execute("SET LOCAL statement_timeout = %s", [BUDGET_MS])
        try:
            told = pbx._ivr_answer(what, asked)
        except QueryCanceled:
            request.env.cr.rollback()
            _logger.warning("Voice menu: «%s» took too long", what)
            return self._json({"result": "slow"}, 503)
        return self._json(told, 200) if told else self._json({"result": "unknown"}, 404)

    def _pbx(self):
        header = request.httprequest.headers.get("Authorization", "")
        if not header.lower().startswith(BEARER):
            return None
        # sudo: the key is the authority, its digest is in a column nobody reads
        return request.env["hotline.pbx"].sudo()._by_ivr_key(header[len(BEARER) :].strip())

    def _asked(self):
        """Return the question's values, texts all; None for what is no such thing."""
        if (request.httprequest.content_length or 0) > MOST:
            return None
        try:
            asked = json.loads(request.httprequest.get_data(cache=False))
        except ValueError:
            return None
        if not isinstance(asked, dict):
            return None
        return {str(name): str(value)[:100] for name, value in asked.items()}

    def _json(self, told, status):
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        return request.make_response(json.dumps(told), headers=headers, status=status)
