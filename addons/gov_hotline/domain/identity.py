"""A sign-in through an identification service (OpenID Connect): what binds it to one browser.

Nonce and PKCE verifier are made of a secret that only the server's side of the session holds and of
a key that travels in `state`: several tabs need no list, and an answer meant for another browser
finds another secret. https://openid.net/specs/openid-connect-core-1_0.html, RFC 7636.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# A clock of the provider may be ahead or behind by so many seconds.
LEEWAY: Final = 120
# The newest id token is some seconds old; an older one was kept somewhere.
LONGEST_AGE: Final = 600


def new_secret() -> str:
    """A secret of a session, or a key of one sign-in."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class SignIn:
    """One attempt to sign in: the session's `secret` and the `key` in `state`."""

    secret: str
    key: str

    @property
    def nonce(self) -> str:
        """What the id token must repeat."""
        return self._made_of("nonce")

    @property
    def verifier(self) -> str:
        """What the token endpoint gets to see (PKCE)."""
        return self._made_of("verifier")

    @property
    def challenge(self) -> str:
        """What the browser carries to the authorisation endpoint (S256)."""
        return _text(hashlib.sha256(self.verifier.encode()).digest())

    def _made_of(self, purpose: str) -> str:
        message = f"{purpose}:{self.key}".encode()
        return _text(hmac.new(self.secret.encode(), message, hashlib.sha256).digest())


def claims_problem(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: float
) -> str:
    """Why a token with a good signature still proves nothing; empty when it does.

    `now`: seconds since 1970. `issuer` may be empty for a provider that does not identify.
    """
    checks = {
        "iss": bool(claims.get("iss")) and (not issuer or claims["iss"] == issuer),
        "aud": client_id in _listed(claims.get("aud")),
        "azp": claims.get("azp", client_id) == client_id,
        "sub": bool(claims.get("sub")),
        "exp": _number(claims.get("exp")) > now - LEEWAY,
        "iat": now - LONGEST_AGE < _number(claims.get("iat")) < now + LEEWAY,
        "nonce": hmac.compare_digest(str(claims.get("nonce") or ""), nonce),
    }
    return next((name for name, good in checks.items() if not good), "")


def person(claims: Mapping[str, Any]) -> dict[str, str]:
    """Surname, given name and patronymic of the standard claims; absent ones are left out."""
    names = {"surname": "family_name", "given_name": "given_name", "patronymic": "middle_name"}
    found = {ours: str(claims.get(theirs) or "").strip() for ours, theirs in names.items()}
    return {name: value for name, value in found.items() if value}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _number(value: object) -> float:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
