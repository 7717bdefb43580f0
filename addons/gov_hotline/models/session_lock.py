import time

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.http import request, root

from odoo.addons.auth_timeout.models.ir_http import CheckIdentityException
from odoo.addons.bus.websocket import wsrequest

from .helpdesk_ticket import ROLES

PARAM = "gov_hotline.lock_minutes"
DEFAULT = 15  # minutes
MOST = 24 * 60
SEEN_AT = "hotline-seen"  # in the session: when its user last did something, seconds
NEXT = "identity-check-next"  # core's: from this moment on the session is locked
STEP = 60  # the session is not written more often, seconds


class ResUsers(models.Model):
    """The staff's screens are locked when nobody has touched them for a while."""

    _inherit = "res.users"

    def _get_lock_timeouts(self):
        """Add the hotline's own idle time to what the groups ask for; the shorter one holds."""
        timeouts = super()._get_lock_timeouts()
        seconds = self._hotline_lock_seconds()
        own = timeouts.get("lock_timeout_inactivity") or []
        if not seconds or (own and own[0][0] <= seconds):
            return timeouts
        with_code = [one for one in own if one[1]]  # later, with a second factor: still asked for
        return {**timeouts, "lock_timeout_inactivity": [(seconds, False), *with_code]}

    def _hotline_lock_seconds(self):
        """Return after how many idle seconds this user's session locks; 0: never."""
        self.ensure_one()
        if not any(self.has_group(f"gov_hotline.group_{role}") for role in ROLES):
            return 0
        # sudo: the setting of the whole system
        minutes = self.env["ir.config_parameter"].sudo().get_param(PARAM, DEFAULT)
        return 60 * (int(minutes) if str(minutes).isdecimal() else DEFAULT)


class IrHttp(models.AbstractModel):
    """The server's side: it does not rely on what the browser tells.

    Core locks a session when its browser says that nobody is there, or is gone. Here a session
    that has asked for nothing for so long is locked too, and a locked one is nobody on the pages
    that everybody may open (files, letters, threads), by which data would leave.
    """

    _inherit = "ir.http"

    @classmethod
    def _must_check_identity(cls):
        user = request.env(user=request.session.uid).user
        note_presence(request.session, user._get_lock_timeout_inactivity())
        return super()._must_check_identity()

    @classmethod
    def _check_identity(cls, credential):
        more = super()._check_identity(credential)
        if more is None:  # confirmed
            request.session[SEEN_AT] = time.time()
        return more

    @classmethod
    def _authenticate(cls, endpoint):
        try:
            super()._authenticate(endpoint)
        except CheckIdentityException as locked:  # core's words are not for people
            raise CheckIdentityException(_locked_words()) from locked
        auth, session = endpoint.routing["auth"], request.session
        if auth not in ("public", "bearer") or not session.uid:
            return
        if auth == "bearer" and request.httprequest.headers.get("Authorization"):
            return  # a key, not the session
        if cls._must_check_identity():
            if auth == "bearer":
                raise CheckIdentityException(_locked_words())
            request.update_env(user=request.env.ref("base.public_user").id)


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _update_mail_presence(self, inactivity_period):
        """Who writes a long text asks the server for nothing: the browser tells of the keys."""
        timeout = self.env.user._get_lock_timeout_inactivity()
        session = (request or wsrequest).session
        if timeout and inactivity_period < 1000 * timeout and note_presence(session, timeout):
            root.session_store.save(session)  # nobody else does after a websocket's message
        return super()._update_mail_presence(inactivity_period)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_lock_minutes = fields.Integer(
        string="Lock the screen after, minutes", config_parameter=PARAM, default=DEFAULT
    )

    @api.constrains("hotline_lock_minutes")
    def _check_hotline_lock_minutes(self):
        for settings in self:
            if not 1 <= settings.hotline_lock_minutes <= MOST:
                raise ValidationError(
                    self.env._("The screen is locked after 1 to %(most)s minutes.", most=MOST)
                )


def _locked_words():
    env = request.env(user=request.session.uid, context=dict(request.session.context))
    return env._("The session is locked. Enter your password on the screen to go on.")


def note_presence(session, timeout):
    """Note in `session` that its user did something; lock it, where that was too long ago.

    `timeout` in seconds, None for a user who is never locked. Returns whether it was changed.
    """
    now, seen_at = time.time(), session.get(SEEN_AT)
    if not timeout or session.get(NEXT, now + 1) <= now:
        return False  # locked already: no presence opens it
    if seen_at and now - seen_at > timeout:
        session[NEXT] = now
        return True
    if not seen_at or now - seen_at > min(STEP, timeout / 2):
        session[SEEN_AT] = now
        return True
    return False
