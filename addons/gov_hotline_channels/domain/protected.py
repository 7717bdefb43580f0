"""Whether a file opens only with a password. Nothing is decrypted and nothing is unpacked."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from typing import Final

import msoffcrypto
import pypdf

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PDF: Final = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_ENCRYPTED_ENTRY: Final = 0x1
_LONGEST_MANIFEST: Final = 1024 * 1024
# They warn of what senders do wrong; here that is expected, and what comes of it is the answer.
for _name in ("pypdf", "msoffcrypto", "olefile"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def is_protected(content: bytes) -> bool:
    """Tell whether these bytes are a zip, an office document or a PDF that asks for a password.

    A file so broken that nobody can tell is not called protected.
    """
    try:
        if content.startswith(b"PK"):
            return _zip(content)
        if content.startswith(_OLE):
            return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
        if content.startswith(b"%PDF-") and _ENCRYPTED_PDF.search(content):
            return _pdf(content)
    except Exception:  # noqa: BLE001  three parsers over a stranger's bytes: each fails in its way
        return False
    return False


def _zip(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(entry.flag_bits & _ENCRYPTED_ENTRY for entry in archive.infolist()):
            return True
        if "META-INF/manifest.xml" not in archive.namelist():
            return False
        with archive.open("META-INF/manifest.xml") as manifest:  # of OpenDocument
            return b"encryption-data" in manifest.read(_LONGEST_MANIFEST)


def _pdf(content: bytes) -> bool:
    """Many a PDF forbids printing only: it opens with an empty password."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return reader.is_encrypted and not reader.decrypt("")
