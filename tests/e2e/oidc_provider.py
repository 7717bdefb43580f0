"""An OpenID Connect provider on loopback: authorization code with PKCE, signed tokens, a key set.

It is as strict as a real one (client, redirect address, PKCE, a code is good once) and fails as
real ones fail when `fault` says so. The person is signed in there already: it asks nothing.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwk, jwt

CLIENT, SECRET = "hotline", "client-secret-of-tests"
PERSON = {
    "sub": "1000571421",
    "name": "Иванова Мария Петровна",
    "family_name": "Иванова",
    "given_name": "Мария",
    "middle_name": "Петровна",
}


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@dataclass
class Provider:
    """The provider; `fault` changes its next answers: a key of `FAULTS`, or nothing."""

    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    fault: str = ""
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key, self.other_key = _new_key(), _new_key()
        self.codes: dict[str, dict[str, str]] = {}
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser is sent with a code; ValueError for a bad request."""
        wanted = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        for name, value in wanted.items():
            if query.get(name) != value:
                raise ValueError(name)
        if not query.get("nonce") or not query.get("state") or not query.get("code_challenge"):
            raise ValueError("nonce, state or challenge")
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def tokens(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        """Return the tokens of a code; ValueError where a real provider refuses."""
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None:
            raise ValueError("invalid_grant")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            raise ValueError("invalid_grant: PKCE")
        if form.get("redirect_uri") != asked["redirect_uri"]:
            raise ValueError("invalid_grant: redirect_uri")
        if not authorization.startswith("Basic "):
            raise ValueError("invalid_client")
        access_token = secrets.token_urlsafe(24)
        token = self._id_token(asked, access_token)
        return {"access_token": access_token, "token_type": "Bearer", "id_token": token}

    def _id_token(self, asked: dict[str, str], access_token: str) -> str:
        now = int(time.time())
        claims = {
            **self.person,
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        claims = FAULTS.get(self.fault, lambda claims: claims)(claims)
        key = self.other_key if self.fault == "signature" else self.key
        token = jwt.encode(
            claims, key, algorithm="RS256", headers={"kid": "1"}, access_token=access_token
        )
        if self.fault == "no algorithm":
            return _unsigned(claims)
        return token

    def keys(self) -> dict[str, Any]:
        """Return the key set."""
        public = jwk.construct(self.key, "RS256").public_key().to_dict()
        return {"keys": [{**_plain(public), "kid": "1", "use": "sig"}]}


def _plain(key: dict[str, Any]) -> dict[str, Any]:
    return {name: v.decode() if isinstance(v, bytes) else v for name, v in key.items()}


def _unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "kid": "1"}, claims)
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return b".".join([*texts, b""]).decode()


Claims = dict[str, Any]
# What is wrong with the token, by the name of the fault.
FAULTS: dict[str, Callable[[Claims], Claims]] = {
    "signature": lambda claims: claims,
    "no algorithm": lambda claims: claims,
    "expired": lambda claims: {**claims, "iat": claims["iat"] - 7200, "exp": claims["iat"] - 3600},
    "never expires": lambda claims: {k: v for k, v in claims.items() if k != "exp"},
    "kept for long": lambda claims: {**claims, "iat": claims["iat"] - 86400},
    "audience": lambda claims: {**claims, "aud": "somebody-else"},
    "authorised party": lambda claims: {**claims, "aud": [CLIENT, "x"], "azp": "x"},
    "issuer": lambda claims: {**claims, "iss": "https://elsewhere.example"},
    "nonce": lambda claims: {**claims, "nonce": "another-sign-in"},
    "no nonce": lambda claims: {k: v for k, v in claims.items() if k != "nonce"},
    "no subject": lambda claims: {k: v for k, v in claims.items() if k != "sub"},
}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.provider.requests.append(address.path)
        if address.path == "/keys":
            return self._json(self.provider.keys())
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        try:
            target = self.provider.authorize(query)
        except ValueError as error:
            return self._json({"error": str(error)}, status=400)
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()
        return None

    def do_POST(self) -> None:
        self.provider.requests.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if self.provider.fault == "down":
            return self._json({"error": "server_error"}, status=503)
        try:
            tokens = self.provider.tokens(form, self.headers.get("Authorization", ""))
        except ValueError as error:
            return self._json({"error": str(error)}, status=400)
        return self._json(tokens)

    def _json(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""
