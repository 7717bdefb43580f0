"""Personal reception (59-FZ, art. 13): what must be there to keep a card as held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .problems import BLOCK, WARN, Problem, Severity

ORAL: Final = "oral"
WRITTEN: Final = "written"
OUT: Final = "out"
REPEATED: Final = "repeated"
RESULTS: Final = (ORAL, WRITTEN, OUT, REPEATED)

ART_13_2: Final = "ч. 2 ст. 13 59-ФЗ"
ART_13_3: Final = "ч. 3 ст. 13 59-ФЗ"
ART_13_4: Final = "ч. 4 ст. 13 59-ФЗ"
ART_13_5: Final = "ч. 5 ст. 13 59-ФЗ"
ART_13_6: Final = "ч. 6 ст. 13 59-ФЗ"
ART_13_7: Final = "ч. 7 ст. 13 59-ФЗ"


@dataclass(frozen=True)
class Card:
    """A reception as it stands when it is to be kept as held; `result` is one of RESULTS."""

    result: str
    document_kind: str = ""
    document_checked: bool = False
    content: str = ""
    oral_answer: str = ""
    oral_agreed: bool = False
    explanation: str = ""
    has_appeal: bool = False
    has_paper: bool = False
    has_earlier_answer: bool = False
    passed_over: str = ""  # who with the right of first turn still waits for the same official


def missing(card: Card) -> tuple[Problem, ...]:
    """Everything that stands in the way, blocks first: RCP-ID, -ORAL, -W, -OUT, -REP, -PRI."""
    found = [*_identity(card), *_content(card), *_result(card), *_paper(card)]
    found += _turn(card)
    return tuple(sorted(found, key=lambda one: not one.blocks))


def _identity(card: Card) -> Iterator[Problem]:
    """RCP-ID: the citizen shows an identity document, the content goes into a card."""
    if not (card.document_kind and card.document_checked):
        names = ("document_kind", "document_checked")
        yield Problem("reception_no_document", ART_13_2, BLOCK, names, "RCP-ID", "ask_document")


def _content(card: Card) -> Iterator[Problem]:
    if not card.content.strip():
        yield _problem("reception_no_content", ART_13_3, BLOCK, "content", "RCP-ID", "write_text")


def _result(card: Card) -> Iterator[Problem]:
    check = {ORAL: _oral, WRITTEN: _written, OUT: _out, REPEATED: _repeated}.get(card.result)
    if check is None:
        yield _problem("reception_no_result", ART_13_3, BLOCK, "result", "RCP-ID", "choose_result")
    else:
        yield from check(card)


def _oral(card: Card) -> Iterator[Problem]:
    """RCP-ORAL: orally only where the facts are obvious and the citizen agrees."""
    if not card.oral_agreed:
        yield _problem(
            "reception_not_agreed", ART_13_3, BLOCK, "oral_agreed", "RCP-ORAL", "make_appeal"
        )
    if not card.oral_answer.strip():
        yield _problem(
            "reception_no_answer", ART_13_3, BLOCK, "oral_answer", "RCP-ORAL", "write_oral_answer"
        )


def _written(card: Card) -> Iterator[Problem]:
    if not card.has_appeal:
        yield _problem(
            "reception_no_appeal", ART_13_3, BLOCK, "ticket_id", "RCP-ORAL", "make_appeal"
        )


def _out(card: Card) -> Iterator[Problem]:
    """RCP-OUT: out of competence, it is explained where and how to turn."""
    if not card.explanation.strip():
        yield _problem(
            "reception_no_explanation", ART_13_5, WARN, "explanation", "RCP-OUT", "write_where"
        )


def _repeated(card: Card) -> Iterator[Problem]:
    """RCP-REP: refused because answered on the merits before; the answer is named."""
    if not card.has_earlier_answer:
        yield _problem(
            "reception_no_earlier", ART_13_6, WARN, "earlier_ticket_id", "RCP-REP", "link_earlier"
        )


def _paper(card: Card) -> Iterator[Problem]:
    """RCP-W: what is handed over is registered as any written appeal."""
    if card.has_paper and not card.has_appeal:
        yield _problem("reception_paper_kept", ART_13_4, WARN, "ticket_id", "RCP-W", "make_appeal")


def _turn(card: Card) -> Iterator[Problem]:
    """RCP-PRI: somebody with the right of first turn has come and still waits."""
    if card.passed_over:
        yield Problem(
            "reception_passed_over", ART_13_7, WARN, ("category_id",), "RCP-PRI",
            "receive_first", {"who": card.passed_over},
        )  # fmt: skip


def _problem(
    code: str, article: str, severity: Severity, name: str, rule: str, way_out: str
) -> Problem:
    return Problem(code, article, severity, (name,), rule, way_out)
