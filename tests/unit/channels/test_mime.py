"""Reading letters (E1): what mail programmes and broken gateways really send."""

from datetime import datetime

import pytest
from gov_hotline_channels.domain import mime
from gov_hotline_channels.domain.mime import read
from hypothesis import given
from hypothesis import strategies as st

from .letters import PDF, enclosure, letter, parts, text, winmail, zipped

WORDS = "Добрый день! Отопление восстановлено, жильцы уведомлены."


def codes(found: mime.Letter) -> list[str]:
    """What was wrong with the letter and with its files."""
    return [fault.code for fault in found.faults] + [
        file.fault.code for file in found.files if file.fault
    ]


def names(found: mime.Letter) -> list[str]:
    return [file.name for file in found.files]


def test_head():
    found = read(
        letter(
            "From: =?windows-1251?B?yOLg7e7i4Cwgze7wLg==?= <Chief@Teplo.Example>",
            'To: "Hotline, main" <line@gov.example>, second@gov.example',
            "Cc: line@gov.example",
            "Subject: =?utf-8?Q?=D0=9E=D1=82=D0?= =?utf-8?Q?=B2=D0=B5=D1=82?= No 5",
            "Date: Mon, 16 Nov 2026 10:00:00 +0300",
            "Message-ID: <x1@teplo.example>",
            "In-Reply-To: <card@gov.example>",
            "References: <first@gov.example>\r\n <card@gov.example>",
            "Auto-Submitted: auto-replied",
            body=b"text",
        )
    )
    assert found.from_address == "chief@teplo.example"
    assert found.from_name == "Иванова, Нор."
    assert found.to == ("line@gov.example", "second@gov.example")
    assert found.subject == "Ответ No 5"  # a letter cut in halves between two encoded words
    assert found.date == datetime.fromisoformat("2026-11-16 07:00")
    assert found.message_id == "<x1@teplo.example>"
    assert found.in_reply_to == "<card@gov.example>"
    assert found.references == ("<first@gov.example>", "<card@gov.example>")
    assert found.header("auto-submitted") == "auto-replied"
    assert (found.body, found.faults) == ("text", ())


@pytest.mark.parametrize(
    ("value", "address", "name"),
    [
        ("a@b.example", "a@b.example", ""),
        ("<a@b.example>", "a@b.example", ""),
        ("Иван Петров <a@b.example>", "a@b.example", "Иван Петров"),
        ('"chief@gov.example" <evil@b.example>', "evil@b.example", "chief@gov.example"),
        ("=?utf-8?B?0JjQstCw0L0gPGFAYi5leGFtcGxlPg==?=", "a@b.example", "Иван"),
        ("Отдел ЖКХ", "", ""),
        ("", "", ""),
    ],
)
def test_sender(value: str, address: str, name: str):
    found = read(letter(f"From: {value}", body=b"x"))
    assert (found.from_address, found.from_name) == (address, name)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Mon, 16 Nov 2026 10:00:00 -0000", datetime.fromisoformat("2026-11-16 10:00")),
        ("16 Nov 2026 10:00:00 GMT", datetime.fromisoformat("2026-11-16 10:00")),
        ("yesterday", None),
        ("Mon, 16 Nov 1026 10:00:00 +0300", None),
        ("Mon, 99 Nov 2026 10:00:00 +0300", None),
    ],
)
def test_date(said: str, expected: datetime | None):
    found = read(letter(f"Date: {said}", body=b"x"))
    assert found.date == expected
    assert codes(found) == ([] if expected else ["date"])


@pytest.mark.parametrize(
    ("claimed", "real", "fault"),
    [
        ("windows-1251", "cp1251", []),
        ("koi8-r", "koi8-r", []),
        ("utf-8", "utf-8", []),
        ("utf-8", "cp1251", ["charset"]),
        ("us-ascii", "koi8-r", ["charset"]),
        ("iso-8859-1", "cp1251", ["charset"]),
        ("x-unknown", "koi8-r", ["charset"]),
    ],
)
def test_charset(claimed: str, real: str, fault: list[str]):
    """Windows-1251, KOI8-R, a charset that is not the one the text is in."""
    head = f"Content-Type: text/plain; charset={claimed}"
    found = read(letter("From: a@b.example", head, body=WORDS.encode(real)))
    assert found.body == WORDS
    assert codes(found) == fault


