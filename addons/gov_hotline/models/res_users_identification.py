import json
import logging
from dataclasses import dataclass

import requests
from jose.exceptions import JOSEError

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..domain import identity
from .auth_oauth_provider import CODE_FLOW

_logger = logging.getLogger(__name__)

SECRET = "hotline_oidc_secret"  # noqa: S105 - a key of the session
MARK = "hotline_identified"
# An attribute of the request in which a service has just proved who signs in.
PROVED = "hotline_proved_by"
# Passed in the context by _auth_oauth_signin alone: an object cannot be forged over RPC.
_MAY_SIGN_UP = object()


@dataclass(frozen=True)
class _Client:
    """A provider as auth_oidc's request for tokens reads it, with this sign-in's own verifier."""

    client_id: str
    client_secret: str
    token_endpoint: str
    code_verifier: str


class ResUsers(models.Model):
    """Sign-in through an identification service, and the mark it leaves on the session.

    The mark lives in the server's side of the session: it is made by the answer of a provider with
    the flag, dropped by any other sign-in and by signing out. Neither a client nor RPC writes it.
    """

    _inherit = "res.users"

    def authenticate(self, credential, user_agent_env):
        """Any new sign-in drops the mark; the one that a service has just proved makes it anew."""
        if request:
            request.session.pop(MARK, None)
        auth_info = super().authenticate(credential, user_agent_env)
        proved = getattr(request, PROVED, None) if request else None
        if proved and credential["type"] == "oauth_token":
            self._hotline_mark_session(auth_info["uid"], proved)
        return auth_info

    @api.model
    def auth_oauth(self, provider, params):
        """Only enabled providers, and by OpenID Connect only what is meant for this browser."""
        found = isinstance(provider, int) and self.env["auth.oauth.provider"].browse(provider)
        if not found or not found.exists() or not found.enabled:
            raise AccessDenied()
        if found.flow != CODE_FLOW:
            return super().auth_oauth(provider, params)
        try:
            credentials = super().auth_oauth(provider, params)
        except (JOSEError, requests.RequestException, ValueError, KeyError) as error:
            _logger.info("Sign-in through %s refused: %s", found.name, error)
            raise AccessDenied() from error
        setattr(request, PROVED, found.id if found.hotline_identifies else None)
        return credentials

    def _auth_oauth_get_tokens_auth_code_flow(self, oauth_provider, params):
        """The verifier is made for this sign-in; auth_oidc keeps one for all of a provider's."""
        client = _Client(
            client_id=oauth_provider.client_id,
            client_secret=oauth_provider.client_secret,
            token_endpoint=oauth_provider.token_endpoint,
            code_verifier=self._hotline_sign_in(params).verifier,
        )
        return super()._auth_oauth_get_tokens_auth_code_flow(client, params)

    @api.model
    def _hotline_sign_in(self, params):
        """Return the sign-in that this browser began; AccessDenied where it began none."""
        key = json.loads(params["state"]).get("k")
        secret = request.session.get(SECRET)
        if not key or not secret:
            raise AccessDenied()
        return identity.SignIn(secret, str(key))

    @api.model
    def _auth_oauth_signin(self, provider, validation, params):
        found = self.env["auth.oauth.provider"].browse(provider)
        if found.flow != CODE_FLOW:
            return super()._auth_oauth_signin(provider, validation, params)
        found._check_claims(validation, self._hotline_sign_in(params).nonce)
        if not found.hotline_identifies:
            return super()._auth_oauth_signin(provider, validation, params)
        users = self.with_context(hotline_signup=_MAY_SIGN_UP)
        login = super(ResUsers, users)._auth_oauth_signin(provider, validation, params)
        self._hotline_take_name(provider, validation)
        return login

    @api.model
    def _get_signup_invitation_scope(self):
        """An identified citizen needs no invitation."""
        if self.env.context.get("hotline_signup") is _MAY_SIGN_UP:
            return "b2c"
        return super()._get_signup_invitation_scope()

    @api.model
    def _generate_signup_values(self, provider, validation, params):
        """A new citizen; the login is the service's own, an e-mail could be another person's."""
        values = super()._generate_signup_values(provider, validation, params)
        if self.env.context.get("hotline_signup") is not _MAY_SIGN_UP:
            return values
        login = f"provider_{provider}_user_{validation['user_id']}"
        email = validation.get("email") or False
        return {**values, "login": login, "email": email, "hotline_kind": "citizen"}

    @api.model
    def _hotline_take_name(self, provider, validation):
        """The name of a citizen's account is the one the service vouches for."""
        user = self.search(
            [("oauth_provider_id", "=", provider), ("oauth_uid", "=", validation["user_id"])]
        )
        names = identity.person(validation)
        if user.share and {"surname", "given_name"} <= set(names):
            user.partner_id.write({"patronymic": False, **names})

    # The mark

    @api.model
    def _hotline_mark_session(self, uid, provider_id):
        """Mark the session in which `provider_id` has proved who `uid` is."""
        moment = fields.Datetime.to_string(fields.Datetime.now())
        request.session[MARK] = {"uid": uid, "provider": provider_id, "at": moment}

    @api.model
    def _hotline_identification(self):
        """Return {"provider": record, "at": datetime} of an identified session, else False."""
        mark = request.session.get(MARK) if request else None
        if not mark or not mark["uid"] == self.env.uid == request.session.uid:
            return False
        services = self.env["auth.oauth.provider"]._identifying()
        provider = services.filtered(lambda one: one.id == mark["provider"])
        at = fields.Datetime.to_datetime(mark["at"])
        return {"provider": provider, "at": at} if provider else False
