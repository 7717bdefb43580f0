"""A letter as it came over the wire, read into what people and rules look at."""

from __future__ import annotations

import email
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from . import charsets, headers, plain, protected, tnef

_LONGEST_BODY: Final = 200_000
_MOST_FILES: Final = 200
_DEEPEST: Final = 20
_MOST_HEADERS: Final = 200
_LONGEST_HEADER: Final = 2_000
_BROKEN_SHAPE: Final = re.compile("Boundary|Multipart")
_ALTERNATIVES: Final = ("text/plain", "text/html")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a letter or a file, and by its code what was done about it.

    The words are `models/fault_texts.py`'s; `params`: what they name, as text.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LetterFile:
    """An enclosure: its name, cleaned of paths; its bytes; `fault`: None where all is well."""

    name: str
    content: bytes
    fault: Fault | None = None


@dataclass(frozen=True)
class Letter:
    """What a letter says. Every text is printable; what is absent is empty.

    `from_address`, `to`: bare addresses in small letters (`to`: To and Cc); `date`: of the Date
    header, UTC and naive, None where there is none or it cannot be read; `message_id`,
    `in_reply_to`, `references`: with angle brackets, the oldest first; `body`: plain text;
    `headers`: all of them, (name in small letters, value) in their order, for rules that tell
    automatons from people; `content_type`: of the whole letter, in small letters.
    """

    from_address: str = ""
    from_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    body: str = ""
    files: tuple[LetterFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = ""

    def header(self, name: str) -> str:
        """Return the first value of a header, "" where there is none."""
        return next((value for key, value in self.headers if key == name.lower()), "")


def read(raw: bytes) -> Letter:
    """Read a letter. Never raises: what cannot be read is named in `faults`, the rest is there."""
    try:
        return _read(raw)
    except Exception:  # noqa: BLE001  the parser of a stranger's bytes: a letter must not be lost
        return _head_only(raw)


def _read(raw: bytes) -> Letter:
    message = email.message_from_bytes(raw)
    letter = _with_head(Letter(), message)
    content = _Content()
    _walk(message, content, 0)
    if len(content.files) > _MOST_FILES:
        content.fault("too_many_files", count=str(len(content.files)), limit=str(_MOST_FILES))
    body = plain.tidy("\n\n".join(filter(None, content.texts)))
    if len(body) > _LONGEST_BODY:
        content.fault("long_body", limit=str(_LONGEST_BODY))
    return replace(
        letter,
        body=body[:_LONGEST_BODY],
        files=tuple(_checked(content.files[:_MOST_FILES])),
        faults=letter.faults + tuple(content.faults),
    )


def _head_only(raw: bytes) -> Letter:
    fault = Fault("unreadable")
    try:
        letter = _with_head(Letter(), BytesHeaderParser().parsebytes(raw[:200_000]))
    except Exception:  # noqa: BLE001  as above: nothing at all can be read
        return Letter(faults=(fault,))
    return replace(letter, faults=(*letter.faults, fault))


# The head


def _with_head(letter: Letter, message: Message) -> Letter:
    fields = [(name.lower(), str(value)) for name, value in message.raw_items()]
    values: dict[str, str] = {}
    for name, value in fields:
        values.setdefault(name, value)
    name, address = (headers.addresses(values.get("from", "")) or [("", "")])[0]
    to = [pair[1] for key in ("to", "cc") for pair in headers.addresses(values.get(key, ""))]
    said = values.get("date", "")
    date = headers.date(said)
    return replace(
        letter,
        from_address=address,
        from_name=name,
        to=tuple(dict.fromkeys(to)),
        subject=headers.decode_words(headers.raw_text(values.get("subject", "")))[:1000],
        date=date,
        message_id=next(iter(headers.message_ids(values.get("message-id", ""))), ""),
        in_reply_to=next(iter(headers.message_ids(values.get("in-reply-to", ""))), ""),
        references=headers.message_ids(values.get("references", "")),
        headers=tuple(_header_lines(fields)),
        content_type=message.get_content_type(),
        faults=() if date or not said else (Fault("date", {"said": headers.one_line(said)[:80]}),),
    )


def _header_lines(fields: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in fields[:_MOST_HEADERS]:
        text = headers.decode_words(headers.raw_text(value[:_LONGEST_HEADER]))
        yield headers.one_line(name), text


# The parts


class _Content:
    """What the parts of a letter give, in their order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.files: list[LetterFile] = []
        self.faults: list[Fault] = []

    def fault(self, code: str, **params: str) -> None:
        """Name a fault, once."""
        fault = Fault(code, params)
        if fault not in self.faults:
            self.faults.append(fault)

    def file(self, name: str, content: bytes, kind: str = "") -> None:
        """Take a file; one without a name gets a number and the ending of its type."""
        ending = mimetypes.guess_extension(kind) or ".bin"
        self.files.append(LetterFile(name or f"Вложение {len(self.files) + 1}{ending}", content))


def _walk(part: Message, content: _Content, depth: int) -> None:
    if any(_BROKEN_SHAPE.search(type(defect).__name__) for defect in part.defects):
        content.fault("broken_parts")
    if depth > _DEEPEST:
        content.fault("too_deep")
    elif part.get_content_type() == "message/rfc822" and part.is_multipart():
        _nested(part, content, depth)
    elif part.get_content_type() == "message/delivery-status":
        content.texts.append(charsets.printable(part.as_string()))
    elif part.get_content_type() == "multipart/alternative" and part.is_multipart():
        _alternative(part, content, depth)
    elif part.is_multipart():
        for inner in part.get_payload():
            _walk(inner, content, depth + 1)
    else:
        _leaf(part, content)


def _nested(part: Message, content: _Content, depth: int) -> None:
    """A letter within the letter: who wrote it, its text and files stand among the outer one's."""
    inner = part.get_payload(0)
    head = _with_head(Letter(), inner)
    content.fault("nested", subject=head.subject or "—", sender=head.from_address or "—")
    shown = " ".join(filter(None, (head.from_name, head.from_address)))
    content.texts.append(f"---\n{shown}\n{head.subject}")
    _walk(inner, content, depth + 1)


def _alternative(part: Message, content: _Content, depth: int) -> None:
    """The same text in several forms: the first that says something, plain before HTML."""
    said = False
    for form in _ALTERNATIVES:
        for inner in part.get_payload():
            if not said and inner.get_content_type() == form and not _name(inner):
                text = _text(inner, content)
                said = bool(text.strip())
                content.texts.append(text)
    for inner in part.get_payload():
        if inner.get_content_type() in _ALTERNATIVES and not _name(inner):
            continue
        if said and inner.is_multipart():
            _files_of(inner, content, depth)
        else:
            _walk(inner, content, depth + 1)


def _files_of(part: Message, content: _Content, depth: int) -> None:
    """Take the files of a form whose text is known already (HTML with its pictures)."""
    spare = _Content()
    _walk(part, spare, depth + 1)
    content.files += spare.files
    for fault in spare.faults:
        content.fault(fault.code, **fault.params)


def _leaf(part: Message, content: _Content) -> None:
    kind = part.get_content_type()
    name = _name(part)
    attached = _raw(part, "content-disposition").strip().lower().startswith("attachment")
    spoken = kind.startswith("text/") and kind != "text/calendar" and not name and not attached
    # a leaf called multipart has no boundary to be found: all of it is one text
    if spoken or kind.startswith("multipart/"):
        content.texts.append(_text(part, content))
    elif kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        _winmail(name or "winmail.dat", _bytes(part, name, content), content)
    else:
        content.file(name, _bytes(part, name, content), kind)


def _winmail(name: str, raw: bytes, content: _Content) -> None:
    packed = tnef.unpack(raw)
    for inner, file in packed.files:
        content.file(headers.clean_name(inner), file)
    if packed.text and not any(text.strip() for text in content.texts):
        content.texts.append(packed.text)
    if packed.whole:
        names = ", ".join(headers.clean_name(inner) for inner, _file in packed.files)
        content.fault("winmail", name=name, files=names or "—")
    else:
        content.file(name, raw)
        content.fault("broken_winmail", name=name)


# The bytes of a part


def _raw(part: Message, field_name: str) -> str:
    """Return a field as it came (raw 8-bit as surrogates), "" where there is none."""
    fields = (str(value) for name, value in part.raw_items() if name.lower() == field_name)
    return next(fields, "")


def _name(part: Message) -> str:
    return headers.file_name(_raw(part, "content-disposition"), _raw(part, "content-type"))


def _bytes(part: Message, name: str, content: _Content) -> bytes:
    way = headers.one_line(_raw(part, "content-transfer-encoding")).lower()
    payload = part.get_payload()
    if way.startswith("base64") and isinstance(payload, str):
        raw, whole = headers.base64_bytes(payload.encode("utf-8", "replace"))
        if not whole:
            content.fault("broken_base64", name=name or "—")
        return raw
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _text(part: Message, content: _Content) -> str:
    claimed = str(part.get_param("charset", "") or "")
    text, real = charsets.decode(_bytes(part, "", content), claimed)
    if real:
        content.fault("charset", claimed=claimed or "—", real=real)
    return plain.from_html(text) if part.get_content_type() == "text/html" else text


def _checked(files: list[LetterFile]) -> Iterator[LetterFile]:
    """Name what is wrong with a file: empty, or under a password."""
    for file in files:
        code = ""
        if not file.content:
            code = "file_empty"
        elif protected.is_protected(file.content):
            code = "file_protected"
        yield replace(file, fault=Fault(code, {"name": file.name})) if code else file
