"""X10: personal reception (59-FZ, art. 13): what keeps a card from being kept."""

from dataclasses import replace

import pytest
from gov_hotline.domain import reception

ORAL = reception.Card(
    result="oral",
    document_kind="passport",
    document_checked=True,
    content="Светофор",
    oral_answer="В плане на май",
    oral_agreed=True,
)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"document_kind": ""}, ["reception_no_document"]),
        ({"document_checked": False}, ["reception_no_document"]),
        ({"content": " "}, ["reception_no_content"]),
        ({"result": ""}, ["reception_no_result"]),
        ({"oral_agreed": False}, ["reception_not_agreed"]),
        ({"oral_answer": " "}, ["reception_no_answer"]),
        ({"result": "written"}, ["reception_no_appeal"]),
        ({"result": "written", "has_appeal": True}, []),
        ({"result": "out"}, ["reception_no_explanation"]),
        ({"result": "out", "explanation": "В ГИБДД"}, []),
        ({"result": "repeated"}, ["reception_no_earlier"]),
        ({"result": "repeated", "has_earlier_answer": True}, []),
        ({"has_paper": True}, ["reception_paper_kept"]),
        ({"has_paper": True, "has_appeal": True}, []),
    ],
)
def test_missing(changed, codes):
    """X10: one thing missing is one problem, with the article of it."""
    found = reception.missing(replace(ORAL, **changed))
    assert [problem.code for problem in found] == codes
    assert all("ст. 13" in problem.article for problem in found)


def test_blocks_come_first():
    """X10: what is remembered warns, what was read blocks, and the blocks are told first."""
    found = reception.missing(reception.Card(result="out"))
    assert [problem.severity for problem in found] == ["block", "block", "warn"]
