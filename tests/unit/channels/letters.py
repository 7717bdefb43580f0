"""Letters as mail programmes and broken gateways send them, byte for byte."""

import base64
import io
import zipfile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def letter(*fields: str | bytes, body: bytes = b"") -> bytes:
    """Header lines (text is UTF-8), an empty line, the body; every line end is CRLF."""
    head = [line if isinstance(line, bytes) else line.encode() for line in fields]
    lines = body.replace(b"\r\n", b"\n").split(b"\n")
    return b"\r\n".join([*head, b"", *lines])


def parts(*chunks: bytes, kind: str = "mixed", end: bool = True) -> bytes:
    """A multipart letter; each chunk has its own head and body."""
    body = b"".join(b"--B\n" + chunk + b"\n" for chunk in chunks) + (b"--B--\n" if end else b"")
    return letter(
        "From: a@b.example",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/{kind}; boundary="B"',
        body=body,
    )


def enclosure(content: bytes, *lines: str | bytes) -> bytes:
    """A file as a part of a letter, in base64."""
    head = [line if isinstance(line, bytes) else line.encode() for line in lines]
    head.append(b"Content-Transfer-Encoding: base64")
    return b"\n".join([*head, b"", base64.encodebytes(content)])


def text(content: str, charset: str = "utf-8", kind: str = "plain") -> bytes:
    """A text as a part of a letter, 8-bit."""
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    return head.encode() + content.encode(charset)


def zipped(names: dict[str, bytes], password_bit: bool = False) -> bytes:
    """A zip; with the bit that says its entries are encrypted."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    raw = bytearray(held.getvalue())
    if password_bit:
        raw[6] |= 1
        raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def winmail(name: str, content: bytes, text_1251: str = "") -> bytes:
    """An envelope of Outlook with one file: 8.3 title, long name in UTF-16 among its properties."""

    def attribute(level: int, number: int, kind: int, data: bytes) -> bytes:
        head = bytes([level]) + number.to_bytes(2, "little") + kind.to_bytes(2, "little")
        total = (sum(data) & 0xFFFF).to_bytes(2, "little")
        return head + len(data).to_bytes(4, "little") + data + total

    wide = (name + "\0").encode("utf-16-le")
    named = b"\x1f\x00\x07\x37" + (1).to_bytes(4, "little") + len(wide).to_bytes(4, "little")
    props = (1).to_bytes(4, "little") + named + wide + b"\0" * (-len(wide) % 4)
    pieces = [
        b"\x78\x9f\x3e\x22\x01\x00",
        attribute(1, 0x9007, 6, (1251).to_bytes(4, "little") + b"\0" * 4),
        attribute(1, 0x800C, 1, text_1251.encode("cp1251") + b"\0") if text_1251 else b"",
        attribute(2, 0x9002, 6, b"\0" * 14),
        attribute(2, 0x8010, 1, b"OTVET~1.PDF\0"),
        attribute(2, 0x800F, 6, content),
        attribute(2, 0x9005, 6, props),
    ]
    return b"".join(pieces)
