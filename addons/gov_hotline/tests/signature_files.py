"""Signature files for tests: RSA made by cryptography, GOST put together without its arithmetic."""

from datetime import UTC, datetime, timedelta

from asn1crypto import algos, cms, core, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

SERIAL = 0x3F1A2B
ISSUER = "Удостоверяющий центр Озёрского края"
SIGNER = (("surname", "Кузнецов"), ("given_name", "Виктор Андреевич"))


def _name(*pairs):
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in pairs])


def rsa_signature(body, *, starts=None, days=365, attached=False, encoding="DER"):
    """Return a CMS signature of `body` by a fresh RSA certificate (SHA-256)."""
    starts = starts or datetime.now(UTC) - timedelta(days=30)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = _name(
        (NameOID.COMMON_NAME, "Кузнецов В. А."),
        (NameOID.SURNAME, SIGNER[0][1]),
        (NameOID.GIVEN_NAME, SIGNER[1][1]),
        (NameOID.ORGANIZATION_NAME, "Министерство"),
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name((NameOID.COMMON_NAME, ISSUER)))
        .public_key(key.public_key())
        .serial_number(SERIAL)
        .not_valid_before(starts)
        .not_valid_after(starts + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(body)
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary]
    if not attached:
        options.append(pkcs7.PKCS7Options.DetachedSignature)
    return builder.sign(getattr(serialization.Encoding, encoding), options)


def gost_signature():
    """Return a file of the form of a GOST R 34.10-2012 signature; its numbers prove nothing."""
    digest, sign = "1.2.643.7.1.1.2.2", "1.2.643.7.1.1.1.1"
    moment = datetime.now(UTC)
    name = asn1_x509.Name.build({"common_name": "Кузнецов В. А."})
    tbs = asn1_x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": SERIAL,
            "signature": {"algorithm": "1.2.643.7.1.1.3.2"},
            "issuer": asn1_x509.Name.build({"common_name": ISSUER}),
            "validity": {
                "not_before": asn1_x509.Time({"utc_time": moment - timedelta(days=9)}),
                "not_after": asn1_x509.Time({"utc_time": moment + timedelta(days=9)}),
            },
            "subject": name,
            "subject_public_key_info": _gost_key(sign),
        }
    )
    certificate = asn1_x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": {"algorithm": "1.2.643.7.1.1.3.2"},
            "signature_value": b"\0" * 64,
        }
    )
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": {
                        "issuer": asn1_x509.Name.build({"common_name": ISSUER}),
                        "serial_number": SERIAL,
                    }
                }
            ),
            "digest_algorithm": {"algorithm": digest},
            "signed_attrs": [{"type": "message_digest", "values": [b"\1" * 32]}],
            "signature_algorithm": {"algorithm": sign},
            "signature": b"\0" * 64,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()


def _gost_key(algorithm):
    """Return a public key of an algorithm that asn1crypto does not know, as raw bytes."""
    inner = core.ObjectIdentifier(algorithm).dump()
    bits = b"\x03\x43\x00" + b"\x04\x40" + b"\2" * 64
    algorithm_der = b"\x30" + bytes([len(inner)]) + inner
    spki_der = b"\x30" + bytes([len(algorithm_der + bits)]) + algorithm_der + bits
    return keys.PublicKeyInfo.load(spki_der)
