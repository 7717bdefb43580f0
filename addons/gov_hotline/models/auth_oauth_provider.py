import logging
import time

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, ValidationError

from ..domain import identity

_logger = logging.getLogger(__name__)

# What OpenID Connect needs: the flow with a code is the only one that shows no token to a browser.
CODE_FLOW = "id_token_code"
NEEDED = ("hotline_issuer", "token_endpoint", "jwks_uri", "auth_endpoint")


class AuthOauthProvider(models.Model):
    """A service that citizens sign in with; a flag tells whether the law trusts it (REG-CH)."""

    _inherit = "auth.oauth.provider"

    hotline_identifies = fields.Boolean(
        string="Identification for 59-FZ",
        help="The service identifies or authenticates a person as article 4 of 59-FZ asks "
        "(ESIA by the body's own gateway). What is filed after such a sign-in is an appeal; after "
        "any other it is a message.",
    )
    hotline_issuer = fields.Char(
        string="Issuer",
        help="The claim «iss» of the service's tokens, letter for letter.",
    )

    @api.constrains("hotline_identifies", "flow", *NEEDED)
    def _check_hotline_identifies(self):
        for provider in self.filtered("hotline_identifies"):
            complete = all(provider[name] for name in NEEDED)
            if provider.flow != CODE_FLOW or not complete:
                raise ValidationError(
                    self.env._(
                        "«%(name)s» cannot identify for 59-FZ: it needs OpenID Connect with the "
                        "authorization code flow, an issuer and the addresses of tokens and keys.",
                        name=provider.name,
                    )
                )

    @api.model
    def _identifying(self):
        """Return the enabled services that identify, as sudo."""
        # sudo: a citizen does not read providers; the pages show their names
        return self.sudo().search([("enabled", "=", True), ("hotline_identifies", "=", True)])

    def _check_claims(self, claims, nonce):
        """Refuse claims that are not for this sign-in: auth_oidc looks at signature and audience.

        Raises AccessDenied; its reason is for the log, never for the visitor.
        """
        self.ensure_one()
        problem = identity.claims_problem(
            claims,
            issuer=self.hotline_issuer or "",
            client_id=self.client_id,
            nonce=nonce,
            now=time.time(),
        )
        if problem:
            _logger.info("Sign-in through %s refused: claim %s", self.name, problem)
            raise AccessDenied()