@pytest.mark.parametrize("real", ["cp1251", "koi8-r", "cp866", "utf-8"])
@pytest.mark.parametrize("words", [WORDS, WORDS.upper()])
def test_charset_that_nobody_names(real: str, words: str):
    found = read(letter(b"Subject: " + words.encode(real), body=words.encode(real)))
    assert (found.subject, found.body) == (words, words)


def test_quoted_printable_and_base64_texts():
    quoted = b"=C4=EE=E1=F0=FB=E9 =\nday"
    head = ("Content-Type: text/plain; charset=windows-1251",)
    found = read(letter(*head, "Content-Transfer-Encoding: quoted-printable", body=quoted))
    assert found.body == "Добрый day"
    found = read(letter(*head, "Content-Transfer-Encoding: base64", body=b"xO7h8Pvp"))
    assert found.body == "Добрый"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"JVBERi0x LjQK", b"%PDF-1.4\n"),
        (b"JVBERi0xLjQKX", b"%PDF-1.4\n"),
        (b"JVBE*Ri0x", b"%PDF-1"),
    ],
)
def test_broken_base64(content: bytes, expected: bytes):
    part = b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    found = read(parts(part + content))
    assert [file.content for file in found.files] == [expected]
    assert codes(found) == ([] if b" " in content else ["broken_base64"])


def test_broken_boundaries():
    cut = read(
        parts(text(WORDS), enclosure(PDF, "Content-Type: application/pdf; name=a.pdf"), end=False)
    )
    assert (cut.body, names(cut), codes(cut)) == (WORDS, ["a.pdf"], ["broken_parts"])
    without = read(letter("Content-Type: multipart/mixed", body=WORDS.encode()))
    assert (without.body, codes(without)) == (WORDS, ["broken_parts"])
    other = read(
        letter('Content-Type: multipart/mixed; boundary="X"', body=b"--Y\n\n" + WORDS.encode())
    )
    assert WORDS in other.body
    assert codes(other) == ["broken_parts"]


@pytest.mark.parametrize(
    "line",
    [
        'Content-Disposition: attachment; filename="Ответ № 5.pdf"',
        'Content-Disposition: attachment; filename="Ответ № 5.pdf"'.encode(),
        "Content-Disposition: attachment; filename=\"=?utf-8?B?0J7RgtCy0LXRgiDihJYgNS5wZGY=?=\"",
        ("Content-Disposition: attachment; "
        "filename*=UTF-8''%D0%9E%D1%82%D0%B2%D0%B5%D1%82%20%E2%84%96%205.pdf"),
        ("Content-Disposition: attachment;\n "
        "filename*0*=windows-1251''%CE%F2%E2%E5;\n filename*1*=%F2%20%B9%205.pdf"),
        'Content-Disposition: attachment; filename="../../etc/Ответ № 5.pdf"',
        'Content-Disposition: attachment; filename="C:\\\\Temp\\\\Ответ № 5.pdf"',
        'Content-Type: application/pdf; name="Ответ № 5.pdf"',
    ],
)  # fmt: skip
def test_file_name(line: str | bytes):
    """RFC 2231 (also in pieces), encoded words, raw 8-bit; folders are cut off."""
    found = read(parts(enclosure(PDF, line)))
    assert names(found) == ["Ответ № 5.pdf"]
    assert (found.files[0].content, codes(found)) == (PDF, [])


def test_raw_file_names_in_old_charsets():
    for charset in ("cp1251", "koi8-r"):
        line = 'Content-Disposition: attachment; filename="Ответ заявителю.pdf"'.encode(charset)
        assert names(read(parts(enclosure(PDF, line)))) == ["Ответ заявителю.pdf"]


def test_file_without_a_name_and_very_long_one():
    found = read(parts(enclosure(PDF, "Content-Type: application/pdf")))
    assert names(found) == ["Вложение 1.pdf"]
    long = f'Content-Disposition: attachment; filename="{"a" * 900}.pdf"'
    (name,) = names(read(parts(enclosure(PDF, long))))
    assert len(name) == 150
    assert name.endswith(".pdf")


def test_html_only():
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Добрый&nbsp;день</p>"
        "<script>alert(1)</script><div>Ответ <a href='http://evil.example/x'>здесь</a></div>"
        "<img src='http://evil.example/pixel.png'></body></html>"
    )
    found = read(letter("Content-Type: text/html; charset=utf-8", body=page.encode()))
    assert found.body == "Добрый день\n\nОтвет здесь (http://evil.example/x)"


