"""What ССТУ.РФ is told of an appeal: the fields of its file, and what is missing from them.

Decree 171 of 17.04.2017: every month a body sends the results of appeals and the measures taken.
The fields agree in three independent implementations; no official instruction is public, so the
table below is data in one place. Dates are the body's own and are written `yyyy-MM-dd`; what is
empty is left out.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

NOT_RECEIVED: Final = "NotReceived"
NOT_REGISTERED: Final = "NotRegistered"
IN_WORK: Final = "InWork"
EXPLAINED: Final = "Explained"
NOT_SUPPORTED: Final = "NotSupported"
ANSWERED: Final = "Answered"
SUPPORTED: Final = "Supported"
TRANSFERRED: Final = "Transferred"
LEFT_WITHOUT_ANSWER: Final = "LeftWithoutAnswer"

_IN: Final = ("incomingDate", "registrationDate")
_REPLY: Final = (*_IN, "responseDate", "attachment")
# status: what is told of a question beside its code and status
FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        NOT_RECEIVED: (),
        NOT_REGISTERED: ("incomingDate",),
        IN_WORK: (*_IN, "isExtend"),
        EXPLAINED: _REPLY,
        NOT_SUPPORTED: _REPLY,
        ANSWERED: _REPLY,
        SUPPORTED: (*_REPLY, "actionsTaken"),
        TRANSFERRED: (*_IN, "transfer"),
        LEFT_WITHOUT_ANSWER: (*_IN, "responseDate"),
    }
)
STATUSES: Final = tuple(FIELDS)
OPTIONAL: Final = frozenset({"attachment", "isExtend", "actionsTaken"})
ATTACHMENT_LIMIT: Final = 10_000_000  # base64 characters, not reached
_CODE: Final = re.compile(r"\d{4}(\.\d{4}){3,4}")
_ALIKE: Final = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")  # typed in either layout
# Grounds of art. 11 that end without an answer to the author.
LEFT_GROUNDS: Final = frozenset({"anonymous", "unreadable", "senseless"})


@dataclass(frozen=True, slots=True)
class File:
    """The file of an answer: its bytes are asked for when the export is written."""

    name: str
    size: int  # bytes
    digest: str  # of its bytes, whichever

    @property
    def base64_length(self) -> int:
        """How many characters it takes in the JSON."""
        return 4 * ((self.size + 2) // 3)


@dataclass(frozen=True, slots=True)
class Transfer:
    """The body that a question was forwarded to (59-FZ, art. 8) and the letter to it."""

    department_id: str = ""
    on: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an appeal as it stands now."""

    code: str
    status: str
    incoming_on: date | None = None
    registered_on: date | None = None
    responded_on: date | None = None
    attachment: File | None = None
    actions_taken: bool = False
    transfer: Transfer | None = None
    is_extended: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal: of the applicant himself (`is_direct`) or with a covering letter of a body."""

    department_id: str
    number: str
    name: str
    is_direct: bool = True
    is_electronic: bool = False  # came from another body by МЭДО
    created_on: date | None = None  # of the covering letter
    address: str = ""
    email: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps an appeal out of the export; `question` counts from 1, 0 is the appeal itself."""

    code: str
    question: int = 0


def status(outcome: str, ground: str = "", *, is_final: bool) -> tuple[str, bool]:
    """(status, measures taken) of a question by its outcome's status and its ground of art. 11.

    `outcome`: a status of `STATUSES`, with "+" where measures were taken, "" where undecided. A
    question of a case that has not ended is in work, whatever is decided already.
    """
    if not is_final:
        return IN_WORK, False
    if ground in LEFT_GROUNDS:
        return LEFT_WITHOUT_ANSWER, False
    return outcome.removesuffix("+") or ANSWERED, outcome.endswith("+")


def is_guid(text: str) -> bool:
    """Whether `text` is a GUID as ССТУ writes them, with hyphens."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def file_name(department_id: str, case: int) -> str:
    """The name of the appeal's JSON: the same for the same case of the same body, whenever made."""
    return f"{uuid.uuid5(uuid.UUID(department_id), str(case))}.json"


def is_skipped(number: str, prefixes: str) -> bool:
    """Whether a number begins with one of `prefixes` (by commas), in letters of either alphabet."""
    begins = tuple(filter(None, (_plain(one) for one in prefixes.split(","))))
    return bool(begins) and _plain(number).startswith(begins)


