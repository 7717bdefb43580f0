"""Files by their content: an ending is what a sender writes (bad input)."""

import io
import zipfile

import pytest
from gov_hotline.domain import uploads


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
CONTENT = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff\xe0",
    "docx": DOCX,
    "odt": zipped("mimetype", "content.xml"),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rtf": b"{\\rtf1",
    "txt": "Прошу дать тепло".encode(),
    "windows txt": "Прошу".encode("cp1251"),
    "mp4": b"\0\0\0\x20ftypisom",
    "mp3": b"ID3\x04",
    "zip": zipped("a.txt"),
    "broken zip": b"PK\x03\x04rubbish",
    "rar": b"Rar!\x1a\x07",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "exe": b"MZ\x90\0",
    "elf": b"\x7fELF",
    "script": b"#!/bin/sh\n",
    "macros": zipped("[Content_Types].xml", "word/vbaProject.bin"),
    "page": b"  <!DOCTYPE html><script>alert(1)</script>",
    "picture with scripts": b"<svg onload='x'>",
    "bytes": b"\x01\0\x02",
}


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("pdf", "pdf"), ("png", "image"), ("jpeg", "image"), ("docx", "document"),
        ("odt", "document"), ("doc", "document"), ("rtf", "document"), ("txt", "text"),
        ("windows txt", "text"), ("mp4", "video"), ("mp3", "audio"), ("zip", "archive"),
        ("broken zip", "archive"), ("rar", "archive"), ("7z", "archive"), ("exe", "programme"),
        ("elf", "programme"), ("script", "programme"), ("macros", "archive"), ("page", "page"),
        ("picture with scripts", "page"), ("bytes", "unknown"),
    ],
)  # fmt: skip
def test_kind_by_content(what, kind):
    assert uploads.content_kind(CONTENT[what]) == kind


@pytest.mark.parametrize(
    ("name", "what", "codes"),
    [
        ("Скан.pdf", "pdf", []),
        ("Фото.JPG", "png", []),
        ("Письмо.doc", "docx", []),
        ("Фото.pdf", "jpeg", []),
        ("Подпись.sig", "bytes", []),
        ("Подпись.sig", "exe", ["file_content"]),
        ("Скан.pdf", "exe", ["file_content"]),
        ("Фото.jpg", "zip", ["file_content"]),
        ("Письмо.docx", "zip", ["file_content"]),
        ("Письмо.docx", "macros", ["file_content"]),
        ("Заметка.txt", "page", ["file_content"]),
        ("Архив.zip", "zip", ["file_type"]),
        ("Программа.exe", "exe", ["file_type"]),
        ("Скан.pdf.exe", "pdf", ["file_type"]),
        ("безимени", "pdf", ["file_type"]),
    ],
)
def test_what_is_refused(name, what, codes):
    content = CONTENT[what]
    file = uploads.File(name, len(content), uploads.content_kind(content))
    allowed = uploads.types(uploads.USUAL_TYPES)
    assert [one.code for one in uploads.refused([file], allowed, 20, 10)] == codes


def test_empty_and_too_large():
    allowed = {"pdf"}
    empty, large = uploads.File("a.pdf", 0), uploads.File("b.pdf", 2 * uploads.MEGABYTE)
    found = uploads.refused([empty, large], allowed, 1, 10)
    assert [one.code for one in found] == ["file_empty", "file_size"]


def test_an_ending_of_the_bodys_own():
    """A body that lists «zip» takes archives under that name only."""
    archive = CONTENT["zip"]
    kind = uploads.content_kind(archive)
    allowed = uploads.types("zip pdf")
    names = [uploads.File(name, len(archive), kind) for name in ("a.zip", "a.pdf")]
    assert [one.params["name"] for one in uploads.refused(names, allowed, 20, 10)] == ["a.pdf"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (uploads.USUAL_TYPES, None),
        ("pdf, .JPG zip", None),
        ("", "file_types_empty"),
        (" , . ", "file_types_empty"),
        ("*", "file_types_strange"),
        ("pdf *.*", "file_types_strange"),
        ("pdf exe", "file_types_never"),
        ("docm", "file_types_never"),
    ],
)
def test_a_list_of_types_takes_something_and_no_programme(text, code):
    """B9: a setting that takes nothing, or a programme, is refused."""
    found = [problem.code for problem in uploads.setting_problems(text)]
    assert found == ([code] if code else [])
