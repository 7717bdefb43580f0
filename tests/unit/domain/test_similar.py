"""C1: what is proposed as a repeat, a duplicate, the same text; files that are taken."""

import pytest
from gov_hotline.domain import corrections, similar, texts, uploads


@pytest.mark.parametrize(
    ("same_person", "same_topic", "is_final", "likeness", "kind"),
    [
        (True, True, True, 0.0, "repeat"),
        (True, True, False, 0.0, "duplicate"),
        (True, False, True, 0.5, "repeat"),
        (True, False, True, 0.1, None),
        (False, True, False, 0.79, None),
        (False, True, True, 0.8, "same_text"),
        (False, False, False, 1.0, "same_text"),
    ],
)
def test_proposed(same_person, same_topic, is_final, likeness, kind):
    """C1: the person decides first, then the topic and the words."""
    earlier = similar.Earlier(same_person, same_topic, is_final, likeness)
    assert similar.proposed(earlier) == kind


def test_key_is_bounded_and_plain():
    """C1: case, punctuation and «ё» make no difference; of a long letter the beginning counts."""
    assert similar.key("Третий  день,\nЁЛКИ!  не_горят") == "третий день елки не горят"
    assert len(similar.key("слово " * 50_000)) <= similar.KEPT
    assert similar.key("") == similar.key("?!.") == ""


def test_limits_of_corrections():
    """B4: a name is a line, the text is as long as a text may be."""
    assert corrections.limit("applicant_surname") == corrections.LINE_LIMIT
    assert corrections.limit("appeal_text") == texts.TEXT_LIMIT
    assert texts.tidy("  а \n б ") == "а б"
    assert texts.tidy("  а \n б ", multiline=True) == "а \n б"


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("скан.PDF", 10, None),
        ("архив.zip", 10, "file_type"),
        ("photo.jpg.exe", 10, "file_type"),
        ("без-расширения", 10, "file_type"),
        (".pdf", 10, "file_type"),
        ("скан.pdf", 2 * uploads.MEGABYTE + 1, "file_size"),
        ("скан.pdf", 2 * uploads.MEGABYTE, None),
    ],
)
def test_files(name, size, code):
    """Types by ending and sizes are settings."""
    found = list(uploads.refused([uploads.File(name, size)], uploads.types("pdf, .JPG"), 2, 5))
    assert [problem.code for problem in found] == ([code] if code else [])


def test_too_many_files():
    """A flood of files is refused as one."""
    files = [uploads.File("a.pdf", 1)] * 6
    found = list(uploads.refused(files, {"pdf"}, 2, 5))
    assert [problem.code for problem in found] == ["too_many_files"]
