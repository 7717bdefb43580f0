"""Help with the wording of an appeal: what kind it is, and whether its substance is clear.

Signs, not judgements: a sign that is not found is a question to ask, nothing is refused for it.
Definitions: article 4 of 59-FZ.
"""

from __future__ import annotations

import re
from typing import Final

PROPOSAL: Final = "proposal"
STATEMENT: Final = "statement"
COMPLAINT: Final = "complaint"
KINDS: Final = (PROPOSAL, STATEMENT, COMPLAINT)
WHAT, WHERE, WHEN, ASKED = "what", "where", "when", "asked"
ASPECTS: Final = (WHAT, WHERE, WHEN, ASKED)

FEW_WORDS: Final = 5  # fewer do not tell what happened
_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_SIGNS: Final = {
    WHERE: re.compile(
        r"\b(ул|пр|пер|наб|пл|ш|д|дом|дом[уае]|кв|корп|стр|мкр|пос|дер|с|г|р-н)\b\.?\s*[«\"]?[\wА-Я]"
        r"|\b(улиц|проспект|переул|площад|шоссе|набережн|микрорайон|район|посёл|посел|деревн|сел[оае]\b"
        r"|город|подъезд|двор|остановк|школ|детск\w+ сад|поликлиник|больниц|гимнази|лице[йя]"
        r"|отделени|станци|парк|мост|дом[ауео]?м?\b)\w*",
        re.IGNORECASE,
    ),
    WHEN: re.compile(
        rf"\b\d{{1,2}}[./]\d{{1,2}}([./]\d{{2,4}})?\b|\b\d{{1,2}}\s+({_MONTHS})|\b(19|20)\d\d\b"
        rf"|\b(в|с|со|до|от|за)\s+(начал\w+|конц\w+|середин\w+)?\s*({_MONTHS})"
        r"|\b(вчера|сегодня|позавчера|завтра|накануне|недавно|ночью|утром|вечером|зимой|весной"
        r"|летом|осенью)\b"
        r"|\b(перв|втор|трет|четв[её]рт|пят|шест|седьм|\d+)\w*[\s-]+"
        r"(день|дня|дней|сут|недел|месяц|год|лет|час)"
        r"|\b(день|дня|дней|неделю|недели|недель|месяц|месяца|месяцев|год|года|лет)\b",
        re.IGNORECASE,
    ),
    ASKED: re.compile(
        r"\b(про[сш](у|им|ит|ят)\b|прошу|просьба|требу(ю|ем)|предлага(ю|ем)|ходатайству|жела(ю|ем)"
        r"|хо(чу|тим|тел\w+)|нужно|необходимо|помогите|разберитесь|примите|дайте|объясните"
        r"|восстановите|отремонтируйте)\w*",
        re.IGNORECASE,
    ),
}  # fmt: skip
_PROPOSAL = re.compile(
    r"\b(предлага(ю|ем)|предложени|было бы (хорошо|лучше)|усовершенств)", re.IGNORECASE
)
_COMPLAINT = re.compile(
    r"\b(жалоб|жалу(юсь|емся)|обжалу|наруш\w+ (мо[ийе]|наши|права)|незаконно|отказал\w* (мне|нам)"
    r"|восстанов\w+ (мо[ийе]|наши|нарушенн))",
    re.IGNORECASE,
)


def unclear(text: str | None) -> tuple[str, ...]:
    """The aspects of the substance that no words of `text` tell: what, where, when, asked."""
    plain = text or ""
    told = {name for name, sign in _SIGNS.items() if sign.search(plain)}
    if len(plain.split()) >= FEW_WORDS:
        told.add(WHAT)
    return tuple(name for name in ASPECTS if name not in told)


def kind(text: str | None) -> str:
    """The kind that the words look like; a statement is the rule, empty for an empty text."""
    plain = (text or "").strip()
    if not plain:
        return ""
    if _COMPLAINT.search(plain):
        return COMPLAINT
    return PROPOSAL if _PROPOSAL.search(plain) else STATEMENT
