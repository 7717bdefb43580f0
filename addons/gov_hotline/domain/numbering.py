"""Registration numbers: a template, the letter of the surname, the series that `seq` runs in.

A template is text with tokens in braces: `{kind}`, `{letter}`, `{seq}` (`{seq:04}` is padded to
four digits), `{year}`, `{yy}`, `{dept}`. Example: `{letter}-{seq}/{year}` gives `И-401/2026`.
The law prescribes no form of a number; it is the body's office rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from string import Formatter
from types import MappingProxyType
from typing import Final

from .problems import BLOCK, WARN, Problem, Severity

TOKENS: Final = frozenset({"kind", "letter", "seq", "year", "yy", "dept"})
DEFAULT_TEMPLATE: Final = "{letter}-{seq}/{year}"
COLLECTIVE: Final = "Кол"
ANONYMOUS: Final = "Аноним"

_PADDING: Final = re.compile(r"0[1-9]")
# A Latin letter in a number looks like a Russian one and cannot be dictated: by its sound.
_LATIN: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБКДЕФГХИДКЛМНОПКРСТУВВКЙЗ")


def letter_for(surname: str, collective: bool = False, anonymous: bool = False) -> str:
    """The letter of a number: the first letter of the surname as it is written.

    Ё is filed as Е, a Latin letter as the Russian one of its sound; particles and the first part
    of a double surname count («де Голль» is Д). A nameless or anonymous author has «Аноним», also
    when several signed: nobody can be answered. A collective one has «Кол».
    """
    if anonymous:
        return ANONYMOUS
    if collective:
        return COLLECTIVE
    first = next((char for char in (surname or "") if char.isalpha()), "")
    return _russian(first.upper()[:1]) or ANONYMOUS


def render(template: str, *, kind: str, letter: str, seq: int, year: int, dept: str) -> str:
    """The number of one case. Raises `ValueError` when the template cannot be used."""
    broken = [problem.code for problem in validate(template) if problem.blocks]
    if broken or seq < 1:
        raise ValueError(f"cannot number by {template!r}: {broken or 'seq is below 1'}")
    return template.format(
        kind=kind, letter=letter, seq=seq, year=f"{year:04}", yy=f"{year % 100:02}", dept=dept
    )


def series(
    template: str, *, kind: str, dept: str, per_kind: bool = False, per_dept: bool = True
) -> str:
    """Key of the series in which `seq` runs, within one company and one year.

    A department (a kind) has a series of its own only where the number shows it, otherwise two
    cases would get one number. The letter never makes a series: it is decoration.
    """
    names = {name for _, name, _ in _tokens(template)}
    parts = []
    if per_dept and "dept" in names:
        parts.append(f"dept={dept}")
    if per_kind and "kind" in names:
        parts.append(f"kind={kind}")
    return "&".join(parts) or "all"


def validate(template: str) -> tuple[Problem, ...]:
    """What is wrong with a template: `block` makes it unusable, `warn` risks equal numbers."""
    try:
        tokens = tuple(_tokens(template))
    except ValueError:
        return (_problem("template_broken"),)
    return (*_unknown(tokens), *_about_seq(tokens), *_risks(tokens))


Token = tuple[str, str, str]


def _tokens(template: str) -> Iterator[Token]:
    """(text before, name, format) of each token; `ValueError` for unbalanced braces."""
    for text, name, spec, conversion in Formatter().parse(template):
        if name is not None:
            yield text, name + (f"!{conversion}" if conversion else ""), spec or ""


def _unknown(tokens: tuple[Token, ...]) -> Iterator[Problem]:
    for _, name, spec in tokens:
        if name not in TOKENS:
            yield _problem("unknown_token", token=name)
        elif spec and not (name == "seq" and _PADDING.fullmatch(spec)):
            yield _problem("bad_format", token=f"{name}:{spec}")


def _about_seq(tokens: tuple[Token, ...]) -> Iterator[Problem]:
    count = [name for _, name, _ in tokens].count("seq")
    if count == 0:
        yield _problem("no_seq")
    elif count > 1:
        yield _problem("seq_twice")


def _risks(tokens: tuple[Token, ...]) -> Iterator[Problem]:
    names = [name for _, name, _ in tokens]
    if not {"year", "yy"} & set(names):
        yield _problem("no_year", WARN)
    for (_, name, _), (text, following, _) in pairwise(tokens):
        if not text and "seq" in (name, following) and {"dept", "kind"} & {name, following}:
            yield _problem("seq_not_separated", WARN)


def _problem(code: str, severity: Severity = BLOCK, **params: str) -> Problem:
    return Problem(code, severity=severity, params=MappingProxyType(params))


def _russian(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    if base in ("Е", "е"):
        return "Е"
    return base.translate(_LATIN) if base.isascii() else letter
