import time

from odoo import http
from odoo.http import request

from ..models.session_lock import NEXT


class SessionLock(http.Controller):
    @http.route("/hotline/session/lock", type="jsonrpc", auth="user", check_identity=False)
    def lock(self):
        """Lock the session at once: its user leaves the desk."""
        request.session[NEXT] = time.time()