def test_alternative_gives_the_text_once():
    found = read(parts(text("Коротко"), text("<p>Коротко</p>", kind="html"), kind="alternative"))
    assert (found.body, names(found), codes(found)) == ("Коротко", [], [])
    empty = read(parts(text(" "), text("<p>Коротко</p>", kind="html"), kind="alternative"))
    assert empty.body == "Коротко"


def test_alternative_with_a_file_beside_the_page():
    inner = parts(
        text("<p>x</p>", kind="html"), enclosure(PDF, "Content-Type: application/pdf; name=a.pdf")
    )
    inner = inner.replace(b'boundary="B"', b'boundary="C"').replace(b"--B", b"--C")
    found = read(parts(text("Коротко"), inner, kind="alternative"))
    assert (found.body, names(found)) == ("Коротко", ["a.pdf"])


def test_winmail():
    packed = winmail("Ответ заявителю.pdf", PDF, WORDS)
    found = read(parts(enclosure(packed, "Content-Type: application/ms-tnef; name=winmail.dat")))
    assert (names(found), found.files[0].content) == (["Ответ заявителю.pdf"], PDF)
    assert (found.body, codes(found)) == (WORDS, ["winmail"])
    cut = read(
        parts(enclosure(packed[:-20], "Content-Type: application/octet-stream; name=winmail.dat"))
    )
    assert names(cut) == ["OTVET~1.PDF", "winmail.dat"]
    assert codes(cut) == ["broken_winmail"]


def test_letter_within_a_letter():
    inner = letter(
        "From: =?utf-8?B?0JjQstCw0L0=?= <i@b.example>", "Subject: inner", body=b"words within"
    )
    part = b"Content-Type: message/rfc822\n\n" + inner
    found = read(parts(text("outer"), part))
    assert found.body == "outer\n\n---\nИван i@b.example\ninner\n\nwords within"
    assert found.faults[0].params == {"subject": "inner", "sender": "i@b.example"}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.pdf", b"", "file_empty"),
        ("a.zip", zipped({"x": b"1"}, password_bit=True), "file_protected"),
        ("a.zip", zipped({"x": b"1"}), None),
        ("a.odt", zipped({"META-INF/manifest.xml": b"<encryption-data/>"}), "file_protected"),
        ("a.pdf", PDF, None),
        ("a.docx", b"PK\x03\x04broken", None),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", None),
    ],
)  # fmt: skip
def test_empty_and_protected_files(name: str, content: bytes, fault: str | None):
    found = read(parts(enclosure(content, f'Content-Disposition: attachment; filename="{name}"')))
    (file,) = found.files
    assert (file.name, file.content) == (name, content)
    assert (file.fault and file.fault.code) == fault


def test_report_of_a_mail_server():
    status = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: failed\n"
    found = read(parts(text("Not delivered"), status, kind="report"))
    assert found.content_type == "multipart/report"
    assert "Action: failed" in found.body


def test_parts_without_end():
    """A letter nested a thousand times, one of a thousand files: read, or named, never hung."""
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n" % (n, n) for n in range(2000)
    )
    assert codes(read(deep))
    file = enclosure(b"x", "Content-Type: application/pdf; name=a.pdf")
    many = read(parts(*[file] * 300))
    assert (len(many.files), codes(many)) == (200, ["too_many_files"])


def test_long_text_is_cut_and_named():
    found = read(letter("From: a@b.example", body=b"x" * 300_000))
    assert (len(found.body), codes(found)) == (200_000, ["long_body"])


@given(st.binary(max_size=2000))
def test_never_raises_on_any_bytes(raw: bytes):
    found = read(raw)
    assert "\0" not in found.body + found.subject + found.from_name


@given(st.data())
def test_never_raises_on_damaged_letters(data: st.DataObject):
    """A good letter with a few bytes changed, cut or doubled anywhere."""
    whole = parts(
        text(WORDS, "cp1251"),
        enclosure(winmail("Ответ.pdf", PDF, WORDS), "Content-Type: application/ms-tnef"),
        enclosure(
            zipped({"x": b"1"}, password_bit=True), "Content-Type: application/zip; name*=a''%D0"
        ),
    )
    raw = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    found = read(bytes(raw))
    assert "\0" not in found.body + "".join(names(found))
