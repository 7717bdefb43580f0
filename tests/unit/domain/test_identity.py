"""A sign-in through an identification service: bound to one browser, its claims checked (A4)."""

import base64
import hashlib

import pytest
from gov_hotline.domain import identity

NOW = 1_800_000_000.0
SIGN_IN = identity.SignIn("secret-of-the-session", "key-in-state")
CLAIMS = {
    "iss": "https://gateway.example",
    "aud": "hotline",
    "sub": "1000571421",
    "iat": NOW - 1,
    "exp": NOW + 300,
    "nonce": SIGN_IN.nonce,
}


def problem(**changed):
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    known = {"issuer": "https://gateway.example", "client_id": "hotline", "now": NOW}
    return identity.claims_problem(claims, nonce=SIGN_IN.nonce, **known)


def test_sign_ins_differ():
    """Another session or another tab has another nonce and another verifier."""
    others = [identity.SignIn("other", "key-in-state"), identity.SignIn(SIGN_IN.secret, "other")]
    assert len({one.nonce for one in (SIGN_IN, *others)}) == 3
    assert len({one.verifier for one in (SIGN_IN, *others)}) == 3
    assert SIGN_IN.nonce != SIGN_IN.verifier
    assert identity.new_secret() != identity.new_secret()


def test_challenge_is_that_of_pkce():
    digest = hashlib.sha256(SIGN_IN.verifier.encode()).digest()
    assert SIGN_IN.challenge == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert 43 <= len(SIGN_IN.verifier) <= 128


def test_good_claims():
    assert problem() == ""
    assert problem(aud=["hotline", "other"], azp="hotline") == ""


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"iss": "https://elsewhere.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "other"}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": ["hotline", "x"], "azp": "x"}, "azp"),
        ({"sub": ""}, "sub"),
        ({"exp": NOW - 1000}, "exp"),
        ({"exp": None}, "exp"),
        ({"exp": True}, "exp"),
        ({"exp": "later"}, "exp"),
        ({"iat": NOW - 86_400}, "iat"),
        ({"iat": NOW + 3600}, "iat"),
        ({"nonce": "other"}, "nonce"),
        ({"nonce": None}, "nonce"),
    ],
)
def test_claims_that_prove_nothing(changed, found):
    assert problem(**changed) == found


def test_person():
    claims = {"family_name": " Иванова ", "given_name": "Мария", "middle_name": None}
    assert identity.person(claims) == {"surname": "Иванова", "given_name": "Мария"}
