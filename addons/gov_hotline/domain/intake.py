"""What must be there to register: by kind, origin, date and mode of the line.

`missing` gives problems; those that block name the article and the way out. Which rule blocks and
which warns follows how surely the text of the law is known (docs/legal.md); a body's settings may
turn warnings into blocks by rule (`strict`). The fields carry the names of the ticket's columns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from .intake_case import (
    APPEAL,
    ELECTRONIC,
    ELECTRONIC_ONLY_FROM,
    KINDS,
    LINE_CONSULT,
    LINE_MESSAGE,
    LINE_MODES,
    LINE_ORAL,
    MESSAGE,
    NOT_ELECTRONIC,
    ORIGINS,
    PHONE,
    REQUEST,
    TECH_SUPPORT,
    WRITTEN,
    Case,
    is_anonymous,
)
from .intake_rules import CODES, RULES, WAYS_OUT
from .problems import BLOCK, Problem

__all__ = [
    "APPEAL",
    "CODES",
    "ELECTRONIC",
    "ELECTRONIC_ONLY_FROM",
    "KINDS",
    "LINE_CONSULT",
    "LINE_MESSAGE",
    "LINE_MODES",
    "LINE_ORAL",
    "MESSAGE",
    "NOT_ELECTRONIC",
    "ORIGINS",
    "PHONE",
    "REQUEST",
    "TECH_SUPPORT",
    "WAYS_OUT",
    "WRITTEN",
    "is_anonymous",
    "missing",
]


def missing(
    kind: str,
    origin: str,
    fields: Mapping[str, Any],
    line_mode: str = LINE_MESSAGE,
    strict: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Everything that stands in the way of registering, blocks first.

    `fields`: `applicant_surname`, `applicant_given_name`, `applicant_address`, `applicant_phone`,
    `applicant_email`, `appeal_text`, `is_anonymous`, `is_collective`, `received_on` and
    `registered_on` (dates of the body), of the line `act_number`, `act_date`; optional, checked
    only when present: `addressee`, `signed`, `appeal_date`, `account_id`, `identified`,
    `unlawful_act` («yes», «no» or empty), `recipient`, `signature_count`, `refused`.
    `strict`: rules whose warnings block by a setting. `ValueError` for an unknown kind, origin or
    mode.
    """
    _check_known(kind, origin, line_mode)
    case = Case(kind, origin, fields, line_mode)
    found = [problem for rule in RULES for problem in rule(case)]
    found = [replace(one, severity=BLOCK) if one.rule in strict else one for one in found]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def _check_known(kind: str, origin: str, line_mode: str) -> None:
    for value, known in ((kind, KINDS), (origin, ORIGINS), (line_mode, LINE_MODES)):
        if value not in known:
            raise ValueError(f"unknown kind, origin or mode of a line: {value!r}")