def _plain(text: str) -> str:
    return text.strip().upper().translate(_ALIKE)


# What is missing


def faults(appeal: Appeal) -> tuple[Fault, ...]:
    """Everything that ССТУ would refuse, in the order of its fields."""
    own = tuple(Fault(code) for code in _appeal_faults(appeal))
    asked = tuple(
        Fault(code, number)
        for number, question in enumerate(appeal.questions, 1)
        for code in _question_faults(question, appeal)
    )
    return own + asked


def _appeal_faults(appeal: Appeal) -> Iterator[str]:
    if not is_guid(appeal.department_id):
        yield "department"
    if not appeal.number:
        yield "number"
    if not appeal.is_direct and not appeal.created_on:
        yield "letter_date"
    if not appeal.name:
        yield "name"
    if not appeal.questions:
        yield "questions"


def _question_faults(question: Question, appeal: Appeal) -> Iterator[str]:
    if not _CODE.fullmatch(question.code):
        yield "code"
    yield from _empty(question)
    yield from _order(question, None if appeal.is_direct else appeal.created_on)
    if question.attachment and question.attachment.base64_length >= ATTACHMENT_LIMIT:
        yield "attachment"
    if question.status == TRANSFERRED and question.transfer:
        yield from _transfer_faults(question.transfer)


def _empty(question: Question) -> Iterator[str]:
    told = _told(question, None)
    for name in FIELDS[question.status]:
        if name not in OPTIONAL and told[name] is None:
            yield name


def _order(question: Question, created_on: date | None) -> Iterator[str]:
    """Each date is no earlier than the one before it, of those that are told."""
    told = FIELDS[question.status]
    dates = [
        (created_on, question.incoming_on, "incomingDate", "incoming_before_letter"),
        (question.incoming_on, question.registered_on, "registrationDate", "registered_before"),
        (question.registered_on, question.responded_on, "responseDate", "responded_before"),
    ]
    for before, after, name, code in dates:
        if name in told and before and after and after < before:
            yield code


def _transfer_faults(transfer: Transfer) -> Iterator[str]:
    if not is_guid(transfer.department_id):
        yield "transfer_department"
    if not transfer.on:
        yield "transfer_date"
    if not transfer.number:
        yield "transfer_number"


# The file


def document(appeal: Appeal, contents: Mapping[str, str] | None = None) -> dict[str, object]:
    """The fields of the appeal's JSON.

    `contents`: {digest: base64} of the files; without it a file is told by its digest, which is
    enough to see whether anything has changed.
    """
    fields = {
        "departmentId": appeal.department_id,
        "isDirect": appeal.is_direct,
        "format": "Electronic" if appeal.is_electronic and not appeal.is_direct else "Other",
        "number": appeal.number,
        "createDate": None if appeal.is_direct else _day(appeal.created_on),
        "name": appeal.name,
        "address": appeal.address or None,
        "email": appeal.email or None,
        "questions": [_question(question, contents) for question in appeal.questions],
    }
    return _without_empty(fields)


def dump(fields: Mapping[str, object]) -> bytes:
    """The bytes of a JSON file: UTF-8, the same for the same fields."""
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def _question(question: Question, contents: Mapping[str, str] | None) -> dict[str, object]:
    told = _told(question, contents)
    kept = {name: told[name] for name in FIELDS[question.status]}
    return _without_empty({"code": question.code, "status": question.status, **kept})


def _told(question: Question, contents: Mapping[str, str] | None) -> dict[str, object]:
    return {
        "incomingDate": _day(question.incoming_on),
        "registrationDate": _day(question.registered_on),
        "responseDate": _day(question.responded_on),
        "attachment": _attachment(question.attachment, contents),
        "actionsTaken": question.actions_taken,
        "transfer": _transfer(question.transfer),
        "isExtend": question.is_extended or None,
    }


def _attachment(file: File | None, contents: Mapping[str, str] | None) -> dict[str, str] | None:
    if not file:
        return None
    content = file.digest if contents is None else contents[file.digest]
    return {"name": file.name, "content": content}


def _transfer(transfer: Transfer | None) -> dict[str, object] | None:
    return transfer and {
        "departmentId": transfer.department_id,
        "transferDate": _day(transfer.on),
        "transferNumber": transfer.number,
    }


def _day(day: date | None) -> str | None:
    return day and day.isoformat()


def _without_empty(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}
