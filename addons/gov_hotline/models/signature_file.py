"""What stands in a signature file (CMS, PKCS #7): whose certificate, of which file.

Parsed by asn1crypto, which knows the form without knowing the algorithm: GOST signatures are shown
and not verified.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, pem

# Names of Russian qualified certificates that the library does not know.
NAMES = {
    "1.2.643.100.1": "ОГРН",
    "1.2.643.100.3": "СНИЛС",
    "1.2.643.100.4": "ИНН ЮЛ",
    "1.2.643.100.5": "ОГРНИП",
    "1.2.643.3.131.1.1": "ИНН",
    "common_name": "",
    "surname": "",
    "given_name": "",
    "title": "",
    "organization_name": "",
    "organizational_unit_name": "",
}
SHOWN = tuple(NAMES)
GOST = "1.2.643."


class NoSignatureError(ValueError):
    """The bytes are no signature with a certificate."""


@dataclass(frozen=True)
class SignatureFile:
    """The signer's certificate in words (UTC moments) and what the signature says of its file."""

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    is_gost: bool
    digest: tuple[str, bytes] | None  # (algorithm, message digest) where the file states one
    content: bytes | None  # of an attached signature: the signed bytes themselves

    def is_of(self, body: bytes) -> bool | None:
        """Whether it signs `body`; None where that cannot be told (GOST digests)."""
        if self.content is not None:
            return self.content == body
        if self.digest is None or self.digest[0] not in ("sha256", "sha384", "sha512", "sha1"):
            return None
        return hashlib.new(self.digest[0], body).digest() == self.digest[1]


def read(raw: bytes) -> SignatureFile:
    """Read DER, PEM or plain Base64. Raises NoSignatureError for anything else."""
    try:
        return _read(cms.ContentInfo.load(_der(raw), strict=True))
    except NoSignatureError:
        raise
    except (ValueError, TypeError, KeyError, binascii.Error) as error:
        raise NoSignatureError(str(error)) from error


def _der(raw: bytes) -> bytes:
    if pem.detect(raw):
        return pem.unarmor(raw)[2]
    if raw[:1] == b"\x30":
        return raw
    return base64.b64decode(b"".join(raw.split()), validate=True)


def _read(info: cms.ContentInfo) -> SignatureFile:
    if info["content_type"].native != "signed_data":
        raise NoSignatureError("not signed data")
    signed = info["content"]
    if not signed["signer_infos"]:
        raise NoSignatureError("no signer")
    signer = signed["signer_infos"][0]
    certificate = _certificate(signed, signer)
    tbs = certificate["tbs_certificate"]
    algorithm = signer["digest_algorithm"]["algorithm"].native
    content = signed["encap_content_info"]["content"]
    return SignatureFile(
        subject=_words(tbs["subject"]),
        issuer=_words(tbs["issuer"]),
        serial=f"{tbs['serial_number'].native:X}",
        valid_from=tbs["validity"]["not_before"].native.replace(tzinfo=None),
        valid_to=tbs["validity"]["not_after"].native.replace(tzinfo=None),
        is_gost=algorithm.startswith(GOST),
        digest=_digest(signer, algorithm),
        content=content.native if content is not None and content.native else None,
    )


def _certificate(signed, signer):
    """Return the certificate of the signer, by serial number; the chain may be beside it."""
    certificates = [one.chosen for one in signed["certificates"] or () if one.name == "certificate"]
    if not certificates:
        raise NoSignatureError("no certificate")
    sid = signer["sid"]
    if sid.name == "issuer_and_serial_number":
        serial = sid.chosen["serial_number"].native
        own = [one for one in certificates if one.serial_number == serial]
        return (own or certificates)[0]
    return certificates[0]


def _digest(signer, algorithm):
    for attribute in signer["signed_attrs"] or ():
        if attribute["type"].native == "message_digest":
            return algorithm, attribute["values"][0].native
    return None


def _words(name) -> str:
    """Return a name as people read it: «Кузнецов Виктор Андреевич, Министерство, ИНН 77…»."""
    parts = {}
    for rdn in name.chosen:
        for pair in rdn:
            parts.setdefault(pair["type"].native, pair["value"].native)
    if "surname" in parts and "given_name" in parts:
        parts["common_name"] = f"{parts.pop('surname')} {parts.pop('given_name')}"
    words = [(NAMES[key], parts[key]) for key in _order(parts)]
    return ", ".join(f"{label} {value}".strip() for label, value in words)


def _order(parts):
    first = ("common_name", "title", "organization_name", "organizational_unit_name")
    rest = [key for key in SHOWN if key not in first]
    return [key for key in (*first, *rest) if key in parts]
