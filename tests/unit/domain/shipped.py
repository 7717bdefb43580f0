"""The terms that the add-on ships, read from its data file."""

import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

from gov_hotline.domain.term_choice import Rule
from gov_hotline.domain.terms import Term

FILE = Path(__file__).parents[3] / "addons" / "gov_hotline" / "data" / "hotline_term.xml"


def _row(record: ET.Element) -> dict[str, str]:
    return {item.get("name"): item.text or item.get("eval") for item in record.iter("field")}


ROWS = {row["code"]: row for row in map(_row, ET.parse(FILE).iter("record"))}


def term(code: str, **values) -> Term:
    """The shipped term with the counting of a body that changed no setting."""
    row = ROWS[code]
    unit = row.get("unit", "calendar")
    return Term(code, row["article"], int(row["length"]), **{"unit": unit, **values})


def rule(key: int, row: dict[str, str]) -> Rule:
    """What of a shipped row decides whether it is chosen."""
    names = ("code", "purpose", "trigger", "track", "kind", "ground")
    values = {name: row.get(name, "") for name in names}
    return Rule(
        key,
        **values,
        valid_from=date.fromisoformat(row["valid_from"]),
        sequence=int(row.get("sequence", 10)),
    )


RULES = tuple(rule(key, row) for key, row in enumerate(ROWS.values(), 1))
REG_3 = term("REG-3")
MAIN_30 = term("MAIN-30")
EXT_30 = term("EXT-30")
