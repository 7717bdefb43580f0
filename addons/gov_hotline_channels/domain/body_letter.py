"""Whether a letter speaks as a body's, whoever's mailbox it came from (practice 9, 10).

A citizen may name a body, quote its letter or ask for control; a body names itself as the sender,
heads the letter with its own outgoing number, or forwards somebody's appeal.
"""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = re.compile(
    r"\b(?:прокуратур|администраци|министерств|департамент|правительств|губернатор|депутат|"
    r"комитет|инспекци|управлени|приемн(?:ая|ой)\b|аппарат|уполномоченн|"
    r"(?:городская|государственная|областная|районная|краевая)\s+дума|совет\w*\s+депутат|"
    r"росреестр|роспотребнадзор|канцеляри)",
    re.IGNORECASE,
)
_LABELS: Final = frozenset(
    {
        "gov", "government", "adm", "admin", "administration", "prok", "prokuror", "prokuratura",
        "genproc", "duma", "mvd", "fssp", "sledcom", "rospotrebnadzor", "ombudsman",
    }
)  # fmt: skip
_OUTGOING: Final = re.compile(
    r"^\W*исх(?:\.|одящ\w*)?\s*(?:(?:№|N)\s*)?[^\s№]*\d", re.IGNORECASE | re.MULTILINE
)
_FORWARDED: Final = re.compile(
    r"\b(?:пере)?направля(?:ется|ем|ю|ет)\b[^.]{0,120}?\b(?:обращени|жалоб|заявлени)\w*\b|"
    r"\b(?:обращени|жалоб|заявлени)\w*\b[^.]{0,120}?\b(?:пере)?направля(?:ется|ем)\b",
    re.IGNORECASE,
)
_BY_LAW: Final = re.compile(
    r"\b(?:в\s+соответствии|на\s+основании|согласно)\b|\bпо\s+компетенции|"
    r"\bпо\s+подведомственности|\bпо\s+принадлежности|\bдля\s+(?:рассмотрения|организации)",
    re.IGNORECASE,
)
_ARTICLE_8: Final = re.compile(
    r"(?:ч(?:\.|аст\w+)\s*[3-7]\s*ст(?:\.|ат\w+)\s*8)\b[^\n]{0,90}?59", re.IGNORECASE
)
_CONTROLLED: Final = re.compile(
    r"\b(?:взят[оаы]?|поставлен[оаы]?|находится|стоит)\s+на\s+(?:\w+\s+)?контрол", re.IGNORECASE
)
_REPORT: Final = re.compile(
    r"\bо\s+(?:результат|принят)\w*[^.]{0,80}?(?:сообщить|проинформировать|уведомить)\b"
    r"[^.]{0,60}\b(?:до|не\s+позднее|в\s+срок)\b|\bсообщить\s+до\s+\d",
    re.IGNORECASE,
)
_HEAD: Final = 4000  # characters: what a letter is for stands at its top


def speaks(name: str, address: str, subject: str, body: str) -> bool:
    """Return whether a letter is a body's by its sender's name, domain, number or words."""
    text = f"{subject}\n{body}"[:_HEAD].replace("ё", "е")
    return (
        bool(_NAMES.search(name.replace("ё", "е")))
        or _is_of_body(address)
        or bool(_OUTGOING.search(text))
        or _forwards(text)
    )


def _is_of_body(address: str) -> bool:
    """Whether the domain of an address is one that bodies have: prok-oz.example, adm.city.ru."""
    domain = address.rpartition("@")[2].lower()
    return not _LABELS.isdisjoint(re.split(r"[.-]", domain))


def _forwards(text: str) -> bool:
    """Whether an appeal of somebody is sent on, or a report about it is demanded."""
    if _FORWARDED.search(text):
        return bool(_BY_LAW.search(text) or _ARTICLE_8.search(text) or _CONTROLLED.search(text))
    return bool(_CONTROLLED.search(text) and _REPORT.search(text))
