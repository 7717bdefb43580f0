import json

from werkzeug.urls import url_decode, url_encode

from odoo import http
from odoo.http import request

from odoo.addons.auth_oauth.controllers.main import OAuthController
from odoo.addons.auth_oidc.controllers.main import OpenIDLogin

from ..domain import identity
from ..models.auth_oauth_provider import CODE_FLOW
from ..models.res_users_identification import SECRET


class IdentificationLogin(OpenIDLogin):
    """The links to OpenID Connect providers are bound to the browser that asked for them."""

    def list_providers(self):
        providers = super().list_providers()
        for provider in providers:
            if provider.get("flow") == CODE_FLOW:
                provider["auth_link"] = self._bound(provider["auth_link"])
        return providers

    def get_state(self, provider):
        state = super().get_state(provider)
        if provider.get("flow") == CODE_FLOW:
            state["k"] = identity.new_secret()
        return state

    def _bound(self, link):
        """Return `link` with nonce and challenge of this session's own."""
        address, _mark, query = link.partition("?")
        params = url_decode(query)
        secret = request.session.get(SECRET) or identity.new_secret()
        request.session[SECRET] = secret
        sign_in = identity.SignIn(secret, json.loads(params["state"])["k"])
        params["nonce"] = sign_in.nonce
        params["code_challenge"] = sign_in.challenge
        return f"{address}?{url_encode(params)}"

    @http.route()
    def web_login(self, *args, **kw):
        """Say what a citizen can do when the service's sign-in failed."""
        response = super().web_login(*args, **kw)
        if response.is_qweb and request.params.get("oauth_error"):
            response.qcontext["error"] = request.env._(
                "The sign-in through the service did not succeed. Try once more; if it fails "
                "again, sign in with your login and password or call the hotline."
            )
        return response

    @http.route("/hotline/identify/<int:provider_id>", type="http", auth="public", sitemap=False)
    def identify(self, provider_id, redirect="", **_kw):
        """Go to an identification service, also from a session that is signed in otherwise.

        The parameter `redirect` (a path of this site) tells where to come back to.
        """
        is_path = redirect.startswith("/") and redirect[1:2] not in ("/", "\\")
        request.params["redirect"] = redirect if is_path else "/my"
        services = request.env["auth.oauth.provider"]._identifying()
        found = [one for one in self.list_providers() if one["id"] == provider_id]
        if not found or provider_id not in services.ids:
            raise request.not_found()
        return request.redirect(found[0]["auth_link"], code=303, local=False)


class IdentificationAnswer(OAuthController):
    """Roads of auth_oauth that are closed here."""

    @http.route()
    def oea(self, **_kw):
        """Odoo's own accounts: it would carry visitors out of the perimeter; closed."""
        raise request.not_found()
